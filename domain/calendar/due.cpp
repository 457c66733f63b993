#include "domain/calendar/due.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>

#include "domain/calendar/days_off.hpp"

namespace vastine::domain {

using std::chrono::days;
using std::chrono::months;
using std::chrono::year_month_day;

namespace {

// The same day number so many months on, or the last day of that month.
Date months_after(Date start, unsigned count) {
    const year_month_day from(start);
    const year_month_day same_number = from + months(count);
    if (same_number.ok()) return Date(same_number);
    return Date(same_number.year() / same_number.month() / std::chrono::last);
}

Date working_days_after(Date start, unsigned count) {
    Date date = start;
    for (unsigned counted = 0; counted < count;) {
        date += days(1);
        if (!day_off(date)) ++counted;
    }
    return date;
}

}  // namespace

bool day_off(Date date) {
    return why_off(finnish_days_off(), date) != nullptr;
}

Date next_working_day(Date date) {
    while (day_off(date)) date += days(1);
    return date;
}

bool known_period_unit(std::string_view unit) {
    return unit == "day" || unit == "week" || unit == "month" || unit == "year" || unit == "working-day";
}

Date end_of_period(Date start, unsigned count, std::string_view unit) {
    if (unit == "day") return next_working_day(start + days(count));
    if (unit == "week") return next_working_day(start + std::chrono::weeks(count));
    if (unit == "month") return next_working_day(months_after(start, count));
    if (unit == "year") return next_working_day(months_after(start, count * 12));
    if (unit == "working-day") return next_working_day(working_days_after(start, count));
    throw std::invalid_argument("unknown unit of a period: " + std::string(unit));
}

Due due_for(const Policy& policy, Date start) {
    const SetPolicy& given = policy.given;
    const Date due_by = end_of_period(start, given.target_count(), given.target_unit());
    Due due;
    due.set_due_by(to_string(due_by));
    if (given.warn_days() != 0) due.set_warn_on(to_string(start + days(given.warn_days())));
    const Date late = due_by + days(1);
    if (given.escalate_days() != 0)
        due.set_escalate_on(to_string(std::max(start + days(given.escalate_days()), late)));
    if (given.critical_days() != 0)
        due.set_critical_on(to_string(std::max(start + days(given.critical_days()), late)));
    due.set_policy(given.policy());
    due.set_policy_version(policy.version);
    return due;
}

}  // namespace vastine::domain
