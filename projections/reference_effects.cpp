#include "projections/reference_effects.hpp"

#include <algorithm>

#include "domain/cases/clock.hpp"
#include "domain/cases/kinds.hpp"
#include "domain/deadlines/due_date.hpp"
#include "projections/case_index.hpp"
#include "projections/running_cases.hpp"

namespace vastine::projections {

std::map<std::string, std::uint64_t> open_cases_by_unit(const Views& views) {
    std::map<std::string, std::uint64_t> counts;
    for (const auto row : views.cases->open_rows())
        for (const auto unit : views.cases->units_at(views.cases->entry(row).scope))
            ++counts[std::string(views.dictionary->units.name(unit))];
    return counts;
}

PolicyEffect policy_effect(const Views& views, AsOf as_of, const SetPolicy& policy) {
    const auto begins = std::max(domain::parse_date(policy.valid_from()).value_or(as_of.on), as_of.on);
    auto reference = views.reference;
    PolicySet set;
    *set.mutable_given() = policy;
    reference.apply(set);

    PolicyEffect effect;
    const auto day = domain::to_string(begins);
    const auto known = views.dictionary->codes.known(policy.policy());
    for (const auto row : views.cases->open_rows()) {
        for (const auto& due : views.cases->dues(row))
            if (known != 0 && due.policy == known && !due.met) effect.set_dates(effect.dates() + 1);
        const auto* state = views.running->state(row);
        const auto* work = state == nullptr ? nullptr : domain::work(*state);
        if (work == nullptr) continue;
        const domain::Context context{{}, {}, domain::Instant(begins), begins, reference, {}};
        for (const auto& moved : domain::casework::moved_by_policies(*work, policy.policy(), context)) {
            const auto& to = moved.due().due_by();
            if (to < moved.from()) effect.set_earlier(effect.earlier() + 1);
            if (to > moved.from()) effect.set_later(effect.later() + 1);
            if (to < day) effect.set_overdue(effect.overdue() + 1);
            if (moved.from() < day) effect.set_overdue_before(effect.overdue_before() + 1);
        }
    }
    effect.set_example_start(day);
    if (const auto* in_force = reference.policy(policy.policy(), begins))
        effect.set_example_due_by(domain::due_by(*in_force, {"arrival", begins}, reference).due_by());
    return effect;
}

}  // namespace vastine::projections
