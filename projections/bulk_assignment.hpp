#pragma once
// Many cases given to one handler: what would happen to each, asked of its own decider, and what did. Nothing
// is written here.

#include <string>
#include <vector>

#include "projections/query.hpp"

namespace vastine::projections {

struct AssignedCase {
    Kind kind = NO_KIND;
    std::string case_id;
    std::uint64_t version = 0;  // as previewed
    std::string from = {};      // user id of the handler before; only of a case that the viewer may see
    std::string refusal = {};   // in the reader's language; empty: it was assigned
};
struct BulkAssignmentQuery {
    std::string handler;
    std::string note = {};
    std::vector<AssignedCase> cases;
};

// In the order asked, each with its version of now. A case that the viewer may not see is refused as one that
// is not there.
[[nodiscard]] Shown<BulkAssignment> assignment_preview(const Views& views, const store::EventStore& events,
                                                       const domain::Viewer& viewer, AsOf as_of,
                                                       domain::Language language,
                                                       const BulkAssignmentQuery& query);
// The same list of what was done.
[[nodiscard]] Shown<BulkAssignment> assigned(const Views& views, const store::EventStore& events,
                                             const domain::Viewer& viewer, AsOf as_of,
                                             domain::Language language, const BulkAssignmentQuery& query);

}  // namespace vastine::projections
