#include <spdlog/spdlog.h>

#include <algorithm>

#include "api/http/file_name.hpp"
#include "api/http/problem.hpp"
#include "api/receipts/receipt_words.hpp"
#include "api/rendering/rendering.hpp"
#include "api/routes/handlers.hpp"
#include "domain/schema/proof.pb.h"
#include "store/proof/base64.hpp"
#include "store/proof/checkpoint.hpp"

namespace vastine::api::handlers {

namespace {

constexpr std::uint64_t shown_by_itself = 50;
constexpr std::uint64_t shown_at_most = 1000;

using domain::Reason;
using domain::reject;

// A service that was given no place for them takes none.
Result<store::Checkpoints*> checkpoints_of(Services& services) {
    if (!services.checkpoints) return reject(Reason::NotFound, "checkpoint.no_place");
    return services.checkpoints.get();
}

// What exactly does not fit stands in the service's log, for whoever runs it.
tl::unexpected<domain::Rejection> cannot_sign(const store::CannotSign& wrong) {
    spdlog::error("checkpoints: {}", wrong.what());
    return reject(Reason::Conflict, "checkpoint.cannot_sign");
}

}  // namespace

Result<Answer> checkpoints(Services& services, Call& call) {
    const auto taken = checkpoints_of(services);
    if (!taken) return tl::unexpected(taken.error());
    const auto keys = (*taken)->public_keys();
    const auto witness = (*taken)->witness();
    CheckpointList list;
    list.set_kept(witness.notes.size());
    list.set_events_key(keys.events.text());
    list.set_access_key(keys.access.text());
    const auto limit =
        std::clamp<std::uint64_t>(call.number("limit").value_or(shown_by_itself), 1, shown_at_most);
    for (auto note = witness.notes.rbegin(); note != witness.notes.rend(); ++note) {
        if (static_cast<std::uint64_t>(list.checkpoints_size()) == limit) break;
        const bool of_events = note->note.starts_with(keys.events.name() + "\n");
        const auto checkpoint =
            store::proof::open_checkpoint(note->note, of_events ? keys.events : keys.access);
        if (!checkpoint) continue;  // somebody else's line; verify tells of it
        auto& view = *list.add_checkpoints();
        view.set_log(of_events ? "events" : "access");
        view.set_size(checkpoint->head.position.value);
        view.set_root(store::proof::to_base64(checkpoint->head.root));
        view.set_taken_at(note->taken_at);
        view.set_note(note->note);
    }
    return Answer::of(std::move(list));
}

Result<Answer> take_checkpoints(Services& services, Call&) {
    const auto taken = checkpoints_of(services);
    if (!taken) return tl::unexpected(taken.error());
    CheckpointsTaken answer;
    try {
        answer.set_fresh(static_cast<std::uint32_t>((*taken)->take().fresh));
    } catch (const store::CannotSign& wrong) {
        return cannot_sign(wrong);
    }
    return Answer::of(std::move(answer));
}

Result<Answer> witness_file(Services& services, Call& call) {
    const auto taken = checkpoints_of(services);
    if (!taken) return tl::unexpected(taken.error());
    Response response;
    response.headers.set("Content-Type", call.route.media + "; charset=utf-8");
    response.headers.set("Content-Disposition", disposition(Shown::AsDownload, "vastine-witness.txt"));
    response.body = (*taken)->witness_text();
    return Answer::as_it_is(std::move(response));
}

Result<Answer> receipt(Services& services, Call& call, Kind kind) {
    const auto taken = checkpoints_of(services);
    if (!taken) return tl::unexpected(taken.error());
    const auto& id = call.path.at(0);
    if (auto may = services.reading.receipt(call.reader(), {kind, id}); !may)
        return tl::unexpected(may.error());
    const auto position = registered_at(services.store.events(), id);
    if (!position) return reject(Reason::NotFound, "access.no_such_case");
    store::proof::Receipt made;
    try {
        made = (*taken)->receipt(*position);
    } catch (const store::CannotSign& wrong) {
        return cannot_sign(wrong);
    }
    const auto key = (*taken)->public_keys().events;
    // Checked as whoever gets it will check it.
    const auto proven = store::proof::check_receipt(made, {&key, 1});
    if (!proven) throw store::Corruption("a receipt that does not hold: " + proven.error().why);
    const auto asked = call.text("lang");
    const auto language = asked.empty() ? call.language : *domain::parse_language(asked);
    const auto words = receipt_words(made, *proven, key, language);
    const bool page = call.text("format") == "pdf";
    Response response;
    auto& headers = response.headers;
    headers.set("Content-Type", page ? "application/pdf" : "text/plain; charset=utf-8");
    headers.set("Content-Language", std::string(domain::code_of(language)));
    headers.set("Content-Disposition",
                disposition(Shown::AsDownload, words.title + (page ? ".pdf" : ".txt")));
    response.body = page ? rendering::render(words) : to_plain_text(words);
    return Answer::as_it_is(std::move(response));
}

}  // namespace vastine::api::handlers
