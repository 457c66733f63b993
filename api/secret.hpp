#pragma once
// Random secrets for people and machines to carry, and the hashes that are kept of them.

#include <string>
#include <string_view>

namespace vastine::api {

// 256 random bits in base64 for URLs: 43 characters.
[[nodiscard]] std::string random_secret();

// BLAKE2b, 64 hexadecimal digits, under a label for each use, so that a hash of one kind is never one of
// another. Only for secrets that nobody can guess: a password wants a slow one.
[[nodiscard]] std::string hash_of(std::string_view label, std::string_view secret);

// SHA-256, 64 hexadecimal digits: of what anybody may hash for themselves, never of a secret.
[[nodiscard]] std::string sha256_of(std::string_view content);

}  // namespace vastine::api
