#include "domain/cases/clock.hpp"

#include <random>

#include "domain/calendar/due.hpp"
#include "tests/domain/cases/given.hpp"

namespace vastine::domain::testing {

namespace {

// The county with its rule for answers as the test needs it, over the default one.
Reference ruled(const std::string& policy, const std::string& valid_from = "1900-01-01",
                std::uint32_t version = 2) {
    Reference reference = organisation();
    PolicySet event;
    *event.mutable_given() = make<SetPolicy>(
        "policy: \"reminder.answer\" target_count: 28 target_unit: \"day\" warn_days: 21 "
        "escalate_days: 30 critical_days: 60 ground: \"Kohtuullinen aika\" " +
        policy);
    event.mutable_given()->set_valid_from(valid_from);
    event.set_version(version);
    reference.apply(event);
    return reference;
}
const Reference& pausing() {
    static const Reference reference = ruled("pause_allowed: true pause_credited: true");
    return reference;
}

// Arrived on Monday 2 March 2026: four weeks end on Monday 30 March.
auto registered(const Reference& reference, const std::string& arrived_on = "2026-03-02") {
    return given<reminder::State>()
        .with(reference)
        .on("2026-06-30")
        .done(make<RegisterReminder>(
            "opening { arrived_on: \"" + arrived_on +
            R"(" channel: "letter" units: "osasto-3" sectors: "health" cause: "care" maker: "client" })"));
}
AskCompletion ask(const std::string& on) {
    return make<AskCompletion>("asked_on: \"" + on + "\" due_by: \"2026-06-01\" what: \"Valtakirja\"");
}
ReceiveCompletion receive(const std::string& on) {
    return make<ReceiveCompletion>("received_on: \"" + on + "\"");
}
ExtendReminder extend(const std::string& to, const std::string& told_on = "2026-03-20") {
    return make<ExtendReminder>("due_by: \"" + to + "\" reason: \"Viipyy\" client_told_on: \"" + told_on +
                                "\"");
}
const auto draft = make<DraftReply>(R"(text: "Vastaus")");
SignReply sign(const std::string& on) {
    return make<SignReply>("signed_on: \"" + on +
                           R"(" outcomes { matter_id: "m1" outcome: "partly" reasons: "Koska" })");
}
SendReply send(const std::string& on) {
    return make<SendReply>("sent_on: \"" + on +
                           R"(" channel: "letter" recipient: "A" recipient_role: "client")");
}
std::string due(const Given<reminder::State>& now) {
    return now.state().work.due->due_by();
}
std::vector<std::string> story(const casework::Casework& work) {
    std::vector<std::string> steps;
    for (const auto& step : work.clock) {
        auto& text =
            steps.emplace_back(step.what + " " + (step.on ? to_string(*step.on) : "-") + " " + step.due_by);
        if (step.days != 0) text += " " + std::to_string(step.days);
    }
    return steps;
}

}  // namespace

// ---- pauses ----

TEST_CASE("the clock starts at arrival, also when the case is entered later", "[clock]") {
    const auto now = registered(pausing());
    CHECK(due(now) == "2026-03-30");
    CHECK(story(now.state().work) == std::vector<std::string>{"started 2026-03-02 2026-03-30"});
}

TEST_CASE("an awaited completion pauses the own target where the policy lets it", "[clock]") {
    CHECK(registered(pausing()).when(ask("2026-03-09")).then_one<CompletionAsked>().pauses());
    const auto paused = registered(pausing()).done(ask("2026-03-09"));
    CHECK(paused.state().work.paused_on == parse_date("2026-03-09"));
    CHECK(due_dates(paused.any()).front().paused_on == parse_date("2026-03-09"));
    const auto never = ruled("");
    CHECK_FALSE(registered(never).when(ask("2026-03-09")).then_one<CompletionAsked>().pauses());
    const auto going_on = registered(never).done(ask("2026-03-09"), receive("2026-03-20"));
    CHECK(due(going_on) == "2026-03-30");
}

TEST_CASE("a pause that is not credited leaves the due date", "[clock]") {
    const auto uncredited = ruled("pause_allowed: true");
    const auto event = registered(uncredited)
                           .done(ask("2026-03-09"))
                           .when(receive("2026-03-20"))
                           .then_one<CompletionReceived>();
    CHECK(event.credited_days() == 0);
    CHECK(event.due().due_by() == "2026-03-30");
}

TEST_CASE("a pause of n days credits n, and the due date is never a day off", "[clock]") {
    const Date asked = *parse_date("2026-03-09");
    for (int n = 0; n <= 80; ++n) {
        CAPTURE(n);
        const auto now = registered(pausing()).done(ask(to_string(asked)),
                                                    receive(to_string(asked + std::chrono::days(n))));
        const auto& work = now.state().work;
        REQUIRE(work.credited_days == static_cast<unsigned>(n));
        REQUIRE(work.due->counted_to() == to_string(*parse_date("2026-03-30") + std::chrono::days(n)));
        REQUIRE_FALSE(day_off(*parse_date(work.due->due_by())));
        REQUIRE(work.due->due_by() >= work.due->counted_to());
        REQUIRE(work.due->warn_on() == to_string(*parse_date("2026-03-23") + std::chrono::days(n)));
        REQUIRE(work.due->critical_on() == "2026-05-01");
        REQUIRE(work.calendar_due->due_by() == "2026-03-30");
    }
}

TEST_CASE("several pauses are credited together from the unmoved end", "[clock]") {
    const auto now = registered(pausing()).done(ask("2026-03-09"), receive("2026-03-13"), ask("2026-03-16"),
                                                receive("2026-03-19"));
    // 28 + 4 + 3 days: Monday 6 April, which is Easter Monday.
    CHECK(now.state().work.due->counted_to() == "2026-04-06");
    CHECK(due(now) == "2026-04-07");
    CHECK(story(now.state().work) ==
          std::vector<std::string>{"started 2026-03-02 2026-03-30", "paused 2026-03-09 2026-03-30",
                                   "resumed 2026-03-13 2026-04-07 4", "paused 2026-03-16 2026-04-07",
                                   "resumed 2026-03-19 2026-04-07 3"});
    CHECK(due_dates(now.any()).front().calendar_due_by == "2026-03-30");
}

TEST_CASE("the version that was promised decides on pauses, not a later one", "[clock]") {
    Reference changed = pausing();
    PolicySet without;
    *without.mutable_given() = make<SetPolicy>(
        R"(policy: "reminder.answer" valid_from: "1950-01-01" target_count: 14 target_unit: "day")");
    without.set_version(3);
    const auto before = registered(pausing());
    changed.apply(without);
    auto now = registered(pausing());
    CHECK(std::move(now).with(changed).when(ask("2026-03-09")).then_one<CompletionAsked>().pauses());
}

// ---- what is reported ----

TEST_CASE("the law knows no pause: kept is by the calendar, kept credited by the own target", "[clock]") {
    const auto answered = [](const std::string& on) {
        return registered(pausing())
            .done(ask("2026-03-09"), receive("2026-03-19"), draft, sign(on))
            .when(send(on))
            .then_one<ReplySent>()
            .facts();
    };
    const auto early = answered("2026-03-30");
    CHECK(early.days() == 28);
    CHECK(early.kept());
    CHECK(early.kept_credited());
    const auto late = answered("2026-04-09");
    CHECK(late.days() == 38);
    CHECK(late.credited_days() == 10);
    CHECK_FALSE(late.kept());
    CHECK(late.kept_credited());
    CHECK_FALSE(answered("2026-04-10").kept_credited());
}

TEST_CASE("an answer during a pause is credited the days until it left", "[clock]") {
    const auto now = registered(pausing()).done(ask("2026-03-20"), draft, sign("2026-04-07"));
    const auto facts = now.when(send("2026-04-07")).then_one<ReplySent>().facts();
    CHECK(facts.credited_days() == 18);
    CHECK_FALSE(facts.kept());
    CHECK(facts.kept_credited());
    const auto sent =
        registered(pausing()).done(ask("2026-03-20"), draft, sign("2026-04-07"), send("2026-04-07"));
    CHECK_FALSE(sent.state().work.paused);
    CHECK(story(sent.state().work).back() == "satisfied 2026-04-07 2026-03-30 18");
}

// ---- extensions ----

TEST_CASE("an extension says why, when the client was told, and on what ground", "[clock]") {
    const auto event = registered(pausing()).when(extend("2026-04-14")).then_one<ReminderExtended>();
    CHECK(event.given().legal_ground() == "Kohtuullinen aika");
    CHECK(event.days() == 15);
    CHECK(event.due().due_by() == "2026-04-14");
    CHECK(event.due().runs_from() == "extension");
    CHECK(event.due().warn_on() == "2026-04-07");
    CHECK(event.due().critical_on() == "2026-05-01");
    auto grounded = extend("2026-04-14");
    grounded.set_legal_ground("812/2000 23 §");
    CHECK(registered(pausing()).when(grounded).then_one<ReminderExtended>().given().legal_ground() ==
          "812/2000 23 §");
    const auto groundless = [] {
        Reference reference = ruled("");
        PolicySet bare;
        *bare.mutable_given() = make<SetPolicy>(
            R"(policy: "reminder.answer" valid_from: "1900-01-01" target_count: 28 target_unit: "day")");
        bare.set_version(3);
        reference.apply(bare);
        return reference;
    }();
    registered(groundless)
        .when(extend("2026-04-14"))
        .then_refused(Reason::Invalid, "reminder.legal_ground_missing", "legal_ground");
}

TEST_CASE("the policy says how often a reminder is extended, how long, and by whom", "[clock]") {
    const auto limited = ruled("extensions_max: 1 extension_days_max: 14 extended_by: [LAWYER]");
    CHECK(due(registered(limited).done(extend("2026-04-13"))) == "2026-04-13");
    registered(limited)
        .when(extend("2026-04-14"))
        .then_refused(Reason::Invalid, "reminder.extension_too_long", "due_by");
    registered(limited)
        .done(extend("2026-04-10"))
        .when(extend("2026-04-13"))
        .then_refused(Reason::Invalid, "reminder.extended_often_enough", "due_by");
    registered(limited)
        .by(registrar)
        .when(extend("2026-04-10"))
        .then_refused(Reason::Forbidden, "reminder.extension_by_others");
    // Who works on the data folder itself is no user.
    registered(limited).by("99999999-9999-4999-8999-999999999999").when(extend("2026-04-10")).then_accepted();
}

TEST_CASE("a clock that waits is not extended", "[clock]") {
    registered(pausing())
        .done(ask("2026-03-09"))
        .when(extend("2026-04-14"))
        .then_refused(Reason::WrongState, "reminder.extended_while_paused");
}

TEST_CASE("a pause after an extension moves the date that the client was told", "[clock]") {
    const auto now =
        registered(pausing()).done(extend("2026-04-14"), ask("2026-04-01"), receive("2026-04-06"));
    // Five days after 14 April is Sunday the 19th.
    CHECK(now.state().work.due->counted_to() == "2026-04-19");
    CHECK(due(now) == "2026-04-20");
    CHECK(now.state().work.calendar_due->due_by() == "2026-03-30");
}

TEST_CASE("an extension is no pause: it is told, and the calendar goes on", "[clock]") {
    const auto facts = registered(pausing())
                           .done(extend("2026-04-14"), draft, sign("2026-04-14"))
                           .when(send("2026-04-14"))
                           .then_one<ReplySent>()
                           .facts();
    CHECK_FALSE(facts.kept());
    CHECK(facts.kept_credited());
    CHECK(facts.credited_days() == 0);
}

// ---- correction, reopening, recomputing ----

CorrectOpening arrived(const std::string& on) {
    return make<CorrectOpening>("reason: \"Postileima\" opening { arrived_on: \"" + on +
                                R"(" channel: "letter" units: "osasto-3" sectors: "health" cause: "care"
        maker: "client" })");
}

