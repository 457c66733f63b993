#include "projections/occasions.hpp"

#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "tests/projections/written_log.hpp"

namespace vastine::projections::tests {
namespace {

const std::string handler = uuid(0xcc), other = uuid(0xdd), registrar = uuid(0xee), lawyer = uuid(0xf0);

std::string stream(unsigned number) {
    return "reminder-" + uuid(number);
}

// Each person's occasions as "mark what id on case", in the order told.
std::map<std::string, std::vector<std::string>> told(const WrittenLog& log, const std::string& on) {
    Live live(log);
    std::map<std::string, std::vector<std::string>> all;
    live.model().read([&](const Views& views) {
        for (const auto& to : occasions(views, day(on))) {
            for (const auto& each : to.occasions) {
                all[to.user_id].push_back(fmt::format("{} {}{} {} {}", each.mark(), each.what(),
                                                      each.id().empty() ? "" : " " + each.id(), each.on(),
                                                      each.case_id().substr(34)));
            }
        }
        return 0;
    });
    return all;
}
using Told = std::map<std::string, std::vector<std::string>>;

void write_office(WrittenLog& log) {
    write_units(log);
    log.add("reference-users", user(handler))
        .add("reference-users", user(other))
        .add("reference-users", user(registrar, {.role = REGISTRAR}))
        .add("reference-users", user(lawyer));
}
void write_assigned(WrittenLog& log) {
    write_office(log);
    log.add(stream(1), reminder()).add(stream(1), assigned(handler));  // due 29 March, warns on the 22nd
}

TEST_CASE("the handler is told of the most severe mark that a date has reached", "[occasions]") {
    WrittenLog log;
    write_assigned(log);
    CHECK(told(log, "2018-03-21").empty());
    CHECK(told(log, "2018-03-22") == Told{{handler, {"due-soon answer 2018-03-29 01"}}});
    CHECK(told(log, "2018-03-29") == Told{{handler, {"due-today answer 2018-03-29 01"}}});
    CHECK(told(log, "2018-03-30") == Told{{handler, {"overdue answer 2018-03-29 01"}}});
    CHECK(told(log, "2018-03-31") == Told{{handler, {"escalated answer 2018-03-29 01"}}});
    CHECK(told(log, "2018-04-30") == Told{{handler, {"critical answer 2018-03-29 01"}}});
}

TEST_CASE("what was answered or has ended is nobody's occasion", "[occasions]") {
    WrittenLog log;
    write_assigned(log);
    log.add(stream(1), reply_sent("2018-03-20", 19, true));
    CHECK(told(log, "2018-04-30").empty());
}

TEST_CASE("each date of a case is an occasion of its own, the most pressing first", "[occasions]") {
    WrittenLog log;
    write_assigned(log);
    StatementRequested asked;
    asked.mutable_given()->set_unit("perhe-neuvola");
    asked.mutable_given()->set_asked_on("2018-03-02");
    asked.set_statement_id("s1");
    *asked.mutable_due() = due("2018-03-12");
    log.add(stream(1), asked);
    CHECK(told(log, "2018-03-22") ==
          Told{{handler, {"overdue statement s1 2018-03-12 01", "due-soon answer 2018-03-29 01"}}});
}

TEST_CASE("while the handler is away the substitute is told, and nobody else", "[occasions]") {
    WrittenLog log;
    write_assigned(log);
    log.add("reference-absences", absence(handler, "2018-03-20", "2018-03-23", other));
    CHECK(told(log, "2018-03-22") == Told{{other, {"due-soon answer 2018-03-29 01"}}});
    CHECK(told(log, "2018-03-26") == Told{{handler, {"due-soon answer 2018-03-29 01"}}});
}

TEST_CASE("of a case without a handler the registrars are told", "[occasions]") {
    WrittenLog log;
    write_office(log);
    log.add(stream(1), reminder());
    CHECK(told(log, "2018-03-22") == Told{{registrar, {"due-soon answer 2018-03-29 01"}}});
}

TEST_CASE("of a case whose handler no longer works here the registrars are told", "[occasions]") {
    WrittenLog log;
    write_assigned(log);
    log.add("reference-users", user(handler, {.active = false}));
    CHECK(told(log, "2018-03-22") == Told{{registrar, {"due-soon answer 2018-03-29 01"}}});
}

TEST_CASE("nobody is told of a case that is closed to them: the registrars are instead", "[occasions]") {
    WrittenLog log;
    write_assigned(log);
    log.add(stream(1), disqualified(other, handler))
        .add(stream(1), assigned(handler))
        .add("reference-absences", absence(handler, "2018-03-20", "2018-03-23", other));
    CHECK(told(log, "2018-03-22") == Told{{registrar, {"due-soon answer 2018-03-29 01"}}});
}

TEST_CASE("from escalation on those whom the policy names are told too, each once", "[occasions]") {
    WrittenLog log;
    write_assigned(log);
    log.add("reference-policies", policy("reminder.answer", {.escalated_to = {LAWYER, UNIT_HEAD}}))
        .add("reference-users", user(uuid(0xf1), {.role = UNIT_HEAD, .units = {"sairaala"}}))
        .add("reference-users", user(uuid(0xf2), {.role = UNIT_HEAD, .units = {"perhe-sosiaali"}}));
    CHECK(told(log, "2018-03-30") == Told{{handler, {"overdue answer 2018-03-29 01"}}});
    const std::vector<std::string> escalated{"escalated answer 2018-03-29 01"};
    CHECK(told(log, "2018-03-31") ==
          Told{{handler, escalated}, {other, escalated}, {lawyer, escalated}, {uuid(0xf1), escalated}});
}

TEST_CASE("while the clock waits no mark is reached but the critical one", "[occasions]") {
    WrittenLog log;
    write_assigned(log);
    auto asked = completion_asked("2018-03-10");
    asked.mutable_given()->set_due_by("2018-12-31");
    log.add(stream(1), asked);
    CHECK(told(log, "2018-03-29").empty());
    CHECK(told(log, "2018-04-29").empty());
    CHECK(told(log, "2018-04-30") == Told{{handler, {"critical answer 2018-03-29 01"}}});
}

TEST_CASE("a case that nothing happens to is told of, with the day of its last event", "[occasions]") {
    WrittenLog log;
    write_office(log);
    log.add("reference-policies", policy("reminder.idle", {.count = 14}))
        .on("2018-03-01")
        .add(stream(1), reminder())
        .on("2018-03-02")
        .add(stream(1), assigned(handler));
    CHECK(told(log, "2018-03-15").empty());
    CHECK(told(log, "2018-03-16") == Told{{handler, {"idle  2018-03-02 01"}}});
}

TEST_CASE("a hand-over that waits is told to the one it is offered to, with the day it was offered",
          "[occasions]") {
    WrittenLog log;
    write_assigned(log);
    log.on("2018-03-05").add(stream(1), offered(other, handler));
    CHECK(told(log, "2018-03-06") == Told{{other, {"hand-over  2018-03-05 01"}}});
    log.on("2018-03-07").add(stream(1), assigned(handler));
    CHECK(told(log, "2018-03-08").empty());
}

TEST_CASE("of the ombudsmen's contacts the head ombudsman is told when nobody has them", "[occasions]") {
    WrittenLog log;
    write_office(log);
    const auto head = uuid(0xa1), ombudsman = uuid(0xa2);
    log.add("reference-users", user(head, {.role = HEAD_OMBUDSMAN}))
        .add("reference-users", user(ombudsman, {.role = OMBUDSMAN}))
        .add("contact-" + uuid(1), contact({.recorded = true, .call_back_on = "2018-03-05"}), ombudsman)
        .add("contact-" + uuid(2), contact({.recorded = true, .call_back_on = "2018-03-05"}), uuid(0x99));
    CHECK(told(log, "2018-03-05") == Told{{ombudsman, {"due-today call-back 2018-03-05 01"}},
                                          {head, {"due-today call-back 2018-03-05 02"}}});
}

}  // namespace
}  // namespace vastine::projections::tests
