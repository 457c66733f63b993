#pragma once
// Numbers and strings as the frozen formats write them: big endian, lengths in front.

#include <array>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

#include "store/event_store.hpp"

namespace vastine::store {

template <class Number>
void put_number(std::string& out, Number number) {
    std::array<char, sizeof(Number)> bytes;
    auto rest = static_cast<std::uint64_t>(number);
    for (auto byte = bytes.rbegin(); byte != bytes.rend(); ++byte, rest >>= 8) {
        *byte = static_cast<char>(rest);
    }
    out.append(bytes.data(), bytes.size());
}
inline void put_u8(std::string& out, std::uint8_t number) {
    out.push_back(static_cast<char>(number));
}
inline void put_u16(std::string& out, std::uint16_t number) {
    put_number(out, number);
}
inline void put_u32(std::string& out, std::uint32_t number) {
    put_number(out, number);
}
inline void put_u64(std::string& out, std::uint64_t number) {
    put_number(out, number);
}

// A length of two bytes, then the text.
inline void put_text(std::string& out, std::string_view text) {
    if (text.size() > UINT16_MAX) throw std::invalid_argument("a name is longer than 65535 bytes");
    put_u16(out, static_cast<std::uint16_t>(text.size()));
    out.append(text);
}
// A length of four bytes, then the block.
inline void put_block(std::string& out, std::string_view block) {
    if (block.size() > UINT32_MAX) throw std::invalid_argument("a block is longer than 4 GiB");
    put_u32(out, static_cast<std::uint32_t>(block.size()));
    out.append(block);
}

[[nodiscard]] inline std::string u64_bytes(std::uint64_t number) {
    std::string out;
    put_u64(out, number);
    return out;
}

// Takes values off the front of stored bytes; what is too short throws Corruption.
class Reader {
public:
    explicit Reader(std::string_view bytes) : rest_(bytes) {}

    std::string_view take(std::size_t size) {
        if (size > rest_.size()) throw Corruption("stored bytes end too early");
        const auto taken = rest_.substr(0, size);
        rest_.remove_prefix(size);
        return taken;
    }
    std::uint8_t u8() { return number<std::uint8_t>(); }
    std::uint16_t u16() { return number<std::uint16_t>(); }
    std::uint32_t u32() { return number<std::uint32_t>(); }
    std::uint64_t u64() { return number<std::uint64_t>(); }
    std::string_view text() { return take(u16()); }
    std::string_view block() { return take(u32()); }

    [[nodiscard]] std::string_view rest() const { return rest_; }
    void expect_end() const {
        if (!rest_.empty()) throw Corruption("stored bytes go on after their end");
    }

private:
    template <class Number>
    Number number() {
        std::uint64_t value = 0;
        for (const char byte : take(sizeof(Number))) value = value << 8 | static_cast<std::uint8_t>(byte);
        return static_cast<Number>(value);
    }
    std::string_view rest_;
};

}  // namespace vastine::store
