#pragma once
// The page at the root: what this is and where the API is described. Loads nothing, sets nothing.

#include <string>

#include "domain/text/text.hpp"

namespace vastine::api {

[[nodiscard]] std::string landing_page(domain::Language language);

}  // namespace vastine::api
