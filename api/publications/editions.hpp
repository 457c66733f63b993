#pragma once
// The reports of publications: what an edition says in a language, as of its signature and for ever the same;
// what the draft would say now; and what those that are published have told.
//
// Nothing here asks who reads: the doors do (api/reports, api/publications).
// Threads: every function may be called from any thread at once.

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/reports/progress.hpp"
#include "domain/publications/publication.hpp"
#include "domain/text/text.hpp"
#include "projections/publications.hpp"
#include "projections/read_model.hpp"
#include "projections/report/disclosure.hpp"
#include "projections/report/reports.hpp"
#include "store/store.hpp"

namespace vastine::api {

struct EditionId {
    std::string publication_id;
    std::uint32_t edition = 0;
    auto operator<=>(const EditionId&) const = default;
};
[[nodiscard]] std::string to_string(const EditionId& id);  // "<id>/2", as ArtefactsStored.against has it
[[nodiscard]] std::optional<EditionId> parse_edition(std::string_view text);

[[nodiscard]] std::optional<std::chrono::year_month> parse_month(std::string_view text);  // 2018-01

[[nodiscard]] store::StreamId publication_stream(std::string_view publication_id);
[[nodiscard]] store::KeyArea key_area(domain::Area area);

// What its report is of.
[[nodiscard]] projections::report::ReportQuery query_of(const OpenPublication& opened);
// Sees the whole area as a count, and is nobody: with whose eyes a signed report is counted.
[[nodiscard]] domain::Viewer whole_area(domain::Area area);

// The views as they stood when the edition was signed, and what had been written by then: what all its files
// are made from.
struct SignedEdition {
    EditionId id;
    std::unique_ptr<projections::Views> views;
    domain::publication::State state;
    std::optional<domain::publication::State> before;  // the publication that it looks back upon
    projections::AsOf as_of;
};

class Editions {
public:
    Editions(store::Store& store, const projections::ReadModel& model) : store_(store), model_(model) {}

    // Opened whole, as far as its key lives; up to a position of the log.
    [[nodiscard]] domain::publication::State state(std::string_view publication_id,
                                                   store::Position until) const;
    // What people wrote, for a report from these views. The views hold the publication.
    [[nodiscard]] projections::report::Content content(const projections::Views& views,
                                                       std::string_view publication_id,
                                                       domain::Language language) const;

    // Folds the log anew. Nothing: it was given up, or there is no such signature (any more).
    [[nodiscard]] std::unique_ptr<SignedEdition> opened(const EditionId& id, const Watch& watch = {}) const;
    [[nodiscard]] static projections::report::Report internal(const SignedEdition& edition,
                                                              domain::Language language);

    // What a published edition told, with what it kept back, counted again as of its signature once and then
    // kept: neither ever changes.
    struct Told {
        EditionId id;
        domain::Area area = domain::Area::Ombudsman;
        std::shared_ptr<const projections::report::Publication> publication;
    };
    // Of every edition whose public files are there, in the order in which they were made. Nothing: given up.
    [[nodiscard]] std::optional<std::vector<Told>> told(const Watch& watch = {}) const;
    // Of these only; one that is not there is left out.
    [[nodiscard]] std::optional<std::vector<Told>> told(const std::vector<EditionId>& ids,
                                                        const Watch& watch = {}) const;

private:
    // What stands in the store of a published edition.
    struct Frozen {
        EditionId id;
        domain::Area area = domain::Area::Ombudsman;
        std::string language;
        std::string blob;  // of its JSON
        int threshold = 0;
        std::vector<EditionId> against;
    };
    [[nodiscard]] std::vector<Frozen> frozen() const;
    [[nodiscard]] std::optional<std::vector<Told>> told_by(const std::vector<Frozen>& files,
                                                           const Watch& watch) const;
    [[nodiscard]] std::shared_ptr<const projections::report::Publication> known(const EditionId& id) const;
    // Those that are not known yet, in one fold of the log. Nothing: given up.
    [[nodiscard]] std::optional<std::map<EditionId, projections::report::Report>> counted_again(
        const std::vector<Frozen>& files, const Watch& watch) const;
    // Where and when it was signed.
    [[nodiscard]] std::optional<projections::AsOf> signature(const EditionId& id) const;
    // What had been written by then.
    struct Written {
        domain::publication::State state;
        std::optional<domain::publication::State> before;
    };
    [[nodiscard]] Written written(const EditionId& id, const projections::Views& views) const;
    [[nodiscard]] std::optional<projections::report::Report> public_again(
        const Frozen& file, const projections::report::Report& counted, const Watch& watch) const;

    store::Store& store_;
    const projections::ReadModel& model_;
    mutable std::mutex mutex_;
    mutable std::map<EditionId, std::shared_ptr<const projections::report::Publication>> known_;
};

// What a report of the area must not give anything away together with: those of the same area, and those
// that tell of figures which it has too.
[[nodiscard]] std::vector<Editions::Told> concerning(const std::vector<Editions::Told>& all,
                                                     domain::Area area,
                                                     const projections::report::Report& internal);

}  // namespace vastine::api
