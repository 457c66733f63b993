#include <fmt/format.h>

#include "api/http/problem.hpp"
#include "api/json.hpp"
#include "api/rendering/rendering.hpp"
#include "api/routes/handlers.hpp"

namespace vastine::api::handlers {

namespace {

using domain::Reason;
using domain::reject;

std::string path_of(const std::string& id) {
    return "/api/v1/renderings/" + id;
}

std::string_view text_of(Step step) {
    switch (step) {
        case Step::Waiting:
            return "rendering.waiting";
        case Step::Counting:
            return "rendering.counting";
        case Step::Protecting:
            return "rendering.protecting";
        case Step::Rendering:
            return "rendering.rendering";
        case Step::Done:
            return "rendering.done";
        case Step::Failed:
            return "rendering.failed";
    }
    return "rendering.failed";
}

RenderingView view_of(const Renderings::State& state, domain::Language language) {
    RenderingView view;
    view.set_rendering_id(state.id);
    view.set_state(std::string(name_of(state.step)));
    view.set_percent(state.percent);
    view.set_text(state.why ? domain::explain(*state.why, language)
                            : domain::text(text_of(state.step), language));
    if (state.step != Step::Done) return view;
    view.set_file_name(state.file_name);
    view.set_media_type(state.media_type);
    view.set_size(state.size);
    view.set_sha256(state.sha256);
    view.set_url(path_of(state.id) + "/file");
    return view;
}

tl::unexpected<domain::Rejection> no_such() {
    return reject(Reason::NotFound, "rendering.none");
}

// As the one who began it sees it, as long as that person works in its area.
std::optional<Renderings::State> own(Services& services, const Call& call) {
    const auto& viewer = call.caller->viewer;
    auto state = services.renderings.see(call.path.at(0), viewer.user_id);
    if (state && !domain::works_in(viewer, state->area)) return std::nullopt;
    return state;
}

Result<ReportRequest> request_of(const StartRendering& given, domain::Language otherwise) {
    ReportRequest request;
    request.kind = given.kind();
    request.publication_id = given.publication_id();
    if (given.reconcile()) request.page = ReportRequest::Page::Reconciliation;
    if (!given.area().empty()) {
        if (given.area() != "legal" && given.area() != "ombudsman")
            return reject(Reason::Invalid, "report_request.whose_summary", {}, "area");
        request.area = given.area() == "legal" ? domain::Area::Legal : domain::Area::Ombudsman;
    }
    request.from = given.from();
    request.to = given.to();
    request.language = otherwise;
    if (!given.language().empty()) {
        const auto language = domain::parse_language(given.language());
        if (!language) return reject(Reason::Invalid, "report_request.no_such_language", {}, "language");
        request.language = *language;
    }
    if (given.level() == "public") {
        request.level = projections::report::Level::Public;
    } else if (!given.level().empty() && given.level() != "internal") {
        return reject(Reason::Invalid, "report_request.no_such_level", {}, "level");
    }
    if (given.threshold() != 0) request.threshold = given.threshold();
    if (given.as_of() != 0) request.as_of = store::Position{given.as_of()};
    return request;
}

Answer full(Renderings::Full full, domain::Language language) {
    const bool one = full == Renderings::Full::ForOne;
    auto response = problem(one ? Trouble::TooManyRenderings : Trouble::Busy, language);
    response.headers.set("Retry-After", one ? "10" : "30");
    return Answer::as_it_is(std::move(response));
}

}  // namespace

Result<Answer> start_rendering(Services& services, Call& call) {
    const auto& given = call.body_as<StartRendering>();
    const auto& viewer = call.caller->viewer;
    auto request = request_of(given, call.language);
    if (!request) return tl::unexpected(request.error());
    const auto format = given.format();
    if (rendering::form(format) == nullptr) {
        return reject(Reason::Invalid, "reading.no_such_form", {}, "format");
    }
    auto asked = services.reports.asked(viewer, std::move(*request));
    if (!asked) return tl::unexpected(std::move(asked.error()));
    Renderings::Order order;
    order.owner = viewer.user_id;
    order.area = asked->area();
    order.lane = format == "pdf" || format == "docx" ? Renderings::Lane::Slow : Renderings::Lane::Quick;
    order.make = [&reports = services.reports, viewer, asked = std::move(*asked),
                  format](const Watch& watch) { return reports.document(viewer, asked, format, watch); };
    const auto started = services.renderings.start(std::move(order));
    if (!started) return full(started.error(), call.language);
    // Its owner may have given it up from elsewhere by now; then there is nothing to go on with.
    const auto state = services.renderings.see(*started, viewer.user_id);
    if (!state) return no_such();
    auto answer = Answer::of(view_of(*state, call.language), call.route.status);
    answer.location = path_of(*started);
    return answer;
}

Result<Answer> see_rendering(Services& services, Call& call) {
    const auto state = own(services, call);
    if (!state) return no_such();
    return Answer::of(view_of(*state, call.language));
}

Result<Answer> rendering_progress(Services& services, Call& call) {
    if (!own(services, call)) return no_such();
    const auto last = call.request.headers.get("Last-Event-ID");
    Renderings::Listening listening;
    const bool number =
        !last.empty() && last.size() <= 9 && last.find_first_not_of("0123456789") == last.npos;
    if (number) listening.after = std::stoull(std::string(last));
    listening.written = [language = call.language](const Renderings::State& state, std::uint64_t event) {
        return fmt::format("id: {}\nevent: progress\ndata: {}\n\n", event,
                           write_json(view_of(state, language), Defaults::Written));
    };
    listening.still = [still = still_there(services, call)] { return still().has_value(); };
    Response response;
    response.headers.set("Content-Type", call.route.media);
    response.headers.set("X-Accel-Buffering", "no");  // proxies hold it back otherwise
    if (call.request.method != "HEAD") {
        response.source =
            services.renderings.watch(call.path.at(0), call.caller->viewer.user_id, std::move(listening));
        if (!response.source) return no_such();
    }
    return Answer::as_it_is(std::move(response));
}

Result<Answer> rendering_file(Services& services, Call& call) {
    const auto state = own(services, call);
    if (!state) return no_such();
    if (state->step == Step::Failed) {
        return tl::unexpected(
            state->why.value_or(domain::Rejection{Reason::WrongState, "rendering.not_made", {}, {}}));
    }
    const auto file = services.renderings.file(call.path.at(0), call.caller->viewer.user_id);
    if (!file) return reject(Reason::WrongState, "rendering.not_done");
    return report_file(*file, call.language);
}

Result<Answer> give_up_rendering(Services& services, Call& call) {
    if (!services.renderings.give_up(call.path.at(0), call.caller->viewer.user_id)) return no_such();
    return Answer::nothing();
}

}  // namespace vastine::api::handlers
