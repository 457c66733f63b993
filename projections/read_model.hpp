#pragma once
// Everything that is read, folded from the log, in memory. Each projection is a fold of its own (a
// name, a version, apply(record)); this holds them together at one log position.
//
// Threads: catch_up may be called from any thread, one applies at a time; queries take a shared lock
// through read(). Nothing here reads a clock: every query takes its date.

#include <atomic>
#include <functional>
#include <memory>
#include <shared_mutex>
#include <string>

#include "domain/reference/reference.hpp"
#include "store/event_store.hpp"

namespace vastine::projections {

class CaseIndex;        // facts and details of every case: work lists, deadlines, scopes, trackers
class ContactFigures;   // columns of contacts and matters, for counting

// The projections at one position. Immutable for whoever holds it through ReadModel::read.
struct Views {
    store::Position position;
    domain::Reference reference;
    std::unique_ptr<CaseIndex> cases;
    std::unique_ptr<ContactFigures> contacts;

    Views();
    ~Views();
    void apply(const store::Record& record, const google::protobuf::Message& event, bool key_gone);
};

class ReadModel {
public:
    explicit ReadModel(const store::EventStore& events);
    ~ReadModel();

    // Applies what the log has beyond the position reached, at least up to `until`.
    void catch_up(store::Position until, const std::function<void(store::Position)>& progress = {});
    // Runs the query under a shared lock.
    template <class Query>
    auto read(Query&& query) const {
        const std::shared_lock lock(mutex_);
        return query(static_cast<const Views&>(*views_));
    }
    // A fold of its own up to an older position. `cancelled` is asked now and then.
    [[nodiscard]] std::unique_ptr<Views> as_of(store::Position position,
                                               const std::function<bool()>& cancelled = {},
                                               const std::function<void(store::Position)>& progress = {}) const;
    // Throws everything away, folds again, and says whether the result equals what was live.
    bool rebuild(const std::function<void(store::Position)>& progress = {});

private:
    const store::EventStore& events_;
    mutable std::shared_mutex mutex_;
    std::mutex applying_;
    std::unique_ptr<Views> views_;
};

}  // namespace vastine::projections
