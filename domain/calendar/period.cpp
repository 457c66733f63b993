#include "domain/calendar/period.hpp"

#include <array>
#include <cstdint>
#include <stdexcept>
#include <utility>

namespace vastine::domain {

using std::chrono::days;
using std::chrono::year_month_day;

namespace {

constexpr std::array<std::pair<std::string_view, PeriodUnit>, 5> codes{
    {{"day", PeriodUnit::Day},
     {"week", PeriodUnit::Week},
     {"month", PeriodUnit::Month},
     {"year", PeriodUnit::Year},
     {"working-day", PeriodUnit::WorkingDay}}};

constexpr Date last_date(std::chrono::year(9999) / 12 / 31);

[[noreturn]] void ends_too_late() {
    throw std::out_of_range("the period ends after the year 9999");
}

Date days_after(Date start, std::uint64_t count) {
    if (start > last_date || count > static_cast<std::uint64_t>((last_date - start).count())) ends_too_late();
    return start + days(static_cast<int>(count));
}

// The same day number so many months on, or the last day of that month.
Date months_after(Date start, std::uint64_t count) {
    if (count > 12 * std::uint64_t{10'000}) ends_too_late();
    const year_month_day from(start);
    const year_month_day same_number = from + std::chrono::months(static_cast<int>(count));
    if (static_cast<int>(same_number.year()) > 9999) ends_too_late();
    if (same_number.ok()) return Date(same_number);
    return Date(same_number.year() / same_number.month() / std::chrono::last);
}

Date working_days_after(Date start, unsigned count, const WorkingDays& working) {
    days_after(start, count);  // working days are not fewer days
    return working.after(start, count);
}

}  // namespace

std::optional<PeriodUnit> parse_period_unit(std::string_view code) {
    for (const auto& [known, unit] : codes)
        if (known == code) return unit;
    return std::nullopt;
}

std::string_view code_of(PeriodUnit unit) {
    for (const auto& [code, known] : codes)
        if (known == unit) return code;
    return "day";
}

Date unmoved_end_of(const Period& period, Date start, const WorkingDays& working) {
    const std::uint64_t count = period.count;
    switch (period.unit) {
        case PeriodUnit::Day:
            return days_after(start, count);
        case PeriodUnit::Week:
            return days_after(start, count * 7);
        case PeriodUnit::Month:
            return months_after(start, count);
        case PeriodUnit::Year:
            return months_after(start, count * 12);
        case PeriodUnit::WorkingDay:
            return working_days_after(start, period.count, working);
    }
    return start;
}

Date end_of(const Period& period, Date start, const WorkingDays& working) {
    return working.next(unmoved_end_of(period, start, working));
}

Counted count_period(const Period& period, Date start, const WorkingDays& working) {
    Counted counted;
    counted.start = start;
    counted.period = period;
    counted.calendar = working.calendar().name;
    counted.counted_to = unmoved_end_of(period, start, working);
    if (period.unit == PeriodUnit::WorkingDay)
        for (Date date = start + days(1); date < counted.counted_to; date += days(1))
            if (auto off = working.why_off(date)) counted.skipped.push_back(std::move(*off));
    Date date = counted.counted_to;
    for (; auto off = working.why_off(date); date += days(1)) counted.moved_over.push_back(std::move(*off));
    counted.ends_on = date;
    return counted;
}

}  // namespace vastine::domain
