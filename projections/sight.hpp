#pragma once
// The access rule and the unit tree, asked once for each kind of scope rather than for each case.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/access/access.hpp"
#include "projections/case_index.hpp"
#include "projections/read_model.hpp"

namespace vastine::projections {

// What one viewer may see, for one query.
class SightOfCases {
public:
    SightOfCases(const Views& views, const domain::Viewer& viewer);
    [[nodiscard]] domain::Sight of(std::uint32_t row);

private:
    const Views& views_;
    const domain::Viewer& viewer_;
    std::vector<std::int8_t> known_;  // by scope; -1: not asked yet
};

// Whose cases count in an area's figures (rule 6 of figures.hpp).
class SightOfFigures {
public:
    SightOfFigures(const Views& views, const domain::Viewer& viewer, domain::Area area);
    [[nodiscard]] bool any() const { return any_; }
    [[nodiscard]] bool of(std::uint32_t row) { return all_ || sight_.of(row) != domain::Sight::Nothing; }

private:
    SightOfCases sight_;
    bool any_;
    bool all_;
};

// A unit and all below it. An empty id takes in everything.
class Subtree {
public:
    Subtree(const Views& views, std::string above);
    [[nodiscard]] bool all() const { return above_.empty(); }
    [[nodiscard]] bool has(CodeId unit);
    [[nodiscard]] bool has_case(std::uint32_t row);
    // The first of a case's units within it; nothing when there is none.
    [[nodiscard]] std::optional<CodeId> first_of(std::uint32_t row);

private:
    const Views& views_;
    std::string above_;
    std::vector<std::int8_t> known_;  // by unit
};

}  // namespace vastine::projections
