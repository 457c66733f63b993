#include "domain/deadlines/due_date.hpp"

#include <algorithm>
#include <optional>
#include <vector>

#include "domain/calendar/period.hpp"
#include "domain/calendar/working_days.hpp"

namespace vastine::domain {

using std::chrono::days;

namespace {

const WorkingDays& calendars_days(std::string_view calendar) {
    const auto* known = find_calendar(calendar);
    return working_days(known == nullptr ? finnish_days_off() : *known);
}

// 2026-12-28, or 12-28 of every year.
std::optional<ClosingDay> closing_day(const SetClosingDay& set) {
    ClosingDay day;
    if (const auto once = parse_date(set.on())) {
        day.on = *once;
    } else if (const auto yearly = parse_date("2000-" + set.on())) {
        const std::chrono::year_month_day in_a_leap_year(*yearly);
        day.on = in_a_leap_year.month() / in_a_leap_year.day();
    } else {
        return std::nullopt;
    }
    // What passes over the day keeps its id.
    day.reason.set_fi(set.closing_day_id());
    day.valid_from = parse_date(set.valid_from());
    day.valid_until = parse_date(set.valid_until());
    return day;
}

WorkingDays working(const SetPolicy& policy, const Reference& reference) {
    const auto& by_calendar = calendars_days(policy.calendar());
    if (!policy.minds_closing_days()) return by_calendar;
    std::vector<ClosingDay> own;
    for (const auto* set : reference.closing_days())
        if (auto day = closing_day(*set)) own.push_back(*std::move(day));
    return by_calendar.with(std::move(own));
}

void pass_over(Due& due, const DayOff& off) {
    auto& passed = *due.add_passed_over();
    passed.set_on(to_string(off.date));
    passed.set_name(off.reason.fi().empty() ? off.name : off.reason.fi());
}

// Sets where the time ends, moved on over days off.
void end_on(Due& due, Date counted_to, const WorkingDays& working) {
    Date end = counted_to;
    for (auto off = working.why_off(end); off; off = working.why_off(end)) {
        pass_over(due, *off);
        end += days(1);
    }
    due.set_counted_to(to_string(counted_to));
    due.set_due_by(to_string(end));
}

// Counts the period that the due date says.
void count(Due& due, Date start, const WorkingDays& working) {
    const auto unit = parse_period_unit(due.unit());
    if (!unit) return;
    const auto counted = count_period({due.count(), *unit}, start, working);
    due.set_start_on(to_string(start));
    due.clear_passed_over();
    for (const auto& off : counted.skipped) pass_over(due, off);
    end_on(due, counted.counted_to + days(due.credited_days()), working);
}

std::string moved(const std::string& mark, std::int64_t by) {
    const auto date = parse_date(mark);
    return date ? to_string(*date + days(by)) : std::string();
}

void set_marks(Due& due, const SetPolicy& policy, Date start) {
    const Date late = *parse_date(due.due_by()) + days(1);
    const Date waited_for = *parse_date(without_credit(due).due_by()) + days(1);
    const auto credit = days(due.credited_days());
    if (policy.warn_days() != 0) due.set_warn_on(to_string(start + days(policy.warn_days()) + credit));
    if (policy.escalate_days() != 0)
        due.set_escalate_on(to_string(std::max(start + days(policy.escalate_days()) + credit, late)));
    if (policy.critical_days() != 0)
        due.set_critical_on(to_string(std::max(start + days(policy.critical_days()), waited_for)));
}

bool counted(const Due& due) {
    return due.count() != 0 && parse_date(due.start_on()).has_value();
}

}  // namespace

Due due_by(const Policy& policy, const Start& start, const Reference& reference, unsigned credited_days) {
    const SetPolicy& given = policy.given;
    Due due;
    due.set_policy(given.policy());
    due.set_policy_version(policy.version);
    due.set_runs_from(std::string(start.runs_from));
    due.set_count(given.target_count());
    due.set_unit(given.target_unit());
    due.set_calendar(given.calendar().empty() ? "fi" : given.calendar());
    due.set_credited_days(credited_days);
    due.set_closes_at(given.closes_at());
    count(due, start.on, working(given, reference));
    set_marks(due, given, start.on);
    return due;
}

Due due_as_said(std::string_view said_by, const std::string& due_by) {
    Due due;
    due.set_due_by(due_by);
    due.set_runs_from(std::string(said_by));
    return due;
}

Due extended(const Due& due, const std::string& due_by, const std::string& client_told_on) {
    const auto before = parse_date(due.due_by());
    const auto after = parse_date(due_by);
    const auto by = before && after ? (*after - *before).count() : 0;
    Due later = due_as_said("extension", due_by);
    later.set_start_on(client_told_on);
    later.set_warn_on(moved(due.warn_on(), by));
    later.set_escalate_on(moved(due.escalate_on(), by));
    later.set_critical_on(due.critical_on());
    later.set_policy(due.policy());
    later.set_policy_version(due.policy_version());
    later.set_calendar(due.calendar());
    later.set_closes_at(due.closes_at());
    return later;
}

Due credited(const Due& due, unsigned more_days, const Reference& reference) {
    const auto* policy = reference.policy_version(due.policy(), due.policy_version());
    if (policy != nullptr && counted(due))
        return due_by(*policy, {due.runs_from(), *parse_date(due.start_on())}, reference,
                      due.credited_days() + more_days);
    Due later = due;
    const auto said = parse_date(due.counted_to().empty() ? due.due_by() : due.counted_to());
    if (!said || more_days == 0) return later;
    later.clear_passed_over();
    later.set_credited_days(due.credited_days() + more_days);
    end_on(later, *said + days(more_days),
           policy == nullptr ? calendars_days(due.calendar()) : working(policy->given, reference));
    later.set_warn_on(moved(due.warn_on(), more_days));
    later.set_escalate_on(moved(due.escalate_on(), more_days));
    return later;
}

// By the calendar alone: what the law gives knows no closing days of ours.
Due without_credit(const Due& due) {
    if (due.credited_days() == 0 || !counted(due)) return due;
    Due plain = due;
    plain.clear_credited_days();
    const auto by = -static_cast<std::int64_t>(due.credited_days());
    plain.set_warn_on(moved(due.warn_on(), by));
    plain.set_escalate_on(moved(due.escalate_on(), by));
    count(plain, *parse_date(due.start_on()), calendars_days(due.calendar()));
    return plain;
}

Due from_another_start(const Due& due, Date start) {
    if (!counted(due)) return due;
    Due other = due;
    const auto by = (start - *parse_date(due.start_on())).count();
    other.set_warn_on(moved(due.warn_on(), by));
    other.set_escalate_on(moved(due.escalate_on(), by));
    other.set_critical_on(moved(due.critical_on(), by));
    count(other, start, calendars_days(due.calendar()));
    return other;
}

bool by_policy(const Due& due) {
    return !due.policy().empty() && due.runs_from() != "extension";
}

}  // namespace vastine::domain
