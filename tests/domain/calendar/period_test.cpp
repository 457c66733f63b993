#include "domain/calendar/period.hpp"

#include <catch2/catch.hpp>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

using namespace vastine::domain;
using std::chrono::days;

namespace {

Date day(const std::string& text) {
    return parse_date(text).value();
}

const WorkingDays& finnish() {
    return working_days(finnish_days_off());
}

std::string unmoved(const std::string& start, unsigned count, PeriodUnit unit) {
    return to_string(unmoved_end_of({count, unit}, day(start), finnish()));
}

std::vector<std::string> said(const std::vector<DayOff>& off) {
    std::vector<std::string> list;
    for (const DayOff& one : off) list.push_back(to_string(one.date) + " " + one.name);
    return list;
}

constexpr PeriodUnit units[] = {PeriodUnit::Day, PeriodUnit::Week, PeriodUnit::Month, PeriodUnit::Year,
                                PeriodUnit::WorkingDay};

struct Case {
    const WorkingDays& working;
    Date start;
    Period period;
};
Case some_case(std::mt19937& random) {
    const PeriodUnit unit = units[random() % 5];
    const auto count = static_cast<unsigned>(random() % (unit == PeriodUnit::Year ? 20 : 200));
    return {
        working_days(*calendars()[random() % 3]), day("1950-01-01") + days(random() % 73'400), {count, unit}};
}

}  // namespace

TEST_CASE("a month ends on its last day when it has no such day", "[period]") {
    CHECK(unmoved("2026-01-31", 1, PeriodUnit::Month) == "2026-02-28");
    CHECK(unmoved("2024-01-31", 1, PeriodUnit::Month) == "2024-02-29");
    CHECK(unmoved("2026-03-31", 1, PeriodUnit::Month) == "2026-04-30");
    CHECK(unmoved("2026-03-31", 6, PeriodUnit::Month) == "2026-09-30");
    CHECK(unmoved("2026-01-30", 13, PeriodUnit::Month) == "2027-02-28");
    CHECK(unmoved("2026-02-28", 1, PeriodUnit::Month) == "2026-03-28");  // the number, not the month's end
    CHECK(unmoved("2026-12-31", 2, PeriodUnit::Month) == "2027-02-28");
    CHECK(unmoved("2026-12-31", 12, PeriodUnit::Month) == "2027-12-31");
}

TEST_CASE("a period from or to 29 February", "[period]") {
    CHECK(unmoved("2024-02-29", 1, PeriodUnit::Year) == "2025-02-28");
    CHECK(unmoved("2024-02-29", 4, PeriodUnit::Year) == "2028-02-29");
    CHECK(unmoved("2096-02-29", 4, PeriodUnit::Year) == "2100-02-28");  // 2100 is no leap year
    CHECK(unmoved("2096-02-29", 8, PeriodUnit::Year) == "2104-02-29");
    CHECK(unmoved("2000-02-29", 12, PeriodUnit::Month) == "2001-02-28");  // 2000 was one
    CHECK(unmoved("2023-02-28", 1, PeriodUnit::Year) == "2024-02-28");
    CHECK(unmoved("2024-02-28", 1, PeriodUnit::Day) == "2024-02-29");
    CHECK(unmoved("2024-02-22", 1, PeriodUnit::Week) == "2024-02-29");
    CHECK(unmoved("2024-02-29", 1, PeriodUnit::Week) == "2024-03-07");
    CHECK(unmoved("2023-08-31", 6, PeriodUnit::Month) == "2024-02-29");
    CHECK(unmoved("2028-02-28", 1, PeriodUnit::WorkingDay) == "2028-02-29");  // a Tuesday
}

TEST_CASE("a period keeps what explains it", "[period]") {
    const Counted counted = count_period({14, PeriodUnit::Day}, day("2026-03-20"), finnish());
    CHECK(counted.start == day("2026-03-20"));
    CHECK(counted.calendar == "fi");
    CHECK(counted.counted_to == day("2026-04-03"));
    CHECK(counted.skipped.empty());
    CHECK(said(counted.moved_over) == std::vector<std::string>{"2026-04-03 good_friday",
                                                               "2026-04-04 saturday", "2026-04-05 easter",
                                                               "2026-04-06 easter_monday"});
    CHECK(counted.ends_on == day("2026-04-07"));
}

TEST_CASE("working days name the days off between them", "[period]") {
    const Counted counted = count_period({3, PeriodUnit::WorkingDay}, day("2026-04-30"), finnish());
    CHECK(said(counted.skipped) ==
          std::vector<std::string>{"2026-05-01 may_day", "2026-05-02 saturday", "2026-05-03 sunday"});
    CHECK(counted.moved_over.empty());
    CHECK(counted.counted_to == day("2026-05-06"));
    CHECK(counted.ends_on == day("2026-05-06"));
}

TEST_CASE("a period of nothing ends on its start, or on the next working day", "[period]") {
    for (const PeriodUnit unit : units) {
        CHECK(end_of({0, unit}, day("2026-04-07"), finnish()) == day("2026-04-07"));
        CHECK(end_of({0, unit}, day("2026-04-04"), finnish()) == day("2026-04-07"));
    }
}

TEST_CASE("the same period ends by the calendar it is counted with", "[period]") {
    const Period week{1, PeriodUnit::Week};
    CHECK(end_of(week, day("2028-05-30"), finnish()) == day("2028-06-06"));
    CHECK(end_of(week, day("2028-05-30"), working_days(swedish_days_off())) == day("2028-06-07"));
    CHECK(end_of(week, day("2028-06-02"), finnish()) == day("2028-06-09"));
    CHECK(end_of(week, day("2028-06-02"), working_days(aland_days_off())) == day("2028-06-12"));
    CHECK(end_of(week, day("2029-11-29"), finnish()) == day("2029-12-07"));  // Independence Day
    CHECK(end_of(week, day("2029-11-29"), working_days(swedish_days_off())) == day("2029-12-06"));
    CHECK(end_of(week, day("2026-12-24"), finnish()) == day("2026-12-31"));
    CHECK(end_of(week, day("2026-12-24"), working_days(swedish_days_off())) == day("2027-01-04"));
}

TEST_CASE("a closing day moves an end only where it is asked for", "[period]") {
    ClosingDay closing{day("2026-05-15"), {}, {}, {}};
    const auto own = finnish().with({closing});
    const Counted counted = count_period({2, PeriodUnit::Week}, day("2026-05-01"), own);
    CHECK(said(counted.moved_over) ==
          std::vector<std::string>{"2026-05-15 closing_day", "2026-05-16 saturday", "2026-05-17 sunday"});
    CHECK(counted.ends_on == day("2026-05-18"));
    CHECK(end_of({2, PeriodUnit::Week}, day("2026-05-01"), finnish()) == day("2026-05-15"));
}

TEST_CASE("a start long before the day it was entered is a start like any other", "[period]") {
    CHECK(end_of({28, PeriodUnit::Day}, day("1951-02-01"), finnish()) == day("1951-03-01"));
}

TEST_CASE("a period that ends after the year 9999 is refused, not wrapped", "[period]") {
    for (const PeriodUnit unit : units) {
        CHECK_THROWS_AS(end_of({4'000'000'000U, unit}, day("2026-01-01"), finnish()), std::out_of_range);
        CHECK_THROWS_AS(end_of({40, unit}, day("9999-12-31"), finnish()), std::out_of_range);
    }
    CHECK_THROWS_AS(end_of({7974, PeriodUnit::Year}, day("2026-01-01"), finnish()), std::out_of_range);
}

TEST_CASE("no period ends on a day off, and what it moved over are the days off to its end", "[period]") {
    const auto seed = std::random_device{}();
    CAPTURE(seed);
    std::mt19937 random(seed);
    for (int round = 0; round < 5000; ++round) {
        const auto [working, start, period] = some_case(random);
        CAPTURE(to_string(start), period.count, std::string(code_of(period.unit)));
        const Counted counted = count_period(period, start, working);
        REQUIRE_FALSE(why_off(working.calendar(), counted.ends_on));
        REQUIRE(counted.ends_on - counted.counted_to == days(counted.moved_over.size()));
        for (std::size_t i = 0; i < counted.moved_over.size(); ++i)
            REQUIRE(counted.moved_over[i].date == counted.counted_to + days(i));
        if (period.unit == PeriodUnit::WorkingDay && period.count > 0)
            REQUIRE(counted.counted_to - start == days(period.count + counted.skipped.size()));
    }
}

TEST_CASE("a later start and a longer period never end earlier", "[period]") {
    const auto seed = std::random_device{}();
    CAPTURE(seed);
    std::mt19937 random(seed);
    for (int round = 0; round < 5000; ++round) {
        const auto [working, start, period] = some_case(random);
        CAPTURE(to_string(start), period.count, std::string(code_of(period.unit)));
        const Date end = end_of(period, start, working);
        REQUIRE(end_of(period, start + days(1), working) >= end);
        REQUIRE(end_of({period.count + 1, period.unit}, start, working) >= end);
    }
}

TEST_CASE("counting twice gives what counting once gave, with reasons or without", "[period]") {
    const auto seed = std::random_device{}();
    CAPTURE(seed);
    std::mt19937 random(seed);
    for (int round = 0; round < 2000; ++round) {
        const auto [working, start, period] = some_case(random);
        CAPTURE(to_string(start), period.count, std::string(code_of(period.unit)));
        const Date end = end_of(period, start, working);
        REQUIRE(end_of(period, start, working) == end);
        const Counted counted = count_period(period, start, working);
        REQUIRE(counted.ends_on == end);
        // An end that has been moved is a working day, and moves no further.
        REQUIRE(working.next(end) == end);
        REQUIRE(end_of({0, period.unit}, end, working) == end);
    }
}
