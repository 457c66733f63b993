#include "store/sealing/share.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/crc.hpp>
#include <charconv>
#include <optional>
#include <vector>

#include "store/bytes.hpp"
#include "store/sealing/cipher.hpp"
#include "store/store.hpp"

namespace vastine::store::sealing {
namespace {

constexpr std::string_view first_line = "vastine escrow share 1";
constexpr std::size_t lines = 4;
constexpr std::size_t line_size = Key::size / lines;  // bytes

// CRC-16: finds every mistake within 16 bits that follow each other, which no hash of this length promises.
std::uint16_t check_of(const Share& share, std::size_t line) {
    boost::crc_optimal<16, 0x1021, 0xFFFF, 0, false, false> crc;
    crc.process_bytes(share.set.data(), share.set.size());
    for (const std::uint8_t byte :
         {share.key.number, share.shares, share.needed, static_cast<std::uint8_t>(line)}) {
        crc.process_byte(byte);
    }
    crc.process_bytes(share.key.value.data() + line * line_size, line_size);
    return static_cast<std::uint16_t>(crc.checksum());
}

// Without blanks, in small letters; it holds a secret, so it is wiped by its owner.
std::string squeezed(std::string_view line) {
    std::string out;
    out.reserve(line.size());
    for (const char c : line) {
        if (c == ' ' || c == '\t' || c == '\r') continue;
        out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return out;
}

std::optional<std::uint8_t> number_in(std::string_view text, int written_to) {
    std::uint8_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, written_to);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return number;
}

// set, eight hexadecimal digits, shareNofMneededK
bool read_head(std::string_view line, Share& share) {
    const auto after = [&](std::string_view word) -> std::optional<std::string_view> {
        const auto at = line.find(word);
        if (at == line.npos) return std::nullopt;
        const auto before = line.substr(0, at);
        line.remove_prefix(at + word.size());
        return before;
    };
    const auto nothing = after("set");
    const auto set = after("share");
    const auto number = after("of");
    const auto shares = after("needed");
    if (!nothing || !nothing->empty() || !set || set->size() != 2 * share.set.size() || !number || !shares) {
        return false;
    }
    for (std::size_t i = 0; i < share.set.size(); ++i) {
        const auto byte = number_in(set->substr(2 * i, 2), 16);
        if (!byte) return false;
        share.set[i] = *byte;
    }
    const auto own = number_in(*number, 10);
    const auto all = number_in(*shares, 10);
    const auto needed = number_in(line, 10);
    if (!own || !all || !needed || *own == 0 || *own > *all || *needed < 2 || *needed > *all) return false;
    share.key.number = *own;
    share.shares = *all;
    share.needed = *needed;
    return true;
}

// Its number, sixteen digits, four of the check. What was read, or nothing.
std::optional<std::uint16_t> read_line(std::string_view line, std::size_t index, Share& share) {
    if (line.size() != 1 + 2 * line_size + 4 || line[0] != static_cast<char>('1' + index))
        return std::nullopt;
    for (std::size_t i = 0; i < line_size; ++i) {
        const auto byte = number_in(line.substr(1 + 2 * i, 2), 16);
        if (!byte) return std::nullopt;
        share.key.value.data()[index * line_size + i] = *byte;
    }
    const auto high = number_in(line.substr(1 + 2 * line_size, 2), 16);
    const auto low = number_in(line.substr(1 + 2 * line_size + 2, 2), 16);
    if (!high || !low) return std::nullopt;
    return static_cast<std::uint16_t>(*high << 8 | *low);
}

}  // namespace

std::string set_text(const ShareSet& set) {
    std::string text;
    for (const auto byte : set) text += fmt::format("{:02x}", byte);
    return text;
}

std::string share_text(const Share& share) {
    std::string text;
    text.reserve(256);  // it never moves, and so leaves no copy behind
    fmt::format_to(std::back_inserter(text), "{}\nset {} share {} of {} needed {}\n", first_line,
                   set_text(share.set), share.key.number, share.shares, share.needed);
    for (std::size_t line = 0; line < lines; ++line) {
        fmt::format_to(std::back_inserter(text), "{} ", line + 1);
        for (std::size_t i = 0; i < line_size; ++i) {
            fmt::format_to(std::back_inserter(text), "{}{:02x}", i % 2 == 0 ? " " : "",
                           share.key.value.data()[line * line_size + i]);
        }
        fmt::format_to(std::back_inserter(text), "  {:04x}\n", check_of(share, line));
    }
    return text;
}

Share read_share(std::string_view text, const std::string& from) {
    std::vector<std::string> said;
    while (!text.empty()) {
        const auto line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        auto words = squeezed(line);
        if (!words.empty() && words[0] != '#') said.push_back(std::move(words));
    }
    const auto wrong = [&](const std::string& what) {
        for (auto& line : said) wipe(line);
        return CannotOpen(fmt::format("{}: {}", from, what));
    };
    if (said.empty() || said[0] != squeezed(first_line)) {
        throw wrong(fmt::format("this is no share; it begins with '{}'.", first_line));
    }
    Share share;
    if (said.size() < 2 || !read_head(said[1], share)) {
        throw wrong("the line with set, number and how many are needed is not right.");
    }
    if (said.size() != 2 + lines) {
        throw wrong(fmt::format("it has {} lines of digits instead of {}.", said.size() - 2, lines));
    }
    std::vector<std::size_t> mistaken;
    for (std::size_t line = 0; line < lines; ++line) {
        const auto check = read_line(said[2 + line], line, share);
        if (!check || *check != check_of(share, line)) mistaken.push_back(line + 1);
    }
    if (mistaken.size() == lines) {
        throw wrong("there is a mistake in the line with set and number, or in all lines of digits.");
    }
    if (!mistaken.empty()) {
        throw wrong(fmt::format("there is a mistake in line {} of the digits.", fmt::join(mistaken, ", ")));
    }
    for (auto& line : said) wipe(line);
    return share;
}

}  // namespace vastine::store::sealing
