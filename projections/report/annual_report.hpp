#pragma once
// The annual report: the sections that figures can fill, for one period, in the usual order. The
// ombudsman area's is the statutory report (739/2023 §8); the legal area has one of its own. Both are
// in their internal form: small figures are not suppressed.
//
// The wall holds here too. An area's report counts that area's own cases, as far as the viewer may see
// them in totals; of the other side it prints what that side has released for the year, and says so
// when nothing is.

#include "domain/reference/reference.hpp"
#include "domain/text/text.hpp"
#include "projections/figures.hpp"
#include "projections/report/content.hpp"
#include "projections/report/report.hpp"

namespace vastine::projections::report {

// From figures that are already counted. Pure. Of the content it only matters here whether there is any: who
// has words puts them in after (written_sections.hpp).
[[nodiscard]] Report report_of(const AnnualFigures& figures, const domain::Reference& reference,
                               domain::Language language, AsOf as_of, const Content& content = {});

}  // namespace vastine::projections::report
