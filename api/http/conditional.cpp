#include "api/http/conditional.hpp"

#include <algorithm>

namespace vastine::api {

bool none_match_names(std::string_view if_none_match, std::string_view tag) {
    // Our tags hold no comma, so that one in a list is told by its ends.
    while (!if_none_match.empty()) {
        const auto comma = std::min(if_none_match.find(','), if_none_match.size());
        auto one = if_none_match.substr(0, comma);
        if_none_match.remove_prefix(std::min(comma + 1, if_none_match.size()));
        while (one.starts_with(' ') || one.starts_with('\t')) one.remove_prefix(1);
        while (one.ends_with(' ') || one.ends_with('\t')) one.remove_suffix(1);
        if (one == "*") return true;
        if (one.starts_with("W/")) one.remove_prefix(2);
        if (one == tag) return true;
    }
    return false;
}

}  // namespace vastine::api
