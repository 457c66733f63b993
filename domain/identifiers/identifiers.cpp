#include "domain/identifiers/identifiers.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <string>
#include <vector>

namespace vastine::domain {

namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
// A byte of a word: the bytes of å, ä, ö and of every other letter beyond ASCII are above 0x7F.
bool is_word(char c) {
    return is_digit(c) || is_letter(c) || static_cast<unsigned char>(c) >= 0x80;
}
unsigned value(char digit) {
    return static_cast<unsigned>(digit - '0');
}
char at(std::string_view text, std::size_t i) {
    return i < text.size() ? text[i] : '\0';
}

// Lower case for ASCII and for the Latin-1 letters of Finnish and Swedish; no-break spaces become spaces.
// Keeps every byte but the no-break space's, so positions mean the same before and after.
std::string folded(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        const auto next = static_cast<unsigned char>(at(text, i + 1));
        if (byte == 0xC2 && next == 0xA0) {
            out += ' ';
            ++i;
        } else if (byte == 0xC3 && next >= 0x80 && next <= 0x9E) {
            out += text[i];
            out += static_cast<char>(next + 0x20);
            ++i;
        } else {
            out += text[i] >= 'A' && text[i] <= 'Z' ? static_cast<char>(text[i] - 'A' + 'a') : text[i];
        }
    }
    return out;
}

// ---- personal identity codes: ddmmyy, a century sign, three digits, a check character ----

constexpr std::string_view check_characters = "0123456789abcdefhjklmnprstuvwxy";

std::optional<int> century_of(char sign) {
    if (sign == '+') return 1800;
    if (sign == '-' || (sign >= 'u' && sign <= 'y')) return 1900;
    if (sign >= 'a' && sign <= 'f') return 2000;
    return std::nullopt;
}

bool all_digits(std::string_view text) {
    return std::ranges::all_of(text, is_digit);
}

bool date_exists(std::string_view ddmmyy, int century) {
    const auto pair = [&](std::size_t i) { return value(ddmmyy[i]) * 10 + value(ddmmyy[i + 1]); };
    return std::chrono::year_month_day{std::chrono::year{century + static_cast<int>(pair(4))},
                                       std::chrono::month{pair(2)}, std::chrono::day{pair(0)}}
        .ok();
}

char check_character(std::string_view nine_digits) {
    unsigned number = 0;
    for (const char digit : nine_digits) number = number * 10 + value(digit);
    return check_characters[number % 31];
}

// `text` is folded. A wrong check character is forgiven when it is a letter: a slip of one key still
// tells who, and nothing else that offices write has this form. One that ends in a digit may be an
// invoice or a diary number, so it must be right.
bool looks_like_identity_code(std::string_view text) {
    std::string code(text.substr(0, std::min<std::size_t>(text.size(), 13)));
    // 010190 - 123k
    if (at(code, 6) == ' ' && century_of(at(code, 7)) && at(code, 8) == ' ') code.erase(6, 1).erase(7, 1);
    if (code.size() < 11 || !all_digits(std::string_view(code).substr(0, 6))) return false;
    if (!all_digits(std::string_view(code).substr(7, 3)) || is_word(at(code, 11))) return false;
    const auto century = century_of(code[6]);
    if (!century || !date_exists(code, *century)) return false;
    const char given = code[10];
    if (check_characters.find(given) == std::string_view::npos) return false;
    return is_letter(given) || given == check_character(code.substr(0, 6) + code.substr(7, 3));
}

bool identity_code_in(std::string_view text) {
    for (std::size_t i = 0; i + 11 <= text.size(); ++i) {
        const bool begins = i == 0 || !is_word(text[i - 1]);
        if (begins && is_digit(text[i]) && looks_like_identity_code(text.substr(i))) return true;
    }
    return false;
}

// ---- telephone numbers ----

constexpr std::array<std::string_view, 7> service_numbers{"010", "020", "029", "030", "060", "070", "080"};

// Digits of a number written in groups, and where the groups end.
struct Groups {
    std::string digits;
    std::vector<std::size_t> ends;  // count of digits after each group
};

Groups groups_from(std::string_view text) {
    Groups groups;
    std::size_t i = 0;
    while (i < text.size() && groups.digits.size() < 20) {
        while (is_digit(at(text, i))) groups.digits += text[i++];
        groups.ends.push_back(groups.digits.size());
        std::size_t next = i;
        while (next < text.size() && next - i < 3 &&
               std::string_view(" -()").find(text[next]) != std::string_view::npos) {
            ++next;
        }
        if (next == i || !is_digit(at(text, next))) break;
        i = next;
    }
    // What follows at once belongs to the last group: 0123/2026, 01.02.2026, 09:30, 0401234567x.
    const char after = at(text, i);
    const bool glued = after == '/' || after == ':' || is_word(after) ||
                       ((after == '.' || after == ',') && is_digit(at(text, i + 1)));
    if (glued && !groups.ends.empty()) groups.ends.pop_back();
    return groups;
}

// 01 02 2026, 01-02-2026 and the like.
bool begins_like_date(const Groups& groups) {
    return groups.ends.size() >= 3 && groups.ends[0] == 2 && groups.ends[1] == 4 && groups.ends[2] == 8 &&
           value(groups.digits[0]) * 10 + value(groups.digits[1]) <= 31 &&
           value(groups.digits[2]) * 10 + value(groups.digits[3]) <= 12;
}

