#include "store/sealing/token_key.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

#include "store/sealing/cipher.hpp"
#include "store/sealing/token_module.hpp"
#include "store/store.hpp"

namespace vastine::store::sealing {
namespace {

constexpr std::string_view first_line = "vastine token 1\n";
constexpr std::size_t box_size = nonce_size + Key::size + tag_size;

// Of the whole process, as signing in is.
std::mutex& one_at_a_time() {
    static std::mutex mutex;
    return mutex;
}

CK_BYTE* bytes_of(std::string& text) {
    return reinterpret_cast<CK_BYTE*>(text.data());
}
template <class Value>
CK_ATTRIBUTE attribute(CK_ATTRIBUTE_TYPE type, Value& value) {
    return {type, &value, sizeof value};
}
CK_ATTRIBUTE attribute(CK_ATTRIBUTE_TYPE type, std::string& value) {
    return {type, value.data(), value.size()};
}

// AES-256 keys of this label.
std::vector<CK_OBJECT_HANDLE> keys_labelled(const TokenSession& session, std::string label) {
    CK_OBJECT_CLASS secret = CKO_SECRET_KEY;
    CK_KEY_TYPE aes = CKK_AES;
    std::array wanted = {attribute(CKA_CLASS, secret), attribute(CKA_KEY_TYPE, aes),
                         attribute(CKA_LABEL, label)};
    const auto& calls = session.calls();
    must(calls.C_FindObjectsInit(session.handle(), wanted.data(), wanted.size()), "looking for the key");
    std::array<CK_OBJECT_HANDLE, 2> found{};
    CK_ULONG count = 0;
    const auto answer = calls.C_FindObjects(session.handle(), found.data(), found.size(), &count);
    static_cast<void>(calls.C_FindObjectsFinal(session.handle()));
    must(answer, "looking for the key");
    return {found.begin(), found.begin() + std::min<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(count), 2)};
}

// A key that could be taken out would be no better kept than in a file.
void check_kept_inside(const TokenSession& session, CK_OBJECT_HANDLE key, const TokenPlace& place) {
    CK_BBOOL extractable = CK_TRUE;
    CK_BBOOL sensitive = CK_FALSE;
    CK_ULONG length = 0;
    std::array asked = {attribute(CKA_EXTRACTABLE, extractable), attribute(CKA_SENSITIVE, sensitive),
                        attribute(CKA_VALUE_LEN, length)};
    must(session.calls().C_GetAttributeValue(session.handle(), key, asked.data(), asked.size()),
         "what kind of key it has");
    if (extractable != CK_FALSE || sensitive != CK_TRUE || length != Key::size) {
        throw CannotOpen(
            fmt::format("The key '{}' of the token '{}' is not one of AES with 256 bits that cannot be taken "
                        "out of it, and is not used.",
                        place.key, place.token));
    }
}

CK_OBJECT_HANDLE the_key(const TokenSession& session, const TokenPlace& place) {
    const auto found = keys_labelled(session, place.key);
    if (found.size() != 1) {
        throw CannotOpen(fmt::format("The token '{}' has {} AES key with the label '{}'.", place.token,
                                     found.empty() ? "no" : "more than one", place.key));
    }
    check_kept_inside(session, found.front(), place);
    return found.front();
}

void make_key(const TokenSession& session, std::string label) {
    CK_MECHANISM generate{CKM_AES_KEY_GEN, nullptr, 0};
    CK_BBOOL yes = CK_TRUE;
    CK_BBOOL no = CK_FALSE;
    CK_ULONG length = Key::size;
    std::array wanted = {attribute(CKA_TOKEN, yes),        attribute(CKA_PRIVATE, yes),
                         attribute(CKA_SENSITIVE, yes),    attribute(CKA_EXTRACTABLE, no),
                         attribute(CKA_ENCRYPT, yes),      attribute(CKA_DECRYPT, yes),
                         attribute(CKA_VALUE_LEN, length), attribute(CKA_LABEL, label)};
    CK_OBJECT_HANDLE made = 0;
    must(session.calls().C_GenerateKey(session.handle(), &generate, wanted.data(), wanted.size(), &made),
         "making a key");
}

// `name`, then `name-2`, `name-3` …
std::string next_label(const std::string& label) {
    const auto dash = label.rfind('-');
    unsigned number = 0;
    if (dash != std::string::npos) {
        const auto* const end = label.data() + label.size();
        const auto [stopped, error] = std::from_chars(label.data() + dash + 1, end, number);
        if (error == std::errc() && stopped == end && number > 0) {
            return fmt::format("{}-{}", label.substr(0, dash), number + 1);
        }
    }
    return label + "-2";
}

CK_GCM_PARAMS gcm(std::string& nonce, std::string& bound) {
    CK_GCM_PARAMS parameters{};
    parameters.iv_ptr = bytes_of(nonce);
    parameters.iv_len = nonce.size();
    parameters.iv_bits = nonce.size() * 8;
    parameters.aad_ptr = bytes_of(bound);
    parameters.aad_len = bound.size();
    parameters.tag_bits = tag_size * 8;
    return parameters;
}

}  // namespace

