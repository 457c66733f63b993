#pragma once
// The reports as readers ask for them: who may, of what, with which words, internal or public, as which file.
// Every door computes its reports here.
//
// An internal report is for those who work in its area: the ombudsmen's is not the lawyer's, and the other
// way round; a board and its secretary read what is published. Faults and corruption of the store throw.
// Threads: every function may be called from any thread at once.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "api/publications/editions.hpp"
#include "api/reports/progress.hpp"
#include "api/reports/report_document.hpp"
#include "domain/access/access.hpp"
#include "domain/result.hpp"
#include "projections/read_model.hpp"
#include "projections/report/report.hpp"
#include "projections/report/reports.hpp"
#include "store/store.hpp"

namespace vastine::api {

// As it was asked; what does not go together is refused with the name of its field.
struct ReportRequest {
    std::string kind;                   // annual, legal, summary; with a publication: may be empty
    std::optional<domain::Area> area;   // of a summary
    std::optional<std::uint64_t> year;  // or
    std::string from;                   // a month, 2018-01,
    std::string to;                     // and the last one
    domain::Language language = domain::Language::Finnish;
    std::optional<store::Position> as_of;
    projections::report::Level level = projections::report::Level::Internal;
    // Of the public form: counts below the threshold are suppressed, and what would give one away together
    // with what is published. Nothing: five, or the publication's own.
    std::optional<std::uint64_t> threshold;
    std::vector<std::string> earlier;  // further publications, each the JSON of a public form
    std::string publication_id;        // its draft or what has come of it: kind, area and period are its own
    enum class Page { Report, Reconciliation } page = Page::Report;
};

class Reports {
public:
    Reports(const Editions& editions, const projections::ReadModel& model,
            std::function<store::Instant()> now)
        : editions_(editions), model_(model), now_(std::move(now)) {}

    // What is asked for, and that the viewer may have it; nothing is counted yet.
    struct Asked {
        projections::report::ReportQuery query;
        ReportRequest request;
        int threshold = 0;
        [[nodiscard]] domain::Area area() const;  // whose it is
    };
    [[nodiscard]] domain::Result<Asked> asked(const domain::Viewer& viewer, ReportRequest request) const;

    // WrongState when it was given up.
    [[nodiscard]] domain::Result<projections::report::Report> model(const domain::Viewer& viewer,
                                                                    const Asked& asked,
                                                                    const Watch& watch = {}) const;
    // pdf and docx take seconds and throw rendering::Failed when they cannot be made.
    [[nodiscard]] domain::Result<ReportDocument> document(const domain::Viewer& viewer, const Asked& asked,
                                                          const std::string& format,
                                                          const Watch& watch = {}) const;

private:
    [[nodiscard]] domain::Result<projections::report::Report> internal(const domain::Viewer& viewer,
                                                                       const Asked& asked,
                                                                       const Watch& watch) const;
    template <class Count>
    [[nodiscard]] domain::Result<projections::report::Report> at(std::optional<store::Position> position,
                                                                 domain::Date on, const Watch& watch,
                                                                 const Count& count) const;
    [[nodiscard]] domain::Result<projections::report::Publication> handed_out(const std::string& json,
                                                                              const Asked& asked,
                                                                              const Watch& watch) const;
    [[nodiscard]] domain::Result<projections::report::Report> published(
        const Asked& asked, const projections::report::Report& internal, const Watch& watch) const;

    const Editions& editions_;
    const projections::ReadModel& model_;
    std::function<store::Instant()> now_;
};

// "report-annual-2018-fi-internal.pdf": what it is, of when, in which language; an internal form says so.
[[nodiscard]] std::string file_name(const projections::report::ReportQuery& query, domain::Language language,
                                    const std::string& suffix, std::string_view form);

}  // namespace vastine::api
