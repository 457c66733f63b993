#pragma once
// When it is time to tell people what waits for them: on working days, from a set time of day in Finland on.
// Local time is compared as the wall clock shows it, so that a night on which clocks change moves nothing.

#include <chrono>
#include <optional>

#include "domain/calendar/date.hpp"

namespace vastine::domain {

// The working day in Finland whose set time has come: the whole rest of the day. A server that was down at
// the set time tells as soon as it is back on a working day. Nothing before that time and on days off.
[[nodiscard]] std::optional<Date> morning_at(Instant now, std::chrono::minutes set_time);

}  // namespace vastine::domain
