#pragma once
// Brings the cases of another system in from a CSV file: one row, one case, one event (ImportCase).
// The route of the API and `vastine import` both use this.

#include <cstdint>
#include <functional>
#include <istream>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "api/execution.hpp"
#include "api/import/mapping.hpp"
#include "store/store.hpp"

namespace vastine::api::import {

struct ImportOptions {
    domain::Viewer viewer;
    Kind kind = NO_KIND;
    bool dry_run = false;      // says what would happen, and changes nothing
    bool learn_codes = false;  // adds unknown codes and units; needs the right to manage reference data
    bool update = false;       // a changed row corrects its case
    bool with_rows = false;    // rejects carry the row itself
    std::size_t batch_rows = 2000;
};

// A row that could not be taken.
struct Reject {
    std::uint64_t line = 0;
    std::string column;        // empty: the whole record
    domain::Rejection reason;  // see domain::explain
    std::string row;           // only with with_rows
};
using RejectSink = std::function<void(const Reject&)>;

struct Changed {
    std::uint64_t line = 0;
    std::string case_id;
};

// Waiting times, exact to the minute, in memory that grows with their span and not their number.
class Durations {
public:
    void add(std::chrono::microseconds time);
    [[nodiscard]] std::uint64_t count() const { return count_; }
    // Nearest rank, in days; `share` is 0.5 for the median. Nothing when there are none.
    [[nodiscard]] std::optional<double> rank_days(double share) const;

private:
    std::map<std::int64_t, std::uint64_t> minutes_;
    std::uint64_t count_ = 0;
};

// Cases of this file that are in (taken, unchanged, corrected), each counted once.
struct ImportFigures {
    std::map<std::string, std::uint64_t> by_channel;
    std::uint64_t ended = 0;
    std::uint64_t open = 0;
    std::uint64_t ended_with_due = 0;
    std::uint64_t ended_after_due = 0;
    Durations start_to_end;

    // Of the ended that had a due date, those that ended in time; 0 when there are none.
    [[nodiscard]] double share_in_time() const;
};

struct ImportSummary {
    bool dry_run = false;
    std::uint64_t rows = 0;       // records below the header
    std::uint64_t taken = 0;      // new cases
    std::uint64_t unchanged = 0;  // cases that were in already, the same
    std::uint64_t repeated = 0;   // further rows of a case of this file, the same
    std::uint64_t changed = 0;    // rows that differ from their case
    std::uint64_t corrected = 0;  // of those, applied (with update)
    std::uint64_t rejected = 0;
    std::vector<std::string> learned;  // code set and code, or unit
    std::vector<Changed> changes;      // the first hundred
    ImportFigures figures;
};
[[nodiscard]] std::string to_json(const ImportSummary& summary);

class Importer {
public:
    // Throws MappingError when the mapping does not fit the kind.
    Importer(Execution& execution, store::Store& store, Mapping mapping, ImportOptions options);
    ~Importer();

    // Refused as a whole when the viewer may not import cases of the kind. Everything that was taken
    // before a fault stays in; running again goes on from there. Throws MappingError when a column is
    // missing from the header, std::runtime_error when the input fails.
    [[nodiscard]] domain::Result<ImportSummary> run(
        std::istream& input, const RejectSink& reject,
        const std::function<void(std::uint64_t bytes_read)>& progress = {});

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

}  // namespace vastine::api::import
