#include "projections/relations.hpp"

#include <algorithm>

#include "projections/dictionary.hpp"

namespace vastine::projections {

const std::vector<Relation>& Relations::of(std::string_view case_id) const {
    static const std::vector<Relation> none;
    const auto found = by_case_.find(std::string(case_id));
    return found == by_case_.end() ? none : found->second;
}

void Relations::relate(const std::string& from, const std::string& to, const std::string& relation) {
    const auto add = [&](const std::string& one, const std::string& other, bool given_here) {
        auto& all = by_case_[one];
        Relation next{other, relation, given_here};
        if (std::ranges::find(all, next) == all.end()) all.push_back(std::move(next));
    };
    add(from, to, true);
    add(to, from, false);
}

void Relations::forget(const std::string& from, std::string_view relation) {
    const auto mine = by_case_.find(from);
    if (mine == by_case_.end()) return;
    for (const auto& said : mine->second) {
        if (!said.given_here || said.relation != relation) continue;
        std::erase(by_case_[said.other], Relation{from, said.relation, false});
    }
    std::erase_if(mine->second,
                  [&](const Relation& said) { return said.given_here && said.relation == relation; });
}

std::uint64_t Relations::digest() const {
    // The table has no order of its own.
    std::uint64_t sum = 0;
    for (const auto& [case_id, all] : by_case_) {
        if (all.empty()) continue;
        Digest digest;
        digest.add(std::string_view(case_id));
        for (const auto& relation : all) {
            digest.add(std::string_view(relation.other));
            digest.add(std::string_view(relation.relation));
            digest.add(std::uint64_t{relation.given_here});
        }
        sum += digest.value();
    }
    return sum;
}

}  // namespace vastine::projections