bool is_national_number(std::string_view digits) {
    if (digits.size() < 7 || digits.size() > 12 || digits[0] != '0' || digits[1] == '0') return false;
    if (std::ranges::find(service_numbers, digits.substr(0, 3)) != service_numbers.end()) return false;
    const bool mobile = digits[1] == '4' || digits.substr(0, 3) == "050";
    return mobile ? digits.size() >= 8 : digits[1] != '7';
}

bool looks_like_phone(std::string_view text) {
    const bool plus = at(text, 0) == '+';
    const auto groups = groups_from(text.substr(plus ? 1 : 0));
    if (!plus && begins_like_date(groups)) return false;
    return std::ranges::any_of(groups.ends, [&](std::size_t end) {
        const auto digits = std::string_view(groups.digits).substr(0, end);
        if (plus) return digits.size() >= 8 && digits.size() <= 15 && digits[0] != '0';
        if (digits.starts_with("00")) return digits.size() >= 11 && digits.size() <= 17 && digits[2] != '0';
        return is_national_number(digits);
    });
}

bool phone_in(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool plus = text[i] == '+' && is_digit(at(text, i + 1));
        if (!plus && text[i] != '0') continue;
        const char before = i == 0 ? ' ' : text[i - 1];
        // A number inside another thing: 2018-001234, 12/0401, 1.02, HEL0401.
        if (is_word(before) || std::string_view("-/.,:+").find(before) != std::string_view::npos) continue;
        if (looks_like_phone(text.substr(i))) return true;
    }
    return false;
}

// ---- e-mail ----

bool email_in(std::string_view text) {
    const auto local = [](char c) {
        return is_word(c) || c == '.' || c == '_' || c == '+' || c == '-' || c == '%';
    };
    const auto host = [](char c) { return is_word(c) || c == '-'; };
    for (const std::string_view sign : {"@", "(at)", "[at]"}) {
        for (auto i = text.find(sign); i != std::string_view::npos; i = text.find(sign, i + 1)) {
            if (i == 0 || !local(text[i - 1])) continue;
            std::size_t end = i + sign.size();
            const std::size_t begin = end;
            while (host(at(text, end))) ++end;
            if (end > begin && at(text, end) == '.' && is_letter(at(text, end + 1)) &&
                is_letter(at(text, end + 2))) {
                return true;
            }
        }
    }
    return false;
}

// ---- street addresses: a word that ends like a street, and a house number ----

constexpr std::array<std::string_view, 26> street_endings{
    "katu",  "kadun",   "tie",   "tien",   "kuja",      "kujan",     "polku",  "kaari",  "raitti",
    "väylä", "rinne",   "aukio", "penger", "bulevardi", "esplanadi", "portti", "kierto", "gatan",
    "vägen", "gränden", "gränd", "stigen", "svängen",   "bågen",     "allén",  "stråket"};
constexpr std::array<std::string_view, 9> numbered_roads{"valtatie",   "kantatie",    "seututie",
                                                         "maantie",    "moottoritie", "yhdystie",
                                                         "motorvägen", "riksvägen",   "stamvägen"};

bool is_street(std::string_view word) {
    if (std::ranges::any_of(numbered_roads, [&](auto road) { return word.ends_with(road); })) return false;
    return std::ranges::any_of(street_endings, [&](auto ending) {
        return word.ends_with(ending) && word.size() >= ending.size() + 3;  // not the bare word
    });
}

// One to three digits, perhaps with a letter (5b), and not the beginning of a date, time, share or count.
bool is_house_number(std::string_view text) {
    std::size_t digits = 0;
    while (is_digit(at(text, digits))) ++digits;
    if (digits == 0 || digits > 3 || text[0] == '0') return false;
    std::size_t end = digits;
    if (is_letter(at(text, end)) && !is_word(at(text, end + 1))) ++end;
    const char after = at(text, end);
    const bool share = after == '%' || text.substr(std::min(end, text.size())).starts_with(" %");
    if (is_word(after) || share || after == ':' || after == '/') return false;
    return !((after == '.' || after == ',') && is_digit(at(text, end + 1)));
}

bool address_in(std::string_view text) {
    std::size_t begin = 0;
    while (begin < text.size()) {
        while (begin < text.size() && !is_word(text[begin])) ++begin;
        std::size_t end = begin;
        while (end < text.size() && is_word(text[end])) ++end;
        const bool number_follows = at(text, end) == ' ' && is_house_number(text.substr(end + 1));
        if (number_follows && is_street(text.substr(begin, end - begin))) return true;
        begin = end;
    }
    return false;
}

}  // namespace

bool is_identity_code(std::string_view text) {
    if (text.size() != 11) return false;
    const auto code = folded(text);
    if (code.size() != 11 || !all_digits(code.substr(0, 6)) || !all_digits(code.substr(7, 3))) return false;
    const auto century = century_of(code[6]);
    return century && date_exists(code, *century) &&
           code[10] == check_character(code.substr(0, 6) + code.substr(7, 3));
}

std::set<Identifier> identifiers_in(std::string_view text) {
    std::set<Identifier> found;
    const auto plain = folded(text);
    if (identity_code_in(plain)) found.insert(Identifier::IdentityCode);
    if (phone_in(plain)) found.insert(Identifier::Phone);
    if (email_in(plain)) found.insert(Identifier::Email);
    if (address_in(plain)) found.insert(Identifier::Address);
    return found;
}

}  // namespace vastine::domain
