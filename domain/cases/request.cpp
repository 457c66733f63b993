#include "domain/cases/request.hpp"

#include "domain/cases/clock.hpp"
#include "domain/cases/stages.hpp"
#include "domain/deadlines/due_date.hpp"

namespace vastine::domain::request {

namespace {

using casework::rule;

Due letters_date(const std::string& due_by) {
    return due_as_said("letter", due_by);  // no policy and no marks: the date is the authority's
}

std::optional<Date> current_due(const State& state) {
    return state.work.due ? parse_date(state.work.due->due_by()) : std::nullopt;
}

template <class Stage>
concept Unreplied = !std::same_as<Stage, Replied>;

// What it adds to, as received or corrected: a supplement to an earlier request, nothing else to any.
template <class Command>
Permitted adds_so(const Command& command, const Context& context) {
    const bool supplement = command.request_kind() == "supplement";
    if (supplement && command.supplements().empty())
        return reject(Reason::Invalid, "request.supplemented_missing", {}, "supplements");
    if (!supplement && !command.supplements().empty())
        return reject(Reason::Invalid, "request.only_a_supplement_adds", {}, "supplements");
    if (supplement && command.supplements() == context.case_id)
        return reject(Reason::Invalid, "casework.linked_to_itself", {}, "supplements");
    return permitted();
}

// The due date may have passed when the letter arrives: letters go astray, and the date stays the
// authority's all the same.
Result<Events> rule(const Preparing&, const ReceiveRequest& command, const State& state,
                    const Context& context) {
    const auto& opening = command.opening();
    if (auto dates = casework::opening_dates(opening, context); !dates) return tl::unexpected(dates.error());
    const auto office = casework::begun_by(command.authority(), *parse_date(opening.arrived_on()),
                                           context.reference, "authority");
    if (!office) return tl::unexpected(office.error());
    if (!parse_date(command.due_by())) return reject(Reason::Invalid, "request.due_missing", {}, "due_by");
    if (auto adds = adds_so(command, context); !adds) return tl::unexpected(adds.error());
    auto event = casework::with_opening<RequestReceived>(command, state.work, context);
    *event.mutable_due() = letters_date(command.due_by());
    return events(std::move(event));
}

Result<Events> rule(const Unreplied auto&, const ConfirmReceipt& command, const State& state,
                    const Context& context) {
    if (state.receipt_confirmed) return reject(Reason::WrongState, "request.receipt_confirmed_already");
    const auto dates =
        casework::days(state.work, context).happened("confirmed_on", command.confirmed_on()).result();
    return accepted_when<ReceiptConfirmed>(dates, command);
}

Result<Events> rule(const Preparing&, const AskExtension& command, const State& state,
                    const Context& context) {
    const auto dates = casework::days(state.work, context)
                           .happened("asked_on", command.asked_on())
                           .after("until", command.until(), current_due(state), "request.extension_not_later")
                           .result();
    return accepted_when<ExtensionAsked>(dates, command);
}

Result<Events> rule(const ExtensionPending& pending, const RecordExtension& command, const State& state,
                    const Context& context) {
    const bool granted = command.decision() == "granted";
    Days dates = casework::days(state.work, context);
    dates.happened("decided_on", command.decided_on())
        .not_before("decided_on", command.decided_on(), pending.asked_on, "request.decided_before_asked");
    if (granted && command.due_by().empty())
        return reject(Reason::Invalid, "request.granted_until_missing", {}, "due_by");
    if (!granted && !command.due_by().empty())
        return reject(Reason::Invalid, "request.refused_moves_nothing", {}, "due_by");
    if (granted) dates.after("due_by", command.due_by(), current_due(state), "request.extension_not_later");
    if (auto result = dates.result(); !result) return tl::unexpected(result.error());
    auto event = accepted<ExtensionRecorded>(command);
    if (granted) *event.mutable_due() = letters_date(command.due_by());
    return events(std::move(event));
}

Result<Events> rule(const Unreplied auto&, const SendRequestReply& command, const State& state,
                    const Context& context) {
    const auto dates = casework::days(state.work, context).happened("sent_on", command.sent_on()).result();
    if (!dates) return tl::unexpected(dates.error());
    if (auto known = casework::document_known(state.work, command.document_id()); !known)
        return tl::unexpected(known.error());
    auto event = accepted<RequestReplySent>(command);
    *event.mutable_facts() =
        casework::answer_facts(state.work, *parse_date(command.sent_on()), context.reference);
    return events(std::move(event));
}

Result<Events> rule(const auto&, const MoveComplaint& command, const State& state, const Context& context) {
    return casework::rule(state.authority, state.work, command, context);
}

// ---- what a request adds to the shared ones; it is never merged, for two letters are two things to answer

Result<Events> rule(const Replied&, const RequestStatement&, const State&, const Context&) {
    return reject(Reason::WrongState, "request.replied_already");
}
Result<Events> rule(const Replied&, const casework::LeavingCommand auto&, const State&, const Context&) {
    return reject(Reason::WrongState, "request.replied_so_close");
}

Result<Events> rule(const Unreplied auto&, const Close&, const State&, const Context&) {
    return reject(Reason::WrongState, "request.close_before_reply");
}

// An authority that comes back sets a date again; it is never computed.
Result<Events> rule(const auto&, const Reopen& command, const State& state, const Context& context) {
    if (!casework::ended(state.work)) return casework::reopen(state.work, command, std::nullopt, context);
    if (command.due_by().empty()) return reject(Reason::Invalid, "request.due_missing", {}, "due_by");
    return casework::reopen(state.work, command, letters_date(command.due_by()), context);
}

// A misread date is corrected from the letter; one that the authority has moved since stays.
Result<Events> rule(const auto&, const CorrectOpening& command, const State& state, const Context& context) {
    if (command.due_by().empty()) return casework::correct(state.work, command, state.work.due, context);
    if (state.work.due_moved || state.work.reopened)
        return reject(Reason::Invalid, "request.due_moved_since", {}, "due_by");
    return casework::correct(state.work, command, letters_date(command.due_by()), context);
}

Result<Events> rule(const auto&, const CorrectRequest& command, const State& state, const Context& context) {
    const auto trail = casework::corrected(state.authority, command);
    const auto holds = casework::trail_holds(trail, command.after_moves(), state.work, context.reference);
    if (!holds) return tl::unexpected(holds.error());
    if (auto adds = adds_so(command, context); !adds) return tl::unexpected(adds.error());
    auto event = accepted<RequestCorrected>(command);
    event.set_authority_now(trail.authority());
    return events(std::move(event));
}

using OwnCommands = MessageList<ReceiveRequest, ConfirmReceipt, AskExtension, RecordExtension,
                                SendRequestReply, MoveComplaint, Reopen, CorrectOpening, CorrectRequest>;

// ---- evolving: no fallback, on purpose: a new event does not compile until its effect is said ----

void after(State& state, const RequestReceived& event) {
    casework::open(state.work, event.given().opening(), event.has_due() ? &event.due() : nullptr);
    const auto& given = event.given();
    state.authority = casework::registered_at(given.authority(), given.authority_diary_number());
    state.request_kind = given.request_kind();
}
void after(State& state, const ReceiptConfirmed& event) {
    state.receipt_confirmed = true;
    casework::note_day(state.work, event.given().confirmed_on());
}
void after(State& state, const ExtensionAsked& event) {
    state.stage = ExtensionPending{parse_date(event.given().asked_on())};
    casework::note_day(state.work, event.given().asked_on());
}
void after(State& state, const ExtensionRecorded& event) {
    state.stage = Preparing{};
    if (event.has_due()) casework::move_clock(state.work, event.given().decided_on(), event.due());
}
void after(State& state, const RequestReplySent& event) {
    state.stage = Replied{parse_date(event.given().sent_on())};
    casework::answer(state.work, event.given().sent_on(), event.facts());
}
void after(State& state, const ComplaintMoved& event) {
    casework::after(state.authority, state.work, event);
}
void after(State& state, const RequestCorrected& event) {
    state.authority = casework::corrected(std::move(state.authority), event.given());
    state.request_kind = event.given().request_kind();
}
void after(State& state, const Reopened&) {
    state.stage = Preparing{};
}
template <class Imported>
void take_import(State& state, const Imported& event) {
    casework::take_import(state.authority, event.given());
    state.request_kind = event.given().request_kind();
    if (event.has_facts()) {
        state.stage = Replied{state.work.answered_on};
    } else if (std::holds_alternative<Replied>(state.stage)) {
        state.stage = Preparing{};  // the row no longer says that it was settled
    }
}
void after(State& state, const CaseImported& event) {
    take_import(state, event);
}
void after(State& state, const ImportCorrected& event) {
    take_import(state, event);
}

using OwnEvents =
    MessageList<RequestReceived, ReceiptConfirmed, ExtensionAsked, ExtensionRecorded, RequestReplySent,
                ComplaintMoved, RequestCorrected, Reopened, CaseImported, ImportCorrected>;

}  // namespace

// ---- the door ----

namespace {

const casework::Door<State>& door() {
    static const casework::Door<State> own(
        OwnCommands{}, OwnEvents{},
        [](const auto& at, const auto& command, const State& state, const Context& context) {
            return rule(at, command, state, context);
        },
        [](State& state, const auto& event) { after(state, event); });
    return own;
}

}  // namespace

Result<Events> decide(const State& state, const google::protobuf::Message& command, const Context& context) {
    return door().decide(state, command, context);
}

void evolve(State& state, const google::protobuf::Message& event) {
    door().evolve(state, event);
}

// ---- what is shown ----

namespace {

std::string_view name(const Preparing&, const State& state) {
    if (!state.receipt_confirmed && !state.work.imported) return "stage.awaiting-receipt";
    return casework::prepared_stage(state.work,
                                    state.receipt_confirmed ? "stage.receipt-confirmed" : "stage.received");
}
std::string_view name(const ExtensionPending&, const State&) {
    return "stage.extension-asked";
}
std::string_view name(const Replied&, const State&) {
    return "stage.replied";
}

std::string_view step(const Preparing&, const State& state) {
    if (!state.receipt_confirmed && !state.work.imported) return "next.confirm-receipt";
    if (state.work.handler.empty()) return "next.assign";
    if (casework::open_statement(state.work) != nullptr) return "next.await-statement";
    if (!casework::statement_asked(state.work)) return "next.ask-statement";
    return "next.send-request-reply";
}
std::string_view step(const ExtensionPending&, const State&) {
    return "next.record-extension";
}
std::string_view step(const Replied&, const State& state) {
    return casework::closing_step(state.work);
}

}  // namespace

std::string_view stage(const State& state) {
    return casework::shown_stage(state, [](const auto& at, const State& of) { return name(at, of); });
}

std::string_view next_step(const State& state) {
    return casework::shown_step(state, [](const auto& at, const State& of) { return step(at, of); });
}

std::vector<casework::DueItem> due_dates(const State& state) {
    return casework::due_dates(state.work);
}

}  // namespace vastine::domain::request
