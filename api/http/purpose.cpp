#include "api/http/purpose.hpp"

#include <algorithm>
#include <boost/url/encode.hpp>
#include <boost/url/pct_string_view.hpp>
#include <boost/url/rfc/unreserved_chars.hpp>

#include "api/utf8.hpp"

namespace vastine::api {

namespace {

constexpr std::size_t characters_max = 200;
constexpr std::string_view mark = "utf-8'";

// What follows RFC 8187's charset and language (UTF-8'fi'…); the whole where there is no such mark.
std::string_view without_mark(std::string_view header) {
    const bool marked = header.size() >= mark.size() &&
                        std::equal(mark.begin(), mark.end(), header.begin(), [](char a, char b) {
                            return a == (b >= 'A' && b <= 'Z' ? static_cast<char>(b - 'A' + 'a') : b);
                        });
    const auto end = marked ? header.find('\'', mark.size()) : std::string_view::npos;
    return end == std::string_view::npos ? header : header.substr(end + 1);
}

}  // namespace

bool is_purpose(std::string_view text) {
    // C1 and the line and paragraph separators break a line as much as a line feed does.
    const auto breaks = [&](std::size_t i) {
        const auto at = [&](std::size_t k) {
            return static_cast<unsigned char>(i + k < text.size() ? text[i + k] : 0);
        };
        if (at(0) < 0x20 || at(0) == 0x7f) return true;
        if (at(0) == 0xc2 && at(1) < 0xa0) return true;
        return at(0) == 0xe2 && at(1) == 0x80 && (at(2) == 0xa8 || at(2) == 0xa9);
    };
    if (!is_utf8(text) || characters(text) > characters_max) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (breaks(i)) return false;
    }
    return true;
}

std::optional<std::string> read_purpose(std::string_view header) {
    const bool ascii =
        std::all_of(header.begin(), header.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
    if (!ascii) return std::nullopt;
    const auto encoded = boost::urls::make_pct_string_view(without_mark(header));
    if (!encoded) return std::nullopt;
    auto text = encoded->decode();
    if (!is_purpose(text)) return std::nullopt;
    return text;
}

std::string write_purpose(std::string_view text) {
    return "UTF-8''" + boost::urls::encode(text, boost::urls::unreserved_chars);
}

}  // namespace vastine::api
