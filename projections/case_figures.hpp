#pragma once
// What is counted of reminders, complaints and authority requests. Facts only: the same before and
// after a key is gone.

#include <cstdint>
#include <span>
#include <vector>

#include "projections/case_index.hpp"
#include "projections/dictionary.hpp"

namespace vastine::projections {

// An answer that left, or an authority's ruling that came.
struct Answer {
    Month month = no_month;
    std::uint32_t days = 0;
    bool kept = false;  // by calendar days from arrival; of a request: by the authority's date
    bool kept_credited =
        false;  // by the own target, with pauses and extensions; whatever is kept is this too
    bool operator==(const Answer&) const = default;
};

struct CountedCase {
    std::uint32_t row = 0;  // in CaseIndex
    Kind kind = NO_KIND;
    Month month = no_month;  // of arrival
    CodeId department = 0;   // Dictionary::units
    CodeId service_task = 0;
    CodeId sector = 0;  // of the union, as for contacts
    CodeId cause = 0;
    CodeId maker = 0;
    CodeId channel = 0;
    CodeId language = 0;  // fi, sv, other
    CodeId authority = 0;
    CodeId request_kind = 0;
    std::vector<Answer> answers;   // one, unless it was taken up again
    std::vector<CodeId> outcomes;  // of the newest answer: one a matter of a reminder, a part of a ruling
    std::vector<Month> turns;      // settled, taken up again, settled ...: open while their number is even
    bool operator==(const CountedCase&) const = default;

    // Open when the month began.
    [[nodiscard]] bool open_at_start_of(Month month) const;
    // How often it was settled and taken up again from the start of one month up to that of another: what
    // was open at the first, and arrived, and was taken up, less what was settled, is open at the second.
    struct Turned {
        unsigned settled = 0;
        unsigned taken_up = 0;
    };
    [[nodiscard]] Turned turned_between(Month from, Month until) const;
    void settle(Month month);
    void take_up(Month month);

private:
    // Months are typed: none counts sooner than the one before it, or than the arrival.
    [[nodiscard]] unsigned turns_before(Month month) const;
};

// The middle one, or between the two middle ones, rounded up; 0 of none. Reorders the days.
[[nodiscard]] std::uint32_t median_days(std::vector<std::uint32_t>& days);

class CaseFigures {
public:
    [[nodiscard]] std::span<const CountedCase> all() const { return cases_; }
    [[nodiscard]] const CountedCase& at(std::uint32_t number) const { return cases_[number]; }

    // ---- for the fold ----
    [[nodiscard]] std::uint32_t add(CountedCase counted);
    [[nodiscard]] CountedCase& change(std::uint32_t number) { return cases_[number]; }
    [[nodiscard]] std::uint64_t digest(const Dictionary& dictionary) const;

private:
    std::vector<CountedCase> cases_;
};

}  // namespace vastine::projections
