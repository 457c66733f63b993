#include "domain/cases/casework.hpp"

#include <algorithm>
#include <charconv>

#include "domain/cases/clock.hpp"
#include "domain/deadlines/due_date.hpp"
#include "domain/schema/reminder.pb.h"
#include "domain/schema/request.pb.h"

namespace vastine::domain::casework {

namespace {

// What still comes to a case that has ended: papers, questions and answers to them, what was promised or is
// owed to an authority, the right to have wrong data corrected, and a reason to keep it longer.
using AfterEnd =
    MessageList<EnterDocument, RetractDocument, ReceiveInquiry, AnswerInquiry, Notify, Reopen, Link,
                CompleteMeasure, VerifyMeasure, CopyToAuthority, CorrectOpening, CorrectReminder,
                CorrectComplaint, CorrectRequest, PlaceHold, LiftHold, ReleaseLogExtract, ImportCase>;

std::string id_of(char letter, std::size_t number) {
    return letter + std::to_string(number);
}

// The number of an id such as d12; nothing when it is not one of that letter.
std::optional<std::uint32_t> number_of(char letter, std::string_view id) {
    if (id.size() < 2 || id[0] != letter) return std::nullopt;
    std::uint32_t number = 0;
    const auto [end, error] = std::from_chars(id.data() + 1, id.data() + id.size(), number);
    if (error != std::errc() || end != id.data() + id.size() || number == 0) return std::nullopt;
    return number;
}

template <class Items>
auto* find(Items& items, std::string_view id) {
    const auto at = std::ranges::find(items, id, [](const auto& item) { return std::string_view(item.id); });
    return at == items.end() ? nullptr : &*at;
}

std::string_view ended_text(End how) {
    switch (how) {
        case End::Closed:
            return "casework.case_is_closed";
        case End::Withdrawn:
            return "casework.case_is_withdrawn";
        case End::Transferred:
            return "casework.case_is_transferred";
        case End::Merged:
            return "casework.case_is_merged";
    }
    return "casework.case_is_closed";
}

// The wall holds for handlers and owners of measures too: nobody is given what is another area's.
bool of_the_area(const Casework& work, const std::string& user, const Context& context) {
    const auto* staff = context.reference.user(user);
    const auto area = area_of(work.kind);
    return staff != nullptr && area && works_in(viewer_of(*staff), *area);
}

Result<const Statement*> waiting_statement(const Casework& work, const std::string& id) {
    if (open_statement(work) == nullptr) return reject(Reason::WrongState, "casework.no_statement_awaited");
    const auto* statement = find(work.statements, id);
    if (statement == nullptr)
        return reject(Reason::NotFound, "casework.no_such_statement", {{"id", id}}, "statement_id");
    if (statement->received)
        return reject(Reason::WrongState, "casework.statement_came_already", {{"id", id}}, "statement_id");
    if (statement->waived)
        return reject(Reason::WrongState, "casework.statement_was_waived", {{"id", id}}, "statement_id");
    return statement;
}

std::string_view outcomes_of(Kind kind) {
    if (kind == REMINDER) return "reminder_outcome";
    if (kind == COMPLAINT) return "complaint_outcome";
    return "";
}

std::optional<Instant> instant_of(bool given, const google::protobuf::Timestamp& at) {
    if (!given) return std::nullopt;
    return Instant(std::chrono::seconds(at.seconds()) + std::chrono::microseconds(at.nanos() / 1000));
}

// An instant tells the day too: in Finland.
void complete_days(ImportCase& row) {
    if (row.has_closed_at() && row.closed_on().empty())
        row.set_closed_on(to_string(helsinki_date(*instant_of(true, row.closed_at()))));
    if (row.has_due_at() && row.due_by().empty())
        row.set_due_by(to_string(helsinki_date(*instant_of(true, row.due_at()))));
}

Permitted import_holds_together(const Casework& work, const ImportCase& row, const Context& context) {
    if (auto dates = opening_dates(row.opening(), context); !dates) return dates;
    const auto arrived_on = parse_date(row.opening().arrived_on());
    const std::string before = "casework.import_before_arrival";
    Days days(std::nullopt, context.today);
    if (!row.asked_on().empty())
        days.not_in_future("asked_on", row.asked_on())
            .not_before("asked_on", row.asked_on(), arrived_on, before);
    if (!row.closed_on().empty())
        days.not_in_future("closed_on", row.closed_on())
            .not_before("closed_on", row.closed_on(), arrived_on, before);
    if (auto result = days.result(); !result) return result;

    const auto arrived_at = instant_of(row.has_arrived_at(), row.arrived_at());
    const auto closed_at = instant_of(row.has_closed_at(), row.closed_at());
    if (arrived_at && closed_at && *closed_at < *arrived_at)
        return reject(Reason::Invalid, before, {{"earliest", to_string(*arrived_on)}}, "closed_at");

    if (row.outcome().empty()) return permitted();
    const auto set = outcomes_of(work.kind);
    const auto settled_on = parse_date(row.closed_on());
    if (!settled_on) return reject(Reason::Invalid, "casework.import_outcome_while_open", {}, "outcome");
    if (set.empty() || !context.reference.code_valid(set, row.outcome(), *settled_on))
        return reject(Reason::Invalid, "casework.import_outcome_unknown", {}, "outcome");
    return permitted();
}

// The schema lets an import speak of contacts' finer causes too; a case of the legal area has its own.
Permitted causes_fit(const Casework& work, const Opening& opening, const Reference& reference) {
    const auto arrived_on = parse_date(opening.arrived_on());
    if (work.kind == CONTACT || !arrived_on) return permitted();
    const auto fits = [&](const std::string& cause) {
        return cause.empty() || reference.code_valid("cause", cause, *arrived_on);
    };
    const auto unknown = [](std::string field) {
        return reject(Reason::Invalid, "casework.import_cause_unknown", {}, std::move(field));
    };
    if (!fits(opening.cause())) return unknown("opening.cause");
    for (int i = 0; i < opening.other_causes_size(); ++i)
        if (!fits(opening.other_causes(i))) return unknown("opening.other_causes[" + std::to_string(i) + "]");
    for (int i = 0; i < opening.matters_size(); ++i)
        if (!fits(opening.matters(i).cause()))
            return unknown("opening.matters[" + std::to_string(i) + "].cause");
    return permitted();
}

// The date of the row, or else the one that the policy of that time gives; none where neither says.
std::optional<Due> due_of(const Casework& work, const ImportCase& row, const Reference& reference) {
    if (!row.due_by().empty())
        return due_as_said(work.kind == AUTHORITY_REQUEST ? "letter" : "", row.due_by());
    const auto arrived_on = parse_date(row.opening().arrived_on());
    const auto* policy = reference.policy(policy_name(work.kind, "answer"), *arrived_on);
    if (policy == nullptr) return std::nullopt;
    return due_by(*policy, {"arrival", *arrived_on}, reference);
}

AnswerFacts facts_of(const ImportCase& row, const std::optional<Due>& due) {
    const auto closed_on = parse_date(row.closed_on());
    auto facts = answer_facts(parse_date(row.opening().arrived_on()), *closed_on, due ? &*due : nullptr);
    const auto closed_at = instant_of(row.has_closed_at(), row.closed_at());
    const auto due_at = instant_of(row.has_due_at(), row.due_at());
    if (closed_at && due_at) facts.set_kept(*closed_at <= *due_at);
    facts.set_kept_credited(facts.kept());
    return facts;
}

template <class Imported>
Imported imported(ImportCase row, const Casework& work, const Context& context) {
    number(*row.mutable_opening(), work, context);
    Imported event;
    *event.mutable_coarse() = coarse(row.opening(), context.reference);
    const auto due = due_of(work, row, context.reference);
    if (due) *event.mutable_due() = *due;
    if (!row.closed_on().empty()) *event.mutable_facts() = facts_of(row, due);
    *event.mutable_given() = std::move(row);
    return event;
}

Label label_of(const Text& name) {
    return {name.fi(), name.sv(), name.en()};
}

Permitted nothing_waits(const Casework& work) {
    std::vector<Rejection> waits;
    for (const auto& statement : work.statements)
        if (statement.open())
            waits.push_back(
                {Reason::WrongState, "casework.close_waits_for_statement", {{"id", statement.id}}, ""});
    for (const auto& inquiry : work.inquiries)
        if (!inquiry.answered)
            waits.push_back(
                {Reason::WrongState, "casework.close_waits_for_inquiry", {{"id", inquiry.id}}, ""});
    if (waits.empty()) return permitted();
    Rejection first = std::move(waits.front());
    first.more.assign(std::make_move_iterator(waits.begin() + 1), std::make_move_iterator(waits.end()));
    return tl::unexpected(std::move(first));
}

}  // namespace

// ---- the state, asked ----

const Ended* ended(const Casework& work) {
    return std::get_if<Ended>(&work.phase);
}

const Statement* open_statement(const Casework& work) {
    const auto at = std::ranges::find_if(work.statements, &Statement::open);
    return at == work.statements.end() ? nullptr : &*at;
}

const Inquiry* open_inquiry(const Casework& work) {
    const auto at = std::ranges::find(work.inquiries, false, &Inquiry::answered);
    return at == work.inquiries.end() ? nullptr : &*at;
}

const Hold* hold(const std::vector<Hold>& holds, Date on) {
    const Hold* last = nullptr;
    for (const auto& one : holds) {
        if (one.lifted || (one.until && *one.until < on)) continue;
        const bool longer = last == nullptr || (last->until && (!one.until || *one.until > *last->until));
        if (longer) last = &one;
    }
    return last;
}

bool statement_asked(const Casework& work) {
    return !std::ranges::all_of(work.statements, &Statement::earlier);
}

bool has_matter(const Casework& work, std::string_view matter_id) {
    const auto number = number_of('m', matter_id);
    return number && *number <= work.matters;
}

// ---- what comes before any rule ----

Permitted admit(const Casework& work, const google::protobuf::Message& command, const Context& context) {
    const auto* type = command.GetDescriptor();
    if (work.disqualified.contains(context.actor))
        return reject(Reason::Disqualified, "casework.you_are_disqualified");
    const bool opens = type->options().GetExtension(vastine::command).opens();
    if (!opened(work)) {
        if (opens) return permitted();
        return reject(Reason::NotFound, "casework.not_opened");
    }
    if (opens && type != ImportCase::descriptor())
        return reject(Reason::WrongState, "casework.opened_already");
    const auto* end = ended(work);
    if (end != nullptr && !listed(AfterEnd{}, type))
        return reject(Reason::WrongState, std::string(ended_text(end->how)));
    return permitted();
}

bool taken_by(Kind kind, const google::protobuf::Message& command) {
    const auto& rule = command.GetDescriptor()->options().GetExtension(vastine::command);
    return std::ranges::find(rule.kinds(), static_cast<int>(kind)) != rule.kinds().end();
}

bool shares(const google::protobuf::Message& command) {
    return listed(Commands{}, command.GetDescriptor());
}

Result<Events> decide(const Casework& work, const google::protobuf::Message& command,
                      const Context& context) {
    static const Dispatch<Result<Events>(const Casework&, const Context&)> rules(
        Commands{}, [](const Casework& subject, const auto& own, const Context& with) {
            return rule(subject, own, with);
        });
    if (auto admitted = admit(work, command, context); !admitted) return tl::unexpected(admitted.error());
    return rules(work, command, context);
}

// ---- what the rules use ----

Days days(const Casework& work, const Context& context) {
    return {work.arrived_on, context.today};
}

Permitted may_handle(const Casework& work, const std::string& user, const Context& context,
                     std::string field) {
    if (work.disqualified.contains(user))
        return reject(Reason::Disqualified, "casework.handler_disqualified", {}, std::move(field));
    if (!of_the_area(work, user, context))
        return reject(Reason::Invalid, "casework.handler_of_another_area", {}, std::move(field));
    return permitted();
}

Permitted document_known(const Casework& work, const std::string& document_id) {
    if (document_id.empty()) return permitted();
    const auto number = number_of('d', document_id);
    if (number && *number <= work.documents && !work.retracted_documents.contains(*number))
        return permitted();
    return reject(Reason::NotFound, "casework.no_such_document", {{"id", document_id}}, "document_id");
}

Permitted spares_the_minor(const Casework& work, std::string_view recipient_role,
                           bool banned_parts_left_out) {
    const bool guardian = recipient_role == "guardian" || recipient_role == "representative" ||
                          (recipient_role == "maker" && work.maker == "guardian");
    if (!work.disclosure_banned || !guardian || banned_parts_left_out) return permitted();
    return reject(Reason::NeedsConfirmation, "casework.minor_has_banned_disclosure", {},
                  "banned_parts_left_out");
}

Permitted opening_dates(const Opening& opening, const Context& context) {
    return Days(std::nullopt, context.today)
        .not_in_future("opening.arrived_on", opening.arrived_on())
        .result();
}

void number(Opening& opening, const Casework& work, const Context& context) {
    if (!opening.diary_number().empty()) return;
    opening.set_diary_number(work.diary_number.empty() ? context.next_diary_number : work.diary_number);
}

Coarse coarse(const Opening& opening, const Reference& reference) {
    Coarse coarse;
    const auto arrived_on = parse_date(opening.arrived_on());
    if (arrived_on) {
        coarse.set_month(month_of(*arrived_on));
        coarse.set_code_version(reference.code_version(*arrived_on));
    }
    std::string unit;
    if (!opening.units().empty()) {
        unit = opening.units(0);
    } else if (!opening.matters().empty()) {
        unit = opening.matters(0).unit();
    }
    if (!unit.empty()) coarse.set_department(reference.department_of(unit));
    const auto& language = opening.language();
    if (!language.empty())
        coarse.set_language_group(language == "fi" || language == "sv" ? language : "other");
    return coarse;
}

Result<Due> due_by_policy(std::string_view policy, Date start, const Reference& reference,
                          std::string_view runs_from) {
    const auto* found = reference.policy(policy, start);
    if (found == nullptr)
        return reject(Reason::Invalid, "casework.no_policy",
                      {{"policy", std::string(policy)}, {"on", to_string(start)}});
    return due_by(*found, {runs_from, start}, reference);
}

Label code_label(std::string_view set, const std::string& code, const Reference& reference) {
    const auto* known = reference.code(set, code);
    return known == nullptr ? Label{code, code, code} : label_of(known->name());
}

AnswerFacts answer_facts(std::optional<Date> start, Date end, const Due* due) {
    AnswerFacts facts;
    facts.set_month(month_of(end));
    if (start && end >= *start) facts.set_days(static_cast<std::uint32_t>((end - *start).count()));
    const auto due_by = due == nullptr ? std::nullopt : parse_date(due->due_by());
    facts.set_kept(!due_by || end <= *due_by);
    facts.set_kept_credited(facts.kept());
    return facts;
}

std::string policy_name(Kind kind, std::string_view step) {
    std::string name;
    switch (kind) {
        case REMINDER:
            name = "reminder";
            break;
        case COMPLAINT:
            name = "complaint";
            break;
        case AUTHORITY_REQUEST:
            name = "authority-request";
            break;
        default:
            name = "contact";
    }
    return name.append(".").append(step);
}

// ---- documents ----

Result<Events> rule(const Casework& work, const EnterDocument& command, const Context& context) {
    // Our own papers may be older than the case that they became part of.
    Days dates = days(work, context);
    if (command.direction() == "internal") {
        dates.not_in_future("dated_on", command.dated_on());
    } else {
        dates.happened("dated_on", command.dated_on());
    }
    if (auto result = dates.result(); !result) return tl::unexpected(result.error());
    if (!command.secret_parts().empty() && command.secrecy_ground().empty())
        return reject(Reason::Invalid, "casework.secrecy_ground_missing", {}, "secrecy_ground");
    auto event = accepted<DocumentEntered>(command);
    event.set_document_id(id_of('d', work.documents + 1));
    event.set_late(ended(work) != nullptr);
    return events(std::move(event));
}

Result<Events> rule(const Casework& work, const RetractDocument& command, const Context&) {
    if (work.retracted_documents.size() == work.documents)
        return reject(Reason::WrongState, "casework.no_documents");
    return accepted_when<DocumentRetracted>(document_known(work, command.document_id()), command);
}

// ---- who handles it ----

Result<Events> rule(const Casework& work, const Assign& command, const Context& context) {
    if (auto result = may_handle(work, command.handler(), context, "handler"); !result)
        return tl::unexpected(result.error());
    if (command.handler() == work.handler)
        return reject(Reason::Invalid, "casework.handler_already", {}, "handler");
    return events(accepted<Assigned>(command));
}

Result<Events> rule(const Casework& work, const Disqualify& command, const Context& context) {
    if (work.disqualified.contains(command.user()))
        return reject(Reason::Invalid, "casework.disqualified_already", {}, "user");
    if (command.superior() == command.user())
        return reject(Reason::Invalid, "casework.superior_is_the_disqualified", {}, "superior");
    if (auto result = may_handle(work, command.superior(), context, "superior"); !result)
        return tl::unexpected(result.error());
    return events(accepted<Disqualified>(command));
}

// ---- statements ----

Result<Events> rule(const Casework& work, const RequestStatement& command, const Context& context) {
    for (const auto& earlier : work.statements)
        if (earlier.open() && !earlier.unit.empty() && earlier.unit == command.unit())
            return reject(Reason::WrongState, "casework.unit_asked_already", {{"id", earlier.id}}, "unit");
    Days dates = days(work, context);
    dates.happened("asked_on", command.asked_on());
    if (!command.due_by().empty())
        dates.not_before("due_by", command.due_by(), parse_date(command.asked_on()),
                         "casework.due_before_asking");
    if (auto result = dates.result(); !result) return tl::unexpected(result.error());

    auto event = accepted<StatementRequested>(command);
    event.set_statement_id(id_of('s', work.statements.size() + 1));
    if (command.due_by().empty()) {
        auto due = due_by_policy(policy_name(work.kind, "statement"), *parse_date(command.asked_on()),
                                 context.reference, "asking");
        if (!due) return tl::unexpected(due.error());
        *event.mutable_due() = std::move(*due);
    } else {
        *event.mutable_due() = due_as_said("asking", command.due_by());
    }
    return events(std::move(event));
}

Result<Events> rule(const Casework& work, const ChaseStatement& command, const Context& context) {
    const auto statement = waiting_statement(work, command.statement_id());
    if (!statement) return tl::unexpected(statement.error());
    const auto dates =
        days(work, context)
            .happened("chased_on", command.chased_on())
            .not_before("chased_on", command.chased_on(), (*statement)->asked_on, "casework.before_asking")
            .result();
    return accepted_when<StatementChased>(dates, command);
}

Result<Events> rule(const Casework& work, const ReceiveStatement& command, const Context& context) {
    const auto statement = waiting_statement(work, command.statement_id());
    if (!statement) return tl::unexpected(statement.error());
    const auto asked_on = (*statement)->asked_on;
    const auto dates =
        days(work, context)
            .happened("received_on", command.received_on())
            .not_before("received_on", command.received_on(), asked_on, "casework.before_asking")
            .result();
    if (!dates) return tl::unexpected(dates.error());
    if (auto known = document_known(work, command.document_id()); !known)
        return tl::unexpected(known.error());
    auto event = accepted<StatementReceived>(command);
    event.set_days(answer_facts(asked_on, *parse_date(command.received_on()), nullptr).days());
    return events(std::move(event));
}

Result<Events> rule(const Casework& work, const WaiveStatement& command, const Context& context) {
    const auto statement = waiting_statement(work, command.statement_id());
    if (!statement) return tl::unexpected(statement.error());
    const auto dates =
        days(work, context)
            .happened("waived_on", command.waived_on())
            .not_before("waived_on", command.waived_on(), (*statement)->asked_on, "casework.before_asking")
            .result();
    return accepted_when<StatementWaived>(dates, command);
}

// ---- telling people ----

Result<Events> rule(const Casework& work, const Notify& command, const Context& context) {
    const auto dates = days(work, context).happened("notified_on", command.notified_on()).result();
    if (!dates) return tl::unexpected(dates.error());
    if (auto known = document_known(work, command.document_id()); !known)
        return tl::unexpected(known.error());
    const auto spares = spares_the_minor(work, command.recipient_role(), command.banned_parts_left_out());
    return accepted_when<Notified>(spares, command);
}

// ---- inquiries ----

Result<Events> rule(const Casework& work, const ReceiveInquiry& command, const Context& context) {
    const auto dates = days(work, context).happened("received_on", command.received_on()).result();
    if (!dates) return tl::unexpected(dates.error());
    auto due = due_by_policy("inquiry." + command.inquiry_kind(), *parse_date(command.received_on()),
                             context.reference, "receipt");
    if (!due) return tl::unexpected(due.error());
    auto event = accepted<InquiryReceived>(command);
    event.set_inquiry_id(id_of('i', work.inquiries.size() + 1));
    *event.mutable_due() = std::move(*due);
    return events(std::move(event));
}

Result<Events> rule(const Casework& work, const AnswerInquiry& command, const Context& context) {
    if (open_inquiry(work) == nullptr) return reject(Reason::WrongState, "casework.no_inquiry_open");
    const auto* inquiry = find(work.inquiries, command.inquiry_id());
    if (inquiry == nullptr)
        return reject(Reason::NotFound, "casework.no_such_inquiry", {{"id", command.inquiry_id()}},
                      "inquiry_id");
    if (inquiry->answered)
        return reject(Reason::WrongState, "casework.inquiry_answered_already", {{"id", inquiry->id}},
                      "inquiry_id");
    const auto dates = days(work, context)
                           .happened("answered_on", command.answered_on())
                           .not_before("answered_on", command.answered_on(), inquiry->received_on,
                                       "casework.answered_before_asked")
                           .result();
    if (!dates) return tl::unexpected(dates.error());
    if (!command.parts_withheld().empty() && command.withheld_ground().empty())
        return reject(Reason::Invalid, "casework.withheld_ground_missing", {}, "withheld_ground");
    if (work.disclosure_banned && command.recipient_role().empty())
        return reject(Reason::Invalid, "casework.recipient_role_missing", {}, "recipient_role");
    const auto spares = spares_the_minor(work, command.recipient_role(), command.banned_parts_left_out());
    if (!spares) return tl::unexpected(spares.error());
    auto event = accepted<InquiryAnswered>(command);
    *event.mutable_facts() =
        answer_facts(inquiry->received_on, *parse_date(command.answered_on()), &inquiry->due);
    return events(std::move(event));
}

// ---- corrective measures ----

Result<Events> rule(const Casework& work, const AgreeMeasure& command, const Context& context) {
    if (work.disqualified.contains(command.owner()))
        return reject(Reason::Disqualified, "casework.owner_disqualified", {}, "owner");
    if (!of_the_area(work, command.owner(), context))
        return reject(Reason::Invalid, "casework.owner_of_another_area", {}, "owner");
    if (!command.matter_id().empty() && !has_matter(work, command.matter_id()))
        return reject(Reason::NotFound, "casework.no_such_matter", {{"id", command.matter_id()}},
                      "matter_id");
    const auto dates =
        days(work, context)
            .not_before("due_by", command.due_by(), work.arrived_on, "casework.due_before_arrival")
            .result();
    if (!dates) return tl::unexpected(dates.error());
    auto event = accepted<MeasureAgreed>(command);
    event.set_measure_id(id_of('a', work.measures.size() + 1));
    return events(std::move(event));
}

Result<Events> rule(const Casework& work, const CompleteMeasure& command, const Context& context) {
    if (std::ranges::all_of(work.measures, &Measure::done))
        return reject(Reason::WrongState, "casework.no_measure_open");
    const auto* measure = find(work.measures, command.measure_id());
    if (measure == nullptr)
        return reject(Reason::NotFound, "casework.no_such_measure", {{"id", command.measure_id()}},
                      "measure_id");
    if (measure->done)
        return reject(Reason::WrongState, "casework.measure_done_already", {{"id", measure->id}},
                      "measure_id");
    const auto dates = days(work, context).happened("done_on", command.done_on()).result();
    return accepted_when<MeasureCompleted>(dates, command);
}

Result<Events> rule(const Casework& work, const VerifyMeasure& command, const Context& context) {
    const auto waits = [](const Measure& measure) { return measure.done && !measure.verified; };
    if (std::ranges::none_of(work.measures, waits))
        return reject(Reason::WrongState, "casework.no_measure_to_verify");
    const auto* measure = find(work.measures, command.measure_id());
    if (measure == nullptr)
        return reject(Reason::NotFound, "casework.no_such_measure", {{"id", command.measure_id()}},
                      "measure_id");
    if (!measure->done)
        return reject(Reason::WrongState, "casework.measure_not_done", {{"id", measure->id}}, "measure_id");
    if (measure->verified)
        return reject(Reason::WrongState, "casework.measure_verified_already", {{"id", measure->id}},
                      "measure_id");
    const auto dates = days(work, context)
                           .happened("verified_on", command.verified_on())
                           .not_before("verified_on", command.verified_on(), measure->done_on,
                                       "casework.verified_before_done")
                           .result();
    return accepted_when<MeasureVerified>(dates, command);
}

// ---- the ends and turns of a case ----

Result<Events> rule(const Casework& work, const Withdraw& command, const Context& context) {
    const auto dates = days(work, context).happened("withdrawn_on", command.withdrawn_on()).result();
    return accepted_when<Withdrawn>(dates, command);
}

Result<Events> rule(const Casework& work, const Transfer& command, const Context& context) {
    const auto dates = days(work, context)
                           .happened("transferred_on", command.transferred_on())
                           .happened("sender_told_on", command.sender_told_on())
                           .result();
    return accepted_when<Transferred>(dates, command);
}

Result<Events> rule(const Casework&, const Merge& command, const Context& context) {
    if (command.into() == context.case_id)
        return reject(Reason::Invalid, "casework.merged_into_itself", {}, "into");
    auto event = accepted<Merged>(command);
    event.set_merged_on(to_string(context.today));
    return events(std::move(event));
}

Result<Events> rule(const Casework& work, const Link& command, const Context& context) {
    if (command.other() == context.case_id)
        return reject(Reason::Invalid, "casework.linked_to_itself", {}, "other");
    const auto same = [&](const LinkTo& link) {
        return link.other == command.other() && link.relation == command.relation();
    };
    if (std::ranges::any_of(work.links, same))
        return reject(Reason::Invalid, "casework.linked_already", {}, "other");
    return events(accepted<Linked>(command));
}

// Measures do not hold a case open: their owners carry them on, and their dates stay in sight.
Result<Events> rule(const Casework& work, const Close& command, const Context& context) {
    if (auto result = nothing_waits(work); !result) return tl::unexpected(result.error());
    const auto dates =
        days(work, context)
            .happened("closed_on", command.closed_on())
            .not_before("closed_on", command.closed_on(), work.answered_on, "casework.closed_before_answer")
            .result();
    if (!dates) return tl::unexpected(dates.error());
    auto event = accepted<Closed>(command);
    event.set_month(month_of(*parse_date(command.closed_on())));
    return events(std::move(event));
}

// ---- legal hold ----

Result<Events> rule(const Casework& work, const PlaceHold& command, const Context& context) {
    if (!command.until().empty()) {
        const auto ends = Days(std::nullopt, context.today)
                              .not_before("until", command.until(), context.today, "casework.hold_has_ended")
                              .result();
        if (!ends) return tl::unexpected(ends.error());
    }
    auto event = accepted<HoldPlaced>(command);
    event.set_hold_id(id_of('h', work.holds.size() + 1));
    return events(std::move(event));
}

Result<Events> rule(const Casework& work, const LiftHold& command, const Context&) {
    if (std::ranges::all_of(work.holds, &Hold::lifted)) return reject(Reason::WrongState, "casework.no_hold");
    const auto* hold = find(work.holds, command.hold_id());
    if (hold == nullptr)
        return reject(Reason::NotFound, "casework.no_such_hold", {{"id", command.hold_id()}}, "hold_id");
    if (hold->lifted)
        return reject(Reason::WrongState, "casework.hold_lifted_already", {{"id", hold->id}}, "hold_id");
    return events(accepted<HoldLifted>(command));
}

// ---- reopening and correcting ----

Result<Events> reopen(const Casework& work, const Reopen& command, const std::optional<Due>& due,
                      const Context& context) {
    const auto* end = ended(work);
    if (end == nullptr) return reject(Reason::WrongState, "casework.not_ended");
    // A merge has the day on which it was recorded, not one that somebody typed.
    const auto ended_on = end->how == End::Merged ? std::nullopt : end->on;
    const auto dates =
        days(work, context)
            .happened("reopened_on", command.reopened_on())
            .not_before("reopened_on", command.reopened_on(), ended_on, "casework.reopened_before_end")
            .result();
    if (!dates) return tl::unexpected(dates.error());
    auto event = accepted<Reopened>(command);
    if (due) *event.mutable_due() = *due;
    event.set_month(month_of(*parse_date(command.reopened_on())));
    return events(std::move(event));
}

Result<Events> correct(const Casework& work, const CorrectOpening& command, const std::optional<Due>& due,
                       const Context& context) {
    if (auto dates = opening_dates(command.opening(), context); !dates) return tl::unexpected(dates.error());
    const auto arrived_on = parse_date(command.opening().arrived_on());
    if (work.earliest_step_on && *arrived_on > *work.earliest_step_on)
        return reject(Reason::Invalid, "casework.arrival_after_a_step",
                      {{"step_on", to_string(*work.earliest_step_on)}}, "opening.arrived_on");
    auto event = with_opening<OpeningCorrected>(command, work, context);
    if (due) *event.mutable_due() = *due;
    return events(std::move(event));
}

// ---- history from another system ----

Result<Events> rule(const Casework& work, const ImportCase& command, const Context& context) {
    if (opened(work) && !work.imported) return reject(Reason::WrongState, "casework.not_imported");
    const auto* end = ended(work);
    const bool ended_here = end != nullptr && !end->by_import;
    const bool answered_here = work.answered && end == nullptr;
    if (ended_here || answered_here || work.reopened)
        return reject(Reason::WrongState, "casework.import_after_work");

    ImportCase row = command;
    complete_days(row);
    if (auto result = import_holds_together(work, row, context); !result)
        return tl::unexpected(result.error());
    if (auto result = causes_fit(work, row.opening(), context.reference); !result)
        return tl::unexpected(result.error());
    if (opened(work)) return events(imported<ImportCorrected>(std::move(row), work, context));
    return events(imported<CaseImported>(std::move(row), work, context));
}

// ---- evolving ----

namespace {

void take_opening(Casework& work, const Opening& opening) {
    work.arrived_on = parse_date(opening.arrived_on());
    work.maker = opening.maker();
    work.disclosure_banned = opening.client().disclosure_banned();
    if (!opening.diary_number().empty()) work.diary_number = opening.diary_number();
    work.sectors = {opening.sectors().begin(), opening.sectors().end()};
    work.matters = static_cast<std::uint32_t>(std::max(1, opening.matters_size()));
    work.units.clear();
    const auto add = [&](const std::string& unit) {
        if (!unit.empty() && std::ranges::find(work.units, unit) == work.units.end())
            work.units.push_back(unit);
    };
    for (const auto& unit : opening.units()) add(unit);
    for (const auto& matter : opening.matters()) add(matter.unit());
}

void end(Casework& work, End how, const std::string& on) {
    work.phase = Ended{how, parse_date(on)};
    work.paused = false;
    work.paused_on.reset();
    work.hand_over_to.clear();
}

template <class Imported>
void take_import(Casework& work, const Imported& event) {
    open(work, event.given().opening(), event.has_due() ? &event.due() : nullptr);
    work.imported = true;
    if (!event.has_facts()) return;
    answer(work, event.given().closed_on(), event.facts());
    work.phase = Ended{End::Closed, work.answered_on, true};
}

DueItem answer_item(const Casework& work) {
    DueItem item{"answer", "", *work.due, work.answered_on ? to_string(*work.answered_on) : "",
                 work.answered};
    item.paused_on = work.paused_on;
    if (work.calendar_due && work.calendar_due->due_by() != work.due->due_by())
        item.calendar_due_by = work.calendar_due->due_by();
    return item;
}

// No fallback, on purpose: a new event does not compile until its effect is said.
void after(Casework& work, const DocumentEntered&) {
    ++work.documents;
}
void after(Casework& work, const DocumentRetracted& event) {
    if (const auto number = number_of('d', event.given().document_id()))
        work.retracted_documents.insert(*number);
}
void after(Casework& work, const Assigned& event) {
    work.handler = event.given().handler();
    work.hand_over_to.clear();
}
void after(Casework& work, const HandOverOffered& event) {
    work.hand_over_to = event.given().to();
    work.hand_over_from = event.from();
}
void after(Casework& work, const HandOverAccepted& event) {
    work.handler = event.handler();
    work.hand_over_to.clear();
}
void after(Casework& work, const HandOverDeclined&) {
    work.hand_over_to.clear();
}
void after(Casework& work, const Disqualified& event) {
    work.disqualified.insert(event.given().user());
    work.handler = event.given().superior();
    work.hand_over_to.clear();
}
void after(Casework& work, const StatementRequested& event) {
    Statement statement;
    statement.id = event.statement_id();
    statement.unit = event.given().unit();
    statement.asked_on = parse_date(event.given().asked_on());
    statement.due = event.due();
    work.statements.push_back(std::move(statement));
    note_day(work, event.given().asked_on());
}
void after(Casework& work, const StatementChased& event) {
    if (auto* statement = find(work.statements, event.given().statement_id()))
        statement->chased_on = parse_date(event.given().chased_on());
}
void after(Casework& work, const StatementReceived& event) {
    auto* statement = find(work.statements, event.given().statement_id());
    if (statement == nullptr) return;
    statement->received = true;
    statement->ended_on = parse_date(event.given().received_on());
}
void after(Casework& work, const StatementWaived& event) {
    auto* statement = find(work.statements, event.given().statement_id());
    if (statement == nullptr) return;
    statement->waived = true;
    statement->ended_on = parse_date(event.given().waived_on());
}
void after(Casework& work, const Notified& event) {
    note_day(work, event.given().notified_on());
}
void after(Casework& work, const InquiryReceived& event) {
    Inquiry inquiry;
    inquiry.id = event.inquiry_id();
    inquiry.received_on = parse_date(event.given().received_on());
    inquiry.due = event.due();
    work.inquiries.push_back(std::move(inquiry));
    note_day(work, event.given().received_on());
}
void after(Casework& work, const InquiryAnswered& event) {
    auto* inquiry = find(work.inquiries, event.given().inquiry_id());
    if (inquiry == nullptr) return;
    inquiry->answered = true;
    inquiry->answered_on = parse_date(event.given().answered_on());
}
void after(Casework& work, const MeasureAgreed& event) {
    Measure measure;
    measure.id = event.measure_id();
    measure.owner = event.given().owner();
    measure.due = due_as_said("agreement", event.given().due_by());
    work.measures.push_back(std::move(measure));
}
void after(Casework& work, const MeasureCompleted& event) {
    auto* measure = find(work.measures, event.given().measure_id());
    if (measure == nullptr) return;
    measure->done = true;
    measure->done_on = parse_date(event.given().done_on());
    note_day(work, event.given().done_on());
}
void after(Casework& work, const MeasureVerified& event) {
    if (auto* measure = find(work.measures, event.given().measure_id())) measure->verified = true;
}
void after(Casework& work, const Withdrawn& event) {
    end(work, End::Withdrawn, event.given().withdrawn_on());
    note_day(work, event.given().withdrawn_on());
}
void after(Casework& work, const Transferred& event) {
    end(work, End::Transferred, event.given().transferred_on());
    note_day(work, event.given().transferred_on());
}
void after(Casework& work, const Merged& event) {
    end(work, End::Merged, event.merged_on());
    work.merged_into = event.given().into();
}
void after(Casework& work, const Linked& event) {
    work.links.push_back({event.given().other(), event.given().relation()});
}
void after(Casework& work, const Closed& event) {
    end(work, End::Closed, event.given().closed_on());
    note_day(work, event.given().closed_on());
}
void after(Casework& work, const Reopened& event) {
    if (work.due && work.answered) work.earlier.push_back(answer_item(work));
    for (auto& statement : work.statements) statement.earlier = !statement.open();
    work.phase = Running{};
    work.merged_into.clear();
    work.reopened = true;
    work.answered = false;
    work.answered_on.reset();
    start_clock(work, parse_date(event.given().reopened_on()), event.has_due() ? &event.due() : nullptr);
}
void after(Casework& work, const OpeningCorrected& event) {
    const bool from_arrival = work.clock_started_on == work.arrived_on;
    take_opening(work, event.given().opening());
    correct_clock(work, from_arrival, event.has_due() ? &event.due() : nullptr);
}
void after(Casework& work, const HoldPlaced& event) {
    work.holds.push_back({event.hold_id(), parse_date(event.given().until())});
}
void after(Casework& work, const HoldLifted& event) {
    if (auto* hold = find(work.holds, event.given().hold_id())) hold->lifted = true;
}
void after(Casework& work, const LogExtractReleased&) {
    ++work.log_extracts;
}
void after(Casework& work, const DuesRecomputed& event) {
    for (const auto& moved : event.moved()) {
        if (moved.what() == "answer") {
            recompute_clock(work, moved.due());
        } else if (auto* statement = find(work.statements, moved.id())) {
            statement->due = moved.due();
        } else if (auto* inquiry = find(work.inquiries, moved.id())) {
            inquiry->due = moved.due();
        }
    }
}
void after(Casework& work, const CaseImported& event) {
    take_import(work, event);
}
void after(Casework& work, const ImportCorrected& event) {
    take_import(work, event);
}

using SharedEvents =
    MessageList<DocumentEntered, DocumentRetracted, Assigned, HandOverOffered, HandOverAccepted,
                HandOverDeclined, Disqualified, StatementRequested, StatementChased, StatementReceived,
                StatementWaived, Notified, InquiryReceived, InquiryAnswered, MeasureAgreed, MeasureCompleted,
                MeasureVerified, Withdrawn, Transferred, Merged, Linked, Closed, Reopened, OpeningCorrected,
                HoldPlaced, HoldLifted, LogExtractReleased, DuesRecomputed, CaseImported, ImportCorrected>;

}  // namespace

void open(Casework& work, const Opening& opening, const Due* due) {
    work.phase = Running{};
    take_opening(work, opening);
    work.answered = false;
    work.answered_on.reset();
    work.clock.clear();
    start_clock(work, work.arrived_on, due);
}

void answer(Casework& work, const std::string& on, const AnswerFacts& facts) {
    stop_clock(work, on, facts.credited_days());
    work.answered = true;
    work.answered_on = parse_date(on);
    note_day(work, on);
}

void note_day(Casework& work, const std::string& on) {
    const auto day = parse_date(on);
    if (day && (!work.earliest_step_on || *day < *work.earliest_step_on)) work.earliest_step_on = day;
}

void evolve(Casework& work, const google::protobuf::Message& event) {
    static const Dispatch<void(Casework&)> effects(
        SharedEvents{}, [](Casework& subject, const auto& own) { after(subject, own); });
    if (effects.knows(event)) effects(work, event);
}

// ---- what is shown ----

CaseScope scope(const Casework& work) {
    CaseScope scope;
    scope.kind = work.kind;
    scope.units = work.units;
    scope.sectors = work.sectors;
    scope.handler = work.handler;
    scope.offered_to = work.hand_over_to;
    scope.disqualified = work.disqualified;
    for (const auto& statement : work.statements)
        if (!statement.unit.empty() && !statement.waived) scope.involved_units.insert(statement.unit);
    return scope;
}

std::string_view ended_stage(const Ended& ended) {
    switch (ended.how) {
        case End::Closed:
            return "stage.closed";
        case End::Withdrawn:
            return "stage.withdrawn";
        case End::Transferred:
            return "stage.transferred";
        case End::Merged:
            return "stage.merged";
    }
    return "stage.closed";
}

std::string_view leftover_step(const Casework& work) {
    if (open_inquiry(work) != nullptr) return "next.answer-inquiry";
    if (std::ranges::find(work.measures, false, &Measure::done) != work.measures.end())
        return "next.complete-measure";
    if (std::ranges::find(work.measures, false, &Measure::verified) != work.measures.end())
        return "next.verify-measure";
    return "next.nothing";
}

std::string_view prepared_stage(const Casework& work, std::string_view otherwise) {
    if (open_statement(work) != nullptr) return "stage.statement-asked";
    if (statement_asked(work)) return "stage.statements-received";
    if (work.reopened) return "stage.reopened";
    return work.handler.empty() ? otherwise : "stage.assigned";
}

std::string_view closing_step(const Casework& work) {
    if (open_statement(work) != nullptr) return "next.await-statement";
    if (open_inquiry(work) != nullptr) return "next.answer-inquiry";
    return "next.close";
}

std::vector<DueItem> due_dates(const Casework& work) {
    const auto day = [](std::optional<Date> date) { return date ? to_string(*date) : std::string(); };
    std::vector<DueItem> items = work.earlier;
    const bool awaited = ended(work) == nullptr;
    if (work.due && (work.answered || awaited)) items.push_back(answer_item(work));
    for (const auto& statement : work.statements)
        if (statement.received || (statement.open() && awaited))
            items.push_back(
                {"statement", statement.id, statement.due, day(statement.ended_on), statement.received});
    for (const auto& inquiry : work.inquiries)
        items.push_back({"inquiry", inquiry.id, inquiry.due, day(inquiry.answered_on), inquiry.answered});
    for (const auto& measure : work.measures)
        items.push_back({"measure", measure.id, measure.due, day(measure.done_on), measure.done});
    return items;
}

// ---- the authority ----

Permitted begun_by(std::string_view authority, Date on, const Reference& reference, std::string field) {
    const auto* known = reference.authority(authority);
    if (known == nullptr) return reject(Reason::Invalid, "casework.no_such_authority", {}, std::move(field));
    const auto from = parse_date(known->valid_from());
    if (from && on < *from)
        return reject(Reason::Invalid, "casework.authority_not_yet", {{"from", to_string(*from)}},
                      std::move(field));
    return permitted();
}

Permitted in_office(std::string_view authority, Date on, const Reference& reference, std::string field) {
    if (auto begun = begun_by(authority, on, reference, field); !begun) return begun;
    const auto* known = reference.authority(authority);
    const auto until = parse_date(known->valid_until());
    if (!until || on <= *until) return permitted();
    const auto* successor = reference.authority(known->successor());
    if (successor == nullptr)
        return reject(Reason::Invalid, "casework.authority_has_ended", {{"until", to_string(*until)}},
                      std::move(field));
    return reject(Reason::Invalid, "casework.authority_has_a_successor", {{"until", to_string(*until)}},
                  std::move(field), {{"successor", label_of(successor->name())}});
}

AuthorityTrail registered_at(const std::string& authority, const std::string& diary_number) {
    return {{{authority, diary_number, std::nullopt}}};
}

Result<Events> rule(const AuthorityTrail& trail, const Casework& work, const MoveComplaint& command,
                    const Context& context) {
    if (command.authority() == trail.authority())
        return reject(Reason::Invalid, "casework.moved_to_the_same_authority", {}, "authority");
    const auto dates = days(work, context).happened("moved_on", command.moved_on()).result();
    if (!dates) return tl::unexpected(dates.error());
    const auto office =
        in_office(command.authority(), *parse_date(command.moved_on()), context.reference, "authority");
    return accepted_when<ComplaintMoved>(office, command);
}

void after(AuthorityTrail& trail, Casework& work, const ComplaintMoved& moved) {
    trail.numbers.push_back({moved.given().authority(), moved.given().authority_diary_number(),
                             parse_date(moved.given().moved_on())});
    note_day(work, moved.given().moved_on());
}

void take_import(AuthorityTrail& trail, const ImportCase& row) {
    if (trail.numbers.size() > 1) return;
    if (trail.numbers.empty() || trail.authority() != row.authority())
        trail = registered_at(row.authority(), "");
}

Permitted trail_holds(const AuthorityTrail& corrected, std::uint32_t after_moves, const Casework& work,
                      const Reference& reference) {
    const auto& numbers = corrected.numbers;
    if (after_moves >= numbers.size())
        return reject(Reason::NotFound, "casework.not_moved_so_often", {}, "after_moves");
    const auto& number = numbers[after_moves];
    const auto on = after_moves == 0 ? work.arrived_on : number.moved_on;
    if (on) {
        const auto office = after_moves == 0 ? begun_by(number.authority, *on, reference, "authority")
                                             : in_office(number.authority, *on, reference, "authority");
        if (!office) return office;
    }
    const bool as_before = after_moves > 0 && numbers[after_moves - 1].authority == number.authority;
    const bool as_after =
        after_moves + 1 < numbers.size() && numbers[after_moves + 1].authority == number.authority;
    if (as_before || as_after)
        return reject(Reason::Invalid, "casework.moved_to_the_same_authority", {}, "authority");
    return permitted();
}

}  // namespace vastine::domain::casework
