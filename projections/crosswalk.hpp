#pragma once
// Codes and units of earlier years as those of a later day, so that years can be compared: by the successors
// that reference data names. What has one successor is counted with it; what was split, or has none, keeps
// its own name, for nobody knows how it would divide.

#include <string>
#include <string_view>
#include <vector>

#include "domain/reference/reference.hpp"

namespace vastine::projections {

// What became of a code that is not valid any more on the day.
struct Carried {
    std::string from;
    std::string to;                       // the only successor; empty: it stands under its own name
    std::vector<std::string> successors;  // when it was split: several
    bool operator==(const Carried&) const = default;
};

class Crosswalk {
public:
    Crosswalk(const domain::Reference& reference, domain::Date on) : reference_(reference), on_(on) {}

    // `set`: a code set, or unit or authority. Itself when it is valid, unknown, or has no single successor.
    [[nodiscard]] Carried carried(std::string_view set, std::string_view code) const;
    [[nodiscard]] std::string code(std::string_view set, std::string_view code) const;
    [[nodiscard]] const domain::Reference& reference() const { return reference_; }

private:
    [[nodiscard]] bool known(std::string_view set, std::string_view code) const;
    [[nodiscard]] std::vector<std::string> succeeding(std::string_view set, std::string_view code) const;

    const domain::Reference& reference_;
    domain::Date on_;
};

}  // namespace vastine::projections
