// Who looked: files opened in an emergency, the auditor's search of the access log, a person's extract of it.
// Functions of Reading; every one of them is on record itself.

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "api/cloud_events.hpp"
#include "api/json.hpp"
#include "api/reading_inside.hpp"
#include "domain/cases/kinds.hpp"
#include "domain/schema/check.hpp"
#include "projections/csv_line.hpp"

namespace vastine::api {

namespace {

using domain::Area;
using domain::Reason;
using domain::reject;
using domain::Result;
using projections::LookedQuery;
using projections::Views;
using reading::access_area;
using reading::not_allowed;

constexpr std::size_t entries_max = 200;
constexpr std::size_t export_entries_a_piece = 500;
constexpr std::size_t days_shown = 50;
constexpr std::size_t extract_entries_max = 20'000;
constexpr std::string_view extract_ground = "703/2023 §11";

const std::string opened_file = "break-glass";

LookedEntry entry_of(const store::Record& record, const PersonalDataRead& read, domain::Language language) {
    LookedEntry entry;
    entry.set_position(record.position.value);
    *entry.mutable_at() = timestamp(record.recorded_at);
    entry.set_user_id(read.user_id());
    *entry.mutable_roles() = read.roles();
    entry.set_what(read.what());
    entry.set_what_text(what_text(read.what(), language));
    entry.set_route(read.route());
    *entry.mutable_case_ids() = read.case_ids();
    entry.set_purpose(read.purpose());
    entry.set_receiver(read.receiver());
    entry.set_legal_ground(read.legal_ground());
    return entry;
}

// Opened one by one, as they stand in the log; a month whose key is destroyed has nothing to tell.
std::vector<LookedEntry> opened(const store::AccessLog& log, store::AccessArea area,
                                const std::vector<store::Position>& positions, domain::Language language) {
    std::vector<LookedEntry> entries;
    entries.reserve(positions.size());
    for (const auto position : positions)
        log.read(area, {position.value - 1}, [&](const store::Record& record, const PersonalDataRead& read) {
            if (record.position == position) entries.push_back(entry_of(record, read, language));
            return false;
        });
    return entries;
}

std::set<std::string> cases_of(const std::vector<LookedEntry>& entries) {
    std::set<std::string> shown;
    for (const auto& entry : entries) shown.insert(entry.case_ids().begin(), entry.case_ids().end());
    return shown;
}

// How people are called, and the units that they belong to.
void name(std::vector<LookedEntry>& entries, const domain::Reference& people, const domain::Reference& units,
          domain::Language language) {
    for (auto& entry : entries) {
        const auto* user = people.user(entry.user_id());
        if (user == nullptr) continue;
        entry.set_user_name(user->name());
        for (const auto& id : user->units())
            if (const auto* unit = units.unit(id))
                entry.add_units(domain::in_language(unit->given.name(), language));
    }
}
void name(std::vector<LookedEntry>& entries, const domain::Reference& people,
          const projections::ReadModel& model, domain::Language language) {
    model.read([&](const Views& views) {
        name(entries, people, views.reference, language);
        return 0;
    });
}

// How users, units and the organisation were called when the event at this position was written.
domain::Reference names_at(const store::EventStore& events, store::Position position) {
    domain::Reference names;
    for (const auto* stream : {"-users", "-units", "-organisation"})
        events.read_stream({std::string(domain::entry(REFERENCE).stream_prefix) + stream}, {},
                           [&](const store::Record& record) {
                               if (record.position > position) return false;
                               names.apply(*events.open(record, store::Depth::Everything).event);
                               return true;
                           });
    return names;
}

store::StreamId stream_of(const projections::CasePageQuery& of) {
    return {std::string(domain::entry(of.kind).stream_prefix) + "-" + of.case_id};
}

// What was released of a case before, in order; nothing of a case whose key is destroyed.
struct Released {
    LogExtractReleased event;
    store::Position position;
};
std::vector<Released> releases_of(const store::EventStore& events, const projections::CasePageQuery& of) {
    std::vector<Released> all;
    events.read_stream(stream_of(of), {}, [&](const store::Record& record) {
        if (record.type != LogExtractReleased::descriptor()->full_name()) return true;
        const auto event = events.open(record, store::Depth::Everything);
        if (event.key_gone) return true;
        all.push_back({dynamic_cast<const LogExtractReleased&>(*event.event), record.position});
        return true;
    });
    return all;
}

// Extracts are for whoever releases them; whoever may not see a case does not learn that it is there.
Result<std::monostate> may_extract(const Views& views, const domain::Viewer& viewer,
                                   const projections::CasePageQuery& of,
                                   const std::vector<std::string>& others) {
    const auto scope = views.cases->scope(of.case_id);
    if (!scope || scope->kind != of.kind) return reject(Reason::NotFound, "access.no_such_case");
    if (auto may = domain::may_command(viewer, extract_rule(of.kind), of.kind, *scope, views.reference); !may)
        return may;
    for (const auto& other : others) {
        const auto theirs = views.cases->scope(other);
        const bool fits = theirs && domain::area_of(theirs->kind) == domain::area_of(of.kind) &&
                          domain::sight(viewer, *theirs, views.reference) == domain::Sight::Content;
        if (!fits) return reject(Reason::Invalid, "execution.no_such_other_case", {}, "other_cases");
    }
    return std::monostate{};
}

LookedQuery of_extract(const projections::CasePageQuery& of, const ReleaseLogExtract& release) {
    LookedQuery query;
    query.case_ids = {release.other_cases().begin(), release.other_cases().end()};
    query.case_ids.push_back(of.case_id);
    query.from = projections::day_of(release.from());
    query.until = projections::day_of(release.until());
    query.up_to = {release.reviewed_to()};
    return query;
}

class CsvExport : public Reading::Export {
public:
    using Piece = std::function<std::vector<LookedEntry>(const LookedQuery&)>;
    CsvExport(LookedQuery query, domain::Language language, Piece piece)
        : query_(std::move(query)), language_(language), piece_(std::move(piece)) {}

