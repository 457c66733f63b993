#pragma once
// The reports there are, behind one door: the ombudsmen's annual report (739/2023 §8), the legal area's
// account of reminders, complaints and authority requests, the public summary of a part of the year, and the
// page that reconciles any of them. All in their internal form; disclosure.hpp makes the public one.
//
// The wall holds here too: a report counts its area's own cases, as far as the viewer may see them in totals;
// of the other side it prints what that side has released, and says so when nothing is.

#include <optional>
#include <string_view>

#include "domain/access/access.hpp"
#include "projections/figures.hpp"
#include "projections/read_model.hpp"
#include "projections/report/content.hpp"
#include "projections/report/report.hpp"

namespace vastine::projections::report {

enum class Kind { Annual, Legal, Summary };
[[nodiscard]] std::optional<Kind> parse_kind(std::string_view name);  // annual, legal, summary
[[nodiscard]] std::string_view name_of(Kind kind);

struct ReportQuery {
    Kind kind = Kind::Annual;
    domain::Area area = domain::Area::Ombudsman;  // of a summary; of the others it follows from the kind
    Period period;                                // whole months (figures.hpp)
    int years = 10;                               // how many periods of the same months are compared
};

// Pure: the same views, viewer, query, language, as-of and content give the same report. The views must stand
// at as_of.position. A viewer who does not work in the area gets a report that holds no figures and says so;
// refusing the request before is the caller's business.
[[nodiscard]] Report report(const Views& views, const domain::Viewer& viewer, const ReportQuery& query,
                            domain::Language language, AsOf as_of, const Content& content = {});

// For every table of the report: the sum of its parts, the whole it is of, the difference, and what was left
// out and why; what the period holds that no table counts.
[[nodiscard]] Report reconciliation(const Views& views, const domain::Viewer& viewer,
                                    const ReportQuery& query, domain::Language language, AsOf as_of);

}  // namespace vastine::projections::report
