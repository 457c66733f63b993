#include "domain/cases/complaint.hpp"

#include "tests/domain/cases/given.hpp"

namespace vastine::domain::testing {

namespace {

using complaint::State;

RegisterComplaint registration(const std::string& more = "", const std::string& arrived_on = "2026-03-02") {
    return make<RegisterComplaint>("opening { arrived_on: \"" + arrived_on +
                                   R"(" channel: "letter" units: "osasto-3" sectors: "health" cause: "care"
        maker: "relative" } authority: "lvv" authority_diary_number: "LVV/1" )" +
                                   more);
}
// `parts` as they stand in the ruling.
RecordRuling ruling(const std::string& parts, const std::string& more = "") {
    return make<RecordRuling>(R"(ruled_on: "2026-03-16" received_on: "2026-03-18" )" + parts + more);
}
const std::string no_cause = R"(parts { outcome: "no-cause" } )";
const auto report = make<ReportBack>(R"(reported_on: "2026-03-28" content: "Ohje on uusittu")");
const auto close = make<Close>(R"(closed_on: "2026-03-30")");
MoveComplaint move_to(const std::string& authority, const std::string& on = "2026-03-10") {
    return make<MoveComplaint>("authority: \"" + authority +
                               "\" authority_diary_number: \"UUSI/2\" moved_on: \"" + on + "\"");
}

auto registered() {
    return given<State>().done(registration());
}
auto ruled() {
    return registered().done(ruling(no_cause));
}
auto report_awaited() {
    return registered().done(ruling(R"(parts { outcome: "reprimand" } )", R"(report_back_by: "2026-06-30")"));
}

}  // namespace

TEST_CASE("a registered complaint has coarse facts and no due date of ours", "[complaint]") {
    const auto event = given<State>().when(registration()).then_one<ComplaintRegistered>();
    CHECK(event.coarse().department() == "sairaala");
    CHECK(event.given().opening().diary_number() == "HEL 2026-000123");
    CHECK_FALSE(event.over_two_years());
    CHECK(domain::due_dates(registered().any()).empty());
}

TEST_CASE("a complaint about what is over two years old is flagged, not refused", "[complaint]") {
    const auto flagged = [](const std::string& events_on) {
        return given<State>()
            .when(registration("events_on: \"" + events_on + "\""))
            .then_one<ComplaintRegistered>()
            .over_two_years();
    };
    CHECK_FALSE(flagged("2024-03-02"));
    CHECK(flagged("2024-03-01"));
    CHECK(given<State>().done(registration(R"(events_on: "2020-01-01")")).state().over_two_years);
}

TEST_CASE("two years from a leap day end on the last of February", "[complaint]") {
    const auto flagged = [](const std::string& arrived_on) {
        return given<State>()
            .when(registration(R"(events_on: "2024-02-29")", arrived_on))
            .then_one<ComplaintRegistered>()
            .over_two_years();
    };
    CHECK_FALSE(flagged("2026-02-28"));
    CHECK(flagged("2026-03-01"));
}

TEST_CASE("the events of a complaint are not after it arrived", "[complaint]") {
    given<State>()
        .when(registration(R"(events_on: "2026-03-03")"))
        .then_refused(Reason::Invalid, "complaint.events_after_arrival", "events_on");
}

TEST_CASE("a complaint does not arrive in the future", "[complaint]") {
    given<State>()
        .on("2026-03-01")
        .when(registration())
        .then_refused(Reason::Invalid, "days.in_future", "opening.arrived_on");
}

// ---- between authorities ----

TEST_CASE("a complaint that moves to the successor keeps both diary numbers", "[complaint]") {
    auto old = registration("", "2025-11-03");
    old.set_authority("avi-esavi");
    old.set_authority_diary_number("ESAVI/1");
    const auto state = given<State>().done(old, move_to("lvv", "2026-01-02")).state();
    REQUIRE(state.authority.numbers.size() == 2);
    CHECK(state.authority.numbers[0].authority == "avi-esavi");
    CHECK(state.authority.numbers[0].diary_number == "ESAVI/1");
    CHECK(state.authority.authority() == "lvv");
    CHECK(state.authority.numbers[1].diary_number == "UUSI/2");
}

TEST_CASE("a complaint moves only to an authority that is in office on the day", "[complaint]") {
    auto old = registration("", "2025-11-03");
    old.set_authority("avi-esavi");
    const auto at_the_agency = [&] { return given<State>().done(old); };
    at_the_agency()
        .when(move_to("lvv", "2025-12-31"))
        .then_refused(Reason::Invalid, "casework.authority_not_yet", "authority");
    at_the_agency()
        .when(move_to("valvira", "2026-01-02"))
        .then_refused(Reason::Invalid, "casework.authority_has_a_successor", "authority");
    registered()
        .when(move_to("lvv"))
        .then_refused(Reason::Invalid, "casework.moved_to_the_same_authority", "authority");
    registered()
        .when(move_to("eoa", "2026-03-01"))
        .then_refused(Reason::Invalid, "days.before_arrival", "moved_on");
}

