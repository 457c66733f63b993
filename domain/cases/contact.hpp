#pragma once
// Contact (yhteydenotto): somebody turned to the patient or social ombudsman, about one or more
// matters. Anonymous for general advice; whatever goes further needs the record of 739/2023 §11.
// Twelve years run from the end of handling (§12); general advice ends when it is saved, unless a call
// back was promised, and what is added to it later ends with it.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/cases/casework.hpp"
#include "domain/schema/contact.pb.h"

namespace vastine::domain::contact {

struct CallBack {
    std::string due_by;
    std::string met_on;  // empty: waits
};
// To a case over the wall, by mandate or consent.
struct Link {
    std::string id;  // l1, l2 ...
    std::optional<Date> given_on;
    bool ended = false;
};

struct State {
    casework::Casework work{CONTACT};  // its phase ends with handling; its matters are counted there
    bool recorded = false;             // a client matter, with the record that the law asks for
    bool first = true;                 // a first contact, not a follow-up
    bool worked_on = false;            // since it was logged or imported
    bool disclosure_banned = false;    // by a minor, towards the guardian
    std::string language;              // of the contact, for the record
    std::string call_back_logged;      // as logged or last corrected
    std::vector<CallBack> call_backs;  // in the order they were promised; only the last one may wait
    std::vector<Link> links;
    std::vector<std::string> reminder_drafts;  // r1, r2 ...
    std::optional<Date> last_step_on;          // of the ombudsman's own: advice, resuming
};

[[nodiscard]] Result<Events> decide(const State& state, const google::protobuf::Message& command,
                                    const Context& context);
// Takes any event of a contact, also one whose sealed parts are gone; passes over others.
void evolve(State& state, const google::protobuf::Message& event);

[[nodiscard]] std::string_view stage(const State& state);      // id of a text: stage.client-matter ...
[[nodiscard]] std::string_view next_step(const State& state);  // id of a text: next.call-back ...
[[nodiscard]] std::vector<casework::DueItem> due_dates(const State& state);

}  // namespace vastine::domain::contact
