#pragma once
// Systematic or single cases? For every unit and cause: are there more reminders and complaints than chance
// explains, against the whole and against the unit's own past.
//
// Two one-sided tests of a cell:
//  (a) against the whole: Fisher's exact test. The cell within the sums of its unit and of its cause: as if
//      the unit's cases were drawn blindly from all cases of the period (hypergeometric).
//  (b) against its own past: this period's count against the mean of up to ten earlier periods of the same
//      months. Given the sum of both, the count is binomial if the rate (Poisson) has not changed.
// All p-values of all cells, of both tests, are corrected together by Benjamini and Hochberg at a false
// discovery rate of 5 %. A cell below five cases is not judged: its p-values count as 1 in the correction,
// which keeps the rate. What is assumed: cases are independent of each other, and a unit has as many clients
// as before: no number of clients is known here. Nothing is ranked.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "projections/crosswalk.hpp"
#include "projections/figures.hpp"

namespace vastine::projections {

constexpr std::uint64_t least_judged = 5;
constexpr double false_discovery_rate = 0.05;

enum class Verdict { TooFew, SingleCases, MoreThanBefore, MoreThanElsewhere, Systematic };

// ---- the tests, of bare numbers ----

// P(X >= count) when `column` are drawn blindly from `whole`, `row` of which are marked.
[[nodiscard]] double more_than_whole(std::uint64_t count, std::uint64_t row, std::uint64_t column,
                                     std::uint64_t whole);
// P(X >= now | now + before) when a period counts as much as each of the `periods` before it on average.
[[nodiscard]] double more_than_before(std::uint64_t now, std::uint64_t before, unsigned periods);
// Which of them are discoveries. In the order given.
[[nodiscard]] std::vector<bool> discoveries(const std::vector<double>& p_values, double rate);

struct CellCount {
    std::uint64_t now = 0;
    std::uint64_t before = 0;  // in all comparable earlier periods together
    unsigned periods = 0;      // how many those are; 0: its past is not comparable, test (b) is not made
};
struct Judgement {
    double expected = 0;  // of the cell, if the unit's cases divided like the whole
    double p_whole = 1;
    std::optional<double> p_before;
    Verdict verdict = Verdict::TooFew;
    bool operator==(const Judgement&) const = default;
};
// Of a whole table: every row has as many cells as there are columns, the empty ones too.
[[nodiscard]] std::vector<std::vector<Judgement>> judged(const std::vector<std::vector<CellCount>>& table);

// ---- the cases ----

struct ConcentrationRow {
    std::string department;
    std::string unit;              // empty: no exact unit is known, the cases stand under their department
    std::uint64_t count = 0;       // sum of the row
    std::vector<CellCount> cells;  // one for each cause
    std::vector<Judgement> judged;
};
struct Concentration {
    std::vector<std::string> causes;     // in the order of the code set; those with a case in the period
    std::vector<ConcentrationRow> rows;  // in the order of the organisation
    std::uint64_t whole = 0;
    unsigned periods = 0;        // earlier periods there were cases in or after; 0: no past to compare
    std::uint64_t key_gone = 0;  // of the period: under their department because their key is gone
    // Of earlier periods. They count as the past of every unit of their department, so that no verdict is
    // reached because a unit is not known any more.
    std::uint64_t key_gone_before = 0;
    std::vector<Carried> carried;  // units and causes that were counted as others, or keep their own name
};

// Reminders and complaints that arrived in the period, up to the month of the as-of date; of earlier years,
// the same months.
[[nodiscard]] Concentration concentration(const Views& views, const domain::Viewer& viewer, AsOf as_of,
                                          const FiguresQuery& query);

}  // namespace vastine::projections