TEST_CASE("a complaint comes from an authority that has begun, and may since have ended", "[complaint]") {
    given<State>()
        .when(registration("", "2025-12-31"))
        .then_refused(Reason::Invalid, "casework.authority_not_yet", "authority");
    auto late = registration("", "2026-01-07");
    late.set_authority("avi-esavi");
    given<State>().when(late).then_accepted();
}

TEST_CASE("an authority that has ended is refused with its successor's name in the reader's language",
          "[complaint]") {
    auto old = registration("", "2025-11-03");
    old.set_authority("avi-esavi");
    const auto refused = given<State>().done(old).when(move_to("valvira", "2026-01-02"));
    CHECK_THAT(text(refused.rejection(), Language::Finnish), Catch::Contains("Lupa- ja valvontavirasto"));
    CHECK_THAT(text(refused.rejection(), Language::Swedish),
               Catch::Contains("Tillstånds- och tillsynsverket"));
}

TEST_CASE("an authority that has ended without a successor is refused without one", "[complaint]") {
    auto reference = made_organisation();
    reference.apply(make<AuthoritySet>(R"(given { authority_id: "board" authority_kind: "supervisory"
        name { fi: "Lautakunta" } valid_until: "2025-12-31" })"));
    const auto office = casework::in_office("board", *parse_date("2026-01-02"), reference, "authority");
    REQUIRE_FALSE(office);
    CHECK(office.error().text == "casework.authority_has_ended");
}

TEST_CASE("an authority that nobody knows has no office", "[complaint]") {
    const auto office = casework::in_office("nobody", *parse_date("2026-01-01"), organisation(), "authority");
    REQUIRE_FALSE(office);
    CHECK(office.error().text == "casework.no_such_authority");
}

TEST_CASE("two complaints that are one matter are linked, and both stay open", "[complaint]") {
    const auto link =
        make<Link>(std::string("other: \"") + other_case + R"(" relation: "same-matter" note: "LVV ja EOA")");
    CHECK(domain::stage(registered().done(link).any()) == "stage.registered");
    CHECK(registered().done(link).state().work.links[0].other == other_case);
}

// ---- the authority and the day of the events, corrected ----

namespace {

CorrectComplaint particulars(const std::string& authority, const std::string& more = "") {
    return make<CorrectComplaint>("authority: \"" + authority +
                                  "\" authority_diary_number: \"OIKEA/3\" reason: \"Kirjausvirhe\" " + more);
}

}  // namespace

TEST_CASE("a complaint registered at the wrong authority is corrected, and the event says where it is now",
          "[complaint]") {
    const auto event = registered().when(particulars("eoa")).then_one<ComplaintCorrected>();
    CHECK(event.authority_now() == "eoa");
    CHECK(event.given().reason() == "Kirjausvirhe");
    const auto state = registered().done(particulars("eoa")).state();
    REQUIRE(state.authority.numbers.size() == 1);
    CHECK(state.authority.numbers[0].authority == "eoa");
    CHECK(state.authority.numbers[0].diary_number == "OIKEA/3");
}

TEST_CASE("a corrected authority decides which outcomes there are", "[complaint]") {
    registered().done(particulars("eoa")).when(ruling(R"(parts { outcome: "settlement" })")).then_accepted();
}

TEST_CASE("a correction needs its reason", "[complaint]") {
    auto silent = particulars("eoa");
    silent.clear_reason();
    registered().when(silent).then_refused(Reason::Invalid, "field.required", "reason");
}

TEST_CASE("after a move, either authority and its number are corrected alone", "[complaint]") {
    const auto moved = [] {
        auto old = registration("", "2025-11-03");
        old.set_authority("avi-esavi");
        return given<State>().done(old, move_to("lvv", "2026-01-02"));
    };
    const auto first = moved().done(particulars("avi-lsavi")).state().authority;
    CHECK(first.numbers[0].authority == "avi-lsavi");
    CHECK(first.numbers[0].diary_number == "OIKEA/3");
    CHECK(first.authority() == "lvv");
    CHECK(first.numbers[1].diary_number == "UUSI/2");
    CHECK(moved().when(particulars("avi-lsavi")).then_one<ComplaintCorrected>().authority_now() == "lvv");

    const auto second = moved().done(particulars("eoa", "after_moves: 1")).state().authority;
    CHECK(second.numbers[0].authority == "avi-esavi");
    CHECK(second.authority() == "eoa");
    CHECK(second.numbers[1].diary_number == "OIKEA/3");
}

