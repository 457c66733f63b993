#pragma once
// Who approves a destruction list: two different persons, each in a place of the table. Whoever opened the
// list may take one of the places, never both. The table is the organisation's four-eyes rule: no law names
// the roles, so they are a default [D], chosen so that whoever answers for the register is one of the two.
//
//     area        one place          the other place
//     ombudsman   head ombudsman     another ombudsman, or another head
//     legal       registrar          lawyer

#include <set>
#include <vector>

#include "domain/access/access.hpp"

namespace vastine::domain::destruction {

using Roles = std::set<Role>;

// Has somebody with these roles a place at all?
[[nodiscard]] bool approves(Area area, const Roles& roles);
// Can these different persons each have a place of their own? Never more than two can.
[[nodiscard]] bool seated(Area area, const std::vector<Roles>& persons);
// Are they all that it takes?
[[nodiscard]] bool approved(Area area, const std::vector<Roles>& persons);

}  // namespace vastine::domain::destruction
