#include "projections/report/markup.hpp"

#include <unicode/unistr.h>

#include <algorithm>

namespace vastine::projections::report {
namespace {

constexpr UChar32 kReplacement = 0xFFFD;

bool turns_direction(UChar32 code) {
    return code == 0x200E || code == 0x200F || code == 0x061C || (code >= 0x202A && code <= 0x202E) ||
           (code >= 0x2066 && code <= 0x2069);
}

bool no_character(UChar32 code) {
    return (code & 0xFFFE) == 0xFFFE || (code >= 0xFDD0 && code <= 0xFDEF);
}

}  // namespace

std::string printable(std::string_view words) {
    const bool plain =
        std::all_of(words.begin(), words.end(), [](char letter) { return letter >= 0x20 && letter < 0x7F; });
    if (plain) return std::string(words);
    // What is not UTF-8 is U+FFFD from here on.
    const auto text = icu::UnicodeString::fromUTF8({words.data(), static_cast<int32_t>(words.size())});
    icu::UnicodeString out;
    for (int32_t at = 0; at < text.length(); at = text.moveIndex32(at, 1)) {
        const auto code = text.char32At(at);
        if (code == '\t') {
            out.append(UChar32{' '});
        } else if (no_character(code)) {
            out.append(kReplacement);
        } else if (code == '\n' || (code >= 0x20 && code < 0x7F) ||
                   (code >= 0xA0 && !turns_direction(code))) {
            out.append(code);
        }
    }
    std::string utf8;
    return out.toUTF8String(utf8);
}

pugi::xml_node element(pugi::xml_node parent, const char* name, std::string_view content) {
    auto node = parent.append_child(name);
    if (!content.empty()) node.text().set(printable(content).c_str());
    return node;
}

pugi::xml_node with(pugi::xml_node node, const char* attribute, std::string_view value) {
    node.append_attribute(attribute) = printable(value).c_str();
    return node;
}

}  // namespace vastine::projections::report
