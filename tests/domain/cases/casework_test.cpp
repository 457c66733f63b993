#include "domain/cases/casework.hpp"

#include "tests/domain/cases/given.hpp"

// What the kinds share, seen through a reminder; where kinds differ, their own tests say so.
namespace vastine::domain::testing {

namespace {

using reminder::State;

const auto registration = make<RegisterReminder>(R"(
    opening { arrived_on: "2026-03-02" channel: "letter" language: "fi" units: "osasto-3" sectors: "health"
              cause: "care" maker: "client" })");
auto open_case() {
    return given<State>().done(registration);
}

EnterDocument document(const std::string& direction, const std::string& dated_on,
                       const std::string& more = "") {
    return make<EnterDocument>("direction: \"" + direction + "\" dated_on: \"" + dated_on +
                               R"(" title: "Lausunto" party: "Osasto 3" )" + more);
}
RequestStatement ask(const std::string& unit, const std::string& more = "") {
    return make<RequestStatement>("unit: \"" + unit + R"(" asked_on: "2026-03-05" )" + more);
}
ReceiveStatement came(const std::string& id, const std::string& on = "2026-03-12") {
    return make<ReceiveStatement>("statement_id: \"" + id + "\" received_on: \"" + on + "\"");
}
WaiveStatement waive(const std::string& id, const std::string& on = "2026-03-12") {
    return make<WaiveStatement>("statement_id: \"" + id + "\" waived_on: \"" + on +
                                R"(" reason: "Ei tarvita")");
}
ReceiveInquiry inquiry(const std::string& kind, const std::string& on = "2026-03-10") {
    return make<ReceiveInquiry>("inquiry_kind: \"" + kind + "\" received_on: \"" + on +
                                R"(" sender: "Aino")");
}
AnswerInquiry answer(const std::string& id, const std::string& on = "2026-03-16",
                     const std::string& more = "") {
    return make<AnswerInquiry>("inquiry_id: \"" + id + "\" answered_on: \"" + on + "\" " + more);
}
AgreeMeasure measure(const std::string& owner = unit_head, const std::string& more = "") {
    return make<AgreeMeasure>("what: \"Ohje uusiksi\" due_by: \"2026-06-30\" owner: \"" + owner + "\" " +
                              more);
}
CompleteMeasure complete(const std::string& on = "2026-03-20") {
    return make<CompleteMeasure>("measure_id: \"a1\" done_on: \"" + on + "\"");
}
VerifyMeasure verify(const std::string& on = "2026-03-25") {
    return make<VerifyMeasure>("measure_id: \"a1\" verified_on: \"" + on + "\"");
}
Assign assign(const std::string& handler) {
    return make<Assign>("handler: \"" + handler + "\"");
}
Disqualify disqualify(const std::string& user, const std::string& to) {
    return make<Disqualify>("user: \"" + user + "\" superior: \"" + to + R"(" ground: "Hoiti itse")");
}
const auto withdraw = make<Withdraw>(R"(withdrawn_on: "2026-03-20")");
const auto transfer =
    make<Transfer>(R"(to: "HUS" transferred_on: "2026-03-04" sender_told_on: "2026-03-04" reason: "HUSin")");
const auto merge = make<Merge>(std::string("into: \"") + other_case + "\"");
const auto close = make<Close>(R"(closed_on: "2026-03-25")");
Reopen reopen(const std::string& on = "2026-03-26") {
    return make<Reopen>("reopened_on: \"" + on + R"(" new_facts: "Uusi lausunto")");
}
Link link(const std::string& other, const std::string& relation = "same-matter") {
    return make<Link>("other: \"" + other + "\" relation: \"" + relation + "\"");
}

auto answered() {
    return open_case().done(make<DraftReply>(R"(text: "Vastaus")"), make<SignReply>(R"(signed_on: "2026-03-20"
            outcomes { matter_id: "m1" outcome: "partly" reasons: "Koska" })"),
                            make<SendReply>(R"(sent_on: "2026-03-20" channel: "letter" recipient: "A"
            recipient_role: "client")"));
}
auto closed() {
    return answered().done(close);
}

}  // namespace

// ---- documents ----

TEST_CASE("documents are numbered in the order they are entered", "[casework]") {
    const auto first = open_case().when(document("incoming", "2026-03-02")).then_one<DocumentEntered>();
    CHECK(first.document_id() == "d1");
    CHECK_FALSE(first.late());
    CHECK(open_case()
              .done(document("incoming", "2026-03-02"))
              .when(document("outgoing", "2026-03-05"))
              .then_one<DocumentEntered>()
              .document_id() == "d2");
}

TEST_CASE("a document that comes to an ended case is taken in, and marked late", "[casework]") {
    CHECK(closed().when(document("incoming", "2026-03-30")).then_one<DocumentEntered>().late());
    CHECK(open_case()
              .done(withdraw)
              .when(document("incoming", "2026-03-30"))
              .then_one<DocumentEntered>()
              .late());
}

TEST_CASE("a document does not arrive before its case, though an inner paper may be older", "[casework]") {
    open_case()
        .when(document("incoming", "2026-03-01"))
        .then_refused(Reason::Invalid, "days.before_arrival", "dated_on");
    open_case().when(document("internal", "2025-11-20")).then_accepted();
    open_case()
        .when(document("internal", "2026-04-01"))
        .then_refused(Reason::Invalid, "days.in_future", "dated_on");
}

TEST_CASE("a document entered in error is retracted once, and nothing points at it any more", "[casework]") {
    const auto retract = make<RetractDocument>(R"(document_id: "d1" reason: "Väärä asia")");
    open_case().when(retract).then_refused(Reason::WrongState, "casework.no_documents");
    auto with_it = came("s1");
    with_it.set_document_id("d1");
    auto retracted = open_case().done(ask("osasto-3"), document("internal", "2026-03-12"), retract);
    retracted.when(with_it).then_refused(Reason::NotFound, "casework.no_such_document", "document_id");
    retracted.when(retract).then_refused(Reason::WrongState, "casework.no_documents");
    // Its number is not given again.
    CHECK(open_case()
              .done(document("incoming", "2026-03-02"), retract)
              .when(document("incoming", "2026-03-03"))
              .then_one<DocumentEntered>()
              .document_id() == "d2");
}

TEST_CASE("secret parts of a document have their ground", "[casework]") {
    open_case()
        .when(document("incoming", "2026-03-02", R"(secret_parts: "Sivu 2")"))
        .then_refused(Reason::Invalid, "casework.secrecy_ground_missing", "secrecy_ground");
    open_case()
        .when(document("incoming", "2026-03-02",
                       R"(secret_parts: "Sivu 2" secrecy_ground: "JulkL 24 § 1 mom 25 k")"))
        .then_accepted();
}

// ---- who handles it ----

TEST_CASE("a case is assigned to somebody who works in its area", "[casework]") {
    CHECK(open_case().done(assign(registrar)).state().work.handler == registrar);
    open_case()
        .when(assign(ombudsman))
        .then_refused(Reason::Invalid, "casework.handler_of_another_area", "handler");
    open_case()
        .done(assign(registrar))
        .when(assign(registrar))
        .then_refused(Reason::Invalid, "casework.handler_already", "handler");
    open_case().done(assign(registrar)).when(assign(lawyer)).then_accepted();
}

TEST_CASE("a disqualified person's case moves to the superior", "[casework]") {
    const auto state = open_case().done(assign(unit_head), disqualify(unit_head, superior)).state();
    CHECK(state.work.handler == superior);
    CHECK(casework::scope(state.work).disqualified == std::set<std::string>{unit_head});
}

TEST_CASE("whoever is disqualified does nothing more on the case, not even enter a paper", "[casework]") {
    const auto by_the_disqualified = [] {
        return open_case().done(disqualify(unit_head, superior)).by(unit_head);
    };
    by_the_disqualified()
        .when(document("incoming", "2026-03-05"))
        .then_refused(Reason::Disqualified, "casework.you_are_disqualified");
    by_the_disqualified()
        .when(make<DraftReply>(R"(text: "Vastaus")"))
        .then_refused(Reason::Disqualified, "casework.you_are_disqualified");
    by_the_disqualified()
        .when(assign(lawyer))
        .then_refused(Reason::Disqualified, "casework.you_are_disqualified");
}

TEST_CASE("a person may say of themselves that they are disqualified", "[casework]") {
    open_case().by(unit_head).when(disqualify(unit_head, superior)).then_accepted();
}

TEST_CASE("a measure is owned by somebody of the case's own area", "[casework]") {
    open_case().when(measure(unit_head)).then_accepted();
    open_case()
        .when(measure(ombudsman))
        .then_refused(Reason::Invalid, "casework.owner_of_another_area", "owner");
}

TEST_CASE("a case is not assigned to whoever is disqualified, nor its measures", "[casework]") {
    const auto so_far = [] { return open_case().done(disqualify(unit_head, superior)); };
    so_far()
        .when(assign(unit_head))
        .then_refused(Reason::Disqualified, "casework.handler_disqualified", "handler");
    so_far()
        .when(measure(unit_head))
        .then_refused(Reason::Disqualified, "casework.owner_disqualified", "owner");
    so_far()
        .when(disqualify(superior, unit_head))
        .then_refused(Reason::Disqualified, "casework.handler_disqualified", "superior");
}

TEST_CASE("the disqualified are replaced by another person, once", "[casework]") {
    open_case()
        .when(disqualify(unit_head, unit_head))
        .then_refused(Reason::Invalid, "casework.superior_is_the_disqualified", "superior");
    open_case()
        .done(disqualify(unit_head, superior))
        .when(disqualify(unit_head, lawyer))
        .then_refused(Reason::Invalid, "casework.disqualified_already", "user");
}

// ---- statements ----

TEST_CASE("a statement is due by the policy of the day it was asked, or by a date that is said",
          "[casework]") {
    const auto by_policy = open_case().when(ask("osasto-3")).then_one<StatementRequested>();
    CHECK(by_policy.statement_id() == "s1");
    CHECK(by_policy.due().due_by() == "2026-03-16");
    CHECK(by_policy.due().policy() == "reminder.statement");
    const auto said =
        open_case().when(ask("osasto-3", R"(due_by: "2026-03-09")")).then_one<StatementRequested>();
    CHECK(said.due().due_by() == "2026-03-09");
    CHECK(said.due().policy().empty());
    open_case()
        .when(ask("osasto-3", R"(due_by: "2026-03-04")"))
        .then_refused(Reason::Invalid, "casework.due_before_asking", "due_by");
}

TEST_CASE("a unit is asked again only when its earlier statement came or was waived", "[casework]") {
    open_case()
        .done(ask("osasto-3"))
        .when(ask("osasto-3"))
        .then_refused(Reason::WrongState, "casework.unit_asked_already", "unit");
    open_case().done(ask("osasto-3")).when(ask("terveysasema")).then_accepted();
    CHECK(open_case()
              .done(ask("osasto-3"), came("s1"))
              .when(ask("osasto-3"))
              .then_one<StatementRequested>()
              .statement_id() == "s2");
    open_case().done(ask("osasto-3"), waive("s1")).when(ask("osasto-3")).then_accepted();
}

TEST_CASE("a statement counts the days that the unit took", "[casework]") {
    CHECK(open_case().done(ask("osasto-3")).when(came("s1")).then_one<StatementReceived>().days() == 7);
}

TEST_CASE("only a statement that is awaited is chased, received or waived", "[casework]") {
    const auto chase = make<ChaseStatement>(R"(statement_id: "s1" chased_on: "2026-03-10")");
    open_case().when(chase).then_refused(Reason::WrongState, "casework.no_statement_awaited");
    open_case().when(came("s1")).then_refused(Reason::WrongState, "casework.no_statement_awaited");
    open_case().when(waive("s1")).then_refused(Reason::WrongState, "casework.no_statement_awaited");
    open_case()
        .done(ask("osasto-3"))
        .when(came("s2"))
        .then_refused(Reason::NotFound, "casework.no_such_statement", "statement_id");
    const auto one_of_two = [] { return open_case().done(ask("osasto-3"), ask("terveysasema")); };
    one_of_two()
        .done(came("s1"))
        .when(came("s1"))
        .then_refused(Reason::WrongState, "casework.statement_came_already", "statement_id");
    one_of_two()
        .done(waive("s1"))
        .when(chase)
        .then_refused(Reason::WrongState, "casework.statement_was_waived", "statement_id");
    one_of_two().done(chase, chase).when(came("s1")).then_accepted();
}

TEST_CASE("nothing becomes of a statement before it was asked", "[casework]") {
    const auto asked = [] { return open_case().done(ask("osasto-3")); };
    asked()
        .when(came("s1", "2026-03-04"))
        .then_refused(Reason::Invalid, "casework.before_asking", "received_on");
    asked()
        .when(waive("s1", "2026-03-04"))
        .then_refused(Reason::Invalid, "casework.before_asking", "waived_on");
    asked()
        .when(make<ChaseStatement>(R"(statement_id: "s1" chased_on: "2026-03-04")"))
        .then_refused(Reason::Invalid, "casework.before_asking", "chased_on");
}

TEST_CASE("a statement's document is one of the case's", "[casework]") {
    auto with_paper = came("s1");
    with_paper.set_document_id("d1");
    open_case()
        .done(ask("osasto-3"))
        .when(with_paper)
        .then_refused(Reason::NotFound, "casework.no_such_document", "document_id");
    open_case().done(ask("osasto-3"), document("internal", "2026-03-12")).when(with_paper).then_accepted();
}

TEST_CASE("the units that were asked belong to the case's scope", "[casework]") {
    CHECK(casework::scope(open_case().done(ask("terveysasema")).state().work).involved_units ==
          std::set<std::string>{"terveysasema"});
}

// ---- notices ----

TEST_CASE("a notice is kept as it was given, and only of what has taken place", "[casework]") {
    const auto tell = [](const std::string& on) {
        return make<Notify>(
            "recipient: \"Aino\" recipient_role: \"client\" channel: \"phone\" notified_on: \"" + on + "\"");
    };
    Notified event;
    *event.mutable_given() = tell("2026-03-20");
    open_case().when(tell("2026-03-20")).then(event);
    open_case().when(tell("2026-04-01")).then_refused(Reason::Invalid, "days.in_future", "notified_on");
    closed().when(tell("2026-03-30")).then_accepted();
}

// ---- inquiries ----

TEST_CASE("each kind of inquiry has its own due date", "[casework]") {
    const auto due = [](const std::string& kind) {
        return open_case().when(inquiry(kind)).then_one<InquiryReceived>().due();
    };
    CHECK(due("progress").due_by() == "2026-03-17");
    CHECK(due("document-copy").due_by() == "2026-03-24");
    CHECK(due("own-data").due_by() == "2026-04-10");
    CHECK(due("log-data").due_by() == "2026-05-11");  // two months end on a Sunday
    CHECK(due("log-data").policy() == "inquiry.log-data");
}

TEST_CASE("an inquiry is answered once, with its days and whether it was in time", "[casework]") {
    const auto asked = [] { return open_case().done(inquiry("progress")); };
    const auto event = asked().when(answer("i1")).then_one<InquiryAnswered>();
    CHECK(event.facts().days() == 6);
    CHECK(event.facts().kept());
    CHECK_FALSE(asked().when(answer("i1", "2026-03-18")).then_one<InquiryAnswered>().facts().kept());
    open_case().when(answer("i1")).then_refused(Reason::WrongState, "casework.no_inquiry_open");
    asked()
        .done(answer("i1"))
        .when(answer("i1"))
        .then_refused(Reason::WrongState, "casework.no_inquiry_open");
    asked()
        .done(inquiry("file-copy"), answer("i1"))
        .when(answer("i1"))
        .then_refused(Reason::WrongState, "casework.inquiry_answered_already", "inquiry_id");
    asked().when(answer("i2")).then_refused(Reason::NotFound, "casework.no_such_inquiry", "inquiry_id");
    asked()
        .when(answer("i1", "2026-03-09"))
        .then_refused(Reason::Invalid, "casework.answered_before_asked", "answered_on");
}

TEST_CASE("what is withheld from an answer has its ground", "[casework]") {
    const auto asked = [] { return open_case().done(inquiry("file-copy")); };
    asked()
        .when(answer("i1", "2026-03-16", R"(parts_withheld: "Sivut 3-4")"))
        .then_refused(Reason::Invalid, "casework.withheld_ground_missing", "withheld_ground");
    asked()
        .when(answer("i1", "2026-03-16", R"(parts_withheld: "Sivut 3-4" withheld_ground: "JulkL 11 §")"))
        .then_accepted();
}

TEST_CASE("what a guardian gets leaves out what a minor has banned, and the sender says so", "[casework]") {
    auto of_a_minor = registration;
    of_a_minor.mutable_opening()->mutable_client()->set_disclosure_banned(true);
    const auto asked = [&] { return given<State>().done(of_a_minor, inquiry("file-copy")); };
    asked()
        .when(answer("i1"))
        .then_refused(Reason::Invalid, "casework.recipient_role_missing", "recipient_role");
    asked()
        .when(answer("i1", "2026-03-16", R"(recipient_role: "guardian")"))
        .then_refused(Reason::NeedsConfirmation, "casework.minor_has_banned_disclosure",
                      "banned_parts_left_out");
    asked()
        .when(answer("i1", "2026-03-16", R"(recipient_role: "guardian" banned_parts_left_out: true)"))
        .then_accepted();
    asked().when(answer("i1", "2026-03-16", R"(recipient_role: "client")")).then_accepted();
    const auto tell = [](const std::string& more) {
        return make<Notify>(R"(recipient: "Huoltaja" recipient_role: "guardian" channel: "letter"
            notified_on: "2026-03-20" )" +
                            more);
    };
    asked().when(tell("")).then_refused(Reason::NeedsConfirmation, "casework.minor_has_banned_disclosure",
                                        "banned_parts_left_out");
    asked().when(tell("banned_parts_left_out: true")).then_accepted();
}

TEST_CASE("an ended case still takes inquiries and their answers", "[casework]") {
    closed().done(inquiry("log-data", "2026-03-30")).when(answer("i1", "2026-03-31")).then_accepted();
    CHECK(domain::next_step(closed().done(inquiry("log-data", "2026-03-30")).any()) == "next.answer-inquiry");
}

// ---- measures ----

TEST_CASE("a measure is agreed, done and verified, in that order and once each", "[casework]") {
    CHECK(open_case().when(measure()).then_one<MeasureAgreed>().measure_id() == "a1");
    const auto agreed = [] { return open_case().done(measure()); };
    open_case().when(complete()).then_refused(Reason::WrongState, "casework.no_measure_open");
    agreed().when(verify()).then_refused(Reason::WrongState, "casework.no_measure_to_verify");
    agreed().done(complete()).when(complete()).then_refused(Reason::WrongState, "casework.no_measure_open");
    agreed()
        .done(complete())
        .when(verify("2026-03-19"))
        .then_refused(Reason::Invalid, "casework.verified_before_done", "verified_on");
    agreed()
        .done(complete(), verify())
        .when(verify())
        .then_refused(Reason::WrongState, "casework.no_measure_to_verify");
}

TEST_CASE("of several measures each goes its own way", "[casework]") {
    const auto two = [] { return open_case().done(measure(), measure()); };
    two()
        .done(complete())
        .when(complete())
        .then_refused(Reason::WrongState, "casework.measure_done_already", "measure_id");
    auto second = verify();
    second.set_measure_id("a2");
    two()
        .done(complete())
        .when(second)
        .then_refused(Reason::WrongState, "casework.measure_not_done", "measure_id");
    auto second_done = complete();
    second_done.set_measure_id("a2");
    two()
        .done(complete(), second_done, verify())
        .when(verify())
        .then_refused(Reason::WrongState, "casework.measure_verified_already", "measure_id");
    auto third = complete();
    third.set_measure_id("a3");
    two().when(third).then_refused(Reason::NotFound, "casework.no_such_measure", "measure_id");
    third.set_measure_id("s1");
    two().when(third).then_refused(Reason::NotFound, "casework.no_such_measure", "measure_id");
}

TEST_CASE("a measure belongs to a matter of the case and is due after it arrived", "[casework]") {
    open_case()
        .when(measure(unit_head, R"(matter_id: "m2")"))
        .then_refused(Reason::NotFound, "casework.no_such_matter", "matter_id");
    open_case().when(measure(unit_head, R"(matter_id: "m1")")).then_accepted();
    auto early = measure();
    early.set_due_by("2026-03-01");
    open_case().when(early).then_refused(Reason::Invalid, "casework.due_before_arrival", "due_by");
}

TEST_CASE("an open measure does not hold a case open, and is done and verified after it closed",
          "[casework]") {
    const auto still_open = [] { return answered().done(measure(), close); };
    CHECK(domain::next_step(still_open().any()) == "next.complete-measure");
    CHECK(domain::next_step(still_open().done(complete("2026-03-30")).any()) == "next.verify-measure");
    still_open().done(complete("2026-03-30")).when(verify("2026-03-31")).then_accepted();
    const auto items = domain::due_dates(still_open().any());
    REQUIRE(items.size() == 2);
    CHECK(items[1].what == "measure");
    CHECK_FALSE(items[1].met);
}

// ---- ends and turns ----

TEST_CASE("a case can be withdrawn, transferred or merged while it is open", "[casework]") {
    CHECK(domain::stage(open_case().done(withdraw).any()) == "stage.withdrawn");
    CHECK(domain::stage(open_case().done(transfer).any()) == "stage.transferred");
    CHECK(domain::stage(open_case().done(merge).any()) == "stage.merged");
}

TEST_CASE("an ended case is not worked on, and says how it ended", "[casework]") {
    closed().when(assign(registrar)).then_refused(Reason::WrongState, "casework.case_is_closed");
    open_case()
        .done(withdraw)
        .when(ask("osasto-3"))
        .then_refused(Reason::WrongState, "casework.case_is_withdrawn");
    open_case().done(transfer).when(withdraw).then_refused(Reason::WrongState,
                                                           "casework.case_is_transferred");
    open_case().done(merge).when(measure()).then_refused(Reason::WrongState, "casework.case_is_merged");
    closed().when(close).then_refused(Reason::WrongState, "casework.case_is_closed");
}

TEST_CASE("a transfer tells the sender", "[casework]") {
    open_case()
        .when(make<Transfer>(R"(to: "HUS" transferred_on: "2026-03-04")"))
        .then_refused(Reason::Invalid, "field.required", "sender_told_on");
    open_case()
        .when(make<Transfer>(R"(to: "HUS" transferred_on: "2026-03-04" sender_told_on: "2026-04-01")"))
        .then_refused(Reason::Invalid, "days.in_future", "sender_told_on");
}

TEST_CASE("an end is not before the arrival", "[casework]") {
    open_case()
        .when(make<Withdraw>(R"(withdrawn_on: "2026-03-01")"))
        .then_refused(Reason::Invalid, "days.before_arrival", "withdrawn_on");
    answered()
        .when(make<Close>(R"(closed_on: "2026-03-19")"))
        .then_refused(Reason::Invalid, "casework.closed_before_answer", "closed_on");
}

TEST_CASE("a case is not merged into itself, nor linked to itself or twice", "[casework]") {
    open_case()
        .when(make<Merge>(std::string("into: \"") + this_case + "\""))
        .then_refused(Reason::Invalid, "casework.merged_into_itself", "into");
    open_case().when(link(this_case)).then_refused(Reason::Invalid, "casework.linked_to_itself", "other");
    open_case()
        .done(link(other_case))
        .when(link(other_case))
        .then_refused(Reason::Invalid, "casework.linked_already", "other");
    open_case().done(link(other_case)).when(link(other_case, "related")).then_accepted();
    closed().when(link(other_case)).then_accepted();
}

TEST_CASE("closing waits for statements and inquiries, and names each that it waits for", "[casework]") {
    const auto statement_open = [] {
        return open_case().done(ask("osasto-3"), make<DraftReply>(R"(text: "V")"),
                                make<SignReply>(R"(signed_on: "2026-03-20"
                outcomes { matter_id: "m1" outcome: "partly" reasons: "Koska" })"),
                                make<SendReply>(R"(sent_on: "2026-03-20" channel: "letter" recipient: "A"
                recipient_role: "client")"));
    };
    statement_open().when(close).then_refused(Reason::WrongState, "casework.close_waits_for_statement");
    CHECK(statement_open().when(close).rejection().args.at("id") == "s1");
    statement_open().done(waive("s1")).when(close).then_accepted();
    statement_open().done(came("s1")).when(close).then_accepted();

    answered()
        .done(inquiry("progress"))
        .when(close)
        .then_refused(Reason::WrongState, "casework.close_waits_for_inquiry");
    const auto both = statement_open().done(inquiry("progress")).when(close).rejection();
    REQUIRE(both.more.size() == 1);
    CHECK(both.more[0].text == "casework.close_waits_for_inquiry");
}

TEST_CASE("only an ended case is reopened, and not before its end", "[casework]") {
    open_case().when(reopen()).then_refused(Reason::WrongState, "casework.not_ended");
    closed()
        .when(reopen("2026-03-24"))
        .then_refused(Reason::Invalid, "casework.reopened_before_end", "reopened_on");
    closed()
        .when(make<Reopen>(R"(reopened_on: "2026-03-26")"))
        .then_refused(Reason::Invalid, "field.required", "new_facts");
    for (const auto& end : std::vector<std::shared_ptr<google::protobuf::Message>>{
             std::make_shared<Withdraw>(withdraw), std::make_shared<Transfer>(transfer),
             std::make_shared<Merge>(merge)})
        open_case().done(*end).when(reopen()).then_accepted();
    open_case().done(withdraw, reopen()).when(assign(registrar)).then_accepted();
}

// ---- history from another system ----

namespace {

ImportCase row(const std::string& more = "", const std::string& opening = "") {
    return make<ImportCase>(
        R"(source: "Vanha" opening { arrived_on: "2018-03-05" channel: "letter" units: "osasto-3"
        cause: "care" maker: "client" external_id: "77" )" +
        opening + "} " + more);
}

}  // namespace

TEST_CASE("an imported row without an end is an open case", "[casework]") {
    const auto event = given<State>().when(row()).then_one<CaseImported>();
    CHECK_FALSE(event.has_facts());
    CHECK(event.coarse().month() == "2018-03");
    CHECK(event.coarse().department() == "sairaala");
    CHECK(event.due().due_by() == "2018-04-03");  // 28 days end on Easter Monday
    CHECK(event.given().opening().diary_number() == "HEL 2026-000123");
    given<State>().done(row()).when(assign(registrar)).then_accepted();
}

TEST_CASE("an imported row with an end is a settled case with its days and whether it was in time",
          "[casework]") {
    const auto event = given<State>()
                           .when(row(R"(due_by: "2018-04-01" closed_on: "2018-04-02" outcome: "partly")"))
                           .then_one<CaseImported>();
    CHECK(event.facts().days() == 28);
    CHECK_FALSE(event.facts().kept());
    CHECK(event.facts().month() == "2018-04");
    CHECK(event.due().due_by() == "2018-04-01");
    CHECK(event.due().policy().empty());
    CHECK(domain::stage(given<State>().done(row(R"(closed_on: "2018-04-02")")).any()) == "stage.closed");
}

TEST_CASE("instants decide where a row has them, and give the days it does not say", "[casework]") {
    const auto at = [](const std::string& due, const std::string& closed) {
        return given<State>()
            .when(row("due_at { seconds: " + due + " } closed_at { seconds: " + closed + " }"))
            .then_one<CaseImported>();
    };
    const auto late = at("1522569600", "1522573200");  // 8.00 and 9.00 UTC on 1.4.2018
    CHECK_FALSE(late.facts().kept());
    CHECK(late.given().closed_on() == "2018-04-01");
    CHECK(late.due().due_by() == "2018-04-01");
    CHECK(at("1522573200", "1522569600").facts().kept());
}

TEST_CASE("a row that ends or was forwarded before it arrived is refused", "[casework]") {
    given<State>()
        .when(row(R"(closed_on: "2018-03-04")"))
        .then_refused(Reason::Invalid, "casework.import_before_arrival", "closed_on");
    given<State>()
        .when(row(R"(asked_on: "2018-03-04")"))
        .then_refused(Reason::Invalid, "casework.import_before_arrival", "asked_on");
    given<State>()
        .when(row(R"(closed_on: "2018-03-05" arrived_at { seconds: 1520236801 }
                     closed_at { seconds: 1520236800 })"))
        .then_refused(Reason::Invalid, "casework.import_before_arrival", "closed_at");
}

TEST_CASE("a row of the future is refused", "[casework]") {
    given<State>()
        .when(row(R"(closed_on: "2026-04-01")"))
        .then_refused(Reason::Invalid, "days.in_future", "closed_on");
    given<State>()
        .on("2018-03-04")
        .when(row())
        .then_refused(Reason::Invalid, "days.in_future", "opening.arrived_on");
}

TEST_CASE("a row's outcome belongs to its kind and to a settled case", "[casework]") {
    given<State>()
        .when(row(R"(outcome: "partly")"))
        .then_refused(Reason::Invalid, "casework.import_outcome_while_open", "outcome");
    given<State>()
        .when(row(R"(closed_on: "2018-04-02" outcome: "reprimand")"))
        .then_refused(Reason::Invalid, "casework.import_outcome_unknown", "outcome");
    given<complaint::State>().when(row(R"(closed_on: "2018-04-02" outcome: "reprimand")")).then_accepted();
    given<request::State>()
        .when(row(R"(closed_on: "2018-04-02" outcome: "partly")"))
        .then_refused(Reason::Invalid, "casework.import_outcome_unknown", "outcome");
}

TEST_CASE("a row's causes are those of reminders and complaints, not those of contacts", "[casework]") {
    auto of_a_contact = row();
    of_a_contact.mutable_opening()->set_cause("patient-fees");
    given<State>()
        .when(of_a_contact)
        .then_refused(Reason::Invalid, "casework.import_cause_unknown", "opening.cause");
    given<State>()
        .when(row("", R"(other_causes: "patient-fees")"))
        .then_refused(Reason::Invalid, "casework.import_cause_unknown", "opening.other_causes[0]");
    given<State>()
        .when(row("", R"(matters { cause: "patient-fees" })"))
        .then_refused(Reason::Invalid, "casework.import_cause_unknown", "opening.matters[0].cause");
}

TEST_CASE("the same row again is a correction, which may settle the case or open it", "[casework]") {
    const auto settled =
        given<State>().done(row()).when(row(R"(closed_on: "2018-04-02")")).then_one<ImportCorrected>();
    CHECK(settled.has_facts());
    CHECK(settled.given().opening().diary_number() == "HEL 2026-000123");
    CHECK(domain::stage(given<State>().done(row(R"(closed_on: "2018-04-02")"), row()).any()) ==
          "stage.registered");
}

TEST_CASE("an import does not overrule what was done here", "[casework]") {
    open_case().when(row()).then_refused(Reason::WrongState, "casework.not_imported");
    given<State>()
        .done(row(), withdraw)
        .when(row())
        .then_refused(Reason::WrongState, "casework.import_after_work");
    given<State>()
        .done(row(R"(closed_on: "2018-04-02")"), reopen())
        .when(row(R"(closed_on: "2018-04-02")"))
        .then_refused(Reason::WrongState, "casework.import_after_work");
    given<State>()
        .done(row(), make<DraftReply>(R"(text: "V")"), make<SignReply>(R"(signed_on: "2026-03-20"
                outcomes { matter_id: "m1" outcome: "partly" reasons: "Koska" })"),
              make<SendReply>(
                  R"(sent_on: "2026-03-20" channel: "letter" recipient: "A" recipient_role: "client")"))
        .when(row())
        .then_refused(Reason::WrongState, "casework.import_after_work");
}

TEST_CASE("an imported case that was settled can be reopened on new facts", "[casework]") {
    given<State>().done(row(R"(closed_on: "2018-04-02")")).when(reopen()).then_accepted();
}

// ---- when the key is gone ----

// ---- legal hold ----

TEST_CASE("a hold is placed with its reason, on an open case and on one that has ended however",
          "[casework]") {
    const auto hold = make<PlaceHold>(R"(reason: "Oikeudenkäynti")");
    CHECK(open_case().when(hold).then_one<HoldPlaced>().hold_id() == "h1");
    for (const google::protobuf::Message* end :
         std::vector<const google::protobuf::Message*>{&withdraw, &transfer, &merge})
        open_case().done(*end).when(hold).then_accepted();
    open_case().when(PlaceHold()).then_refused(Reason::Invalid, "field.required", "reason");
    given<State>().when(hold).then_refused(Reason::NotFound, "casework.not_opened");
}

TEST_CASE("a hold ends on its day, or when it is lifted; of several the one that ends last keeps the case",
          "[casework]") {
    const auto in_force = [](const Given<State>& now, const char* on) {
        const auto* hold = casework::hold(now.state().work.holds, *parse_date(on));
        return hold == nullptr ? std::string() : hold->id;
    };
    const auto until_may = make<PlaceHold>(R"(reason: "Tutkinta" until: "2026-05-31")");
    const auto until_june = make<PlaceHold>(R"(reason: "Vaatimus" until: "2026-06-30")");
    const auto for_good = make<PlaceHold>(R"(reason: "Oikeudenkäynti")");
    const auto lift = make<LiftHold>(R"(hold_id: "h1" reason: "Ratkaistu")");
    CHECK(in_force(open_case(), "2026-04-01").empty());
    const auto two = open_case().done(until_may, until_june);
    CHECK(in_force(two, "2026-05-31") == "h2");
    CHECK(in_force(two, "2026-06-30") == "h2");
    CHECK(in_force(two, "2026-07-01").empty());
    CHECK(in_force(open_case().done(until_june, until_may), "2026-05-31") == "h1");
    CHECK(in_force(open_case().done(for_good, until_june), "2099-01-01") == "h1");
    CHECK(in_force(open_case().done(until_june, for_good), "2026-04-01") == "h2");
    CHECK(in_force(open_case().done(for_good, lift), "2026-04-01").empty());
    CHECK(in_force(open_case().done(for_good, until_june, lift), "2026-04-01") == "h2");
    open_case().when(make<PlaceHold>(R"(reason: "x" until: "2026-03-31")")).then_accepted();
    open_case()
        .when(make<PlaceHold>(R"(reason: "x" until: "2026-03-30")"))
        .then_refused(Reason::Invalid, "casework.hold_has_ended", "until");
}

TEST_CASE("a hold is lifted once, with its reason", "[casework]") {
    const auto hold = make<PlaceHold>(R"(reason: "Oikeudenkäynti")");
    const auto lift = [](const std::string& id) {
        return make<LiftHold>("hold_id: \"" + id + R"(" reason: "Ratkaistu")");
    };
    open_case().when(lift("h1")).then_refused(Reason::WrongState, "casework.no_hold");
    open_case()
        .done(hold)
        .when(lift("h2"))
        .then_refused(Reason::NotFound, "casework.no_such_hold", "hold_id");
    open_case()
        .done(hold, hold, lift("h1"))
        .when(lift("h1"))
        .then_refused(Reason::WrongState, "casework.hold_lifted_already", "hold_id");
    open_case().done(hold, withdraw).when(lift("h1")).then_accepted();
    open_case()
        .done(hold)
        .when(make<LiftHold>(R"(hold_id: "h1")"))
        .then_refused(Reason::Invalid, "field.required", "reason");
}

TEST_CASE("a hold outlives the reopening and the correction of its case", "[casework]") {
    const auto now = open_case().done(make<PlaceHold>(R"(reason: "Oikeudenkäynti")"), withdraw,
                                      make<Reopen>(R"(reopened_on: "2026-03-30" new_facts: "Uutta")"));
    CHECK(now.state().work.holds.size() == 1);
}

TEST_CASE("a merged case says into which and on what day, until it is reopened", "[casework]") {
    const auto now = open_case().done(merge);
    CHECK(now.state().work.merged_into == other_case);
    CHECK(casework::ended(now.state().work)->on == parse_date("2026-03-31"));
    const auto again =
        open_case().done(merge, make<Reopen>(R"(reopened_on: "2026-03-31" new_facts: "Uutta")"));
    CHECK(again.state().work.merged_into.empty());
}

TEST_CASE("events whose sealed parts are gone still tell how far the case came", "[casework]") {
    StatementRequested asked;
    asked.set_statement_id("s1");
    asked.mutable_due()->set_policy("reminder.statement");
    StatementReceived received;
    received.mutable_given()->set_statement_id("s1");
    received.set_days(7);
    InquiryReceived inquired;
    inquired.set_inquiry_id("i1");
    InquiryAnswered told;
    told.mutable_given()->set_inquiry_id("i1");
    MeasureAgreed agreed;
    agreed.set_measure_id("a1");
    MeasureCompleted done;
    done.mutable_given()->set_measure_id("a1");
    ReplySent sent;
    sent.mutable_facts()->set_days(21);
    const auto so_far =
        given<State>(ReminderRegistered(), asked, StatementChased(), received, inquired, told, agreed, done,
                     MeasureVerified(), Notified(), Linked(), ReplyDrafted(), ReplySigned(), sent, Closed());
    CHECK(domain::stage(so_far.any()) == "stage.closed");
    const auto items = domain::due_dates(so_far.any());
    REQUIRE(items.size() == 3);  // the opening said no due date that is still known
    for (const auto& item : items) {
        CHECK(item.met);
        CHECK(item.met_on.empty());
    }
}

TEST_CASE("an event about something unknown is passed over", "[casework]") {
    StatementReceived received;
    received.mutable_given()->set_statement_id("s9");
    CHECK(given<State>(ReminderRegistered(), received, StatementWaived(), InquiryAnswered(),
                       MeasureCompleted(), UnitSet(), RulingRecorded())
              .state()
              .work.statements.empty());
}

}  // namespace vastine::domain::testing
