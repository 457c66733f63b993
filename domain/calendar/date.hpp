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

}  // namespace vastine::domain
