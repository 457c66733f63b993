#pragma once
// What people wrote for a report, in one language and as it stood at the report's position: the words beside
// the figures. Made from the publications' own states; the report knows nothing of how they came to be.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/publications/publication.hpp"
#include "domain/reference/reference.hpp"
#include "domain/text/text.hpp"

namespace vastine::projections::report {

struct WrittenText {
    std::string section;  // code of report_section
    std::string markdown;
    domain::Language language;  // another than the report's when that one has no text yet
};
struct ProposalItem {
    std::string id;
    std::string section;
    std::string markdown;
    domain::Language language;
    std::string addressee;  // a unit's name or a body, as written
    std::string wanted_by;  // ISO date; empty: none
    std::string answer;     // code of proposal_answer; empty: not answered
    std::string measures;
    domain::Language measures_language = domain::Language::Finnish;
    std::string done_by;
    struct FollowUp {
        std::string progress;  // code of proposal_progress
        std::string what;
        std::string on;
        domain::Language language = domain::Language::Finnish;  // of `what`
    };
    std::vector<FollowUp> follow_ups;
};
struct Content {
    bool of_publication = false;  // also while nothing is written in it yet; false: a report of figures alone
    std::vector<WrittenText> texts;
    std::vector<WrittenText> examples;  // confirmed ones
    std::vector<ProposalItem> proposals;
    std::vector<ProposalItem> earlier_proposals;  // of the publication before
    std::string earlier_period;                   // "2017"
    std::uint32_t edition = 0;                    // 0: nothing is signed, a draft
    std::string signed_on;
    std::vector<domain::publication::Step> steps;  // statements, noting, sendings
    std::string what_changed;                      // of a corrected edition
    domain::Language what_changed_language = domain::Language::Finnish;
};

// `state` and `before` folded up to the report's position; `before`: the same kind's last published one of an
// earlier period.
[[nodiscard]] Content content_of(const domain::publication::State& state,
                                 const domain::publication::State* before, const domain::Reference& reference,
                                 domain::Language language);

}  // namespace vastine::projections::report
