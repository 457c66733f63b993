#pragma once
// A log's tables as they stand in its database, read without any key: what they prove of themselves.

#include <functional>
#include <string>
#include <vector>

#include "store/engine/engine.hpp"
#include "store/proof/merkle.hpp"
#include "store/provable.hpp"
#include "store/stored_record.hpp"

namespace vastine::store {

// Where a log stands; written with every batch as one value.
struct Standing {
    proof::Frontier tree;
    Instant recorded_at{};
    KeyId key;  // the highest that any record names

    [[nodiscard]] Head head() const;
    [[nodiscard]] std::string bytes() const;
};

class StoredLog {
public:
    // `where` names the database in messages. The engine outlives this.
    StoredLog(const engine::Engine& engine, std::string where);

    // Throws Corruption when the last record is not where this says.
    [[nodiscard]] Standing standing() const;
    [[nodiscard]] std::string record(Position position) const;  // Corruption when it is missing
    [[nodiscard]] std::string leaf(Position position) const;
    [[nodiscard]] proof::Subtree tree() const;
    [[nodiscard]] std::vector<std::string> inclusion_proof(Position position, Position size) const;
    [[nodiscard]] std::vector<std::string> consistency_proof(Position old_size, Position size) const;
    void check_extends(const Head& now, const Head& known) const;

    // Recomputes every leaf, the tree and the indices of streams and commands up to `head`. Shows each
    // record to `visit`, which may throw Corruption too; its position is put before what is thrown.
    struct Checking {
        std::string_view organisation;  // whose log it is, 16 bytes
        std::function<void(const StoredRecord&)> visit;
        std::function<void(Position)> progress;
    };
    void check(const Head& head, const Checking& checking) const;

private:
    void check_indices(const StoredRecord& stored) const;

    const engine::Engine& engine_;
    const std::string where_;
};

}  // namespace vastine::store
