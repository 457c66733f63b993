#include "projections/work_list.hpp"

#include <algorithm>
#include <set>

#include "projections/rows.hpp"
#include "projections/sight.hpp"

namespace vastine::projections {

namespace {

bool has(const domain::Viewer& viewer, Role role) {
    return viewer.roles.contains(role);
}

// What somebody else gives to the viewer stands before the viewer's own.
constexpr std::uint8_t offered_group = 0, first_group = 1, second_group = 2;

// The groups of a role's own list; nothing for a case that is not on it.
class OwnList {
public:
    OwnList(const Views& views, const domain::Viewer& viewer)
        : views_(views), viewer_(viewer), me_(views.dictionary->users.known(viewer.user_id)) {
        for (const auto& unit : viewer.units) units_.emplace_back(views, unit);
        for (const auto& away : viewer.stands_in_for) {
            if (const auto user = views.dictionary->users.known(away)) stands_in_for_.insert(user);
        }
    }

    [[nodiscard]] std::optional<std::uint8_t> group(std::uint32_t row) {
        const auto& entry = views_.cases->entry(row);
        if (me_ != 0 && entry.hand_over_to == me_) return offered_group;
        if (viewer_.operating_system_user) return first_group;
        // A registrar hands out work: what nobody has comes first.
        if (has(viewer_, REGISTRAR)) return entry.handler == 0 ? first_group : second_group;
        if (entry.handler != 0 && (entry.handler == me_ || stands_in_for_.contains(entry.handler)))
            return first_group;
        if (has(viewer_, UNIT_HEAD) && in_own_units(row)) return first_group;
        return std::nullopt;
    }

private:
    bool in_own_units(std::uint32_t row) {
        for (auto& unit : units_) {
            if (unit.has_case(row)) return true;
            for (const auto asked : views_.cases->scope_numbers(row).involved) {
                if (unit.has(asked)) return true;
            }
        }
        return false;
    }

    const Views& views_;
    const domain::Viewer& viewer_;
    CodeId me_;
    std::set<CodeId> stands_in_for_;
    std::vector<Subtree> units_;
};

// The cases of the viewer's team; nobody's without a team.
class TeamList {
public:
    TeamList(const Views& views, const domain::Viewer& viewer, Day on)
        : views_(views), acting_(views, on), known_(views.dictionary->users.size(), -1) {
        if (const auto* user = views.reference.user(viewer.user_id)) team_ = user->team();
    }
    [[nodiscard]] bool has(std::uint32_t row) {
        const auto handler = views_.cases->entry(row).handler;
        if (team_.empty() || handler == 0) return false;
        auto& known = known_[handler];
        if (known < 0)
            known =
                in_team(views_.dictionary->users.name(handler)) || in_team(acting_.of_user(handler)) ? 1 : 0;
        return known == 1;
    }

private:
    [[nodiscard]] bool in_team(const std::string& user_id) const {
        const auto* user = views_.reference.user(user_id);
        return user != nullptr && user->team() == team_;
    }
    const Views& views_;
    ActingHandlers acting_;
    std::string team_;
    std::vector<std::int8_t> known_;  // by user
};

// What can be said of a row without its dates.
class Filter {
public:
    Filter(const Views& views, const WorkListQuery& query)
        : views_(views), query_(query), subtree_(views, query.unit) {}

    [[nodiscard]] bool passes(std::uint32_t row) {
        const auto& entry = views_.cases->entry(row);
        const auto& dictionary = *views_.dictionary;
        if (!query_.kinds.empty() && !query_.kinds.contains(entry.kind)) return false;
        if (query_.state != WorkState::All && (query_.state == WorkState::Open) != views_.cases->open(row))
            return false;
        if (!query_.stages.empty() && !query_.stages.contains(dictionary.codes.name(entry.stage)))
            return false;
        if (!query_.handler.empty() &&
            dictionary.users.name(entry.handler) != (query_.handler == "-" ? "" : query_.handler)) {
            return false;
        }
        if (!query_.cause.empty() && dictionary.codes.name(entry.cause) != query_.cause) return false;
        if (!query_.authority.empty() && dictionary.codes.name(entry.authority) != query_.authority)
            return false;
        return subtree_.has_case(row);
    }

private:
    const Views& views_;
    const WorkListQuery& query_;
    Subtree subtree_;
};

}  // namespace

Shown<WorkList> work_list(const Views& views, const store::EventStore& events, const domain::Viewer& viewer,
                          AsOf as_of, domain::Language language, const WorkListQuery& query) {
    SightOfCases sight(views, viewer);
    const Judging judging(views, day_of(as_of.on));
    OwnList own(views, viewer);
    TeamList team(views, viewer, judging.on());
    Filter filter(views, query);

    std::vector<Place> places;
    const auto consider = [&](std::uint32_t row) {
        if (!filter.passes(row) || sight.of(row) != domain::Sight::Content) return;
        std::uint8_t group = 0;
        if (query.scope == WorkScope::Own) {
            const auto mine = own.group(row);
            if (!mine) return;
            group = *mine;
        }
        if (query.scope == WorkScope::Team && !team.has(row)) return;
        if (query.idle_days > 0 && judging.idle_days(row) < static_cast<Day>(query.idle_days)) return;
        const auto press = judging.of(row);
        if (!query.urgency.empty() && !query.urgency.contains(std::string(text_of(press.urgency)))) return;
        places.push_back(place_of(views, row, press, group));
    };
    if (query.state == WorkState::Open) {
        std::ranges::for_each(views.cases->open_rows(), consider);
    } else {
        for (std::uint32_t row = 0; row < views.cases->size(); ++row) consider(row);
    }

    Shown<WorkList> result;
    result.message.set_total(places.size());
    *result.message.mutable_basis() = basis_of(views, as_of, language, "definition.work_list");
    const auto page = page_of(std::move(places), query.page);
    result.message.set_next_cursor(page.next_cursor);
    RowWriter writer(views, events, as_of, language);
    for (const auto& place : page.places) writer.write(place.row, *result.message.add_rows());
    result.case_ids = std::move(writer).shown();
    return result;
}

}  // namespace vastine::projections
