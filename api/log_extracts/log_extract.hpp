#pragma once
// A person's extract of the access log as it is given to them: who looked, when, at what and why, and, when
// something is withheld, that it is and what one may do about it (703/2023 §11).

#include <string>
#include <utility>
#include <vector>

#include "domain/calendar/date.hpp"
#include "domain/schema/log_extract.pb.h"
#include "domain/schema/looking.pb.h"
#include "domain/text/text.hpp"

namespace vastine::api {

struct ExtractWords {
    std::string organisation;
    std::string letterhead;  // address lines; may be empty
    std::string title;
    std::vector<std::string> opening;                        // paragraphs
    std::vector<std::pair<std::string, std::string>> facts;  // what it is of: name and value
    std::string table_name;
    std::vector<std::string> head;               // of the table
    std::vector<std::vector<std::string>> rows;  // the oldest first; each as long as the head
    std::vector<std::string> closing;            // paragraphs
    domain::Language language = domain::Language::Finnish;
    domain::Date on;  // of the release
};

// What a word of the log's `what` is called; the word itself when nobody has named it.
[[nodiscard]] std::string what_text(const std::string& what, domain::Language language);
// "head ombudsman, auditor"; of a read at the server itself, that.
[[nodiscard]] std::string roles_text(const LookedEntry& entry, domain::Language language);

// `entries` are those of the period, the oldest first, the withheld ones among them: they are left out here.
[[nodiscard]] ExtractWords extract_words(const LogExtractReleased& released,
                                         const std::vector<LookedEntry>& entries,
                                         const std::string& diary_number);

// As a file of plain text.
[[nodiscard]] std::string to_plain_text(const ExtractWords& words);

}  // namespace vastine::api
