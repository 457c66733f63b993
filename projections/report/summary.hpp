#pragma once
// The public summary of a part of the year, one to two pages: the period beside the same months of the year
// before, for either area. Made for publishing three or four times a year.

#include "domain/reference/reference.hpp"
#include "domain/text/text.hpp"
#include "projections/figures.hpp"
#include "projections/report/report.hpp"

namespace vastine::projections::report {

// Pure. `figures` of the period with one year before at least; `before`: of that earlier period by itself,
// for its months. Without figures of the area the report says that the viewer may not see them.
[[nodiscard]] Report summary_report(const AnnualFigures& figures, const AnnualFigures& before,
                                    const domain::Reference& reference, domain::Language language,
                                    AsOf as_of);

}  // namespace vastine::projections::report
