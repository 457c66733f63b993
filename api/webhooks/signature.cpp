#include "api/webhooks/signature.hpp"

#include <sodium.h>

#include <array>
#include <bit>
#include <stdexcept>
#include <vector>

namespace vastine::api {

namespace {

constexpr std::string_view secret_mark = "whsec_";
constexpr std::size_t key_bytes = 32;
constexpr auto base64 = sodium_base64_VARIANT_ORIGINAL;

using Hash = std::array<unsigned char, crypto_auth_hmacsha256_BYTES>;

const unsigned char* bytes_of(std::string_view text) {
    return std::bit_cast<const unsigned char*>(text.data());
}

std::vector<unsigned char> key_of(std::string_view secret) {
    std::vector<unsigned char> key(secret.size());
    std::size_t size = 0;
    if (!secret.starts_with(secret_mark) ||
        sodium_base642bin(key.data(), key.size(), secret.data() + secret_mark.size(),
                          secret.size() - secret_mark.size(), nullptr, &size, nullptr, base64) != 0) {
        throw std::invalid_argument("no webhook secret");
    }
    key.resize(size);
    return key;
}

}  // namespace

std::string new_webhook_secret() {
    if (sodium_init() < 0) throw std::runtime_error("libsodium does not start");
    std::array<unsigned char, key_bytes> key{};
    randombytes_buf(key.data(), key.size());
    std::array<char, sodium_base64_ENCODED_LEN(key_bytes, base64)> text{};
    sodium_bin2base64(text.data(), text.size(), key.data(), key.size(), base64);
    sodium_memzero(key.data(), key.size());
    return std::string(secret_mark) + text.data();
}

std::string webhook_signature(std::string_view secret, std::string_view id, std::int64_t at_seconds,
                              std::string_view body) {
    auto key = key_of(secret);
    crypto_auth_hmacsha256_state state{};
    crypto_auth_hmacsha256_init(&state, key.data(), key.size());
    sodium_memzero(key.data(), key.size());
    const auto signed_head = std::string(id) + '.' + std::to_string(at_seconds) + '.';
    for (const auto part : {std::string_view(signed_head), body}) {
        crypto_auth_hmacsha256_update(&state, bytes_of(part), part.size());
    }
    Hash hash{};
    crypto_auth_hmacsha256_final(&state, hash.data());
    std::array<char, sodium_base64_ENCODED_LEN(std::tuple_size_v<Hash>, base64)> text{};
    sodium_bin2base64(text.data(), text.size(), hash.data(), hash.size(), base64);
    return std::string("v1,") + text.data();
}

}  // namespace vastine::api
