#include "api/receipts/receipt_words.hpp"

#include <fmt/format.h>

#include "api/cloud_events.hpp"
#include "domain/access/access.hpp"
#include "domain/cases/kinds.hpp"
#include "domain/schema/casework.pb.h"
#include "projections/report/writing.hpp"

namespace vastine::api {
namespace {

// An imported case was registered elsewhere: what is known here is when it was brought in.
std::string registered_text(const store::proof::Registered& registered) {
    return registered.type == CaseImported::descriptor()->full_name() ? "receipt.imported"
                                                                      : "receipt.registered";
}

}  // namespace

std::optional<store::Position> registered_at(const store::EventStore& events, const std::string& case_id) {
    std::optional<store::Position> found;
    for (const auto& kind : domain::kinds()) {
        if (!domain::area_of(kind.kind)) continue;
        const store::StreamId stream{fmt::format("{}-{}", kind.stream_prefix, case_id)};
        events.read_stream(stream, store::Version{0}, [&](const store::Record& record) {
            found = record.position;
            return false;
        });
    }
    return found;
}

ReceiptWords receipt_words(const store::proof::Receipt& receipt, const store::proof::Registered& registered,
                           const store::proof::VerifierKey& key, domain::Language language) {
    const auto say = [&](std::string_view id, const std::map<std::string, std::string>& args = {}) {
        return domain::text(id, language, args);
    };
    ReceiptWords words;
    words.language = language;
    words.on = domain::helsinki_date(registered.recorded_at);
    words.title = say("receipt.title");
    words.paragraphs = {
        say(registered_text(registered), {{"case", case_id_of(registered.stream)},
                                          {"day", projections::report::written(words.on, language)},
                                          {"at", rfc3339(registered.recorded_at)},
                                          {"position", fmt::to_string(registered.position.value)},
                                          {"organisation", registered.organisation}}),
        say("receipt.proves"),
        say("receipt.keep"),
        say("receipt.check"),
    };
    words.key_heading = say("receipt.key");
    words.key = key.text();
    words.proof_heading = say("receipt.proof");
    words.proof = store::proof::to_text(receipt);
    words.code_name = say("receipt.code");
    return words;
}

std::string to_plain_text(const ReceiptWords& words) {
    std::string text = words.title + "\n";
    for (const auto& paragraph : words.paragraphs) text += "\n" + paragraph + "\n";
    return fmt::format("{}\n{}\n{}\n\n{}\n\n{}", text, words.key_heading, words.key, words.proof_heading,
                       words.proof);
}

}  // namespace vastine::api
