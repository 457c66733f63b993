#include "api/destruction/desk.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>
#include <typeinfo>
#include <utility>

#include "api/destruction/list_stream.hpp"
#include "api/execution.hpp"
#include "api/named_files.hpp"
#include "api/publications/editions.hpp"
#include "api/secret.hpp"
#include "domain/destruction/execution.hpp"
#include "projections/destruction_shelf.hpp"
#include "projections/kept.hpp"
#include "store/checkpoints.hpp"

namespace vastine::api {

namespace destruction = domain::destruction;
namespace retention = domain::retention;
using destruction::Fate;
using destruction::Stage;

namespace {

// Who carries it out: the service itself.
const std::string desk = "7a1e57a1-0000-4000-8000-000000000003";

// The day changes without anything being written.
constexpr std::chrono::seconds look_every{60};
// So many are checked, destroyed or told of together.
constexpr std::size_t items_a_piece = 500;

struct Stopping {};
// Somebody else added to the list: what was decided is decided again.
struct Overtaken {};

using Messages = std::vector<std::unique_ptr<google::protobuf::Message>>;
void add(Messages& all, domain::Events events) {
    for (auto& event : events.release()) all.push_back(std::move(event));
}

// A case that is gone is not what was listed; and it is held back as that, whatever else it was.
retention::Handling gone(const destruction::Item& item) {
    retention::Handling of;
    of.subject = item.given.subject();
    of.ended = true;
    of.ended_on = domain::parse_date(item.given.ended_on());
    return of;
}

std::vector<std::string> ids(const std::vector<const destruction::Item*>& items) {
    std::vector<std::string> all;
    for (const auto* item : items) all.push_back(item->given.item_id());
    return all;
}

}  // namespace

struct DestructionDesk::Inside {
    Surroundings around;
    projections::Kept kept;
    std::mutex turning;  // one turn at a time
    // How far a list had come on a day, when there was nothing more to do: not looked at again until either
    // changes.
    struct Rest {
        store::Version version;
        domain::Date on;
        auto operator<=>(const Rest&) const = default;
    };
    std::map<std::string, Rest> resting;
    std::mutex mutex;  // of what is below
    std::condition_variable changed;
    bool woken = false;
    std::atomic<bool> stopping = false;
    std::thread thread;

    explicit Inside(Surroundings given) : around(std::move(given)), kept(around.model, around.store) {}

