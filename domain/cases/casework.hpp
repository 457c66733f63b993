#pragma once
// What reminders, complaints, authority requests and recorded contacts share, written once: documents,
// handler, disqualification, statements, notices, inquiries, measures, the ends of a case, reopening,
// correction and import. A kind's decider holds a Casework, asks admit() first, decides its own commands
// by its own rules, and takes the shared ones from here, adding conditions where the kind has some.
//
// evolve() takes events whose sealed parts are gone: what they told is then simply not known.

#include <concepts>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "domain/access/access.hpp"
#include "domain/cases/days.hpp"
#include "domain/cases/decider.hpp"
#include "domain/cases/dispatch.hpp"
#include "domain/schema/casework.pb.h"
#include "domain/schema/complaint.pb.h"
#include "domain/schema/log_extract.pb.h"
#include "domain/schema/values.pb.h"

namespace vastine::domain::casework {

// ---- the state ----

struct Unopened {};
struct Running {};
enum class End { Closed, Withdrawn, Transferred, Merged };
struct Ended {
    End how = End::Closed;
    std::optional<Date> on;
    bool by_import = false;
};
using Phase = std::variant<Unopened, Running, Ended>;

struct Statement {
    std::string id;
    std::string unit;
    std::optional<Date> asked_on;
    Due due;
    std::optional<Date> chased_on;  // last
    bool received = false;
    bool waived = false;
    std::optional<Date> ended_on;  // received or waived
    bool earlier = false;          // ended before the case was reopened
    [[nodiscard]] bool open() const { return !received && !waived; }
};
struct Inquiry {
    std::string id;
    std::optional<Date> received_on;
    Due due;
    bool answered = false;
    std::optional<Date> answered_on;
};
struct Measure {
    std::string id;
    std::string owner;
    Due due;
    std::optional<Date> done_on;
    bool done = false;
    bool verified = false;
};
// What is kept although its time has run out: for a lawsuit, an investigation, a claim.
struct Hold {
    std::string id;             // h1, h2 ...
    std::optional<Date> until;  // inclusive; nothing: until it is lifted
    bool lifted = false;
};
struct LinkTo {
    std::string other;
    std::string relation;
};

// A date that the case must meet. what: answer, statement, inquiry, measure, completion, report-back,
// order. Of something no longer awaited (withdrawn, waived) there is no item.
struct DueItem {
    std::string what;
    std::string id;  // s1, i1, a1; empty for the case's own
    Due due;
    std::string met_on;  // empty while open, and when the day is no longer known
    bool met = false;
    std::optional<Date> paused_on = {};  // the clock waits since; the due date counts on from there
    std::string calendar_due_by = {};    // without pauses and extensions of our own; empty: the same
};

// What happened to the clock of the answer, in order. what: started, paused, resumed, extended, recomputed,
// corrected, satisfied. That one was missed is no event: the day says it.
struct ClockStep {
    std::string what;
    std::optional<Date> on;  // nothing when the day is no longer known
    std::string due_by;      // from then on
    std::uint32_t days = 0;  // credited, or extended by
};

struct Casework {
    explicit Casework(Kind of_kind) : kind(of_kind) {}

    Kind kind;
    Phase phase;

    // From the opening, as last corrected.
    std::optional<Date> arrived_on;
    std::vector<std::string> units;  // the opening's and its matters', each once, in their order
    std::set<std::string> sectors;
    std::string maker;
    bool disclosure_banned = false;  // by a minor, towards the guardian (703/2023 §51)
    std::string diary_number;        // empty where the sealed parts were not read
    std::uint32_t matters = 1;       // m1 ...; a case without any said has one, implied by its opening
    bool imported = false;

    // The answer: when its clock started (arrival, or reopening), its due date, and whether it was given.
    std::optional<Date> clock_started_on;
    std::optional<Due> due;
    bool due_moved = false;           // by an extension: a correction leaves it alone
    std::optional<Due> calendar_due;  // as it was at the start of the clock: what `kept` is measured by
    std::uint32_t extensions = 0;
    bool paused = false;              // the own target waits
    std::optional<Date> paused_on;    // since; nothing when the day is no longer known
    std::uint32_t credited_days = 0;  // of ended pauses
    std::vector<ClockStep> clock;
    bool answered = false;
    std::optional<Date> answered_on;
    bool reopened = false;
    std::vector<DueItem> earlier;  // answers given before the case was reopened

