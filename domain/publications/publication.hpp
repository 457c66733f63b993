#pragma once
// A publication as a decider: draft, signed, on its way through the boards, published, corrected. Which steps
// each kind has stands in path.hpp. Only those who work in its area see or edit a draft (739/2023 §10); what
// is published is anybody's.
//
// The state keeps every version of every text: a report made as of a position is made from the state folded
// up to that position.

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "domain/access/access.hpp"
#include "domain/cases/decider.hpp"
#include "domain/publications/path.hpp"
#include "domain/schema/publication.pb.h"

namespace vastine::domain::publication {

enum class Stage { None, Draft, Signed, Published, Abandoned };

struct TextVersion {
    std::uint32_t version = 0;
    std::string markdown;  // empty: taken out
    std::string written_by;
    Instant written_at;
};
struct Example {
    std::string id;
    std::string section;
    Words text;
    std::set<std::string> authors;  // whoever wrote on it
    std::string confirmed_by;       // empty: waits for a second ombudsman
    bool withdrawn = false;
};
struct Proposal {
    std::string id;
    AddProposal given;
    bool withdrawn = false;
    std::map<std::uint32_t, AddProposal> signed_as;  // by edition: what its addressee reads and answers
    std::string answer;                              // code; empty: not answered
    Words measures;
    std::string done_by;
    std::string answered_on;
    struct FollowUp {
        std::string progress;
        Words what;
        std::string on;
    };
    std::vector<FollowUp> follow_ups;  // oldest first
};
// What the boards did, in the order of recording.
struct Step {
    std::string what;  // event type: StatementRecorded, NotingRecorded ...
    std::string on;    // ISO date
    std::string body;  // committee, executive, receiver, place
    std::string minutes_section;
    std::string text;  // of a statement, a reason, a receiver's kind
    std::string actor;
    std::uint32_t edition = 0;
};
struct Edition {
    std::uint32_t number = 0;
    Words what_changed;  // of a correction
    std::string signed_on;
    std::uint64_t signed_position = 0;  // of the log: figures and words as of it; 0: not signed
    std::string signed_by;
    std::string published_on;
    std::uint64_t published_position = 0;  // 0: not published
    std::vector<ArtefactsStored> files;    // of this signature, as they were made: internal, public
};

struct State {
    Stage stage = Stage::None;
    OpenPublication opened;  // with area, languages and threshold filled
    std::map<std::pair<std::string, std::string>, std::vector<TextVersion>> texts;  // by section, language
    std::vector<Example> examples;
    std::vector<Proposal> proposals;
    std::vector<Step> steps;
    std::vector<Edition> editions;  // the last one is being written, signed or published
};

// What of an event's surroundings the state keeps.
struct Recorded {
    std::uint64_t position = 0;
    std::string actor;
    Instant at;
};

[[nodiscard]] Result<Events> decide(const State& state, const google::protobuf::Message& command,
                                    const Context& context);
void evolve(State& state, const google::protobuf::Message& event);
// The same, with who and when: what reports and pages fold with.
void evolve(State& state, const google::protobuf::Message& event, const Recorded& recorded);

// What stands between the draft and a signature, as refusals: words that are missing in a language of the
// publication, an example that no second person has confirmed. Sections come in the order of the report and
// by their names; without reference data in the order of their codes, and by those.
[[nodiscard]] std::vector<Rejection> missing(const State& state, const Reference& reference);
[[nodiscard]] std::vector<Rejection> missing(const State& state);
// The newest version that is not taken out; null: there is none.
[[nodiscard]] const TextVersion* text(const State& state, std::string_view section,
                                      std::string_view language);

// ---- what is asked of a state ----

[[nodiscard]] Area area(const State& state);
[[nodiscard]] const Edition* current(const State& state);    // the one being written, signed or published
[[nodiscard]] const Edition* published(const State& state);  // the newest that is; null: none
[[nodiscard]] const Edition* signed_edition(const State& state);  // the newest that is; null: none
// A proposal as its addressee has it: of the newest signed edition. Null: a draft's, or no longer in it.
[[nodiscard]] const AddProposal* addressed(const State& state, const Proposal& proposal);
[[nodiscard]] const Proposal* proposal(const State& state, std::string_view id);
// The files of an edition that stand by its present signature; null: not made yet.
enum class Level { Internal, Public };
[[nodiscard]] const ArtefactsStored* files(const Edition& edition, Level level);
[[nodiscard]] std::string_view name_of(Level level);  // internal, public
// Who may see what of it (domain/access). With a proposal's id: as its addressee is asked about that one.
[[nodiscard]] PublicationScope scope(const State& state);
[[nodiscard]] PublicationScope scope(const State& state, std::string_view proposal_id);

// The steps from the draft to the announcement, in their order, and whether they were taken with the paper
// that is signed now. Of a correction those that it needs, and what the boards have nevertheless done.
struct WayStep {
    std::string_view path;  // of its command
    Need need = Need::None;
    bool taken = false;
};
[[nodiscard]] std::vector<WayStep> way(const State& state, const Edition& edition);

[[nodiscard]] std::string_view stage_text(const State& state);  // publication.stage.draft ...

}  // namespace vastine::domain::publication
