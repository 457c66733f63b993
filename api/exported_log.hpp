#pragma once
// A provable export read back: events as CloudEvents, each with the record that it was made from, and of
// records that its reader might not see their leaf's hash. So the whole tree can be made again without a
// store or a key.

#include <istream>
#include <vector>

#include "store/proof/merkle.hpp"
#include "store/provable.hpp"

namespace vastine::api {

class ExportedLog final : public store::Provable {
public:
    // Checks every line: what it says against its record, and the facts it shows against the record's. Of
    // what is sealed it sees that the sealed bytes are those of the record, not what they open to. Throws
    // Corruption naming the line; also when positions are missing.
    explicit ExportedLog(std::istream& lines);

    [[nodiscard]] const std::string& organisation() const { return organisation_; }  // UUID
    [[nodiscard]] std::uint64_t shown() const { return shown_; }
    [[nodiscard]] std::uint64_t hidden() const { return leaves() - shown_; }

    [[nodiscard]] store::Head head() const override;
    // Was done when it was read.
    store::Head verify(const std::function<void(store::Position)>& progress) const override;
    void check_extends(const store::Head& known) const override;
    [[nodiscard]] std::vector<std::string> inclusion_proof(store::Position position,
                                                           store::Position size) const override;
    [[nodiscard]] std::vector<std::string> consistency_proof(store::Position old_size,
                                                             store::Position size) const override;
    [[nodiscard]] std::string leaf(store::Position position) const override;  // of a shown record

private:
    void take(const std::string& line);
    [[nodiscard]] std::uint64_t leaves() const { return tree_.size(); }
    [[nodiscard]] store::proof::Subtree subtree() const;

    store::proof::Frontier tree_;
    std::vector<std::vector<store::proof::Hash>> levels_;  // complete subtrees, by level and index
    std::vector<std::string> leaf_bytes_;                  // empty where it was hidden
    std::string organisation_;
    std::uint64_t shown_ = 0;
};

}  // namespace vastine::api
