#pragma once
// What somebody's groups at the provider make of them here.

#include <optional>

#include "api/login/openid/settings.hpp"
#include "api/login/openid/sign_in.hpp"
#include "domain/schema/reference.pb.h"

namespace vastine::api::openid {

// The person as a user: all that any of their groups gives, together. `known`: as they are here; nothing: a
// new one. Nothing comes of it when no group gives a role. Whether the roles go together is the domain's to
// say.
[[nodiscard]] std::optional<SetUser> user_of(const Person& person, const Settings& settings,
                                             const SetUser* known);

// Whether anything about the user is another than it was.
[[nodiscard]] bool differ(const SetUser& before, const SetUser& now);

}  // namespace vastine::api::openid
