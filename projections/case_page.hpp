#pragma once
// Everything about one case: the row of the lists, the timeline with every event opened, the dates it
// must meet, and what this viewer may do with it now.

#include <optional>
#include <string>

#include "projections/query.hpp"

namespace vastine::projections {

struct CasePageQuery {
    Kind kind = NO_KIND;
    std::string case_id = {};
};

// Nothing when there is no such case at that position, or none that this viewer may see the content
// of (the disqualified included): the two cannot be told apart from outside.
[[nodiscard]] std::optional<Shown<CasePage>> case_page(const Views& views, const store::EventStore& events,
                                                       const domain::Viewer& viewer, AsOf as_of,
                                                       domain::Language language, const CasePageQuery& query);

}  // namespace vastine::projections
