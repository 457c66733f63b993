#pragma once
// What the texts of a draft name in vain: figures that its report does not have.

#include <string_view>
#include <vector>

#include "api/publications/editions.hpp"
#include "domain/result.hpp"

namespace vastine::api {

// Each once, whatever languages name it, as refusals; the report is made as of now and the day.
[[nodiscard]] std::vector<domain::Rejection> unknown_figures(const Editions& editions,
                                                             const projections::ReadModel& model,
                                                             std::string_view publication_id,
                                                             domain::Date today);
// The first, with the others behind it. Not of none.
[[nodiscard]] domain::Rejection together(std::vector<domain::Rejection> refusals);

}  // namespace vastine::api
