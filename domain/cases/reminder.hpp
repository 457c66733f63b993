#pragma once
// Reminder (muistutus): an objection to the unit, answered in writing, with reasons and within a
// reasonable time, by the responsible head of the unit (785/1992 §10, 812/2000 §23, 540/2018 §54).
// Registered, checked, drafted, reviewed where the policy wants it, signed, sent, closed.

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "domain/cases/casework.hpp"
#include "domain/schema/reminder.pb.h"

namespace vastine::domain::reminder {

// ---- the stages of the reply; whether the case itself has ended is Casework's. `refusal`: what is said of a
// command that has no rule there ----

struct Preparing {  // no draft yet
    static constexpr std::string_view refusal = "reminder.no_draft_yet";
};
struct Drafted {
    static constexpr std::string_view refusal = "reminder.not_signed_yet";
    bool review_needed = false;  // as the policy said when it was drafted
    enum class Review { None, Approved, Returned } review = Review::None;
};
struct Signed {
    static constexpr std::string_view refusal = "reminder.signed_already";
    std::optional<Date> on;
    std::vector<MatterOutcome> outcomes;  // without their reasons, which stand in the event
};
struct Answered {
    static constexpr std::string_view refusal = "reminder.answered_already";
    std::optional<Date> on;
};
using Stage = std::variant<Preparing, Drafted, Signed, Answered>;

struct Completion {
    std::optional<Date> asked_on;
    std::optional<Date> due_by;
    std::optional<Date> received_on;
    bool received = false;
};
struct Check {
    std::string nature;
    bool right_addressee = true;
    bool complete = true;
};
// Who may be told what: see may_reveal.
struct Ground {
    std::string code;             // of the code set standing; empty: not known
    std::optional<Date> ends_on;  // of a mandate; nothing: open
};

struct State {
    casework::Casework work{REMINDER};
    Stage stage;
    bool acknowledged = false;
    std::optional<Check> check;
    std::optional<Completion> completion;  // the last one asked
    Ground standing;
    bool referral_advised = false;
    std::string transferred_from;  // authority that gave a complaint on as a reminder; empty: none
    std::string copied_to;         // authority that has got the answer; empty: none
    bool copied = false;           // and it is the one that gave the complaint on, or has its tasks
};

[[nodiscard]] Result<Events> decide(const State& state, const google::protobuf::Message& command,
                                    const Context& context);
void evolve(State& state, const google::protobuf::Message& event);

// May a reply go to such a recipient (code set recipient) on the day? 785/1992, 812/2000 §15-18.
[[nodiscard]] Permitted may_reveal(const Ground& standing, std::string_view recipient_role, Date on);

[[nodiscard]] std::string_view stage(const State& state);      // id of a text: stage.registered ...
[[nodiscard]] std::string_view next_step(const State& state);  // id of a text: next.acknowledge ...
[[nodiscard]] std::vector<casework::DueItem> due_dates(const State& state);

}  // namespace vastine::domain::reminder
