#pragma once
// Handlers of the routes about signing in that login_table.cpp holds, and what those of accounts.cpp share
// with them.

#include "api/application.hpp"
#include "api/routes/route.hpp"

namespace vastine::api {

namespace handlers {

using domain::Result;

[[nodiscard]] std::string session_cookie_of(const std::string& secret);
[[nodiscard]] std::string_view name_of(SignedInBy by);
[[nodiscard]] Opening opening_of(const Call& call, SignedInBy by);

// second_factor.cpp
[[nodiscard]] Result<Answer> see_second_factor(Services& services, Call& call);
[[nodiscard]] Result<Answer> begin_second_factor(Services& services, Call& call);
[[nodiscard]] Result<Answer> confirm_second_factor(Services& services, Call& call);
[[nodiscard]] Result<Answer> renew_recovery_codes(Services& services, Call& call);
[[nodiscard]] Result<Answer> switch_second_factor_off(Services& services, Call& call);
[[nodiscard]] Result<Answer> switch_off_for_user(Services& services, Call& call);

// sessions.cpp
[[nodiscard]] Result<Answer> list_sessions(Services& services, Call& call);
[[nodiscard]] Result<Answer> end_session(Services& services, Call& call);
[[nodiscard]] Result<Answer> end_other_sessions(Services& services, Call& call);
[[nodiscard]] Result<Answer> end_sessions_of_user(Services& services, Call& call);

// openid.cpp
[[nodiscard]] Result<Answer> sign_in_ways(Services& services, Call& call);
[[nodiscard]] Result<Answer> openid_start(Services& services, Call& call);
[[nodiscard]] Result<Answer> openid_callback(Services& services, Call& call);
[[nodiscard]] Result<Answer> openid_logout(Services& services, Call& call);

}  // namespace handlers

}  // namespace vastine::api