TEST_CASE("a corrected arrival moves the clock with its pauses", "[clock]") {
    const auto now =
        registered(pausing()).done(ask("2026-03-09"), receive("2026-03-19"), arrived("2026-02-27"));
    CHECK(now.state().work.due->counted_to() == "2026-04-06");
    CHECK(due(now) == "2026-04-07");
    CHECK(now.state().work.calendar_due->due_by() == "2026-03-27");
    CHECK(story(now.state().work).back() == "corrected - 2026-04-07");
}

TEST_CASE("a corrected arrival leaves an extension, but not what is reported", "[clock]") {
    const auto now = registered(pausing()).done(extend("2026-04-14"), arrived("2026-02-27"));
    CHECK(due(now) == "2026-04-14");
    CHECK(now.state().work.calendar_due->due_by() == "2026-03-27");
}

TEST_CASE("a reopened case has a new clock without the pauses of the old one", "[clock]") {
    const auto now =
        registered(pausing()).done(ask("2026-03-09"), receive("2026-03-19"), draft, sign("2026-04-01"),
                                   send("2026-04-01"), make<Close>(R"(closed_on: "2026-04-02")"),
                                   make<Reopen>(R"(reopened_on: "2026-05-04" new_facts: "Uutta")"));
    CHECK(now.state().work.due->runs_from() == "reopening");
    CHECK(due(now) == "2026-06-01");
    CHECK(now.state().work.credited_days == 0);
    CHECK(now.state().work.extensions == 0);
    CHECK(story(now.state().work).back() == "started 2026-05-04 2026-06-01");
}

