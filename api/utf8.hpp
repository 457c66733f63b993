#pragma once
// Text that comes as bytes.

#include <cstddef>
#include <string_view>

namespace vastine::api {

// Well-formed UTF-8 as Unicode's table 3-7 says: no overlong forms, no surrogates, nothing above 10FFFF.
[[nodiscard]] bool is_utf8(std::string_view bytes);
// Code points of well-formed UTF-8.
[[nodiscard]] std::size_t characters(std::string_view text);

}  // namespace vastine::api
