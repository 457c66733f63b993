#pragma once
// What the policies in force on the day would move in open cases, were they applied: each case's own decider
// is asked, and nothing is written.

#include <string>
#include <vector>

#include "domain/schema/casework.pb.h"
#include "projections/query.hpp"

namespace vastine::projections {

struct RecomputeQuery {
    std::string policy = {};  // reminder.answer ...; empty: whichever apply
};

// Of the cases that the viewer may recompute, those that would move, with the version each move was computed
// at; the earliest date first.
[[nodiscard]] Shown<RecomputePreview> recompute_preview(const Views& views, const store::EventStore& events,
                                                        const domain::Viewer& viewer, AsOf as_of,
                                                        domain::Language language,
                                                        const RecomputeQuery& query);

// One case that was asked to move: what moved, or why nothing did.
struct RecomputedCase {
    Kind kind = NO_KIND;
    std::string case_id;
    std::uint64_t version = 0;  // as previewed
    std::vector<DueMoved> moved;
    std::string refusal;  // in the reader's language; empty: it moved
};
// The same list of what was done. A case that the viewer may not see is named by what was asked, without
// more.
[[nodiscard]] Shown<RecomputePreview> recomputed(const Views& views, const store::EventStore& events,
                                                 const domain::Viewer& viewer, AsOf as_of,
                                                 domain::Language language,
                                                 const std::vector<RecomputedCase>& cases);

}  // namespace vastine::projections
