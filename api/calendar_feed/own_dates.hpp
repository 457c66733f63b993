#pragma once
// The open dates of one person's own work, without anything of the persons it is about: what a calendar
// outside the house may hold.

#include <optional>
#include <string>
#include <vector>

#include "domain/access/access.hpp"
#include "domain/calendar/date.hpp"
#include "projections/read_model.hpp"

namespace vastine::api {

struct OwnDate {
    Kind kind = NO_KIND;
    std::string case_id;
    std::string what;  // answer, statement ...
    std::string id;    // s1, i1; empty for the case's own
    domain::Date due_by;
    std::optional<domain::Date> warn_on;
    bool paused = false;       // the clock waits: the date will move
    bool standing_in = false;  // for a handler who is away
    store::Version version;    // of the case
    store::Instant changed_at;
};

// Of the cases that are the viewer's to handle, or theirs whom the viewer stands in for; of a unit head also
// those of the own units; of a registrar also those that nobody handles yet. The others of a registrar's
// list stand in their handlers' calendars. The soonest due first, at most 1,000; past ones stay until met.
[[nodiscard]] std::vector<OwnDate> own_dates(const projections::Views& views, const store::EventStore& events,
                                             const domain::Viewer& viewer);

}  // namespace vastine::api
