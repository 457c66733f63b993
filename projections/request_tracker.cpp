#include "projections/request_tracker.hpp"

#include <algorithm>
#include <map>

#include "projections/case_figures.hpp"
#include "projections/rows.hpp"
#include "projections/sight.hpp"

namespace vastine::projections {

namespace {

struct Group {
    std::uint64_t open = 0;
    std::uint64_t overdue = 0;
    std::uint64_t kept = 0;
    std::vector<std::uint32_t> days;  // of each answer
};

// Open as a request: no answer has left. What is still to do after it (measures, inquiries) is not the
// authority's waiting.
bool waits(const CountedCase& request) {
    return request.turns.size() % 2 == 0;
}

// The date the authority set.
const DueEntry* answer_due(const Views& views, std::uint32_t row) {
    for (const auto& due : views.cases->dues(row)) {
        if (views.dictionary->codes.name(due.what) == "answer") return &due;
    }
    return nullptr;
}

void write(const std::string& authority, const std::string& request_kind, Group& group,
           RequestTracker::Group& out) {
    out.set_authority(authority);
    out.set_request_kind(request_kind);
    out.set_open(group.open);
    out.set_overdue(group.overdue);
    out.set_answered(group.days.size());
    out.set_kept(group.kept);
    if (group.days.empty()) return;
    out.set_median_answer_days(median_days(group.days));
    out.set_longest_answer_days(*std::ranges::max_element(group.days));
}

}  // namespace

Shown<RequestTracker> request_tracker(const Views& views, const store::EventStore& events,
                                      const domain::Viewer& viewer, AsOf as_of, domain::Language language,
                                      const RequestTrackerQuery& query) {
    SightOfCases sight(views, viewer);
    const auto& codes = views.dictionary->codes;
    const Day on = day_of(as_of.on);
    const auto asked_last = month_of_text(query.last_month);
    const auto first = month_of_text(query.first_month);  // no_month is before every month
    const auto last = asked_last == no_month ? std::numeric_limits<Month>::max() : asked_last;

    std::map<std::pair<std::string, std::string>, Group> groups;
    std::vector<Place> places;
    for (const auto& request : views.figures->all()) {
        if (request.kind != AUTHORITY_REQUEST) continue;
        const auto& authority = codes.name(request.authority);
        const auto& request_kind = codes.name(request.request_kind);
        if (!query.authority.empty() && query.authority != authority) continue;
        if (!query.request_kind.empty() && query.request_kind != request_kind) continue;
        const auto seen = sight.of(request.row);
        if (seen == domain::Sight::Nothing) continue;
        auto& group = groups[{authority, request_kind}];
        for (const auto& answer : request.answers) {
            if (answer.month < first || answer.month > last) continue;
            group.days.push_back(answer.days);
            group.kept += answer.kept ? 1 : 0;
        }
        if (!waits(request)) continue;
        ++group.open;
        const auto* due = answer_due(views, request.row);
        const bool late = due != nullptr && urgency_of(*due, on) >= Urgency::Overdue;
        group.overdue += late ? 1 : 0;
        if (seen != domain::Sight::Content) continue;
        // Ordered by the authority's date alone, whatever else in the case presses.
        Place place = place_of(views, request.row, {});
        if (due != nullptr) place.due_by = due->due_by;
        places.push_back(place);
    }

    Shown<RequestTracker> result;
    auto& out = result.message;
    *out.mutable_basis() = basis_of(views, as_of, language, "definition.request_tracker");
    for (auto& [name, group] : groups) write(name.first, name.second, group, *out.add_groups());
    out.set_total(places.size());
    const auto page = page_of(std::move(places), query.page);
    out.set_next_cursor(page.next_cursor);
    RowWriter writer(views, events, as_of, language);
    for (const auto& place : page.places) writer.write(place.row, *out.add_rows());
    result.case_ids = std::move(writer).shown();
    return result;
}

}  // namespace vastine::projections
