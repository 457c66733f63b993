#pragma once
// An event, or a command in it, as a view shows it.

#include <google/protobuf/message.h>

#include <string>

namespace vastine::projections {

// In Protobuf's JSON mapping, with the schema's names; what is not set is left out.
[[nodiscard]] std::string json_of(const google::protobuf::Message& message);

}  // namespace vastine::projections
