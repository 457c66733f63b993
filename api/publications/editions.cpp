#include "api/publications/editions.hpp"

#include <algorithm>
#include <charconv>
#include <set>
#include <utility>

#include "domain/cases/kinds.hpp"

namespace vastine::api {

namespace publication = domain::publication;
namespace report = projections::report;
using domain::Area;

namespace {

const publication::Edition* edition_of(const publication::State& state, std::uint32_t number) {
    const auto found = std::ranges::find(state.editions, number, &publication::Edition::number);
    return found == state.editions.end() ? nullptr : &*found;
}

}  // namespace

std::string to_string(const EditionId& id) {
    return id.publication_id + "/" + std::to_string(id.edition);
}

std::optional<EditionId> parse_edition(std::string_view text) {
    const auto slash = text.rfind('/');
    if (slash == std::string_view::npos || slash == 0) return std::nullopt;
    EditionId id{std::string(text.substr(0, slash)), 0};
    const auto* end = text.data() + text.size();
    const auto read = std::from_chars(text.data() + slash + 1, end, id.edition);
    if (read.ec != std::errc() || read.ptr != end || id.edition == 0) return std::nullopt;
    return id;
}

std::optional<std::chrono::year_month> parse_month(std::string_view text) {
    if (text.size() != 7) return std::nullopt;
    const auto date = domain::parse_date(std::string(text) + "-01");
    if (!date) return std::nullopt;
    const std::chrono::year_month_day day{*date};
    return std::chrono::year_month{day.year(), day.month()};
}

store::StreamId publication_stream(std::string_view publication_id) {
    return {std::string(domain::entry(PUBLICATION).stream_prefix) + "-" + std::string(publication_id)};
}

store::KeyArea key_area(Area area) {
    return area == Area::Ombudsman ? store::KeyArea::Ombudsman : store::KeyArea::Legal;
}

report::ReportQuery query_of(const OpenPublication& opened) {
    report::ReportQuery query;
    query.kind = report::parse_kind(opened.publication_kind()).value_or(report::Kind::Annual);
    query.area = opened.area() == "legal" ? Area::Legal : Area::Ombudsman;
    query.period = {parse_month(opened.first_month()).value_or(std::chrono::year_month{}),
                    parse_month(opened.last_month()).value_or(std::chrono::year_month{})};
    return query;
}

domain::Viewer whole_area(Area area) {
    domain::Viewer viewer;
    viewer.roles.insert(area == Area::Ombudsman ? HEAD_OMBUDSMAN : LAWYER);
    return viewer;
}

publication::State Editions::state(std::string_view publication_id, store::Position until) const {
    publication::State state;
    store_.events().read_stream(
        publication_stream(publication_id), store::Version{0}, [&](const store::Record& record) {
            if (record.position > until) return false;
            const auto opened = store_.events().open(record, store::Depth::Everything);
            publication::evolve(state, *opened.event,
                                {record.position.value, record.actor, record.recorded_at});
            return true;
        });
    return state;
}

report::Content Editions::content(const projections::Views& views, std::string_view publication_id,
                                  domain::Language language) const {
    const auto now = state(publication_id, views.position);
    const auto* shelved = views.publications->find(publication_id);
    std::optional<publication::State> before;
    if (shelved != nullptr) {
        if (const auto* last = views.publications->last_published_before(
                now.opened.publication_kind(), shelved->area(), now.opened.first_month())) {
            before = state(last->id, views.position);
        }
    }
    return report::content_of(now, before ? &*before : nullptr, views.reference, language);
}

std::optional<projections::AsOf> Editions::signature(const EditionId& id) const {
    return model_.read([&](const projections::Views& views) -> std::optional<projections::AsOf> {
        const auto* shelved = views.publications->find(id.publication_id);
        const auto* edition = shelved == nullptr ? nullptr : edition_of(shelved->facts, id.edition);
        if (edition == nullptr || edition->signed_position == 0) return std::nullopt;
        const auto day = domain::parse_date(edition->signed_on);
        if (!day) return std::nullopt;
        return projections::AsOf{store::Position{edition->signed_position}, *day};
    });
}

Editions::Written Editions::written(const EditionId& id, const projections::Views& views) const {
    Written out{state(id.publication_id, views.position), {}};
    if (const auto* last = views.publications->last_published_before(out.state.opened.publication_kind(),
                                                                     publication::area(out.state),
                                                                     out.state.opened.first_month())) {
        out.before = state(last->id, views.position);
    }
    return out;
}

std::unique_ptr<SignedEdition> Editions::opened(const EditionId& id, const Watch& watch) const {
    const auto as_of = signature(id);
    if (!as_of) return nullptr;
    auto views = model_.as_of(as_of->position, watch.cancelled, [&](store::Position at) {
        watch.reached(Step::Counting, static_cast<unsigned>(at.value * 60 / as_of->position.value));
    });
    if (!views) return nullptr;
    auto edition = std::make_unique<SignedEdition>();
    edition->id = id;
    auto [state, before] = written(id, *views);
    edition->state = std::move(state);
    edition->before = std::move(before);
    edition->views = std::move(views);
    edition->as_of = *as_of;
    return edition;
}

namespace {

report::Report counted(const projections::Views& views, const publication::State& state,
                       const std::optional<publication::State>& before, projections::AsOf as_of,
                       domain::Language language) {
    const auto content = report::content_of(state, before ? &*before : nullptr, views.reference, language);
    return report::report(views, whole_area(publication::area(state)), query_of(state.opened), language,
                          as_of, content);
}

}  // namespace

report::Report Editions::internal(const SignedEdition& edition, domain::Language language) {
    return counted(*edition.views, edition.state, edition.before, edition.as_of, language);
}

// With its key the file is gone from here, not from those who fetched it: it is made again, without its
// words.
std::optional<report::Report> Editions::public_again(const Frozen& file, const report::Report& counted,
                                                     const Watch& watch) const {
    const auto json = store_.blobs().get(publication_stream(file.id.publication_id), file.blob);
    if (json) return report::report_of_json(*json);
    report::Suppression how{file.threshold, {}};
    const auto against = told(file.against, watch);
    if (!against) return std::nullopt;
    for (const auto& each : *against) how.earlier.push_back(*each.publication);
    return report::public_form(counted, how);
}

std::shared_ptr<const report::Publication> Editions::known(const EditionId& id) const {
    const std::scoped_lock lock(mutex_);
    const auto found = known_.find(id);
    return found == known_.end() ? nullptr : found->second;
}

std::optional<std::map<EditionId, report::Report>> Editions::counted_again(const std::vector<Frozen>& files,
                                                                           const Watch& watch) const {
    std::vector<std::pair<projections::AsOf, const Frozen*>> unknown;
    for (const auto& file : files) {
        if (known(file.id)) continue;
        if (const auto as_of = signature(file.id)) unknown.emplace_back(*as_of, &file);
    }
    std::ranges::sort(unknown, {}, [](const auto& each) { return each.first.position; });
    std::vector<store::Position> positions;
    for (const auto& [as_of, file] : unknown) positions.push_back(as_of.position);
    std::map<EditionId, report::Report> out;
    const auto count = [&](std::size_t index, const projections::Views& views) {
        const auto& [as_of, file] = unknown[index];
        const auto [state, before] = written(file->id, views);
        out.emplace(file->id,
                    counted(views, state, before, as_of, domain::parse_language(file->language).value()));
    };
    const bool all = model_.as_of(positions, count, watch.cancelled, [&](store::Position at) {
        watch.reached(Step::Counting, static_cast<unsigned>(at.value * 60 / positions.back().value));
    });
    if (!all) return std::nullopt;
    return out;
}

std::vector<Editions::Frozen> Editions::frozen() const {
    return model_.read([](const projections::Views& views) {
        std::vector<Frozen> all;
        for (const auto& each : views.publications->published_editions()) {
            if (each.files == nullptr) continue;
            // The figures are the same in every language: one of them tells all.
            const auto& artefacts = each.files->artefacts();
            const auto json = std::ranges::find(artefacts, "json", &Artefact::form);
            if (json == artefacts.end()) continue;
            Frozen file{{each.publication->id, each.edition->number},
                        each.publication->area(),
                        json->language(),
                        json->sealed_sha256(),
                        static_cast<int>(each.files->threshold()),
                        {}};
            for (const auto& name : each.files->against()) {
                if (auto id = parse_edition(name)) file.against.push_back(std::move(*id));
            }
            all.push_back(std::move(file));
        }
        return all;
    });
}

std::optional<std::vector<Editions::Told>> Editions::told(const Watch& watch) const {
    return told_by(frozen(), watch);
}

std::optional<std::vector<Editions::Told>> Editions::told(const std::vector<EditionId>& ids,
                                                          const Watch& watch) const {
    auto files = frozen();
    std::erase_if(files, [&](const Frozen& file) { return std::ranges::find(ids, file.id) == ids.end(); });
    return told_by(files, watch);
}

std::optional<std::vector<Editions::Told>> Editions::told_by(const std::vector<Frozen>& files,
                                                             const Watch& watch) const {
    const auto counted = counted_again(files, watch);
    if (!counted) return std::nullopt;
    std::vector<Told> all;
    // In the order in which they were made: what one was made against is known by then.
    for (const auto& file : files) {
        auto publication = known(file.id);
        if (const auto internal = counted->find(file.id); !publication && internal != counted->end()) {
            const auto published = public_again(file, internal->second, watch);
            if (!published) return std::nullopt;
            auto told = std::make_shared<const report::Publication>(
                report::publication_of(*published, internal->second));
            const std::scoped_lock lock(mutex_);
            publication = known_.emplace(file.id, std::move(told)).first->second;
        }
        if (watch.cancelled()) return std::nullopt;
        if (publication) all.push_back({file.id, file.area, std::move(publication)});
    }
    return all;
}

namespace {

class FigureIds {
public:
    void add(const report::Publication& publication) {
        for (const auto& named : publication.shown) ids_.insert(named.figure);
        ids_.insert(publication.suppressed.begin(), publication.suppressed.end());
        ids_.insert(publication.unprinted.begin(), publication.unprinted.end());
    }
    [[nodiscard]] bool meets(const FigureIds& others) const {
        return std::ranges::any_of(ids_, [&](const auto& id) { return others.ids_.contains(id); });
    }

private:
    std::set<std::string> ids_;
};

}  // namespace

std::vector<Editions::Told> concerning(const std::vector<Editions::Told>& all, Area area,
                                       const report::Report& internal) {
    FigureIds own;
    own.add(report::publication_of(internal));
    std::vector<Editions::Told> some;
    std::ranges::copy_if(all, std::back_inserter(some), [&](const Editions::Told& told) {
        FigureIds theirs;
        theirs.add(*told.publication);
        return told.area == area || own.meets(theirs);
    });
    return some;
}

}  // namespace vastine::api
