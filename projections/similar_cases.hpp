#pragma once
// Cases that may be the same matter as another: registered twice, by two people or through two doors. What is
// personal is opened to be compared and not kept; nothing of a case shows unless the viewer may open it.

#include <vector>

#include "projections/query.hpp"
#include "projections/rows.hpp"
#include "projections/sight.hpp"

namespace vastine::projections {

struct Likeness {
    std::uint32_t row = 0;
    std::vector<std::string_view> grounds;  // ids of texts, the heaviest first
    std::uint32_t weight = 0;
};

// Of the same area and near in time, the most alike first; none that is already said to belong together with
// the case, linked, merged or a request and its complaint.
[[nodiscard]] std::vector<Likeness> similar_cases(const Views& views, const store::EventStore& events,
                                                  SightOfCases& sight, std::uint32_t row);

}  // namespace vastine::projections
