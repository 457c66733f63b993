#include "api/publications/desk.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <set>
#include <thread>
#include <typeinfo>
#include <utility>

#include "api/execution.hpp"
#include "api/named_files.hpp"
#include "api/rendering/rendering.hpp"
#include "api/reports/reports.hpp"
#include "projections/report/disclosure.hpp"

namespace vastine::api {

namespace publication = domain::publication;
namespace report = projections::report;
using publication::Level;

namespace {

// Who makes the files: the service itself.
const std::string desk = "7a1e57a1-0000-4000-8000-000000000002";

constexpr std::chrono::seconds look_every{10};
constexpr std::chrono::seconds first_pause{10};
constexpr std::chrono::seconds longest_pause{3600};
constexpr std::chrono::hours reap_every{24};
// A print of somebody who waits goes first, so this one waits for longer than that can take.
constexpr std::chrono::minutes print_patience{10};

struct KeyGone {};

// What is to be made, told apart from another signature of the same edition.
struct Task {
    EditionId id;
    Level level = Level::Internal;
    std::uint64_t signed_position = 0;
    domain::Area area = domain::Area::Ombudsman;
    store::Version version;
    auto key() const { return std::tuple(id, level, signed_position); }
};

std::set<std::string> suppressed_in(const report::Report& shown) {
    const auto told = report::publication_of(shown);
    return {told.suppressed.begin(), told.suppressed.end()};
}

}  // namespace

struct PublicationDesk::Inside {
    Surroundings around;
    std::mutex turning;  // one set at a time
    struct Pause {
        unsigned attempts = 0;
        std::optional<store::Instant> until;  // nothing: for as long as this process lives
    };
    mutable std::mutex mutex;  // of what is below
    std::condition_variable changed;
    std::map<std::tuple<EditionId, Level, std::uint64_t>, Pause> pauses;
    std::uint64_t failures = 0;
    std::string being_made;  // id of a publication; empty: none
    unsigned percent = 0;
    bool woken = false;
    std::optional<store::Instant> reaped_at;
    std::atomic<bool> stopping = false;
    std::thread thread;

    explicit Inside(Surroundings given) : around(std::move(given)) {}

