#include "domain/calendar/due.hpp"

#include <stdexcept>
#include <string>

#include "domain/calendar/working_days.hpp"

namespace vastine::domain {

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

}  // namespace vastine::domain
