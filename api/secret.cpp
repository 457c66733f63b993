#include "api/secret.hpp"

#include <sodium.h>

#include <array>
#include <bit>
#include <stdexcept>

namespace vastine::api {

namespace {

constexpr std::size_t secret_bytes = 32;
constexpr std::size_t hash_bytes = 32;

void start_sodium() {
    if (sodium_init() < 0) throw std::runtime_error("libsodium does not start");
}

}  // namespace

std::string random_secret() {
    start_sodium();
    std::array<unsigned char, secret_bytes> bytes{};
    randombytes_buf(bytes.data(), bytes.size());
    std::array<char, sodium_base64_ENCODED_LEN(secret_bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING)>
        text{};
    sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(),
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    sodium_memzero(bytes.data(), bytes.size());
    return text.data();
}

std::string hash_of(std::string_view label, std::string_view secret) {
    const std::string input = std::string(label) + '\0' + std::string(secret);
    std::array<unsigned char, hash_bytes> hash{};
    crypto_generichash(hash.data(), hash.size(), std::bit_cast<const unsigned char*>(input.data()),
                       input.size(), nullptr, 0);
    std::array<char, hash_bytes * 2 + 1> text{};
    sodium_bin2hex(text.data(), text.size(), hash.data(), hash.size());
    return text.data();
}

std::string sha256_of(std::string_view content) {
    std::array<unsigned char, crypto_hash_sha256_BYTES> hash{};
    crypto_hash_sha256(hash.data(), std::bit_cast<const unsigned char*>(content.data()), content.size());
    std::array<char, crypto_hash_sha256_BYTES * 2 + 1> text{};
    sodium_bin2hex(text.data(), text.size(), hash.data(), hash.size());
    return text.data();
}

}  // namespace vastine::api
