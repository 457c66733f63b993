#include "api/calendar_feed/own_dates.hpp"

#include <algorithm>
#include <tuple>
#include <unordered_map>

#include "projections/case_index.hpp"
#include "projections/dictionary.hpp"
#include "projections/rows.hpp"
#include "projections/sight.hpp"

namespace vastine::api {

namespace {

using projections::CodeId;
using projections::Day;
using projections::DueEntry;
using projections::no_day;

// More is no calendar any more.
constexpr std::size_t dates_max = 1000;

domain::Date date_of(Day day) {
    return domain::Date(std::chrono::days(day));
}

enum class Ownership { None, Own, StandIn };

class Owner {
public:
    Owner(const projections::Views& views, const domain::Viewer& viewer)
        : views_(views), viewer_(viewer), me_(views.dictionary->users.known(viewer.user_id)) {
        for (const auto& unit : viewer.units) units_.emplace_back(views, unit);
    }

    [[nodiscard]] Ownership of(std::uint32_t row) {
        const auto& scope = views_.cases->scope_numbers(row);
        if (scope.handler == 0 && viewer_.roles.contains(REGISTRAR)) return Ownership::Own;
        if (me_ != 0 && scope.handler == me_) return Ownership::Own;
        if (viewer_.roles.contains(UNIT_HEAD) && in_own_units(row, scope)) return Ownership::Own;
        if (scope.handler != 0 &&
            viewer_.stands_in_for.contains(views_.dictionary->users.name(scope.handler)))
            return Ownership::StandIn;
        return Ownership::None;
    }

private:
    bool in_own_units(std::uint32_t row, const projections::CaseIndex::ScopeNumbers& scope) {
        return std::any_of(units_.begin(), units_.end(), [&](auto& unit) {
            return unit.has_case(row) || std::any_of(scope.involved.begin(), scope.involved.end(),
                                                     [&](CodeId asked) { return unit.has(asked); });
        });
    }

    const projections::Views& views_;
    const domain::Viewer& viewer_;
    CodeId me_;
    std::vector<projections::Subtree> units_;
};

struct Found {
    Day due_by = no_day;
    std::uint32_t row = 0;
    std::size_t number = 0;  // of the date within its case
    bool standing_in = false;
    auto operator<=>(const Found&) const = default;
};

}  // namespace

std::vector<OwnDate> own_dates(const projections::Views& views, const store::EventStore& events,
                               const domain::Viewer& viewer) {
    const auto& cases = *views.cases;
    projections::SightOfCases sight(views, viewer);
    Owner owner(views, viewer);
    std::vector<Found> found;
    for (const auto row : cases.open_rows()) {
        const auto ownership = owner.of(row);
        if (ownership == Ownership::None || sight.of(row) != domain::Sight::Content) continue;
        const auto dues = cases.dues(row);
        for (std::size_t number = 0; number < dues.size(); ++number) {
            if (dues[number].met || dues[number].due_by == no_day) continue;
            found.push_back({dues[number].due_by, row, number, ownership == Ownership::StandIn});
        }
    }
    std::sort(found.begin(), found.end());
    if (found.size() > dates_max) found.resize(dates_max);

    std::unordered_map<std::uint32_t, store::Instant> changed;  // by row: one look-up for each case
    std::vector<OwnDate> dates;
    for (const auto& [due_by, row, number, standing_in] : found) {
        const auto& entry = cases.entry(row);
        const DueEntry& due = cases.dues(row)[number];
        if (const auto [at, fresh] = changed.try_emplace(row); fresh) {
            events.read_stream(projections::stream_of(views, row), store::Version{entry.version - 1},
                               [&](const store::Record& record) {
                                   at->second = record.recorded_at;
                                   return false;
                               });
        }
        OwnDate date;
        date.kind = entry.kind;
        date.case_id = cases.case_id(row);
        date.what = views.dictionary->codes.name(due.what);
        date.id = views.dictionary->codes.name(due.id);
        date.due_by = date_of(due_by);
        if (due.warn_on != no_day) date.warn_on = date_of(due.warn_on);
        date.paused = due.paused_on != no_day;
        date.standing_in = standing_in;
        date.version = store::Version{entry.version};
        date.changed_at = changed.at(row);
        dates.push_back(std::move(date));
    }
    return dates;
}

}  // namespace vastine::api
