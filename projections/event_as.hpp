#pragma once
// An event as its own type.

#include <google/protobuf/message.h>

namespace vastine::projections {

// Null when it is of another.
template <class Event>
[[nodiscard]] const Event* as(const google::protobuf::Message& event) {
    if (event.GetDescriptor() != Event::descriptor()) return nullptr;
    return static_cast<const Event*>(&event);
}

}  // namespace vastine::projections
