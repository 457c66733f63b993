#pragma once
// What the golden bytes are made with: fixed for ever, as they are.

#include <fmt/format.h>

#include <array>
#include <string>
#include <string_view>

#include "store/sealing/cipher.hpp"

namespace vastine::store::golden {

inline std::string hex(std::string_view bytes) {
    std::string out;
    for (const char byte : bytes) out += fmt::format("{:02x}", static_cast<std::uint8_t>(byte));
    return out;
}

inline sealing::Key key() {
    std::array<std::uint8_t, 32> bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::uint8_t>(i);
    return sealing::Key(bytes);
}

inline constexpr sealing::Nonce nonce = {0xA0, 0xA1, 0xA2, 0xA3, 0xA4, 0xA5,
                                         0xA6, 0xA7, 0xA8, 0xA9, 0xAA, 0xAB};
inline constexpr std::array<std::uint8_t, 16> organisation = {0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x47, 0x88,
                                                              0x99, 0xAA, 0xBB, 0xCC, 0xDD, 0xEE, 0xFF, 0x00};

}  // namespace vastine::store::golden
