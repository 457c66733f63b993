#include "store/proof/note.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <functional>
#include <optional>
#include <stdexcept>
#include <utility>

#include "store/proof/base64.hpp"
#include "store/proof/merkle.hpp"

namespace vastine::store::proof {
namespace {

constexpr std::string_view dash = "\xE2\x80\x94 ";  // the em dash that begins a signature's line
constexpr char ed25519 = 1;
constexpr std::size_t public_size = 32;
constexpr std::size_t signature_size = 64;
constexpr std::size_t id_size = 4;
constexpr std::size_t signatures_most = 64;
constexpr std::size_t note_bytes_most = 64 << 10;

using PrivateKey = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Digest = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

void must(bool done) {
    if (!done) throw std::runtime_error("the cryptographic library failed");
}
const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}
Digest new_digest() {
    Digest digest(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    must(digest != nullptr);
    return digest;
}

// Shows each code point; false when the text is not UTF-8, or `good` says so of one.
bool all_of_utf8(std::string_view text, const std::function<bool(char32_t)>& good) {
    for (std::size_t at = 0; at < text.size();) {
        const auto lead = static_cast<unsigned char>(text[at]);
        const int more = lead < 0x80   ? 0
                         : lead < 0xC0 ? -1
                         : lead < 0xE0 ? 1
                         : lead < 0xF0 ? 2
                         : lead < 0xF8 ? 3
                                       : -1;
        if (more < 0 || text.size() - at <= static_cast<std::size_t>(more)) return false;
        char32_t point = more == 0 ? lead : lead & (0x3FU >> more);
        for (int i = 1; i <= more; ++i) {
            const auto next = static_cast<unsigned char>(text[at + static_cast<std::size_t>(i)]);
            if ((next & 0xC0U) != 0x80U) return false;
            point = point << 6U | (next & 0x3FU);
        }
        // The shortest form only, no halves of UTF-16, nothing beyond Unicode.
        static constexpr char32_t smallest[] = {0, 0x80, 0x800, 0x10000};
        if (point < smallest[more] || (point >= 0xD800 && point < 0xE000) || point > 0x10FFFF) return false;
        if (!good(point)) return false;
        at += static_cast<std::size_t>(more) + 1;
    }
    return true;
}
bool is_space(char32_t point) {
    return point <= ' ' || point == 0x85 || point == 0xA0 || point == 0x1680 ||
           (point >= 0x2000 && point <= 0x200A) || point == 0x2028 || point == 0x2029 || point == 0x202F ||
           point == 0x205F || point == 0x3000;
}
bool is_name(std::string_view name) {
    return !name.empty() && all_of_utf8(name, [](char32_t c) { return c != '+' && !is_space(c); });
}

std::uint32_t number_of(std::string_view four) {
    std::uint32_t number = 0;
    for (const char byte : four) number = number << 8U | static_cast<std::uint8_t>(byte);
    return number;
}
std::string four_of(std::uint32_t number) {
    std::string four;
    for (int shift = 24; shift >= 0; shift -= 8) four += static_cast<char>(number >> shift);
    return four;
}

std::uint32_t id_of(const std::string& name, std::string_view public_key) {
    const auto hash = sha256(name + '\n' + ed25519 + std::string(public_key));
    return number_of(to_bytes(hash).substr(0, id_size));
}

std::optional<Signature> parse_signature(std::string_view line) {
    if (!line.starts_with(dash)) return std::nullopt;
    line.remove_prefix(dash.size());
    const auto space = line.find(' ');
    if (space == line.npos || !is_name(line.substr(0, space))) return std::nullopt;
    const auto bytes = from_base64(line.substr(space + 1));
    if (!bytes || bytes->size() <= id_size) return std::nullopt;
    return Signature{std::string(line.substr(0, space)), number_of(bytes->substr(0, id_size)),
                     bytes->substr(id_size)};
}

}  // namespace

Proven<Note> parse_note(std::string_view note) {
    if (note.size() > note_bytes_most) return unproven("it is longer than any signed note of ours");
    if (!all_of_utf8(note, [](char32_t c) { return c >= ' ' || c == '\n'; })) {
        return unproven("it is not plain UTF-8 text");
    }
    const auto empty_line = note.rfind("\n\n");
    if (empty_line == note.npos) return unproven("no empty line divides its text from its signatures");
    Note parsed;
    parsed.text = note.substr(0, empty_line + 1);
    std::string_view rest = note.substr(empty_line + 2);
    if (rest.empty() || rest.back() != '\n') return unproven("its last line is cut off");
    while (!rest.empty()) {
        const auto end = rest.find('\n');
        auto signature = parse_signature(rest.substr(0, end));
        if (!signature) return unproven("a line after its text is no signature");
        parsed.signatures.push_back(std::move(*signature));
        if (parsed.signatures.size() > signatures_most) return unproven("it has too many signatures");
        rest.remove_prefix(end + 1);
    }
    return parsed;
}

Proven<VerifierKey> VerifierKey::parse(std::string_view text) {
    const auto first = text.find('+');
    const auto second = first == text.npos ? first : text.find('+', first + 1);
    if (second == text.npos) return unproven("a public key is written NAME+ID+KEY");
    const auto name = text.substr(0, first);
    const auto id = text.substr(first + 1, second - first - 1);
    if (!is_name(name)) return unproven("the name of the public key has a space or nothing in it");
    const auto key = from_base64(text.substr(second + 1));
    if (!key || key->empty()) return unproven("the public key is not whole");
    if (key->front() != ed25519) return unproven("the public key is of a kind that is not used here");
    if (key->size() != 1 + public_size) return unproven("the public key is not whole");
    VerifierKey parsed(std::string(name), std::string_view(*key).substr(1));
    if (id != fmt::format("{:08x}", parsed.id_)) {
        return unproven("the public key is not the one of its name and id: it was mistyped or altered");
    }
    return parsed;
}

VerifierKey::VerifierKey(std::string name, std::string_view public_key)
    : name_(std::move(name)), public_key_(public_key), id_(id_of(name_, public_key_)) {
    if (!is_name(name_)) throw std::invalid_argument("a key's name has no space and no plus sign");
}

std::string VerifierKey::text() const {
    return fmt::format("{}+{:08x}+{}", name_, id_, to_base64(ed25519 + public_key_));
}

bool VerifierKey::holds(std::string_view text, std::string_view signature) const {
    const PrivateKey key(
        EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, bytes_of(public_key_), public_key_.size()),
        &EVP_PKEY_free);
    if (key == nullptr) return false;
    const auto digest = new_digest();
    must(EVP_DigestVerifyInit(digest.get(), nullptr, nullptr, nullptr, key.get()) == 1);
    return EVP_DigestVerify(digest.get(), bytes_of(signature), signature.size(), bytes_of(text),
                            text.size()) == 1;
}

