#pragma once
// From rows of the index to rows that a person reads: their order, their pages, and the personal parts
// opened for those that are shown.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "projections/case_index.hpp"
#include "projections/query.hpp"
#include "projections/read_model.hpp"

namespace vastine::projections {

[[nodiscard]] std::string_view kind_text(Kind kind);  // reminder, complaint, authority-request, contact

// How pressing a case is on a day, and which of its dates makes it so.
struct Pressing {
    Urgency urgency = Urgency::None;
    std::optional<DueEntry> due;
    Day idle_days = 0;  // of an open contact that nobody has touched for as long as the policy allows
};
[[nodiscard]] Pressing pressing(const Views& views, std::uint32_t row, Day on);

// A row's place in a list. Lists are ordered by nothing else, so that a cursor can name a place.
struct Place {
    std::uint8_t group = 0;  // rows of a lower group come first
    Urgency urgency = Urgency::None;
    Day due_by = no_day;
    Day arrived_on = no_day;
    CaseId id;
    std::uint32_t row = 0;
};
[[nodiscard]] bool before(const Place& left, const Place& right);
[[nodiscard]] Place place_of(const Views& views, std::uint32_t row, const Pressing& pressing,
                             std::uint8_t group = 0);

struct Page {
    std::vector<Place> places;
    std::string next_cursor;  // empty: no more
};
// The places behind the cursor, in order.
[[nodiscard]] Page page_of(std::vector<Place> all, const PageRequest& request);

// Writes rows of one answer and remembers whose personal data they show.
class RowWriter {
public:
    RowWriter(const Views& views, const store::EventStore& events, AsOf as_of, domain::Language language)
        : views_(views), events_(events), as_of_(as_of), language_(language) {}

    // The viewer must see the content of the case.
    void write(std::uint32_t row, CaseRow& out);
    [[nodiscard]] std::vector<std::string> shown() && { return std::move(shown_); }

private:
    void open_personal(std::uint32_t row, CaseRow& out);

    const Views& views_;
    const store::EventStore& events_;
    AsOf as_of_;
    domain::Language language_;
    std::vector<std::string> shown_;
};

[[nodiscard]] store::StreamId stream_of(const Views& views, std::uint32_t row);

}  // namespace vastine::projections
