#pragma once
// Kind × cause × unit × period. Reminders, complaints and requests count by their primary cause.
// Contacts and matters are counted apart: a contact once (by the primary cause of its first matter),
// each of its matters once; a follow-up does not count the matters it follows up again.

#include <set>
#include <string>

#include "projections/query.hpp"

namespace vastine::projections {

enum class PeriodLength { Month, Quarter, Year };

struct CauseBreakdownQuery {
    std::set<std::string> kinds = {};   // reminder, complaint, authority-request, contact, matter; empty: all
    std::set<std::string> causes = {};  // empty: all
    std::string unit = {};              // that one and all below it; empty: all
    std::string first_month = {};       // 2018-01; empty: from the first
    std::string last_month = {};        // inclusive; empty: to the month of the date asked
    PeriodLength period = PeriodLength::Month;
    bool drill_down = false;  // rows of the cases counted, those the viewer may open
    PageRequest page = {};    // of the rows
};

// A case of several units counts once, under the first of them that was asked for. Where its key is
// gone it counts under its department, and `fallen_back` says how many did.
[[nodiscard]] Shown<CauseBreakdown> cause_breakdown(const Views& views, const store::EventStore& events,
                                                    const domain::Viewer& viewer, AsOf as_of,
                                                    domain::Language language,
                                                    const CauseBreakdownQuery& query);

}  // namespace vastine::projections
