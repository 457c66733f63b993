#include "domain/deadlines/due_date.hpp"

#include <catch2/catch.hpp>

#include "domain/calendar/due.hpp"

namespace vastine::domain {

namespace {

Date day(const std::string& text) {
    return parse_date(text).value();
}

Policy policy(std::uint32_t count, const std::string& unit) {
    Policy made;
    made.version = 1;
    made.given.set_policy("reminder.answer");
    made.given.set_target_count(count);
    made.given.set_target_unit(unit);
    return made;
}

Policy answer() {
    Policy policy;
    policy.version = 3;
    policy.given.set_policy("reminder.answer");
    policy.given.set_target_count(28);
    policy.given.set_target_unit("day");
    policy.given.set_warn_days(21);
    policy.given.set_escalate_days(30);
    policy.given.set_critical_days(60);
    return policy;
}

std::string passed(const Due& due) {
    std::string all;
    for (const auto& one : due.passed_over()) all += one.on() + ' ' + one.name() + ", ";
    return all;
}

// Closed on 28 December 2026, and on every 5 June until 2027.
Reference closing() {
    Reference reference;
    ClosingDaySet event;
    event.mutable_given()->set_closing_day_id("between");
    event.mutable_given()->set_on("2026-12-28");
    reference.apply(event);
    event.mutable_given()->set_closing_day_id("county-day");
    event.mutable_given()->set_on("06-05");
    event.mutable_given()->set_valid_until("2027-12-31");
    reference.apply(event);
    return reference;
}

}  // namespace

TEST_CASE("a due date carries all that made it", "[due-date]") {
    const Due due = due_by(policy(28, "day"), {"arrival", day("2026-05-22")}, Reference());
    CHECK(due.due_by() == "2026-06-22");
    CHECK(due.counted_to() == "2026-06-19");
    CHECK(due.start_on() == "2026-05-22");
    CHECK(due.runs_from() == "arrival");
    CHECK(due.count() == 28);
    CHECK(due.unit() == "day");
    CHECK(due.calendar() == "fi");
    CHECK(due.policy_version() == 1);
    REQUIRE(due.passed_over_size() == 3);
    CHECK(due.passed_over(0).on() == "2026-06-19");
    CHECK(due.passed_over(0).name() == "midsummer_eve");
    CHECK(due.passed_over(2).on() == "2026-06-21");
}

TEST_CASE("the end is what counting gives, for every unit and start of two years", "[due-date]") {
    const Reference none;
    for (const auto& [count, unit] : {std::pair(10U, "day"), std::pair(2U, "week"), std::pair(1U, "month"),
                                      std::pair(1U, "year"), std::pair(7U, "working-day")})
        for (Date start = day("2023-12-01"); start < day("2025-12-01"); start += std::chrono::days(1)) {
            const Due due = due_by(policy(count, unit), {"arrival", start}, none);
            REQUIRE(due.due_by() == to_string(end_of_period(start, count, unit)));
        }
}

TEST_CASE("closing days move our own targets where the policy minds them, and never the law's",
          "[due-date]") {
    const auto reference = closing();
    auto own = policy(10, "day");
    CHECK(due_by(own, {"asking", day("2026-12-18")}, reference).due_by() == "2026-12-28");
    own.given.set_minds_closing_days(true);
    const Due due = due_by(own, {"asking", day("2026-12-18")}, reference);
    CHECK(due.due_by() == "2026-12-29");
    CHECK(passed(due) == "2026-12-28 between, ");
    CHECK(due_by(own, {"asking", day("2026-05-26")}, reference).due_by() == "2026-06-08");
    CHECK(due_by(own, {"asking", day("2028-05-26")}, reference).due_by() == "2028-06-05");
    auto working = policy(5, "working-day");
    working.given.set_minds_closing_days(true);
    CHECK(due_by(working, {"asking", day("2026-12-21")}, reference).due_by() == "2026-12-31");
}

TEST_CASE("credited days move the unmoved end, whatever was moved before", "[due-date]") {
    const Reference none;
    const auto weekly = policy(2, "week");
    for (Date start = day("2026-01-01"); start < day("2027-01-01"); start += std::chrono::days(1))
        for (const unsigned n : {0U, 1U, 5U, 40U}) {
            const Due due = due_by(weekly, {"arrival", start}, none, n);
            REQUIRE(due.counted_to() == to_string(start + std::chrono::days(14 + n)));
            REQUIRE_FALSE(day_off(day(due.due_by())));
            REQUIRE(without_credit(due).due_by() == due_by(weekly, {"arrival", start}, none).due_by());
        }
}

TEST_CASE("a date that was said runs from nothing and has no marks", "[due-date]") {
    const Due due = due_as_said("letter", "2026-06-20");
    CHECK(due.due_by() == "2026-06-20");
    CHECK(due.runs_from() == "letter");
    CHECK(due.count() == 0);
    CHECK(due.warn_on().empty());
    CHECK_FALSE(by_policy(due));
}

TEST_CASE("whoever is in time is neither escalated nor critical", "[due-date]") {
    auto strict = policy(4, "day");
    strict.given.set_warn_days(4);
    strict.given.set_escalate_days(4);
    strict.given.set_critical_days(4);
    const Due due = due_by(strict, {"arrival", day("2026-12-21")}, Reference());
    CHECK(due.due_by() == "2026-12-28");
    CHECK(due.escalate_on() == "2026-12-29");
    CHECK(due.critical_on() == "2026-12-29");
    CHECK(due.warn_on() == "2026-12-25");
}

TEST_CASE("a due date names the policy that gave it", "[due-date]") {
    const Due due = due_by(answer(), {"arrival", day("2026-03-02")}, Reference());
    CHECK(due.due_by() == "2026-03-30");
    CHECK(due.warn_on() == "2026-03-23");
    CHECK(due.escalate_on() == "2026-04-01");
    CHECK(due.critical_on() == "2026-05-01");  // marks are plain days
    CHECK(due.policy() == "reminder.answer");
    CHECK(due.policy_version() == 3);
}

TEST_CASE("a policy without marks gives none", "[due-date]") {
    Policy policy = answer();
    policy.given.clear_warn_days();
    policy.given.clear_escalate_days();
    policy.given.clear_critical_days();
    const Due due = due_by(policy, {"arrival", day("2026-03-02")}, Reference());
    CHECK(due.due_by() == "2026-03-30");
    CHECK(due.warn_on().empty());
    CHECK(due.escalate_on().empty());
    CHECK(due.critical_on().empty());
}

TEST_CASE("nothing is escalated before its due date has passed, however far days off moved it",
          "[due-date]") {
    const Due due = due_by(answer(), {"arrival", day("2026-11-26")}, Reference());
    CHECK(due.due_by() == "2026-12-28");
    CHECK(due.escalate_on() == "2026-12-29");  // 30 plain days would be Boxing Day
}

}  // namespace vastine::domain
