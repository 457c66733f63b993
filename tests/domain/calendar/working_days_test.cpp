#include "domain/calendar/working_days.hpp"

#include <catch2/catch.hpp>
#include <random>
#include <string>

using namespace vastine::domain;
using namespace std::chrono_literals;
using std::chrono::days;

namespace {

Date day(const std::string& text) {
    return parse_date(text).value();
}

ClosingDay closed(std::variant<Date, std::chrono::month_day> on, const std::string& reason) {
    ClosingDay closing{on, {}, {}, {}};
    closing.reason.set_fi(reason);
    return closing;
}

const WorkingDays& finnish() {
    return working_days(finnish_days_off());
}

}  // namespace

TEST_CASE("the table says of every day what the rules say", "[working-days]") {
    for (const Calendar* calendar : calendars()) {
        CAPTURE(std::string(calendar->name));
        const WorkingDays& working = working_days(*calendar);
        // Over both ends of the table.
        for (Date date = day("1899-11-01"); date < day("2400-03-01"); date += days(1))
            if (working.off(date) != (why_off(*calendar, date) != nullptr)) FAIL_CHECK(to_string(date));
    }
}

TEST_CASE("counting working days is the same as walking over them", "[working-days]") {
    const auto seed = std::random_device{}();
    CAPTURE(seed);
    std::mt19937 random(seed);
    for (int round = 0; round < 3000; ++round) {
        const WorkingDays& working = working_days(*calendars()[random() % 3]);
        // Some walks begin before the table or end after it.
        const Date start = round % 100 == 0   ? day("1899-12-20") + days(random() % 20)
                           : round % 100 == 1 ? day("2399-12-01") + days(random() % 31)
                                              : day("1950-01-01") + days(random() % 73'000);
        const auto count = static_cast<unsigned>(random() % 400);
        Date walked = start;
        for (unsigned left = count; left > 0;) {
            walked += days(1);
            if (!why_off(working.calendar(), walked)) --left;
        }
        CAPTURE(to_string(start), count);
        REQUIRE(working.after(start, count) == walked);
        REQUIRE(working.between(start, walked) == count);
        Date next = start;
        while (why_off(working.calendar(), next)) next += days(1);
        REQUIRE(working.next(start) == next);
    }
}

TEST_CASE("no working days lie between a day and an earlier one", "[working-days]") {
    CHECK(finnish().between(day("2026-04-07"), day("2026-04-07")) == 0);
    CHECK(finnish().between(day("2026-04-07"), day("2026-04-01")) == 0);
}

TEST_CASE("an organisation's own closing day counts where the caller asks for it", "[working-days]") {
    const auto own = finnish().with({closed(day("2026-05-15"), "koulutuspäivä")});
    CHECK_FALSE(finnish().off(day("2026-05-15")));  // the Friday after Ascension
    CHECK(own.off(day("2026-05-15")));
    CHECK(own.next(day("2026-05-14")) == day("2026-05-18"));
    CHECK(finnish().next(day("2026-05-14")) == day("2026-05-15"));
    CHECK(own.after(day("2026-05-13"), 1) == day("2026-05-18"));
    CHECK(own.between(day("2026-05-13"), day("2026-05-18")) == 1);
    CHECK(own.why_off(day("2026-05-15"))->name == "closing_day");
    CHECK(own.why_off(day("2026-05-15"))->reason.fi() == "koulutuspäivä");
}

TEST_CASE("a yearly closing day holds while it is valid", "[working-days]") {
    auto yearly = closed(std::chrono::month_day(std::chrono::December, std::chrono::day(31)), "tasausvapaa");
    yearly.valid_from = day("2025-01-01");
    yearly.valid_until = day("2026-12-31");
    const auto own = finnish().with({yearly});
    CHECK_FALSE(own.off(day("2024-12-31")));
    CHECK(own.off(day("2025-12-31")));
    CHECK(own.off(day("2026-12-31")));
    CHECK_FALSE(own.off(day("2027-12-31")));
}

TEST_CASE("a yearly closing day on 29 February comes in leap years only", "[working-days]") {
    const auto own = finnish().with(
        {closed(std::chrono::month_day(std::chrono::February, std::chrono::day(29)), "karkauspäivä")});
    CHECK(own.off(day("2024-02-29")));
    CHECK_FALSE(own.off(day("2027-03-01")));
    CHECK_FALSE(own.off(day("2025-02-28")));
}

TEST_CASE("the calendar's reason goes before the organisation's own", "[working-days]") {
    const auto own = finnish().with({closed(day("2026-12-24"), "suljettu")});
    CHECK(own.why_off(day("2026-12-24"))->name == "christmas_eve");
    CHECK(own.why_off(day("2026-12-24"))->reason.fi().empty());
}
