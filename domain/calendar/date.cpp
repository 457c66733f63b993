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

std::optional<std::chrono::minutes> parse_time_of_day(std::string_view text) {
    if (text.size() != 5 || text[2] != ':') return std::nullopt;
    const auto hours = number(text.substr(0, 2));
    const auto minutes = number(text.substr(3, 2));
    if (!hours || !minutes || *minutes > 59 || *hours > 24 || (*hours == 24 && *minutes != 0))
        return std::nullopt;
    return std::chrono::hours(*hours) + std::chrono::minutes(*minutes);
}

namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::year;

constexpr minutes winter_offset = hours(2);
constexpr minutes summer_offset = hours(3);

// The system's database lists changes up to 2037; after that the reader of date-tz would have winter for
// ever. From there on the rule in force since 1996 is taken to go on: summer from one o'clock UTC on the
// last Sunday of March to the same on the last Sunday of October.
constexpr year first_year_unlisted{2038};

Instant change_in(std::chrono::month month, year in_year) {
    return Date(in_year / month / std::chrono::Sunday[std::chrono::last]) + hours(1);
}

const date::time_zone& helsinki_zone() {
    static const date::time_zone* const zone = date::locate_zone("Europe/Helsinki");
    return *zone;
}

std::chrono::seconds helsinki_offset(Instant at) {
    const year in_year = std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(at)).year();
    if (in_year < first_year_unlisted) return helsinki_zone().get_info(at).offset;
    const bool summer =
        at >= change_in(std::chrono::March, in_year) && at < change_in(std::chrono::October, in_year);
    return summer ? summer_offset : winter_offset;
}

}  // namespace

Date helsinki_date(Instant at) {
    return std::chrono::floor<std::chrono::days>(at + helsinki_offset(at));
}

std::string helsinki_time(Instant at) {
    const auto local = at + helsinki_offset(at);
    const auto minute =
        std::chrono::floor<std::chrono::minutes>(local - std::chrono::floor<std::chrono::days>(local));
    return fmt::format("{:02}:{:02}", minute.count() / 60, minute.count() % 60);
}

Instant ends_at(Date last_day, std::chrono::minutes closing_time) {
    const year in_year = std::chrono::year_month_day(last_day).year();
    if (in_year < first_year_unlisted) {
        // std::chrono's local time and date-tz's are different types around the same count.
        const date::local_time<minutes> local{last_day.time_since_epoch() + closing_time};
        return helsinki_zone().to_sys(local, date::choose::latest);
    }
    const Instant in_winter = last_day + closing_time - winter_offset;
    if (helsinki_offset(in_winter) == winter_offset) return in_winter;
    const Instant in_summer = last_day + closing_time - summer_offset;
    return helsinki_offset(in_summer) == summer_offset ? in_summer : change_in(std::chrono::March, in_year);
}

}  // namespace vastine::domain
