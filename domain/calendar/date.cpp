#include "domain/calendar/date.hpp"

#include <date/tz.h>
#include <fmt/format.h>

namespace vastine::domain {

namespace {

// The number that the digits make, or nothing when one of them is no digit. ASCII only, whatever the
// locale says.
std::optional<unsigned> number(std::string_view digits) {
    unsigned value = 0;
    for (const char digit : digits) {
        if (digit < '0' || digit > '9') return std::nullopt;
        value = value * 10 + static_cast<unsigned>(digit - '0');
    }
    return value;
}

}  // namespace

std::optional<Date> parse_date(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto year = number(text.substr(0, 4));
    const auto month = number(text.substr(5, 2));
    const auto day = number(text.substr(8, 2));
    if (!year || !month || !day) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year(static_cast<int>(*year)),
                                           std::chrono::month(*month), std::chrono::day(*day)};
    if (!date.ok()) return std::nullopt;
    return Date(date);
}

std::string to_string(Date date) {
    const std::chrono::year_month_day parts(date);
    const int year = static_cast<int>(parts.year());
    const auto month = static_cast<unsigned>(parts.month());
    const auto day = static_cast<unsigned>(parts.day());
    if (year < 0 || year > 9999) return fmt::format("{:04}-{:02}-{:02}", year, month, day);
    // Digit by digit: every row of an import writes several of these.
    std::string text = "0000-00-00";
    auto rest = static_cast<unsigned>(year);
    for (std::size_t i = 4; i-- > 0; rest /= 10) text[i] = static_cast<char>('0' + rest % 10);
    text[5] = static_cast<char>('0' + month / 10);
    text[6] = static_cast<char>('0' + month % 10);
    text[8] = static_cast<char>('0' + day / 10);
    text[9] = static_cast<char>('0' + day % 10);
    return text;
}

std::string month_of(Date date) {
    return to_string(date).substr(0, 7);
}

int year_of(Date date) {
    return static_cast<int>(std::chrono::year_month_day(date).year());
}

Date helsinki_date(Instant at) {
    static const date::time_zone* const helsinki = date::locate_zone("Europe/Helsinki");
    // std::chrono's local time and date-tz's are different types around the same count of days.
    const auto local = helsinki->to_local(at);
    return Date(std::chrono::floor<std::chrono::days>(local.time_since_epoch()));
}

}  // namespace vastine::domain