    std::string handler;
    std::string hand_over_to;    // offered and not yet answered; empty: none
    std::string hand_over_from;  // who offered it
    std::set<std::string> disqualified;
    std::uint32_t documents = 0;                  // d1 ... so many
    std::set<std::uint32_t> retracted_documents;  // entered in error, by number
    std::vector<Statement> statements;
    std::vector<Inquiry> inquiries;
    std::vector<Measure> measures;
    std::vector<LinkTo> links;
    std::vector<Hold> holds;               // in the order they were placed, those lifted too
    std::uint32_t log_extracts = 0;        // e1 ... so many were released
    std::string merged_into;               // of a case that ended so
    std::optional<Date> earliest_step_on;  // of all days typed since arrival
};

[[nodiscard]] inline bool opened(const Casework& work) {
    return !std::holds_alternative<Unopened>(work.phase);
}
[[nodiscard]] inline bool running(const Casework& work) {
    return std::holds_alternative<Running>(work.phase);
}
[[nodiscard]] const Ended* ended(const Casework& work);
[[nodiscard]] const Statement* open_statement(const Casework& work);  // the oldest that waits; null: none
[[nodiscard]] const Inquiry* open_inquiry(const Casework& work);
// Of the holds in force on a day the one that ends last; null: none is.
[[nodiscard]] const Hold* hold(const std::vector<Hold>& holds, Date on);
// Asked, or received, since the case was opened or last reopened.
[[nodiscard]] bool statement_asked(const Casework& work);

// ---- deciding ----

// What holds before any rule is asked: the case exists (or does not yet), the person is not
// disqualified, and an ended case takes only what still may come.
[[nodiscard]] Permitted admit(const Casework& work, const google::protobuf::Message& command,
                              const Context& context);

[[nodiscard]] Result<Events> rule(const Casework&, const EnterDocument&, const Context&);
[[nodiscard]] Result<Events> rule(const Casework&, const RetractDocument&, const Context&);
[[nodiscard]] Result<Events> rule(const Casework&, const Assign&, const Context&);
[[nodiscard]] Result<Events> rule(const Casework&, const OfferHandOver&, const Context&);
[[nodiscard]] Result<Events> rule(const Casework&, const AcceptHandOver&, const Context&);
[[nodiscard]] Result<Events> rule(const Casework&, const DeclineHandOver&, const Context&);
[[nodiscard]] Result<Events> rule(const Casework&, const Disqualify&, const Context&);
[[nodiscard]] Result<Events> rule(const Casework&, const RequestStatement&, const Context&);
[[nodiscard]] Result<Events> rule(const Casework&, const ChaseStatement&, const Context&);
[[nodiscard]] Result<Events> rule(const Casework&, const ReceiveStatement&, const Context&);
[[nodiscard]] Result<Events> rule(const Casework&, const WaiveStatement&, const Context&);
[[nodiscard]] Result<Events> rule(const Casework&, const Notify&, const Context&);
[[nodiscard]] Result<Events> rule(const Casework&, const ReceiveInquiry&, const Context&);
[[nodiscard]] Result<Events> rule(const Casework&, const AnswerInquiry&, const Context&);
[[nodiscard]] Result<Events> rule(const Casework&, const AgreeMeasure&, const Context&);
[[nodiscard]] Result<Events> rule(const Casework&, const CompleteMeasure&, const Context&);
[[nodiscard]] Result<Events> rule(const Casework&, const VerifyMeasure&, const Context&);
[[nodiscard]] Result<Events> rule(const Casework&, const Withdraw&, const Context&);
[[nodiscard]] Result<Events> rule(const Casework&, const Transfer&, const Context&);
[[nodiscard]] Result<Events> rule(const Casework&, const Merge&, const Context&);
[[nodiscard]] Result<Events> rule(const Casework&, const Link&, const Context&);
[[nodiscard]] Result<Events> rule(const Casework&, const Close&, const Context&);
[[nodiscard]] Result<Events> rule(const Casework&, const PlaceHold&, const Context&);
[[nodiscard]] Result<Events> rule(const Casework&, const LiftHold&, const Context&);
[[nodiscard]] Result<Events> rule(const Casework&, const ReleaseLogExtract&, const Context&);
[[nodiscard]] Result<Events> rule(const Casework&, const RecomputeDues&, const Context&);
[[nodiscard]] Result<Events> rule(const Casework&, const ImportCase&, const Context&);

using Commands = MessageList<EnterDocument, RetractDocument, Assign, OfferHandOver, AcceptHandOver,
                             DeclineHandOver, Disqualify, RequestStatement, ChaseStatement, ReceiveStatement,
                             WaiveStatement, Notify, ReceiveInquiry, AnswerInquiry, AgreeMeasure,
                             CompleteMeasure, VerifyMeasure, Withdraw, Transfer, Merge, Link, Close,
                             PlaceHold, LiftHold, ReleaseLogExtract, RecomputeDues, ImportCase>;
template <class C>
concept SharedCommand = requires(const Casework& work, const C& command, const Context& context) {
    rule(work, command, context);
};

// They end a case that has not been answered; one that has been is closed instead.
template <class C>
concept LeavingCommand = std::same_as<C, Withdraw> || std::same_as<C, Transfer> || std::same_as<C, Merge>;

// Reopening and correcting start or move a clock, and whose clock it is the kind knows: it gives the due
// date, or none when the kind has none of its own.
[[nodiscard]] Result<Events> reopen(const Casework& work, const Reopen& command,
                                    const std::optional<Due>& due, const Context& context);
[[nodiscard]] Result<Events> correct(const Casework& work, const CorrectOpening& command,
                                     const std::optional<Due>& due, const Context& context);

// Does the schema give the command to the kind?
[[nodiscard]] bool taken_by(Kind kind, const google::protobuf::Message& command);

// Is it one of the shared ones? Then decide() takes it: admit(), then the rule.
[[nodiscard]] bool shares(const google::protobuf::Message& command);
[[nodiscard]] Result<Events> decide(const Casework& work, const google::protobuf::Message& command,
                                    const Context& context);

// ---- what the kinds' own rules use too ----

[[nodiscard]] Days days(const Casework& work, const Context& context);
// Works in the area, and is not disqualified.
[[nodiscard]] Permitted may_handle(const Casework& work, const std::string& user, const Context& context,
                                   std::string field);
// Who may let an offered hand-over be: whom it was offered to, who offered it, and whose case it is.
[[nodiscard]] bool may_decline_hand_over(const Casework& work, const std::string& user);
// The document named is one of the case's, not retracted; an empty id names none.
[[nodiscard]] Permitted document_known(const Casework& work, const std::string& document_id);
// How far back a person's extract of the access log reaches without a special reason (703/2023 §11).
[[nodiscard]] Date two_years_before(Date day);
// What a guardian gets leaves out what a minor has banned, and whoever sends it says so.
[[nodiscard]] Permitted spares_the_minor(const Casework& work, std::string_view recipient_role,
                                         bool banned_parts_left_out);
// "m1" is one of the case's matters.
[[nodiscard]] bool has_matter(const Casework& work, std::string_view matter_id);
// Arrived, and not in the future.
[[nodiscard]] Permitted opening_dates(const Opening& opening, const Context& context);
// Every case carries the organisation's own diary number: the case's, or else the next one.
void number(Opening& opening, const Casework& work, const Context& context);
[[nodiscard]] Coarse coarse(const Opening& opening, const Reference& reference);
// An event that holds an opening, with its diary number and its coarse facts.
template <class Event, class Command>
[[nodiscard]] Event with_opening(const Command& command, const Casework& work, const Context& context) {
    auto event = accepted<Event>(command);
    number(*event.mutable_given()->mutable_opening(), work, context);
    *event.mutable_coarse() = coarse(command.opening(), context.reference);
    return event;
}
// The due date by the policy in force on the day; refused when there is none, for then nothing would
// ever remind of it.
[[nodiscard]] Result<Due> due_by_policy(std::string_view policy, Date start, const Reference& reference,
                                        std::string_view runs_from = "arrival");
// What a code is called; the code itself when nobody knows it.
[[nodiscard]] Label code_label(std::string_view set, const std::string& code, const Reference& reference);
// Days waited, and whether the due date was kept; without a due date nothing was late.
[[nodiscard]] AnswerFacts answer_facts(std::optional<Date> start, Date end, const Due* due);
// reminder.answer: how this kind's policies are named.
[[nodiscard]] std::string policy_name(Kind kind, std::string_view step);

// ---- evolving ----

// Opening events; due: null for a kind without a date of its own.
void open(Casework& work, const Opening& opening, const Due* due);
// The answer left the house and its clock stops.
void answer(Casework& work, const std::string& on, const AnswerFacts& facts);
// A day that something was done on; a corrected arrival cannot come after it.
void note_day(Casework& work, const std::string& on);
// Takes any event and passes over those that are not shared. The kinds see it first or after, as they
// like: nothing here depends on them.
void evolve(Casework& work, const google::protobuf::Message& event);

// ---- what is shown ----

[[nodiscard]] CaseScope scope(const Casework& work);
[[nodiscard]] std::string_view ended_stage(const Ended& ended);  // stage.closed ...
// What is left to do on an ended case, or when nothing else is: next.answer-inquiry ... next.nothing.
[[nodiscard]] std::string_view leftover_step(const Casework& work);
// Where statements, a reopening and a handler have brought a case that is being prepared:
// stage.statement-asked, stage.statements-received, stage.reopened, stage.assigned; or else what the kind
// says of it.
[[nodiscard]] std::string_view prepared_stage(const Casework& work, std::string_view otherwise);
// What an answered case still waits for; next.close when for nothing.
[[nodiscard]] std::string_view closing_step(const Casework& work);
[[nodiscard]] std::vector<DueItem> due_dates(const Casework& work);

// ---- the authority that has a complaint or asked for something ----

// Which authority has it now and under which numbers it was known before; both stay.
struct AuthorityTrail {
    struct Number {
        std::string authority;
        std::string diary_number;
        std::optional<Date> moved_on;  // of the first one: nothing, it is the one registered
    };
    std::vector<Number> numbers;  // the last one is in force
    [[nodiscard]] std::string authority() const { return numbers.empty() ? "" : numbers.back().authority; }
};
// The one that it was registered or imported at; moves come after it.
[[nodiscard]] AuthorityTrail registered_at(const std::string& authority, const std::string& diary_number);
[[nodiscard]] Result<Events> rule(const AuthorityTrail& trail, const Casework& work,
                                  const MoveComplaint& command, const Context& context);
void after(AuthorityTrail& trail, Casework& work, const ComplaintMoved& moved);
// A row says where the case was when it was imported; a move recorded here came later, and so did a number.
void take_import(AuthorityTrail& trail, const ImportCase& row);

// Commands that say anew which authority it was, and under which number.
template <class Command>
concept CorrectsAuthority = requires(const Command& command) {
    command.authority();
    command.authority_diary_number();
    command.after_moves();
};
// The trail with one of its numbers replaced.
[[nodiscard]] AuthorityTrail corrected(AuthorityTrail trail, const CorrectsAuthority auto& command) {
    if (command.after_moves() >= trail.numbers.size()) return trail;
    auto& number = trail.numbers[command.after_moves()];
    number.authority = command.authority();
    number.diary_number = command.authority_diary_number();
    return trail;
}
// Holds of each authority of a corrected trail what holds when one is registered or moved to.
[[nodiscard]] Permitted trail_holds(const AuthorityTrail& corrected, std::uint32_t after_moves,
                                    const Casework& work, const Reference& reference);

// The authority has begun by the day. It may have ended: its letters arrive after it, and the case is then
// moved to the successor, which keeps both diary numbers.
[[nodiscard]] Permitted begun_by(std::string_view authority, Date on, const Reference& reference,
                                 std::string field);
// The authority has its tasks on the day: it has begun, and has not given them to a successor.
[[nodiscard]] Permitted in_office(std::string_view authority, Date on, const Reference& reference,
                                  std::string field);

}  // namespace vastine::domain::casework
