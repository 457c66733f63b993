#pragma once
// Contact (yhteydenotto): somebody turned to the patient or social ombudsman, about one or more
// matters. Anonymous for general advice; whatever goes further needs the record of 739/2023 §11.
// Twelve years run from the end of handling (§12); general advice ends when it is saved.

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "domain/cases/decider.hpp"
#include "domain/schema/contact.pb.h"

namespace vastine::domain::contact {

struct State {
    bool logged = false;
    bool recorded = false;           // a client matter, with the record that the law asks for
    bool ended = false;              // handling has ended; the years of keeping run
    bool first = true;               // a first contact, not a follow-up
    std::set<std::string> sectors;   // union of the matters'
    std::vector<std::string> units;  // of the matters, each once, in their order
    std::uint32_t matters = 0;       // m1 ... in the order given; never taken away but by a correction
};

// What 739/2023 §11 asks a record for: every measure but advice and guiding elsewhere.
[[nodiscard]] bool needs_record(std::string_view measure);

[[nodiscard]] Result<Events> decide(const State& state, const google::protobuf::Message& command,
                                    const Context& context);
// Takes any event of a contact, also one whose sealed parts are gone; passes over others.
void evolve(State& state, const google::protobuf::Message& event);

}  // namespace vastine::domain::contact
