#include "projections/crosswalk.hpp"

namespace vastine::projections {

bool Crosswalk::known(std::string_view set, std::string_view code) const {
    if (set == "unit") return reference_.unit(code) != nullptr;
    if (set == "authority") return reference_.authority(code) != nullptr;
    return reference_.code(set, code) != nullptr;
}

std::vector<std::string> Crosswalk::succeeding(std::string_view set, std::string_view code) const {
    if (set == "unit") return reference_.units_succeeding(code, on_);
    if (set == "authority") {
        const auto* authority = reference_.authority_succeeding(code, on_);
        return authority == nullptr ? std::vector<std::string>{} : std::vector{authority->authority_id()};
    }
    return reference_.codes_succeeding(set, code, on_);
}

Carried Crosswalk::carried(std::string_view set, std::string_view code) const {
    Carried out{std::string(code), {}, {}};
    if (code.empty() || !known(set, code)) {
        out.to = out.from;
        return out;
    }
    auto successors = succeeding(set, code);
    if (successors.size() == 1) {
        out.to = std::move(successors.front());
    } else {
        out.successors = std::move(successors);
    }
    return out;
}

std::string Crosswalk::code(std::string_view set, std::string_view code) const {
    auto to = carried(set, code).to;
    return to.empty() ? std::string(code) : to;
}

}  // namespace vastine::projections
