#pragma once
// AES-256-GCM, HMAC-SHA256 and randomness, as the store uses them.
// A box is nonce (12 bytes), ciphertext, tag (16 bytes); the nonce is random.

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "store/sealing/key.hpp"

namespace vastine::store::sealing {

constexpr std::size_t nonce_size = 12;
constexpr std::size_t tag_size = 16;
using Nonce = std::array<std::uint8_t, nonce_size>;

void fill_random(std::span<std::uint8_t> bytes);
[[nodiscard]] Nonce random_nonce();
[[nodiscard]] std::string random_uuid();

[[nodiscard]] std::string seal_box(const Key& key, const Nonce& nonce, std::string_view bound,
                                   std::string_view plain);
// False when the box is not what was sealed under this key with this associated data. `plain` is
// overwritten; its memory is reused.
[[nodiscard]] bool open_box(const Key& key, std::string_view bound, std::string_view box, std::string& plain);

[[nodiscard]] std::string hmac_sha256(const Key& key, std::string_view text);
[[nodiscard]] std::string sha256(std::string_view text);

// SHA-256 of what comes piece by piece.
class RunningHash {
public:
    RunningHash();
    RunningHash(const RunningHash&) = delete;
    RunningHash& operator=(const RunningHash&) = delete;
    ~RunningHash();
    void add(std::string_view piece);
    [[nodiscard]] std::string finish();  // 32 bytes; once

private:
    struct Context;
    std::unique_ptr<Context> context_;
};

// A key inside a box under another key; `bound` says which key it is.
[[nodiscard]] std::string wrap(const Key& under, std::string_view bound, const Key& key);
[[nodiscard]] std::optional<Key> unwrap(const Key& under, std::string_view bound, std::string_view box);

// In a time that does not tell where they differ.
[[nodiscard]] bool same_key(const Key& one, const Key& other);

// Overwrites what a secret string held.
void wipe(std::string& secret);

}  // namespace vastine::store::sealing
