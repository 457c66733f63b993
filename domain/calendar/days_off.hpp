#pragma once
// A calendar of days off is data: a named list of rules, each with the years it held. Another country's
// or region's calendar is another list; nothing here knows Finland but the calendars themselves.
// They are held to be right for 1950-2150 (first_known_year, last_known_year); the rules go on beyond.

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

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
    std::string_view name;  // good_friday ...; its text is day_off.good_friday
    std::variant<Weekly, Fixed, FromEaster, WeekdayFrom> on;
    int first_year = 0;    // inclusive
    int last_year = 9999;  // inclusive
};

struct Calendar {
    std::string_view name;  // fi
    std::span<const DayOffRule> rules;
};

inline constexpr int first_known_year = 1950;
inline constexpr int last_known_year = 2150;

[[nodiscard]] const Calendar& finnish_days_off();  // fi: act 150/1930
[[nodiscard]] const Calendar& swedish_days_off();  // sv: Sweden's act 1930:173
[[nodiscard]] const Calendar& aland_days_off();    // ax: Finland's and the day of self-government

// Those three; what --calendar takes. Null for another name.
[[nodiscard]] std::span<const Calendar* const> calendars();
[[nodiscard]] const Calendar* find_calendar(std::string_view name);

// The first rule of the calendar that makes the date a day off; null on a working day. A day with a name
// of its own is given that name, also on a Saturday or Sunday.
[[nodiscard]] const DayOffRule* why_off(const Calendar& calendar, Date date);

// The days of a year that have a name, in their order, whatever weekday they fall on; plain Saturdays and
// Sundays are left out. Two names on one day (Ascension on May Day, 2008) are two entries.
struct NamedDay {
    Date date;
    std::string_view name;
};
[[nodiscard]] std::vector<NamedDay> named_days(const Calendar& calendar, int year);

// The day a rule names in a year; nothing for Weekly, and outside the years of the rule.
[[nodiscard]] std::optional<Date> day_in(const DayOffRule& rule, int year);

// Easter Sunday of the Gregorian calendar.
[[nodiscard]] Date easter(int year);

}  // namespace vastine::domain
