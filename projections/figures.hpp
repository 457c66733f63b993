#pragma once
// The figures of the annual report, counted in one pass over columns.
//
// The rules of counting:
//  1. A contact counts once; its matters count each. Every division says of what whole it is.
//  2. A first contact is told apart from a follow-up. A follow-up attaches to matters that are there
//     and does not count them again. A contact recorded as a client matter stays one contact.
//  3. A contact's sector is the union of its matters': health and social together is "both".
//  4. Cases count in the month they arrived, answers in the month they left.
//  5. Only facts are counted, so a figure is the same before and after keys are destroyed. The exception
//     is the municipality, a detail: contacts whose key is gone are "not stated", and `gone` says how many.
//  6. To those who work in the area a case counts when they may see it at least in totals
//     (domain::sight); to the board, which sees reports and no case, every case counts; to those who
//     work on the other side of the wall none does: they have what was released.
//  7. Units and codes are those of the period's last day: what was recorded under an earlier one counts with
//     its successor, if it has one only; else it stands under its own name.
// Nothing is suppressed here: what is published is the report's to decide.

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "projections/crosswalk.hpp"
#include "projections/query.hpp"
#include "projections/totals.hpp"

namespace vastine::projections {

enum class Whole { Contacts, Matters, Cases, Answers, Rulings };

struct Count {
    std::string code;  // empty: not stated
    std::uint64_t count = 0;
    bool operator==(const Count&) const = default;
};

// How one whole divides by one dimension. Greatest first, then by code.
struct Division {
    std::string code_set;  // where names are found: a code set, or unit, authority, municipality, month
    Whole of = Whole::Cases;
    std::uint64_t denominator = 0;  // all of the whole, the not stated included
    bool several = false;           // one can stand under several codes: the counts need not sum to the whole
    std::uint64_t gone = 0;         // counted as not stated because their key is gone
    std::vector<Count> counts;
    // What was counted under a code that is not valid any more when the period ends (rule 7).
    std::vector<Carried> carried = {};
    [[nodiscard]] std::uint64_t of_code(std::string_view code) const;  // 0 when absent
    bool operator==(const Division&) const = default;
};

// Two dimensions at once: rows × columns.
struct Cross {
    std::string row_set;
    std::string column_set;
    Whole of = Whole::Cases;
    std::uint64_t denominator = 0;
    struct Cell {
        std::string row;
        std::string column;
        std::uint64_t count = 0;
        bool operator==(const Cell&) const = default;
    };
    std::vector<Cell> cells;  // by row, then greatest first; no empty ones
    bool operator==(const Cross&) const = default;
};

// Whole months, both inclusive; at most twelve, which may stand in two calendar years. It is called by the
// year it ends in.
struct Period {
    std::chrono::year_month first{};
    std::chrono::year_month last{};
    bool operator==(const Period&) const = default;
    [[nodiscard]] int year() const { return static_cast<int>(last.year()); }
    [[nodiscard]] bool valid() const;                // from one to twelve months that there are
    [[nodiscard]] bool is_calendar_year() const;     // only of such a one is there anything released
    [[nodiscard]] Period ending_in(int year) const;  // the same months, so many years sooner or later
};
[[nodiscard]] Period calendar_year(int year);
// "2018" of a calendar year, else "2018-01/2018-04".
[[nodiscard]] std::string period_text(const Period& period);

inline constexpr int most_years_compared = 10;

struct FiguresQuery {
    Period period;
    // How many years' same months the tables of several years show, these the last; at most ten.
    int years = most_years_compared;
};

struct MonthOfContacts {
    std::string month;  // 2018-03
    std::uint64_t contacts = 0;
    std::uint64_t matters = 0;
    bool operator==(const MonthOfContacts&) const = default;
};
struct YearOfContacts {
    int year = 0;
    std::uint64_t contacts = 0;
    std::uint64_t first = 0;
    std::uint64_t follow_ups = 0;
    std::uint64_t matters = 0;
    Division sector;      // of the contacts
    Division department;  // of the contacts
    Division cause;       // of the matters, primary
    Division service_task;
    bool operator==(const YearOfContacts&) const = default;
};

// sector codes: health, social, early-education, both (health and social), and any other union with
// its members joined by '+' (health+early-education).
struct OmbudsmanFigures {
    Basis basis;
    int year = 0;  // the period's
    std::uint64_t contacts = 0;
    std::uint64_t first = 0;
    std::uint64_t follow_ups = 0;
    std::uint64_t recorded = 0;  // contacts that are recorded client matters, not general advice
    std::uint64_t matters = 0;
    std::uint64_t minutes = 0;
    std::vector<MonthOfContacts> months;  // every month asked, the empty ones too
    std::vector<YearOfContacts> years;    // oldest first; of the same months of each year
    // of contacts
    Division sector;
    Division who;  // maker
    Division channel;
    Division nature;
    Division language;  // fi, sv, other
    Division municipality;
    Division ownership;
    Division department;
    // of matters
    Division matter_sector;
    Division cause;           // primary: sums to the matters
    Division cause_mentions;  // every cause named: several
    Division service_task;
    Division provider;
    Division measure;        // several
    Cross cause_by_service;  // service_task × cause
    Cross cause_by_sector;   // sector × cause
};

struct YearOfCases {
    int year = 0;
    std::uint64_t registered = 0;
    std::uint64_t answered = 0;
    std::uint64_t kept = 0;
    std::uint64_t kept_credited = 0;
    std::uint32_t answer_days_median = 0;
    Division department;
    Division service_task;
    Division cause;
    Division maker;
    bool operator==(const YearOfCases&) const = default;
};

// The answers that left in the period, of one department, service, or authority and kind of request.
struct AnswersOf {
    std::string code;
    std::string second;  // of a request: its kind
    std::uint64_t registered = 0;
    std::uint64_t answered = 0;
    std::uint64_t kept = 0;
    std::uint64_t kept_credited = 0;
    std::uint32_t days_median = 0;
    bool operator==(const AnswersOf&) const = default;
};

// Days from arrival to answer, by the marks that are watched: two weeks, the target of four, the longest that
// is still explained (60), and what the Chancellor of Justice found too long (100).
struct AnswerBand {
    std::string_view id;
    std::uint32_t least;
    std::uint32_t most;
};
inline constexpr std::array<AnswerBand, 5> answer_bands{
    {{"0-14", 0, 14}, {"15-28", 15, 28}, {"29-60", 29, 60}, {"61-100", 61, 100}, {"over-100", 101, ~0U}}};

// Reminders, complaints, requests, or reminders and complaints together.
struct CaseCounts {
    std::uint64_t registered = 0;
    std::uint64_t opening_balance = 0;  // open when the period began
    std::uint64_t closing_balance = 0;  // open when it ended, or at the as-of date when that is sooner
    std::uint64_t reopened = 0;         // opening + registered + reopened - closed = closing
    std::uint64_t closed = 0;           // answered, ruled on, or ended otherwise; again after a reopening
    std::uint64_t answered = 0;         // answers (rulings of complaints) that left in the period
    // Of those, on or before the due date by calendar days from arrival, nothing taken off: kept / answered
    // is the kept share. Beside it, by the own target with pauses and extensions credited.
    std::uint64_t kept = 0;
    std::uint64_t kept_credited = 0;
    std::uint32_t answer_days_median = 0;
    double answer_days_mean = 0;
    std::uint32_t answer_days_longest = 0;
    std::array<std::uint64_t, answer_bands.size()> answered_within{};
    std::vector<AnswersOf> answers_by_department;  // in no order
    std::vector<AnswersOf> answers_by_service;
    std::vector<AnswersOf> answers_by_authority;  // and kind of request
    std::vector<Count> months;                    // 2018-03, every month asked, the empty ones too
    std::vector<YearOfCases> years;               // oldest first; of the same months of each year
    // of the cases registered in the period
    Division department;
    Division service_task;
    Division sector;
    Division cause;  // primary
    Division maker;
    Division channel;
    Division language;
    Division authority;  // with whom it is now; of a reminder: the one that transferred it
    Division request_kind;
    Cross cause_by_department;
    Cross cause_by_service;
    // of the answers that left in the period: one outcome for each matter of a reminder, each part of a
    // ruling
    Division outcome;
    Cross outcome_by_authority;  // authority × outcome
};

struct LegalFigures {
    Basis basis;
    int year = 0;
    CaseCounts reminders;
    CaseCounts complaints;
    CaseCounts requests;
    CaseCounts reminders_and_complaints;
};

// Rule 6: whether this area's cases count for this viewer at all.
[[nodiscard]] bool may_see_figures(const domain::Viewer& viewer, domain::Area area);

// Of an area the viewer may not see, every figure is nought.
[[nodiscard]] OmbudsmanFigures ombudsman_figures(const Views& views, const domain::Viewer& viewer, AsOf as_of,
                                                 domain::Language language, const FiguresQuery& query);
[[nodiscard]] LegalFigures legal_figures(const Views& views, const domain::Viewer& viewer, AsOf as_of,
                                         domain::Language language, const FiguresQuery& query);

// A report belongs to one area, and holds that area's own figures. What it says of the other side of
// the wall is what that side released for the year, never counted from its cases. `ombudsman` or `legal`
// is absent when the viewer may not see the area's figures.
struct AnnualFigures {
    domain::Area area = domain::Area::Ombudsman;
    FiguresQuery query;
    std::optional<OmbudsmanFigures> ombudsman;
    std::optional<LegalFigures> legal;
    std::optional<ReleasedTotals> released;       // the other area's, newest for the year
    std::vector<ReleasedTotals> released_before;  // of the earlier years shown, oldest first
};
[[nodiscard]] AnnualFigures annual_figures(const Views& views, const domain::Viewer& viewer, AsOf as_of,
                                           domain::Language language, domain::Area area,
                                           const FiguresQuery& query);

}  // namespace vastine::projections
