#pragma once
// The access log, folded for questions: who read what on which day, in columns of small numbers. The words
// that people wrote (purposes) are not held; an entry that is shown is opened from the log itself.
//
// In memory rather than by month streams on disk: every question of an auditor cuts across months, a column
// of a million entries is looked through in milliseconds, and there is no second copy of who turned to
// whom to seal. Built at the first question, then carried on by what is new.
//
// Threads: every function may be called from any thread at once.

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <shared_mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "projections/case_index.hpp"
#include "projections/dictionary.hpp"
#include "store/store.hpp"

namespace vastine::projections {

enum class PurposeStated { Either, Yes, No };

struct LookedQuery {
    std::string user_id;                // empty: anybody
    std::vector<std::string> case_ids;  // entries that show one of these; empty: any
    std::string what;                   // empty: anything
    Day from = no_day;                  // inclusive; no_day: open
    Day until = no_day;                 // inclusive; no_day: open
    PurposeStated purpose = PurposeStated::Either;
    store::Position before;  // only earlier entries; 0: all
    store::Position up_to;   // nothing later; 0: all
};

// How much one person has read on one day.
struct LookedCount {
    std::string user_id;
    Day day = no_day;
    std::uint32_t reads = 0;
    std::uint32_t cases = 0;  // different ones
};

class LookedIndex {
public:
    LookedIndex(const store::AccessLog& log, store::AccessArea area) : log_(log), area_(area) {}

    // Takes what the log has beyond the last call, and says how far that is: 0 when the log is empty. Throws
    // what the store throws; what was taken before stays.
    store::Position catch_up();

    struct Found {
        std::vector<store::Position> positions;  // the newest first, at most as many as asked for
        std::uint64_t all = 0;                   // those found, whatever `before` says
    };
    [[nodiscard]] Found find(const LookedQuery& query, std::size_t most) const;
    // Of everything the query finds, whatever `before` says: most cases first, then most reads.
    [[nodiscard]] std::vector<LookedCount> by_day(const LookedQuery& query) const;
    // Every word that entries have in `what`, in alphabetical order.
    [[nodiscard]] std::vector<std::string> whats() const;
    // Everybody who has read anything, by id.
    [[nodiscard]] std::vector<std::string> users() const;
    [[nodiscard]] std::size_t size() const;

private:
    struct Entry {
        std::uint64_t position = 0;
        Day day = no_day;
        CodeId user = 0;
        CodeId what = 0;
        bool purpose = false;
        ListPlace cases;
    };
    struct Asked;  // a query in the numbers of the columns
    [[nodiscard]] std::optional<Asked> asked(const LookedQuery& query) const;
    [[nodiscard]] bool fits(const Entry& entry, const Asked& asked) const;
    void take(const store::Record& record, const PersonalDataRead& read);
    [[nodiscard]] std::uint32_t number_of(const std::string& case_id);

    const store::AccessLog& log_;
    const store::AccessArea area_;
    mutable std::shared_mutex mutex_;
    store::Position taken_;
    std::vector<Entry> entries_;
    Codes users_;
    Codes whats_;
    std::unordered_map<std::string, std::uint32_t> case_numbers_;
    std::vector<std::uint32_t> cases_;  // of all entries, one list after the other
};

}  // namespace vastine::projections
