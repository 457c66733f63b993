#pragma once
// What one person has done and has to do: the contacts they logged, the cases they handle. Counted on the day
// asked; whom they stand in for is not counted, since it is not their own.

#include "projections/query.hpp"

namespace vastine::projections {

struct OwnFiguresQuery {};

[[nodiscard]] OwnFigures own_figures(const Views& views, const domain::Viewer& viewer, AsOf as_of,
                                     domain::Language language, const OwnFiguresQuery& query = {});

}  // namespace vastine::projections
