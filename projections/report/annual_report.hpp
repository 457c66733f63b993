#pragma once
// The ombudsmen's statutory annual report (739/2023 §8): the sections that figures can fill, for one
// calendar year, in the usual order. In its internal form: small cells are not suppressed.
//
// The wall holds here too. Contacts are counted only for those who work in the ombudsman area or may
// see reports; reminders, complaints and requests always come from the totals the legal area has
// released. What is not released is said to be so.

#include "domain/access/access.hpp"
#include "domain/text/text.hpp"
#include "projections/read_model.hpp"
#include "projections/report/report.hpp"

namespace vastine::projections::report {

// Pure: the same views, viewer, year, language and date give an equal report. A viewer without the
// right to see reports gets one that holds no figure and says so.
[[nodiscard]] Report annual_report(const Views& views, const domain::Viewer& viewer, int year,
                                   domain::Language language, domain::Date as_of_on);

}  // namespace vastine::projections::report
