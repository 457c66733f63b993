#include "api/destruction/certificate_words.hpp"
#include "api/destruction/pages.hpp"
#include "api/http/file_name.hpp"
#include "api/routes/destruction_handlers.hpp"

namespace vastine::api::handlers {

namespace {

DestructionPages pages(Services& services) {
    return {services.store, services.model, services.reading, services.now};
}

template <class M>
Result<Answer> answered(Result<M> result) {
    if (!result) return tl::unexpected(std::move(result.error()));
    return Answer::of(std::move(*result));
}

Answer file(std::string media, const std::string& name, std::string content) {
    Response response;
    response.headers.set("Content-Type", std::move(media));
    response.headers.set("Content-Disposition", disposition(Shown::AsDownload, name));
    response.body = std::move(content);
    return Answer::as_it_is(std::move(response));
}

}  // namespace

Result<Answer> destructions(Services& services, Call& call) {
    return Answer::of(pages(services).list(call.reader()));
}

Result<Answer> destruction_preview(Services& services, Call& call) {
    const auto area = call.text("area") == "legal" ? domain::Area::Legal : domain::Area::Ombudsman;
    const auto year = std::min<std::uint64_t>(call.number("year").value_or(0), 9999);
    return answered(pages(services).preview(call.reader(), area, static_cast<int>(year)));
}

Result<Answer> destruction_page(Services& services, Call& call) {
    auto page = pages(services).page(call.reader(), call.path.at(0));
    if (!page) return tl::unexpected(std::move(page.error()));
    const store::Version version{page->version()};
    auto answer = Answer::of(std::move(*page));
    answer.version = version;
    return answer;
}

Result<Answer> destruction_certificate(Services& services, Call& call) {
    const auto certified = pages(services).certified(call.reader(), call.path.at(0));
    if (!certified) return tl::unexpected(certified.error());
    const auto language = domain::parse_language(call.text("lang")).value_or(call.language);
    const auto words = services.model.read([&](const projections::Views& views) {
        return certificate_words(certified->state, certified->signed_note, views.reference, language);
    });
    const auto name = words.title + " " + std::to_string(certified->state.year);
    auto answer = call.text("format") == "pdf"
                      ? file("application/pdf", name + ".pdf", rendering::render(words))
                      : file("text/plain; charset=utf-8", name + ".txt", to_plain_text(words));
    answer.ready->headers.set("Content-Language", std::string(domain::code_of(language)));
    return answer;
}

Result<Answer> archive_transfer(Services& services, Call& call) {
    auto csv = pages(services).archive_transfer(call.reader(), call.path.at(0));
    if (!csv) return tl::unexpected(std::move(csv.error()));
    return file("text/csv; charset=utf-8", "archive-transfer-" + call.path.at(0) + ".csv", std::move(*csv));
}

Result<Answer> holds(Services& services, Call& call) {
    return answered(pages(services).holds(call.reader()));
}

}  // namespace vastine::api::handlers
