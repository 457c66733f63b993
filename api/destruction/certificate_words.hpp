#pragma once
// What a certificate of destruction says to whoever reads it: what was destroyed, by whose approval, when,
// and from which day on it is final, since no backup of the keys is left; with the signed text that proves
// it.

#include <string>
#include <string_view>
#include <vector>

#include "domain/calendar/date.hpp"
#include "domain/destruction/list.hpp"
#include "domain/reference/reference.hpp"
#include "domain/text/text.hpp"

namespace vastine::api {

struct CertificateWords {
    std::string title;
    std::vector<std::string> paragraphs;
    std::string table_heading;
    std::vector<std::string> columns;
    std::vector<std::vector<std::string>> rows;  // each begins with what it is of
    std::string proof_heading;
    std::string proof;  // the signed note, which verifies with the log's public key
    domain::Language language = domain::Language::Finnish;
    domain::Date on;  // of the completion
};
// Of a completed list.
[[nodiscard]] CertificateWords certificate_words(const domain::destruction::State& list,
                                                 std::string_view signed_note,
                                                 const domain::Reference& reference,
                                                 domain::Language language);

// As a file of plain text.
[[nodiscard]] std::string to_plain_text(const CertificateWords& words);

}  // namespace vastine::api
