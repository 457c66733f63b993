#include "store/proof/base64.hpp"

#include <array>
#include <cstdint>

namespace vastine::store::proof {
namespace {

constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint8_t no_digit = 0xFF;

constexpr std::array<std::uint8_t, 256> values = [] {
    std::array<std::uint8_t, 256> out{};
    out.fill(no_digit);
    for (std::size_t i = 0; i < digits.size(); ++i) {
        out[static_cast<std::uint8_t>(digits[i])] = static_cast<std::uint8_t>(i);
    }
    return out;
}();

}  // namespace

std::string to_base64(std::string_view bytes) {
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        std::uint32_t group = 0;
        for (std::size_t i = at; i < at + 3; ++i) {
            group = group << 8U | (i < bytes.size() ? static_cast<std::uint8_t>(bytes[i]) : 0U);
        }
        for (std::size_t i = 0; i < 4; ++i) {
            const bool padding = at + i > bytes.size();
            out += padding ? '=' : digits[group >> (18U - 6U * i) & 63U];
        }
    }
    return out;
}

std::optional<std::string> from_base64(std::string_view text) {
    std::string out;
    std::uint32_t group = 0;
    unsigned bits = 0;
    std::string_view rest = text;
    for (; !rest.empty() && rest.front() != '='; rest.remove_prefix(1)) {
        const auto value = values[static_cast<std::uint8_t>(rest.front())];
        if (value == no_digit) return std::nullopt;
        group = (group << 6U | value) & 0xFFFFFFU;
        bits += 6;
        if (bits < 8) continue;
        bits -= 8;
        out += static_cast<char>(group >> bits);
    }
    if (to_base64(out) != text) return std::nullopt;
    return out;
}

}  // namespace vastine::store::proof
