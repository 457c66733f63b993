#include "domain/alerts/morning.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "domain/calendar/due.hpp"

using namespace vastine::domain;
using namespace std::chrono_literals;

namespace {

constexpr std::chrono::minutes half_past_seven = 7h + 30min;

Instant utc(int year, unsigned month, unsigned day, std::chrono::minutes time) {
    return Date(std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day)) + time;
}
std::string told_on(Instant now, std::chrono::minutes set_time = half_past_seven) {
    const auto morning = morning_at(now, set_time);
    return morning ? to_string(*morning) : "";
}

}  // namespace

TEST_CASE("the morning comes at the set time in Finland, in winter and in summer", "[alerts]") {
    CHECK(told_on(utc(2026, 1, 14, 5h + 29min)).empty());
    CHECK(told_on(utc(2026, 1, 14, 5h + 30min)) == "2026-01-14");
    CHECK(told_on(utc(2026, 7, 14, 4h + 29min)).empty());
    CHECK(told_on(utc(2026, 7, 14, 4h + 30min)) == "2026-07-14");
}

TEST_CASE("a server that was down at the set time tells later the same day", "[alerts]") {
    CHECK(told_on(utc(2026, 1, 14, 13h)) == "2026-01-14");
    CHECK(told_on(utc(2026, 1, 14, 21h + 59min)) == "2026-01-14");
    CHECK(told_on(utc(2026, 1, 14, 22h)).empty());  // midnight in Finland
}

TEST_CASE("nobody is told on a day off", "[alerts]") {
    for (const auto& [month, day] : {std::pair{1U, 1U},
                                     {1, 6},
                                     {4, 3},
                                     {4, 4},
                                     {4, 5},
                                     {4, 6},
                                     {5, 1},
                                     {5, 14},
                                     {6, 19},
                                     {12, 24},
                                     {12, 25},
                                     {7, 11},
                                     {7, 12}}) {
        CAPTURE(month, day);
        CHECK(told_on(utc(2026, month, day, 9h)).empty());
    }
    // Easter Monday's neighbours are working days.
    CHECK(told_on(utc(2026, 4, 2, 9h)) == "2026-04-02");
    CHECK(told_on(utc(2026, 4, 7, 9h)) == "2026-04-07");
}

TEST_CASE("the morning after clocks change is at the same time by the wall clock", "[alerts]") {
    // Clocks go forward on Sunday 29 March 2026 and back on Sunday 25 October.
    CHECK(told_on(utc(2026, 3, 27, 5h + 30min)) == "2026-03-27");
    CHECK(told_on(utc(2026, 3, 30, 4h + 29min)).empty());
    CHECK(told_on(utc(2026, 3, 30, 4h + 30min)) == "2026-03-30");
    CHECK(told_on(utc(2026, 10, 23, 4h + 30min)) == "2026-10-23");
    CHECK(told_on(utc(2026, 10, 26, 5h + 29min)).empty());
    CHECK(told_on(utc(2026, 10, 26, 5h + 30min)) == "2026-10-26");
}

TEST_CASE("every working day has its morning, also at a time that clocks skip or repeat", "[alerts]") {
    for (const auto set_time : {std::chrono::minutes(3h + 30min), std::chrono::minutes(23h + 30min)}) {
        std::set<std::string> told;
        for (auto now = utc(2026, 1, 1, 0h); now < utc(2027, 1, 1, 0h); now += 15min) {
            const auto morning = morning_at(now, set_time);
            if (!morning) continue;
            REQUIRE(*morning == helsinki_date(now));
            told.insert(to_string(*morning));
        }
        std::set<std::string> working_days;
        for (auto day = *parse_date("2026-01-01"); day < *parse_date("2027-01-01");
             day += std::chrono::days(1)) {
            if (!day_off(day)) working_days.insert(to_string(day));
        }
        CHECK(told == working_days);
    }
}
