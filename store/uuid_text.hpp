#pragma once
// A UUID as people write it.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace vastine::store {

[[nodiscard]] inline std::string uuid_text(std::string_view bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (const char byte : bytes) {
        if (text.size() == 8 || text.size() == 13 || text.size() == 18 || text.size() == 23) text += '-';
        text += digits[static_cast<unsigned char>(byte) >> 4U];
        text += digits[static_cast<unsigned char>(byte) & 0x0FU];
    }
    return text;
}

// Of such a text, its hyphens where they belong.
[[nodiscard]] inline std::array<std::uint8_t, 16> uuid_bytes(std::string_view text) {
    const auto digit = [](char c) {
        return static_cast<unsigned>(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
    };
    std::array<std::uint8_t, 16> bytes{};
    std::size_t nibble = 0;
    for (const char c : text) {
        if (c == '-') continue;
        bytes.at(nibble / 2) |= static_cast<std::uint8_t>(digit(c) << (nibble % 2 == 0 ? 4U : 0U));
        ++nibble;
    }
    return bytes;
}

}  // namespace vastine::store
