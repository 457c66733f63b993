#include "domain/cases/request.hpp"

#include "domain/cases/clock.hpp"
#include "domain/deadlines/due_date.hpp"

namespace vastine::domain::request {

namespace {

using casework::SharedCommand;

Due letters_date(const std::string& due_by) {
    return due_as_said("letter", due_by);  // no policy and no marks: the date is the authority's
}

std::optional<Date> current_due(const State& state) {
    return state.work.due ? parse_date(state.work.due->due_by()) : std::nullopt;
}

template <class Stage>
concept Unreplied = !std::same_as<Stage, Replied>;

// ---- what no rule below permits is refused, and the stage says why ----

std::string_view refusal(const Preparing&) {
    return "request.no_extension_asked";
}
std::string_view refusal(const ExtensionPending&) {
    return "request.extension_asked_already";
}
std::string_view refusal(const Replied&) {
    return "request.replied_already";
}

Result<Events> rule(const auto& stage, const auto&, const State&, const Context&) {
    return reject(Reason::WrongState, std::string(refusal(stage)));
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
    if (command.request_kind() == "supplement" && command.supplements().empty())
        return reject(Reason::Invalid, "request.supplemented_missing", {}, "supplements");
    if (command.request_kind() != "supplement" && !command.supplements().empty())
        return reject(Reason::Invalid, "request.only_a_supplement_adds", {}, "supplements");
    if (!command.supplements().empty() && command.supplements() == context.case_id)
        return reject(Reason::Invalid, "casework.linked_to_itself", {}, "supplements");
    RequestReceived event;
    *event.mutable_given() = command;
    casework::number(*event.mutable_given()->mutable_opening(), state.work, context);
    *event.mutable_coarse() = casework::coarse(opening, context.reference);
    *event.mutable_due() = letters_date(command.due_by());
    return events(std::move(event));
}

Result<Events> rule(const Unreplied auto&, const ConfirmReceipt& command, const State& state,
                    const Context& context) {
    if (state.receipt_confirmed) return reject(Reason::WrongState, "request.receipt_confirmed_already");
    const auto dates =
        casework::days(state.work, context).happened("confirmed_on", command.confirmed_on()).result();
    if (!dates) return tl::unexpected(dates.error());
    ReceiptConfirmed event;
    *event.mutable_given() = command;
    return events(std::move(event));
}

Result<Events> rule(const Preparing&, const AskExtension& command, const State& state,
                    const Context& context) {
    const auto dates = casework::days(state.work, context)
                           .happened("asked_on", command.asked_on())
                           .after("until", command.until(), current_due(state), "request.extension_not_later")
                           .result();
    if (!dates) return tl::unexpected(dates.error());
    ExtensionAsked event;
    *event.mutable_given() = command;
    return events(std::move(event));
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
    ExtensionRecorded event;
    *event.mutable_given() = command;
    if (granted) *event.mutable_due() = letters_date(command.due_by());
    return events(std::move(event));
}

Result<Events> rule(const Unreplied auto&, const SendRequestReply& command, const State& state,
                    const Context& context) {
    const auto dates = casework::days(state.work, context).happened("sent_on", command.sent_on()).result();
    if (!dates) return tl::unexpected(dates.error());
    if (auto known = casework::document_known(state.work, command.document_id()); !known)
        return tl::unexpected(known.error());
    RequestReplySent event;
    *event.mutable_given() = command;
    *event.mutable_facts() =
        casework::answer_facts(state.work, *parse_date(command.sent_on()), context.reference);
    return events(std::move(event));
}

Result<Events> rule(const auto&, const MoveComplaint& command, const State& state, const Context& context) {
    return casework::rule(state.authority, state.work, command, context);
}

// ---- the shared ones, and what a request adds to them ----

Result<Events> rule(const auto&, const SharedCommand auto& command, const State& state,
                    const Context& context) {
    return casework::rule(state.work, command, context);
}

Result<Events> rule(const Replied&, const RequestStatement&, const State&, const Context&) {
    return reject(Reason::WrongState, "request.replied_already");
}
Result<Events> rule(const Replied&, const Withdraw&, const State&, const Context&) {
    return reject(Reason::WrongState, "request.replied_so_close");
}
Result<Events> rule(const Replied&, const Transfer&, const State&, const Context&) {
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

using OwnCommands = MessageList<ReceiveRequest, ConfirmReceipt, AskExtension, RecordExtension,
                                SendRequestReply, MoveComplaint, Reopen, CorrectOpening>;

// ---- evolving: no fallback, on purpose: a new event does not compile until its effect is said ----

void after(State& state, const RequestReceived& event) {
    casework::open(state.work, event.given().opening(), event.has_due() ? &event.due() : nullptr);
    state.authority.numbers = {{event.given().authority(), event.given().authority_diary_number()}};
    state.request_kind = event.given().request_kind();
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
void after(State& state, const Reopened&) {
    state.stage = Preparing{};
}
// A row says where the request was when it was imported; a move recorded here came later.
template <class Imported>
void take_import(State& state, const Imported& event) {
    if (state.authority.numbers.size() < 2) state.authority.numbers = {{event.given().authority(), ""}};
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

using OwnEvents = MessageList<RequestReceived, ReceiptConfirmed, ExtensionAsked, ExtensionRecorded,
                              RequestReplySent, ComplaintMoved, Reopened, CaseImported, ImportCorrected>;

}  // namespace

// ---- the door ----

Result<Events> decide(const State& state, const google::protobuf::Message& command, const Context& context) {
    static const Dispatch<Result<Events>(const State&, const Context&)> rules(
        casework::Commands{} + OwnCommands{}, [](const State& subject, const auto& own, const Context& with) {
            return std::visit([&](const auto& at) { return rule(at, own, subject, with); }, subject.stage);
        });
    // Merging is not for requests: two letters of an authority are two things to answer.
    const bool merge = command.GetDescriptor() == Merge::descriptor();
    if (merge || !rules.knows(command)) return reject(Reason::Invalid, "casework.of_another_kind");
    if (auto admitted = casework::admit(state.work, command, context); !admitted)
        return tl::unexpected(admitted.error());
    return rules(state, command, context);
}

void evolve(State& state, const google::protobuf::Message& event) {
    static const Dispatch<void(State&)> effects(OwnEvents{},
                                                [](State& subject, const auto& own) { after(subject, own); });
    casework::evolve(state.work, event);
    if (effects.knows(event)) effects(state, event);
}

// ---- what is shown ----

namespace {

std::string_view name(const Preparing&, const State& state) {
    if (!state.receipt_confirmed && !state.work.imported) return "stage.awaiting-receipt";
    if (casework::open_statement(state.work) != nullptr) return "stage.statement-asked";
    if (!state.work.statements.empty()) return "stage.statements-received";
    if (state.work.reopened) return "stage.reopened";
    if (!state.work.handler.empty()) return "stage.assigned";
    return state.receipt_confirmed ? "stage.receipt-confirmed" : "stage.received";
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
    if (state.work.statements.empty()) return "next.ask-statement";
    if (casework::open_statement(state.work) != nullptr) return "next.await-statement";
    return "next.send-request-reply";
}
std::string_view step(const ExtensionPending&, const State&) {
    return "next.record-extension";
}
std::string_view step(const Replied&, const State& state) {
    if (casework::open_statement(state.work) != nullptr) return "next.await-statement";
    if (casework::open_inquiry(state.work) != nullptr) return "next.answer-inquiry";
    return "next.close";
}

}  // namespace

std::string_view stage(const State& state) {
    if (const auto* ended = casework::ended(state.work)) return casework::ended_stage(*ended);
    return std::visit([&](const auto& at) { return name(at, state); }, state.stage);
}

std::string_view next_step(const State& state) {
    if (casework::ended(state.work) != nullptr) return casework::leftover_step(state.work);
    return std::visit([&](const auto& at) { return step(at, state); }, state.stage);
}

std::vector<casework::DueItem> due_dates(const State& state) {
    return casework::due_dates(state.work);
}

}  // namespace vastine::domain::request
