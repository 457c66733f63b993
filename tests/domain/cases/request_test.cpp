#include "domain/cases/request.hpp"

#include "tests/domain/cases/given.hpp"

namespace vastine::domain::testing {

namespace {

using request::State;

ReceiveRequest letter(const std::string& more = R"(request_kind: "clarification")",
                      const std::string& due_by = "2026-03-29") {
    return make<ReceiveRequest>(R"(opening { arrived_on: "2026-03-02" channel: "letter" units: "osasto-3"
        cause: "care" maker: "authority" } authority: "lvv" authority_diary_number: "LVV/7" due_by: ")" +
                                due_by + "\" " + more);
}
const auto confirm = make<ConfirmReceipt>(R"(confirmed_on: "2026-03-03" channel: "email")");
AskExtension ask_until(const std::string& until) {
    return make<AskExtension>("asked_on: \"2026-03-20\" until: \"" + until +
                              R"(" reason: "Lausunto viipyy")");
}
RecordExtension decided(const std::string& decision, const std::string& more = "") {
    return make<RecordExtension>("decided_on: \"2026-03-23\" decision: \"" + decision + "\" " + more);
}
SendRequestReply reply(const std::string& on = "2026-03-27") {
    return make<SendRequestReply>("sent_on: \"" + on + R"(" channel: "email" content: "Selvitys")");
}
const auto close = make<Close>(R"(closed_on: "2026-03-30")");
Reopen reopen(const std::string& more = "") {
    return make<Reopen>(R"(reopened_on: "2026-03-31" new_facts: "Viranomainen palasi asiaan" )" + more);
}

auto received() {
    return given<State>().done(letter());
}
auto extension_asked() {
    return received().done(ask_until("2026-04-12"));
}
auto replied() {
    return received().done(reply());
}

}  // namespace

TEST_CASE("an authority's due date is its letter's, and never moved off a day off", "[request]") {
    const auto due = given<State>().when(letter()).then_one<RequestReceived>().due();
    CHECK(due.due_by() == "2026-03-29");  // a Sunday
    CHECK(due.policy().empty());
}

TEST_CASE("a letter may arrive after its own due date, for letters go astray", "[request]") {
    given<State>().when(letter(R"(request_kind: "statement")", "2026-02-20")).then_accepted();
}

TEST_CASE("an authority that has not begun asks for nothing", "[request]") {
    auto early = letter();
    early.mutable_opening()->set_arrived_on("2025-12-31");
    given<State>().when(early).then_refused(Reason::Invalid, "casework.authority_not_yet", "authority");
}

TEST_CASE("a request without the letter's date is refused", "[request]") {
    given<State>()
        .when(letter(R"(request_kind: "statement")", ""))
        .then_refused(Reason::Invalid, "field.required", "due_by");
    const auto decided =
        request::decide(State{}, letter(R"(request_kind: "statement")", ""),
                        {lawyer, this_case, {}, *parse_date("2026-03-31"), organisation(), ""});
    REQUIRE_FALSE(decided);
    CHECK(decided.error().text == "request.due_missing");
}

TEST_CASE("a request does not arrive in the future", "[request]") {
    given<State>()
        .on("2026-03-01")
        .when(letter())
        .then_refused(Reason::Invalid, "days.in_future", "opening.arrived_on");
}

TEST_CASE("a supplement names the request that it adds to, and nothing else does", "[request]") {
    const std::string earlier = std::string(" supplements: \"") + other_case + "\"";
    given<State>()
        .when(letter(R"(request_kind: "supplement")"))
        .then_refused(Reason::Invalid, "request.supplemented_missing", "supplements");
    given<State>().when(letter(R"(request_kind: "supplement")" + earlier)).then_accepted();
    given<State>()
        .when(letter(R"(request_kind: "statement")" + earlier))
        .then_refused(Reason::Invalid, "request.only_a_supplement_adds", "supplements");
    given<State>()
        .when(letter(std::string(R"(request_kind: "supplement" supplements: ")") + this_case + "\""))
        .then_refused(Reason::Invalid, "casework.linked_to_itself", "supplements");
}

