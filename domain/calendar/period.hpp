#pragma once
// The arithmetic of act 150/1930: the start day is left out; weeks, months and years end on the weekday or
// day number they began on, or on the month's last day; an end on a day off moves to the next working day.
// A start may lie before the day it was entered: paper counts from its arrival at any office.

#include <optional>
#include <string_view>
#include <vector>

#include "domain/calendar/date.hpp"
#include "domain/calendar/working_days.hpp"

namespace vastine::domain {

// day week month year working-day
enum class PeriodUnit { Day, Week, Month, Year, WorkingDay };

[[nodiscard]] std::optional<PeriodUnit> parse_period_unit(std::string_view code);
[[nodiscard]] std::string_view code_of(PeriodUnit unit);

struct Period {
    unsigned count = 0;
    PeriodUnit unit = PeriodUnit::Day;
};

// How a date came about; explanation.hpp says it in words.
struct Counted {
    Date start;
    Period period;
    std::string_view calendar;       // fi, sv, ax
    Date counted_to;                 // before the move
    std::vector<DayOff> skipped;     // when working days are counted: the days off among them, in order
    std::vector<DayOff> moved_over;  // the days off from counted_to on that the end moved over, in order
    Date ends_on;
};

// The last day of the period. Throws std::out_of_range when it lies after the year 9999.
[[nodiscard]] Date end_of(const Period& period, Date start, const WorkingDays& working);

// The same date with its reasons.
[[nodiscard]] Counted count_period(const Period& period, Date start, const WorkingDays& working);

// The end before any move: what a mark or another organisation's calendar is counted from.
[[nodiscard]] Date unmoved_end_of(const Period& period, Date start, const WorkingDays& working);

}  // namespace vastine::domain
