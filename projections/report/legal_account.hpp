#pragma once
// The legal area's own account: reminders, complaints and authority requests, told apart; by department,
// cause, maker, service and authority; how fast and how it ended; what was open before and after; and whether
// cases are single or systematic.

#include "domain/reference/reference.hpp"
#include "domain/text/text.hpp"
#include "projections/concentration.hpp"
#include "projections/figures.hpp"
#include "projections/report/report.hpp"
#include "projections/report/tables.hpp"

namespace vastine::projections::report {

// Pure. `figures.legal` absent: the viewer may not see them, and the report says so.
[[nodiscard]] Report legal_account(const AnnualFigures& figures, const Concentration& concentration,
                                   const domain::Reference& reference, domain::Language language, AsOf as_of);

// The section of units and causes: the heat map, what was found, and the test in words.
[[nodiscard]] Section concentration_section(const Composer& composer, const Concentration& concentration);

}  // namespace vastine::projections::report
