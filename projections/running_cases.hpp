#pragma once
// The deciders' own states, so that stages, scopes and due dates are defined once, in the domain. Only
// cases that have not ended keep theirs: most cases have, and their rows say all that is asked of them.

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "domain/cases/kinds.hpp"
#include "projections/read_model.hpp"

namespace vastine::projections {

class RunningCases {
public:
    explicit RunningCases(Views::Reread reread) : reread_(std::move(reread)) {}

    // Folds one event into its case's state and, when the case ends with it, into the row at once.
    void apply(Views& views, std::uint32_t row, const store::Record& record,
               const google::protobuf::Message& event);
    // Writes the rows of the running cases touched since.
    void settle(Views& views);
    // As deep as the fold opens events: without what is personal. Null of a case that has ended.
    [[nodiscard]] const domain::CaseState* state(std::uint32_t row) const;

private:
    struct Running {
        domain::CaseState state;
        bool touched = false;
    };
    Views::Reread reread_;
    std::unordered_map<std::uint32_t, Running> cases_;
    std::vector<std::uint32_t> touched_;
};

}  // namespace vastine::projections
