#pragma once
// What the deciders of the legal area have in common: a case stands at a stage of its own kind, and each
// rule is a function of the stage and the command. A decider writes its rules as overloads
//
//     Result<Events> rule(const Stage&, const Command&, const State&, const Context&);
//     void after(State&, const Event&);
//
// with `using casework::rule;` before them, which adds the two at the bottom: what the kinds share is
// casework's to decide, and whatever no rule permits is refused for the stage. A rule says more by naming
// its stage or its command more closely. A pair that two rules claim alike does not compile.

#include <google/protobuf/message.h>

#include <string>
#include <string_view>
#include <variant>

#include "domain/cases/casework.hpp"

namespace vastine::domain::casework {

// A stage of a kind's life says by itself why it does not take a command: a text's id.
template <class Stage>
concept RefusingStage = requires { std::string_view(Stage::refusal); };

template <RefusingStage Stage, class Command, class State>
[[nodiscard]] Result<Events> rule(const Stage&, const Command&, const State&, const Context&) {
    return reject(Reason::WrongState, std::string(Stage::refusal));
}
template <RefusingStage Stage, SharedCommand Command, class State>
[[nodiscard]] Result<Events> rule(const Stage&, const Command& command, const State& state,
                                  const Context& context) {
    return rule(state.work, command, context);
}

// The door of one kind: any command comes in, any event. Rules and effects are stateless lambdas that call
// the decider's overloads of rule() and after(); make a door of static storage, its tables are built once.
template <class State>
class Door {
public:
    template <class... OwnCommands, class... OwnEvents, class Rules, class Effects>
    Door(MessageList<OwnCommands...> own_commands, MessageList<OwnEvents...> own_events, Rules,
         Effects effects)
        : rules_(Commands{} + own_commands,
                 [](const State& state, const auto& command, const Context& context) {
                     return std::visit(
                         [&](const auto& stage) { return Rules{}(stage, command, state, context); },
                         state.stage);
                 }),
          effects_(own_events, effects) {}

    [[nodiscard]] Result<Events> decide(const State& state, const google::protobuf::Message& command,
                                        const Context& context) const {
        if (!rules_.knows(command) || !taken_by(state.work.kind, command))
            return reject(Reason::Invalid, "casework.of_another_kind");
        if (auto admitted = admit(state.work, command, context); !admitted)
            return tl::unexpected(admitted.error());
        return rules_(state, command, context);
    }
    // Casework sees the event first: what it has made of it the kind's own effects may use.
    void evolve(State& state, const google::protobuf::Message& event) const {
        casework::evolve(state.work, event);
        if (effects_.knows(event)) effects_(state, event);
    }

private:
    Dispatch<Result<Events>(const State&, const Context&)> rules_;
    Dispatch<void(State&)> effects_;
};

// What is shown of an ended case is the same for all; of another, what `name` or `step` says of its stage.
template <class State, class Name>
[[nodiscard]] std::string_view shown_stage(const State& state, Name name) {
    if (const auto* end = ended(state.work)) return ended_stage(*end);
    return std::visit([&](const auto& stage) { return name(stage, state); }, state.stage);
}
template <class State, class Step>
[[nodiscard]] std::string_view shown_step(const State& state, Step step) {
    if (ended(state.work) != nullptr) return leftover_step(state.work);
    return std::visit([&](const auto& stage) { return step(stage, state); }, state.stage);
}

}  // namespace vastine::domain::casework
