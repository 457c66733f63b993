#pragma once
// The one way anything is read: access rule first, then the query, then the access log, then the
// answer. The HTTPS routes and the commands of the executable all go through here, so no door shows
// more than another, and every showing of personal data is on record before it leaves.
//
// Unknown and unseen are the same Reason::NotFound. Faults and corruption of the store throw.
// Threads: every function may be called from any thread at once.

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "api/import/importer.hpp"
#include "api/log_extracts/log_extract.hpp"
#include "api/rendering/rendering.hpp"
#include "domain/access/access.hpp"
#include "domain/schema/destruction_views.pb.h"
#include "domain/schema/log_extract.pb.h"
#include "domain/schema/looking.pb.h"
#include "domain/schema/session.pb.h"
#include "domain/schema/views.pb.h"
#include "domain/text/text.hpp"
#include "projections/bulk_assignment.hpp"
#include "projections/case_contents.hpp"
#include "projections/case_page.hpp"
#include "projections/cause_breakdown.hpp"
#include "projections/deadlines.hpp"
#include "projections/looked_index.hpp"
#include "projections/own_figures.hpp"
#include "projections/read_model.hpp"
#include "projections/recompute.hpp"
#include "projections/reference_effects.hpp"
#include "projections/request_tracker.hpp"
#include "projections/search/search.hpp"
#include "projections/work_list.hpp"
#include "store/store.hpp"

namespace vastine::api {

// Who reads, through which door, and why.
struct Reader {
    domain::Viewer viewer;
    domain::Language language = domain::Language::Finnish;
    std::string route;    // the route's pattern, or the command: "vastine stats"
    std::string purpose;  // as the reader stated it; may be empty
};

// What a query is computed with; nothing given means the log's head and today in Finland.
struct AsOf {
    std::optional<store::Position> position;
    std::optional<domain::Date> on;
};

struct ExportQuery {
    store::Position after;
    std::optional<store::Position> until;
    // Each event with the record it was made from, and of every record that the reader may not see the hash
    // of its leaf: the whole tree can be made again from it (api/exported_log.hpp).
    bool provable = false;
};

struct AccessLogQuery {
    domain::Area area = domain::Area::Legal;
    store::Position after;
    std::size_t limit = 100;  // at most 1000
    std::string case_id;      // only entries that show this case; empty: all
};

// The auditor's question: of the area's log, newest first. The query's `up_to` is not read.
struct LookedSearchQuery {
    domain::Area area = domain::Area::Legal;
    projections::LookedQuery find;
    std::size_t limit = 50;  // at most 200
};

// Of which cases an extract is, and of which days; nothing given means the last two years.
struct LogExtractQuery {
    projections::CasePageQuery of;
    std::vector<std::string> other_cases;  // of the same area
    std::optional<domain::Date> from;
    std::optional<domain::Date> until;
};

// Whose work extracts of the log are: what the command says that releases one.
[[nodiscard]] const CommandRule& extract_rule(Kind kind);
// Whose work letters are: what the command says that tells people of a case.
[[nodiscard]] const CommandRule& letter_rule(Kind kind);

class Reading {
public:
    Reading(store::Store& store, projections::ReadModel& model, std::function<store::Instant()> now);
    ~Reading();

    [[nodiscard]] domain::Result<CasePage> case_page(const Reader& reader,
                                                     const projections::CasePageQuery& query);
    // The file of a document that was not retracted, put on record before its first byte is read.
    struct AttachedFile {
        Attachment attachment;
        std::unique_ptr<store::Blobs::Source> source;
    };
    [[nodiscard]] domain::Result<AttachedFile> attached_file(const Reader& reader,
                                                             const projections::CasePageQuery& query,
                                                             const std::string& document_id);
    // What a case the reader may open holds, put on record as `what`.
    [[nodiscard]] domain::Result<projections::CaseContents> contents(const Reader& reader,
                                                                     const projections::CasePageQuery& query,
                                                                     const std::string& what);
    // A letter is for whoever may tell people of the case: not for a unit that was only asked for a
    // statement. Filled from what the case holds, put on record before it is given.
    [[nodiscard]] domain::Result<FilledLetter> letter(const Reader& reader,
                                                      const projections::CasePageQuery& query,
                                                      const FillLetter& asked);
    // As it goes on paper, with the organisation's own head and today's date; on record too.
    [[nodiscard]] domain::Result<rendering::LetterPage> letter_page(const Reader& reader,
                                                                    const projections::CasePageQuery& query,
                                                                    const PrintLetter& asked);
    // Whether the reader may give the client a receipt of the case; on record when so.
    [[nodiscard]] domain::Result<std::monostate> receipt(const Reader& reader,
                                                         const projections::CasePageQuery& query);
    [[nodiscard]] domain::Result<WorkList> work_list(const Reader& reader,
                                                     const projections::WorkListQuery& query,
                                                     const AsOf& as_of = {});
    [[nodiscard]] domain::Result<DeadlineOverview> deadlines(const Reader& reader,
                                                             const projections::DeadlinesQuery& query,
                                                             const AsOf& as_of = {});
    // What applying the policies in force today would move, and what has been moved.
    [[nodiscard]] domain::Result<RecomputePreview> recompute_preview(
        const Reader& reader, const projections::RecomputeQuery& query);
    [[nodiscard]] domain::Result<RecomputePreview> recomputed(
        const Reader& reader, const std::vector<projections::RecomputedCase>& cases);
    [[nodiscard]] domain::Result<RequestTracker> request_tracker(
        const Reader& reader, const projections::RequestTrackerQuery& query, const AsOf& as_of = {});
    [[nodiscard]] domain::Result<CauseBreakdown> cause_breakdown(
        const Reader& reader, const projections::CauseBreakdownQuery& query, const AsOf& as_of = {});

