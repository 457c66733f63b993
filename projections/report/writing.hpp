#pragma once
// How numbers, dates and months are written in each language of a report (ICU's rules for Finnish and
// Swedish as written in Finland, and British English).

#include <string>

#include "domain/calendar/date.hpp"
#include "projections/report/report.hpp"

namespace vastine::projections::report {

// 1 565 with a no-break space in Finnish and Swedish, 1,565 in English; 26,4 or 26.4; 52 % or 52%. Days
// are written as a bare number: the heading names the unit.
[[nodiscard]] std::string written(const Number& number, domain::Language language);
// A dash where nothing is known, the mark where a figure is suppressed.
[[nodiscard]] std::string written(const Cell& cell, domain::Language language);
// Words, or the number they name; "{{name}}" when nothing has that name.
[[nodiscard]] std::string written(const Run& run, domain::Language language);
[[nodiscard]] std::string written(const KeyFigure& figure, domain::Language language);
[[nodiscard]] std::string written(std::uint64_t count, domain::Language language);
[[nodiscard]] std::string written(domain::Date date, domain::Language language);
[[nodiscard]] std::string month_name(unsigned month, domain::Language language);  // 1 is January
// "health, social and early education": the language's own way to join a list.
[[nodiscard]] std::string joined(const std::vector<std::string>& items, domain::Language language);

}  // namespace vastine::projections::report
