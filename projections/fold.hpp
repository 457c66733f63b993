#pragma once
// One step for each type of event: what it changes in the tables. A type that is not in the table is a
// bug: a test holds the table against the schema.

#include <cstdint>
#include <string_view>
#include <vector>

#include "projections/read_model.hpp"

namespace vastine::projections {

// What a step works on. The row is that of the event's case; of what is no case's there is none.
struct Folding {
    Views& views;
    std::uint32_t row = 0;
    const store::Record& record;
    std::int32_t recorded_on = 0;  // the day in Finland, in days since 1970
    bool key_gone = false;
};

struct FoldStep {
    store::Depth depth = store::Depth::Details;
    // Null: only the state of the case, or of the publication.
    void (*apply)(Folding&, const google::protobuf::Message&) = nullptr;
    bool of_no_case = false;
};
// Null for a type that no one has said anything about.
[[nodiscard]] const FoldStep* fold_step(std::string_view event_type);
[[nodiscard]] std::vector<std::string_view> folded_types();

}  // namespace vastine::projections
