#include "projections/destruction_shelf.hpp"

#include <algorithm>
#include <tuple>

#include "projections/dictionary.hpp"

namespace vastine::projections {

namespace {

using domain::destruction::Fate;
using domain::destruction::Stage;

bool goes_on(const ShelvedList& list) {
    return list.facts.stage != Stage::Abandoned && list.facts.stage != Stage::Completed;
}

bool is_spoken_for(const ShelvedList& list, Fate fate) {
    if (fate == Fate::ToArchive) return list.facts.transferred.has_value();
    return goes_on(list) && (fate == Fate::Waiting || fate == Fate::Cleared);
}

}  // namespace

void DestructionShelf::apply(const store::Record& record, std::string_view list_id,
                             const google::protobuf::Message& event) {
    const auto found = lists_.try_emplace(std::string(list_id)).first;
    auto& list = found->second;
    if (list.id.empty()) {
        list.id = list_id;
        list.opened_at = record.position;
    }
    list.version = record.version;
    domain::destruction::evolve(list.facts, event);
}

std::vector<const ShelvedList*> DestructionShelf::all() const {
    std::vector<const ShelvedList*> all;
    for (const auto& [id, list] : lists_) all.push_back(&list);
    std::ranges::sort(all, std::greater{},
                      [](const ShelvedList* list) { return std::tuple(list->facts.year, list->opened_at); });
    return all;
}

const ShelvedList* DestructionShelf::find(std::string_view id) const {
    const auto found = lists_.find(id);
    return found == lists_.end() ? nullptr : &found->second;
}

const ShelvedList* DestructionShelf::of_year(domain::Area area, int year) const {
    const auto found = std::ranges::find_if(lists_, [&](const auto& entry) {
        const auto& facts = entry.second.facts;
        return facts.area == area && facts.year == year && facts.stage != Stage::Abandoned;
    });
    return found == lists_.end() ? nullptr : &found->second;
}

std::set<std::string> DestructionShelf::spoken_for(domain::Area area) const {
    std::set<std::string> ids;
    for (const auto& [id, list] : lists_) {
        if (list.facts.area != area) continue;
        for (const auto& item : list.facts.items) {
            if (is_spoken_for(list, item.fate)) ids.insert(item.given.item_id());
        }
    }
    return ids;
}

std::uint64_t DestructionShelf::digest() const {
    Digest digest;
    for (const auto& [id, list] : lists_) {
        digest.add(std::string_view(id));
        digest.add(list.version.value);
        digest.add(list.opened_at.value);
        digest.add(static_cast<std::uint64_t>(list.facts.stage));
        digest.add(static_cast<std::uint64_t>(list.facts.approvals.size()));
        digest.add(std::uint64_t{list.facts.transferred.has_value()});
        for (const auto& item : list.facts.items) {
            digest.add(std::string_view(item.given.item_id()));
            digest.add(static_cast<std::uint64_t>(item.fate));
            digest.add(std::string_view(item.held_back));
        }
    }
    return digest.value();
}

}  // namespace vastine::projections