TEST_CASE("a corrected authority is one that registering or moving would have taken", "[complaint]") {
    auto old = registration("", "2025-11-03");
    old.set_authority("avi-esavi");
    const auto moved = [&] { return given<State>().done(old, move_to("lvv", "2026-01-02")); };
    given<State>()
        .done(old)
        .when(particulars("lvv"))
        .then_refused(Reason::Invalid, "casework.authority_not_yet", "authority");
    moved()
        .when(particulars("valvira", "after_moves: 1"))
        .then_refused(Reason::Invalid, "casework.authority_has_a_successor", "authority");
    registered()
        .done(move_to("eoa"))
        .when(particulars("lvv", "after_moves: 1"))
        .then_refused(Reason::Invalid, "casework.moved_to_the_same_authority", "authority");
    given<State>()
        .done(old, move_to("eoa", "2025-12-02"))
        .when(particulars("eoa"))
        .then_refused(Reason::Invalid, "casework.moved_to_the_same_authority", "authority");
    moved()
        .when(particulars("eoa", "after_moves: 2"))
        .then_refused(Reason::NotFound, "casework.not_moved_so_often", "after_moves");
}

TEST_CASE("a corrected day of the events says anew whether they are over two years old", "[complaint]") {
    const auto flagged = [] { return given<State>().done(registration(R"(events_on: "2020-01-01")")); };
    CHECK_FALSE(flagged()
                    .when(particulars("lvv", R"(events_on: "2026-01-01")"))
                    .then_one<ComplaintCorrected>()
                    .over_two_years());
    CHECK_FALSE(flagged().done(particulars("lvv", R"(events_on: "2026-01-01")")).state().over_two_years);
    registered()
        .when(particulars("lvv", R"(events_on: "2026-03-03")"))
        .then_refused(Reason::Invalid, "complaint.events_after_arrival", "events_on");
}

TEST_CASE("a corrected arrival keeps the events before it, and counts the two years anew", "[complaint]") {
    const auto with_events = [] { return given<State>().done(registration(R"(events_on: "2024-03-02")")); };
    CorrectOpening correction;
    *correction.mutable_opening() = registration().opening();
    correction.set_reason("Virhe");
    correction.mutable_opening()->set_arrived_on("2026-03-10");
    CHECK_FALSE(with_events().state().over_two_years);
    CHECK(with_events().done(correction).state().over_two_years);
    correction.mutable_opening()->set_arrived_on("2024-03-01");
    with_events()
        .when(correction)
        .then_refused(Reason::Invalid, "complaint.events_after_arrival", "opening.arrived_on");
}

TEST_CASE("what an import has not told of a complaint is added by a correction, and the next import keeps it",
          "[complaint]") {
    const auto row = make<ImportCase>(R"(authority: "eoa" opening { arrived_on: "2026-01-05" channel: "letter"
        cause: "care" maker: "client" })");
    const auto state = given<State>().done(row, particulars("eoa"), row).state();
    REQUIRE(state.authority.numbers.size() == 1);
    CHECK(state.authority.numbers[0].diary_number == "OIKEA/3");
}

TEST_CASE("wrong data of a closed complaint is corrected too", "[complaint]") {
    ruled().done(close).when(particulars("eoa")).then_accepted();
}

// ---- the ruling ----

