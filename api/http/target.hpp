#pragma once
// The request target taken apart.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/text/text.hpp"

namespace vastine::api {

struct Target {
    std::vector<std::string> segments;  // decoded; "/" has none
    std::map<std::string, std::string> query;
};
// Nothing when it is not origin-form (RFC 9112 §3.2.1), a percent-encoding is wrong, it holds a
// control character, or a parameter is given twice.
[[nodiscard]] std::optional<Target> parse_target(std::string_view target);

// The best of fi, sv, en by Accept-Language (RFC 9110 §12.5.4); nothing when none is asked for.
[[nodiscard]] std::optional<domain::Language> accepted_language(std::string_view header);

}  // namespace vastine::api
