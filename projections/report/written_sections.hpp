#pragma once
// What people wrote, put into a report of any kind: texts and examples in their sections, proposals with what
// became of last year's, the edition and its way through the boards.

#include "domain/reference/reference.hpp"
#include "projections/report/content.hpp"
#include "projections/report/report.hpp"

namespace vastine::projections::report {

// The words stand after a section's opening sentences and before its first table or chart, so that what is
// meant is read first and then what it rests on. A section that only words fill is made, in the usual order:
// nothing that somebody wrote is left out. Figures that the words name are looked up in `report` as given.
//
// A draft is marked as one, an empty one too, and says which figures are named in vain. What is of no
// publication changes nothing.
void add_written(Report& report, const Content& content, const domain::Reference& reference);

}  // namespace vastine::projections::report
