#include "domain/identifiers/uuid.hpp"

namespace vastine::domain {

namespace {

bool hyphen_at(std::size_t place) {
    return place == 8 || place == 13 || place == 18 || place == 23;
}

}  // namespace

bool is_uuid(std::string_view text) {
    if (text.size() != 36) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (hyphen_at(i) ? c != '-' : !((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) return false;
    }
    return true;
}

std::string uuid_of(std::array<unsigned char, 16> bytes, UuidVersion version) {
    constexpr std::string_view digits = "0123456789abcdef";
    bytes[6] = static_cast<unsigned char>((bytes[6] & 0x0fU) | static_cast<unsigned>(version) << 4U);
    bytes[8] = static_cast<unsigned char>((bytes[8] & 0x3fU) | 0x80U);
    std::string text;
    for (const unsigned char byte : bytes) {
        if (hyphen_at(text.size())) text += '-';
        text += digits[byte >> 4U];
        text += digits[byte & 0x0fU];
    }
    return text;
}

}  // namespace vastine::domain
