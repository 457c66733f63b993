#include "domain/calendar/days_off.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <set>
#include <string>

#include "domain/calendar/due.hpp"

using namespace vastine::domain;

namespace {

Date day(const std::string& text) {
    return parse_date(text).value();
}

// The oracle shares nothing with the calendar: Easter from the phases of the moon as the church tables
// have them, and the days off of one year written out one by one.
int weekday_of(int y, int m, int d) {  // Sakamoto; 0 is Sunday
    static const int shift[] = {0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4};
    if (m < 3) y -= 1;
    return (y + y / 4 - y / 100 + y / 400 + shift[m - 1] + d) % 7;
}
int length(int y, int m) {
    if (m == 2) return (y % 4 == 0 && y % 100 != 0) || y % 400 == 0 ? 29 : 28;
    return m == 4 || m == 6 || m == 9 || m == 11 ? 30 : 31;
}
std::string iso(int y, int m, int d) {
    for (; d > length(y, m); ++m) d -= length(y, m);
    for (; d < 1; d += length(y, m)) --m;
    const auto two = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    return std::to_string(y) + "-" + two(m) + "-" + two(d);
}
// Day of March (beyond 31: of April) of Easter, by golden number, epact and Sunday letter.
int easter_in_march(int y) {
    const int golden = y % 19 + 1;
    const int century = y / 100 + 1;
    const int gregorian = 3 * century / 4 - 12;
    const int moon = (8 * century + 5) / 25 - 5;
    const int sunday = 5 * y / 4 - gregorian - 10;
    int epact = (11 * golden + 20 + moon - gregorian) % 30;
    if (epact < 0) epact += 30;
    if ((epact == 25 && golden > 11) || epact == 24) ++epact;
    int full = 44 - epact;
    if (full < 21) full += 30;
    return full + 7 - (sunday + full) % 7;
}
std::set<std::string> oracle(int y) {
    std::set<std::string> off;
    for (int m = 1; m <= 12; ++m)
        for (int d = 1; d <= length(y, m); ++d)
            if (weekday_of(y, m, d) == 0 || weekday_of(y, m, d) == 6) off.insert(iso(y, m, d));
    const auto saturday_from = [&](int m, int d) {
        while (weekday_of(y, m, d) != 6) {
            if (++d > length(y, m)) {
                d = 1;
                ++m;
            }
        }
        return iso(y, m, d);
    };
    const bool moved = y >= 1973 && y <= 1990;
    const int easter_day = easter_in_march(y);
    off.insert(iso(y, 1, 1));
    off.insert(moved ? saturday_from(1, 6) : iso(y, 1, 6));
    off.insert(iso(y, 3, easter_day - 2));
    off.insert(iso(y, 3, easter_day + 1));
    off.insert(iso(y, 3, easter_day + (moved ? 34 : 39)));
    off.insert(iso(y, 5, 1));
    if (y < 1955) {
        off.insert({iso(y, 6, 23), iso(y, 6, 24), iso(y, 11, 1)});
    } else {
        for (int d = 19; d <= 25; ++d)
            if (weekday_of(y, 6, d) == 5) off.insert({iso(y, 6, d), iso(y, 6, d + 1)});
        off.insert(saturday_from(10, 31));
    }
    off.insert({iso(y, 12, 6), iso(y, 12, 24), iso(y, 12, 25), iso(y, 12, 26)});
    return off;
}

}  // namespace

TEST_CASE("the days off of 2026 are those of act 150/1930", "[days-off]") {
    std::set<std::string> on_weekdays;
    for (Date date = day("2026-01-01"); date <= day("2026-12-31"); date += std::chrono::days(1)) {
        const std::chrono::weekday weekday(date);
        if (day_off(date) && weekday != std::chrono::Saturday && weekday != std::chrono::Sunday)
            on_weekdays.insert(to_string(date));
    }
    CHECK(on_weekdays == std::set<std::string>{"2026-01-01", "2026-01-06", "2026-04-03", "2026-04-06",
                                               "2026-05-01", "2026-05-14", "2026-06-19", "2026-12-24",
                                               "2026-12-25"});
}

TEST_CASE("days that many take off are working days all the same", "[days-off]") {
    CHECK_FALSE(day_off(day("2026-04-02")));  // Maundy Thursday
    CHECK_FALSE(day_off(day("2026-04-30")));  // May Day's eve
    CHECK_FALSE(day_off(day("2026-05-25")));  // Whit Monday
    CHECK_FALSE(day_off(day("2026-12-31")));
    CHECK_FALSE(day_off(day("2026-07-15")));  // holidays are no excuse
}

TEST_CASE("Easter falls where the church tables have it", "[days-off]") {
    CHECK(easter(1954) == day("1954-04-18"));
    CHECK(easter(1981) == day("1981-04-19"));
    CHECK(easter(2008) == day("2008-03-23"));
    CHECK(easter(2024) == day("2024-03-31"));
    CHECK(easter(2025) == day("2025-04-20"));
    CHECK(easter(2026) == day("2026-04-05"));
    CHECK(easter(2038) == day("2038-04-25"));
    CHECK(easter(2049) == day("2049-04-18"));
}

TEST_CASE("Epiphany and Ascension were on Saturdays from 1973 to 1990", "[days-off]") {
    CHECK(day_off(day("1972-01-06")));
    CHECK_FALSE(day_off(day("1975-01-06")));  // a Monday
    CHECK(day_off(day("1992-01-06")));
    CHECK(day_off(day("1972-05-11")));
    CHECK_FALSE(day_off(day("1980-05-15")));  // a Thursday
    CHECK(day_off(day("1992-05-28")));
}

