#pragma once
// The ombudsmen's annual report (739/2023 §8): the sections that figures can fill, for one period, in the
// usual order, in its internal form: small figures are not suppressed.
//
// The wall holds here too. It counts the ombudsmen's own contacts, as far as the viewer may see them in
// totals; of reminders, complaints and requests it prints what the legal area has released for the year, and
// says so when nothing is.

#include "domain/reference/reference.hpp"
#include "domain/text/text.hpp"
#include "projections/figures.hpp"
#include "projections/report/content.hpp"
#include "projections/report/report.hpp"

namespace vastine::projections::report {

// From figures that are already counted. Pure. Of the content it only matters here whether there is any: the
// words are put in after (written_sections.hpp).
[[nodiscard]] Report report_of(const AnnualFigures& figures, const domain::Reference& reference,
                               domain::Language language, AsOf as_of, const Content& content = {});

}  // namespace vastine::projections::report
