#pragma once
// Dates without a clock and without a time zone. "Today" is Europe/Helsinki's and comes in with the
// command; instants are UTC.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace vastine::domain {

using Date = std::chrono::sys_days;
using Instant = std::chrono::sys_time<std::chrono::microseconds>;

// ISO 8601 calendar date, exactly YYYY-MM-DD and existing; anything else is nothing.
[[nodiscard]] std::optional<Date> parse_date(std::string_view text);
[[nodiscard]] std::string to_string(Date date);  // 2026-03-01
[[nodiscard]] std::string month_of(Date date);   // 2026-03
[[nodiscard]] int year_of(Date date);

// The calendar day in Finland at an instant; reads the system's time zone database once.
[[nodiscard]] Date helsinki_date(Instant at);
// And the time of that day: 16:05.
[[nodiscard]] std::string helsinki_time(Instant at);

// "16:15" as minutes since midnight; exactly HH:MM, up to 24:00. Anything else is nothing.
[[nodiscard]] std::optional<std::chrono::minutes> parse_time_of_day(std::string_view text);

// When a day ends at an office that closes at this time in Finland; 24h is the midnight at its end. A time
// that the clocks skip in March is the moment they skip it, one that they show twice in October the later.
[[nodiscard]] Instant ends_at(Date last_day, std::chrono::minutes closing_time);

}  // namespace vastine::domain
