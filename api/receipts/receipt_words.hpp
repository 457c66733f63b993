#pragma once
// What a receipt says to whom it is given: that a case was registered here, when, and how that is checked.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/calendar/date.hpp"
#include "domain/text/text.hpp"
#include "store/event_store.hpp"
#include "store/proof/receipt.hpp"

namespace vastine::api {

// Where the first record of a case stands in the log, whether its key lives or not. Nothing: no such case.
[[nodiscard]] std::optional<store::Position> registered_at(const store::EventStore& events,
                                                           const std::string& case_id);

struct ReceiptWords {
    std::string title;
    std::vector<std::string> paragraphs;
    std::string key_heading;
    std::string key;  // the public key, as it is given to verify-receipt
    std::string proof_heading;
    std::string proof;      // what is checked, and what the QR code says
    std::string code_name;  // of the QR code, for who does not see it
    domain::Language language = domain::Language::Finnish;
    domain::Date on;  // of the registration, in Finland
};
// `registered` is what the receipt proves.
[[nodiscard]] ReceiptWords receipt_words(const store::proof::Receipt& receipt,
                                         const store::proof::Registered& registered,
                                         const store::proof::VerifierKey& key, domain::Language language);

// As a file of plain text. verify-receipt takes it as it is.
[[nodiscard]] std::string to_plain_text(const ReceiptWords& words);

}  // namespace vastine::api
