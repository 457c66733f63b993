#include "domain/calendar/due.hpp"

#include <catch2/catch.hpp>
#include <random>
#include <stdexcept>
#include <string>

using namespace vastine::domain;

namespace {

Date day(const std::string& text) {
    return parse_date(text).value();
}

std::string end(const std::string& start, unsigned count, std::string_view unit) {
    return to_string(end_of_period(day(start), count, unit));
}

}  // namespace

TEST_CASE("the start day is not counted", "[due]") {
    CHECK(end("2026-03-02", 1, "day") == "2026-03-03");
    CHECK(end("2026-03-02", 28, "day") == "2026-03-30");
}

TEST_CASE("weeks end on the same weekday", "[due]") {
    CHECK(end("2026-03-04", 2, "week") == "2026-03-18");
}

TEST_CASE("months end on the same day number, or on the month's last day", "[due]") {
    CHECK(end("2026-03-10", 1, "month") == "2026-04-10");
    CHECK(end("2023-01-31", 1, "month") == "2023-02-28");
    CHECK(end("2024-01-30", 1, "month") == "2024-02-29");
    CHECK(end("2026-08-31", 1, "month") == "2026-09-30");
    CHECK(end("2025-12-31", 2, "month") == "2026-03-02");  // 28.2. is a Saturday
    CHECK(end("2024-02-29", 1, "year") == "2025-02-28");
    CHECK(end("2025-11-17", 2, "month") == "2026-01-19");  // over the turn of the year, from a Saturday on
}

TEST_CASE("an end on a day off moves on to the next working day", "[due]") {
    CHECK(end("2026-03-20", 14, "day") == "2026-04-07");   // Good Friday to the Tuesday after Easter
    CHECK(end("2026-11-26", 28, "day") == "2026-12-28");   // Christmas Eve, a Thursday, to Monday
    CHECK(end("2026-04-24", 1, "week") == "2026-05-04");   // May Day, a Friday
    CHECK(end("2026-05-22", 28, "day") == "2026-06-22");   // Midsummer Eve
    CHECK(end("2025-12-30", 7, "day") == "2026-01-07");    // Epiphany
    CHECK(end("2022-11-06", 1, "month") == "2022-12-07");  // Independence Day, a Tuesday
}

TEST_CASE("working days are counted without the days off", "[due]") {
    CHECK(end("2026-04-01", 1, "working-day") == "2026-04-02");
    CHECK(end("2026-04-02", 1, "working-day") == "2026-04-07");
    CHECK(end("2026-04-01", 5, "working-day") == "2026-04-10");
    CHECK(end("2026-04-04", 1, "working-day") == "2026-04-07");  // from a Saturday
}

TEST_CASE("a unit that the calendar cannot count is a bug, never a guess", "[due]") {
    CHECK_THROWS_AS(end_of_period(day("2026-04-01"), 1, "fortnight"), std::invalid_argument);
    CHECK_FALSE(known_period_unit("fortnight"));
    for (const char* unit : {"day", "week", "month", "year", "working-day"}) {
        CHECK(known_period_unit(unit));
        CHECK_NOTHROW(end_of_period(day("2026-04-01"), 1, unit));
    }
}

TEST_CASE("whatever the period, it ends on a working day after its start and grows with its length",
          "[due]") {
    const auto seed = std::random_device{}();
    CAPTURE(seed);
    std::mt19937 random(seed);
    const std::string_view units[] = {"day", "week", "month", "year", "working-day"};
    for (int round = 0; round < 2000; ++round) {
        const Date start = day("1950-01-01") + std::chrono::days(random() % 72000);
        const std::string_view unit = units[random() % 5];
        const auto count = static_cast<unsigned>(1 + random() % (unit == "year" ? 3 : 40));
        const Date last = end_of_period(start, count, unit);
        CAPTURE(to_string(start), count, std::string(unit), to_string(last));
        REQUIRE(last > start);
        REQUIRE_FALSE(day_off(last));
        REQUIRE(end_of_period(start, count + 1, unit) >= last);
        REQUIRE(end_of_period(start + std::chrono::days(1), count, unit) >= last);
        if (unit == "day") {
            const Date counted = start + std::chrono::days(count);
            REQUIRE(last >= counted);
            for (Date between = counted; between < last; between += std::chrono::days(1))
                REQUIRE(day_off(between));
        }
    }
}
