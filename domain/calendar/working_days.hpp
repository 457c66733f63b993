#pragma once
// Which days are worked: a calendar of days off and, where the caller asks for it, the days on which an
// organisation closes by its own decision. Those move its own targets only. A date that comes from law or
// from an authority is counted without them.

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "domain/calendar/date.hpp"
#include "domain/calendar/days_off.hpp"
#include "domain/schema/values.pb.h"

namespace vastine::domain {

// A day on which the organisation is closed: one day, or the same day of every year while it is valid.
struct ClosingDay {
    std::variant<Date, std::chrono::month_day> on;
    Text reason;                      // for people, in the languages the organisation has it
    std::optional<Date> valid_from;   // inclusive; without it, ever since
    std::optional<Date> valid_until;  // inclusive; without it, for good

    [[nodiscard]] bool closes(Date date) const;
};

struct DayOff {
    Date date;
    std::string name;  // the rule's (text day_off.<name>), or closing_day
    Text reason;       // of a closing day

    friend bool operator==(const DayOff& one, const DayOff& other) {
        return one.date == other.date && one.name == other.name;
    }
};

// Immutable, cheap to copy, safe to share between threads. Looking up, moving and counting take constant
// time in 1900-2399 without closing days, and a step a day otherwise.
class WorkingDays {
public:
    // Computes a table of five hundred years, about a millisecond; the calendar's rules must outlive it.
    explicit WorkingDays(const Calendar& calendar);

    // The same calendar with an organisation's own days beside it.
    [[nodiscard]] WorkingDays with(std::vector<ClosingDay> closing_days) const;

    [[nodiscard]] const Calendar& calendar() const;
    [[nodiscard]] bool off(Date date) const;
    // The calendar's reason goes before the organisation's own; nothing on a working day.
    [[nodiscard]] std::optional<DayOff> why_off(Date date) const;
    // The date itself when it is a working day.
    [[nodiscard]] Date next(Date date) const;
    // The count-th working day after the start, which is not counted; the start itself for none.
    [[nodiscard]] Date after(Date start, unsigned count) const;
    // How many working days there are after `from` up to and with `until`.
    [[nodiscard]] unsigned between(Date from, Date until) const;

private:
    struct Table;
    std::shared_ptr<const Table> table_;
    std::vector<ClosingDay> closing_days_;
};

// Of a calendar from calendars(), computed once.
[[nodiscard]] const WorkingDays& working_days(const Calendar& calendar);

}  // namespace vastine::domain
