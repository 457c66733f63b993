#pragma once
// The Merkle tree over the records, as RFC 9162 §2.1 hashes it, and its proofs.
// Indices count leaves from 0: the record at position p is leaf p - 1.

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace vastine::store::proof {

using Hash = std::array<std::uint8_t, 32>;

[[nodiscard]] std::string to_bytes(const Hash& hash);
[[nodiscard]] Hash to_hash(std::string_view bytes);  // throws Corruption unless there are 32

[[nodiscard]] Hash sha256(std::string_view text);
// The leaf of a record: its header, the hash of its facts and the hash of what is sealed, so that a
// receipt discloses neither.
[[nodiscard]] Hash record_leaf(std::string_view header, const Hash& facts, const Hash& sealed);
[[nodiscard]] Hash record_leaf(std::string_view header, std::string_view facts, std::string_view sealed);
[[nodiscard]] Hash leaf_hash(std::string_view leaf);
[[nodiscard]] Hash node_hash(const Hash& left, const Hash& right);

// The right edge of a growing tree: the roots of its complete subtrees, the largest first.
class Frontier {
public:
    Frontier() = default;
    Frontier(std::uint64_t size, std::vector<Hash> peaks);  // throws Corruption when they do not fit

    // Calls `complete` for each subtree that this leaf completes, itself first.
    using Complete = std::function<void(unsigned level, std::uint64_t index, const Hash&)>;
    void add(const Hash& leaf, const Complete& complete);

    [[nodiscard]] std::uint64_t size() const { return size_; }
    [[nodiscard]] const std::vector<Hash>& peaks() const { return peaks_; }
    [[nodiscard]] Hash root() const;

private:
    std::uint64_t size_ = 0;
    std::vector<Hash> peaks_;
};

// The hash of the complete subtree over leaves [index << level, (index + 1) << level).
using Subtree = std::function<Hash(unsigned level, std::uint64_t index)>;

[[nodiscard]] Hash root_of(std::uint64_t size, const Subtree& subtree);
// Throw std::out_of_range unless index < size, and 0 < old_size <= size.
[[nodiscard]] std::vector<Hash> inclusion_proof(std::uint64_t index, std::uint64_t size,
                                                const Subtree& subtree);
[[nodiscard]] std::vector<Hash> consistency_proof(std::uint64_t old_size, std::uint64_t size,
                                                  const Subtree& subtree);

[[nodiscard]] bool verify_inclusion(const Hash& leaf, std::uint64_t index, std::uint64_t size,
                                    const std::vector<Hash>& proof, const Hash& root);
[[nodiscard]] bool verify_consistency(std::uint64_t old_size, const Hash& old_root, std::uint64_t size,
                                      const Hash& root, const std::vector<Hash>& proof);

}  // namespace vastine::store::proof
