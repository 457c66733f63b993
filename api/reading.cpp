#include "api/reading.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "api/cloud_events.hpp"
#include "api/reading_inside.hpp"
#include "domain/cases/kinds.hpp"
#include "domain/cases/reference_data.hpp"
#include "domain/letters/letter.hpp"
#include "domain/schema/check.hpp"
#include "projections/case_index.hpp"
#include "projections/letter_case.hpp"

namespace vastine::api {

namespace {

using domain::Area;
using domain::Reason;
using domain::reject;
using domain::Result;
using domain::Right;
using reading::access_area;
using reading::not_allowed;
using reading::works_with_cases;

constexpr std::size_t rows_max = 200;
constexpr std::size_t searched_characters_max = 400;
constexpr std::size_t entries_max = 1000;
constexpr std::size_t export_records_a_piece = 500;
constexpr std::size_t export_piece_bytes_max = std::size_t{256} << 10U;

store::StreamId reference_stream(std::string_view name) {
    return {std::string(domain::entry(REFERENCE).stream_prefix) + "-" + std::string(name)};
}

bool share_an_area(const domain::Viewer& one, const domain::Viewer& other) {
    const auto both = [&](Area area) { return domain::works_in(one, area) && domain::works_in(other, area); };
    return both(Area::Ombudsman) || both(Area::Legal);
}

std::size_t characters_in(std::string_view utf8) {
    return static_cast<std::size_t>(std::ranges::count_if(
        utf8, [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }));
}

template <class Query>
Query bounded(Query query) {
    query.page.limit = std::clamp<std::size_t>(query.page.limit, 1, rows_max);
    return query;
}

}  // namespace

Reading::Reading(store::Store& store, projections::ReadModel& model, std::function<store::Instant()> now)
    : inside_(new Inside(store, model, std::move(now))) {}

Reading::~Reading() = default;

Result<CasePage> Reading::case_page(const Reader& reader, const projections::CasePageQuery& query) {
    const auto& inside = *inside_;
    auto shown = inside.at({}, [&](const projections::Views& views, projections::AsOf as_of) {
        return projections::case_page(views, inside.store.events(), reader.viewer, as_of, reader.language,
                                      query);
    });
    if (!shown) return tl::unexpected(std::move(shown.error()));
    if (!*shown) return reject(Reason::NotFound, "access.no_such_case");
    inside.log(reader, "page", (*shown)->case_ids);
    return std::move((*shown)->message);
}

Result<std::monostate> Reading::receipt(const Reader& reader, const projections::CasePageQuery& query) {
    const bool visible = inside_->model.read([&](const projections::Views& views) {
        const auto scope = views.cases->scope(query.case_id);
        return scope && scope->kind == query.kind &&
               domain::sight_of_one(reader.viewer, query.case_id, *scope, views.reference) ==
                   domain::Sight::Content;
    });
    if (!visible) return reject(Reason::NotFound, "access.no_such_case");
    inside_->log(reader, "receipt", {query.case_id});
    return std::monostate{};
}

namespace {

// What a case holds, before it is put on record: nothing of one whose key is destroyed.
struct OpenedCase {
    projections::CaseContents contents;
    bool any = false;
};
Result<OpenedCase> opened_case(store::EventStore& events, const projections::ReadModel& model,
                               const Reader& reader, const projections::CasePageQuery& query) {
    const bool visible = model.read([&](const projections::Views& views) {
        const auto scope = views.cases->scope(query.case_id);
        return scope && scope->kind == query.kind &&
               domain::sight_of_one(reader.viewer, query.case_id, *scope, views.reference) ==
                   domain::Sight::Content;
    });
    if (!visible) return reject(Reason::NotFound, "access.no_such_case");
    const store::StreamId stream{std::string(domain::entry(query.kind).stream_prefix) + "-" + query.case_id};
    OpenedCase opened{projections::CaseContents(query.kind, query.case_id)};
    events.read_stream(stream, {}, [&](const store::Record& record) {
        const auto event = events.open(record, store::Depth::Everything);
        if (event.key_gone) return true;
        opened.any = true;
        opened.contents.take(*event.event, record.version.value);
        return true;
    });
    return opened;
}

}  // namespace

Result<projections::CaseContents> Reading::contents(const Reader& reader,
                                                    const projections::CasePageQuery& query,
                                                    const std::string& what) {
    auto opened = opened_case(inside_->store.events(), inside_->model, reader, query);
    if (!opened) return tl::unexpected(std::move(opened.error()));
    if (opened->any) inside_->log(reader, what, {query.case_id});
    return std::move(opened->contents);
}

Result<Reading::AttachedFile> Reading::attached_file(const Reader& reader,
                                                     const projections::CasePageQuery& query,
                                                     const std::string& document_id) {
    const auto opened = opened_case(inside_->store.events(), inside_->model, reader, query);
    if (!opened) return tl::unexpected(opened.error());
    const auto* attachment = opened->contents.attachment(document_id);
    if (attachment == nullptr) return reject(Reason::NotFound, "attachments.no_such_file");
    const store::StreamId stream{std::string(domain::entry(query.kind).stream_prefix) + "-" + query.case_id};
    auto source = inside_->store.blobs().read(stream, attachment->sealed_sha256());
    if (!source) return reject(Reason::NotFound, "attachments.no_such_file");
    // Of a file that is not there nobody is told that it was opened.
    inside_->log(reader, "file", {query.case_id});
    return AttachedFile{*attachment, std::move(*source)};
}

namespace {

// Who may tell people of the case may write to them; whoever may not see it does not learn that it is there.
Result<std::monostate> may_write_letters(const projections::Views& views, const domain::Viewer& viewer,
                                         const projections::CasePageQuery& of) {
    const auto scope = views.cases->scope(of.case_id);
    if (!scope || scope->kind != of.kind) return reject(Reason::NotFound, "access.no_such_case");
    return domain::may_command(viewer, letter_rule(of.kind), of.kind, *scope, views.reference);
}

bool is_for(const SetLetterTemplate& letter, Kind kind) {
    return letter.for_kinds().empty() ||
           std::ranges::find(letter.for_kinds(), kind) != letter.for_kinds().end();
}

}  // namespace

const CommandRule& letter_rule(Kind kind) {
    return domain::command(kind, "notify")->rule;
}

Result<FilledLetter> Reading::letter(const Reader& reader, const projections::CasePageQuery& query,
                                     const FillLetter& asked) {
    const auto& inside = *inside_;
    const auto today = inside.today();
    const auto reference =
        inside.model.read([&](const projections::Views& views) -> Result<domain::Reference> {
            auto may = may_write_letters(views, reader.viewer, query);
            if (!may) return tl::unexpected(std::move(may.error()));
            return views.reference;
        });
    if (!reference) return tl::unexpected(reference.error());
    if (auto checked = domain::check_fields(asked, *reference, today); !checked)
        return tl::unexpected(std::move(checked.error()));
    const auto letters = reference->letter_templates(today);
    const auto found = std::ranges::find_if(letters, [&](const domain::LetterTemplate* letter) {
        return letter->given.template_id() == asked.template_() && is_for(letter->given, query.kind);
    });
    if (found == letters.end()) return reject(Reason::Invalid, "letter.no_such_template", {}, "template");
    const auto of = projections::letter_case(inside.store.events(), *reference, query.kind, query.case_id);
    if (!of) return reject(Reason::WrongState, "letter.case_destroyed");
    inside.log(reader, "letter", {query.case_id});

    const auto language = *domain::parse_language(asked.language());
    auto filled =
        domain::fill(domain::in_language((*found)->given.body(), language), *of, *reference, language);
    FilledLetter letter;
    letter.set_title(domain::in_language((*found)->given.name(), language));
    letter.set_markdown(std::move(filled.markdown));
    for (auto& field : filled.missing) {
        auto& missing = *letter.add_missing();
        missing.set_label(domain::letter_field_label(field, language));
        missing.set_field(std::move(field));
    }
    return letter;
}

Result<rendering::LetterPage> Reading::letter_page(const Reader& reader,
                                                   const projections::CasePageQuery& query,
                                                   const PrintLetter& asked) {
    const auto today = inside_->today();
    const auto page =
        inside_->model.read([&](const projections::Views& views) -> Result<rendering::LetterPage> {
            if (auto may = may_write_letters(views, reader.viewer, query); !may)
                return tl::unexpected(std::move(may.error()));
            if (auto checked = domain::check_fields(asked, views.reference, today); !checked)
                return tl::unexpected(std::move(checked.error()));
            const auto language = *domain::parse_language(asked.language());
            const auto& organisation = views.reference.organisation();
            return rendering::LetterPage{domain::in_language(organisation.name(), language),
                                         domain::in_language(organisation.letterhead(), language),
                                         asked.title(),
                                         asked.markdown(),
                                         language,
                                         today};
        });
    if (page) inside_->log(reader, "letter", {query.case_id});
    return page;
}

Result<WorkList> Reading::work_list(const Reader& reader, const projections::WorkListQuery& query,
                                    const AsOf& as_of) {
    const auto asked = bounded(query);
    return inside_->list<WorkList>(
        reader, "list", as_of, [&](const projections::Views& views, projections::AsOf at) {
            return projections::work_list(views, inside_->store.events(), reader.viewer, at, reader.language,
                                          asked);
        });
}

Result<DeadlineOverview> Reading::deadlines(const Reader& reader, const projections::DeadlinesQuery& query,
                                            const AsOf& as_of) {
    const auto asked = bounded(query);
    return inside_->list<DeadlineOverview>(
        reader, "list", as_of, [&](const projections::Views& views, projections::AsOf at) {
            return projections::deadlines(views, inside_->store.events(), reader.viewer, at, reader.language,
                                          asked);
        });
}

Result<RecomputePreview> Reading::recompute_preview(const Reader& reader,
                                                    const projections::RecomputeQuery& query) {
    return inside_->list<RecomputePreview>(
        reader, "list", {}, [&](const projections::Views& views, projections::AsOf at) {
            return projections::recompute_preview(views, inside_->store.events(), reader.viewer, at,
                                                  reader.language, query);
        });
}

Result<RecomputePreview> Reading::recomputed(const Reader& reader,
                                             const std::vector<projections::RecomputedCase>& cases) {
    return inside_->list<RecomputePreview>(
        reader, "list", {}, [&](const projections::Views& views, projections::AsOf at) {
            return projections::recomputed(views, inside_->store.events(), reader.viewer, at, reader.language,
                                           cases);
        });
}

Result<BulkAssignment> Reading::assignment_preview(const Reader& reader,
                                                   const projections::BulkAssignmentQuery& query) {
    return inside_->list<BulkAssignment>(
        reader, "list", {}, [&](const projections::Views& views, projections::AsOf at) {
            return projections::assignment_preview(views, inside_->store.events(), reader.viewer, at,
                                                   reader.language, query);
        });
}

Result<BulkAssignment> Reading::assigned(const Reader& reader,
                                         const projections::BulkAssignmentQuery& query) {
    return inside_->list<BulkAssignment>(
        reader, "list", {}, [&](const projections::Views& views, projections::AsOf at) {
            return projections::assigned(views, inside_->store.events(), reader.viewer, at, reader.language,
                                         query);
        });
}

Result<OwnFigures> Reading::own_figures(const Reader& reader) {
    if (!works_with_cases(reader.viewer)) return not_allowed();
    return inside_->at({}, [&](const projections::Views& views, projections::AsOf as_of) {
        return projections::own_figures(views, reader.viewer, as_of, reader.language);
    });
}

Result<RequestTracker> Reading::request_tracker(const Reader& reader,
                                                const projections::RequestTrackerQuery& query,
                                                const AsOf& as_of) {
    const auto asked = bounded(query);
    return inside_->list<RequestTracker>(
        reader, "list", as_of, [&](const projections::Views& views, projections::AsOf at) {
            return projections::request_tracker(views, inside_->store.events(), reader.viewer, at,
                                                reader.language, asked);
        });
}

Result<CauseBreakdown> Reading::cause_breakdown(const Reader& reader,
                                                const projections::CauseBreakdownQuery& query,
                                                const AsOf& as_of) {
    const auto asked = bounded(query);
    return inside_->list<CauseBreakdown>(
        reader, "list", as_of, [&](const projections::Views& views, projections::AsOf at) {
            return projections::cause_breakdown(views, inside_->store.events(), reader.viewer, at,
                                                reader.language, asked);
        });
}

Result<SearchResult> Reading::search(const Reader& reader, projections::search::Search& search,
                                     const SearchQuery& query) {
    if (characters_in(query.text()) > searched_characters_max) {
        return reject(Reason::Invalid, "search.too_long", {{"most", std::to_string(searched_characters_max)}},
                      "text");
    }
    if (projections::search::tokens_of(query.text(), projections::search::Side::Question).empty())
        return reject(Reason::Invalid, "search.empty", {}, "text");
    projections::search::Query asked;
    asked.text = query.text();
    for (const auto& name : query.kinds()) {
        const auto known = std::ranges::find_if(domain::kinds(), [&](const auto& each) {
            return each.stream_prefix == name && domain::area_of(each.kind);
        });
        if (known == domain::kinds().end())
            return reject(Reason::Invalid, "search.unknown_kind", {}, "kinds");
        asked.kinds.insert(known->kind);
    }
    asked.page.cursor = query.cursor();
    if (query.limit() != 0) asked.page.limit = query.limit();
    asked = bounded(asked);
    search.catch_up();
    return inside_->list<SearchResult>(
        reader, "search", {}, [&](const projections::Views& views, projections::AsOf at) {
            return search.find(views, reader.viewer, at, reader.language, asked);
        });
}

// ---- reference data ----

namespace {

// Every event of the type that a reference stream holds, in order.
template <class Event>
std::vector<Event> all_set(store::Store& store, std::string_view stream) {
    std::vector<Event> all;
    store.events().read_stream(reference_stream(stream), {}, [&](const store::Record& record) {
        const auto opened = store.events().open(record, store::Depth::Facts);
        if (const auto* event = dynamic_cast<const Event*>(opened.event.get())) all.push_back(*event);
        return true;
    });
    return all;
}

// The stream's version and the reference data are read together or not at all: a version that is
// older than what is shown only makes a change stale, never lost.
template <class List, class Fill>
Result<List> reference_list(const Reader& reader, Right right, store::Store& store,
                            const projections::ReadModel& model, std::string_view stream, Fill&& fill) {
    if (!domain::may(reader.viewer, right)) return not_allowed();
    List list;
    list.set_version(store.events().version(reference_stream(stream)).value);
    model.read([&](const projections::Views& views) {
        fill(views.reference, list);
        return 0;
    });
    return list;
}

}  // namespace

Result<OrganisationView> Reading::organisation(const Reader& reader) {
    return reference_list<OrganisationView>(reader, Right::SeeReference, inside_->store, inside_->model,
                                            "organisation",
                                            [](const domain::Reference& reference, OrganisationView& view) {
                                                *view.mutable_given() = reference.organisation();
                                            });
}

Result<LetterTemplateList> Reading::letter_templates(const Reader& reader) {
    const auto today = inside_->today();
    return reference_list<LetterTemplateList>(
        reader, Right::SeeReference, inside_->store, inside_->model, "letters",
        [&](const domain::Reference& reference, LetterTemplateList& list) {
            const auto fill = [](LetterTemplateView& view, const domain::LetterTemplate& letter) {
                view.set_version(letter.version);
                *view.mutable_given() = letter.given;
            };
            const auto in_force = reference.letter_templates(today);
            for (const auto* letter : in_force) fill(*list.add_letters(), *letter);
            const auto listed = [&](const LetterTemplateSet& set) {
                return std::ranges::any_of(in_force, [&](const auto* letter) {
                    return letter->version == set.version() &&
                           letter->given.template_id() == set.given().template_id();
                });
            };
            for (const auto& set : all_set<LetterTemplateSet>(inside_->store, "letters"))
                if (!listed(set)) fill(*list.add_other_versions(), {set.version(), set.given()});
            for (const auto name : domain::letter_fields()) {
                auto& field = *list.add_fields();
                field.set_name(std::string(name));
                field.set_label(domain::letter_field_label(name, reader.language));
            }
        });
}

Result<UnitList> Reading::units(const Reader& reader) {
    const auto today = inside_->today();
    return reference_list<UnitList>(
        reader, Right::SeeReference, inside_->store, inside_->model, "units",
        [&](const domain::Reference& reference, UnitList& list) {
            // A version is set again by its first day: what was said last holds.
            std::map<std::pair<std::string, std::string>, SetUnit> versions;
            for (auto& set : all_set<UnitSet>(inside_->store, "units"))
                versions[{set.given().unit_id(), set.given().valid_from()}] = std::move(*set.mutable_given());
            for (const auto* newest : reference.units()) {
                const auto* of_today = reference.unit(newest->given.unit_id(), today);
                *list.add_units() = of_today->given;
                versions.erase({of_today->given.unit_id(), of_today->given.valid_from()});
            }
            for (auto& [key, other] : versions) *list.add_other_versions() = std::move(other);
        });
}

Result<UnitsInUse> Reading::units_in_use(const Reader& reader) {
    if (!domain::may(reader.viewer, Right::ManageReference)) return not_allowed();
    std::map<std::string, UnitsInUse::Unit> by_unit;
    for (const auto& [unit, cases] : inside_->model.read(
             [](const projections::Views& views) { return projections::open_cases_by_unit(views); }))
        by_unit[unit].set_open_cases(cases);
    for (const auto* user : inside_->directory.everyone()->reference.users()) {
        if (!user->active()) continue;
        for (const auto& unit : user->units()) by_unit[unit].set_users(by_unit[unit].users() + 1);
    }
    UnitsInUse use;
    for (auto& [unit, counted] : by_unit) {
        counted.set_unit_id(unit);
        *use.add_units() = std::move(counted);
    }
    return use;
}

Result<PolicyEffect> Reading::policy_effect(const Reader& reader, const SetPolicy& policy) {
    if (!domain::may(reader.viewer, Right::ManageReference)) return not_allowed();
    const auto now = inside_->now();
    const auto fault = inside_->model.read([&](const projections::Views& views) {
        const domain::Context context{reader.viewer.user_id,      "policies",      now,
                                      domain::helsinki_date(now), views.reference, {}};
        const auto decided = domain::reference_data::decide({}, policy, context);
        return decided ? std::optional<domain::Rejection>() : decided.error();
    });
    if (fault) return tl::unexpected(*fault);
    return inside_->at({}, [&](const projections::Views& views, projections::AsOf as_of) {
        return projections::policy_effect(views, as_of, policy);
    });
}

Result<CodeSetList> Reading::code_sets(const Reader& reader) {
    return reference_list<CodeSetList>(reader, Right::SeeReference, inside_->store, inside_->model, "codes",
                                       [](const domain::Reference& reference, CodeSetList& list) {
                                           for (const auto& name : reference.code_sets()) {
                                               for (const auto* set : reference.code_set_versions(name)) {
                                                   auto& view = *list.add_code_sets();
                                                   view.set_version(set->version);
                                                   *view.mutable_given() = set->given;
                                               }
                                           }
                                       });
}

Result<AuthorityList> Reading::authorities(const Reader& reader) {
    return reference_list<AuthorityList>(reader, Right::SeeReference, inside_->store, inside_->model,
                                         "authorities",
                                         [](const domain::Reference& reference, AuthorityList& list) {
                                             for (const auto* authority : reference.authorities())
                                                 *list.add_authorities() = *authority;
                                         });
}

Result<PolicyList> Reading::policies(const Reader& reader) {
    const auto today = inside_->today();
    return reference_list<PolicyList>(
        reader, Right::SeeReference, inside_->store, inside_->model, "policies",
        [&](const domain::Reference& reference, PolicyList& list) {
            const auto fill = [](PolicyView& view, const domain::Policy& policy) {
                view.set_version(policy.version);
                *view.mutable_given() = policy.given;
            };
            for (const auto* now : reference.policies(today)) {
                fill(*list.add_policies(), *now);
                for (std::uint32_t version = 1;; ++version) {
                    const auto* other = reference.policy_version(now->given.policy(), version);
                    if (other == nullptr) break;
                    if (other != now) fill(*list.add_other_versions(), *other);
                }
            }
        });
}

Result<RetentionScheduleList> Reading::retention_schedules(const Reader& reader) {
    const auto today = inside_->today();
    return reference_list<RetentionScheduleList>(
        reader, Right::SeeReference, inside_->store, inside_->model, "retention",
        [&](const domain::Reference& reference, RetentionScheduleList& list) {
            const auto* subjects = reference.code_set("retention_subject", today);
            if (subjects == nullptr) return;
            for (const auto& subject : subjects->given.codes()) {
                const auto* now = reference.retention(subject.code(), today, today);
                for (const auto* version : reference.retention_versions(subject.code())) {
                    auto& view = version == now ? *list.add_schedules() : *list.add_other_versions();
                    view.set_version(version->version);
                    *view.mutable_given() = version->given;
                }
            }
        });
}

Result<ClosingDayList> Reading::closing_days(const Reader& reader) {
    return reference_list<ClosingDayList>(reader, Right::SeeReference, inside_->store, inside_->model,
                                          "closing-days",
                                          [](const domain::Reference& reference, ClosingDayList& list) {
                                              for (const auto* day : reference.closing_days())
                                                  *list.add_closing_days() = *day;
                                          });
}

Result<AbsenceList> Reading::absences(const Reader& reader) {
    const bool everybodys = domain::may(reader.viewer, Right::ManageReference);
    if (!everybodys && !works_with_cases(reader.viewer)) return not_allowed();
    const auto today = inside_->today();
    return reference_list<AbsenceList>(
        reader, Right::SeeReference, inside_->store, inside_->model, "absences",
        [&](const domain::Reference& reference, AbsenceList& list) {
            for (const auto* absence : reference.absences_from(today)) {
                const auto* user = reference.user(absence->user_id());
                if (user == nullptr) continue;
                if (everybodys || share_an_area(reader.viewer, domain::viewer_of(*user)))
                    *list.add_absences() = *absence;
            }
        });
}

Result<UserList> Reading::users(const Reader& reader) {
    if (!domain::may(reader.viewer, Right::ManageReference)) return not_allowed();
    const auto everyone = inside_->directory.everyone();
    UserList list;
    list.set_version(everyone->version.value);
    for (const auto* user : everyone->reference.users()) *list.add_users() = *user;
    inside_->log(reader, "users", store::AccessArea::Reference, {});
    return list;
}

Result<ColleagueList> Reading::colleagues(const Reader& reader) {
    if (!works_with_cases(reader.viewer)) return not_allowed();
    ColleagueList list;
    for (const auto* user : inside_->directory.everyone()->reference.users()) {
        if (!user->active()) continue;
        if (!share_an_area(reader.viewer, domain::viewer_of(*user))) continue;
        auto& colleague = *list.add_colleagues();
        colleague.set_user_id(user->user_id());
        colleague.set_name(user->name());
        for (const int role : user->roles()) colleague.add_roles(static_cast<Role>(role));
    }
    return list;
}

Result<TotalsList> Reading::totals(const Reader& reader) {
    if (!works_with_cases(reader.viewer)) return not_allowed();
    TotalsList list;
    const auto stream = reference_stream("totals");
    inside_->store.events().read_stream(stream, {}, [&](const store::Record& record) {
        const auto opened = inside_->store.events().open(record, store::Depth::Facts);
        if (const auto* released = dynamic_cast<const TotalsReleased*>(opened.event.get())) {
            *list.add_releases() = *released;
        }
        list.set_version(record.version.value);
        return true;
    });
    return list;
}

// ---- export ----

namespace {

class LogExport : public Reading::Export {
public:
    struct Shown {
        std::set<std::string> case_ids;
        bool users = false;  // names and logins of those who work with the service
    };
    using Log = std::function<void(const Shown&)>;
    LogExport(domain::Viewer viewer, store::Store& store, projections::ReadModel& model, ExportQuery query,
              store::Position until, Log log)
        : viewer_(std::move(viewer)),
          events_(store.events()),
          organisation_(store.organisation()),
          model_(model),
          after_(query.after),
          provable_(query.provable),
          until_(until),
          log_(std::move(log)) {}

