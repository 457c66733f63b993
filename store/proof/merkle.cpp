#include "store/proof/merkle.hpp"

#include <openssl/evp.h>

#include <bit>
#include <cstring>
#include <stdexcept>

#include "store/event_store.hpp"

namespace vastine::store::proof {
namespace {

// Fetched once, and a context for each thread: looking the algorithm up costs more than a short hash.
class Sha256 {
public:
    Sha256() : algorithm_(EVP_MD_fetch(nullptr, "SHA256", nullptr)), context_(EVP_MD_CTX_new()) {
        if (algorithm_ == nullptr || context_ == nullptr) fail();
    }
    Sha256(const Sha256&) = delete;
    Sha256& operator=(const Sha256&) = delete;
    ~Sha256() {
        EVP_MD_CTX_free(context_);
        EVP_MD_free(algorithm_);
    }
    template <class... Parts>
    Hash operator()(const Parts&... parts) {
        Hash out;
        bool good = EVP_DigestInit_ex2(context_, algorithm_, nullptr) == 1;
        ((good = good && EVP_DigestUpdate(context_, parts.data(), parts.size()) == 1), ...);
        if (!good || EVP_DigestFinal_ex(context_, out.data(), nullptr) != 1) fail();
        return out;
    }

private:
    [[noreturn]] static void fail() { throw std::runtime_error("the cryptographic library failed"); }
    EVP_MD* algorithm_;
    EVP_MD_CTX* context_;
};

template <class... Parts>
Hash digest(const Parts&... parts) {
    thread_local Sha256 sha256;
    return sha256(parts...);
}
constexpr std::string_view leaf_mark("\0", 1);  // RFC 9162: no leaf hashes as a node does
constexpr std::string_view node_mark("\1", 1);

// The hash over leaves [first, first + count), put together from complete subtrees. `first` is a
// multiple of every power of two that is needed, which holds for all ranges RFC 9162 speaks of.
Hash range_hash(std::uint64_t first, std::uint64_t count, const Subtree& subtree) {
    if (std::has_single_bit(count)) {
        const auto level = static_cast<unsigned>(std::countr_zero(count));
        return subtree(level, first >> level);
    }
    const std::uint64_t left = std::bit_floor(count);
    return node_hash(range_hash(first, left, subtree), range_hash(first + left, count - left, subtree));
}

// The largest power of two smaller than count.
std::uint64_t split_at(std::uint64_t count) {
    return std::bit_floor(count - 1);
}

void path(std::uint64_t index, std::uint64_t first, std::uint64_t count, const Subtree& subtree,
          std::vector<Hash>& out) {
    if (count == 1) return;
    const std::uint64_t left = split_at(count);
    if (index < left) {
        path(index, first, left, subtree, out);
        out.push_back(range_hash(first + left, count - left, subtree));
    } else {
        path(index - left, first + left, count - left, subtree, out);
        out.push_back(range_hash(first, left, subtree));
    }
}

enum class Known { Yes, No };  // whether the verifier has the hash of the whole range already

void subproof(std::uint64_t old_size, std::uint64_t first, std::uint64_t count, Known known,
              const Subtree& subtree, std::vector<Hash>& out) {
    if (old_size == count) {
        if (known == Known::No) out.push_back(range_hash(first, count, subtree));
        return;
    }
    const std::uint64_t left = split_at(count);
    if (old_size <= left) {
        subproof(old_size, first, left, known, subtree, out);
        out.push_back(range_hash(first + left, count - left, subtree));
    } else {
        subproof(old_size - left, first + left, count - left, Known::No, subtree, out);
        out.push_back(range_hash(first, left, subtree));
    }
}

}  // namespace

std::string to_bytes(const Hash& hash) {
    return {hash.begin(), hash.end()};
}

Hash to_hash(std::string_view bytes) {
    Hash hash;
    if (bytes.size() != hash.size()) throw Corruption("a hash has 32 bytes");
    std::memcpy(hash.data(), bytes.data(), hash.size());
    return hash;
}

Hash sha256(std::string_view text) {
    return digest(text);
}

Hash leaf_hash(std::string_view leaf) {
    return digest(leaf_mark, leaf);
}

Hash record_leaf(std::string_view header, const Hash& facts, const Hash& sealed) {
    return digest(leaf_mark, header, facts, sealed);
}

Hash record_leaf(std::string_view header, std::string_view facts, std::string_view sealed) {
    return record_leaf(header, digest(facts), digest(sealed));
}

Hash node_hash(const Hash& left, const Hash& right) {
    return digest(node_mark, left, right);
}

Frontier::Frontier(std::uint64_t size, std::vector<Hash> peaks) : size_(size), peaks_(std::move(peaks)) {
    if (static_cast<std::size_t>(std::popcount(size_)) != peaks_.size()) {
        throw Corruption("the edge of the tree does not fit its size");
    }
}

void Frontier::add(const Hash& leaf, const Complete& complete) {
    Hash hash = leaf;
    std::uint64_t index = size_;
    complete(0, index, leaf);
    // Each trailing one of the size is a subtree that waits for its right half.
    for (unsigned level = 1; (size_ >> (level - 1) & 1) != 0; ++level) {
        hash = node_hash(peaks_.back(), hash);
        peaks_.pop_back();
        index >>= 1;
        complete(level, index, hash);
    }
    peaks_.push_back(hash);
    ++size_;
}

Hash Frontier::root() const {
    if (peaks_.empty()) return digest();
    Hash hash = peaks_.back();
    for (auto peak = peaks_.rbegin() + 1; peak != peaks_.rend(); ++peak) hash = node_hash(*peak, hash);
    return hash;
}

Hash root_of(std::uint64_t size, const Subtree& subtree) {
    return size == 0 ? digest() : range_hash(0, size, subtree);
}

std::vector<Hash> inclusion_proof(std::uint64_t index, std::uint64_t size, const Subtree& subtree) {
    if (index >= size) throw std::out_of_range("no such leaf in a tree of this size");
    std::vector<Hash> out;
    path(index, 0, size, subtree, out);
    return out;
}

std::vector<Hash> consistency_proof(std::uint64_t old_size, std::uint64_t size, const Subtree& subtree) {
    if (old_size == 0 || old_size > size) throw std::out_of_range("no such tree in a tree of this size");
    std::vector<Hash> out;
    subproof(old_size, 0, size, Known::Yes, subtree, out);
    return out;
}

bool verify_inclusion(const Hash& leaf, std::uint64_t index, std::uint64_t size,
                      const std::vector<Hash>& proof, const Hash& root) {
    if (index >= size) return false;
    std::uint64_t fn = index;  // names of RFC 9162 §2.1.3.2
    std::uint64_t sn = size - 1;
    Hash hash = leaf;
    for (const Hash& p : proof) {
        if (sn == 0) return false;
        if ((fn & 1) != 0 || fn == sn) {
            hash = node_hash(p, hash);
            while ((fn & 1) == 0 && fn != 0) {
                fn >>= 1;
                sn >>= 1;
            }
        } else {
            hash = node_hash(hash, p);
        }
        fn >>= 1;
        sn >>= 1;
    }
    return sn == 0 && hash == root;
}

bool verify_consistency(std::uint64_t old_size, const Hash& old_root, std::uint64_t size, const Hash& root,
                        const std::vector<Hash>& proof) {
    if (old_size == 0 || old_size > size) return false;
    if (old_size == size) return proof.empty() && old_root == root;
    std::uint64_t fn = old_size - 1;  // names of RFC 9162 §2.1.4.2
    std::uint64_t sn = size - 1;
    auto next = proof.begin();
    while ((fn & 1) != 0) {
        fn >>= 1;
        sn >>= 1;
    }
    Hash fr = old_root;
    if (!std::has_single_bit(old_size)) {
        if (next == proof.end()) return false;
        fr = *next++;
    }
    Hash sr = fr;
    for (; next != proof.end(); ++next) {
        if (sn == 0) return false;
        if ((fn & 1) != 0 || fn == sn) {
            fr = node_hash(*next, fr);
            sr = node_hash(*next, sr);
            while ((fn & 1) == 0 && fn != 0) {
                fn >>= 1;
                sn >>= 1;
            }
        } else {
            sr = node_hash(sr, *next);
        }
        fn >>= 1;
        sn >>= 1;
    }
    return sn == 0 && fr == old_root && sr == root;
}

}  // namespace vastine::store::proof
