#include "api/reports/reports.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>
#include <type_traits>
#include <utility>

#include "api/rendering/rendering.hpp"
#include "projections/report/disclosure.hpp"

namespace vastine::api {

namespace report = projections::report;
using domain::Area;
using domain::Reason;
using domain::reject;
using domain::Result;

namespace {

constexpr int usual_threshold = 5;
constexpr std::uint64_t least_threshold = 2;
constexpr std::uint64_t greatest_threshold = 1000;
constexpr int first_year = 1990;
constexpr int last_year = 2200;

tl::unexpected<domain::Rejection> given_up() {
    return reject(Reason::WrongState, "rendering.given_up");
}

std::optional<std::chrono::year_month> month_of(const std::string& text) {
    const auto month = parse_month(text);
    if (!month || month->year() < std::chrono::year{first_year} ||
        month->year() > std::chrono::year{last_year})
        return std::nullopt;
    return month;
}

Result<projections::Period> period_of(const ReportRequest& request) {
    if (request.year) {
        if (!request.from.empty() || !request.to.empty()) {
            return reject(Reason::Invalid, "report_request.year_or_months", {}, "year");
        }
        if (*request.year < first_year || *request.year > last_year) {
            return reject(Reason::Invalid, "reading.no_such_year", {}, "year");
        }
        return projections::calendar_year(static_cast<int>(*request.year));
    }
    if (request.from.empty() && request.to.empty()) {
        return reject(Reason::Invalid, "report_request.no_period", {}, "year");
    }
    const auto first = month_of(request.from);
    if (!first) return reject(Reason::Invalid, "report_request.no_month", {}, "from");
    const auto last = month_of(request.to);
    if (!last) return reject(Reason::Invalid, "report_request.no_month", {}, "to");
    const projections::Period period{*first, *last};
    if (!period.valid()) return reject(Reason::Invalid, "report_request.months", {}, "to");
    return period;
}

// As a report names its own.
std::optional<projections::Period> period_of(const report::Report& report) {
    const auto slash = report.period.find('/');
    if (slash == std::string::npos) return std::nullopt;
    const auto first = month_of(report.period.substr(0, slash));
    const auto last = month_of(report.period.substr(slash + 1));
    return first && last ? std::optional(projections::Period{*first, *last}) : std::nullopt;
}

// An internal report is its area's own.
Result<std::monostate> may_read(const domain::Viewer& viewer, Area area) {
    if (domain::works_in(viewer, area)) return std::monostate{};
    const auto other = area == Area::Legal ? Area::Ombudsman : Area::Legal;
    return reject(Reason::Forbidden,
                  domain::works_in(viewer, other) ? "access.other_area" : "access.not_your_task");
}

Area area_of(const report::ReportQuery& query) {
    if (query.kind == report::Kind::Annual) return Area::Ombudsman;
    if (query.kind == report::Kind::Legal) return Area::Legal;
    return query.area;
}

}  // namespace

std::string file_name(const report::ReportQuery& query, domain::Language language, const std::string& suffix,
                      std::string_view form) {
    auto period = projections::period_text(query.period);
    std::ranges::replace(period, '/', '_');
    const std::string area = query.kind != report::Kind::Summary ? ""
                             : query.area == Area::Legal         ? "-legal"
                                                                 : "-ombudsman";
    return fmt::format("report-{}{}-{}-{}{}.{}", report::name_of(query.kind), area, period,
                       domain::code_of(language), suffix, form);
}

Area Reports::Asked::area() const {
    return area_of(query);
}

Result<Reports::Asked> Reports::asked(const domain::Viewer& viewer, ReportRequest request) const {
    Asked asked;
    asked.threshold = usual_threshold;
    if (!request.publication_id.empty()) {
        const auto opened = model_.read([&](const projections::Views& views) {
            const auto* found = views.publications->find(request.publication_id);
            // Its words are being written: for those who write them.
            const bool seen =
                found != nullptr && domain::sight(viewer, domain::publication::scope(found->facts),
                                                  views.reference) == domain::PublicationSight::Everything;
            return seen ? std::optional(found->opened()) : std::nullopt;
        });
        if (!opened) return reject(Reason::NotFound, "access.no_such_case");
        if (!request.kind.empty() && request.kind != opened->publication_kind()) {
            return reject(Reason::Invalid, "report_request.kind_of_publication", {}, "kind");
        }
        if (request.year || !request.from.empty() || !request.to.empty()) {
            return reject(Reason::Invalid, "report_request.period_of_publication", {},
                          request.year ? "year" : "from");
        }
        asked.query = query_of(*opened);
        if (opened->threshold() != 0) asked.threshold = static_cast<int>(opened->threshold());
    } else {
        const auto kind = report::parse_kind(request.kind);
        if (!kind) return reject(Reason::Invalid, "report_request.no_such_kind", {}, "kind");
        asked.query.kind = *kind;
        if (*kind == report::Kind::Summary && !request.area) {
            return reject(Reason::Invalid, "report_request.whose_summary", {}, "area");
        }
        asked.query.area = request.area.value_or(area_of(asked.query));
        if (asked.query.area != area_of(asked.query)) {
            return reject(Reason::Invalid, "report_request.area_of_kind", {}, "area");
        }
    }
    if (const auto allowed = may_read(viewer, area_of(asked.query)); !allowed) {
        return tl::unexpected(allowed.error());
    }
    if (request.publication_id.empty()) {
        const auto period = period_of(request);
        if (!period) return tl::unexpected(period.error());
        asked.query.period = *period;
    }
    if (request.threshold &&
        (*request.threshold < least_threshold || *request.threshold > greatest_threshold)) {
        return reject(
            Reason::Invalid, "report_request.threshold",
            {{"least", std::to_string(least_threshold)}, {"greatest", std::to_string(greatest_threshold)}},
            "threshold");
    }
    if (request.threshold) asked.threshold = static_cast<int>(*request.threshold);
    const bool is_public = request.level == report::Level::Public;
    if (is_public && request.page == ReportRequest::Page::Reconciliation) {
        return reject(Reason::Invalid, "report_request.reconciliation_is_internal", {}, "level");
    }
    const auto head = model_.read([](const projections::Views& views) { return views.position; });
    if (request.as_of && *request.as_of > head) {
        return reject(Reason::Invalid, "reading.position_ahead", {{"position", std::to_string(head.value)}},
                      "as_of");
    }
    asked.request = std::move(request);
    return asked;
}

Result<report::Report> Reports::internal(const domain::Viewer& viewer, const Asked& asked,
                                         const Watch& watch) const {
    const auto& request = asked.request;
    return at(request.as_of, domain::helsinki_date(now_()), watch,
              [&](const projections::Views& views, projections::AsOf as_of) {
                  if (request.page == ReportRequest::Page::Reconciliation) {
                      return report::reconciliation(views, viewer, asked.query, request.language, as_of);
                  }
                  report::Content content;
                  if (!request.publication_id.empty()) {
                      content = editions_.content(views, request.publication_id, request.language);
                  }
                  return report::report(views, viewer, asked.query, request.language, as_of, content);
              });
}

template <class Count>
Result<report::Report> Reports::at(std::optional<store::Position> position, domain::Date on,
                                   const Watch& watch, const Count& count) const {
    watch.reached(Step::Counting, 1);
    if (watch.cancelled()) return given_up();
    const auto head = model_.read([](const projections::Views& views) { return views.position; });
    if (!position || *position == head) {
        return model_.read([&](const projections::Views& views) {
            return Result<report::Report>(count(views, projections::AsOf{views.position, on}));
        });
    }
    if (*position > head) {
        return reject(Reason::Invalid, "reading.position_ahead", {{"position", std::to_string(head.value)}},
                      "as_of");
    }
    const auto views = model_.as_of(*position, watch.cancelled, [&](store::Position reached) {
        watch.reached(Step::Counting, static_cast<unsigned>(reached.value * 50 / position->value));
    });
    if (!views) return given_up();
    return count(*views, projections::AsOf{views->position, on});
}

// What a public form handed out told, with what it kept back: counted again as of its position and day.
Result<report::Publication> Reports::handed_out(const std::string& json, const Asked& asked,
                                                const Watch& watch) const {
    const auto not_one = [] {
        return reject(Reason::Invalid, "report.suppressed.no_publication", {}, "earlier");
    };
    try {
        const auto told = report::report_of_json(json);
        auto query = asked.query;
        if (const auto kind = report::parse_kind(told.kind)) query.kind = *kind;
        query.period = period_of(told).value_or(projections::calendar_year(told.year));
        const auto on = domain::parse_date(told.provenance.as_of_on);
        if (!on || !query.period.valid()) return not_one();
        const auto then = at(store::Position{told.provenance.position}, *on, watch,
                             [&](const projections::Views& views, projections::AsOf as_of) {
                                 return report::report(views, whole_area(area_of(query)), query,
                                                       asked.request.language, as_of);
                             });
        if (!then) return tl::unexpected(then.error());
        return report::publication_of(told, *then);
    } catch (const std::invalid_argument&) {
        return not_one();
    }
}

Result<report::Report> Reports::published(const Asked& asked, const report::Report& internal,
                                          const Watch& watch) const {
    report::Suppression how{asked.threshold, {}};
    for (const auto& json : asked.request.earlier) {
        auto told = handed_out(json, asked, watch);
        if (!told) return tl::unexpected(told.error());
        how.earlier.push_back(std::move(*told));
    }
    const auto told = editions_.told(watch);
    if (!told) return given_up();
    for (const auto& each : concerning(*told, area_of(asked.query), internal)) {
        how.earlier.push_back(*each.publication);
    }
    watch.reached(Step::Protecting, 60);
    return report::public_form(internal, how);
}

Result<report::Report> Reports::model(const domain::Viewer& viewer, const Asked& asked,
                                      const Watch& watch) const {
    auto made = internal(viewer, asked, watch);
    if (!made || asked.request.level == report::Level::Internal) return made;
    return published(asked, *made, watch);
}

Result<ReportDocument> Reports::document(const domain::Viewer& viewer, const Asked& asked,
                                         const std::string& format, const Watch& watch) const {
    const auto* form = rendering::form(format);
    if (form == nullptr) return reject(Reason::Invalid, "reading.no_such_form", {}, "format");
    const auto made = model(viewer, asked, watch);
    if (!made) return tl::unexpected(made.error());
    if (watch.cancelled()) return given_up();
    watch.reached(Step::Rendering, 80);
    const bool reconciliation = asked.request.page == ReportRequest::Page::Reconciliation;
    const std::string suffix = reconciliation ? "-reconciliation" : made->mark.empty() ? "" : "-internal";
    return ReportDocument{std::string(form->media_type),
                          file_name(asked.query, asked.request.language, suffix, form->name),
                          rendering::render(*made, form->name)};
}

}  // namespace vastine::api
