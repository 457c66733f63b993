#pragma once
// A proposal of a report, as the tests of what people wrote have it: not answered yet.

#include <string>
#include <utility>

#include "projections/report/content.hpp"

namespace vastine::projections::report {

inline ProposalItem proposal(std::string id, std::string markdown, std::string addressee,
                             domain::Language language) {
    ProposalItem out;
    out.id = std::move(id);
    out.section = "services";
    out.markdown = std::move(markdown);
    out.language = language;
    out.addressee = std::move(addressee);
    out.wanted_by = "2019-06-30";
    return out;
}

}  // namespace vastine::projections::report
