#pragma once
// Takes a message apart by the class of its fields (domain/schema/options.proto) and puts it together.
//
// What a part holds follows from the schema alone:
//   - a leaf goes whole to the part of its class: a scalar, a list of scalars, a classified message;
//   - a message without a class is a container: it appears in each part that has something of it, and
//     when it is present but empty, in the lowest part that any of its leaves belongs to;
//   - a list of containers of one class goes whole to that part; a mixed one is split index by index:
//     its lowest part keeps every element, the others up to their last element that is not empty.
// Parts are Protobuf messages of the same type, and splitting and merging are exact inverses.

#include <google/protobuf/message.h>

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace vastine::store::sealing {

struct Parts {
    std::string facts;
    std::string details;
    std::string personal;
};

class Plan;

// The plan of a message type, made once. Throws std::invalid_argument when a field of it is not
// classified, or it has a map, a group or a oneof.
[[nodiscard]] const Plan& plan_for(const google::protobuf::Descriptor* type);

// Throws std::invalid_argument when the message has unknown fields or a string that is not UTF-8: it could
// not be read again.
[[nodiscard]] Parts split(const google::protobuf::Message& message);

// Puts a further part into a message that already holds the lower ones. Throws Corruption when the
// bytes are no part of this type.
void merge(google::protobuf::Message& message, std::string_view part);
void merge(google::protobuf::Message& message, std::string_view part, const Plan& plan);

}  // namespace vastine::store::sealing
