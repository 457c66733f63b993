#pragma once
// What waits for whom. The list of a role when nothing else is asked; any list of cases with filters.

#include <cstdint>
#include <optional>
#include <set>
#include <string>

#include "projections/query.hpp"

namespace vastine::projections {

// Whose cases a list starts from.
enum class WorkScope {
    Own,         // first what is offered to oneself and waits for a yes or no; then by role: an ombudsman's
                 // and a lawyer's own cases, a unit head's own units, a registrar's unassigned cases first
                 // and then all others. Cases of those one stands in for are one's own.
    Team,        // whose handler, or who has the handler's work on the day, is of the viewer's team
    Everything,  // every case that the viewer may see the content of
};
enum class WorkState { Open, Ended, All };

struct WorkListQuery {
    WorkScope scope = WorkScope::Own;
    WorkState state = WorkState::Open;
    std::set<Kind> kinds = {};           // empty: all
    std::set<std::string> stages = {};   // stage.registered ...; empty: all
    std::string unit = {};               // that one and all below it; empty: all
    std::string handler = {};            // a user id; "-": nobody; empty: all
    std::set<std::string> urgency = {};  // none, on-track, due-soon, overdue, escalated, critical; empty: all
    std::string cause = {};              // primary cause; empty: all
    std::string authority = {};          // empty: all
    std::uint32_t idle_days = 0;         // open, and no event for at least so many days; 0: all
    PageRequest page = {};
};

// Most urgent first, then by due date, arrival and id. `total` counts all pages.
[[nodiscard]] Shown<WorkList> work_list(const Views& views, const store::EventStore& events,
                                        const domain::Viewer& viewer, AsOf as_of, domain::Language language,
                                        const WorkListQuery& query);

}  // namespace vastine::projections