const auto recompute = make<RecomputeDues>(R"(reason: "Uusi tavoite")");

const Reference& three_weeks() {
    static const Reference reference = [] {
        Reference changed = pausing();
        PolicySet event;
        *event.mutable_given() = make<SetPolicy>(
            R"(policy: "reminder.answer" valid_from: "2026-03-15" target_count: 21 target_unit: "day"
               pause_allowed: true pause_credited: true ground: "Uusi")");
        event.set_version(3);
        changed.apply(event);
        *event.mutable_given() = make<SetPolicy>(
            R"(policy: "reminder.statement" valid_from: "2026-03-15" target_count: 5 target_unit: "day")");
        event.set_version(2);
        changed.apply(event);
        return changed;
    }();
    return reference;
}

TEST_CASE("a changed policy leaves what was promised until somebody recomputes it", "[clock]") {
    auto before =
        registered(pausing()).done(make<RequestStatement>(R"(unit: "osasto-3" asked_on: "2026-03-03")"));
    auto now = std::move(before).with(three_weeks());
    CHECK(due(now) == "2026-03-30");
    const auto event = now.when(recompute).then_one<DuesRecomputed>();
    REQUIRE(event.moved_size() == 2);
    CHECK(event.moved(0).what() == "answer");
    CHECK(event.moved(0).from() == "2026-03-30");
    CHECK(event.moved(0).due().due_by() == "2026-03-23");
    CHECK(event.moved(0).due().policy_version() == 3);
    CHECK(event.moved(1).what() == "statement");
    CHECK(event.moved(1).id() == "s1");
    CHECK(event.moved(1).due().due_by() == "2026-03-09");
    const auto after = std::move(now).done(recompute);
    CHECK(due(after) == "2026-03-23");
    CHECK(after.state().work.calendar_due->due_by() == "2026-03-23");
    CHECK(after.state().work.statements.front().due.due_by() == "2026-03-09");
    CHECK(story(after.state().work).back() == "recomputed - 2026-03-23");
}

