#include "store/sealing/file_key.hpp"

#include <fmt/format.h>

#include "store/sealing/cipher.hpp"

namespace vastine::store::sealing {
namespace {

constexpr std::string_view first_line = "vastine key 1\n";
constexpr std::size_t text_size = first_line.size() + 2 * Key::size + 1;

}  // namespace

std::unique_ptr<FileKey> FileKey::from_text(std::string_view text) {
    if (text.size() != text_size || !text.starts_with(first_line) || !text.ends_with('\n')) return nullptr;
    Key key;
    for (std::size_t i = 0; i < Key::size; ++i) {
        unsigned byte = 0;
        for (const char digit : text.substr(first_line.size() + 2 * i, 2)) {
            const bool number = digit >= '0' && digit <= '9';
            if (!number && (digit < 'a' || digit > 'f')) return nullptr;
            byte = byte << 4 | static_cast<unsigned>(number ? digit - '0' : digit - 'a' + 10);
        }
        key.data()[i] = static_cast<std::uint8_t>(byte);
    }
    return std::make_unique<FileKey>(std::move(key));
}

bool FileKey::open(std::string_view bound, std::string_view box, std::string& plain) const {
    return open_box(key_, bound, box, plain);
}
std::string FileKey::wrap(std::string_view bound, const Key& key) const {
    return sealing::wrap(key_, bound, key);
}
std::optional<Key> FileKey::unwrap(std::string_view bound, std::string_view box) const {
    return sealing::unwrap(key_, bound, box);
}
std::string FileKey::check() const {
    return hmac_sha256(key_, "vastine key check 1").substr(0, 8);
}
bool FileKey::recognises(std::string_view check) const {
    return check == this->check();
}

std::string FileKey::file_text() const {
    std::string text(first_line);
    text.reserve(text_size);  // it never moves, and so leaves no copy behind
    for (std::size_t i = 0; i < Key::size; ++i) {
        fmt::format_to(std::back_inserter(text), "{:02x}", key_.data()[i]);
    }
    text += '\n';
    return text;
}

std::unique_ptr<MasterKey> FileKey::successor() const {
    return std::make_unique<FileKey>(Key::random());
}
std::string FileKey::described() const {
    return "a key file";
}

}  // namespace vastine::store::sealing
