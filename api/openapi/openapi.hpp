#pragma once
// The OpenAPI 3.1 document, generated from the route table and the schema's descriptors, and so never
// stale.

#include <string>
#include <vector>

#include "api/routes/route.hpp"

namespace vastine::api {

[[nodiscard]] std::string openapi_document(const std::vector<Route>& routes);

}  // namespace vastine::api
