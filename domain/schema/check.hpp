#pragma once
// Checks a command against the rules its own schema states: required, length, format, code set.

#include <google/protobuf/message.h>

#include <variant>

#include "domain/calendar/date.hpp"
#include "domain/reference/reference.hpp"
#include "domain/result.hpp"

namespace vastine::domain {

// All field errors at once: the first is the rejection, the others in `more`. Codes, units, users and
// authorities must be valid on `on`. Field paths are those of the JSON mapping's original names
// (opening.matters[0].cause). Values are never repeated in the rejection.
[[nodiscard]] Result<std::monostate> check_fields(const google::protobuf::Message& command,
                                                  const Reference& reference, Date on);

}  // namespace vastine::domain
