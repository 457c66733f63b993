#pragma once
// Whether the tables of a report add up, and with each other: from the model alone, so that what it finds is
// true of what was printed, however that was counted.

#include <cstdint>
#include <string>
#include <vector>

#include "projections/figures.hpp"
#include "projections/report/report.hpp"

namespace vastine::projections::report {

// What the log holds and the tables of the period do not, and how the balances came about.
struct LeftOut {
    struct Kind {
        std::string id;  // contacts, reminder, complaint, authority-request
        std::uint64_t before = 0;
        std::uint64_t within = 0;
        std::uint64_t after = 0;
        std::uint64_t key_gone = 0;  // of those within
        // Of cases, within the period: what left or ended, and what was taken up again after that.
        std::uint64_t settled = 0;
        std::uint64_t taken_up = 0;
    };
    std::vector<Kind> kinds;
    std::uint64_t follow_ups = 0;       // contacts within the period that add no matter
    std::vector<std::string> released;  // in the report's language: which figures were counted elsewhere
    bool not_released = false;          // the other area's figures are missing altogether
};

// `counted`: a report in its internal form.
[[nodiscard]] Report reconciliation_of(const Report& counted, const LeftOut& left_out);

}  // namespace vastine::projections::report
