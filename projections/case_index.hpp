#pragma once
// One row for every case: facts, and details while the key lives. Lists, scopes and due dates are
// answered from here without touching the log; personal parts are not held.
//
// A row's number is its place in the order of opening and never changes. Days and months are counts
// (days since 1970, months since year 0), so that columns stay small and compare at once.

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "domain/access/access.hpp"
#include "domain/calendar/date.hpp"
#include "domain/schema/values.pb.h"
#include "projections/dictionary.hpp"
#include "store/record.hpp"

namespace vastine::projections {

using Day = std::int32_t;
using Month = std::int16_t;
constexpr Day no_day = std::numeric_limits<Day>::min();
constexpr Month no_month = std::numeric_limits<Month>::min();

[[nodiscard]] Day day_of(std::string_view iso_date);  // no_day when empty or no date
[[nodiscard]] Day day_of(domain::Date date);
[[nodiscard]] std::string iso(Day day);                         // empty for no_day
[[nodiscard]] Month month_of_text(std::string_view iso_month);  // 2018-03
[[nodiscard]] Month month_of_day(Day day);
[[nodiscard]] Month month_of_year(int year, unsigned month);
[[nodiscard]] int year_of_month(Month month);
[[nodiscard]] std::string month_text(Month month);  // empty for no_month

// A date that the case must meet. Marks that a policy does not give are no_day.
struct DueEntry {
    CodeId what = 0;  // answer, statement, inquiry, measure, completion, report-back, order, call-back
    CodeId id = 0;    // s1, i1, a1; 0 for the case's own
    Day due_by = no_day;
    Day warn_on = no_day;
    Day escalate_on = no_day;
    Day critical_on = no_day;
    CodeId policy = 0;
    std::uint32_t policy_version = 0;
    Day paused_on = no_day;  // the clock waits since; no_day: it runs
    Day met_on = no_day;     // a detail: no_day of a date met long ago
    bool met = false;
};
[[nodiscard]] DueEntry due_entry(const Due& due);  // its dates; what and policy stay 0
[[nodiscard]] DueEntry due_entry(Dictionary& dictionary, std::string_view what, std::string_view id,
                                 const Due& due);

enum class Urgency : std::uint8_t { None, OnTrack, DueSoon, Overdue, Escalated, Critical };
[[nodiscard]] std::string_view text_of(Urgency urgency);  // none, on-track, due-soon ...
// Late only after the due date; the marks say how late. Without a warning mark, the last seven days warn.
// While the clock is paused, all but the critical mark stand as on the day the pause began: that one says
// how long somebody has been waiting, and waiting knows no pause.
[[nodiscard]] Urgency urgency_of(const DueEntry& due, Day on);

struct CaseId {
    std::uint64_t high = 0;
    std::uint64_t low = 0;
    bool operator==(const CaseId&) const = default;
};

struct CaseEntry {
    CaseId id;
    Kind kind = NO_KIND;
    CodeId stage = 0;       // id of a text: stage.registered ...
    CodeId next_step = 0;   // id of a text; 0 for contacts
    bool ended = false;     // nothing more is done, unless it is taken up again
    bool recorded = false;  // of a contact: a client matter, not general advice
    bool key_gone = false;
    Month month = no_month;  // of arrival
    CodeId handler = 0;      // Dictionary::users
    CodeId cause = 0;        // primary
    CodeId authority = 0;
    CodeId department = 0;              // Dictionary::units
    std::uint32_t scope = 0;            // CaseIndex::scope_at
    std::uint32_t version = 0;          // of the stream
    std::uint32_t opening_version = 0;  // of the event that holds the opening that counts now
    std::uint32_t record_version = 0;   // of a contact: the event that holds its client record; 0: none
    std::uint32_t figures = 0;          // number in CaseFigures or ContactFigures
    CodeId opened_by = 0;               // of a contact: whose it is until it is assigned
    CodeId hand_over_to = 0;            // Dictionary::users: to whom it is offered; 0: to nobody
    Day hand_over_on = no_day;          // the day it was last offered to somebody
    Day arrived_on = no_day;
    Day last_event_on = no_day;  // the day in Finland
};

class CaseIndex {
public:
    explicit CaseIndex(Dictionary& dictionary);

    [[nodiscard]] std::size_t size() const { return entries_.size(); }
    [[nodiscard]] const CaseEntry& entry(std::uint32_t row) const { return entries_[row]; }
    [[nodiscard]] std::optional<std::uint32_t> row_of(std::string_view case_id) const;
    [[nodiscard]] std::string case_id(std::uint32_t row) const;
    [[nodiscard]] std::span<const DueEntry> dues(std::uint32_t row) const;
    // Open as work: not ended, or ended with a date still to meet.
    [[nodiscard]] bool open(std::uint32_t row) const { return open_rows_.contains(row); }
    // In the order of opening: few among many, so what waits is found without walking what is done.
    [[nodiscard]] const std::set<std::uint32_t>& open_rows() const { return open_rows_; }

    // What the access rule needs; nothing when there is no such case.
    [[nodiscard]] std::optional<domain::CaseScope> scope(std::string_view case_id) const;
    // Cases alike in what the access rule looks at share one scope: a query asks once for each.
    [[nodiscard]] domain::CaseScope scope_at(std::uint32_t scope) const;
    [[nodiscard]] std::size_t scope_count() const { return scopes_.size(); }
    // Numbers in Dictionary::units of the case's units, in the order given.
    [[nodiscard]] std::span<const CodeId> units_at(std::uint32_t scope) const;
    [[nodiscard]] std::span<const CodeId> sectors_at(std::uint32_t scope) const;

    // ---- for the fold ----
    [[nodiscard]] std::uint32_t row_for(std::string_view case_id, Kind kind);
    [[nodiscard]] CaseEntry& change(std::uint32_t row) { return entries_[row]; }
    // What the access rule looks at, as numbers.
    struct ScopeNumbers {
        Kind kind = NO_KIND;
        CodeId handler = 0;
        CodeId offered_to = 0;
        std::vector<CodeId> units;
        std::vector<CodeId> sectors;
        std::vector<CodeId> disqualified;
        std::vector<CodeId> involved;
    };
    [[nodiscard]] const ScopeNumbers& scope_numbers(std::uint32_t row) const;
    void set_scope(std::uint32_t row, const ScopeNumbers& scope);
    // Whether the case's work has ended, and the dates it must meet: together they say if it is open.
    void set_work(std::uint32_t row, bool ended, std::vector<DueEntry> dues);
    [[nodiscard]] std::uint64_t digest() const;

private:
    [[nodiscard]] CaseId known(std::string_view case_id) const;
    [[nodiscard]] std::optional<std::uint32_t> find(CaseId id) const;
    void grow();

    Dictionary& dictionary_;
    std::vector<CaseEntry> entries_;
    std::vector<std::uint32_t> slots_;  // open addressing: row + 1 by id, 0 empty
    Codes odd_names_;                   // ids that are no UUIDs
    std::vector<ScopeNumbers> scopes_;
    std::unordered_map<std::u16string, std::uint32_t> scope_by_numbers_;
    std::unordered_map<std::uint32_t, std::vector<DueEntry>> dues_;
    std::set<std::uint32_t> open_rows_;
};

}  // namespace vastine::projections
