#include "api/http/file_name.hpp"
#include "api/routes/handlers.hpp"

namespace vastine::api::handlers {

Result<Answer> fill_letter(Services& services, Call& call, Kind kind) {
    auto letter = services.reading.letter(call.reader(), {kind, call.path.at(0)}, call.body_as<FillLetter>());
    if (!letter) return tl::unexpected(std::move(letter.error()));
    return Answer::of(std::move(*letter));
}

Result<Answer> print_letter(Services& services, Call& call, Kind kind) {
    const auto page =
        services.reading.letter_page(call.reader(), {kind, call.path.at(0)}, call.body_as<PrintLetter>());
    if (!page) return tl::unexpected(page.error());
    Response response;
    auto& headers = response.headers;
    headers.set("Content-Type", call.route.media);
    headers.set("Content-Language", std::string(domain::code_of(page->language)));
    headers.set("Content-Disposition", disposition(Shown::Inline, page->title + ".pdf"));
    response.body = rendering::render(*page);
    return Answer::as_it_is(std::move(response));
}

}  // namespace vastine::api::handlers
