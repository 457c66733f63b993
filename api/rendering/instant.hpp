#pragma once
// The moment that files of a report bear: the day it stands at, so that the same report is the same bytes.

#include <cstdint>
#include <ctime>
#include <string>

#include "domain/calendar/date.hpp"
#include "projections/report/report.hpp"

namespace vastine::api::rendering {

// The as-of date; 1990-01-01 for a report without one, as no archive holds a time before 1980.
[[nodiscard]] domain::Date day_of(const projections::report::Report& report);
// Midnight in UTC, since 1970.
[[nodiscard]] std::int64_t seconds_of(domain::Date day);
[[nodiscard]] std::int64_t seconds_of(const projections::report::Report& report);
// "D:20190203000000Z"
[[nodiscard]] std::string pdf_date(domain::Date day);

}  // namespace vastine::api::rendering