TEST_CASE("receipt is confirmed once, before the reply", "[request]") {
    ReceiptConfirmed event;
    *event.mutable_given() = confirm;
    received().when(confirm).then(event);
    received().done(confirm).when(confirm).then_refused(Reason::WrongState,
                                                        "request.receipt_confirmed_already");
    extension_asked().when(confirm).then_accepted();
    replied().when(confirm).then_refused(Reason::WrongState, "request.replied_already");
    received()
        .when(make<ConfirmReceipt>(R"(confirmed_on: "2026-03-01" channel: "email")"))
        .then_refused(Reason::Invalid, "days.before_arrival", "confirmed_on");
}

// ---- extension ----

TEST_CASE("an extension that the authority grants moves the due date to the authority's", "[request]") {
    const auto event =
        extension_asked().when(decided("granted", R"(due_by: "2026-04-07")")).then_one<ExtensionRecorded>();
    CHECK(event.due().due_by() == "2026-04-07");
    CHECK(extension_asked().done(decided("granted", R"(due_by: "2026-04-07")")).state().work.due->due_by() ==
          "2026-04-07");
}

TEST_CASE("an extension that is only asked, or refused, moves nothing", "[request]") {
    CHECK(extension_asked().state().work.due->due_by() == "2026-03-29");
    CHECK_FALSE(extension_asked().when(decided("refused")).then_one<ExtensionRecorded>().has_due());
    CHECK(extension_asked().done(decided("refused")).state().work.due->due_by() == "2026-03-29");
    extension_asked()
        .when(decided("refused", R"(due_by: "2026-04-07")"))
        .then_refused(Reason::Invalid, "request.refused_moves_nothing", "due_by");
}

TEST_CASE("a granted extension says until when, later than before", "[request]") {
    extension_asked()
        .when(decided("granted"))
        .then_refused(Reason::Invalid, "request.granted_until_missing", "due_by");
    extension_asked()
        .when(decided("granted", R"(due_by: "2026-03-29")"))
        .then_refused(Reason::Invalid, "request.extension_not_later", "due_by");
    received()
        .when(ask_until("2026-03-29"))
        .then_refused(Reason::Invalid, "request.extension_not_later", "until");
}

TEST_CASE("one extension is asked at a time, decided when it was asked, and may be asked again",
          "[request]") {
    received().when(decided("refused")).then_refused(Reason::WrongState, "request.no_extension_asked");
    extension_asked()
        .when(ask_until("2026-05-01"))
        .then_refused(Reason::WrongState, "request.extension_asked_already");
    extension_asked()
        .when(make<RecordExtension>(R"(decided_on: "2026-03-19" decision: "refused")"))
        .then_refused(Reason::Invalid, "request.decided_before_asked", "decided_on");
    extension_asked().done(decided("refused")).when(ask_until("2026-05-01")).then_accepted();
    replied().when(ask_until("2026-05-01")).then_refused(Reason::WrongState, "request.replied_already");
}

// ---- reply ----

TEST_CASE("a reply counts its days and is measured against the due date in force", "[request]") {
    const auto in_time = received().when(reply()).then_one<RequestReplySent>().facts();
    CHECK(in_time.days() == 25);
    CHECK(in_time.kept());
    CHECK_FALSE(received().when(reply("2026-03-30")).then_one<RequestReplySent>().facts().kept());
    CHECK(extension_asked()
              .done(decided("granted", R"(due_by: "2026-04-07")"))
              .when(reply("2026-03-30"))
              .then_one<RequestReplySent>()
              .facts()
              .kept());
}

TEST_CASE("a request is replied to once, also while an extension is pending", "[request]") {
    replied().when(reply()).then_refused(Reason::WrongState, "request.replied_already");
    extension_asked().when(reply()).then_accepted();
    received().when(reply("2026-03-01")).then_refused(Reason::Invalid, "days.before_arrival", "sent_on");
}

TEST_CASE("the document of a reply is one of the case's", "[request]") {
    auto with_paper = reply();
    with_paper.set_document_id("d2");
    received().when(with_paper).then_refused(Reason::NotFound, "casework.no_such_document", "document_id");
}

// ---- ends ----

