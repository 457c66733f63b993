#include "domain/calendar/date.hpp"

#include <catch2/catch.hpp>

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
