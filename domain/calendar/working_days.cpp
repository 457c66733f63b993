#include "domain/calendar/working_days.hpp"

#include <algorithm>
#include <cassert>
#include <cstdint>
#include <utility>

namespace vastine::domain {

using std::chrono::days;
using std::chrono::year;
using std::chrono::year_month_day;

bool ClosingDay::closes(Date date) const {
    if ((valid_from && date < *valid_from) || (valid_until && date > *valid_until)) return false;
    if (const Date* const once = std::get_if<Date>(&on)) return date == *once;
    const year_month_day parts(date);
    return parts.month() / parts.day() == std::get<std::chrono::month_day>(on);
}

namespace {

constexpr int first_year = 1900;
constexpr int last_year = 2399;
constexpr Date first_day(year(first_year) / 1 / 1);
constexpr Date end_day(year(last_year + 1) / 1 / 1);  // the day after the last
constexpr auto day_count = static_cast<std::size_t>((end_day - first_day).count());

bool listed(Date date) {
    return date >= first_day && date < end_day;
}
std::size_t index_of(Date date) {
    return static_cast<std::size_t>((date - first_day).count());
}
Date at(std::uint32_t index) {
    return first_day + days(static_cast<int>(index));
}

}  // namespace

// The classic pair of rank and select: how many working days lie before a day, and which is the n-th.
struct WorkingDays::Table {
    Calendar calendar;
    std::vector<std::uint32_t> before;   // day_count + 1 entries
    std::vector<std::uint32_t> working;  // indices of days

    explicit Table(const Calendar& given);

    [[nodiscard]] bool off(Date date) const {
        if (!listed(date)) return domain::why_off(calendar, date) != nullptr;
        return before[index_of(date)] == before[index_of(date) + 1];
    }
};

WorkingDays::Table::Table(const Calendar& given) : calendar(given) {
    std::vector<bool> off_on(day_count, false);
    for (const DayOffRule& rule : calendar.rules) {
        const int from = std::max(rule.first_year, first_year);
        const int until = std::min(rule.last_year, last_year);
        if (const auto* const weekly = std::get_if<Weekly>(&rule.on)) {
            if (from > until) continue;
            Date date(year(from) / 1 / 1);
            date += weekly->weekday - std::chrono::weekday(date);
            for (; date < Date(year(until + 1) / 1 / 1); date += days(7)) off_on[index_of(date)] = true;
        } else {
            for (int in_year = from; in_year <= until; ++in_year)
                if (const auto date = day_in(rule, in_year)) off_on[index_of(*date)] = true;
        }
    }
    before.reserve(day_count + 1);
    for (std::uint32_t index = 0; index < day_count; ++index) {
        before.push_back(static_cast<std::uint32_t>(working.size()));
        if (!off_on[index]) working.push_back(index);
    }
    before.push_back(static_cast<std::uint32_t>(working.size()));
}

WorkingDays::WorkingDays(const Calendar& calendar) : table_(std::make_shared<const Table>(calendar)) {}

WorkingDays WorkingDays::with(std::vector<ClosingDay> closing_days) const {
    WorkingDays both = *this;
    both.closing_days_.insert(both.closing_days_.end(), std::make_move_iterator(closing_days.begin()),
                              std::make_move_iterator(closing_days.end()));
    return both;
}

const Calendar& WorkingDays::calendar() const {
    return table_->calendar;
}

bool WorkingDays::off(Date date) const {
    if (table_->off(date)) return true;
    for (const ClosingDay& day : closing_days_)
        if (day.closes(date)) return true;
    return false;
}

std::optional<DayOff> WorkingDays::why_off(Date date) const {
    if (table_->off(date)) return DayOff{date, std::string(domain::why_off(calendar(), date)->name), {}};
    for (const ClosingDay& day : closing_days_)
        if (day.closes(date)) return DayOff{date, "closing_day", day.reason};
    return std::nullopt;
}

Date WorkingDays::next(Date date) const {
    if (closing_days_.empty() && listed(date)) {
        const std::size_t place = table_->before[index_of(date)];
        if (place < table_->working.size()) return at(table_->working[place]);
    }
    while (off(date)) date += days(1);
    return date;
}

Date WorkingDays::after(Date start, unsigned count) const {
    if (count == 0) return start;
    if (closing_days_.empty() && listed(start)) {
        const std::size_t place = std::size_t{table_->before[index_of(start) + 1]} + count - 1;
        if (place < table_->working.size()) return at(table_->working[place]);
    }
    Date date = start;
    for (unsigned counted = 0; counted < count;) {
        date += days(1);
        if (!off(date)) ++counted;
    }
    return date;
}

unsigned WorkingDays::between(Date from, Date until) const {
    if (until <= from) return 0;
    if (closing_days_.empty() && listed(from) && listed(until))
        return table_->before[index_of(until) + 1] - table_->before[index_of(from) + 1];
    unsigned counted = 0;
    for (Date date = from + days(1); date <= until; date += days(1))
        if (!off(date)) ++counted;
    return counted;
}

const WorkingDays& working_days(const Calendar& calendar) {
    static const WorkingDays finnish(finnish_days_off());
    if (&calendar == &finnish_days_off()) return finnish;
    static const WorkingDays swedish(swedish_days_off());
    static const WorkingDays aland(aland_days_off());
    if (&calendar == &swedish_days_off()) return swedish;
    assert(&calendar == &aland_days_off());
    return aland;
}

}  // namespace vastine::domain