    [[nodiscard]] std::vector<Task> missing() const;
    [[nodiscard]] std::optional<Task> next() const;
    void store_files(const Task& task, EditionFiles& files) const;
    void name_files(Task task, const ArtefactsStored& made) const;
    void failed(const Task& task, std::string_view why, bool for_good);
    void reached(const std::string& publication_id, unsigned percent);
    void reap();
    void run(PublicationDesk& desk);
};

std::vector<Task> PublicationDesk::Inside::missing() const {
    return around.model.read([](const projections::Views& views) {
        std::vector<Task> all;
        for (const auto& each : views.publications->missing_files()) {
            all.push_back({{each.publication->id, each.edition->number},
                           each.level,
                           each.edition->signed_position,
                           each.publication->area(),
                           each.publication->version});
        }
        return all;
    });
}

std::optional<Task> PublicationDesk::Inside::next() const {
    const auto now = around.now();
    for (auto& task : missing()) {
        const std::scoped_lock lock(mutex);
        const auto pause = pauses.find(task.key());
        if (pause == pauses.end() || (pause->second.until && *pause->second.until <= now)) return task;
    }
    return std::nullopt;
}

void PublicationDesk::Inside::store_files(const Task& task, EditionFiles& files) const {
    for (const auto& file : files.files) {
        const auto stored = around.store.blobs().put(publication_stream(task.id.publication_id),
                                                     key_area(task.area), file.content);
        if (!stored) throw KeyGone();
        auto& artefact = *files.made.add_artefacts();
        artefact.set_form(file.form);
        artefact.set_language(file.language);
        artefact.set_file_name(file.file_name);
        artefact.set_sha256(stored->sha256);
        artefact.set_sealed_sha256(stored->sealed_sha256);
        artefact.set_size(stored->size);
    }
}

// Others may add to the publication meanwhile; and take the signature back, which leaves the files orphans.
void PublicationDesk::Inside::name_files(Task task, const ArtefactsStored& made) const {
    for (;;) {
        store::Append append;
        append.actor = desk;
        append.command_id = new_uuid();
        append.streams.push_back(
            {publication_stream(task.id.publication_id), task.version, key_area(task.area), {}});
        append.streams.back().events.push_back(std::make_unique<ArtefactsStored>(made));
        const auto appended = around.store.events().append(std::move(append));
        if (appended) {
            around.model.catch_up(appended->last);
            around.written();
            return;
        }
        if (appended.error().refusal == store::Refusal::KeyDestroyed) throw KeyGone();
        around.model.catch_up(around.store.events().head().position);
        const auto all = missing();
        const auto still = std::ranges::find(all, task.key(), &Task::key);
        if (still == all.end()) return;
        task = *still;
    }
}

void PublicationDesk::Inside::failed(const Task& task, std::string_view why, bool for_good) {
    reached({}, 0);
    spdlog::error("files of publication {}, {}: {}", to_string(task.id), publication::name_of(task.level),
                  why);
    const std::scoped_lock lock(mutex);
    ++failures;
    auto& pause = pauses[task.key()];
    auto length = first_pause;
    for (unsigned i = 0; i < pause.attempts && length < longest_pause; ++i) length *= 2;
    ++pause.attempts;
    pause.until.reset();
    if (!for_good) pause.until = around.now() + std::min(length, longest_pause);
}

void PublicationDesk::Inside::reached(const std::string& publication_id, unsigned now_at) {
    const std::scoped_lock lock(mutex);
    being_made = publication_id;
    percent = now_at;
}

// Files that a stopped process had stored and not named, and those sent for a document nobody entered.
void PublicationDesk::Inside::reap() {
    const auto now = around.now();
    if (reaped_at && now - *reaped_at < reap_every) return;
    reaped_at = now;
    const auto reaped = reap_orphan_files(around.store, now);
    if (reaped != store::Reaped{}) {
        spdlog::info("files reaped: {} orphans, {} without a key, {} unfinished", reaped.orphans,
                     reaped.unreadable, reaped.unfinished);
    }
}

void PublicationDesk::Inside::run(PublicationDesk& desk) {
    while (!stopping) {
        try {
            reap();
            while (!stopping && desk.turn() != Turn::NothingToDo) {
            }
        } catch (const store::Corruption& damage) {
            spdlog::error("files of publications: {}", damage.what());
            return;
        } catch (const store::Fault& fault) {
            spdlog::error("files of publications: fault: {}", fault.what());
        } catch (const std::exception& error) {
            // Its text may hold anything: what threw is named by type only.
            spdlog::error("files of publications: unexpected {}", typeid(error).name());
        }
        std::unique_lock lock(mutex);
        changed.wait_for(lock, look_every, [&] { return woken || stopping; });
        woken = false;
    }
}

PublicationDesk::PublicationDesk(Surroundings around) : inside_(new Inside(std::move(around))) {}

PublicationDesk::~PublicationDesk() {
    stop();
}

std::optional<EditionFiles> PublicationDesk::files(const EditionId& id, Level level,
                                                   const Watch& watch) const {
    const auto& around = inside_->around;
    const auto edition = around.editions.opened(id, watch);
    if (!edition) return std::nullopt;
    const auto stored = around.model.read([&](const projections::Views& views) {
        const auto* found = views.publications->find(id.publication_id);
        const auto& editions = found->facts.editions;
        const auto own = std::ranges::find(editions, id.edition, &publication::Edition::number);
        const auto* files = own == editions.end() ? nullptr : publication::files(*own, level);
        return files == nullptr ? std::nullopt : std::optional(*files);
    });
    const bool is_public = level == Level::Public;
    const auto query = query_of(edition->state.opened);

    EditionFiles made;
    made.made.set_edition(id.edition);
    made.made.set_level(std::string(publication::name_of(level)));
    made.made.set_position(edition->as_of.position.value);
    made.made.set_as_of_on(domain::to_string(edition->as_of.on));
    made.made.set_made_by("vastine " VASTINE_VERSION);

    const auto& languages = edition->state.opened.languages();
    report::Suppression how{static_cast<int>(edition->state.opened.threshold()), {}};
    std::optional<report::Report> first;
    unsigned done = 0;
    const auto in_all =
        static_cast<unsigned>(static_cast<std::size_t>(languages.size()) * rendering::forms().size());
    for (const auto& code : languages) {
        const auto language = domain::parse_language(code).value();
        auto shown = Editions::internal(*edition, language);
        made.made.set_code_version(shown.provenance.code_version);
        if (is_public) {
            watch.reached(Step::Protecting, 60);
            if (!first) {
                std::vector<EditionId> against;
                for (const auto& name : stored ? stored->against() : made.made.against()) {
                    if (auto other = parse_edition(name)) against.push_back(std::move(*other));
                }
                auto told = stored ? around.editions.told(against, watch) : around.editions.told(watch);
                if (!told) return std::nullopt;
                std::erase_if(*told, [&](const Editions::Told& each) { return each.id == id; });
                if (!stored) told = concerning(*told, query.area, shown);
                for (const auto& each : *told) {
                    how.earlier.push_back(*each.publication);
                    made.made.add_against(to_string(each.id));
                }
                made.made.set_threshold(edition->state.opened.threshold());
            }
            auto counted = std::move(shown);
            shown = report::public_form(counted, how);
            if (first && suppressed_in(shown) != suppressed_in(*first)) {
                // Whoever reads two languages must not learn more than of one.
                auto both = how;
                both.earlier.push_back(report::publication_of(*first, counted));
                shown = report::public_form(counted, both);
            }
        }
        const std::string suffix = (id.edition > 1 ? "-edition-" + std::to_string(id.edition) : "") +
                                   std::string(is_public ? "" : "-internal");
        for (const auto& form : rendering::forms()) {
            if (watch.cancelled()) return std::nullopt;
            watch.reached(Step::Rendering, 70 + 30 * done++ / in_all);
            made.files.push_back({std::string(form.name), code, file_name(query, language, suffix, form.name),
                                  rendering::render(shown, form.name, print_patience)});
        }
        if (is_public && !first) first = std::move(shown);
    }
    return made;
}

PublicationDesk::Turn PublicationDesk::turn(const Progress& progress) {
    auto& inside = *inside_;
    const std::scoped_lock one_at_a_time(inside.turning);
    const auto task = inside.next();
    if (!task) return Turn::NothingToDo;
    Watch watch{[&inside] { return inside.stopping.load(); },
                [&](Step step, unsigned percent) {
                    inside.reached(task->id.publication_id, percent);
                    if (progress) progress(task->id, task->level, step, percent);
                }};
    try {
        auto files = this->files(task->id, task->level, watch);
        if (!files && inside.stopping) return Turn::NothingToDo;
        if (!files) {
            inside.failed(*task, "it has no signature to be made of", false);
            return Turn::Failed;
        }
        inside.store_files(*task, *files);
        inside.name_files(*task, files->made);
        watch.reached(Step::Done, 100);
        inside.reached({}, 0);
        const std::scoped_lock lock(inside.mutex);
        inside.pauses.erase(task->key());
        return Turn::Made;
    } catch (const store::Corruption&) {
        throw;
    } catch (const rendering::Failed& failed) {
        inside.failed(*task, failed.what(), false);
    } catch (const store::Fault& fault) {
        inside.failed(*task, fault.what(), false);
    } catch (const KeyGone&) {
        inside.failed(*task, "its key is destroyed", true);
    } catch (const std::exception& error) {
        inside.failed(*task, typeid(error).name(), false);
    }
    return Turn::Failed;
}

std::uint64_t PublicationDesk::waiting() const {
    return inside_->missing().size();
}

std::uint64_t PublicationDesk::failures() const {
    const std::scoped_lock lock(inside_->mutex);
    return inside_->failures;
}

unsigned PublicationDesk::percent(std::string_view publication_id) const {
    const std::scoped_lock lock(inside_->mutex);
    return inside_->being_made == publication_id ? inside_->percent : 0;
}

void PublicationDesk::start() {
    if (inside_->thread.joinable()) return;
    inside_->thread = std::thread([this] { inside_->run(*this); });
}

void PublicationDesk::stop() {
    {
        const std::scoped_lock lock(inside_->mutex);
        inside_->stopping = true;
        inside_->changed.notify_all();
    }
    if (inside_->thread.joinable()) inside_->thread.join();
}

void PublicationDesk::wake() {
    const std::scoped_lock lock(inside_->mutex);
    inside_->woken = true;
    inside_->changed.notify_all();
}

}  // namespace vastine::api