TEST_CASE("a request is closed when it is replied to", "[request]") {
    received().when(close).then_refused(Reason::WrongState, "request.close_before_reply");
    extension_asked().when(close).then_refused(Reason::WrongState, "request.close_before_reply");
    replied().when(close).then_accepted();
}

TEST_CASE("a request that the authority takes back is withdrawn, unless it is replied to", "[request]") {
    const auto withdraw = make<Withdraw>(R"(withdrawn_on: "2026-03-29")");
    received().when(withdraw).then_accepted();
    replied().when(withdraw).then_refused(Reason::WrongState, "request.replied_so_close");
    replied()
        .when(make<Transfer>(R"(to: "HUS" transferred_on: "2026-03-29" sender_told_on: "2026-03-29")"))
        .then_refused(Reason::WrongState, "request.replied_so_close");
    replied()
        .when(make<RequestStatement>(R"(unit: "osasto-3" asked_on: "2026-03-29")"))
        .then_refused(Reason::WrongState, "request.replied_already");
}

TEST_CASE("two requests are two things to answer, and never merged", "[request]") {
    received()
        .when(make<Merge>(std::string("into: \"") + other_case + "\""))
        .then_refused(Reason::Invalid, "casework.of_another_kind");
}

TEST_CASE("a request moves with its authority's tasks and keeps both diary numbers", "[request]") {
    auto old = letter();
    old.set_authority("valvira");
    const auto state =
        given<State>()
            .done(old, make<MoveComplaint>(
                           R"(authority: "lvv" authority_diary_number: "LVV/8" moved_on: "2026-03-05")"))
            .state();
    REQUIRE(state.authority.numbers.size() == 2);
    CHECK(state.authority.authority() == "lvv");
}

TEST_CASE("a reopened request has the authority's new date", "[request]") {
    const auto closed = [] { return replied().done(close); };
    closed().when(reopen()).then_refused(Reason::Invalid, "request.due_missing", "due_by");
    CHECK(closed().when(reopen(R"(due_by: "2026-04-15")")).then_one<Reopened>().due().due_by() ==
          "2026-04-15");
    received().when(reopen(R"(due_by: "2026-04-15")")).then_refused(Reason::WrongState, "casework.not_ended");
    closed().done(reopen(R"(due_by: "2026-04-15")")).when(reply("2026-03-31")).then_accepted();
}

TEST_CASE("a misread letter's date is corrected until the authority moves it", "[request]") {
    CorrectOpening correction;
    *correction.mutable_opening() = letter().opening();
    correction.set_reason("Luettu väärin");
    CHECK(received().when(correction).then_one<OpeningCorrected>().due().due_by() == "2026-03-29");
    correction.set_due_by("2026-03-26");
    CHECK(received().when(correction).then_one<OpeningCorrected>().due().due_by() == "2026-03-26");
    extension_asked()
        .done(decided("granted", R"(due_by: "2026-04-07")"))
        .when(correction)
        .then_refused(Reason::Invalid, "request.due_moved_since", "due_by");
}

// ---- what the authority asked, corrected ----

namespace {

CorrectRequest particulars(const std::string& more) {
    return make<CorrectRequest>(
        R"(authority: "eoa" authority_diary_number: "OIKEA/3" reason: "Kirjausvirhe" )" + more);
}

}  // namespace

TEST_CASE("an authority, its number and what it asks for are corrected, and the letter's date stays",
          "[request]") {
    const auto correction = particulars(R"(request_kind: "statement")");
    CHECK(received().when(correction).then_one<RequestCorrected>().authority_now() == "eoa");
    const auto state = received().done(correction).state();
    CHECK(state.request_kind == "statement");
    CHECK(state.authority.authority() == "eoa");
    CHECK(state.authority.numbers[0].diary_number == "OIKEA/3");
    CHECK(state.work.due->due_by() == "2026-03-29");
}

TEST_CASE("a request corrected to a supplement names the request that it adds to, and no other does",
          "[request]") {
    received()
        .when(particulars(R"(request_kind: "supplement")"))
        .then_refused(Reason::Invalid, "request.supplemented_missing", "supplements");
    const auto adds_to = [](const std::string& id) { return " supplements: \"" + id + "\""; };
    received().when(particulars(R"(request_kind: "supplement")" + adds_to(other_case))).then_accepted();
    received()
        .when(particulars(R"(request_kind: "supplement")" + adds_to(this_case)))
        .then_refused(Reason::Invalid, "casework.linked_to_itself", "supplements");
    received()
        .when(particulars(R"(request_kind: "statement")" + adds_to(other_case)))
        .then_refused(Reason::Invalid, "request.only_a_supplement_adds", "supplements");
}

