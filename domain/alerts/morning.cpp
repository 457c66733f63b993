#include "domain/alerts/morning.hpp"

#include <date/tz.h>

#include "domain/calendar/due.hpp"

namespace vastine::domain {

std::optional<std::chrono::minutes> parse_time_of_day(std::string_view text) {
    const auto digit = [&](std::size_t at) { return text[at] >= '0' && text[at] <= '9'; };
    if (text.size() != 5 || text[2] != ':' || !digit(0) || !digit(1) || !digit(3) || !digit(4)) {
        return std::nullopt;
    }
    const auto number = [&](std::size_t at) { return (text[at] - '0') * 10 + (text[at + 1] - '0'); };
    if (number(0) > 23 || number(3) > 59) return std::nullopt;
    return std::chrono::hours(number(0)) + std::chrono::minutes(number(3));
}

std::optional<Date> morning_at(Instant now, std::chrono::minutes set_time) {
    static const date::time_zone* const helsinki = date::locate_zone("Europe/Helsinki");
    const auto since_epoch = helsinki->to_local(now).time_since_epoch();
    const Date today(std::chrono::floor<std::chrono::days>(since_epoch));
    if (since_epoch - today.time_since_epoch() < set_time || day_off(today)) return std::nullopt;
    return today;
}

}  // namespace vastine::domain
