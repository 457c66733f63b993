#pragma once
// Which scope a bearer token must have for a route. It follows from the row itself: from whom the route
// admits, from what it writes. There is no second list that could say otherwise.

#include <optional>
#include <set>

#include "domain/schema/login.pb.h"

namespace vastine::api {

struct Route;

// Nothing: no token is asked for, or none is taken.
[[nodiscard]] std::optional<TokenScope> scope_of(const Route& route);

// All there are.
[[nodiscard]] const std::set<TokenScope>& every_token_scope();

}  // namespace vastine::api
