#include "projections/sight.hpp"

#include "projections/figures.hpp"

namespace vastine::projections {

SightOfCases::SightOfCases(const Views& views, const domain::Viewer& viewer)
    : views_(views), viewer_(viewer), known_(views.cases->scope_count(), -1) {}

domain::Sight SightOfCases::of(std::uint32_t row) {
    const auto scope = views_.cases->entry(row).scope;
    auto& known = known_[scope];
    if (known < 0) {
        known =
            static_cast<std::int8_t>(domain::sight(viewer_, views_.cases->scope_at(scope), views_.reference));
    }
    return static_cast<domain::Sight>(known);
}

SightOfFigures::SightOfFigures(const Views& views, const domain::Viewer& viewer, domain::Area area)
    : sight_(views, viewer),
      any_(may_see_figures(viewer, area)),
      all_(any_ && !domain::works_in(viewer, area)) {}

Subtree::Subtree(const Views& views, std::string above)
    : views_(views), above_(std::move(above)), known_(views.dictionary->units.size(), -1) {}

bool Subtree::has(CodeId unit) {
    if (all()) return true;
    if (unit == 0) return false;
    auto& known = known_[unit];
    if (known < 0) {
        const auto& name = views_.dictionary->units.name(unit);
        known = name == above_ || views_.reference.within(name, above_) ? 1 : 0;
    }
    return known == 1;
}

bool Subtree::has_case(std::uint32_t row) {
    return all() || first_of(row).has_value();
}

std::optional<CodeId> Subtree::first_of(std::uint32_t row) {
    for (const auto unit : views_.cases->units_at(views_.cases->entry(row).scope)) {
        if (has(unit)) return unit;
    }
    return std::nullopt;
}

}  // namespace vastine::projections
