#pragma once

#include <string_view>

namespace vastine::api {

// The value of one cookie in a Cookie header; empty when it is not there. Names and values come from our own
// Set-Cookie, so there is no quoting.
[[nodiscard]] std::string_view cookie(std::string_view header, std::string_view name);

}  // namespace vastine::api
