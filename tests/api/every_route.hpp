#pragma once
// For tests that walk the route table: a request to each route, with an empty body where it takes one.

#include <string>

#include "api/routes/route.hpp"
#include "tests/api/service.hpp"

namespace vastine::test {

// The route's path about the service's own reminder or contact, with the parameters it asks for.
[[nodiscard]] std::string target_of(const api::Route& route, const Service& service);
[[nodiscard]] Sent asked_of(const api::Route& route, const Service& service, const std::string& token);
// The answer's body, its pieces too; of a feed those that are there.
[[nodiscard]] std::string whole(const api::Response& response);

}  // namespace vastine::test
