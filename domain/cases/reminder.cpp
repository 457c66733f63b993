#include "domain/cases/reminder.hpp"

#include <algorithm>

#include "domain/cases/clock.hpp"
#include "domain/cases/stages.hpp"
#include "domain/deadlines/due_date.hpp"

namespace vastine::domain::reminder {

namespace {

using casework::Casework;
using casework::rule;

// The version that gave the promised date, or else the one in force when the clock of the answer started:
// at arrival, or on the day the case was reopened.
const SetPolicy* answer_policy(const State& state, const Context& context) {
    const auto& due = state.work.due;
    if (due && due->policy_version() != 0)
        if (const auto* promised = context.reference.policy_version(due->policy(), due->policy_version()))
            return &promised->given;
    if (!state.work.clock_started_on) return nullptr;
    const auto* policy = context.reference.policy("reminder.answer", *state.work.clock_started_on);
    return policy == nullptr ? nullptr : &policy->given;
}

Permitted mandate_shown(const Standing& standing, std::string field) {
    if (standing.ground() != "mandate" || !standing.mandate().empty()) return permitted();
    return reject(Reason::Invalid, "reminder.mandate_missing", {}, std::move(field));
}

// Every matter gets its outcome, once.
Permitted outcomes_complete(const Casework& work, const SignReply& command) {
    std::set<std::string> settled;
    for (int i = 0; i < command.outcomes_size(); ++i) {
        const auto& id = command.outcomes(i).matter_id();
        const std::string field = "outcomes[" + std::to_string(i) + "].matter_id";
        if (!casework::has_matter(work, id))
            return reject(Reason::NotFound, "casework.no_such_matter", {{"id", id}}, field);
        if (!settled.insert(id).second)
            return reject(Reason::Invalid, "reminder.outcome_twice", {{"id", id}}, field);
    }
    for (std::uint32_t number = 1; number <= work.matters; ++number) {
        const auto id = "m" + std::to_string(number);
        if (!settled.contains(id))
            return reject(Reason::Invalid, "reminder.outcome_missing", {{"id", id}}, "outcomes");
    }
    return permitted();
}

// The authority that gave the complaint on, or the one that has its tasks now.
bool is_or_follows(const std::string& authority, std::string earlier, const Reference& reference) {
    std::set<std::string> seen;  // a ring of successors would never end
    while (!earlier.empty() && seen.insert(earlier).second) {
        if (authority == earlier) return true;
        const auto* known = reference.authority(earlier);
        earlier = known == nullptr ? "" : known->successor();
    }
    return false;
}

// ---- registering ----

// How it came, as registered or corrected: by word of mouth for a reason, or from an authority that was
// there. The arrival is not known when the sealed parts are gone.
template <class Command>
Permitted came_so(const Command& command, std::optional<Date> arrived_on, const Reference& reference) {
    if (command.oral() && command.oral_reason().empty())
        return reject(Reason::Invalid, "reminder.oral_reason_missing", {}, "oral_reason");
    if (command.transferred_from().empty() && !command.authority_diary_number().empty())
        return reject(Reason::Invalid, "reminder.number_without_authority", {}, "transferred_from");
    if (command.transferred_from().empty() || !arrived_on) return permitted();
    return casework::begun_by(command.transferred_from(), *arrived_on, reference, "transferred_from");
}

Result<Events> rule(const Preparing&, const RegisterReminder& command, const State& state,
                    const Context& context) {
    const auto& opening = command.opening();
    if (auto dates = casework::opening_dates(opening, context); !dates) return tl::unexpected(dates.error());
    const auto arrived_on = *parse_date(opening.arrived_on());
    if (auto holds = came_so(command, arrived_on, context.reference); !holds)
        return tl::unexpected(holds.error());
    if (auto shown = mandate_shown(opening.standing(), "opening.standing.mandate"); !shown)
        return tl::unexpected(shown.error());
    auto due = casework::due_by_policy("reminder.answer", arrived_on, context.reference);
    if (!due) return tl::unexpected(due.error());
    auto event = casework::with_opening<ReminderRegistered>(command, state.work, context);
    *event.mutable_due() = std::move(*due);
    return events(std::move(event));
}

// ---- while the reply has not been sent ----

template <class Stage>
concept Unanswered = !std::same_as<Stage, Answered>;

Result<Events> rule(const Unanswered auto&, const AcknowledgeReminder& command, const State& state,
                    const Context& context) {
    if (state.acknowledged) return reject(Reason::WrongState, "reminder.acknowledged_already");
    const auto dates =
        casework::days(state.work, context).happened("acknowledged_on", command.acknowledged_on()).result();
    return accepted_when<ReminderAcknowledged>(dates, command);
}

// May be given again: a mandate may come, or end, at any time before the reply.
Result<Events> rule(const Unanswered auto&, const CheckReminder& command, const State& state,
                    const Context& context) {
    const auto dates =
        casework::days(state.work, context).happened("checked_on", command.checked_on()).result();
    if (!dates) return tl::unexpected(dates.error());
    if (auto shown = mandate_shown(command.standing(), "standing.mandate"); !shown)
        return tl::unexpected(shown.error());
    return events(accepted<ReminderChecked>(command));
}

bool completion_awaited(const State& state) {
    return state.completion && !state.completion->received;
}

Result<Events> rule(const Unanswered auto&, const AskCompletion& command, const State& state,
                    const Context& context) {
    if (completion_awaited(state)) return reject(Reason::WrongState, "reminder.completion_asked_already");
    const auto dates = casework::days(state.work, context)
                           .happened("asked_on", command.asked_on())
                           .not_before("due_by", command.due_by(), parse_date(command.asked_on()),
                                       "casework.due_before_asking")
                           .result();
    if (!dates) return tl::unexpected(dates.error());
    auto event = accepted<CompletionAsked>(command);
    const auto* policy = answer_policy(state, context);
    event.set_pauses(state.work.due && policy != nullptr && policy->pause_allowed());
    return events(std::move(event));
}

Result<Events> rule(const Unanswered auto&, const ReceiveCompletion& command, const State& state,
                    const Context& context) {
    if (!completion_awaited(state)) return reject(Reason::WrongState, "reminder.no_completion_asked");
    const auto dates = casework::days(state.work, context)
                           .happened("received_on", command.received_on())
                           .not_before("received_on", command.received_on(), state.completion->asked_on,
                                       "casework.before_asking")
                           .result();
    if (!dates) return tl::unexpected(dates.error());
    auto event = accepted<CompletionReceived>(command);
    if (state.work.paused_on && state.work.due) {
        const auto* policy = answer_policy(state, context);
        const auto waited = *parse_date(command.received_on()) - *state.work.paused_on;
        if (policy != nullptr && policy->pause_credited())
            event.set_credited_days(static_cast<std::uint32_t>(waited.count()));
        *event.mutable_due() = credited(*state.work.due, event.credited_days(), context.reference);
    }
    return events(std::move(event));
}

// Advice is owed at any stage, also beside a reply that was sent.
Result<Events> rule(const auto&, const GiveReferralAdvice& command, const State& state,
                    const Context& context) {
    const auto dates = casework::days(state.work, context).happened("given_on", command.given_on()).result();
    return accepted_when<ReferralAdviceGiven>(dates, command);
}

// How often, how long and by whom, as the policy of the clock says. Who works on the data folder itself is no
// user and has every role.
Permitted within_limits(const SetPolicy* policy, std::uint32_t days, const State& state,
                        const Context& context) {
    if (policy == nullptr) return permitted();
    const auto* actor = context.reference.user(context.actor);
    const auto holds = [&](int role) {
        return actor == nullptr || std::ranges::find(actor->roles(), role) != actor->roles().end();
    };
    if (!policy->extended_by().empty() && std::ranges::none_of(policy->extended_by(), holds))
        return reject(Reason::Forbidden, "reminder.extension_by_others");
    if (policy->extensions_max() != 0 && state.work.extensions >= policy->extensions_max())
        return reject(Reason::Invalid, "reminder.extended_often_enough",
                      {{"max", std::to_string(policy->extensions_max())}}, "due_by");
    if (policy->extension_days_max() != 0 && days > policy->extension_days_max())
        return reject(Reason::Invalid, "reminder.extension_too_long",
                      {{"max", std::to_string(policy->extension_days_max())}}, "due_by");
    return permitted();
}

Result<Events> rule(const Unanswered auto&, const ExtendReminder& command, const State& state,
                    const Context& context) {
    if (state.work.paused) return reject(Reason::WrongState, "reminder.extended_while_paused");
    const auto due_by = state.work.due ? parse_date(state.work.due->due_by()) : std::nullopt;
    const auto dates = casework::days(state.work, context)
                           .happened("client_told_on", command.client_told_on())
                           .after("due_by", command.due_by(), due_by, "reminder.extension_not_later")
                           .after("due_by", command.due_by(), parse_date(command.client_told_on()),
                                  "reminder.extension_over_when_told")
                           .result();
    if (!dates) return tl::unexpected(dates.error());
    auto event = accepted<ReminderExtended>(command);
    if (due_by) event.set_days(static_cast<std::uint32_t>((*parse_date(command.due_by()) - *due_by).count()));
    const auto* policy = answer_policy(state, context);
    if (auto within = within_limits(policy, event.days(), state, context); !within)
        return tl::unexpected(within.error());
    if (command.legal_ground().empty() && policy != nullptr)
        event.mutable_given()->set_legal_ground(policy->ground());
    if (event.given().legal_ground().empty())
        return reject(Reason::Invalid, "reminder.legal_ground_missing", {}, "legal_ground");
    *event.mutable_due() =
        extended(state.work.due.value_or(Due{}), command.due_by(), command.client_told_on());
    return events(std::move(event));
}

// ---- draft, review, signature, sending ----

// A new draft ends an earlier approval or signature: what goes out is what was read.
Result<Events> rule(const Unanswered auto&, const DraftReply& command, const State& state,
                    const Context& context) {
    const auto* policy = answer_policy(state, context);
    auto event = accepted<ReplyDrafted>(command);
    event.set_review_needed(policy != nullptr && policy->legal_review());
    return events(std::move(event));
}

Result<Events> rule(const Drafted& drafted, const ReviewReply& command, const State&, const Context&) {
    if (drafted.review != Drafted::Review::None)
        return reject(Reason::WrongState, "reminder.reviewed_already");
    if (!command.approved() && command.comments().empty())
        return reject(Reason::Invalid, "reminder.comments_missing", {}, "comments");
    return events(accepted<ReplyReviewed>(command));
}

Result<Events> rule(const Drafted& drafted, const SignReply& command, const State& state,
                    const Context& context) {
    if (drafted.review == Drafted::Review::Returned)
        return reject(Reason::WrongState, "reminder.draft_was_returned");
    if (drafted.review_needed && drafted.review != Drafted::Review::Approved)
        return reject(Reason::WrongState, "reminder.review_missing");
    const auto dates =
        casework::days(state.work, context).happened("signed_on", command.signed_on()).result();
    if (!dates) return tl::unexpected(dates.error());
    if (auto complete = outcomes_complete(state.work, command); !complete)
        return tl::unexpected(complete.error());
    return events(accepted<ReplySigned>(command));
}

Result<Events> rule(const Signed& signed_reply, const SendReply& command, const State& state,
                    const Context& context) {
    const auto dates =
        casework::days(state.work, context)
            .happened("sent_on", command.sent_on())
            .not_before("sent_on", command.sent_on(), signed_reply.on, "reminder.sent_before_signed")
            .result();
    if (!dates) return tl::unexpected(dates.error());
    const auto sent_on = *parse_date(command.sent_on());
    const auto may = may_reveal(state.standing, command.recipient_role(), sent_on);
    if (!may) return tl::unexpected(may.error());
    const auto spares =
        casework::spares_the_minor(state.work, command.recipient_role(), command.banned_parts_left_out());
    if (!spares) return tl::unexpected(spares.error());
    if (auto known = casework::document_known(state.work, command.document_id()); !known)
        return tl::unexpected(known.error());
    auto event = accepted<ReplySent>(command);
    *event.mutable_facts() = casework::answer_facts(state.work, sent_on, context.reference);
    for (const auto& outcome : signed_reply.outcomes) *event.add_outcomes() = outcome;
    return events(std::move(event));
}

// ---- after the reply ----

bool copy_awaited(const State& state) {
    return !state.transferred_from.empty() && !state.copied;
}

Result<Events> rule(const Answered& answered, const CopyToAuthority& command, const State& state,
                    const Context& context) {
    if (state.transferred_from.empty()) return reject(Reason::WrongState, "reminder.no_authority_to_copy_to");
    if (state.copied) return reject(Reason::WrongState, "reminder.copied_already");
    const auto dates =
        casework::days(state.work, context)
            .happened("sent_on", command.sent_on())
            .not_before("sent_on", command.sent_on(), answered.on, "reminder.copied_before_sent")
            .result();
    if (!dates) return tl::unexpected(dates.error());
    if (!is_or_follows(command.authority(), state.transferred_from, context.reference))
        return reject(Reason::Invalid, "reminder.copied_to_another_authority", {}, "authority");
    const auto office = casework::in_office(command.authority(), *parse_date(command.sent_on()),
                                            context.reference, "authority");
    return accepted_when<CopiedToAuthority>(office, command);
}

// ---- what a reminder adds to the shared ones ----

Result<Events> rule(const Answered&, const RequestStatement&, const State&, const Context&) {
    return reject(Reason::WrongState, "reminder.answered_already");
}
Result<Events> rule(const Answered&, const casework::LeavingCommand auto&, const State&, const Context&) {
    return reject(Reason::WrongState, "reminder.answered_so_close");
}

template <Unanswered Stage>
Result<Events> rule(const Stage&, const Close&, const State&, const Context&) {
    return reject(Reason::WrongState, "reminder.close_before_answer");
}
Result<Events> rule(const Answered&, const Close& command, const State& state, const Context& context) {
    if (copy_awaited(state)) return reject(Reason::WrongState, "reminder.close_waits_for_copy");
    return casework::rule(state.work, command, context);
}

Result<Events> rule(const auto&, const Reopen& command, const State& state, const Context& context) {
    if (!casework::ended(state.work)) return casework::reopen(state.work, command, std::nullopt, context);
    if (!command.due_by().empty()) return reject(Reason::Invalid, "reminder.due_is_by_policy", {}, "due_by");
    const auto reopened_on = parse_date(command.reopened_on());
    if (!reopened_on) return casework::reopen(state.work, command, std::nullopt, context);
    auto due = casework::due_by_policy("reminder.answer", *reopened_on, context.reference, "reopening");
    if (!due) return tl::unexpected(due.error());
    return casework::reopen(state.work, command, *due, context);
}

// A corrected arrival moves the clock with it, unless the case has a later one: an extension that the
// client was told of, or that of its reopening.
Result<Events> rule(const auto&, const CorrectOpening& command, const State& state, const Context& context) {
    if (!command.due_by().empty()) return reject(Reason::Invalid, "reminder.due_is_by_policy", {}, "due_by");
    if (auto shown = mandate_shown(command.opening().standing(), "opening.standing.mandate"); !shown)
        return tl::unexpected(shown.error());
    const auto arrived_on = parse_date(command.opening().arrived_on());
    const bool later_clock = state.work.due_moved || state.work.reopened;
    if (later_clock || arrived_on == state.work.arrived_on || !arrived_on)
        return casework::correct(state.work, command, state.work.due, context);
    auto due = casework::due_by_policy("reminder.answer", *arrived_on, context.reference);
    if (!due) return tl::unexpected(due.error());
    return casework::correct(state.work, command, credited(*due, state.work.credited_days, context.reference),
                             context);
}

// A copy that went to the authority now named stays sent; any other still has to go.
Result<Events> rule(const auto&, const CorrectReminder& command, const State& state, const Context& context) {
    if (auto holds = came_so(command, state.work.arrived_on, context.reference); !holds)
        return tl::unexpected(holds.error());
    auto event = accepted<ReminderCorrected>(command);
    event.set_copied(!state.copied_to.empty() &&
                     is_or_follows(state.copied_to, command.transferred_from(), context.reference));
    return events(std::move(event));
}

using OwnCommands =
    MessageList<RegisterReminder, AcknowledgeReminder, CheckReminder, AskCompletion, ReceiveCompletion,
                GiveReferralAdvice, ExtendReminder, DraftReply, ReviewReply, SignReply, SendReply,
                CopyToAuthority, CorrectReminder, Reopen, CorrectOpening>;

// ---- evolving ----

// Whoever is registered as the client acts for themselves until a check says otherwise.
Ground ground_of(const Opening& opening) {
    Ground ground;
    ground.code = opening.standing().ground();
    if (ground.code.empty() && opening.maker() == "client") ground.code = "client";
    ground.ends_on = parse_date(opening.standing().ends_on());
    return ground;
}

// No fallback, on purpose: a new event does not compile until its effect is said.
void after(State& state, const ReminderRegistered& event) {
    casework::open(state.work, event.given().opening(), event.has_due() ? &event.due() : nullptr);
    state.standing = ground_of(event.given().opening());
    state.transferred_from = event.given().transferred_from();
}
void after(State& state, const ReminderAcknowledged& event) {
    state.acknowledged = true;
    casework::note_day(state.work, event.given().acknowledged_on());
}
void after(State& state, const ReminderChecked& event) {
    const auto& given = event.given();
    state.check = Check{given.nature(), given.right_addressee(), given.complete()};
    if (!given.standing().ground().empty()) {
        state.standing.code = given.standing().ground();
        state.standing.ends_on = parse_date(given.standing().ends_on());
    }
    casework::note_day(state.work, given.checked_on());
}
void after(State& state, const CompletionAsked& event) {
    state.completion = Completion{parse_date(event.given().asked_on()), parse_date(event.given().due_by()),
                                  std::nullopt, false};
    casework::note_day(state.work, event.given().asked_on());
    if (event.pauses()) casework::pause_clock(state.work, event.given().asked_on());
}
void after(State& state, const CompletionReceived& event) {
    if (state.work.paused)
        casework::resume_clock(state.work, event.given().received_on(), event.credited_days(),
                               event.has_due() ? &event.due() : nullptr);
    if (!state.completion) return;
    state.completion->received = true;
    state.completion->received_on = parse_date(event.given().received_on());
    if (state.check) state.check->complete = true;
}
void after(State& state, const ReferralAdviceGiven& event) {
    state.referral_advised = true;
    casework::note_day(state.work, event.given().given_on());
}
// One that was written before it told its whole date is told it here.
void after(State& state, const ReminderExtended& event) {
    const auto& given = event.given();
    const Due due = event.has_due()
                        ? event.due()
                        : extended(state.work.due.value_or(Due{}), given.due_by(), given.client_told_on());
    casework::extend_clock(state.work, given.client_told_on(), event.days(), due);
    casework::note_day(state.work, given.client_told_on());
}
void after(State& state, const ReplyDrafted& event) {
    state.stage = Drafted{event.review_needed(), Drafted::Review::None};
}
void after(State& state, const ReplyReviewed& event) {
    auto* drafted = std::get_if<Drafted>(&state.stage);
    if (drafted == nullptr) return;
    drafted->review = event.given().approved() ? Drafted::Review::Approved : Drafted::Review::Returned;
}
void after(State& state, const ReplySigned& event) {
    Signed signed_reply;
    signed_reply.on = parse_date(event.given().signed_on());
    for (const auto& outcome : event.given().outcomes()) {
        MatterOutcome& kept = signed_reply.outcomes.emplace_back();
        kept.set_matter_id(outcome.matter_id());
        kept.set_outcome(outcome.outcome());
    }
    state.stage = std::move(signed_reply);
    casework::note_day(state.work, event.given().signed_on());
}
void after(State& state, const ReplySent& event) {
    state.stage = Answered{parse_date(event.given().sent_on())};
    casework::answer(state.work, event.given().sent_on(), event.facts());
}
void after(State& state, const CopiedToAuthority& event) {
    state.copied_to = event.given().authority();
    state.copied = true;
}
void after(State& state, const ReminderCorrected& event) {
    state.transferred_from = event.given().transferred_from();
    state.copied = event.copied();
}
void after(State& state, const Reopened&) {
    state.stage = Preparing{};
    state.copied_to.clear();  // the new answer is copied too
    state.copied = false;
}
// What a check found about the standing stays; one that nobody checked follows the correction.
void correct_standing(State& state, const Opening& opening) {
    auto ground = ground_of(opening);
    if (state.check && !state.standing.code.empty()) {
        ground.code = state.standing.code;
        ground.ends_on = state.standing.ends_on;
    }
    state.standing = ground;
}
void after(State& state, const OpeningCorrected& event) {
    correct_standing(state, event.given().opening());
}
void after(State& state, const CaseImported& event) {
    state.standing = ground_of(event.given().opening());
    if (event.has_facts()) state.stage = Answered{state.work.answered_on};
}
void after(State& state, const ImportCorrected& event) {
    correct_standing(state, event.given().opening());
    if (event.has_facts()) {
        state.stage = Answered{state.work.answered_on};
    } else if (std::holds_alternative<Answered>(state.stage)) {
        state.stage = Preparing{};  // the row no longer says that it was settled
    }
}

using OwnEvents = MessageList<ReminderRegistered, ReminderAcknowledged, ReminderChecked, CompletionAsked,
                              CompletionReceived, ReferralAdviceGiven, ReminderExtended, ReplyDrafted,
                              ReplyReviewed, ReplySigned, ReplySent, CopiedToAuthority, ReminderCorrected,
                              Reopened, OpeningCorrected, CaseImported, ImportCorrected>;

}  // namespace

// ---- who may be told what ----

Permitted may_reveal(const Ground& standing, std::string_view recipient_role, Date on) {
    if (recipient_role == "client") return permitted();
    if (recipient_role != "maker" && recipient_role != "representative" && recipient_role != "guardian")
        return reject(Reason::Invalid, "reminder.reply_goes_to_the_maker", {}, "recipient_role");
    if (standing.code.empty())
        return reject(Reason::Invalid, "reminder.standing_unknown", {}, "recipient_role");
    if (standing.code == "none")
        return reject(Reason::Invalid, "reminder.standing_none", {}, "recipient_role");
    if (standing.code == "client" && recipient_role != "maker")
        return reject(Reason::Invalid, "reminder.client_acts_alone", {}, "recipient_role");
    if (standing.code != "client" && standing.ends_on && on > *standing.ends_on)
        return reject(Reason::Invalid, "reminder.mandate_has_ended",
                      {{"ended_on", to_string(*standing.ends_on)}}, "recipient_role");
    return permitted();
}

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

std::string_view preparing_stage(const State& state) {
    if (completion_awaited(state)) return "stage.completion-asked";
    const auto taken_in = state.acknowledged ? "stage.acknowledged" : "stage.registered";
    return casework::prepared_stage(state.work, state.check ? "stage.checked" : taken_in);
}

std::string_view preparing_step(const State& state) {
    if (!state.acknowledged && !state.work.imported) return "next.acknowledge";
    if (!state.check && !state.work.imported) return "next.check";
    if (completion_awaited(state)) return "next.await-completion";
    if (state.check && !state.check->right_addressee) return "next.transfer";
    if (state.check && state.check->nature != "reminder" && !state.referral_advised)
        return "next.referral-advice";
    if (state.check && !state.check->complete) return "next.ask-completion";
    if (state.work.handler.empty()) return "next.assign";
    if (casework::open_statement(state.work) != nullptr) return "next.await-statement";
    if (!casework::statement_asked(state.work)) return "next.ask-statement";
    return "next.draft";
}

std::string_view step(const Preparing&, const State& state) {
    return preparing_step(state);
}
std::string_view step(const Drafted& drafted, const State&) {
    if (drafted.review == Drafted::Review::Returned) return "next.redraft";
    const bool unread = drafted.review_needed && drafted.review == Drafted::Review::None;
    return unread ? "next.review" : "next.sign";
}
std::string_view step(const Signed&, const State&) {
    return "next.send";
}
std::string_view step(const Answered&, const State& state) {
    return casework::closing_step(state.work);
}

std::string_view name(const Preparing&, const State& state) {
    return preparing_stage(state);
}
std::string_view name(const Drafted& drafted, const State&) {
    switch (drafted.review) {
        case Drafted::Review::Approved:
            return "stage.reviewed";
        case Drafted::Review::Returned:
            return "stage.returned";
        case Drafted::Review::None:
            return "stage.drafted";
    }
    return "stage.drafted";
}
std::string_view name(const Signed&, const State&) {
    return "stage.signed";
}
std::string_view name(const Answered&, const State&) {
    return "stage.answered";
}

}  // namespace

std::string_view stage(const State& state) {
    return casework::shown_stage(state, [](const auto& at, const State& of) { return name(at, of); });
}

std::string_view next_step(const State& state) {
    // A closed one owes a copy when a correction has found it so.
    if (std::holds_alternative<Answered>(state.stage) && copy_awaited(state)) return "next.copy-to-authority";
    return casework::shown_step(state, [](const auto& at, const State& of) { return step(at, of); });
}

std::vector<casework::DueItem> due_dates(const State& state) {
    auto items = casework::due_dates(state.work);
    if (!state.completion) return items;
    const auto& completion = *state.completion;
    if (!completion.received && casework::ended(state.work) != nullptr) return items;
    casework::DueItem item;
    item.what = "completion";
    if (completion.due_by) item.due = due_as_said("asking", to_string(*completion.due_by));
    if (completion.received_on) item.met_on = to_string(*completion.received_on);
    item.met = completion.received;
    items.push_back(std::move(item));
    return items;
}

}  // namespace vastine::domain::reminder