    [[nodiscard]] domain::Date today() const { return domain::helsinki_date(around.now()); }
    [[nodiscard]] domain::Reference reference() const {
        return around.model.read([](const projections::Views& views) { return views.reference; });
    }
    void reached(Step step) const {
        around.reached(step);
        if (stopping) throw Stopping();
    }
    [[nodiscard]] std::vector<std::pair<std::string, store::Version>> open_lists() const;
    void append(const std::string& list_id, LoadedList& list, Messages events) const;
    bool move_on(const std::string& list_id);
    void list_items(const std::string& list_id, LoadedList& list) const;
    bool check_items(const std::string& list_id, LoadedList& list) const;
    bool destroy_items(const std::string& list_id, LoadedList& list) const;
    struct Outcome {
        std::optional<store::KeyId> key;  // nothing: its stream moved on
    };
    [[nodiscard]] std::vector<std::string> streams_of(
        const std::vector<const destruction::Item*>& items) const;
    [[nodiscard]] std::vector<Outcome> destroy_keys(const std::vector<const destruction::Item*>& items) const;
    void complete(const std::string& list_id, LoadedList& list) const;
    void run(DestructionDesk& desk);
};

std::vector<std::pair<std::string, store::Version>> DestructionDesk::Inside::open_lists() const {
    return around.model.read([](const projections::Views& views) {
        std::vector<std::pair<std::string, store::Version>> open;
        for (const auto* list : views.destructions->all()) {
            const auto stage = list->facts.stage;
            if (stage == Stage::Listing || stage == Stage::Approved || stage == Stage::Executing)
                open.emplace_back(list->id, list->version);
        }
        return open;
    });
}

void DestructionDesk::Inside::append(const std::string& list_id, LoadedList& list, Messages events) const {
    store::Append append;
    append.actor = desk;
    append.command_id = new_uuid();
    append.streams.push_back({destruction_stream(list_id), list.version, key_area(list.state.area), {}});
    for (const auto& event : events) destruction::evolve(list.state, *event);
    list.version.value += events.size();
    append.streams.back().events = std::move(events);
    const auto appended = around.store.events().append(std::move(append));
    if (!appended) {
        if (appended.error().refusal == store::Refusal::StaleVersion) throw Overtaken();
        throw store::Fault("destruction list " + list_id + " takes no events: its key is destroyed");
    }
    around.model.catch_up(appended->last);
    around.written();
}

void DestructionDesk::Inside::list_items(const std::string& list_id, LoadedList& list) const {
    const auto on = today();
    const auto due = kept.falling_due(list.state.area, list.state.year, on);
    auto listed = destruction::items_listed(list.state, due.items, {due.position.value, on});
    if (!listed) throw store::Fault("destruction list " + list_id + ": " + listed.error().text);
    append(list_id, list, listed->release());
    spdlog::info("destruction list {}: {} items", list_id, due.items.size());
    reached(Step::ItemsListed);
}

// Some of those whose day has come, as they stand now.
bool DestructionDesk::Inside::check_items(const std::string& list_id, LoadedList& list) const {
    const auto on = today();
    std::vector<const destruction::Item*> due;
    for (const auto& item : list.state.items) {
        if (item.fate != Fate::Waiting || due.size() == items_a_piece) continue;
        const auto last_day = domain::parse_date(item.given.last_day());
        if (!last_day || *last_day < on) due.push_back(&item);
    }
    if (due.empty()) return false;
    const auto reference = this->reference();
    const domain::Context context{desk, list_id, around.now(), on, reference, {}};
    const auto now = kept.now(list.state.area, ids(due));
    Messages all;
    for (const auto* item : due) {
        const auto& id = item->given.item_id();
        const auto found = now.find(id);
        auto checked = destruction::check_item(list.state, id,
                                               found == now.end() ? gone(*item) : found->second, context);
        if (checked) add(all, std::move(*checked));
    }
    if (all.empty()) return false;
    append(list_id, list, std::move(all));
    reached(Step::ItemsChecked);
    return true;
}

std::vector<DestructionDesk::Inside::Outcome> DestructionDesk::Inside::destroy_keys(
    const std::vector<const destruction::Item*>& items) const {
    std::vector<Outcome> outcomes(items.size());
    std::vector<store::StreamAt> streams;
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < items.size(); ++i) {
        const auto& given = items[i]->given;
        if (const auto month = projections::parse_log_month(given.item_id())) {
            const auto area = month->area == domain::Area::Ombudsman ? store::AccessArea::Ombudsman
                                                                     : store::AccessArea::Legal;
            outcomes[i].key = around.store.access().destroy(area, month->month);
            continue;
        }
        auto stream = around.model.read([&](const projections::Views& views) {
            return projections::stream_of_case(views, given.item_id());
        });
        if (!stream) continue;
        streams.push_back({std::move(*stream), store::Version{given.case_version()}});
        places.push_back(i);
    }
    // In pieces, since whoever appends waits for one.
    for (std::size_t from = 0; from < streams.size(); from += items_a_piece) {
        const auto until = std::min(streams.size(), from + items_a_piece);
        const auto destroyed =
            around.store.events().destroy_keys({streams.begin() + static_cast<std::ptrdiff_t>(from),
                                                streams.begin() + static_cast<std::ptrdiff_t>(until)});
        for (std::size_t i = 0; i < destroyed.size(); ++i) {
            if (destroyed[i]) outcomes[places[from + i]].key = *destroyed[i];
        }
    }
    return outcomes;
}

std::vector<std::string> DestructionDesk::Inside::streams_of(
    const std::vector<const destruction::Item*>& items) const {
    return around.model.read([&](const projections::Views& views) {
        std::vector<std::string> streams;
        for (const auto* item : items) {
            if (auto stream = projections::stream_of_case(views, item->given.item_id()))
                streams.push_back(std::move(stream->value));
        }
        return streams;
    });
}

// All that are cleared, after a restart too: destroying a key again does nothing.
bool DestructionDesk::Inside::destroy_items(const std::string& list_id, LoadedList& list) const {
    std::vector<const destruction::Item*> cleared;
    for (const auto& item : list.state.items) {
        if (item.fate == Fate::Cleared) cleared.push_back(&item);
    }
    if (cleared.empty()) return false;
    const auto outcomes = destroy_keys(cleared);
    reached(Step::KeysDestroyed);
    around.model.forget_destroyed();
    around.forget(streams_of(cleared));
    reached(Step::Forgotten);
    static_cast<void>(reap_orphan_files(around.store, around.now()));
    reached(Step::FilesReaped);
    around.store.reclaim();
    reached(Step::Reclaimed);

    const auto at = around.now();
    const auto reference = this->reference();
    const domain::Context context{desk, list_id, at, domain::helsinki_date(at), reference, {}};
    std::vector<const destruction::Item*> moved_on;
    for (std::size_t i = 0; i < cleared.size(); ++i) {
        if (!outcomes[i].key) moved_on.push_back(cleared[i]);
    }
    const auto now = kept.now(list.state.area, ids(moved_on));
    std::vector<Messages> pieces(1);
    for (std::size_t i = 0; i < cleared.size(); ++i) {
        const auto& id = cleared[i]->given.item_id();
        const auto found = now.find(id);
        auto settled =
            outcomes[i].key
                ? destruction::item_destroyed(list.state, {id, {std::to_string(outcomes[i].key->value)}, at},
                                              reference)
                : destruction::held_back_after_all(
                      list.state, id, found == now.end() ? gone(*cleared[i]) : found->second, context);
        if (!settled) throw store::Fault("destruction list " + list_id + ": " + settled.error().text);
        if (pieces.back().size() >= items_a_piece) pieces.emplace_back();
        add(pieces.back(), std::move(*settled));
    }
    const auto destroyed = cleared.size() - moved_on.size();
    const auto held_back = moved_on.size();
    for (auto& piece : pieces) append(list_id, list, std::move(piece));
    spdlog::info("destruction list {}: {} destroyed, {} held back after all", list_id, destroyed, held_back);
    reached(Step::ItemsDestroyed);
    return true;
}