    std::string next() override {
        std::string piece;
        Shown shown;
        while (piece.empty() && after_ < until_) {
            std::size_t looked_at = 0;
            std::size_t bytes = 0;
            std::vector<store::Record> records;
            events_.read_log(after_, until_, [&](const store::Record& record) {
                after_ = record.position;
                records.push_back(record);
                bytes += record.facts.size() + record.sealed.size();
                return ++looked_at < export_records_a_piece && bytes < export_piece_bytes_max;
            });
            if (looked_at == 0) break;
            for (const auto& record : records) add(record, piece, shown);
        }
        if (!shown.case_ids.empty() || shown.users) log_(shown);
        return piece;
    }

private:
    void add(const store::Record& record, std::string& piece, Shown& shown) {
        if (!may_see(record)) {
            if (provable_) piece += hidden_record(record.position, events_.leaf(record.position)) + '\n';
            return;
        }
        const auto opened = events_.open(record, store::Depth::Everything);
        piece += provable_ ? provable_cloud_event(record, opened, organisation_)
                           : cloud_event(record, opened, organisation_);
        piece += '\n';
        if (opened.key_gone) return;
        const auto kind = domain::kind_of_stream(record.stream.value);
        if (kind && domain::area_of(*kind)) shown.case_ids.insert(case_id_of(record.stream));
        if (record.stream == reference_stream("users")) shown.users = true;
    }
    // Asked anew for every record: a right that ends while a long export runs ends the export of those.
    bool may_see(const store::Record& record) {
        const auto kind = domain::kind_of_stream(record.stream.value);
        // They go out as what they are: a published file, a certificate.
        if (!kind || *kind == PUBLICATION || *kind == DESTRUCTION) return false;
        if (!domain::area_of(*kind)) {
            // What people were told of names cases of both areas, over the wall.
            if (record.stream == reference_stream("alerts")) return viewer_.operating_system_user;
            // Users hold names and logins, which are the administrator's.
            return record.stream != reference_stream("users") || domain::may(viewer_, Right::ManageReference);
        }
        return model_.read([&](const projections::Views& views) {
            const auto scope = views.cases->scope(case_id_of(record.stream));
            return scope && domain::sight(viewer_, *scope, views.reference) == domain::Sight::Content;
        });
    }

