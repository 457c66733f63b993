// The tree against a naive one written straight from RFC 9162 §2.1, and its published test vectors.

#include "store/proof/merkle.hpp"

#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <map>
#include <span>

namespace vastine::store::proof {
namespace {

std::string hex(const Hash& hash) {
    std::string out;
    for (const auto byte : hash) out += fmt::format("{:02x}", byte);
    return out;
}

// MTH of RFC 9162 §2.1.1.
Hash naive_root(std::span<const Hash> leaves) {
    if (leaves.size() == 1) return leaves[0];
    std::size_t left = 1;
    while (left * 2 < leaves.size()) left *= 2;
    return node_hash(naive_root(leaves.first(left)), naive_root(leaves.subspan(left)));
}
// PATH of §2.1.3.1 and SUBPROOF of §2.1.4.1.
std::vector<Hash> naive_path(std::size_t index, std::span<const Hash> leaves) {
    if (leaves.size() == 1) return {};
    std::size_t left = 1;
    while (left * 2 < leaves.size()) left *= 2;
    auto proof =
        index < left ? naive_path(index, leaves.first(left)) : naive_path(index - left, leaves.subspan(left));
    proof.push_back(naive_root(index < left ? leaves.subspan(left) : leaves.first(left)));
    return proof;
}
std::vector<Hash> naive_subproof(std::size_t size, std::span<const Hash> leaves, bool known) {
    if (size == leaves.size()) return known ? std::vector<Hash>{} : std::vector<Hash>{naive_root(leaves)};
    std::size_t left = 1;
    while (left * 2 < leaves.size()) left *= 2;
    auto proof = size <= left ? naive_subproof(size, leaves.first(left), known)
                              : naive_subproof(size - left, leaves.subspan(left), false);
    proof.push_back(naive_root(size <= left ? leaves.subspan(left) : leaves.first(left)));
    return proof;
}

struct Tree {
    explicit Tree(std::size_t size) {
        for (std::size_t i = 0; i < size; ++i) {
            leaves.push_back(leaf_hash(fmt::format("leaf {}", i)));
            nodes[{0, i}] = leaves.back();
            frontier.add(leaves.back(), [&](unsigned level, std::uint64_t index, const Hash& hash) {
                nodes[{level, index}] = hash;
            });
        }
    }
    [[nodiscard]] Subtree reader() const {
        return [this](unsigned level, std::uint64_t index) { return nodes.at({level, index}); };
    }
    std::vector<Hash> leaves;
    std::map<std::pair<unsigned, std::uint64_t>, Hash> nodes;
    Frontier frontier;
};

}  // namespace

TEST_CASE("the tree gives the roots that Certificate Transparency's test vectors state", "[merkle]") {
    // The eight leaves and roots that implementations of RFC 6962 and 9162 share as test data.
    const std::vector<std::string> leaves = {
        std::string(),
        std::string("\x00", 1),
        "\x10",
        "\x20\x21",
        "\x30\x31",
        "\x40\x41\x42\x43",
        "\x50\x51\x52\x53\x54\x55\x56\x57",
        "\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
    };
    const std::vector<std::string> roots = {
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    };
    Frontier frontier;
    CHECK(hex(frontier.root()) == roots[0]);
    for (std::size_t i = 0; i < leaves.size(); ++i) {
        frontier.add(leaf_hash(leaves[i]), [](unsigned, std::uint64_t, const Hash&) {});
        CHECK(hex(frontier.root()) == roots[i + 1]);
    }
}

TEST_CASE("root, inclusion and consistency equal the naive tree's for every size up to 40", "[merkle]") {
    const Tree all(40);
    for (std::size_t size = 1; size <= 40; ++size) {
        const Tree tree(size);
        const std::span<const Hash> leaves(all.leaves.data(), size);
        const Hash root = naive_root(leaves);
        REQUIRE(tree.frontier.root() == root);
        REQUIRE(root_of(size, all.reader()) == root);
        for (std::size_t index = 0; index < size; ++index) {
            const auto proof = inclusion_proof(index, size, all.reader());
            REQUIRE(proof == naive_path(index, leaves));
            REQUIRE(verify_inclusion(leaves[index], index, size, proof, root));
        }
        for (std::size_t old = 1; old <= size; ++old) {
            const auto proof = consistency_proof(old, size, all.reader());
            REQUIRE(proof == naive_subproof(old, leaves, true));
            REQUIRE(verify_consistency(old, naive_root(leaves.first(old)), size, root, proof));
        }
    }
}

TEST_CASE("a proof is for one leaf, one place, one size and one root", "[merkle]") {
    const Tree tree(13);
    const auto root = tree.frontier.root();
    const auto proof = inclusion_proof(4, 13, tree.reader());
    REQUIRE(verify_inclusion(tree.leaves[4], 4, 13, proof, root));
    CHECK_FALSE(verify_inclusion(tree.leaves[5], 4, 13, proof, root));
    CHECK_FALSE(verify_inclusion(tree.leaves[4], 5, 13, proof, root));
    // Only the root speaks of the size where the path is the same for both.
    CHECK_FALSE(verify_inclusion(tree.leaves[4], 4, 7, proof, root));
    CHECK_FALSE(verify_inclusion(tree.leaves[4], 13, 13, proof, root));
    for (std::size_t i = 0; i < proof.size(); ++i) {
        auto altered = proof;
        altered[i][7] ^= 1;
        CHECK_FALSE(verify_inclusion(tree.leaves[4], 4, 13, altered, root));
    }
    auto shorter = proof;
    shorter.pop_back();
    CHECK_FALSE(verify_inclusion(tree.leaves[4], 4, 13, shorter, root));
    auto longer = proof;
    longer.push_back(root);
    CHECK_FALSE(verify_inclusion(tree.leaves[4], 4, 13, longer, root));
}

TEST_CASE("a tree is consistent only with what it grew from", "[merkle]") {
    const Tree tree(13);
    const Tree before(6);
    const auto proof = consistency_proof(6, 13, tree.reader());
    REQUIRE(verify_consistency(6, before.frontier.root(), 13, tree.frontier.root(), proof));
    CHECK_FALSE(verify_consistency(5, before.frontier.root(), 13, tree.frontier.root(), proof));
    CHECK_FALSE(verify_consistency(6, Tree(7).frontier.root(), 13, tree.frontier.root(), proof));
    CHECK_FALSE(verify_consistency(6, before.frontier.root(), 13, Tree(12).frontier.root(), proof));
    CHECK_FALSE(verify_consistency(0, before.frontier.root(), 13, tree.frontier.root(), proof));
    CHECK_THROWS_AS(consistency_proof(14, 13, tree.reader()), std::out_of_range);
    CHECK_THROWS_AS(inclusion_proof(13, 13, tree.reader()), std::out_of_range);
}

}  // namespace vastine::store::proof
