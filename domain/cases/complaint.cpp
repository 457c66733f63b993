#include "domain/cases/complaint.hpp"

#include <algorithm>

#include "domain/cases/clock.hpp"
#include "domain/cases/stages.hpp"
#include "domain/deadlines/due_date.hpp"

namespace vastine::domain::complaint {

namespace {

using casework::rule;

// 434/2003 §53b: a complaint about something older is not examined without a special reason.
bool over_two_years(std::optional<Date> events_on, std::optional<Date> arrived_on) {
    if (!events_on || !arrived_on) return false;
    const std::chrono::year_month_day day(*events_on);
    auto limit = day + std::chrono::years(2);
    if (!limit.ok()) limit = limit.year() / limit.month() / std::chrono::last;  // the 29th of February
    return *arrived_on > Date(limit);
}

Permitted events_before(std::optional<Date> arrived_on, std::optional<Date> events_on, std::string field) {
    if (!events_on || !arrived_on || *events_on <= *arrived_on) return permitted();
    return reject(Reason::Invalid, "complaint.events_after_arrival", {{"arrived_on", to_string(*arrived_on)}},
                  std::move(field));
}

// Which outcomes there are depends on the authority: a reprimand is not the Chancellor's to give.
Permitted outcome_fits(const RulingPart& part, std::string_view authority, const std::string& path,
                       const Reference& reference) {
    const auto* outcome = reference.code("complaint_outcome", part.outcome());
    const auto* known = reference.authority(authority);
    if (outcome != nullptr && known != nullptr && !outcome->applies_to().empty() &&
        std::ranges::find(outcome->applies_to(), known->authority_kind()) == outcome->applies_to().end())
        return reject(Reason::Invalid, "complaint.outcome_of_another_authority", {}, path + ".outcome");
    const bool not_examined = part.outcome() == "not-examined";
    if (not_examined && part.not_examined_ground().empty())
        return reject(Reason::Invalid, "complaint.not_examined_ground_missing", {},
                      path + ".not_examined_ground");
    if (!not_examined && !part.not_examined_ground().empty())
        return reject(Reason::Invalid, "complaint.ground_without_not_examined", {},
                      path + ".not_examined_ground");
    return permitted();
}

Permitted parts_hold(const State& state, const RecordRuling& command, const Context& context) {
    for (int i = 0; i < command.parts_size(); ++i) {
        const auto path = "parts[" + std::to_string(i) + "]";
        const auto& part = command.parts(i);
        if (auto fits = outcome_fits(part, state.authority.authority(), path, context.reference); !fits)
            return fits;
        if (part.due_by().empty()) continue;
        auto dates = casework::days(state.work, context)
                         .not_before(path + ".due_by", part.due_by(), parse_date(command.ruled_on()),
                                     "complaint.due_before_ruling")
                         .result();
        if (!dates) return dates;
    }
    return permitted();
}

Result<Events> rule(const Pending&, const RegisterComplaint& command, const State& state,
                    const Context& context) {
    const auto& opening = command.opening();
    if (auto dates = casework::opening_dates(opening, context); !dates) return tl::unexpected(dates.error());
    const auto arrived_on = parse_date(opening.arrived_on());
    const auto office = casework::begun_by(command.authority(), *arrived_on, context.reference, "authority");
    if (!office) return tl::unexpected(office.error());
    const auto events_on = parse_date(command.events_on());
    if (auto before = events_before(arrived_on, events_on, "events_on"); !before)
        return tl::unexpected(before.error());
    auto event = casework::with_opening<ComplaintRegistered>(command, state.work, context);
    event.set_over_two_years(over_two_years(events_on, arrived_on));
    return events(std::move(event));
}

Result<Events> rule(const auto&, const MoveComplaint& command, const State& state, const Context& context) {
    return casework::rule(state.authority, state.work, command, context);
}

// The ruling may be older than the case: some complaints are first heard of when they are ruled.
Result<Events> rule(const Pending&, const RecordRuling& command, const State& state, const Context& context) {
    Days dates = casework::days(state.work, context);
    dates.not_in_future("ruled_on", command.ruled_on())
        .happened("received_on", command.received_on())
        .not_before("received_on", command.received_on(), parse_date(command.ruled_on()),
                    "complaint.received_before_ruling");
    if (!command.report_back_by().empty())
        dates.not_before("report_back_by", command.report_back_by(), parse_date(command.ruled_on()),
                         "complaint.due_before_ruling");
    if (auto result = dates.result(); !result) return tl::unexpected(result.error());
    if (command.parts().empty()) return reject(Reason::Invalid, "complaint.outcome_missing", {}, "parts");
    if (auto hold = parts_hold(state, command, context); !hold) return tl::unexpected(hold.error());
    auto event = accepted<RulingRecorded>(command);
    *event.mutable_facts() =
        casework::answer_facts(state.work, *parse_date(command.received_on()), context.reference);
    return events(std::move(event));
}

Result<Events> rule(const Ruled& ruled, const ReportBack& command, const State& state,
                    const Context& context) {
    if (!state.report_awaited) return reject(Reason::WrongState, "complaint.no_report_asked");
    const auto dates = casework::days(state.work, context)
                           .happened("reported_on", command.reported_on())
                           .not_before("reported_on", command.reported_on(), ruled.received_on,
                                       "complaint.reported_before_ruling")
                           .result();
    return accepted_when<vastine::ReportedBack>(dates, command);
}

// ---- what a complaint adds to the shared ones ----

template <class Stage>
concept AfterRuling = !std::same_as<Stage, Pending>;

Result<Events> rule(const AfterRuling auto&, const casework::LeavingCommand auto&, const State&,
                    const Context&) {
    return reject(Reason::WrongState, "complaint.ruled_so_close");
}

Result<Events> rule(const Pending&, const Close&, const State&, const Context&) {
    return reject(Reason::WrongState, "complaint.close_before_ruling");
}
Result<Events> rule(const AfterRuling auto&, const Close& command, const State& state,
                    const Context& context) {
    if (state.report_awaited) return reject(Reason::WrongState, "complaint.close_waits_for_report");
    return casework::rule(state.work, command, context);
}

// The complaint is the authority's to decide, so it has no date of ours.
Result<Events> rule(const auto&, const Reopen& command, const State& state, const Context& context) {
    if (!command.due_by().empty()) return reject(Reason::Invalid, "complaint.has_no_due_date", {}, "due_by");
    return casework::reopen(state.work, command, std::nullopt, context);
}
Result<Events> rule(const auto&, const CorrectOpening& command, const State& state, const Context& context) {
    if (!command.due_by().empty()) return reject(Reason::Invalid, "complaint.has_no_due_date", {}, "due_by");
    const auto arrived_on = parse_date(command.opening().arrived_on());
    if (auto before = events_before(arrived_on, state.events_on, "opening.arrived_on"); !before)
        return tl::unexpected(before.error());
    return casework::correct(state.work, command, std::nullopt, context);
}
Result<Events> rule(const auto&, const CorrectComplaint& command, const State& state,
                    const Context& context) {
    const auto trail = casework::corrected(state.authority, command);
    const auto holds = casework::trail_holds(trail, command.after_moves(), state.work, context.reference);
    if (!holds) return tl::unexpected(holds.error());
    const auto events_on = parse_date(command.events_on());
    if (auto before = events_before(state.work.arrived_on, events_on, "events_on"); !before)
        return tl::unexpected(before.error());
    auto event = accepted<ComplaintCorrected>(command);
    event.set_over_two_years(over_two_years(events_on, state.work.arrived_on));
    event.set_authority_now(trail.authority());
    return events(std::move(event));
}

using OwnCommands = MessageList<RegisterComplaint, MoveComplaint, RecordRuling, ReportBack, Reopen,
                                CorrectOpening, CorrectComplaint>;

// ---- evolving: no fallback, on purpose: a new event does not compile until its effect is said ----

void after(State& state, const ComplaintRegistered& event) {
    casework::open(state.work, event.given().opening(), nullptr);
    const auto& given = event.given();
    state.authority = casework::registered_at(given.authority(), given.authority_diary_number());
    state.events_on = parse_date(given.events_on());
    state.over_two_years = event.over_two_years();
}
void after(State& state, const ComplaintMoved& event) {
    casework::after(state.authority, state.work, event);
}
void after(State& state, const ComplaintCorrected& event) {
    state.authority = casework::corrected(std::move(state.authority), event.given());
    state.events_on = parse_date(event.given().events_on());
    state.over_two_years = event.over_two_years();
}
// A corrected arrival may have brought the events nearer, or moved them away.
void after(State& state, const OpeningCorrected&) {
    if (state.events_on) state.over_two_years = over_two_years(state.events_on, state.work.arrived_on);
}
void after(State& state, const RulingRecorded& event) {
    const auto& given = event.given();
    Ruled ruled;
    ruled.received_on = parse_date(given.received_on());
    ruled.report_back_by = parse_date(given.report_back_by());
    for (const auto& part : given.parts()) {
        if (part.due_by().empty()) continue;
        ruled.orders.push_back(due_as_said("letter", part.due_by()));
    }
    state.report_awaited = !given.report_back_by().empty();
    state.stage = std::move(ruled);
    casework::answer(state.work, given.received_on(), event.facts());
}
void after(State& state, const vastine::ReportedBack& event) {
    const auto* ruled = std::get_if<Ruled>(&state.stage);
    state.report_awaited = false;
    state.stage = ReportedBack{ruled == nullptr ? Ruled{} : *ruled, parse_date(event.given().reported_on())};
}
void after(State& state, const Reopened&) {
    state.stage = Pending{};
    state.report_awaited = false;
}
template <class Imported>
void take_import(State& state, const Imported& event) {
    casework::take_import(state.authority, event.given());
    if (event.has_facts()) {
        state.stage = Ruled{state.work.answered_on, std::nullopt, {}};
    } else if (std::holds_alternative<Ruled>(state.stage)) {
        state.stage = Pending{};  // the row no longer says that it was settled
    }
}
void after(State& state, const CaseImported& event) {
    take_import(state, event);
}
void after(State& state, const ImportCorrected& event) {
    take_import(state, event);
}

using OwnEvents = MessageList<ComplaintRegistered, ComplaintMoved, ComplaintCorrected, OpeningCorrected,
                              RulingRecorded, vastine::ReportedBack, Reopened, CaseImported, ImportCorrected>;

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

std::string_view name(const Pending&, const State& state) {
    return casework::prepared_stage(state.work, "stage.registered");
}
std::string_view name(const Ruled&, const State&) {
    return "stage.ruled";
}
std::string_view name(const ReportedBack&, const State&) {
    return "stage.reported-back";
}

std::string_view step(const Pending&, const State& state) {
    if (state.work.handler.empty()) return "next.assign";
    if (casework::open_statement(state.work) != nullptr) return "next.await-statement";
    return "next.await-ruling";
}
std::string_view step(const auto&, const State& state) {
    if (state.report_awaited) return "next.report-back";
    return casework::closing_step(state.work);
}

std::vector<casework::DueItem> ruling_dates(const Ruled& ruled, const std::optional<Date>& reported_on,
                                            bool reported) {
    const auto met_on = reported_on ? to_string(*reported_on) : std::string();
    std::vector<casework::DueItem> items;
    if (ruled.report_back_by) {
        auto& item = items.emplace_back();
        item.what = "report-back";
        item.due = due_as_said("letter", to_string(*ruled.report_back_by));
        item.met_on = met_on;
        item.met = reported;
    }
    for (std::size_t i = 0; i < ruled.orders.size(); ++i)
        items.push_back({"order", "o" + std::to_string(i + 1), ruled.orders[i], met_on, reported});
    return items;
}

}  // namespace

std::string_view stage(const State& state) {
    return casework::shown_stage(state, [](const auto& at, const State& of) { return name(at, of); });
}

std::string_view next_step(const State& state) {
    return casework::shown_step(state, [](const auto& at, const State& of) { return step(at, of); });
}

std::vector<casework::DueItem> due_dates(const State& state) {
    auto items = casework::due_dates(state.work);
    std::vector<casework::DueItem> ruling;
    if (const auto* ruled = std::get_if<Ruled>(&state.stage)) ruling = ruling_dates(*ruled, {}, false);
    if (const auto* reported = std::get_if<ReportedBack>(&state.stage))
        ruling = ruling_dates(reported->ruled, reported->on, true);
    // A closed case owes no report; an order's own date stays in sight all the same.
    items.insert(items.end(), ruling.begin(), ruling.end());
    return items;
}

}  // namespace vastine::domain::complaint
