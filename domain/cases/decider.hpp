#pragma once
// What every decider works with. decide(state, command, context) is pure: it reads no clock, draws
// no random number, and returns either events or a refusal. evolve(state, event) never refuses.

#include <google/protobuf/message.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "domain/calendar/date.hpp"
#include "domain/cases/days.hpp"
#include "domain/reference/reference.hpp"
#include "domain/result.hpp"
#include "domain/schema/options.pb.h"

namespace vastine::domain {

// Events in the order they are to be written. Move-only; never empty in a successful decision.
class Events {
public:
    template <class E>
    E& add(E event) {
        auto owned = std::make_unique<E>(std::move(event));
        E& reference = *owned;
        list_.push_back(std::move(owned));
        return reference;
    }
    [[nodiscard]] const std::vector<std::unique_ptr<google::protobuf::Message>>& list() const {
        return list_;
    }
    [[nodiscard]] std::vector<std::unique_ptr<google::protobuf::Message>> release() {
        return std::move(list_);
    }

private:
    std::vector<std::unique_ptr<google::protobuf::Message>> list_;
};

template <class E>
[[nodiscard]] Result<Events> events(E event) {
    Events all;
    all.add(std::move(event));
    return all;
}

// An event that holds the command as it was accepted.
template <class Event, class Command>
[[nodiscard]] Event accepted(const Command& command) {
    Event event;
    *event.mutable_given() = command;
    return event;
}
// The same as the whole decision: what the command depends on is permitted, and there is no more to say.
template <class Event, class Command>
[[nodiscard]] Result<Events> accepted_when(const Permitted& permitted, const Command& command) {
    if (!permitted) return tl::unexpected(permitted.error());
    return events(accepted<Event>(command));
}

// What a command is decided with. `reference` is the reference data at the log's head.
struct Context {
    std::string actor;    // opaque user id
    std::string case_id;  // UUID of the stream
    Instant at;
    Date today;  // Europe/Helsinki
    const Reference& reference;
    std::string next_diary_number;  // for commands that open a case without naming a number
};

}  // namespace vastine::domain
