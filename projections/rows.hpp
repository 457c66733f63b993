#pragma once
// From rows of the index to rows that a person reads: their order, their pages, and the personal parts
// opened for those that are shown.

#include <array>
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
    Day paused_on = no_day;  // one of its dates waits since
    Day idle_days = 0;       // nothing but that it lies idle makes it pressing
};
// Asked for many cases on one day: the policies of the day are looked up once.
class Judging {
public:
    Judging(const Views& views, Day on);
    [[nodiscard]] Pressing of(std::uint32_t row) const;
    // Nothing has happened to it for as long as the kind's policy (reminder.idle ...) allows.
    [[nodiscard]] bool idle(std::uint32_t row) const;
    // Since the last event of a case that is still open; 0 of one that is not.
    [[nodiscard]] Day idle_days(std::uint32_t row) const;
    [[nodiscard]] Day on() const { return on_; }

private:
    const Views& views_;
    Day on_;
    std::array<Day, Kind_ARRAYSIZE> idle_when_last_;  // last event on that day or before; no_day: never
};

// Who has whose work on a day, each looked up once.
class ActingHandlers {
public:
    ActingHandlers(const Views& views, Day on);
    // The handler, or the substitute while the handler is away; empty without a handler.
    [[nodiscard]] const std::string& of(std::uint32_t row);
    [[nodiscard]] const std::string& of_user(CodeId user);

private:
    const Views& views_;
    domain::Date on_;
    std::vector<std::optional<std::string>> known_;  // by user
};

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
        : views_(views),
          events_(events),
          language_(language),
          judging_(views, day_of(as_of.on)),
          acting_(views, day_of(as_of.on)) {}

    // The viewer must see the content of the case.
    void write(std::uint32_t row, CaseRow& out);
    // Only what is opened for a visible row: diary number, subject, a minor's ban.
    void open_personal(std::uint32_t row, CaseRow& out);
    [[nodiscard]] std::vector<std::string> shown() && { return std::move(shown_); }

private:
    const Views& views_;
    const store::EventStore& events_;
    domain::Language language_;
    Judging judging_;
    ActingHandlers acting_;
    std::vector<std::string> shown_;
};

[[nodiscard]] store::StreamId stream_of(const Views& views, std::uint32_t row);

}  // namespace vastine::projections
