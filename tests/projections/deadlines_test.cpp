#include "projections/deadlines.hpp"

#include <catch2/catch.hpp>

#include "projections/case_index.hpp"
#include "projections/request_tracker.hpp"
#include "tests/projections/written_log.hpp"

namespace vastine::projections::tests {
namespace {

TEST_CASE("a date is late only after its last day, and the marks say how late", "[deadlines]") {
    const auto marked = due_entry(due("2018-03-29", "2018-03-01"));
    const auto on = [&](const std::string& date) { return text_of(urgency_of(marked, day_of(day(date)))); };
    CHECK(on("2018-03-21") == "on-track");
    CHECK(on("2018-03-22") == "due-soon");
    CHECK(on("2018-03-29") == "due-soon");
    CHECK(on("2018-03-30") == "overdue");
    CHECK(on("2018-03-31") == "escalated");
    CHECK(on("2018-04-29") == "escalated");
    CHECK(on("2018-04-30") == "critical");
}

TEST_CASE("a date moved beyond its marks is not late before it has passed", "[deadlines]") {
    auto moved = due_entry(due("2018-03-29", "2018-03-01"));
    moved.due_by = day_of(day("2018-05-30"));
    CHECK(urgency_of(moved, day_of(day("2018-05-30"))) == Urgency::DueSoon);
    CHECK(urgency_of(moved, day_of(day("2018-05-31"))) == Urgency::Critical);
}

TEST_CASE("a date without a warning mark warns in its last seven days", "[deadlines]") {
    const auto bare = due_entry(due("2018-03-29"));
    CHECK(urgency_of(bare, day_of(day("2018-03-21"))) == Urgency::OnTrack);
    CHECK(urgency_of(bare, day_of(day("2018-03-22"))) == Urgency::DueSoon);
}

TEST_CASE("while the clock is paused only the critical mark goes on", "[deadlines]") {
    auto paused = due_entry(due("2018-03-29", "2018-03-01"));
    paused.paused_on = day_of(day("2018-03-10"));
    const auto on = [&](const std::string& date) { return text_of(urgency_of(paused, day_of(day(date)))); };
    CHECK(on("2018-03-09") == "on-track");
    CHECK(on("2018-03-22") == "on-track");  // would warn
    CHECK(on("2018-04-15") == "on-track");  // would be escalated
    CHECK(on("2018-04-29") == "on-track");
    CHECK(on("2018-04-30") == "critical");
    paused.paused_on = day_of(day("2018-03-30"));
    CHECK(on("2018-03-30") == "overdue");
    CHECK(on("2018-04-15") == "overdue");  // was late by a day when the pause began
}

TEST_CASE("open cases whose clock waits are counted, and late ones are not late by waiting", "[deadlines]") {
    WrittenLog log;
    write_units(log);
    log.add("reminder-" + uuid(1), reminder())
        .add("reminder-" + uuid(1), completion_asked("2018-03-10"))
        .add("reminder-" + uuid(2), reminder());
    Live live(log);
    const auto overview = live.ask(deadlines, viewer(LAWYER), "2018-04-05", DeadlinesQuery{}).message;
    CHECK(overview.open() == 2);
    CHECK(overview.paused() == 1);
    REQUIRE(overview.rows_size() == 2);
    CHECK(overview.overdue() == 2);  // the answer of one, the completion asked of the other
    CHECK(overview.rows(0).case_id() == uuid(2));
}

TEST_CASE("the share kept with pauses credited stands beside the share kept by the calendar", "[deadlines]") {
    WrittenLog log;
    write_units(log);
    auto credited = reply_sent("2018-04-05", 35, false);
    credited.mutable_facts()->set_credited_days(10);
    credited.mutable_facts()->set_kept_credited(true);
    log.add("reminder-" + uuid(1), reminder())
        .add("reminder-" + uuid(1), credited)
        .add("reminder-" + uuid(2), reminder())
        .add("reminder-" + uuid(2), reply_sent("2018-04-20", 50, false))
        // Recorded before anything was credited: what it kept, it kept.
        .add("reminder-" + uuid(3), reminder())
        .add("reminder-" + uuid(3), reply_sent("2018-03-20", 19, true));
    Live live(log);
    const auto overview = live.ask(deadlines, viewer(LAWYER), "2018-06-01", DeadlinesQuery{}).message;
    CHECK(overview.answered() == 3);
    CHECK(overview.kept() == 1);
    CHECK(overview.kept_share() == Approx(1.0 / 3));
    CHECK(overview.kept_credited() == 2);
    CHECK(overview.kept_credited_share() == Approx(2.0 / 3));
}

TEST_CASE("open, due soon, overdue, escalated and critical are counted, each in the former", "[deadlines]") {
    WrittenLog log;
    write_units(log);
    unsigned number = 0;
    for (const char* arrived : {"2018-05-30", "2018-05-05", "2018-05-03", "2018-05-01", "2018-03-01"}) {
        log.add("reminder-" + uuid(++number), reminder({.arrived_on = arrived}));
    }
    Live live(log);
    const auto overview = live.ask(deadlines, viewer(LAWYER), "2018-06-01", DeadlinesQuery{}).message;
    CHECK(overview.open() == 5);
    CHECK(overview.due_soon() == 1);
    CHECK(overview.overdue() == 3);
    CHECK(overview.escalated() == 2);
    CHECK(overview.critical() == 1);
    CHECK(ids(overview.rows()) == std::vector{uuid(5), uuid(4), uuid(3), uuid(2), uuid(1)});
    CHECK(overview.basis().position() == log.head().value);
    CHECK(overview.basis().as_of_on() == "2018-06-01");
}

TEST_CASE("the kept share is of the answers that left in the period", "[deadlines]") {
    WrittenLog log;
    write_units(log);
    log.add("reminder-" + uuid(1), reminder())
        .add("reminder-" + uuid(1), reply_sent("2018-03-20", 19, true))
        .add("reminder-" + uuid(2), reminder())
        .add("reminder-" + uuid(2), reply_sent("2018-04-20", 50, false))
        .add("reminder-" + uuid(3), imported({.arrived_on = "2018-03-01"}, "2018-04-02", 32, true))
        .add("reminder-" + uuid(4), imported({.arrived_on = "2017-03-01"}, "2017-04-02", 32, false));
    Live live(log);
    const auto year = live.ask(deadlines, viewer(LAWYER), "2018-06-01", DeadlinesQuery{}).message;
    CHECK(year.first_month() == "2018-01");
    CHECK(year.last_month() == "2018-06");
    CHECK(year.answered() == 3);
    CHECK(year.kept() == 2);
    CHECK(year.kept_share() == Approx(2.0 / 3));
    const auto april = live.ask(deadlines, viewer(LAWYER), "2018-06-01",
                                DeadlinesQuery{.first_month = "2018-04", .last_month = "2018-04"})
                           .message;
    CHECK(april.answered() == 2);
    CHECK(april.kept() == 1);
    const auto none =
        live.ask(deadlines, viewer(LAWYER), "2018-06-01", DeadlinesQuery{.first_month = "2018-05"}).message;
    CHECK(none.answered() == 0);
    CHECK(none.kept_share() == 0);
    CHECK(none.answer_days_median() == 0);
}

TEST_CASE("answer times of a period are told by the middle one and the longest", "[deadlines]") {
    WrittenLog log;
    log.add("reminder-" + uuid(1), reminder())
        .add("reminder-" + uuid(1), reply_sent("2018-03-20", 19, true))
        .add("reminder-" + uuid(2), reminder())
        .add("reminder-" + uuid(2), reply_sent("2018-04-20", 50, false))
        .add("reminder-" + uuid(3), reminder())
        .add("reminder-" + uuid(3), reply_sent("2018-03-27", 26, true))
        .add("reminder-" + uuid(4), imported({.arrived_on = "2017-03-01"}, "2017-07-02", 123, false));
    Live live(log);
    const auto year = live.ask(deadlines, viewer(LAWYER), "2018-06-01", DeadlinesQuery{}).message;
    CHECK(year.answer_days_median() == 26);
    CHECK(year.answer_days_longest() == 50);
}

TEST_CASE("deadlines of a unit are those of its subtree", "[deadlines]") {
    WrittenLog log;
    write_units(log);
    log.add("reminder-" + uuid(1), reminder({.unit = "sairaala-osasto-1"}))
        .add("reminder-" + uuid(2), reminder({.unit = "perhe-neuvola", .department = "perhe-sosiaali"}));
    Live live(log);
    CHECK(live.ask(deadlines, viewer(LAWYER), "2018-03-02", DeadlinesQuery{.unit = "sairaala"})
              .message.open() == 1);
}

TEST_CASE("a sector beyond one's rights is counted and not shown", "[deadlines]") {
    WrittenLog log;
    write_units(log);
    log.add("reminder-" + uuid(1), reminder())
        .add("reminder-" + uuid(2),
             reminder({.unit = "perhe-neuvola", .department = "perhe-sosiaali", .sector = "social"}));
    Live live(log);
    const auto overview = live.ask(deadlines, viewer(LAWYER, {}, {"social"}), "2018-03-02", DeadlinesQuery{});
    CHECK(overview.message.open() == 2);
    CHECK(ids(overview.message.rows()) == std::vector{uuid(2)});
    CHECK(overview.case_ids == std::vector{uuid(2)});
}

TEST_CASE("the wall: an ombudsman counts no reminder, a lawyer no contact", "[deadlines]") {
    WrittenLog log;
    write_units(log);
    log.add("reminder-" + uuid(1), reminder()).add("contact-" + uuid(2), contact({.recorded = true}));
    Live live(log);
    CHECK(live.ask(deadlines, viewer(OMBUDSMAN), "2018-03-02", DeadlinesQuery{.kinds = {REMINDER}})
              .message.open() == 0);
    CHECK(live.ask(deadlines, viewer(LAWYER), "2018-03-02", DeadlinesQuery{.kinds = {CONTACT}})
              .message.open() == 0);
    CHECK(live.ask(deadlines, viewer(BOARD), "2018-03-02", DeadlinesQuery{}).message.open() == 0);
}

// ---- authorities' requests ----

TEST_CASE("requests are grouped by authority and kind, with answer times", "[request_tracker]") {
    WrittenLog log;
    write_units(log);
    const auto stream = [](unsigned number) { return "authority-request-" + uuid(number); };
    log.add(stream(1), request("avi-esavi", "clarification", "2018-04-01"))
        .add(stream(1), request_reply_sent("2018-03-21", 20, true))
        .add(stream(2), request("avi-esavi", "clarification", "2018-04-01"))
        .add(stream(2), request_reply_sent("2018-04-30", 60, false))
        .add(stream(3), request("avi-esavi", "clarification", "2018-04-01"))
        .add(stream(3), request_reply_sent("2018-03-31", 30, true))
        .add(stream(4), request("avi-esavi", "clarification", "2018-05-10"))
        .add(stream(5), request("avi-esavi", "clarification", "2018-04-01"))
        .add(stream(6), request("eoa", "statement", "2018-05-01"));
    Live live(log);
    const auto tracker =
        live.ask(request_tracker, viewer(LAWYER), "2018-05-01", RequestTrackerQuery{}).message;
    REQUIRE(tracker.groups_size() == 2);
    const auto& avi = tracker.groups(0);
    CHECK(avi.authority() == "avi-esavi");
    CHECK(avi.open() == 2);
    CHECK(avi.overdue() == 1);
    CHECK(avi.answered() == 3);
    CHECK(avi.kept() == 2);
    CHECK(avi.median_answer_days() == 30);
    CHECK(avi.longest_answer_days() == 60);
    CHECK(tracker.groups(1).request_kind() == "statement");
    // Earliest due first.
    CHECK(ids(tracker.rows()) == std::vector{uuid(5), uuid(6), uuid(4)});
}

TEST_CASE("a request that moved counts under the authority it is with now", "[request_tracker]") {
    WrittenLog log;
    write_units(log);
    ComplaintMoved moved;
    moved.mutable_given()->set_authority("lvv");
    moved.mutable_given()->set_authority_diary_number("LVV/2/2026");
    moved.mutable_given()->set_moved_on("2026-01-01");
    log.add("authority-request-" + uuid(1),
            request("valvira", "clarification", "2026-02-01", {.arrived_on = "2025-12-01"}))
        .add("authority-request-" + uuid(1), moved);
    Live live(log);
    const auto tracker =
        live.ask(request_tracker, viewer(LAWYER), "2026-01-05", RequestTrackerQuery{}).message;
    REQUIRE(tracker.groups_size() == 1);
    CHECK(tracker.groups(0).authority() == "lvv");
    CHECK(tracker.rows(0).authority() == "lvv");
}

TEST_CASE("a request registered under the wrong authority and kind counts as corrected",
          "[request_tracker]") {
    WrittenLog log;
    write_units(log);
    RequestCorrected corrected;
    corrected.mutable_given()->set_authority("eoa");
    corrected.mutable_given()->set_request_kind("statement");
    corrected.set_authority_now("eoa");
    log.add("authority-request-" + uuid(1), request("valvira", "clarification", "2018-05-01"))
        .add("authority-request-" + uuid(1), corrected);
    Live live(log);
    const auto tracker =
        live.ask(request_tracker, viewer(LAWYER), "2018-04-20", RequestTrackerQuery{}).message;
    REQUIRE(tracker.groups_size() == 1);
    CHECK(tracker.groups(0).authority() == "eoa");
    CHECK(tracker.groups(0).request_kind() == "statement");
    CHECK(tracker.rows(0).authority() == "eoa");
    CHECK(tracker.rows(0).due_by() == "2018-05-01");
}

TEST_CASE("an ombudsman tracks no request of an authority", "[request_tracker]") {
    WrittenLog log;
    write_units(log);
    log.add("authority-request-" + uuid(1), request("eoa", "statement", "2018-05-01"));
    Live live(log);
    CHECK(live.ask(request_tracker, viewer(OMBUDSMAN), "2018-05-01", RequestTrackerQuery{})
              .message.groups_size() == 0);
}

}  // namespace
}  // namespace vastine::projections::tests
