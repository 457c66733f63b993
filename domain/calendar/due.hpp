#pragma once
// Periods in Finland's calendar, by the codes of their units. The arithmetic is in period.hpp, other
// calendars and closing days in working_days.hpp; what a policy makes of a start day is in domain/deadlines.

#include <string_view>

#include "domain/calendar/date.hpp"
#include "domain/calendar/period.hpp"

namespace vastine::domain {

// Saturdays, Sundays, church holidays, Independence Day, May Day, Christmas Eve, Midsummer Eve.
[[nodiscard]] bool day_off(Date date);
// The date itself when it is a working day.
[[nodiscard]] Date next_working_day(Date date);

// unit: day, week, month, year or working-day. Another unit throws std::invalid_argument: a policy with
// one cannot be made.
[[nodiscard]] Date end_of_period(Date start, unsigned count, std::string_view unit);
[[nodiscard]] bool known_period_unit(std::string_view unit);

}  // namespace vastine::domain
