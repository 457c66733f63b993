#pragma once
// What one area gives to the other's report: totals without a way down to any case, released as an
// event. A total is named by measure, dimension and code:
//
//   reminder.registered  department  sairaala  105      complaint.answer_days_median  -  -  41
//   contact.contacts     sector      both      147      contact.matters               -  -  1899
//
// Measures of the legal area, each with the prefix reminder, complaint, authority-request or
// reminder+complaint: registered, opening_balance, closing_balance, answered, kept, kept_credited,
// answer_days_median, answer_days_mean_tenths, answer_days_longest, outcome. Dimensions of registered:
// department, service_task, sector, cause, maker, authority, month; of outcome: outcome. Measures of the
// ombudsmen: contact.contacts, contact.first, contact.follow_ups, contact.recorded, contact.matters.
// Dimensions of contacts: sector, maker, channel, month; of matters: cause_contact, service_task, measure.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "domain/schema/reference.pb.h"
#include "projections/query.hpp"

namespace vastine::projections {

// The event that answers the command, with every total of the area and year. Counts the whole area:
// whether the viewer may release is decided before (domain::may_command).
[[nodiscard]] TotalsReleased totals(const Views& views, const ReleaseTotals& given, domain::Date on);

struct ReleasedTotals {
    domain::Area area = domain::Area::Legal;
    int year = 0;
    store::Position position;  // where it was counted
    std::string as_of_on;
    std::string code_version;
    std::vector<Total> totals;
    // 0 when absent. An empty dimension is the whole.
    [[nodiscard]] std::uint64_t count(std::string_view measure, std::string_view dimension = {},
                                      std::string_view code = {}) const;
    // Whether it was released at all: earlier releases had fewer measures.
    [[nodiscard]] bool has(std::string_view measure) const;
    [[nodiscard]] std::vector<std::pair<std::string, std::uint64_t>> division(
        std::string_view measure, std::string_view dimension) const;
};
// The newest release for a year, or nothing.
[[nodiscard]] std::optional<ReleasedTotals> released_totals(const Views& views, domain::Area area, int year);

// A fold of the TotalsReleased events: the newest for each area and year.
class ReleasedTotalsIndex {
public:
    void apply(const TotalsReleased& event);
    [[nodiscard]] const TotalsReleased* newest(std::string_view area, int year) const;
    [[nodiscard]] std::uint64_t digest() const;

private:
    std::map<std::pair<std::string, int>, TotalsReleased> newest_;
};

}  // namespace vastine::projections
