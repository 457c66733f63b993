#include "domain/calendar/days_off.hpp"

#include <algorithm>
#include <array>

namespace vastine::domain {

using std::chrono::day;
using std::chrono::days;
using std::chrono::month;
using std::chrono::Saturday;
using std::chrono::Sunday;
using std::chrono::weekday;
using std::chrono::year;
using std::chrono::year_month_day;

namespace {

// Act 150/1930 §5 and the church calendar. Feasts that always fall on a Sunday (Easter, Pentecost since
// 1973, ...) need no rule of their own. The rules before 1991 are published practice, not read in the
// statutes of their time, and matter only for cases imported from the archives; Saturdays count as
// days off in every year.
constexpr std::array finnish_rules{
    DayOffRule{"new_year", Fixed{month(1), day(1)}},
    DayOffRule{"epiphany", Fixed{month(1), day(6)}, 0, 1972},
    DayOffRule{"epiphany", WeekdayFrom{Saturday, month(1), day(6)}, 1973, 1990},
    DayOffRule{"epiphany", Fixed{month(1), day(6)}, 1991},
    DayOffRule{"good_friday", FromEaster{-2}},
    DayOffRule{"easter_monday", FromEaster{1}},
    DayOffRule{"may_day", Fixed{month(5), day(1)}},
    DayOffRule{"ascension", FromEaster{39}, 0, 1972},
    DayOffRule{"ascension", FromEaster{34}, 1973, 1990},
    DayOffRule{"ascension", FromEaster{39}, 1991},
    DayOffRule{"midsummer_eve", Fixed{month(6), day(23)}, 0, 1954},
    DayOffRule{"midsummer", Fixed{month(6), day(24)}, 0, 1954},
    DayOffRule{"midsummer_eve", WeekdayFrom{std::chrono::Friday, month(6), day(19)}, 1955},
    DayOffRule{"midsummer", WeekdayFrom{Saturday, month(6), day(20)}, 1955},
    DayOffRule{"all_saints", Fixed{month(11), day(1)}, 0, 1954},
    DayOffRule{"all_saints", WeekdayFrom{Saturday, month(10), day(31)}, 1955},
    DayOffRule{"independence_day", Fixed{month(12), day(6)}},
    DayOffRule{"christmas_eve", Fixed{month(12), day(24)}},
    DayOffRule{"christmas", Fixed{month(12), day(25)}},
    DayOffRule{"second_christmas_day", Fixed{month(12), day(26)}},
    DayOffRule{"saturday", Weekly{Saturday}},
    DayOffRule{"sunday", Weekly{Sunday}},
};

// Whether a rule names the date, its years aside.
struct Names {
    Date date;
    year_month_day parts;

    bool operator()(const Weekly& rule) const { return weekday(date) == rule.weekday; }
    bool operator()(const Fixed& rule) const {
        return parts.month() == rule.month && parts.day() == rule.day;
    }
    bool operator()(const FromEaster& rule) const {
        return date == easter(static_cast<int>(parts.year())) + days(rule.days);
    }
    bool operator()(const WeekdayFrom& rule) const {
        if (weekday(date) != rule.weekday) return false;
        const Date first(parts.year() / rule.month / rule.day);
        return date >= first && date < first + days(7);
    }
};

}  // namespace

const Calendar& finnish_days_off() {
    static constexpr Calendar calendar{"FI", finnish_rules};
    return calendar;
}

const DayOffRule* why_off(const Calendar& calendar, Date date) {
    const Names names{date, year_month_day(date)};
    const int in_year = static_cast<int>(names.parts.year());
    const auto found = std::ranges::find_if(calendar.rules, [&](const DayOffRule& rule) {
        return in_year >= rule.first_year && in_year <= rule.last_year && std::visit(names, rule.on);
    });
    return found == calendar.rules.end() ? nullptr : &*found;
}

// The anonymous Gregorian algorithm (Meeus/Jones/Butcher); its letters are the usual ones.
Date easter(int in_year) {
    const int a = in_year % 19;
    const int b = in_year / 100;
    const int c = in_year % 100;
    const int d = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    const int e = (32 + 2 * (b % 4) + 2 * (c / 4) - d - c % 4) % 7;
    const int f = d + e - 7 * ((a + 11 * d + 22 * e) / 451) + 114;
    return Date(year(in_year) / (f / 31) / (f % 31 + 1));
}

}  // namespace vastine::domain
