#include "domain/cases/clock.hpp"

#include <algorithm>

#include "domain/deadlines/due_date.hpp"

namespace vastine::domain::casework {

namespace {

// An answer that leaves while a completion is awaited ends the pause with it.
std::uint32_t paused_days(const Casework& work, Date until) {
    if (!work.paused_on || until <= *work.paused_on) return 0;
    return static_cast<std::uint32_t>((until - *work.paused_on).count());
}

std::string due_now(const Casework& work) {
    return work.due ? work.due->due_by() : std::string();
}

bool same_dates(const Due& one, const Due& other) {
    return one.due_by() == other.due_by() && one.warn_on() == other.warn_on() &&
           one.escalate_on() == other.escalate_on() && one.critical_on() == other.critical_on();
}

// A date that may be computed anew, and from when it runs.
struct Promise {
    std::string what;
    std::string id;
    const Due* due;
    std::string_view runs_from;
    std::optional<Date> start_on;  // nothing when the day is no longer known
};

void add(std::vector<Promise>& promises, Promise promise) {
    if (!by_policy(*promise.due)) return;
    // Those written before a date told where it starts have only the day of their own event.
    if (const auto on = parse_date(promise.due->start_on())) promise.start_on = on;
    if (!promise.due->runs_from().empty()) promise.runs_from = promise.due->runs_from();
    promises.push_back(std::move(promise));
}

std::vector<Promise> promises(const Casework& work) {
    std::vector<Promise> all;
    if (work.due && !work.answered && !work.due_moved)
        add(all, {"answer", "", &*work.due, work.reopened ? "reopening" : "arrival", work.clock_started_on});
    for (const auto& statement : work.statements)
        if (statement.open())
            add(all, {"statement", statement.id, &statement.due, "asking", statement.asked_on});
    for (const auto& inquiry : work.inquiries)
        if (!inquiry.answered)
            add(all, {"inquiry", inquiry.id, &inquiry.due, "receipt", inquiry.received_on});
    return all;
}

}  // namespace

std::vector<DueMoved> moved_by_policies(const Casework& work, std::string_view policy,
                                        const Context& context) {
    std::vector<DueMoved> moves;
    for (const auto& promise : promises(work)) {
        if (!policy.empty() && promise.due->policy() != policy) continue;
        const auto* in_force = context.reference.policy(promise.due->policy(), context.today);
        if (in_force == nullptr || !promise.start_on) continue;
        auto due = due_by(*in_force, {promise.runs_from, *promise.start_on}, context.reference,
                          promise.due->credited_days());
        if (same_dates(due, *promise.due)) continue;
        auto& move = moves.emplace_back();
        move.set_what(promise.what);
        move.set_id(promise.id);
        move.set_from(promise.due->due_by());
        *move.mutable_due() = std::move(due);
    }
    return moves;
}

// Twice is once: what was moved is where today's policy puts it.
Result<Events> rule(const Casework& work, const RecomputeDues& command, const Context& context) {
    if (promises(work).empty()) return reject(Reason::WrongState, "casework.no_date_by_policy");
    auto moves = moved_by_policies(work, command.policy(), context);
    if (moves.empty()) return reject(Reason::Invalid, "casework.nothing_moves");
    DuesRecomputed event;
    *event.mutable_given() = command;
    for (auto& move : moves) *event.add_moved() = std::move(move);
    return events(std::move(event));
}

AnswerFacts answer_facts(const Casework& work, Date end, const Reference& reference) {
    const auto& calendar_due = work.calendar_due ? work.calendar_due : work.due;
    auto facts = answer_facts(work.clock_started_on, end, calendar_due ? &*calendar_due : nullptr);
    const auto waited = paused_days(work, end);
    facts.set_credited_days(work.credited_days + waited);
    if (!work.due) return facts;
    const Due own = waited == 0 ? *work.due : credited(*work.due, waited, reference);
    const auto own_due_by = parse_date(own.due_by());
    facts.set_kept_credited(!own_due_by || end <= *own_due_by);
    return facts;
}

void start_clock(Casework& work, std::optional<Date> on, const Due* due) {
    work.clock_started_on = on;
    work.due.reset();
    work.calendar_due.reset();
    work.due_moved = false;
    work.extensions = 0;
    work.paused = false;
    work.paused_on.reset();
    work.credited_days = 0;
    if (due == nullptr) return;
    work.due = *due;
    work.calendar_due = *due;
    work.clock.push_back({"started", on, due->due_by(), 0});
}

void pause_clock(Casework& work, const std::string& on) {
    work.paused = true;
    work.paused_on = parse_date(on);
    work.clock.push_back({"paused", work.paused_on, due_now(work), 0});
}

void resume_clock(Casework& work, const std::string& on, std::uint32_t days, const Due* due) {
    work.paused = false;
    work.paused_on.reset();
    work.credited_days += days;
    if (due != nullptr) work.due = *due;
    work.clock.push_back({"resumed", parse_date(on), due_now(work), days});
}

void extend_clock(Casework& work, const std::string& on, std::uint32_t days, const Due& due) {
    work.due = due;
    work.due_moved = true;
    ++work.extensions;
    work.clock.push_back({"extended", parse_date(on), due.due_by(), days});
}

void move_clock(Casework& work, const std::string& on, const Due& due) {
    const auto before = parse_date(due_now(work));
    const auto after = parse_date(due.due_by());
    const auto days = before && after && *after > *before ? (*after - *before).count() : 0;
    work.due = due;
    work.calendar_due = due;
    work.due_moved = true;
    work.clock.push_back({"extended", parse_date(on), due.due_by(), static_cast<std::uint32_t>(days)});
}

void stop_clock(Casework& work, const std::string& on, std::uint32_t credited_days) {
    const auto more = credited_days > work.credited_days ? credited_days - work.credited_days : 0;
    work.credited_days += more;
    work.paused = false;
    work.paused_on.reset();
    if (work.due) work.clock.push_back({"satisfied", parse_date(on), due_now(work), more});
}

void recompute_clock(Casework& work, const Due& due) {
    work.due = due;
    work.calendar_due = without_credit(due);
    work.clock.push_back({"recomputed", std::nullopt, due.due_by(), 0});
}

void correct_clock(Casework& work, bool ran_from_arrival, const Due* due) {
    const auto before = due_now(work);
    if (ran_from_arrival) work.clock_started_on = work.arrived_on;
    if (due != nullptr) {
        work.due = *due;
        // A date that was extended stays; what it is measured by moves with the arrival all the same.
        if (by_policy(*due) || !work.due_moved) {
            work.calendar_due = without_credit(*due);
        } else if (ran_from_arrival && work.calendar_due && work.arrived_on) {
            work.calendar_due = from_another_start(*work.calendar_due, *work.arrived_on);
        }
    }
    if (due_now(work) != before) work.clock.push_back({"corrected", std::nullopt, due_now(work), 0});
}

}  // namespace vastine::domain::casework
