#pragma once
// The handlers of the routes in destruction_table.cpp.

#include "api/application.hpp"
#include "api/routes/route.hpp"

namespace vastine::api::handlers {

using domain::Result;

[[nodiscard]] Result<Answer> destructions(Services& services, Call& call);
[[nodiscard]] Result<Answer> destruction_preview(Services& services, Call& call);
[[nodiscard]] Result<Answer> destruction_page(Services& services, Call& call);
[[nodiscard]] Result<Answer> destruction_certificate(Services& services, Call& call);
[[nodiscard]] Result<Answer> archive_transfer(Services& services, Call& call);
[[nodiscard]] Result<Answer> holds(Services& services, Call& call);

}  // namespace vastine::api::handlers