    domain::Viewer viewer_;
    store::EventStore& events_;
    std::string organisation_;
    projections::ReadModel& model_;
    store::Position after_;
    bool provable_;
    store::Position until_;
    Log log_;
};

}  // namespace

Result<std::unique_ptr<Reading::Export>> Reading::export_events(const Reader& reader,
                                                                const ExportQuery& query) {
    if (!domain::may(reader.viewer, Right::Export)) return not_allowed();
    const auto head = inside_->model.read([](const projections::Views& views) { return views.position; });
    return std::unique_ptr<Export>(std::make_unique<LogExport>(
        reader.viewer, inside_->store, inside_->model, query, std::min(head, query.until.value_or(head)),
        [inside = inside_.get(), reader](const LogExport::Shown& shown) {
            inside->log(reader, "export", {shown.case_ids.begin(), shown.case_ids.end()});
            if (shown.users) inside->log(reader, "export", store::AccessArea::Reference, {});
        }));
}

void Reading::compared(const Reader& reader, const import::ImportSummary& summary) {
    std::set<std::string> case_ids;
    for (const auto& change : summary.changes) case_ids.insert(change.case_id);
    inside_->log(reader, "import", {case_ids.begin(), case_ids.end()});
}

void Reading::shown(const Reader& reader, const std::string& what, Area area,
                    std::vector<std::string> case_ids) {
    if (!case_ids.empty()) inside_->log(reader, what, access_area(area), std::move(case_ids));
}

// ---- the access log, figures of the installation ----

Result<AccessLogPage> Reading::access_log(const Reader& reader, const AccessLogQuery& query) {
    if (!domain::may_read_access_log(reader.viewer, query.area)) return not_allowed();
    const auto limit = std::clamp<std::size_t>(query.limit, 1, entries_max);
    AccessLogPage page;
    std::set<std::string> shown;
    const auto area = access_area(query.area);
    inside_->store.access().read(
        area, query.after, [&](const store::Record& record, const PersonalDataRead& read) {
            const auto& ids = read.case_ids();
            if (!query.case_id.empty() && std::find(ids.begin(), ids.end(), query.case_id) == ids.end())
                return true;
            if (static_cast<std::size_t>(page.entries_size()) == limit) {
                page.set_next_cursor(std::to_string(page.entries(page.entries_size() - 1).position()));
                return false;
            }
            auto& entry = *page.add_entries();
            entry.set_position(record.position.value);
            const auto micros = record.recorded_at.time_since_epoch().count();
            entry.mutable_recorded_at()->set_seconds(micros / 1'000'000);
            entry.mutable_recorded_at()->set_nanos(static_cast<std::int32_t>(micros % 1'000'000 * 1000));
            entry.set_actor(read.user_id());
            *entry.mutable_read() = read;
            shown.insert(ids.begin(), ids.end());
            return true;
        });
    // Who turned to the ombudsman can be read off the log itself: reading it is a read like any other.
    if (!shown.empty()) inside_->log(reader, "access-log", area, {shown.begin(), shown.end()});
    return page;
}

Result<Stats> Reading::stats(const Reader& reader) {
    if (!domain::may(reader.viewer, Right::SeeHealth)) return not_allowed();
    const auto head = inside_->store.events().head();
    struct Seen {
        std::uint64_t events = 0;
        std::uint64_t streams = 0;
    };
    std::map<std::string, Seen> kinds;
    std::map<std::string, std::uint64_t> types;
    inside_->store.events().read_log({}, head.position, [&](const store::Record& record) {
        const auto kind = domain::kind_of_stream(record.stream.value);
        auto& seen = kinds[kind ? std::string(domain::entry(*kind).stream_prefix) : "other"];
        ++seen.events;
        if (record.version.value == 1) ++seen.streams;
        ++types[record.type];
        return true;
    });
    Stats stats;
    stats.set_position(head.position.value);
    for (const char byte : head.root) {
        stats.mutable_root()->append(fmt::format("{:02x}", static_cast<unsigned char>(byte)));
    }
    stats.set_access_position(inside_->store.access().head().position.value);
    for (const auto& [name, seen] : kinds) {
        auto& count = *stats.add_kinds();
        count.set_kind(name);
        count.set_events(seen.events);
        count.set_streams(seen.streams);
    }
    for (const auto& [type, events] : types) {
        auto& count = *stats.add_types();
        count.set_type(type);
        count.set_events(events);
    }
    stats.set_healthy(inside_->store.healthy());
    return stats;
}

}  // namespace vastine::api
