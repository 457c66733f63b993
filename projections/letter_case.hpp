#pragma once
// What a letter can be told of a case, gathered from its events.

#include <optional>
#include <string>

#include "domain/letters/letter.hpp"
#include "projections/read_model.hpp"
#include "store/store.hpp"

namespace vastine::projections {

// Nothing once the case's key is gone. That the reader may see the case has been asked before.
[[nodiscard]] std::optional<domain::LetterCase> letter_case(const store::EventStore& events,
                                                            const domain::Reference& reference, Kind kind,
                                                            const std::string& case_id);

}  // namespace vastine::projections
