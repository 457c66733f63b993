#pragma once
// What is due, what is late, and what share of the answers of a period left in time.

#include <set>
#include <string>

#include "projections/query.hpp"

namespace vastine::projections {

struct DeadlinesQuery {
    std::set<Kind> kinds = {};     // empty: all
    std::string unit = {};         // that one and all below it; empty: all
    std::string first_month = {};  // of the period of the kept share, 2018-01; empty: January of the year
    std::string last_month = {};   // inclusive; empty: the month of the date asked
    PageRequest page = {};
};

// Counts cover what the viewer may see at least in totals; rows only what they may open.
[[nodiscard]] Shown<DeadlineOverview> deadlines(const Views& views, const store::EventStore& events,
                                                const domain::Viewer& viewer, AsOf as_of,
                                                domain::Language language, const DeadlinesQuery& query);

}  // namespace vastine::projections
