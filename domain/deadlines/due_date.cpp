#include "domain/deadlines/due_date.hpp"

#include <algorithm>
#include <functional>
#include <optional>
#include <vector>

#include "domain/calendar/days_off.hpp"
#include "domain/calendar/due.hpp"

namespace vastine::domain {

using std::chrono::days;

namespace {

// Why a day is no working day; nothing when it is one.
using WhyOff = std::function<std::optional<std::string>(Date)>;

std::optional<std::string> calendars_reason(Date date) {
    const auto* rule = why_off(finnish_days_off(), date);
    return rule == nullptr ? std::nullopt : std::optional(std::string(rule->name));
}

bool closes(const SetClosingDay& closing, Date date) {
    if (!within_validity(closing.valid_from(), closing.valid_until(), date)) return false;
    const auto day = to_string(date);
    return closing.on() == day || closing.on() == day.substr(5);
}

WhyOff days_off(const SetPolicy& policy, const Reference& reference) {
    if (!policy.minds_closing_days()) return calendars_reason;
    return [closing_days = reference.closing_days()](Date date) -> std::optional<std::string> {
        if (auto reason = calendars_reason(date)) return reason;
        const auto closing =
            std::ranges::find_if(closing_days, [&](const auto* one) { return closes(*one, date); });
        if (closing == closing_days.end()) return std::nullopt;
        return (*closing)->closing_day_id();
    };
}

void pass_over(Due& due, Date date, const std::string& name) {
    auto& passed = *due.add_passed_over();
    passed.set_on(to_string(date));
    passed.set_name(name);
}

// The last day of the period before any move.
Date unmoved_end(Date start, unsigned count, std::string_view unit, const WhyOff& off, Due& due) {
    if (unit == "working-day") {
        Date date = start;
        for (unsigned counted = 0; counted < count;) {
            date += days(1);
            if (const auto name = off(date)) {
                pass_over(due, date, *name);
            } else {
                ++counted;
            }
        }
        return date;
    }
    if (unit == "day") return start + days(count);
    if (unit == "week") return start + std::chrono::weeks(count);
    const std::chrono::year_month_day from(start);
    const auto same_number = from + std::chrono::months(unit == "year" ? count * 12 : count);
    if (same_number.ok()) return Date(same_number);
    return Date(same_number.year() / same_number.month() / std::chrono::last);
}

// Counts the period that the due date says, and sets where it ends.
void count(Due& due, Date start, const WhyOff& off) {
    due.clear_passed_over();
    const Date counted_to = unmoved_end(start, due.count(), due.unit(), off, due) + days(due.credited_days());
    Date end = counted_to;
    for (auto name = off(end); name; name = off(end)) {
        pass_over(due, end, *name);
        end += days(1);
    }
    due.set_start_on(to_string(start));
    due.set_counted_to(to_string(counted_to));
    due.set_due_by(to_string(end));
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
    count(due, start.on, days_off(given, reference));
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
    const Date counted_to = *said + days(more_days);
    const WhyOff off = policy == nullptr ? WhyOff(calendars_reason) : days_off(policy->given, reference);
    later.clear_passed_over();
    Date end = counted_to;
    for (auto name = off(end); name; name = off(end)) {
        pass_over(later, end, *name);
        end += days(1);
    }
    later.set_credited_days(due.credited_days() + more_days);
    later.set_counted_to(to_string(counted_to));
    later.set_due_by(to_string(end));
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
    count(plain, *parse_date(due.start_on()), calendars_reason);
    return plain;
}

Due from_another_start(const Due& due, Date start) {
    if (!counted(due)) return due;
    Due other = due;
    const auto by = (start - *parse_date(due.start_on())).count();
    other.set_warn_on(moved(due.warn_on(), by));
    other.set_escalate_on(moved(due.escalate_on(), by));
    other.set_critical_on(moved(due.critical_on(), by));
    count(other, start, calendars_reason);
    return other;
}

bool by_policy(const Due& due) {
    return !due.policy().empty() && due.runs_from() != "extension";
}

}  // namespace vastine::domain
