#pragma once
// Reference data as a decider: units, code sets, authorities, deadline policies, times of keeping, closing
// days, users and their absences, webhooks, and the totals that one area releases to the other's report. One
// stream for each (reference-units, reference-codes,
// ...), all of the same state type: a stream's state holds only what its own events said.
// Nothing is ever deleted; what ends gets an end date and, where somebody follows, successors.

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "domain/cases/decider.hpp"
#include "domain/schema/reference.pb.h"

namespace vastine::domain::reference_data {

struct State {
    struct Edition {
        std::uint32_t version = 0;
        std::string valid_from;
    };
    struct User {
        std::string login;  // in lower case; empty when its sealed part is gone
        bool active_administrator = false;
    };
    // Of each unit its parents, by the day from which they hold.
    std::map<std::string, std::map<std::string, std::string>, std::less<>> units;
    std::map<std::string, Edition, std::less<>> code_sets;
    std::map<std::string, std::string, std::less<>> authorities;  // id -> successor
    std::map<std::string, Edition, std::less<>> policies;
    std::map<std::string, Edition, std::less<>> letters;
    std::map<std::string, Edition, std::less<>> retention;
    std::map<std::string, User, std::less<>> users;
    std::set<std::string, std::less<>> closing_days;                     // ids ever set
    std::map<std::string, std::set<std::string>, std::less<>> absences;  // first days, by user
};

// The stream that a command of reference data (its type) belongs to, without its prefix: units, codes,
// authorities, policies, retention, closing-days, users, absences, webhooks, organisation, letters or totals.
// Empty for any other message.
[[nodiscard]] std::string_view stream_of(const google::protobuf::Descriptor& command);

// A new user's id comes in with the command: whoever executes it fills SetUser.user_id first.
// ReleaseTotals is always refused here, for its totals are read from projections: totals_released()
// makes that event.
[[nodiscard]] Result<Events> decide(const State& state, const google::protobuf::Message& command,
                                    const Context& context);
// Takes any event of reference data and passes over others.
void evolve(State& state, const google::protobuf::Message& event);

// What the totals were counted with and when.
struct TotalsBasis {
    std::uint64_t position = 0;
    Date as_of;
    std::string code_version;
};
// Refused for a year that has not begun on the day.
[[nodiscard]] Result<Events> totals_released(const ReleaseTotals& given, std::vector<Total> totals,
                                             const TotalsBasis& basis);

}  // namespace vastine::domain::reference_data
