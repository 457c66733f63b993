#include "projections/report/reports.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "projections/concentration.hpp"
#include "projections/report/annual_report.hpp"
#include "projections/report/legal_account.hpp"
#include "projections/report/summary.hpp"
#include "projections/report/written_sections.hpp"

namespace vastine::projections::report {
namespace {

using domain::Area;

constexpr std::array<std::pair<std::string_view, Kind>, 3> kKinds{
    {{"annual", Kind::Annual}, {"legal", Kind::Legal}, {"summary", Kind::Summary}}};

Area area_of(const ReportQuery& query) {
    switch (query.kind) {
        case Kind::Annual:
            return Area::Ombudsman;
        case Kind::Legal:
            return Area::Legal;
        case Kind::Summary:
            return query.area;
    }
    return query.area;
}

// A unit head sees the cases of the own units, and nothing of the others.
bool counts_own_units_only(const domain::Viewer& viewer) {
    return !viewer.operating_system_user && !viewer.roles.contains(REGISTRAR) &&
           !viewer.roles.contains(LAWYER);
}

}  // namespace

std::optional<Kind> parse_kind(std::string_view name) {
    const auto* found = std::ranges::find(kKinds, name, &std::pair<std::string_view, Kind>::first);
    if (found == kKinds.end()) return std::nullopt;
    return found->second;
}

std::string_view name_of(Kind kind) {
    return std::ranges::find(kKinds, kind, &std::pair<std::string_view, Kind>::second)->first;
}

Report report(const Views& views, const domain::Viewer& viewer, const ReportQuery& query,
              domain::Language language, AsOf as_of, const Content& content) {
    const auto area = area_of(query);
    const auto counted = [&](const FiguresQuery& asked) {
        auto figures = annual_figures(views, viewer, as_of, language, area, asked);
        // Without work in the area there is nothing to print, not a page of noughts.
        if (!domain::works_in(viewer, area)) {
            figures.ombudsman.reset();
            figures.legal.reset();
            figures.released.reset();
            figures.released_before.clear();
        }
        return figures;
    };
    const bool summary = query.kind == Kind::Summary;
    const FiguresQuery asked{query.period, summary ? 2 : query.years};
    const auto figures = counted(asked);
    const auto made = [&] {
        switch (query.kind) {
            case Kind::Annual:
                break;
            case Kind::Legal:
                return legal_account(
                    figures, figures.legal ? concentration(views, viewer, as_of, asked) : Concentration{},
                    views.reference, language, as_of);
            case Kind::Summary:
                return summary_report(figures, counted({query.period.ending_in(query.period.year() - 1), 1}),
                                      views.reference, language, as_of);
        }
        return report_of(figures, views.reference, language, as_of, content);
    };
    auto report = made();
    report.kind = name_of(query.kind);
    if (figures.legal && counts_own_units_only(viewer)) {
        report.notices.push_back({domain::text("report.own_units.heading", language),
                                  domain::text("report.own_units.text", language)});
    }
    // Last: words name figures of the whole report.
    add_written(report, content, views.reference);
    return report;
}

}  // namespace vastine::projections::report
