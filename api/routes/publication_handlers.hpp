#pragma once
// The handlers of the routes in publication_table.cpp.

#include "api/application.hpp"
#include "api/routes/route.hpp"

namespace vastine::api::handlers {

using domain::Result;

[[nodiscard]] Result<Answer> publications(Services& services, Call& call);
[[nodiscard]] Result<Answer> publication_page(Services& services, Call& call);
[[nodiscard]] Result<Answer> publication_texts(Services& services, Call& call);
[[nodiscard]] Result<Answer> publication_file(Services& services, Call& call);
[[nodiscard]] Result<Answer> proposals(Services& services, Call& call);

[[nodiscard]] Result<Answer> published_list(Services& services, Call& call);
[[nodiscard]] Result<Answer> published_tables(Services& services, Call& call);
[[nodiscard]] Result<Answer> published_table(Services& services, Call& call);

[[nodiscard]] Result<Answer> public_page(Services& services, Call& call);
[[nodiscard]] Result<Answer> public_feed(Services& services, Call& call);
[[nodiscard]] Result<Answer> public_file(Services& services, Call& call);

}  // namespace vastine::api::handlers