    std::string next() override {
        if (ended_) return {};
        std::string lines;
        if (!begun_) {
            std::vector<std::string> head;
            for (const auto* column :
                 {"looked.csv.position", "looked.csv.at", "looked.csv.user_id", "looked.csv.user",
                  "looked.csv.roles", "looked.csv.what", "looked.csv.route", "looked.csv.purpose",
                  "looked.csv.receiver", "looked.csv.legal_ground", "looked.csv.cases"})
                head.push_back(domain::text(column, language_));
            lines = projections::csv_line(head);
            begun_ = true;
        }
        const auto entries = piece_(query_);
        ended_ = entries.empty();
        for (const auto& entry : entries) {
            query_.before = {entry.position()};
            std::string cases;
            for (const auto& id : entry.case_ids()) cases += (cases.empty() ? "" : " ") + id;
            lines += projections::csv_line({std::to_string(entry.position()), rfc3339(instant_of(entry.at())),
                                            entry.user_id(), entry.user_name(), roles_text(entry, language_),
                                            entry.what_text(), entry.route(), entry.purpose(),
                                            entry.receiver(), entry.legal_ground(), cases});
        }
        return lines;
    }

private:
    static store::Instant instant_of(const google::protobuf::Timestamp& at) {
        return store::Instant(std::chrono::seconds(at.seconds()) +
                              std::chrono::microseconds(at.nanos() / 1000));
    }
    LookedQuery query_;
    domain::Language language_;
    Piece piece_;
    bool begun_ = false;
    bool ended_ = false;
};

}  // namespace

const CommandRule& extract_rule(Kind kind) {
    return domain::command(kind, "release-log-extract")->rule;
}

// ---- in an emergency ----

Result<Area> Reading::break_glass(const Reader& reader, const projections::CasePageQuery& query,
                                  const BreakGlass& asked) {
    const auto& inside = *inside_;
    const auto today = inside.today();
    auto area = inside.model.read([&](const Views& views) -> Result<Area> {
        // Who has no such right in this area is told so, whatever case they name.
        const auto own = domain::area_of(query.kind);
        if (!own || !domain::opens_in_emergency(reader.viewer, query.kind)) {
            if (own && domain::works_in(reader.viewer, *own)) return not_allowed();
            return reject(Reason::NotFound, "access.no_such_case");
        }
        if (auto checked = domain::check_fields(asked, views.reference, today); !checked)
            return tl::unexpected(std::move(checked.error()));
        const auto scope = views.cases->scope(query.case_id);
        if (!scope || scope->kind != query.kind) return reject(Reason::NotFound, "access.no_such_case");
        if (auto may = domain::may_break_glass(reader.viewer, *scope, views.reference); !may)
            return tl::unexpected(std::move(may.error()));
        return *own;
    });
    if (!area) return area;
    auto stated = reader;
    stated.purpose = asked.reason();
    inside.log(stated, opened_file, access_area(*area), {query.case_id});
    return area;
}

std::vector<std::string> Reading::hearers_of_emergencies(Area area) const {
    std::vector<std::string> hearers;
    for (const auto* user : inside_->directory.everyone()->reference.users())
        if (user->active() && domain::hears_of_emergencies(domain::viewer_of(*user), area))
            hearers.push_back(user->user_id());
    return hearers;
}

Result<EmergencyList> Reading::emergencies(const Reader& reader, Area area, store::Position before,
                                           std::size_t limit) {
    if (!domain::hears_of_emergencies(reader.viewer, area)) return not_allowed();
    auto& inside = *inside_;
    auto& index = inside.looked(area);
    index.catch_up();
    LookedQuery query;
    query.what = opened_file;
    query.before = before;
    const auto most = std::clamp<std::size_t>(limit, 1, entries_max);
    const auto found = index.find(query, most + 1);
    auto entries = opened(inside.store.access(), access_area(area), found.positions, reader.language);
    const bool more = entries.size() > most;
    if (more) entries.resize(most);
    name(entries, inside.directory.everyone()->reference, inside.model, reader.language);
    const auto shown = cases_of(entries);
    inside.log(reader, "emergencies", access_area(area), {shown.begin(), shown.end()});
    EmergencyList list;
    inside.model.read([&](const Views& views) {
        for (const auto& entry : entries) {
            auto& emergency = *list.add_emergencies();
            emergency.set_position(entry.position());
            *emergency.mutable_opened_at() = entry.at();
            emergency.set_user_id(entry.user_id());
            emergency.set_user_name(entry.user_name());
            emergency.set_reason(entry.purpose());
            if (entry.case_ids().empty()) continue;
            emergency.set_case_id(entry.case_ids(0));
            const auto scope = views.cases->scope(entry.case_ids(0));
            if (!scope) continue;
            emergency.set_kind(std::string(domain::entry(scope->kind).stream_prefix));
            emergency.set_visible(domain::sight(reader.viewer, *scope, views.reference) ==
                                  domain::Sight::Content);
        }
        return 0;
    });
    if (more) list.set_next_cursor(std::to_string(entries.back().position()));
    return list;
}

// ---- the auditor's search ----

Result<LookedSearch> Reading::search_log(const Reader& reader, const LookedSearchQuery& query) {
    if (!domain::may_read_access_log(reader.viewer, query.area)) return not_allowed();
    auto& inside = *inside_;
    auto& index = inside.looked(query.area);
    LookedSearch result;
    // The search does not find itself, nor does its next page find the page before.
    auto asked = query.find;
    result.set_looked_to(index.catch_up().value);
    const auto most = std::clamp<std::size_t>(query.limit, 1, entries_max);
    auto found = index.find(asked, most + 1);
    const bool more = found.positions.size() > most;
    if (more) found.positions.resize(most);
    auto entries = opened(inside.store.access(), access_area(query.area), found.positions, reader.language);
    const auto everyone = inside.directory.everyone();
    name(entries, everyone->reference, inside.model, reader.language);

    // Who turned to the ombudsman can be read off the log: what a search names or shows is on record itself.
    auto shown = cases_of(entries);
    shown.insert(asked.case_ids.begin(), asked.case_ids.end());
    inside.log(reader, "log-search", access_area(query.area), {shown.begin(), shown.end()});

    result.set_found(found.all);
    if (more) result.set_next_cursor(std::to_string(found.positions.back().value));
    for (auto& entry : entries) *result.add_entries() = std::move(entry);
    for (const auto& what : index.whats()) {
        auto& word = *result.add_whats();
        word.set_word(what);
        word.set_text(what_text(what, reader.language));
    }
    for (const auto& id : index.users()) {
        auto& one = *result.add_users();
        one.set_word(id);
        const auto* user = everyone->reference.user(id);
        one.set_text(user == nullptr ? id : user->name());
    }
    if (asked.before.value != 0) return result;
    const auto days = index.by_day(asked);
    result.set_days_in_all(days.size());
    for (std::size_t i = 0; i < std::min(days.size(), days_shown); ++i) {
        auto& day = *result.add_days();
        day.set_user_id(days[i].user_id);
        if (const auto* user = everyone->reference.user(days[i].user_id)) day.set_user_name(user->name());
        day.set_day(projections::iso(days[i].day));
        day.set_reads(days[i].reads);
        day.set_cases(days[i].cases);
    }
    return result;
}

Result<std::unique_ptr<Reading::Export>> Reading::export_log(const Reader& reader,
                                                             const LookedSearchQuery& query) {
    if (!domain::may_read_access_log(reader.viewer, query.area)) return not_allowed();
    auto asked = query.find;
    // What is recorded meanwhile, this export's own pieces among it, is not in it.
    asked.up_to = inside_->looked(query.area).catch_up();
    return std::unique_ptr<Export>(std::make_unique<CsvExport>(
        asked, reader.language, [inside = inside_.get(), reader, area = query.area](const LookedQuery& at) {
            const auto found = inside->looked(area).find(at, export_entries_a_piece);
            auto entries =
                opened(inside->store.access(), access_area(area), found.positions, reader.language);
            name(entries, inside->directory.everyone()->reference, inside->model, reader.language);
            const auto shown = cases_of(entries);
            inside->log(reader, "log-export", access_area(area), {shown.begin(), shown.end()});
            return entries;
        }));
}

// ---- a person's extract ----

Result<LogExtractPreview> Reading::log_extract_preview(const Reader& reader, const LogExtractQuery& query) {
    auto& inside = *inside_;
    auto may = inside.model.read(
        [&](const Views& views) { return may_extract(views, reader.viewer, query.of, query.other_cases); });
    if (!may) return tl::unexpected(std::move(may.error()));
    const auto area = *domain::area_of(query.of.kind);
    auto& index = inside.looked(area);
    const auto until = query.until.value_or(inside.today());
    const auto from = query.from.value_or(domain::casework::two_years_before(inside.today()));
    ReleaseLogExtract of;
    of.set_from(domain::to_string(from));
    of.set_until(domain::to_string(until));
    for (const auto& other : query.other_cases) of.add_other_cases(other);
    of.set_reviewed_to(index.catch_up().value);
    auto found = index.find(of_extract(query.of, of), extract_entries_max);
    std::ranges::reverse(found.positions);
    auto entries = opened(inside.store.access(), access_area(area), found.positions, reader.language);
    name(entries, inside.directory.everyone()->reference, inside.model, reader.language);

    LogExtractPreview preview;
    projections::CaseContents contents(query.of.kind, query.of.case_id);
    auto state = domain::initial(query.of.kind);
    inside.store.events().read_stream(stream_of(query.of), {}, [&](const store::Record& record) {
        domain::evolve(state, *inside.store.events().open(record, store::Depth::Everything).event);
        return true;
    });
    preview.set_disclosure_banned(domain::disclosure_banned(state));
    for (const auto& [release, position] : releases_of(inside.store.events(), query.of)) {
        auto& before = *preview.add_released();
        before.set_extract_id(release.extract_id());
        before.set_released_on(release.released_on());
        before.set_from(release.given().from());
        before.set_until(release.given().until());
        before.set_recipient(release.given().recipient());
        before.set_language(release.given().language());
        before.set_withheld(static_cast<std::uint32_t>(release.given().withheld_size()));
    }
    // The cases it is of are shown by it; the others that stood in the same lists are not.
    std::vector<std::string> shown = query.other_cases;
    shown.push_back(query.of.case_id);
    inside.log(reader, "log-extract", access_area(area), shown);
    preview.set_case_id(query.of.case_id);
    *preview.mutable_other_cases() = of.other_cases();
    preview.set_from(of.from());
    preview.set_until(of.until());
    preview.set_reviewed_to(of.reviewed_to());
    const std::set<std::string> own(shown.begin(), shown.end());
    for (auto& entry : entries) {
        auto& ids = *entry.mutable_case_ids();
        ids.erase(std::remove_if(ids.begin(), ids.end(), [&](const auto& id) { return !own.contains(id); }),
                  ids.end());
        *preview.add_entries() = std::move(entry);
    }
    return preview;
}

Result<std::monostate> Reading::check_release(const Reader& reader, const projections::CasePageQuery& of,
                                              const ReleaseLogExtract& release) {
    auto& inside = *inside_;
    const std::vector<std::string> others(release.other_cases().begin(), release.other_cases().end());
    auto may =
        inside.model.read([&](const Views& views) { return may_extract(views, reader.viewer, of, others); });
    if (!may) return may;
    auto& index = inside.looked(*domain::area_of(of.kind));
    if (release.reviewed_to() > index.catch_up().value)
        return reject(Reason::Invalid, "casework.reviewed_beyond_the_log", {}, "reviewed_to");
    const auto found = index.find(of_extract(of, release), extract_entries_max + 1);
    if (found.positions.size() > extract_entries_max)
        return reject(Reason::Invalid, "casework.extract_too_long", {}, "from");
    for (int i = 0; i < release.withheld_size(); ++i) {
        const store::Position position{release.withheld(i).position()};
        if (std::ranges::find(found.positions, position) == found.positions.end())
            return reject(Reason::Invalid, "casework.withheld_entry_unknown", {},
                          "withheld[" + std::to_string(i) + "].position");
    }
    return std::monostate{};
}

void Reading::released(const Reader& reader, const projections::CasePageQuery& of,
                       const ReleaseLogExtract& release) {
    std::vector<std::string> ids(release.other_cases().begin(), release.other_cases().end());
    ids.push_back(of.case_id);
    inside_->log(reader, "log-release", access_area(*domain::area_of(of.kind)), std::move(ids),
                 {release.recipient(), std::string(extract_ground)});
}

Result<ExtractWords> Reading::log_extract(const Reader& reader, const projections::CasePageQuery& of,
                                          const std::string& extract_id) {
    auto& inside = *inside_;
    auto may =
        inside.model.read([&](const Views& views) { return may_extract(views, reader.viewer, of, {}); });
    if (!may) return tl::unexpected(std::move(may.error()));
    const auto all = releases_of(inside.store.events(), of);
    const auto release =
        std::ranges::find(all, extract_id, [](const Released& each) { return each.event.extract_id(); });
    if (release == all.end()) return reject(Reason::NotFound, "casework.no_such_extract");
    const auto& given = release->event.given();
    const auto language = domain::parse_language(given.language()).value_or(domain::Language::Finnish);
    const auto area = *domain::area_of(of.kind);
    auto& index = inside.looked(area);
    index.catch_up();
    auto found = index.find(of_extract(of, given), extract_entries_max);
    std::ranges::reverse(found.positions);
    auto entries = opened(inside.store.access(), access_area(area), found.positions, language);
    const auto names = names_at(inside.store.events(), release->position);
    name(entries, names, names, language);
    inside.log(reader, "log-extract", {of.case_id});
    std::string diary_number;
    auto state = domain::initial(of.kind);
    inside.store.events().read_stream(stream_of(of), {}, [&](const store::Record& record) {
        if (record.position > release->position) return false;
        domain::evolve(state, *inside.store.events().open(record, store::Depth::Everything).event);
        return true;
    });
    if (const auto* work = domain::work(state)) diary_number = work->diary_number;
    auto words = extract_words(release->event, entries, diary_number.empty() ? of.case_id : diary_number);
    words.organisation = domain::in_language(names.organisation().name(), language);
    words.letterhead = domain::in_language(names.organisation().letterhead(), language);
    return words;
}

}  // namespace vastine::api
