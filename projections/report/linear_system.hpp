#pragma once
// What a reader can work out from sums that hold between figures, some of them unknown.

#include <cstddef>
#include <functional>
#include <map>
#include <utility>
#include <vector>

namespace vastine::projections::report {

// Figures by place, each with its sign or factor; together they make nought.
using Sum = std::map<std::size_t, int>;

// An unknown figure that the known ones give away, and the known ones that do: were one of these unknown
// too, this way to it would be closed.
struct Determined {
    std::size_t place = 0;
    std::vector<std::size_t> by;
};
// Exact: whole-number elimination. Every unknown that has one value only, whatever the values are.
// Throws std::overflow_error should the numbers outgrow 64 bits, which sums of tables do not.
[[nodiscard]] std::vector<Determined> determined(const std::vector<Sum>& sums,
                                                 const std::vector<bool>& unknown);

struct Interval {
    double least = 0;
    double greatest = 0;  // infinite where nothing bounds it
};
// Between which whole numbers each unknown lies, when none is below its `least`. `values` are the true ones.
// Unknowns that stand in no sum have no entry. Of one that was seen far enough apart the search ends there.
// `seen` holds how far, and may be handed in again when only more is unknown than before: every solution then
// is one now.
using Enough = std::function<bool(std::size_t place, const Interval& seen)>;
[[nodiscard]] std::map<std::size_t, Interval> intervals(
    const std::vector<Sum>& sums, const std::vector<bool>& unknown, const std::vector<double>& values,
    const std::vector<double>& least, std::map<std::size_t, Interval>& seen, const Enough& enough);

}  // namespace vastine::projections::report