TEST_CASE("recomputing twice is recomputing once", "[clock]") {
    registered(pausing())
        .done(ask("2026-03-09"), receive("2026-03-12"))
        .with(three_weeks())
        .done(recompute)
        .when(recompute)
        .then_refused(Reason::Invalid, "casework.nothing_moves");
}

TEST_CASE("recomputing keeps the days of pauses, and can be of one policy", "[clock]") {
    const auto now = registered(pausing())
                         .done(ask("2026-03-09"), receive("2026-03-12"))
                         .with(three_weeks())
                         .done(recompute);
    CHECK(due(now) == "2026-03-26");
    CHECK(now.state().work.calendar_due->due_by() == "2026-03-23");
    registered(pausing())
        .with(three_weeks())
        .when(make<RecomputeDues>(R"(reason: "Uusi" policy: "reminder.statement")"))
        .then_refused(Reason::Invalid, "casework.nothing_moves");
}

TEST_CASE("what was told, agreed or set by an authority is never recomputed", "[clock]") {
    registered(pausing())
        .done(extend("2026-04-14"))
        .with(three_weeks())
        .when(recompute)
        .then_refused(Reason::WrongState, "casework.no_date_by_policy");
    given<request::State>()
        .done(make<ReceiveRequest>(R"(opening { arrived_on: "2026-03-02" channel: "letter" units: "osasto-3"
            cause: "care" maker: "authority" } authority: "lvv" authority_diary_number: "LVV/7"
            due_by: "2026-03-29" request_kind: "clarification")"))
        .with(three_weeks())
        .when(recompute)
        .then_refused(Reason::WrongState, "casework.no_date_by_policy");
}