TEST_CASE("a request is corrected to an authority that had begun when its letter came", "[request]") {
    auto old = letter();
    old.mutable_opening()->set_arrived_on("2025-12-30");
    old.set_authority("valvira");
    auto correction = particulars(R"(request_kind: "clarification")");
    correction.set_authority("lvv");
    given<State>()
        .done(old)
        .when(correction)
        .then_refused(Reason::Invalid, "casework.authority_not_yet", "authority");
    received()
        .when(particulars(R"(request_kind: "clarification" after_moves: 1)"))
        .then_refused(Reason::NotFound, "casework.not_moved_so_often", "after_moves");
}

TEST_CASE("a request is corrected at every stage, also when it is closed", "[request]") {
    const auto correction = particulars(R"(request_kind: "clarification")");
    extension_asked().when(correction).then_accepted();
    replied().when(correction).then_accepted();
    replied().done(close).when(correction).then_accepted();
}

// ---- what is shown ----

TEST_CASE("a request says where it is and what comes next", "[request]") {
    const auto assign = make<Assign>(std::string("handler: \"") + lawyer + "\"");
    const auto ask = make<RequestStatement>(R"(unit: "osasto-3" asked_on: "2026-03-05")");
    const auto came = make<ReceiveStatement>(R"(statement_id: "s1" received_on: "2026-03-12")");
    const auto shows = [](const auto& so_far, std::string_view where, std::string_view next) {
        CHECK(domain::stage(so_far.any()) == where);
        CHECK(domain::next_step(so_far.any()) == next);
    };
    shows(received(), "stage.awaiting-receipt", "next.confirm-receipt");
    shows(received().done(confirm), "stage.receipt-confirmed", "next.assign");
    shows(received().done(confirm, assign), "stage.assigned", "next.ask-statement");
    shows(received().done(confirm, assign, ask), "stage.statement-asked", "next.await-statement");
    shows(received().done(confirm, assign, ask, came), "stage.statements-received",
          "next.send-request-reply");
    shows(extension_asked(), "stage.extension-asked", "next.record-extension");
    shows(replied(), "stage.replied", "next.close");
    shows(replied().done(close), "stage.closed", "next.nothing");
}

TEST_CASE("a reopened request asks its units again", "[request]") {
    const auto ask = make<RequestStatement>(R"(unit: "osasto-3" asked_on: "2026-03-05")");
    const auto came = make<ReceiveStatement>(R"(statement_id: "s1" received_on: "2026-03-12")");
    const auto assign = make<Assign>(std::string("handler: \"") + lawyer + "\"");
    const auto reopened =
        received().done(confirm, assign, ask, came, reply(), close, reopen(R"(due_by: "2026-04-15")"));
    CHECK(domain::stage(reopened.any()) == "stage.reopened");
    CHECK(domain::next_step(reopened.any()) == "next.ask-statement");
}

TEST_CASE("an imported request is open or settled as its row says", "[request]") {
    const auto row = make<ImportCase>(R"(authority: "eoa" request_kind: "statement" due_by: "2026-02-01"
        opening { arrived_on: "2026-01-05" channel: "letter" cause: "care" maker: "authority" })");
    const auto state = given<State>().done(row).state();
    CHECK(state.authority.authority() == "eoa");
    CHECK(state.request_kind == "statement");
    CHECK(state.work.due->due_by() == "2026-02-01");
    auto settled = row;
    settled.set_closed_on("2026-01-30");
    CHECK(domain::stage(given<State>().done(settled).any()) == "stage.closed");
    CHECK(domain::stage(given<State>().done(settled, row).any()) == "stage.received");
    CHECK(domain::stage(given<State>().done(row, ask_until("2026-04-12"), row).any()) ==
          "stage.extension-asked");
}

}  // namespace vastine::domain::testing
