#pragma once
// What the client has already: entity tags compared (RFC 9110 §13.1.2).

#include <string_view>

namespace vastine::api {

// Whether If-None-Match names the tag (with its quotes): weakly compared, `*` names any.
[[nodiscard]] bool none_match_names(std::string_view if_none_match, std::string_view tag);

}  // namespace vastine::api
