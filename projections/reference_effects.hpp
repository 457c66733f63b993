#pragma once
// What a change of reference data would touch among the cases open today, as counts: whoever looks after
// reference data sees no case.

#include <cstdint>
#include <map>
#include <string>

#include "domain/schema/session.pb.h"
#include "projections/query.hpp"

namespace vastine::projections {

// By the id of each unit that an open case names; a case of two units counts with both.
[[nodiscard]] std::map<std::string, std::uint64_t> open_cases_by_unit(const Views& views);

// Of a policy that its decider would take: what applying it to open cases would move on the day it begins, or
// today when that is past.
[[nodiscard]] PolicyEffect policy_effect(const Views& views, AsOf as_of, const SetPolicy& policy);

}  // namespace vastine::projections
