#pragma once
// Days off and counted periods in words.

#include <string>
#include <string_view>
#include <vector>

#include "domain/calendar/period.hpp"
#include "domain/text/text.hpp"

namespace vastine::domain {

// "pitkäperjantai"; of a closing day its reason.
[[nodiscard]] std::string name_of(const DayOff& day, Language language);
[[nodiscard]] std::string day_off_name(std::string_view rule, Language language);

// "pe 3.4.2026", "fre 3.4.2026", "Fri 2026-04-03".
[[nodiscard]] std::string written(Date date, Language language);
// "2 viikkoa", "1 månad", "10 working days".
[[nodiscard]] std::string written(const Period& period, Language language);

// Why the period ends when it does, a sentence a line: start, count, days passed over, move, end.
[[nodiscard]] std::vector<std::string> explain(const Counted& counted, Language language);

}  // namespace vastine::domain
