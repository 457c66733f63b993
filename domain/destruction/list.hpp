#pragma once
// A year's destruction list of one area, as a decider: opened, its items listed, approved by two persons,
// carried out item by item as their days come, completed with a certificate. The commands are people's; what
// the service does stands in execution.hpp, and goes through the same states.
//
//     listing ──▶ listed ◀──▶ approved ──▶ executing ──▶ completed
//        └───────────┴───────────┴──▶ abandoned
//
// Whatever changes the list before it is carried out makes the approvals void. While it is carried out an
// item may still be kept back: two persons have approved more than is then done.

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/access/access.hpp"
#include "domain/cases/decider.hpp"
#include "domain/destruction/approvers.hpp"
#include "domain/schema/destruction.pb.h"

namespace vastine::domain::destruction {

enum class Stage { None, Listing, Listed, Approved, Executing, Completed, Abandoned };

// What is to become of an item, or has.
enum class Fate {
    Waiting,    // for its day
    ToArchive,  // stands in the archive transfer list: its key is kept
    Withheld,   // by a person, with a reason
    HeldBack,   // by the rule
    Cleared,    // checked again, its keys go next
    Destroyed,
};
struct Item {
    DestructionItem given;
    Fate fate = Fate::Waiting;
    std::string held_back;  // code
    std::string reason;     // of a person
    Instant destroyed_at;
    std::string final_on;
    std::vector<std::string> key_ids;
};
struct Approval {
    std::string by;
    Roles roles;
    std::string on;
};

// Of what is kept for ever, as it was said once for the whole list.
struct ArchiveTransfer {
    std::string by;
    std::string on;
    std::string note;  // of a person
};

struct State {
    Stage stage = Stage::None;
    Area area = Area::Ombudsman;
    int year = 0;
    std::uint64_t position = 0;  // of the log that the items were found at
    std::string as_of_on;
    std::vector<Item> items;  // in the order they were listed
    std::map<std::string, std::size_t, std::less<>> places;
    std::vector<Approval> approvals;  // in force
    std::optional<ArchiveTransfer> transferred;
    std::optional<DestructionCompleted> completed;
};

[[nodiscard]] Result<Events> decide(const State& state, const google::protobuf::Message& command,
                                    const Context& context);
// Takes any event of a list, also one whose sealed parts are gone; passes over others.
void evolve(State& state, const google::protobuf::Message& event);

// ---- what is asked of a state ----

[[nodiscard]] const Item* item(const State& state, std::string_view item_id);  // null: not on the list
[[nodiscard]] std::size_t count(const State& state, Fate fate);
[[nodiscard]] DestructionScope scope(const State& state);       // for the access rule
[[nodiscard]] std::string_view stage_text(const State& state);  // destruction.stage.listed ...
[[nodiscard]] std::string_view fate_text(Fate fate);            // destruction.fate.waiting ...

}  // namespace vastine::domain::destruction
