#pragma once
// Where this service is reached: as it was told, or else as the caller reached it.

#include <string>

#include "api/http/message.hpp"

namespace vastine::api {

// `https://host`, no slash at its end. `public_url` may be empty; a Host that is none is not repeated.
[[nodiscard]] std::string origin_of(const std::string& public_url, const Request& request);

}  // namespace vastine::api
