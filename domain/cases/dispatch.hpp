#pragma once
// From a message of whatever type to the function written for its own type, found by the message's
// descriptor. A decider names its messages in one list; the rest is overloads.

#include <google/protobuf/message.h>

#include <optional>
#include <unordered_map>

namespace vastine::domain {

template <class... Messages>
struct MessageList {};

template <class... Left, class... Right>
constexpr MessageList<Left..., Right...> operator+(MessageList<Left...>, MessageList<Right...>) {
    return {};
}

template <class... Messages>
[[nodiscard]] bool listed(MessageList<Messages...>, const google::protobuf::Descriptor* type) {
    return ((type == Messages::descriptor()) || ...);
}

template <class Function>
class Dispatch;

// Calls `overloads(subject, message as its own type, more...)`; says nothing when the type is not in the
// list. Overloads must be a stateless lambda. Make one of static storage: its table is built once.
template <class Answer, class Subject, class... More>
class Dispatch<Answer(Subject, More...)> {
public:
    template <class... Messages, class Overloads>
    Dispatch(MessageList<Messages...>, Overloads) {
        (table_.emplace(Messages::descriptor(), &call<Messages, Overloads>), ...);
    }
    [[nodiscard]] bool knows(const google::protobuf::Message& message) const {
        return table_.contains(message.GetDescriptor());
    }
    // The message must be one that the table knows.
    Answer operator()(Subject subject, const google::protobuf::Message& message, More... more) const {
        return table_.at(message.GetDescriptor())(subject, message, more...);
    }

private:
    using Call = Answer (*)(Subject, const google::protobuf::Message&, More...);
    template <class Own, class Overloads>
    static Answer call(Subject subject, const google::protobuf::Message& message, More... more) {
        return Overloads{}(subject, static_cast<const Own&>(message), more...);
    }
    std::unordered_map<const google::protobuf::Descriptor*, Call> table_;
};

}  // namespace vastine::domain
