#include "projections/dictionary.hpp"

#include <limits>

namespace vastine::projections {

Codes::Codes() {
    names_.emplace_back();
    ids_.emplace(names_.back(), CodeId{0});
}

CodeId Codes::id(std::string_view text) {
    if (text.empty()) return 0;
    if (const auto known = ids_.find(text); known != ids_.end()) return known->second;
    if (names_.size() > std::numeric_limits<CodeId>::max()) return 0;
    const auto next = static_cast<CodeId>(names_.size());
    names_.emplace_back(text);
    ids_.emplace(names_.back(), next);
    return next;
}

CodeId Codes::known(std::string_view text) const {
    const auto known = ids_.find(text);
    return known == ids_.end() ? CodeId{0} : known->second;
}

}  // namespace vastine::projections
