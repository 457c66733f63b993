#pragma once
// What can be proven of a log, whoever holds it: the running store, or a copy without any key.
//
// Errors: what contradicts what is known throws Corruption and says where; a place beyond the log throws
// std::out_of_range.

#include <functional>
#include <string>
#include <vector>

#include "store/record.hpp"

namespace vastine::store {

struct Head {
    Position position;
    std::string root;  // 32 bytes: the Merkle tree hash over all records (RFC 9162 §2.1.1)
};

class Provable {
public:
    virtual ~Provable() = default;

    [[nodiscard]] virtual Head head() const = 0;

    // Recomputes every leaf and the root, and opens every record whose key is there. Calls progress with the
    // position reached. Throws Corruption naming the first bad position.
    virtual Head verify(const std::function<void(Position)>& progress) const = 0;

    // Whether the log still begins with what it was when `known` was its head: throws Corruption when it
    // is shorter or other. O(log n); whoever kept an old head finds a log cut short or rewritten. Of the
    // records it reads none: after verify() it speaks for them too.
    virtual void check_extends(const Head& known) const = 0;
    // RFC 9162 §2.1.3 and §2.1.4, over the first `size` records; std::out_of_range beyond the log.
    [[nodiscard]] virtual std::vector<std::string> inclusion_proof(Position position,
                                                                   Position size) const = 0;
    [[nodiscard]] virtual std::vector<std::string> consistency_proof(Position old_size,
                                                                     Position size) const = 0;
    // What was hashed into the tree for this record: its header and two hashes, no content (FORMAT.md).
    [[nodiscard]] virtual std::string leaf(Position position) const = 0;
};

}  // namespace vastine::store
