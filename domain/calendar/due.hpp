#pragma once
// What a policy's period makes of a start day, in Finland's calendar. The arithmetic is in period.hpp, other
// calendars and closing days in working_days.hpp.

#include <string_view>

#include "domain/calendar/date.hpp"
#include "domain/calendar/period.hpp"
#include "domain/reference/reference.hpp"
#include "domain/schema/values.pb.h"

namespace vastine::domain {

// Saturdays, Sundays, church holidays, Independence Day, May Day, Christmas Eve, Midsummer Eve.
[[nodiscard]] bool day_off(Date date);
// The date itself when it is a working day.
[[nodiscard]] Date next_working_day(Date date);

// unit: day, week, month, year or working-day. Another unit throws std::invalid_argument: a policy with
// one cannot be made.
[[nodiscard]] Date end_of_period(Date start, unsigned count, std::string_view unit);
[[nodiscard]] bool known_period_unit(std::string_view unit);

// The due date and its marks, as the policy has them. Marks are plain days from the start and absent
// when the policy has none; where days off moved the due date past them, escalation waits for the day
// after it: nobody is escalated who is in time.
[[nodiscard]] Due due_for(const Policy& policy, Date start);

}  // namespace vastine::domain
