#pragma once
// The annual report: the sections that figures can fill, for one calendar year, in the usual order. The
// ombudsman area's is the statutory report (739/2023 §8); the legal area has one of its own. Both are
// in their internal form: small figures are not suppressed.
//
// The wall holds here too. An area's report counts that area's own cases, as far as the viewer may see
// them in totals; of the other side it prints what that side has released for the year, and says so
// when nothing is.

#include "domain/access/access.hpp"
#include "domain/text/text.hpp"
#include "projections/figures.hpp"
#include "projections/read_model.hpp"
#include "projections/report/report.hpp"

namespace vastine::projections::report {

// Pure: the same views, viewer, year, language and as-of give the same report. The views must stand at
// as_of.position. A viewer who does not work in the area gets a report that holds no figures and says so;
// refusing the request before is the caller's business, and so is who reads a report without working
// in its area (the board).
[[nodiscard]] Report annual_report(const Views& views, const domain::Viewer& viewer, int year,
                                   domain::Language language, AsOf as_of,
                                   domain::Area area = domain::Area::Ombudsman);

// The same from figures that are already counted.
[[nodiscard]] Report report_of(const AnnualFigures& figures, const domain::Reference& reference,
                               domain::Language language, AsOf as_of);

}  // namespace vastine::projections::report
