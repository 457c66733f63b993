#pragma once
// A calendar of days off is data: a named list of rules, each with the years it held. Another country's
// or region's calendar is another list; nothing here knows Finland but finnish_days_off().

#include <span>
#include <string_view>
#include <variant>

#include "domain/calendar/date.hpp"

namespace vastine::domain {

// Every week on this day.
struct Weekly {
    std::chrono::weekday weekday;
};
// The same day of the same month.
struct Fixed {
    std::chrono::month month;
    std::chrono::day day;
};
// So many days after Easter Sunday of the western churches; negative: before.
struct FromEaster {
    int days;
};
// The first such weekday on or after a day of the year: "the Saturday in 20-26 June".
struct WeekdayFrom {
    std::chrono::weekday weekday;
    std::chrono::month month;
    std::chrono::day day;
};

struct DayOffRule {
    std::string_view name;  // good_friday ...
    std::variant<Weekly, Fixed, FromEaster, WeekdayFrom> on;
    int first_year = 0;    // inclusive
    int last_year = 9999;  // inclusive
};

struct Calendar {
    std::string_view name;  // FI
    std::span<const DayOffRule> rules;
};

[[nodiscard]] const Calendar& finnish_days_off();

// The first rule of the calendar that makes the date a day off; null on a working day.
[[nodiscard]] const DayOffRule* why_off(const Calendar& calendar, Date date);

// Easter Sunday of the Gregorian calendar.
[[nodiscard]] Date easter(int year);

}  // namespace vastine::domain
