#include <spdlog/spdlog.h>

#include "api/http/conditional.hpp"
#include "api/http/origin.hpp"
#include "api/http/problem.hpp"
#include "api/publications/frozen_files.hpp"
#include "api/publications/pages.hpp"
#include "api/publications/public_page.hpp"
#include "api/publications/published_figures.hpp"
#include "api/rendering/rendering.hpp"
#include "api/routes/handlers.hpp"
#include "api/routes/publication_handlers.hpp"
#include "api/secret.hpp"

namespace vastine::api::handlers {

namespace {

using domain::Reason;
using domain::reject;

template <class M>
Result<Answer> answered(Result<M> result) {
    if (!result) return tl::unexpected(std::move(result.error()));
    return Answer::of(std::move(*result));
}

PublicationPages pages(Services& services) {
    return {services.store, services.model, services.editions, services.now, &services.publication_desk};
}
PublishedFigures published(Services& services) {
    return {services.store.blobs(), services.model};
}

domain::Language language(const Call& call) {
    return domain::parse_language(call.text("lang")).value_or(call.language);
}

// One damaged file takes no other with it, and not the log: what is asked of it alone is refused.
template <class Give>
Result<Answer> of_frozen_file(const Call& call, Give&& give) {
    try {
        return give();
    } catch (const store::Corruption& corruption) {
        // It names the stream and the hash, never the content.
        spdlog::error("{}: {}", call.route.pattern, corruption.what());
        return Answer::as_it_is(problem(Trouble::Faulty, call.language));
    }
}

// What has not changed since the client fetched it is not sent again.
bool unchanged(const Call& call, Response& response, const std::string& tag) {
    response.headers.set("ETag", tag);
    if (!none_match_names(call.request.headers.get("If-None-Match"), tag)) return false;
    response.status = 304;
    response.body.clear();
    return true;
}

// Frozen: the same name is the same bytes for ever.
Result<Answer> frozen_file(Services& services, const Call& call, const FrozenFile& file,
                           std::string_view cache_control) {
    return of_frozen_file(call, [&]() -> Result<Answer> {
        const auto* form = rendering::form(file.artefact.form());
        auto answer =
            report_file({std::string(form == nullptr ? "application/octet-stream" : form->media_type),
                         file.artefact.file_name(),
                         {}},
                        domain::parse_language(file.artefact.language()).value_or(call.language));
        auto& response = *answer.ready;
        response.headers.set("Cache-Control", std::string(cache_control));
        if (unchanged(call, response, '"' + file.artefact.sha256() + '"')) return answer;
        response.source = frozen_body(services.store.blobs(), file);
        if (!response.source) return reject(Reason::NotFound, "publishing.file_destroyed");
        if (call.request.method == "HEAD") {
            response.headers.set("Content-Length", std::to_string(file.artefact.size()));
        }
        return answer;
    });
}

}  // namespace

// ---- for those who work with them ----

Result<Answer> publications(Services& services, Call& call) {
    return Answer::of(pages(services).list(call.reader()));
}

Result<Answer> publication_page(Services& services, Call& call) {
    auto page = pages(services).page(call.reader(), call.path.at(0));
    if (!page) return tl::unexpected(std::move(page.error()));
    const store::Version version{page->version()};
    auto answer = Answer::of(std::move(*page));
    answer.version = version;
    return answer;
}

Result<Answer> publication_texts(Services& services, Call& call) {
    return answered(pages(services).texts(call.reader(), call.path.at(0), call.path.at(1), call.path.at(2)));
}

Result<Answer> publication_file(Services& services, Call& call) {
    const auto file = find_file(services.model, call.caller->viewer, call.path.at(0), call.path.at(1));
    if (!file) return reject(Reason::NotFound, "publishing.no_such_file");
    // For its reader alone, and the right to it is asked for each time.
    return frozen_file(services, call, *file, "private, no-cache");
}

Result<Answer> proposals(Services& services, Call& call) {
    return Answer::of(pages(services).proposals(call.reader()));
}

// ---- for anyone who is signed in ----

Result<Answer> published_list(Services& services, Call& call) {
    return Answer::of(published(services).list(services.store.events(), call.language));
}

Result<Answer> published_tables(Services& services, Call& call) {
    const auto drawings = call.flag("drawings") ? Drawings::With : Drawings::Without;
    return of_frozen_file(
        call, [&] { return answered(published(services).all(call.path.at(0), language(call), drawings)); });
}

Result<Answer> published_table(Services& services, Call& call) {
    return of_frozen_file(call, [&] {
        return answered(published(services).table(call.path.at(0), call.path.at(1),
                                                  {call.text("row"), call.text("column")}, language(call)));
    });
}

// ---- for anybody ----

namespace {

// What stands on the page may change any minute, and may be kept for one.
constexpr std::string_view page_cache = "public, max-age=60";
constexpr std::string_view file_cache = "public, max-age=31536000, immutable";

Answer public_text(const Call& call, std::string body, std::string_view media, domain::Language language) {
    Response response;
    const auto tag = '"' + sha256_of(body) + '"';
    response.body = std::move(body);
    response.headers.set("Cache-Control", std::string(page_cache));
    response.headers.set("Content-Language", std::string(domain::code_of(language)));
    if (!unchanged(call, response, tag)) response.headers.set("Content-Type", std::string(media));
    return Answer::as_it_is(std::move(response));
}

}  // namespace

Result<Answer> public_page(Services& services, Call& call) {
    const auto spoken = language(call);
    auto answer = public_text(
        call, api::public_page(public_editions(services.store.events(), services.model, spoken), spoken),
        "text/html; charset=utf-8", spoken);
    answer.ready->headers.set("Content-Security-Policy", public_page_policy());
    return answer;
}

Result<Answer> public_feed(Services& services, Call& call) {
    const auto spoken = language(call);
    const auto organisation = services.model.read(
        [](const projections::Views& views) { return views.reference.organisation().name(); });
    return public_text(call,
                       api::public_feed(public_editions(services.store.events(), services.model, spoken),
                                        spoken, origin_of(services.public_url, call.request), organisation),
                       "application/atom+xml; charset=utf-8", spoken);
}

Result<Answer> public_file(Services& services, Call& call) {
    const auto file = find_published_file(services.model, call.path.at(0), call.path.at(1), call.path.at(2));
    if (!file) return reject(Reason::NotFound, "publishing.no_such_file");
    return frozen_file(services, call, *file, file_cache);
}

}  // namespace vastine::api::handlers
