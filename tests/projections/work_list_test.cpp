#include "projections/work_list.hpp"

#include <catch2/catch.hpp>

#include "tests/projections/written_log.hpp"

namespace vastine::projections::tests {
namespace {

std::string reminder_stream(unsigned number) {
    return "reminder-" + uuid(number);
}

// Arrived on the days given, 28 days to answer each.
void write_reminders(WrittenLog& log, const std::vector<std::string>& arrived) {
    unsigned number = 0;
    for (const auto& on : arrived) log.add(reminder_stream(++number), reminder({.arrived_on = on}));
}

TEST_CASE("the most urgent case comes first, then the one due first", "[work_list]") {
    WrittenLog log;
    write_units(log);
    write_reminders(log, {"2018-03-20", "2018-03-01", "2018-01-02", "2018-03-19"});
    Live live(log);
    const auto list =
        live.ask(work_list, viewer(LAWYER), "2018-03-31", WorkListQuery{.scope = WorkScope::Everything});
    CHECK(ids(list.message.rows()) == std::vector{uuid(3), uuid(2), uuid(4), uuid(1)});
    CHECK(list.message.rows(0).urgency() == "critical");
    CHECK(list.message.rows(1).urgency() == "escalated");
    CHECK(list.message.rows(2).urgency() == "on-track");
    CHECK(list.message.total() == 4);
}

TEST_CASE("a visible row shows its diary number and subject and names its case for the access log",
          "[work_list]") {
    WrittenLog log;
    write_units(log);
    log.add(reminder_stream(1), reminder({.subject = std::string(200, 'x')}));
    Live live(log);
    const auto list = live.ask(work_list, viewer(REGISTRAR), "2018-03-02", WorkListQuery{});
    REQUIRE(list.message.rows_size() == 1);
    CHECK(list.message.rows(0).diary_number() == "VAS 1/2018");
    CHECK(list.message.rows(0).subject() == std::string(120, 'x'));
    CHECK(list.message.rows(0).stage() == "stage.registered");
    CHECK(list.case_ids == std::vector{uuid(1)});
}

TEST_CASE("a subject is cut between letters, never inside one", "[work_list]") {
    WrittenLog log;
    write_units(log);
    std::string subject;
    for (int i = 0; i < 121; ++i) subject += "ä";
    log.add(reminder_stream(1), reminder({.subject = subject}));
    Live live(log);
    const auto list = live.ask(work_list, viewer(REGISTRAR), "2018-03-02", WorkListQuery{});
    CHECK(list.message.rows(0).subject() == subject.substr(0, 240));
}

TEST_CASE("a case whose key is gone shows no personal data and is not named as shown", "[work_list]") {
    WrittenLog log;
    write_units(log);
    log.add(reminder_stream(1), reminder()).destroy_key(reminder_stream(1));
    Live live(log);
    const auto list = live.ask(work_list, viewer(REGISTRAR), "2018-03-02", WorkListQuery{});
    REQUIRE(list.message.rows_size() == 1);
    CHECK(list.message.rows(0).key_gone());
    CHECK(list.message.rows(0).subject().empty());
    CHECK(list.message.rows(0).month() == "2018-03");
    CHECK(list.case_ids.empty());
}

TEST_CASE("a registrar sees what nobody has first", "[work_list]") {
    WrittenLog log;
    write_units(log);
    write_reminders(log, {"2018-01-02", "2018-03-20"});
    log.add(reminder_stream(1), assigned(uuid(0xcc)));
    Live live(log);
    const auto list = live.ask(work_list, viewer(REGISTRAR), "2018-03-31", WorkListQuery{});
    CHECK(ids(list.message.rows()) == std::vector{uuid(2), uuid(1)});
}

TEST_CASE("a lawyer's own list holds the cases assigned to them", "[work_list]") {
    WrittenLog log;
    write_units(log);
    write_reminders(log, {"2018-03-01", "2018-03-02"});
    log.add(reminder_stream(2), assigned(me));
    Live live(log);
    CHECK(ids(live.ask(work_list, viewer(LAWYER), "2018-03-05", WorkListQuery{}).message.rows()) ==
          std::vector{uuid(2)});
}

TEST_CASE("a unit head's list holds the cases of the own units and those below", "[work_list]") {
    WrittenLog log;
    write_units(log);
    log.add(reminder_stream(1), reminder({.unit = "sairaala-osasto-1"}))
        .add(reminder_stream(2), reminder({.unit = "perhe-neuvola", .department = "perhe-sosiaali"}));
    Live live(log);
    CHECK(ids(live.ask(work_list, viewer(UNIT_HEAD, {"sairaala"}), "2018-03-05", WorkListQuery{})
                  .message.rows()) == std::vector{uuid(1)});
}

TEST_CASE("a unit asked for a statement finds the case on its list", "[work_list]") {
    WrittenLog log;
    write_units(log);
    StatementRequested asked;
    asked.mutable_given()->set_unit("perhe-neuvola");
    asked.mutable_given()->set_asked_on("2018-03-02");
    asked.set_statement_id("s1");
    *asked.mutable_due() = due("2018-03-12");
    log.add(reminder_stream(1), reminder()).add(reminder_stream(1), asked);
    Live live(log);
    const auto list =
        live.ask(work_list, viewer(UNIT_HEAD, {"perhe-sosiaali"}), "2018-03-15", WorkListQuery{});
    REQUIRE(list.message.rows_size() == 1);
    CHECK(list.message.rows(0).urgency() == "overdue");
    CHECK(list.message.rows(0).urgency_reason() == "Statement s1: 3 d late");
    CHECK(list.message.rows(0).due_by() == "2018-03-12");
}

TEST_CASE("an ombudsman's list holds the own open contacts, and a promised call is due", "[work_list]") {
    WrittenLog log;
    write_units(log);
    log.add("contact-" + uuid(1), contact({.recorded = true, .call_back_on = "2018-03-05"}), me)
        .add("contact-" + uuid(2), contact({.recorded = true}), uuid(0xcc))
        .add("contact-" + uuid(3), contact(), me);
    HandlingEnded ended;
    ended.mutable_given()->set_ended_on("2018-03-01");
    ended.set_month("2018-03");
    log.add("contact-" + uuid(3), ended, me);
    Live live(log);
    const auto list = live.ask(work_list, viewer(OMBUDSMAN), "2018-03-06", WorkListQuery{});
    REQUIRE(ids(list.message.rows()) == std::vector{uuid(1)});
    CHECK(list.message.rows(0).urgency() == "overdue");
    CHECK(list.message.rows(0).subject() == "Miten muistutus tehdään");
}

TEST_CASE("the wall: neither side lists the other's cases", "[work_list]") {
    WrittenLog log;
    write_units(log);
    log.add(reminder_stream(1), reminder()).add("contact-" + uuid(2), contact({.recorded = true}));
    Live live(log);
    const WorkListQuery everything{.scope = WorkScope::Everything, .state = WorkState::All};
    for (const auto role : {OMBUDSMAN, HEAD_OMBUDSMAN}) {
        CHECK(ids(live.ask(work_list, viewer(role), "2018-03-05", everything).message.rows()) ==
              std::vector{uuid(2)});
    }
    for (const auto role : {REGISTRAR, LAWYER}) {
        CHECK(ids(live.ask(work_list, viewer(role), "2018-03-05", everything).message.rows()) ==
              std::vector{uuid(1)});
    }
    for (const auto role : {BOARD, AUDITOR, ADMINISTRATOR, UNIT_HEAD}) {
        const auto list = live.ask(work_list, viewer(role), "2018-03-05", everything);
        CHECK(list.message.rows_size() == 0);
        CHECK(list.message.total() == 0);
        CHECK(list.case_ids.empty());
    }
}

TEST_CASE("the disqualified do not find the case on any list", "[work_list]") {
    WrittenLog log;
    write_units(log);
    log.add(reminder_stream(1), reminder()).add(reminder_stream(1), disqualified(me, uuid(0xcc)));
    Live live(log);
    const WorkListQuery everything{.scope = WorkScope::Everything};
    CHECK(live.ask(work_list, viewer(LAWYER), "2018-03-05", everything).message.total() == 0);
    auto other = viewer(LAWYER);
    other.user_id = uuid(0xdd);
    CHECK(live.ask(work_list, other, "2018-03-05", everything).message.total() == 1);
}

TEST_CASE("who is limited to a sector lists only that", "[work_list]") {
    WrittenLog log;
    write_units(log);
    log.add(reminder_stream(1), reminder())
        .add(reminder_stream(2),
             reminder({.unit = "perhe-neuvola", .department = "perhe-sosiaali", .sector = "social"}));
    Live live(log);
    const auto list = live.ask(work_list, viewer(LAWYER, {}, {"social"}), "2018-03-05",
                               WorkListQuery{.scope = WorkScope::Everything});
    CHECK(ids(list.message.rows()) == std::vector{uuid(2)});
}

TEST_CASE("a list is filtered by kind, stage, unit, handler, urgency and cause", "[work_list]") {
    WrittenLog log;
    write_units(log);
    log.add(reminder_stream(1), reminder({.unit = "sairaala-osasto-1", .cause = "conduct"}))
        .add(reminder_stream(2), reminder({.unit = "perhe-neuvola", .department = "perhe-sosiaali"}))
        .add("complaint-" + uuid(3), complaint())
        .add(reminder_stream(1), assigned(me));
    Live live(log);
    const auto found = [&](WorkListQuery query) {
        query.scope = WorkScope::Everything;
        auto all = ids(live.ask(work_list, viewer(REGISTRAR), "2018-04-15", query).message.rows());
        std::sort(all.begin(), all.end());
        return all;
    };
    CHECK(found({.kinds = {COMPLAINT}}) == std::vector{uuid(3)});
    CHECK(found({.stages = {"stage.assigned"}}) == std::vector{uuid(1)});
    CHECK(found({.unit = "sairaala"}) == std::vector{uuid(1), uuid(3)});
    CHECK(found({.unit = "sairaala-osasto-1"}) == std::vector{uuid(1)});
    CHECK(found({.handler = me}) == std::vector{uuid(1)});
    CHECK(found({.handler = "-"}) == std::vector{uuid(2), uuid(3)});
    CHECK(found({.urgency = {"escalated"}}) == std::vector{uuid(1), uuid(2)});
    CHECK(found({.cause = "conduct"}) == std::vector{uuid(1)});
    CHECK(found({.authority = "avi-esavi"}) == std::vector{uuid(3)});
}

TEST_CASE("an ended case leaves the list of open work, and is found among the ended", "[work_list]") {
    WrittenLog log;
    write_units(log);
    log.add(reminder_stream(1), reminder())
        .add(reminder_stream(1), reply_sent("2018-03-20", 19, true))
        .add(reminder_stream(1), closed("2018-03-21"));
    Live live(log);
    CHECK(live.ask(work_list, viewer(REGISTRAR), "2018-04-15", WorkListQuery{}).message.total() == 0);
    const auto ended =
        live.ask(work_list, viewer(REGISTRAR), "2018-04-15", WorkListQuery{.state = WorkState::Ended});
    REQUIRE(ended.message.rows_size() == 1);
    CHECK(ended.message.rows(0).ended());
    CHECK(ended.message.rows(0).urgency() == "none");
}

TEST_CASE("pages follow each other without a gap, though cases come and go between them", "[work_list]") {
    WrittenLog log;
    write_units(log);
    write_reminders(log, {"2018-03-01", "2018-03-02", "2018-03-03", "2018-03-04", "2018-03-05"});
    WorkListQuery query{.scope = WorkScope::Everything};
    query.page.limit = 2;
    auto live = std::make_unique<Live>(log);
    const auto first = live->ask(work_list, viewer(LAWYER), "2018-03-06", query);
    CHECK(ids(first.message.rows()) == std::vector{uuid(1), uuid(2)});
    CHECK(first.case_ids.size() == 2);
    // The first one is answered and an older one comes in: the second page stays what it was.
    log.add(reminder_stream(1), closed("2018-03-06"))
        .add(reminder_stream(9), reminder({.arrived_on = "2018-02-28"}));
    live = std::make_unique<Live>(log);
    query.page.cursor = first.message.next_cursor();
    const auto second = live->ask(work_list, viewer(LAWYER), "2018-03-06", query);
    CHECK(ids(second.message.rows()) == std::vector{uuid(3), uuid(4)});
    query.page.cursor = second.message.next_cursor();
    const auto third = live->ask(work_list, viewer(LAWYER), "2018-03-06", query);
    CHECK(ids(third.message.rows()) == std::vector{uuid(5)});
    CHECK(third.message.next_cursor().empty());
}

TEST_CASE("a cursor that is not ours begins at the start", "[work_list]") {
    WrittenLog log;
    write_units(log);
    write_reminders(log, {"2018-03-01"});
    Live live(log);
    for (const std::string cursor : {"x", "1.2.3", "0.ff.0.0.0.0", "0.0.0.0.0.0.0", "0.0.fffffffff.0.0.0"}) {
        WorkListQuery query{.scope = WorkScope::Everything};
        query.page.cursor = cursor;
        CHECK(live.ask(work_list, viewer(LAWYER), "2018-03-06", query).message.rows_size() == 1);
    }
}

TEST_CASE("an open contact that nobody has touched for the time of the policy is offered for ending",
          "[work_list]") {
    WrittenLog log;
    write_units(log);
    PolicySet policy;
    policy.mutable_given()->set_policy("contact.idle");
    policy.mutable_given()->set_valid_from("2010-01-01");
    policy.mutable_given()->set_target_count(60);
    policy.mutable_given()->set_target_unit("day");
    policy.set_version(1);
    log.add("reference-policies", policy)
        .on("2018-03-01")
        .add("contact-" + uuid(1), contact({.recorded = true}), me);
    Live live(log);
    const auto urgency = [&](const std::string& on) {
        return live.ask(work_list, viewer(OMBUDSMAN), on, WorkListQuery{}).message.rows(0).urgency();
    };
    CHECK(urgency("2018-04-29") == "none");
    CHECK(urgency("2018-04-30") == "due-soon");
}

TEST_CASE("a minor's ban on disclosure stands on the row", "[work_list]") {
    WrittenLog log;
    write_units(log);
    auto banned = reminder();
    banned.mutable_given()->mutable_opening()->mutable_client()->set_disclosure_banned(true);
    log.add(reminder_stream(1), banned);
    ClientMatterRecorded recorded;
    recorded.mutable_given()->mutable_client_record()->mutable_client()->set_disclosure_banned(true);
    log.add("contact-" + uuid(2), contact(), me).add("contact-" + uuid(2), recorded, me);
    Live live(log);
    CHECK(live.ask(work_list, viewer(REGISTRAR), "2018-03-02", WorkListQuery{})
              .message.rows(0)
              .disclosure_banned());
    const auto mine =
        live.ask(work_list, viewer(OMBUDSMAN), "2018-03-02", WorkListQuery{.state = WorkState::All});
    REQUIRE(mine.message.rows_size() == 1);
    CHECK(mine.message.rows(0).disclosure_banned());
    CHECK(mine.message.rows(0).diary_number() == "VAS 9/2018");
}

// ---- paused, idle ----

TEST_CASE("a row whose clock waits says so, and since when", "[work_list]") {
    WrittenLog log;
    write_units(log);
    auto asked = completion_asked("2018-03-10");
    asked.mutable_given()->set_due_by("2018-06-30");  // far away: the answer presses more
    log.add(reminder_stream(1), reminder()).add(reminder_stream(1), asked);
    Live live(log);
    const auto row = live.ask(work_list, viewer(REGISTRAR), "2018-03-15", WorkListQuery{}).message.rows(0);
    CHECK(row.paused_on() == "2018-03-10");
    CHECK(row.urgency() == "on-track");
    CHECK(row.urgency_reason() == "Answer: the clock waits for completion (5 d), then 19 d left");
}

TEST_CASE("a clock that has been resumed runs, with its later date", "[work_list]") {
    WrittenLog log;
    write_units(log);
    log.add(reminder_stream(1), reminder())
        .add(reminder_stream(1), completion_asked("2018-03-10"))
        .add(reminder_stream(1), completion_received("2018-03-20", 10, due("2018-04-09", "2018-03-11")));
    Live live(log);
    const auto row = live.ask(work_list, viewer(REGISTRAR), "2018-03-30", WorkListQuery{}).message.rows(0);
    CHECK(row.paused_on().empty());
    CHECK(row.due_by() == "2018-04-09");
    CHECK(row.urgency() == "on-track");
}

TEST_CASE("a case of any kind is due soon when nothing has happened to it for its policy's time",
          "[work_list]") {
    WrittenLog log;
    write_units(log);
    log.add("reference-policies", policy("reminder.idle", {.count = 14}))
        .add("reference-policies", policy("complaint.idle", {.count = 2, .unit = "week"}))
        .on("2018-03-01")
        .add(reminder_stream(1), reminder())
        .add("complaint-" + uuid(2), complaint());
    Live live(log);
    const auto rows = [&](const std::string& on) {
        return live.ask(work_list, viewer(REGISTRAR), on, WorkListQuery{}).message.rows();
    };
    for (const auto& row : rows("2018-03-14"))
        CHECK((row.urgency() == "on-track" || row.urgency() == "none"));
    for (const auto& row : rows("2018-03-15")) {
        CHECK(row.urgency() == "due-soon");
        CHECK(row.urgency_reason() == "No event for 14 days");
        CHECK(row.idle_days() == 14);
    }
}

TEST_CASE("a list of what lies idle holds open cases without an event for so many days", "[work_list]") {
    WrittenLog log;
    write_units(log);
    log.on("2018-03-01")
        .add(reminder_stream(1), reminder())
        .add(reminder_stream(2), reminder())
        .add(reminder_stream(3), reminder())
        .add(reminder_stream(3), closed("2018-03-01"))
        .on("2018-03-08")
        .add(reminder_stream(2), assigned(me));
    Live live(log);
    const auto idle = [&](std::uint32_t days) {
        return ids(live.ask(work_list, viewer(REGISTRAR), "2018-03-10",
                            WorkListQuery{.state = WorkState::All, .idle_days = days})
                       .message.rows());
    };
    CHECK(idle(9) == std::vector{uuid(1)});
    CHECK(idle(10).empty());
    CHECK(idle(2).size() == 2);
    CHECK(idle(0).size() == 3);
}

// ---- whose it is ----

TEST_CASE("while a handler is away the substitute's own list holds the handler's cases", "[work_list]") {
    WrittenLog log;
    write_units(log);
    const auto away = uuid(0xcc);
    log.add("reference-users", user(me))
        .add("reference-users", user(away))
        .add("reference-absences", absence(away, "2018-03-05", "2018-03-09", me))
        .add(reminder_stream(1), reminder())
        .add(reminder_stream(1), assigned(away));
    Live live(log);
    const auto mine = [&](const std::string& on) {
        const auto who = live.model().read([&](const Views& views) {
            return domain::viewer_of(*views.reference.user(me), views.reference, day(on));
        });
        return live.ask(work_list, who, on, WorkListQuery{}).message;
    };
    CHECK(mine("2018-03-04").total() == 0);
    REQUIRE(mine("2018-03-05").total() == 1);
    const auto row = mine("2018-03-09").rows(0);
    CHECK(row.handler() == away);
    CHECK(row.acting_handler() == me);
    CHECK(mine("2018-03-10").total() == 0);
}

TEST_CASE("a substitute who is disqualified does not get the case", "[work_list]") {
    WrittenLog log;
    write_units(log);
    const auto away = uuid(0xcc);
    log.add(reminder_stream(1), reminder())
        .add(reminder_stream(1), disqualified(me, away))
        .add(reminder_stream(1), assigned(away));
    Live live(log);
    auto who = viewer(LAWYER);
    who.stands_in_for = {away};
    CHECK(live.ask(work_list, who, "2018-03-05", WorkListQuery{}).message.total() == 0);
}

TEST_CASE("what is offered to somebody stands first on their list, and stays on the handler's",
          "[work_list]") {
    WrittenLog log;
    write_units(log);
    const auto handler = uuid(0xcc);
    log.add(reminder_stream(1), reminder({.arrived_on = "2018-01-02"}))  // overdue
        .add(reminder_stream(1), assigned(me))
        .add(reminder_stream(2), reminder())
        .add(reminder_stream(2), assigned(handler))
        .add(reminder_stream(2), offered(me, handler));
    Live live(log);
    const auto list = live.ask(work_list, viewer(LAWYER), "2018-03-05", WorkListQuery{}).message;
    CHECK(ids(list.rows()) == std::vector{uuid(2), uuid(1)});
    CHECK(list.rows(0).hand_over_to() == me);
    CHECK(list.rows(0).handler() == handler);
    auto other = viewer(LAWYER);
    other.user_id = handler;
    CHECK(ids(live.ask(work_list, other, "2018-03-05", WorkListQuery{}).message.rows()) ==
          std::vector{uuid(2)});
}

TEST_CASE("a team's list holds what its members handle, or stand in for", "[work_list]") {
    WrittenLog log;
    write_units(log);
    const auto mate = uuid(0xcc), stranger = uuid(0xdd), absent_stranger = uuid(0xee);
    log.add("reference-users", user(me, {.team = "north"}))
        .add("reference-users", user(mate, {.team = "north"}))
        .add("reference-users", user(stranger, {.team = "south"}))
        .add("reference-users", user(absent_stranger, {.team = "south"}))
        .add("reference-absences", absence(absent_stranger, "2018-03-05", "2018-03-09", mate));
    unsigned number = 0;
    for (const auto& handler : {me, mate, stranger, absent_stranger}) {
        log.add(reminder_stream(++number), reminder());
        log.add(reminder_stream(number), assigned(handler));
    }
    log.add(reminder_stream(5), reminder());
    Live live(log);
    const auto team = [&](const std::string& on) {
        auto all = ids(
            live.ask(work_list, viewer(LAWYER), on, WorkListQuery{.scope = WorkScope::Team}).message.rows());
        std::sort(all.begin(), all.end());
        return all;
    };
    CHECK(team("2018-03-04") == std::vector{uuid(1), uuid(2)});
    CHECK(team("2018-03-05") == std::vector{uuid(1), uuid(2), uuid(4)});
    auto teamless = viewer(LAWYER);
    teamless.user_id = uuid(0xff);
    CHECK(live.ask(work_list, teamless, "2018-03-05", WorkListQuery{.scope = WorkScope::Team})
              .message.total() == 0);
}

}  // namespace
}  // namespace vastine::projections::tests
