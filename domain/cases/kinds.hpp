#pragma once
// The table of kinds: one decider each, behind one door. Routes, imports and replays use this and
// know no kind by name.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "domain/cases/casework.hpp"
#include "domain/cases/complaint.hpp"
#include "domain/cases/contact.hpp"
#include "domain/cases/decider.hpp"
#include "domain/cases/reference_data.hpp"
#include "domain/cases/reminder.hpp"
#include "domain/cases/request.hpp"
#include "domain/destruction/list.hpp"
#include "domain/publications/publication.hpp"

namespace vastine::domain {

// kind, its stream prefix ("reminder-<uuid>") and its path in the API ("reminders").
struct KindEntry {
    Kind kind;
    std::string_view stream_prefix;
    std::string_view path;
};
[[nodiscard]] std::span<const KindEntry> kinds();
[[nodiscard]] const KindEntry& entry(Kind kind);
[[nodiscard]] std::optional<Kind> kind_of_stream(std::string_view stream_id);

// A command as the schema declares it, found by its message options.
struct CommandEntry {
    const google::protobuf::Descriptor* message;
    CommandRule rule;
};
[[nodiscard]] std::span<const CommandEntry> commands();
[[nodiscard]] const CommandEntry* command(Kind kind, std::string_view path);  // "" is the opening one

// Publications and destruction lists are no cases: like reference data they have no work, no due dates and no
// scope of a case.
using CaseState = std::variant<reminder::State, complaint::State, request::State, contact::State,
                               reference_data::State, publication::State, destruction::State>;

[[nodiscard]] CaseState initial(Kind kind);
// Checks the fields against the schema's rules first, then the kind's own rules.
[[nodiscard]] Result<Events> decide(const CaseState& state, const google::protobuf::Message& command,
                                    const Context& context);
void evolve(CaseState& state, const google::protobuf::Message& event);
// The same, with who and when: a publication's rules need to know who wrote what.
void evolve(CaseState& state, const google::protobuf::Message& event, const publication::Recorded& recorded);

// Every command of the kind, and why this state does not take it now; those it takes have no refusal.
struct PathNow {
    std::string path;
    std::optional<Rejection> refused;
};
[[nodiscard]] std::vector<PathNow> paths_now(const CaseState& state);
// Of those, what the state takes: the buttons of a case page.
[[nodiscard]] std::vector<std::string> possible_paths(const CaseState& state);

// ---- what is known of any case, from its state ----

// For the access rule; publications and destruction lists have scopes of their own (publication::scope).
// By a minor, towards the guardian (703/2023 §51).
[[nodiscard]] bool disclosure_banned(const CaseState& state);
[[nodiscard]] CaseScope scope(const CaseState& state);
[[nodiscard]] std::string_view stage(const CaseState& state);      // id of a text: stage.registered ...
[[nodiscard]] std::string_view next_step(const CaseState& state);  // id of a text: next.acknowledge ...
using casework::DueItem;
// Every date the case has had to meet or must meet, the answer first.
[[nodiscard]] std::vector<DueItem> due_dates(const CaseState& state);
// The part that all kinds of case share; null for what is no case.
[[nodiscard]] const casework::Casework* work(const CaseState& state);

}  // namespace vastine::domain
