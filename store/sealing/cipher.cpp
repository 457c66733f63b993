#include "store/sealing/cipher.hpp"

#include <fmt/format.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <openssl/rand.h>
#include <openssl/sha.h>

#include <cassert>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <stdexcept>

#include "store/proof/merkle.hpp"

namespace vastine::store::sealing {
namespace {

// A failure here is no wrong input but a broken library: nothing may be written or believed after it.
void must(int result) {
    if (result != 1) throw std::runtime_error("the cryptographic library failed");
}
unsigned char* bytes_of(std::string& text) {
    return reinterpret_cast<unsigned char*>(text.data());
}
const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}
int length(std::string_view text) {
    if (text.size() > INT32_MAX) throw std::invalid_argument("too long to seal");
    return static_cast<int>(text.size());
}

// Fetched once: a fetch costs more than sealing a small record.
const EVP_CIPHER* gcm() {
    static EVP_CIPHER* const fetched = EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr);
    if (fetched == nullptr) throw std::runtime_error("the cryptographic library has no AES-256-GCM");
    return fetched;
}
using Context = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

EVP_CIPHER_CTX* sealing_context() {
    thread_local const Context context = [] {
        Context made(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
        must(EVP_EncryptInit_ex2(made.get(), gcm(), nullptr, nullptr, nullptr));
        return made;
    }();
    return context.get();
}
EVP_CIPHER_CTX* opening_context() {
    thread_local const Context context = [] {
        Context made(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
        must(EVP_DecryptInit_ex2(made.get(), gcm(), nullptr, nullptr, nullptr));
        return made;
    }();
    return context.get();
}

// `plain` has room for what is in the box.
bool open_into(const Key& key, std::string_view bound, std::string_view box, unsigned char* plain) {
    auto* const context = opening_context();
    const auto sealed = box.substr(nonce_size, box.size() - nonce_size - tag_size);
    std::array<unsigned char, tag_size> tag{};
    std::memcpy(tag.data(), box.data() + box.size() - tag_size, tag_size);
    int written = 0;
    must(EVP_DecryptInit_ex2(context, nullptr, key.data(), bytes_of(box), nullptr));
    must(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_SET_TAG, tag_size, tag.data()));
    must(EVP_DecryptUpdate(context, nullptr, &written, bytes_of(bound), length(bound)));
    must(EVP_DecryptUpdate(context, plain, &written, bytes_of(sealed), length(sealed)));
    unsigned char none[16];
    return EVP_DecryptFinal_ex(context, none, &written) == 1;
}

using MacContext = std::unique_ptr<EVP_MAC_CTX, decltype(&EVP_MAC_CTX_free)>;

EVP_MAC_CTX* hmac_context() {
    // Each claim that is looked up takes one: fetching the algorithm anew would be most of its cost.
    thread_local const MacContext context = [] {
        const std::unique_ptr<EVP_MAC, decltype(&EVP_MAC_free)> mac(EVP_MAC_fetch(nullptr, "HMAC", nullptr),
                                                                    &EVP_MAC_free);
        if (mac == nullptr) throw std::runtime_error("the cryptographic library has no HMAC");
        MacContext made(EVP_MAC_CTX_new(mac.get()), &EVP_MAC_CTX_free);
        char digest[] = "SHA256";
        const OSSL_PARAM parameters[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
                                         OSSL_PARAM_construct_end()};
        must(EVP_MAC_CTX_set_params(made.get(), parameters));
        return made;
    }();
    return context.get();
}

}  // namespace

Key::Key(std::span<const std::uint8_t, size> bytes) {
    std::memcpy(bytes_.data(), bytes.data(), size);
}
Key::Key(Key&& other) noexcept : bytes_(other.bytes_) {
    OPENSSL_cleanse(other.bytes_.data(), size);
}
Key& Key::operator=(Key&& other) noexcept {
    if (this != &other) {
        bytes_ = other.bytes_;
        OPENSSL_cleanse(other.bytes_.data(), size);
    }
    return *this;
}
Key::~Key() {
    OPENSSL_cleanse(bytes_.data(), size);
}
Key Key::random() {
    Key key;
    if (RAND_priv_bytes(key.data(), static_cast<int>(size)) != 1) throw std::runtime_error("no randomness");
    return key;
}