    // Cases that were, or would be, given to one handler.
    [[nodiscard]] domain::Result<BulkAssignment> assignment_preview(
        const Reader& reader, const projections::BulkAssignmentQuery& query);
    [[nodiscard]] domain::Result<BulkAssignment> assigned(const Reader& reader,
                                                          const projections::BulkAssignmentQuery& query);

    // Of the reader.
    [[nodiscard]] domain::Result<OwnFigures> own_figures(const Reader& reader);

    // Every case it shows is on record as found by a search; what was searched for is written nowhere.
    [[nodiscard]] domain::Result<SearchResult> search(const Reader& reader,
                                                      projections::search::Search& search,
                                                      const SearchQuery& query);

    // ---- reference data, each with its stream's version for If-Match ----
    [[nodiscard]] domain::Result<OrganisationView> organisation(const Reader& reader);
    [[nodiscard]] domain::Result<LetterTemplateList> letter_templates(const Reader& reader);  // in force
    [[nodiscard]] domain::Result<UnitList> units(const Reader& reader);
    [[nodiscard]] domain::Result<UnitsInUse> units_in_use(const Reader& reader);
    // Refused as the policy itself would be.
    [[nodiscard]] domain::Result<PolicyEffect> policy_effect(const Reader& reader, const SetPolicy& policy);
    [[nodiscard]] domain::Result<CodeSetList> code_sets(const Reader& reader);
    [[nodiscard]] domain::Result<AuthorityList> authorities(const Reader& reader);
    [[nodiscard]] domain::Result<PolicyList> policies(const Reader& reader);
    [[nodiscard]] domain::Result<ClosingDayList> closing_days(const Reader& reader);
    [[nodiscard]] domain::Result<RetentionScheduleList> retention_schedules(const Reader& reader);
    // Of colleagues in the reader's own area, not over yet; of everybody, to the administrator.
    [[nodiscard]] domain::Result<AbsenceList> absences(const Reader& reader);
    [[nodiscard]] domain::Result<UserList> users(const Reader& reader);            // the administrator's
    [[nodiscard]] domain::Result<ColleagueList> colleagues(const Reader& reader);  // to assign to
    [[nodiscard]] domain::Result<TotalsList> totals(const Reader& reader);

    // Events as CloudEvents, one JSON object a line, in the order of the log: those that the reader
    // may see. Each piece is access-logged before it is handed out; an empty piece is the end.
    class Export {
    public:
        virtual ~Export() = default;
        [[nodiscard]] virtual std::string next() = 0;
    };
    [[nodiscard]] domain::Result<std::unique_ptr<Export>> export_events(const Reader& reader,
                                                                        const ExportQuery& query);

    // An import says which cases its rows differ from, and so what does not stand in them: a read of those
    // cases. Puts it on record; call it before the summary is shown.
    void compared(const Reader& reader, const import::ImportSummary& summary);
    // For what is read elsewhere: these cases of an area were shown, as `what`. Call it before the answer
    // leaves; nothing is written of no case.
    void shown(const Reader& reader, const std::string& what, domain::Area area,
               std::vector<std::string> case_ids);

    [[nodiscard]] domain::Result<AccessLogPage> access_log(const Reader& reader, const AccessLogQuery& query);
    [[nodiscard]] domain::Result<Stats> stats(const Reader& reader);

    // ---- who looked: who_looked.cpp ----

    // May this reader open the file in an emergency? The reason is on record when this returns; it is for the
    // caller to tell who hears of it, and to let the reader in. Returns whose area it is.
    [[nodiscard]] domain::Result<domain::Area> break_glass(const Reader& reader,
                                                           const projections::CasePageQuery& query,
                                                           const BreakGlass& asked);
    // The active users who are told of files opened in an emergency.
    [[nodiscard]] std::vector<std::string> hearers_of_emergencies(domain::Area area) const;
    [[nodiscard]] domain::Result<EmergencyList> emergencies(const Reader& reader, domain::Area area,
                                                            store::Position before, std::size_t limit);
    // For the auditor of the area. On record itself, also when it finds nothing.
    [[nodiscard]] domain::Result<LookedSearch> search_log(const Reader& reader,
                                                          const LookedSearchQuery& query);
    // The same as CSV, all of it, the newest first: a piece is on record before it is handed out.
    [[nodiscard]] domain::Result<std::unique_ptr<Export>> export_log(const Reader& reader,
                                                                     const LookedSearchQuery& query);
    // What the log says of these cases, for whoever may release it.
    [[nodiscard]] domain::Result<LogExtractPreview> log_extract_preview(const Reader& reader,
                                                                        const LogExtractQuery& query);
    // Before it is released: every entry to be withheld is one of the extract's, or nothing would be
    // withheld.
    [[nodiscard]] domain::Result<std::monostate> check_release(const Reader& reader,
                                                               const projections::CasePageQuery& of,
                                                               const ReleaseLogExtract& release);
    // Puts on record that it was given: to whom, and on what ground.
    void released(const Reader& reader, const projections::CasePageQuery& of,
                  const ReleaseLogExtract& release);
    // The extract as it was released, the same whenever it is asked for.
    [[nodiscard]] domain::Result<ExtractWords> log_extract(const Reader& reader,
                                                           const projections::CasePageQuery& of,
                                                           const std::string& extract_id);

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

}  // namespace vastine::api
