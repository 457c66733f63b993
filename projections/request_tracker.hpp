#pragma once
// Authorities' requests: how many are open and late, how long answers take, by authority and kind.

#include <string>

#include "projections/query.hpp"

namespace vastine::projections {

struct RequestTrackerQuery {
    std::string authority = {};     // empty: all
    std::string request_kind = {};  // empty: all
    std::string first_month = {};   // answers from this month on, 2018-01; empty: all
    std::string last_month = {};    // inclusive; empty: all
    PageRequest page = {};
};

// A request that moved to another authority counts under the one it is with now.
[[nodiscard]] Shown<RequestTracker> request_tracker(const Views& views, const store::EventStore& events,
                                                    const domain::Viewer& viewer, AsOf as_of,
                                                    domain::Language language,
                                                    const RequestTrackerQuery& query);

}  // namespace vastine::projections
