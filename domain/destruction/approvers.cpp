#include "domain/destruction/approvers.hpp"

#include <algorithm>
#include <array>

namespace vastine::domain::destruction {

namespace {

struct Places {
    Area area;
    Roles one;
    Roles other;
};
const Places& places_of(Area area) {
    static const std::array table{
        Places{Area::Ombudsman, {HEAD_OMBUDSMAN}, {OMBUDSMAN, HEAD_OMBUDSMAN}},
        Places{Area::Legal, {REGISTRAR}, {LAWYER}},
    };
    return *std::ranges::find(table, area, &Places::area);
}

bool fits(const Roles& place, const Roles& person) {
    return std::ranges::any_of(person, [&](Role role) { return place.contains(role); });
}

}  // namespace

bool approves(Area area, const Roles& roles) {
    const auto& places = places_of(area);
    return fits(places.one, roles) || fits(places.other, roles);
}

bool seated(Area area, const std::vector<Roles>& persons) {
    if (persons.size() > 2) return false;
    if (persons.size() < 2) return persons.empty() || approves(area, persons.front());
    const auto& places = places_of(area);
    return (fits(places.one, persons[0]) && fits(places.other, persons[1])) ||
           (fits(places.one, persons[1]) && fits(places.other, persons[0]));
}

bool approved(Area area, const std::vector<Roles>& persons) {
    return persons.size() == 2 && seated(area, persons);
}

}  // namespace vastine::domain::destruction
