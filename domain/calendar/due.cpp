#include "domain/calendar/due.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>

#include "domain/calendar/working_days.hpp"

namespace vastine::domain {

using std::chrono::days;

bool day_off(Date date) {
    return working_days(finnish_days_off()).off(date);
}

Date next_working_day(Date date) {
    return working_days(finnish_days_off()).next(date);
}

bool known_period_unit(std::string_view unit) {
    return parse_period_unit(unit).has_value();
}

Date end_of_period(Date start, unsigned count, std::string_view unit) {
    const auto known = parse_period_unit(unit);
    if (!known) throw std::invalid_argument("unknown unit of a period: " + std::string(unit));
    return end_of({count, *known}, start, working_days(finnish_days_off()));
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