Proven<std::string> VerifierKey::open(std::string_view note) const {
    auto parsed = parse_note(note);
    if (!parsed) return tl::unexpected(parsed.error());
    bool signed_by_it = false;
    for (const auto& signature : parsed->signatures) {
        if (signature.name != name_ || signature.key_id != id_) continue;
        if (signature.bytes.size() != signature_size || !holds(parsed->text, signature.bytes)) {
            return unproven("its signature does not hold: it was altered after it was signed");
        }
        signed_by_it = true;
    }
    if (!signed_by_it) return unproven(fmt::format("it is not signed by the key {}+{:08x}", name_, id_));
    return std::move(parsed->text);
}

struct SigningKey::Private {
    PrivateKey key;
};

SigningKey::SigningKey(std::string name, const sealing::Key& seed)
    : private_([&] {
          PrivateKey key(
              EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed.data(), sealing::Key::size),
              &EVP_PKEY_free);
          must(key != nullptr);
          return std::make_shared<const Private>(Private{std::move(key)});
      }()),
      verifier_([&] {
          std::array<unsigned char, public_size> bytes{};
          std::size_t size = bytes.size();
          must(EVP_PKEY_get_raw_public_key(private_->key.get(), bytes.data(), &size) == 1);
          return VerifierKey(std::move(name), {reinterpret_cast<const char*>(bytes.data()), size});
      }()) {}

std::string SigningKey::sign(const std::string& text) const {
    if (text.empty() || text.back() != '\n') throw std::invalid_argument("a note's text ends its last line");
    const auto digest = new_digest();
    must(EVP_DigestSignInit(digest.get(), nullptr, nullptr, nullptr, private_->key.get()) == 1);
    std::array<unsigned char, signature_size> signature{};
    std::size_t size = signature.size();
    must(EVP_DigestSign(digest.get(), signature.data(), &size, bytes_of(text), text.size()) == 1);
    const auto bytes =
        four_of(verifier_.id()) + std::string(reinterpret_cast<const char*>(signature.data()), size);
    return fmt::format("{}\n{}{} {}\n", text, dash, verifier_.name(), to_base64(bytes));
}

}  // namespace vastine::store::proof
