#pragma once
// What the legal area releases of a year, for the tests of reports that show it.

#include <cstdint>
#include <string>
#include <vector>

#include "domain/schema/reference.pb.h"

namespace vastine::projections::report {

inline Total total(const std::string& measure, const std::string& dimension, const std::string& code,
                   std::uint64_t count) {
    Total out;
    out.set_measure(measure);
    out.set_dimension(dimension);
    out.set_code(code);
    out.set_count(count);
    return out;
}

// Forty answers to reminders, thirty of them kept.
inline std::vector<Total> totals_of_answers() {
    return {total("reminder.answered", "", "", 40),
            total("reminder.kept", "", "", 30),
            total("reminder.answer_days_median", "", "", 26),
            total("reminder.answer_days_mean_tenths", "", "", 284),
            total("reminder.answer_days_longest", "", "", 71),
            total("reminder.outcome", "", "", 40),
            total("reminder.outcome", "outcome", "partly", 25),
            total("reminder.outcome", "outcome", "not-founded", 15)};
}

}  // namespace vastine::projections::report