void fill_random(std::span<std::uint8_t> bytes) {
    must(RAND_bytes(bytes.data(), static_cast<int>(bytes.size())));
}

Nonce random_nonce() {
    Nonce nonce;
    fill_random(nonce);
    return nonce;
}

std::string random_uuid() {
    std::array<std::uint8_t, 16> b{};
    fill_random(b);
    b[6] = static_cast<std::uint8_t>((b[6] & 0x0F) | 0x40);
    b[8] = static_cast<std::uint8_t>((b[8] & 0x3F) | 0x80);
    std::string out;
    for (std::size_t i = 0; i < b.size(); ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10) out += '-';
        out += fmt::format("{:02x}", b[i]);
    }
    return out;
}

std::string seal_box(const Key& key, const Nonce& nonce, std::string_view bound, std::string_view plain) {
    auto* const context = sealing_context();
    std::string box(nonce_size + plain.size() + tag_size, '\0');
    std::memcpy(box.data(), nonce.data(), nonce_size);
    int written = 0;
    must(EVP_EncryptInit_ex2(context, nullptr, key.data(), nonce.data(), nullptr));
    must(EVP_EncryptUpdate(context, nullptr, &written, bytes_of(bound), length(bound)));
    must(EVP_EncryptUpdate(context, bytes_of(box) + nonce_size, &written, bytes_of(plain), length(plain)));
    must(EVP_EncryptFinal_ex(context, bytes_of(box) + nonce_size + plain.size(), &written));
    must(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_GET_TAG, tag_size,
                             bytes_of(box) + nonce_size + plain.size()));
    return box;
}

bool open_box(const Key& key, std::string_view bound, std::string_view box, std::string& plain) {
    if (box.size() < nonce_size + tag_size) return false;
    plain.resize(box.size() - nonce_size - tag_size);
    return open_into(key, bound, box, bytes_of(plain));
}

std::string hmac_sha256(const Key& key, std::string_view text) {
    auto* const context = hmac_context();
    std::string out(SHA256_DIGEST_LENGTH, '\0');
    std::size_t size = 0;
    must(EVP_MAC_init(context, key.data(), Key::size, nullptr));
    must(EVP_MAC_update(context, bytes_of(text), text.size()));
    must(EVP_MAC_final(context, bytes_of(out), &size, out.size()));
    return out;
}

std::string sha256(std::string_view text) {
    return proof::to_bytes(proof::sha256(text));
}

struct RunningHash::Context {
    std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> digest{EVP_MD_CTX_new(), &EVP_MD_CTX_free};
};
RunningHash::RunningHash() : context_(std::make_unique<Context>()) {
    must(EVP_DigestInit_ex2(context_->digest.get(), EVP_sha256(), nullptr));
}
RunningHash::~RunningHash() = default;
void RunningHash::add(std::string_view piece) {
    must(EVP_DigestUpdate(context_->digest.get(), piece.data(), piece.size()));
}
std::string RunningHash::finish() {
    std::string out(SHA256_DIGEST_LENGTH, '\0');
    must(EVP_DigestFinal_ex(context_->digest.get(), bytes_of(out), nullptr));
    return out;
}

std::string wrap(const Key& under, std::string_view bound, const Key& key) {
    return seal_box(under, random_nonce(), bound, {reinterpret_cast<const char*>(key.data()), Key::size});
}

std::optional<Key> unwrap(const Key& under, std::string_view bound, std::string_view box) {
    if (box.size() != nonce_size + Key::size + tag_size) return std::nullopt;
    std::optional<Key> key(std::in_place);
    if (!open_into(under, bound, box, key->data())) return std::nullopt;
    return key;
}

bool same_key(const Key& one, const Key& other) {
    return CRYPTO_memcmp(one.data(), other.data(), Key::size) == 0;
}

void wipe(std::string& secret) {
    OPENSSL_cleanse(secret.data(), secret.size());
}

}  // namespace vastine::store::sealing