TEST_CASE("an authority's request is measured by the authority's date, as the authority moved it",
          "[clock]") {
    const auto now =
        given<request::State>()
            .on("2026-04-30")
            .done(
                make<ReceiveRequest>(R"(opening { arrived_on: "2026-03-02" channel: "letter" units: "osasto-3"
                cause: "care" maker: "authority" } authority: "lvv" authority_diary_number: "LVV/7"
                due_by: "2026-03-29" request_kind: "clarification")"),
                make<AskExtension>(R"(asked_on: "2026-03-20" until: "2026-04-12" reason: "Viipyy")"),
                make<RecordExtension>(
                    R"(decided_on: "2026-03-23" decision: "granted" due_by: "2026-04-07")"));
    const auto facts = now.when(make<SendRequestReply>(R"(sent_on: "2026-04-07" channel: "email")"))
                           .then_one<RequestReplySent>()
                           .facts();
    CHECK(facts.kept());
    CHECK(facts.kept_credited());
    CHECK(now.state().work.due->runs_from() == "letter");
    CHECK(story(now.state().work) ==
          std::vector<std::string>{"started 2026-03-02 2026-03-29", "extended 2026-03-23 2026-04-07 9"});
}

TEST_CASE("statements of a complaint and inquiries of a reminder are recomputed too", "[clock]") {
    Reference changed = organisation();
    PolicySet event;
    *event.mutable_given() = make<SetPolicy>(
        R"(policy: "complaint.statement" valid_from: "2026-03-15"
           target_count: 5 target_unit: "working-day")");
    event.set_version(2);
    changed.apply(event);
    *event.mutable_given() = make<SetPolicy>(
        R"(policy: "inquiry.file-copy" valid_from: "2026-03-15" target_count: 1 target_unit: "week")");
    changed.apply(event);
    const auto statement =
        given<complaint::State>()
            .done(make<RegisterComplaint>(
                      R"(opening { arrived_on: "2026-03-02" channel: "letter" units: "osasto-3"
                      cause: "care" maker: "client" } authority: "lvv")"),
                  make<RequestStatement>(R"(unit: "osasto-3" asked_on: "2026-03-05")"))
            .with(changed)
            .when(recompute)
            .then_one<DuesRecomputed>();
    CHECK(statement.moved(0).from() == "2026-03-16");
    CHECK(statement.moved(0).due().due_by() == "2026-03-12");
    const auto inquiry = registered(organisation())
                             .done(make<ReceiveInquiry>(
                                 R"(inquiry_kind: "file-copy" received_on: "2026-03-16" sender: "Aino")"))
                             .with(changed)
                             .done(recompute);
    CHECK(inquiry.state().work.inquiries.front().due.due_by() == "2026-03-23");
    CHECK(inquiry.state().work.inquiries.front().due.runs_from() == "receipt");
    // The answer's own rule did not change.
    CHECK(due(inquiry) == "2026-03-30");
}

TEST_CASE(
    "whatever happens to a clock, pauses add up, the calendar stands still and recomputing is idempotent",
    "[clock]") {
    std::mt19937 random(20261122);
    const auto up_to = [&](int most) { return static_cast<int>(random() % static_cast<unsigned>(most + 1)); };
    for (int round = 0; round < 300; ++round) {
        CAPTURE(round);
        const Date arrived_on = *parse_date("2026-01-02") + std::chrono::days(up_to(60));
        auto now = registered(pausing(), to_string(arrived_on));
        const auto by_calendar = now.state().work.calendar_due->due_by();
        Date day = arrived_on;
        unsigned waited = 0;
        for (int pause = up_to(3); pause > 0; --pause) {
            const Date asked_on = day + std::chrono::days(up_to(5));
            day = asked_on + std::chrono::days(up_to(12));
            waited += static_cast<unsigned>((day - asked_on).count());
            now = std::move(now).done(ask(to_string(asked_on)), receive(to_string(day)));
        }
        const auto& work = now.state().work;
        REQUIRE(work.credited_days == waited);
        REQUIRE(work.due->credited_days() == waited);
        REQUIRE(work.due->counted_to() == to_string(arrived_on + std::chrono::days(28 + waited)));
        REQUIRE_FALSE(day_off(*parse_date(work.due->due_by())));
        REQUIRE(work.calendar_due->due_by() == by_calendar);
        now = std::move(now).with(three_weeks()).done(recompute);
        REQUIRE(now.state().work.due->counted_to() == to_string(arrived_on + std::chrono::days(21 + waited)));
        now.when(recompute).then_refused(Reason::Invalid, "casework.nothing_moves");
    }
}

}  // namespace vastine::domain::testing