TEST_CASE("Midsummer and All Saints had their fixed days before 1955", "[days-off]") {
    CHECK(day_off(day("1954-06-23")));  // a Wednesday
    CHECK(day_off(day("1954-06-24")));
    CHECK(day_off(day("1954-11-01")));  // a Monday
    CHECK_FALSE(day_off(day("1955-06-23")));
    CHECK(day_off(day("1955-06-24")));  // a Friday: the eve
    CHECK_FALSE(day_off(day("1955-11-01")));
}

TEST_CASE("every day of 1950-2150 is off exactly when the naive calendar says so", "[days-off]") {
    for (int year = 1950; year <= 2150; ++year) {
        const auto off = oracle(year);
        for (Date date = day(std::to_string(year) + "-01-01"); year_of(date) == year;
             date += std::chrono::days(1))
            if (day_off(date) != off.contains(to_string(date))) FAIL_CHECK(to_string(date));
    }
}

TEST_CASE("a day off has a reason that can be named", "[days-off]") {
    CHECK(why_off(finnish_days_off(), day("2026-05-14"))->name == "ascension");
    CHECK(why_off(finnish_days_off(), day("2026-06-19"))->name == "midsummer_eve");
    CHECK(why_off(finnish_days_off(), day("2026-11-07"))->name == "saturday");
    CHECK(why_off(finnish_days_off(), day("2026-11-09")) == nullptr);
}

TEST_CASE("a feast on a Saturday or Sunday is called by its own name", "[days-off]") {
    CHECK(why_off(finnish_days_off(), day("2026-04-05"))->name == "easter");
    CHECK(why_off(finnish_days_off(), day("2026-12-06"))->name == "independence_day");
    CHECK(why_off(finnish_days_off(), day("2026-10-31"))->name == "all_saints");
}

TEST_CASE("a year of Finland has fifteen named days, whatever weekday they fall on", "[days-off]") {
    for (int year = 1950; year <= 2150; ++year) {
        CAPTURE(year);
        const auto named = named_days(finnish_days_off(), year);
        REQUIRE(named.size() == 15);
        for (const auto& [date, name] : named) {
            REQUIRE(day_off(date));
            REQUIRE(year_of(date) == year);
        }
    }
    // Ascension on May Day: one day with two names.
    const auto named = named_days(finnish_days_off(), 2008);
    CHECK(std::ranges::count(named, day("2008-05-01"), &NamedDay::date) == 2);
}

TEST_CASE("the calendars are found by their names", "[days-off]") {
    CHECK(find_calendar("fi") == &finnish_days_off());
    CHECK(find_calendar("sv") == &swedish_days_off());
    CHECK(find_calendar("ax") == &aland_days_off());
    CHECK_FALSE(find_calendar("FI"));
    CHECK_FALSE(find_calendar(""));
}

TEST_CASE("Sweden's Whit Monday gave way to its National Day in 2005", "[days-off]") {
    const auto off = [](const char* date) { return why_off(swedish_days_off(), day(date)) != nullptr; };
    CHECK(off("2004-05-31"));
    CHECK_FALSE(off("2003-06-06"));  // a Friday
    CHECK_FALSE(off("2005-05-16"));
    CHECK(off("2005-06-06"));
}

TEST_CASE("Sweden keeps its eves and not Finland's Independence Day", "[days-off]") {
    const auto off = [](const char* date) { return why_off(swedish_days_off(), day(date)) != nullptr; };
    CHECK(off("2026-06-19"));
    CHECK(off("2026-12-24"));
    CHECK(off("2026-12-31"));
    CHECK_FALSE(off("1973-12-31"));  // a Monday; it came into the act in 1974
    CHECK(off("1974-12-31"));
    CHECK_FALSE(off("2027-12-06"));
    CHECK_FALSE(off("2026-04-30"));
    CHECK(off("1985-01-06"));
    CHECK(off("1975-01-06"));  // a Monday: Sweden never moved Epiphany
}

TEST_CASE("Sweden moved Midsummer and All Saints in 1953", "[days-off]") {
    const auto off = [](const char* date) { return why_off(swedish_days_off(), day(date)) != nullptr; };
    CHECK(off("1952-06-23"));  // a Monday
    CHECK(off("1952-06-24"));
    CHECK(off("1952-03-25"));  // the Annunciation, a Tuesday
    CHECK_FALSE(off("1953-03-25"));
    CHECK_FALSE(off("1953-06-24"));  // a Wednesday
    CHECK(off("1953-06-19"));
    CHECK(why_off(swedish_days_off(), day("1952-11-02"))->name == "all_saints");
    CHECK(why_off(swedish_days_off(), day("1953-10-31"))->name == "all_saints");
}

TEST_CASE("Åland is off when Finland is, and on its day of self-government since 1993", "[days-off]") {
    CHECK_FALSE(why_off(aland_days_off(), day("1992-06-09")));
    CHECK(why_off(aland_days_off(), day("1993-06-09"))->name == "self_government_day");
    for (Date date = day("1950-01-01"); date < day("2151-01-01"); date += std::chrono::days(1)) {
        const std::chrono::year_month_day parts(date);
        const bool own =
            year_of(date) >= 1993 && parts.month() == std::chrono::June && parts.day() == std::chrono::day(9);
        if ((why_off(aland_days_off(), date) != nullptr) != (own || day_off(date)))
            FAIL_CHECK(to_string(date));
    }
}

TEST_CASE("another calendar is another list of rules", "[days-off]") {
    static constexpr DayOffRule rules[] = {
        {"trade_fair", Fixed{std::chrono::June, std::chrono::day(9)}, 2000, 2010}};
    const Calendar other{"XX", rules};
    CHECK(why_off(other, day("2010-06-09")));
    CHECK_FALSE(why_off(other, day("2011-06-09")));
    CHECK_FALSE(why_off(other, day("2010-06-06")));  // a Sunday
}
