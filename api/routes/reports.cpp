#include "api/rendering/rendering.hpp"
#include "api/routes/handlers.hpp"

namespace vastine::api::handlers {

namespace {

Result<Answer> report_of(Services& services, Call& call, ReportRequest::Page page) {
    ReportRequest request;
    request.kind = call.path.at(0);
    if (!projections::report::parse_kind(request.kind)) {
        return domain::reject(domain::Reason::NotFound, "report_request.no_such_kind");
    }
    if (const auto area = call.text("area"); !area.empty()) {
        request.area = area == "legal" ? domain::Area::Legal : domain::Area::Ombudsman;
    }
    request.year = call.number("year");
    request.from = call.text("from");
    request.to = call.text("to");
    request.language = domain::parse_language(call.text("lang")).value_or(call.language);
    if (const auto position = call.number("as_of")) request.as_of = store::Position{*position};
    if (call.text("level") == "public") request.level = projections::report::Level::Public;
    request.threshold = call.number("threshold");
    request.publication_id = call.text("publication");
    request.page = page;
    const auto format = call.text("format").empty() ? std::string("html") : call.text("format");

    const auto& viewer = call.caller->viewer;
    const auto asked = services.reports.asked(viewer, std::move(request));
    if (!asked) return tl::unexpected(asked.error());
    auto report = services.reports.document(viewer, *asked, format);
    if (!report) return tl::unexpected(std::move(report.error()));
    return report_file(std::move(*report), asked->request.language);
}

}  // namespace

Answer report_file(ReportDocument document, domain::Language language) {
    const bool page = document.media_type.starts_with("text/html");
    Response response;
    response.headers.set("Content-Type", document.media_type);
    response.headers.set("Content-Language", std::string(domain::code_of(language)));
    // The page is shown; what another program opens is kept under its name.
    response.headers.set("Content-Disposition", std::string(page ? "inline" : "attachment") +
                                                    "; filename=\"" + document.file_name + "\"");
    // The page holds its own styles and drawings and loads nothing.
    response.headers.set(
        "Content-Security-Policy",
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; "
        "base-uri 'none'; form-action 'none'");
    response.body = std::move(document.content);
    return Answer::as_it_is(std::move(response));
}

Result<Answer> report(Services& services, Call& call) {
    return report_of(services, call, ReportRequest::Page::Report);
}

Result<Answer> reconciliation(Services& services, Call& call) {
    return report_of(services, call, ReportRequest::Page::Reconciliation);
}

}  // namespace vastine::api::handlers