void DestructionDesk::Inside::complete(const std::string& list_id, LoadedList& list) const {
    const auto certificate = destruction::certificate(
        list.state, {list_id, sha256_of(destruction::list_text(list.state, list_id))}, today());
    // "— name base64" is the last line of a signed note.
    const auto note = store::sign_note(around.store, destruction::certificate_text(certificate));
    const auto signature = note.rfind(' ');
    const auto name = note.rfind(' ', signature - 1);
    auto completed = destruction::completed(list.state, certificate,
                                            {note.substr(signature + 1, note.size() - signature - 2),
                                             note.substr(name + 1, signature - name - 1)});
    if (!completed) throw store::Fault("destruction list " + list_id + ": " + completed.error().text);
    append(list_id, list, completed->release());
    spdlog::info("destruction list {}: completed", list_id);
    reached(Step::Completed);
}

bool DestructionDesk::Inside::move_on(const std::string& list_id) {
    auto list = load_list(around.store.events(), list_id, store::Depth::Details);
    if (list.state.stage == Stage::Listing) {
        list_items(list_id, list);
        return true;
    }
    if (list.state.stage != Stage::Approved && list.state.stage != Stage::Executing) return false;
    bool moved = false;
    while (check_items(list_id, list)) moved = true;
    moved = destroy_items(list_id, list) || moved;
    using destruction::count;
    if (count(list.state, Fate::Waiting) + count(list.state, Fate::Cleared) > 0) return moved;
    complete(list_id, list);
    return true;
}

std::size_t DestructionDesk::turn() {
    auto& inside = *inside_;
    const std::scoped_lock one_at_a_time(inside.turning);
    std::size_t moved = 0;
    for (const auto& [list_id, version] : inside.open_lists()) {
        const Inside::Rest now{version, inside.today()};
        if (const auto rest = inside.resting.find(list_id);
            rest != inside.resting.end() && rest->second == now)
            continue;
        for (;;) {
            try {
                if (inside.move_on(list_id)) {
                    ++moved;
                } else {
                    inside.resting[list_id] = now;
                }
                break;
            } catch (const Overtaken&) {
                inside.around.model.catch_up(inside.around.store.events().head().position);
            }
        }
    }
    return moved;
}

void DestructionDesk::Inside::run(DestructionDesk& desk) {
    while (!stopping) {
        try {
            while (!stopping && desk.turn() > 0) {
            }
        } catch (const Stopping&) {
            return;
        } catch (const store::Corruption& damage) {
            spdlog::error("destruction: {}", damage.what());
            return;
        } catch (const store::Fault& fault) {
            spdlog::error("destruction: fault: {}", fault.what());
        } catch (const std::exception& error) {
            // Its text may hold anything: what threw is named by type only.
            spdlog::error("destruction: unexpected {}", typeid(error).name());
        }
        std::unique_lock lock(mutex);
        changed.wait_for(lock, look_every, [&] { return woken || stopping; });
        woken = false;
    }
}

DestructionDesk::DestructionDesk(Surroundings around) : inside_(new Inside(std::move(around))) {}

DestructionDesk::~DestructionDesk() {
    stop();
}

void DestructionDesk::start() {
    if (inside_->thread.joinable()) return;
    inside_->thread = std::thread([this] { inside_->run(*this); });
}

void DestructionDesk::stop() {
    {
        const std::scoped_lock lock(inside_->mutex);
        inside_->stopping = true;
    }
    inside_->changed.notify_all();
    if (inside_->thread.joinable()) inside_->thread.join();
}

void DestructionDesk::wake() {
    {
        const std::scoped_lock lock(inside_->mutex);
        inside_->woken = true;
    }
    inside_->changed.notify_all();
}

}  // namespace vastine::api