TEST_CASE("a ruling may have several parts", "[complaint]") {
    const auto event = registered()
                           .when(ruling(R"(parts { outcome: "reprimand" unit: "osasto-3" }
                                           parts { outcome: "no-cause" unit: "terveysasema" })"))
                           .then_one<RulingRecorded>();
    CHECK(event.given().parts_size() == 2);
    CHECK(event.facts().days() == 16);
    CHECK(event.facts().month() == "2026-03");
}

TEST_CASE("a ruling has at least one outcome", "[complaint]") {
    registered().when(ruling("")).then_refused(Reason::Invalid, "field.required", "parts");
    const auto decided =
        complaint::decide(registered().state(), ruling(""),
                          {lawyer, this_case, {}, *parse_date("2026-03-31"), organisation(), ""});
    REQUIRE_FALSE(decided);
    CHECK(decided.error().text == "complaint.outcome_missing");
}

TEST_CASE("a complaint is ruled on once, until it is reopened", "[complaint]") {
    ruled().when(ruling(no_cause)).then_refused(Reason::WrongState, "complaint.ruled_already");
    ruled()
        .done(close, make<Reopen>(R"(reopened_on: "2026-03-31" new_facts: "Purettu")"))
        .when(ruling(no_cause))
        .then_accepted();
}

TEST_CASE("a complaint that was not examined has its ground, and no other has", "[complaint]") {
    registered()
        .when(ruling(R"(parts { outcome: "not-examined" })"))
        .then_refused(Reason::Invalid, "complaint.not_examined_ground_missing",
                      "parts[0].not_examined_ground");
    registered()
        .when(ruling(no_cause + R"(parts { outcome: "lapsed" not_examined_ground: "repeat" })"))
        .then_refused(Reason::Invalid, "complaint.ground_without_not_examined",
                      "parts[1].not_examined_ground");
    registered()
        .when(ruling(R"(parts { outcome: "not-examined" not_examined_ground: "over-two-years" })"))
        .then_accepted();
}

TEST_CASE("an outcome is one that the authority gives", "[complaint]") {
    registered()
        .when(ruling(R"(parts { outcome: "settlement" })"))
        .then_refused(Reason::Invalid, "complaint.outcome_of_another_authority", "parts[0].outcome");
    registered().done(move_to("eoa")).when(ruling(R"(parts { outcome: "settlement" })")).then_accepted();
    registered()
        .done(move_to("eoa"))
        .when(ruling(R"(parts { outcome: "conditional-fine" })"))
        .then_refused(Reason::Invalid, "complaint.outcome_of_another_authority", "parts[0].outcome");
}

TEST_CASE("a ruling is given, then received, and its dates follow it", "[complaint]") {
    registered()
        .when(make<RecordRuling>(R"(ruled_on: "2026-03-19" received_on: "2026-03-18"
            parts { outcome: "no-cause" })"))
        .then_refused(Reason::Invalid, "complaint.received_before_ruling", "received_on");
    registered()
        .when(ruling(no_cause, R"(report_back_by: "2026-03-15")"))
        .then_refused(Reason::Invalid, "complaint.due_before_ruling", "report_back_by");
    registered()
        .when(ruling(R"(parts { outcome: "order" due_by: "2026-03-15" })"))
        .then_refused(Reason::Invalid, "complaint.due_before_ruling", "parts[0].due_by");
    registered()
        .when(make<RecordRuling>(R"(ruled_on: "2026-04-01" received_on: "2026-04-01"
            parts { outcome: "no-cause" })"))
        .then_refused(Reason::Invalid, "days.in_future", "ruled_on");
}

TEST_CASE("a complaint first heard of when it was ruled has a ruling older than its arrival", "[complaint]") {
    registered()
        .when(make<RecordRuling>(R"(ruled_on: "2026-02-26" received_on: "2026-03-02"
            parts { outcome: "no-cause" })"))
        .then_accepted();
}

// ---- reporting back and closing ----

TEST_CASE("a report is given when the ruling asked for one, once", "[complaint]") {
    registered().when(report).then_refused(Reason::WrongState, "complaint.not_ruled_yet");
    ruled().when(report).then_refused(Reason::WrongState, "complaint.no_report_asked");
    report_awaited()
        .when(make<ReportBack>(R"(reported_on: "2026-03-17")"))
        .then_refused(Reason::Invalid, "complaint.reported_before_ruling", "reported_on");
    report_awaited().done(report).when(report).then_refused(Reason::WrongState, "complaint.reported_already");
}

TEST_CASE("a complaint is closed when it is ruled on and reported back", "[complaint]") {
    registered().when(close).then_refused(Reason::WrongState, "complaint.close_before_ruling");
    report_awaited().when(close).then_refused(Reason::WrongState, "complaint.close_waits_for_report");
    report_awaited().done(report).when(close).then_accepted();
    ruled().when(close).then_accepted();
    ruled()
        .done(make<RequestStatement>(R"(unit: "osasto-3" asked_on: "2026-03-19")"))
        .when(close)
        .then_refused(Reason::WrongState, "casework.close_waits_for_statement");
}

TEST_CASE("a complaint is withdrawn, transferred or merged before it is ruled on", "[complaint]") {
    const auto withdraw = make<Withdraw>(R"(withdrawn_on: "2026-03-29")");
    const auto transfer =
        make<Transfer>(R"(to: "HUS" transferred_on: "2026-03-29" sender_told_on: "2026-03-29")");
    const auto merge = make<Merge>(std::string("into: \"") + other_case + "\"");
    registered().when(withdraw).then_accepted();
    registered().when(transfer).then_accepted();
    registered().when(merge).then_accepted();
    ruled().when(withdraw).then_refused(Reason::WrongState, "complaint.ruled_so_close");
    ruled().when(transfer).then_refused(Reason::WrongState, "complaint.ruled_so_close");
    ruled().when(merge).then_refused(Reason::WrongState, "complaint.ruled_so_close");
}

TEST_CASE("a complaint has no due date of ours to give, for the authority decides it", "[complaint]") {
    ruled()
        .done(close)
        .when(make<Reopen>(R"(reopened_on: "2026-03-31" new_facts: "Purettu" due_by: "2026-05-01")"))
        .then_refused(Reason::Invalid, "complaint.has_no_due_date", "due_by");
    CorrectOpening correction;
    *correction.mutable_opening() = registration().opening();
    correction.set_reason("Virhe");
    registered().when(correction).then_accepted();
    correction.set_due_by("2026-05-01");
    registered().when(correction).then_refused(Reason::Invalid, "complaint.has_no_due_date", "due_by");
}

TEST_CASE("statements for a complaint are due by its own policy", "[complaint]") {
    CHECK(registered()
              .when(make<RequestStatement>(R"(unit: "osasto-3" asked_on: "2026-03-05")"))
              .then_one<StatementRequested>()
              .due()
              .policy() == "complaint.statement");
}

// ---- what is shown ----

TEST_CASE("a complaint says where it is and what comes next", "[complaint]") {
    const auto assign = make<Assign>(std::string("handler: \"") + lawyer + "\"");
    const auto shows = [](const auto& so_far, std::string_view where, std::string_view next) {
        CHECK(domain::stage(so_far.any()) == where);
        CHECK(domain::next_step(so_far.any()) == next);
    };
    shows(registered(), "stage.registered", "next.assign");
    shows(registered().done(assign), "stage.assigned", "next.await-ruling");
    shows(report_awaited(), "stage.ruled", "next.report-back");
    shows(report_awaited().done(report), "stage.reported-back", "next.close");
    shows(ruled().done(close), "stage.closed", "next.nothing");
}

TEST_CASE("a reopened complaint stands where its new round is, not where the earlier one was",
          "[complaint]") {
    const auto ask = [](const std::string& on) {
        return make<RequestStatement>("unit: \"osasto-3\" asked_on: \"" + on + "\"");
    };
    const auto came = [](const std::string& id, const std::string& on) {
        return make<ReceiveStatement>("statement_id: \"" + id + "\" received_on: \"" + on + "\"");
    };
    const auto reopened = [&] {
        return registered()
            .done(ask("2026-03-05"), came("s1", "2026-03-12"), ruling(no_cause))
            .done(make<Close>(R"(closed_on: "2026-03-20")"),
                  make<Reopen>(R"(reopened_on: "2026-03-21" new_facts: "Purettu")"));
    };
    CHECK(domain::stage(reopened().any()) == "stage.reopened");
    CHECK(domain::stage(reopened().done(ask("2026-03-22")).any()) == "stage.statement-asked");
    CHECK(domain::stage(reopened().done(ask("2026-03-22"), came("s2", "2026-03-25")).any()) ==
          "stage.statements-received");
}

TEST_CASE("a ruling's dates are the report's and the orders', met by the report", "[complaint]") {
    const auto so_far = [] {
        return registered().done(
            ruling(R"(parts { outcome: "order" due_by: "2026-05-31" })", R"(report_back_by: "2026-06-30")"));
    };
    const auto open = domain::due_dates(so_far().any());
    REQUIRE(open.size() == 2);
    CHECK(open[0].what == "report-back");
    CHECK(open[0].due.due_by() == "2026-06-30");
    CHECK_FALSE(open[0].met);
    CHECK(open[1].what == "order");
    CHECK(open[1].due.due_by() == "2026-05-31");
    const auto met = domain::due_dates(so_far().done(report).any());
    CHECK(met[0].met_on == "2026-03-28");
}

// ---- import ----

TEST_CASE("an imported complaint knows its authority, and keeps a move that came later", "[complaint]") {
    const auto row = make<ImportCase>(R"(authority: "eoa" opening { arrived_on: "2026-01-05" channel: "letter"
        cause: "care" maker: "client" })");
    CHECK(given<State>().done(row).state().authority.authority() == "eoa");
    CHECK(given<State>().done(row, move_to("lvv"), row).state().authority.authority() == "lvv");
    auto settled = row;
    settled.set_closed_on("2026-02-05");
    CHECK(domain::stage(given<State>().done(settled).any()) == "stage.closed");
    CHECK(domain::stage(given<State>().done(settled, row).any()) == "stage.registered");
}

}  // namespace vastine::domain::testing
