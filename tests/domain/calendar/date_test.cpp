#include "domain/calendar/date.hpp"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <ctime>

using namespace vastine::domain;
using namespace std::chrono_literals;

TEST_CASE("a date is read only as YYYY-MM-DD", "[date]") {
    CHECK(parse_date("2026-03-01") == Date(2026y / 3 / 1));
    CHECK(parse_date("0001-01-01") == Date(1y / 1 / 1));
    for (const char* text :
         {"", "2026-3-1", "2026-03-1", "26-03-01", "2026/03/01", "2026-03-01 ", " 2026-03-01",
          "2026-03-01T00:00", "1.3.2026", "2026-0a-01", "+026-03-01", "2026-03--1", "٢٠٢٦-٠٣-٠١"})
        CHECK_FALSE(parse_date(text));
}

TEST_CASE("a day that does not exist is no date", "[date]") {
    CHECK(parse_date("2024-02-29"));
    CHECK(parse_date("2000-02-29"));
    for (const char* text :
         {"2026-02-29", "1900-02-29", "2026-04-31", "2026-13-01", "2026-00-10", "2026-01-00"})
        CHECK_FALSE(parse_date(text));
}

TEST_CASE("a date is written as it is read", "[date]") {
    for (Date date = Date(1899y / 12 / 1); date < Date(2101y / 1 / 1); date += std::chrono::days(17))
        CHECK(parse_date(to_string(date)) == date);
    CHECK(to_string(Date(2026y / 3 / 1)) == "2026-03-01");
    CHECK(month_of(Date(2026y / 3 / 1)) == "2026-03");
    CHECK(year_of(Date(2026y / 3 / 1)) == 2026);
}

TEST_CASE("the day in Finland begins two hours before the day of UTC, in summer three", "[date]") {
    CHECK(helsinki_date(Date(2026y / 1 / 31) + 21h + 59min) == Date(2026y / 1 / 31));
    CHECK(helsinki_date(Date(2026y / 1 / 31) + 22h) == Date(2026y / 2 / 1));
    CHECK(helsinki_date(Date(2026y / 6 / 30) + 20h + 59min) == Date(2026y / 6 / 30));
    CHECK(helsinki_date(Date(2026y / 6 / 30) + 21h) == Date(2026y / 7 / 1));
    CHECK(helsinki_date(Date(2026y / 12 / 31) + 23h + 59min) == Date(2027y / 1 / 1));
}

TEST_CASE("summer time begins and ends on the last Sundays of March and October at one o'clock UTC",
          "[date]") {
    // From 2038 on the system's database lists no change; the law of today is taken to go on.
    struct Change {
        std::chrono::year_month_day summer;
        std::chrono::year_month_day winter;
    };
    for (const auto& [summer, winter] :
         {Change{2026y / 3 / 29, 2026y / 10 / 25}, Change{2037y / 3 / 29, 2037y / 10 / 25},
          Change{2038y / 3 / 28, 2038y / 10 / 31}, Change{2150y / 3 / 29, 2150y / 10 / 25}}) {
        CAPTURE(to_string(Date(summer)));
        // The eve is still winter: midnight comes two hours before that of UTC.
        CHECK(helsinki_date(Date(summer) - 2h - 1us) == Date(summer) - std::chrono::days(1));
        CHECK(helsinki_date(Date(summer) - 2h) == Date(summer));
        CHECK(helsinki_date(Date(summer) + 21h - 1us) == Date(summer));
        CHECK(helsinki_date(Date(summer) + 21h) == Date(summer) + std::chrono::days(1));
        CHECK(helsinki_date(Date(winter) - 3h - 1us) == Date(winter) - std::chrono::days(1));
        CHECK(helsinki_date(Date(winter) - 3h) == Date(winter));
        CHECK(helsinki_date(Date(winter) + 22h - 1us) == Date(winter));
        CHECK(helsinki_date(Date(winter) + 22h) == Date(winter) + std::chrono::days(1));
    }
}

TEST_CASE("an office closes by the clock on its wall", "[date]") {
    for (const auto year : {2026y, 2149y}) {
        CHECK(ends_at(Date(year / 1 / 30), 16h + 15min) == Date(year / 1 / 30) + 14h + 15min);
        CHECK(ends_at(Date(year / 7 / 30), 16h + 15min) == Date(year / 7 / 30) + 13h + 15min);
        CHECK(ends_at(Date(year / 1 / 30), 24h) == Date(year / 1 / 30) + 22h);
        CHECK(ends_at(Date(year / 7 / 30), 24h) == Date(year / 7 / 30) + 21h);
    }
}

TEST_CASE("the hour that is skipped in March ends when it is skipped, the one shown twice the second time",
          "[date]") {
    struct Sundays {
        std::chrono::year_month_day march;
        std::chrono::year_month_day october;
    };
    for (const auto& [march, october] :
         {Sundays{2026y / 3 / 29, 2026y / 10 / 25}, Sundays{2150y / 3 / 29, 2150y / 10 / 25}}) {
        CHECK(ends_at(Date(march), 2h + 59min) == Date(march) + 59min);
        CHECK(ends_at(Date(march), 3h) == Date(march) + 1h);
        CHECK(ends_at(Date(march), 3h + 30min) == Date(march) + 1h);
        CHECK(ends_at(Date(march), 4h) == Date(march) + 1h);
        CHECK(ends_at(Date(march), 24h) == Date(march) + 21h);
        CHECK(ends_at(Date(october), 2h + 59min) == Date(october) - 1min);
        CHECK(ends_at(Date(october), 3h + 30min) == Date(october) + 1h + 30min);
        CHECK(ends_at(Date(october), 4h) == Date(october) + 2h);
        CHECK(ends_at(Date(october), 24h) == Date(october) + 22h);
    }
}

TEST_CASE("a closing time is read only as HH:MM, up to midnight", "[date]") {
    CHECK(parse_time_of_day("00:00") == 0min);
    CHECK(parse_time_of_day("16:15") == 16h + 15min);
    CHECK(parse_time_of_day("24:00") == 24h);
    for (const char* text :
         {"", "16", "16:60", "24:01", "25:00", "16.15", "9:00", "16:15:00", "+1:15", "4pm"})
        CHECK_FALSE(parse_time_of_day(text));
}

TEST_CASE("what happens in Finland has the same day wherever the machine stands", "[date]") {
    for (const char* zone : {"UTC", "Pacific/Kiritimati", "America/Los_Angeles", "Asia/Kolkata"}) {
        CAPTURE(zone);
        REQUIRE(setenv("TZ", zone, 1) == 0);
        tzset();
        CHECK(helsinki_date(Date(2026y / 1 / 31) + 22h) == Date(2026y / 2 / 1));
        CHECK(helsinki_date(Date(2026y / 6 / 30) + 20h + 59min) == Date(2026y / 6 / 30));
        CHECK(ends_at(Date(2026y / 7 / 30), 16h + 15min) == Date(2026y / 7 / 30) + 13h + 15min);
    }
    unsetenv("TZ");
    tzset();
}
