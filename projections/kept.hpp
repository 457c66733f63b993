#pragma once
// What is kept, as the rule of retention needs to know it: every case of an area, and every month of its
// access log. Cases are folded here from their own streams, to the end and with their days: the tables of
// ReadModel hold no state of a case that has ended, and see some events by their facts alone.
//
// A few dozen thousand cases take a second. Threads: every function may be called from any thread at once.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/retention/falls_due.hpp"
#include "projections/read_model.hpp"
#include "store/store.hpp"

namespace vastine::projections {

class Kept {
public:
    // Both outlive this. Reads what the model has folded.
    Kept(const ReadModel& model, store::Store& store) : model_(model), store_(store) {}

    struct FallingDue {
        std::vector<DestructionItem> items;  // cases in the order they were opened, then months
        store::Position position;
    };
    // What the list of a year says that is made today. What waits on another list of the area is left to that
    // one, and so is what was transferred to the archive with one.
    [[nodiscard]] FallingDue falling_due(domain::Area area, int year, domain::Date today) const;

    using Handlings = std::map<std::string, domain::retention::Handling, std::less<>>;
    // How items stand now; of one whose key is gone, or that never was, there is none.
    [[nodiscard]] Handlings now(domain::Area area, const std::vector<std::string>& item_ids) const;

private:
    const ReadModel& model_;
    store::Store& store_;
};

// The id under which a month of an access log stands on a list: access-ombudsman-2014-03.
struct LogMonthId {
    domain::Area area = domain::Area::Ombudsman;
    std::chrono::year_month month;
};
[[nodiscard]] std::string to_string(const LogMonthId& id);
[[nodiscard]] std::optional<LogMonthId> parse_log_month(std::string_view item_id);

// The stream of a case by its id alone; nothing: no such case.
[[nodiscard]] std::optional<store::StreamId> stream_of_case(const Views& views, std::string_view case_id);

}  // namespace vastine::projections
