#include "domain/calendar/days_off.hpp"

#include <algorithm>
#include <array>

namespace vastine::domain {

using std::chrono::day;
using std::chrono::days;
using std::chrono::Friday;
using std::chrono::month;
using std::chrono::Saturday;
using std::chrono::Sunday;
using std::chrono::weekday;
using std::chrono::year;
using std::chrono::year_month_day;

namespace {

// Act 150/1930 §5 and the church calendar. What differs before 1991 is published practice, not read in the
// statutes of their time, and matters only for cases imported from the archives. The sources disagree at its
// edges, and these are left out: Epiphany and Ascension on Saturdays in 1991 too, Whit Monday until 1972, the
// Annunciation on 25.3. until 1954. Saturdays came into the act in 1966 (358/1966); here they are off in
// every year, since a date of the fifties is counted today by offices that are closed on Saturdays.
constexpr std::array finnish_rules{
    DayOffRule{"new_year", Fixed{month(1), day(1)}},
    DayOffRule{"epiphany", Fixed{month(1), day(6)}, 0, 1972},
    DayOffRule{"epiphany", WeekdayFrom{Saturday, month(1), day(6)}, 1973, 1990},
    DayOffRule{"epiphany", Fixed{month(1), day(6)}, 1991},
    DayOffRule{"good_friday", FromEaster{-2}},
    DayOffRule{"easter", FromEaster{0}},
    DayOffRule{"easter_monday", FromEaster{1}},
    DayOffRule{"may_day", Fixed{month(5), day(1)}},
    DayOffRule{"ascension", FromEaster{39}, 0, 1972},
    DayOffRule{"ascension", FromEaster{34}, 1973, 1990},
    DayOffRule{"ascension", FromEaster{39}, 1991},
    DayOffRule{"pentecost", FromEaster{49}},
    DayOffRule{"midsummer_eve", Fixed{month(6), day(23)}, 0, 1954},
    DayOffRule{"midsummer", Fixed{month(6), day(24)}, 0, 1954},
    DayOffRule{"midsummer_eve", WeekdayFrom{Friday, month(6), day(19)}, 1955},
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

// Ålands självstyrelsedag: kept on the day the first Landsting met in 1922, and off since 1993.
constexpr auto aland_rules = [] {
    std::array<DayOffRule, finnish_rules.size() + 1> rules{
        {{"self_government_day", Fixed{month(6), day(9)}, 1993}}};
    std::copy(finnish_rules.begin(), finnish_rules.end(), rules.begin() + 1);
    return rules;
}();

// The general holidays of Sweden (1989:253, before it custom and 1938:107) and the eves that 1930:173 §2
// treats like them: New Year's Eve came in at the end of 1974 (1974:756), Whit Monday gave way to the
// National Day in 2005 (2004:1320). The Annunciation was kept on 25 March until 1952; in 1951 that was
// Easter Sunday. All Saturdays came in by 1965:127; here, as in Finland, they are off in every year.
constexpr std::array swedish_rules{
    DayOffRule{"new_year", Fixed{month(1), day(1)}},
    DayOffRule{"epiphany", Fixed{month(1), day(6)}},
    DayOffRule{"annunciation", Fixed{month(3), day(25)}, 1950, 1950},
    DayOffRule{"annunciation", Fixed{month(3), day(25)}, 1952, 1952},
    DayOffRule{"good_friday", FromEaster{-2}},
    DayOffRule{"easter", FromEaster{0}},
    DayOffRule{"easter_monday", FromEaster{1}},
    DayOffRule{"may_day", Fixed{month(5), day(1)}},
    DayOffRule{"ascension", FromEaster{39}},
    DayOffRule{"pentecost", FromEaster{49}},
    DayOffRule{"whit_monday", FromEaster{50}, 0, 2004},
    DayOffRule{"swedish_national_day", Fixed{month(6), day(6)}, 2005},
    DayOffRule{"midsummer_eve", Fixed{month(6), day(23)}, 0, 1952},
    DayOffRule{"midsummer", Fixed{month(6), day(24)}, 0, 1952},
    DayOffRule{"midsummer_eve", WeekdayFrom{Friday, month(6), day(19)}, 1953},
    DayOffRule{"midsummer", WeekdayFrom{Saturday, month(6), day(20)}, 1953},
    DayOffRule{"all_saints", WeekdayFrom{Sunday, month(11), day(1)}, 0, 1952},
    DayOffRule{"all_saints", WeekdayFrom{Saturday, month(10), day(31)}, 1953},
    DayOffRule{"christmas_eve", Fixed{month(12), day(24)}},
    DayOffRule{"christmas", Fixed{month(12), day(25)}},
    DayOffRule{"second_christmas_day", Fixed{month(12), day(26)}},
    DayOffRule{"new_years_eve", Fixed{month(12), day(31)}, 1974},
    DayOffRule{"saturday", Weekly{Saturday}},
    DayOffRule{"sunday", Weekly{Sunday}},
};

}  // namespace

const Calendar& finnish_days_off() {
    static constexpr Calendar calendar{"fi", finnish_rules};
    return calendar;
}

const Calendar& swedish_days_off() {
    static constexpr Calendar calendar{"sv", swedish_rules};
    return calendar;
}

const Calendar& aland_days_off() {
    static constexpr Calendar calendar{"ax", aland_rules};
    return calendar;
}

std::span<const Calendar* const> calendars() {
    static const std::array all{&finnish_days_off(), &swedish_days_off(), &aland_days_off()};
    return all;
}

const Calendar* find_calendar(std::string_view name) {
    const auto found =
        std::ranges::find_if(calendars(), [&](const Calendar* calendar) { return calendar->name == name; });
    return found == calendars().end() ? nullptr : *found;
}

const DayOffRule* why_off(const Calendar& calendar, Date date) {
    const int in_year = year_of(date);
    const auto found = std::ranges::find_if(calendar.rules, [&](const DayOffRule& rule) {
        if (const auto* const weekly = std::get_if<Weekly>(&rule.on))
            return in_year >= rule.first_year && in_year <= rule.last_year &&
                   weekday(date) == weekly->weekday;
        return day_in(rule, in_year) == date;
    });
    return found == calendar.rules.end() ? nullptr : &*found;
}

std::optional<Date> day_in(const DayOffRule& rule, int in_year) {
    struct Day {
        int in_year;

        std::optional<Date> operator()(const Weekly&) const { return std::nullopt; }
        std::optional<Date> operator()(const Fixed& on) const {
            const year_month_day date = year(in_year) / on.month / on.day;
            return date.ok() ? std::optional(Date(date)) : std::nullopt;
        }
        std::optional<Date> operator()(const FromEaster& on) const { return easter(in_year) + days(on.days); }
        std::optional<Date> operator()(const WeekdayFrom& on) const {
            const Date first(year(in_year) / on.month / on.day);
            return first + (on.weekday - weekday(first));
        }
    };
    if (in_year < rule.first_year || in_year > rule.last_year) return std::nullopt;
    return std::visit(Day{in_year}, rule.on);
}

std::vector<NamedDay> named_days(const Calendar& calendar, int in_year) {
    std::vector<NamedDay> named;
    for (const DayOffRule& rule : calendar.rules)
        if (const auto date = day_in(rule, in_year)) named.push_back({*date, rule.name});
    std::ranges::stable_sort(named, {}, &NamedDay::date);
    return named;
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
