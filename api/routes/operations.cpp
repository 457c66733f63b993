#include "api/http/problem.hpp"
#include "api/openapi/openapi.hpp"
#include "api/routes/handlers.hpp"
#include "api/web/web_files.hpp"

namespace vastine::api::handlers {

namespace {

Answer text(std::string media, std::string body) {
    Response response;
    response.headers.set("Content-Type", std::move(media));
    response.body = std::move(body);
    return Answer::as_it_is(std::move(response));
}

}  // namespace

Result<Answer> live(Services&, Call&) {
    Health health;
    health.set_status("live");
    return Answer::of(std::move(health));
}

Result<Answer> ready(Services& services, Call&) {
    Health health;
    const Readiness readiness = services.readiness;
    const bool healthy = services.store.healthy();
    health.set_status(readiness == Readiness::WarmingUp            ? "warming-up"
                      : readiness == Readiness::Faulty || !healthy ? "faulty"
                                                                   : "ready");
    health.set_position(
        services.model.read([](const projections::Views& views) { return views.position.value; }));
    return Answer::of(std::move(health), readiness == Readiness::Ready && healthy ? 200 : 503);
}

Result<Answer> metrics(Services& services, Call&) {
    Gauges gauges;
    gauges.log_position = services.store.events().head().position.value;
    gauges.open_sessions = services.accounts.open_sessions();
    gauges.feeds = services.feeds.open_feeds();
    gauges.ready = services.readiness == Readiness::Ready && services.store.healthy() ? 1 : 0;
    gauges.renderings_waiting = services.renderings.waiting();
    gauges.publication_files_failed = services.publication_desk.failures();
    if (services.readiness == Readiness::Ready) {
        gauges.publication_files_waiting = services.publication_desk.waiting();
        gauges.alerts_waiting = services.alerts.read(
            [](const domain::Alerts& alerts) { return std::uint64_t{alerts.waiting()}; });
    }
    return text("text/plain; version=0.0.4; charset=utf-8", services.metrics.text(gauges));
}

Result<Answer> stats(Services& services, Call& call) {
    auto stats = services.reading.stats(call.reader());
    if (!stats) return tl::unexpected(std::move(stats.error()));
    return Answer::of(std::move(*stats));
}

Result<Answer> openapi(Services&, Call&) {
    static const std::string document = openapi_document(routes());
    return text("application/json", document);
}

Result<Answer> web_page(Services& services, Call& call) {
    const auto* files = services.web;
    const auto index = files == nullptr ? WebFiles::const_iterator() : files->find("index.html");
    if (files == nullptr || index == files->end())
        return domain::reject(domain::Reason::NotFound, "page.absent");
    return Answer::as_it_is(application_page(index->second, call.language));
}

Result<Answer> web_asset(Services& services, Call& call) {
    const auto* files = services.web;
    const auto file =
        files == nullptr ? WebFiles::const_iterator() : files->find("assets/" + call.path.at(0));
    if (files == nullptr || file == files->end())
        return Answer::as_it_is(problem(Trouble::NotFound, call.language));
    auto response = asset(file->second, call.request.headers.get("Accept-Encoding"));
    // The service worker opens every page of the application, not only what stands beside its own file.
    if (call.path.at(0).starts_with("shell_worker-")) response.headers.set("Service-Worker-Allowed", "/");
    return Answer::as_it_is(std::move(response));
}

}  // namespace vastine::api::handlers
