#pragma once
// JSON to Protobuf message and back, in Protobuf's own mapping with the schema's snake_case names.
//
// Reading is strict: RFC 8259 JSON only, no duplicate keys, no unknown fields, no null, limits on
// depth and size, valid UTF-8. Refusals name the path of the field and the kind of error, never the
// value: a value may be personal, and errors end up in logs.

#include <google/protobuf/message.h>
#include <google/protobuf/timestamp.pb.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>

#include "domain/calendar/date.hpp"
#include "domain/result.hpp"

namespace vastine::api {

struct JsonLimits {
    std::size_t bytes_max = std::size_t{1} << 20U;
    std::size_t depth_max = 16;
};

// Fills `into`, which must be empty. Reason::Invalid; the first error is the rejection, further ones in
// `more`.
[[nodiscard]] domain::Result<std::monostate> read_json(std::string_view body, google::protobuf::Message& into,
                                                       const JsonLimits& limits = {});

// One line. Fields at their default value are written too when the message is a view or an answer
// (a client sees every field), and left out for events and commands, where absence means something.
enum class Defaults { Written, LeftOut };
[[nodiscard]] std::string write_json(const google::protobuf::Message& message, Defaults defaults);

// An instant as messages hold it.
[[nodiscard]] google::protobuf::Timestamp timestamp(domain::Instant at);

}  // namespace vastine::api