std::optional<TokenPlace> TokenPlace::from_text(std::string_view text) {
    if (!text.starts_with(first_line)) return std::nullopt;
    TokenPlace place;
    text.remove_prefix(first_line.size());
    while (!text.empty()) {
        const auto line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        const auto blank = line.find(' ');
        const auto value = blank == line.npos ? std::string_view() : line.substr(blank + 1);
        const auto name = line.substr(0, blank);
        if (name == "module") {
            place.module = value;
        } else if (name == "token") {
            place.token = value;
        } else if (name == "key") {
            place.key = value;
        } else if (name == "pin-file") {
            place.pin_file = value;
        } else if (!line.empty()) {
            throw CannotOpen(fmt::format("The description of a token says '{}', which means nothing.", name));
        }
    }
    if (!place.module.is_absolute() || !place.pin_file.is_absolute() || place.token.empty() ||
        place.key.empty()) {
        throw CannotOpen(
            "The description of a token names module and pin-file (whole paths), token and key (labels).");
    }
    return place;
}

std::string TokenPlace::text() const {
    return fmt::format("{}module {}\ntoken {}\nkey {}\npin-file {}\n", first_line, module.string(), token,
                       key, pin_file.string());
}

TokenKey::TokenKey(TokenPlace place) : place_(std::move(place)) {}

TokenModule& TokenKey::module() const {
    if (!module_) module_ = TokenModule::load(place_.module);
    return *module_;
}

void TokenKey::make_when_missing() const {
    const std::lock_guard lock(one_at_a_time());
    const TokenSession session(module(), place_.token, place_.pin_file, TokenSession::For::Making);
    if (keys_labelled(session, place_.key).empty()) make_key(session, place_.key);
    static_cast<void>(the_key(session, place_));
}

std::string TokenKey::wrap(std::string_view bound, const Key& key) const {
    const auto random = random_nonce();
    std::string nonce(random.begin(), random.end());
    std::string name(bound);
    auto parameters = gcm(nonce, name);
    CK_MECHANISM mechanism{CKM_AES_GCM, &parameters, sizeof parameters};
    std::string sealed(Key::size + tag_size, '\0');
    CK_ULONG size = sealed.size();
    const std::lock_guard lock(one_at_a_time());
    const TokenSession session(module(), place_.token, place_.pin_file, TokenSession::For::Using);
    const auto& calls = session.calls();
    must(calls.C_EncryptInit(session.handle(), &mechanism, the_key(session, place_)), "wrapping a key");
    auto* const plain = const_cast<CK_BYTE*>(key.data());  // the standard's own signature; it is only read
    must(calls.C_Encrypt(session.handle(), plain, Key::size, bytes_of(sealed), &size), "wrapping a key");
    if (size != sealed.size()) throw CannotOpen("The hardware module gave a box of another size.");
    // A module that makes its own nonce has written it over ours.
    return nonce + sealed;
}

std::optional<Key> TokenKey::unwrap(std::string_view bound, std::string_view box) const {
    if (box.size() != box_size) return std::nullopt;
    std::string nonce(box.substr(0, nonce_size));
    std::string name(bound);
    std::string sealed(box.substr(nonce_size));
    auto parameters = gcm(nonce, name);
    CK_MECHANISM mechanism{CKM_AES_GCM, &parameters, sizeof parameters};
    // Some modules want room for the tag as well.
    std::string plain(box_size, '\0');
    CK_ULONG size = plain.size();
    const std::lock_guard lock(one_at_a_time());
    const TokenSession session(module(), place_.token, place_.pin_file, TokenSession::For::Using);
    const auto& calls = session.calls();
    must(calls.C_DecryptInit(session.handle(), &mechanism, the_key(session, place_)), "opening a key");
    const auto answer =
        calls.C_Decrypt(session.handle(), bytes_of(sealed), sealed.size(), bytes_of(plain), &size);
    std::optional<Key> key;
    switch (answer) {
        case CKR_OK:
            if (size == Key::size) {
                key.emplace(std::span<const std::uint8_t, Key::size>(bytes_of(plain), Key::size));
            }
            break;
        case CKR_ENCRYPTED_DATA_INVALID:
        case CKR_ENCRYPTED_DATA_LEN_RANGE:
        case CKR_GENERAL_ERROR:  // SoftHSM's word for a tag that is not right
        case CKR_FUNCTION_FAILED:
            break;
        default:
            must(answer, "opening a key");
    }
    wipe(plain);
    return key;
}

// Nothing of the key can be computed outside: what it wrapped once tells it from others.
std::string TokenKey::check() const {
    return wrap("key-check", Key::random());
}
bool TokenKey::recognises(std::string_view check) const {
    return unwrap("key-check", check).has_value();
}

std::unique_ptr<MasterKey> TokenKey::successor() const {
    auto next = place_;
    next.key = next_label(place_.key);
    auto key = std::make_unique<TokenKey>(std::move(next));
    key->make_when_missing();
    return key;
}

std::string TokenKey::described() const {
    return fmt::format("the key '{}' of the token '{}'", place_.key, place_.token);
}

}  // namespace vastine::store::sealing
