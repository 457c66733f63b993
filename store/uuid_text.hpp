#pragma once
// A UUID as people write it.

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

}  // namespace vastine::store
