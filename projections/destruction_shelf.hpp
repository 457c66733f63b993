#pragma once
// The shelf of destruction lists: how far each has come, from facts alone. Exact days and people's reasons
// are opened for the page that shows them, from the stream itself. Who may see what of a list is
// domain::sight's to say, not the shelf's.

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "domain/destruction/list.hpp"
#include "store/event_store.hpp"

namespace vastine::projections {

struct ShelvedList {
    std::string id;
    store::Version version;
    store::Position opened_at;
    domain::destruction::State facts;
};

// Pointers live until the views next change: use them within ReadModel::read.
class DestructionShelf {
public:
    void apply(const store::Record& record, std::string_view list_id, const google::protobuf::Message& event);

    // Newest year first, then the newest list; those given up too.
    [[nodiscard]] std::vector<const ShelvedList*> all() const;
    [[nodiscard]] const ShelvedList* find(std::string_view id) const;
    // The list of a year that was not given up; null: there is none.
    [[nodiscard]] const ShelvedList* of_year(domain::Area area, int year) const;
    // Items that are another list's business: they wait there, or were transferred to the archive with it.
    [[nodiscard]] std::set<std::string> spoken_for(domain::Area area) const;

    [[nodiscard]] std::uint64_t digest() const;

private:
    std::map<std::string, ShelvedList, std::less<>> lists_;
};

}  // namespace vastine::projections
