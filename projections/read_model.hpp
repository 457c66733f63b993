#pragma once
// Everything that is read, folded from the log, in memory: facts, and details while their key lives.
// One fold (fold.hpp) over every event type feeds the tables; all stand at one log position.
//
// Threads: every function may be called from any thread; one caller at a time applies, the others wait
// for it; queries share a lock through read(). Nothing here reads a clock: every query takes its date.

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <shared_mutex>
#include <string>
#include <vector>

#include "domain/reference/reference.hpp"
#include "store/event_store.hpp"

namespace vastine::projections {

struct Dictionary;          // codes, units and ids of staff as small numbers
class CaseIndex;            // one row of facts and details for every case
class CaseFigures;          // reminders, complaints and requests, for counting
class Relations;            // which cases belong together, from both sides
class RunningCases;         // the deciders' own states of cases that have not ended
class ContactFigures;       // contacts and matters in columns, for counting
class ReleasedTotalsIndex;  // what each area gave to the other's report
class PublicationShelf;     // publications, their editions and files
class DestructionShelf;     // destruction lists, how far they have come

// The projections at one position.
struct Views {
    store::Position position;
    domain::Reference reference;
    std::unique_ptr<Dictionary> dictionary;
    std::unique_ptr<CaseIndex> cases;
    std::unique_ptr<CaseFigures> figures;
    std::unique_ptr<ContactFigures> contacts;
    std::unique_ptr<ReleasedTotalsIndex> totals;
    std::unique_ptr<PublicationShelf> publications;
    std::unique_ptr<DestructionShelf> destructions;
    std::unique_ptr<Relations> relations;
    std::unique_ptr<RunningCases> running;
    std::set<std::uint32_t> held;  // rows of cases on which a legal hold was ever placed; few

    // `reread` reads a stream again up to a version: what is needed of an ended case that goes on.
    using Reread = std::function<void(const store::StreamId& stream, store::Version until,
                                      const std::function<void(const google::protobuf::Message&)>& visit)>;
    explicit Views(Reread reread);
    ~Views();
    // Takes the next record, opened as deep as depth_of says. One already taken changes nothing.
    void apply(const store::Record& record, const google::protobuf::Message& event, bool key_gone);
    // Brings the rows of the cases touched up to date; before the first query after apply().
    void settle();
    // What the fold needs to see of an event. The names of users are the one personal thing held.
    [[nodiscard]] static store::Depth depth_of(const store::Record& record);
    // One number for the content of each table: equal content, equal number.
    [[nodiscard]] std::map<std::string, std::uint64_t> digests() const;
};

class ReadModel {
public:
    // Stands at position 0: catch_up to the head before the first query.
    explicit ReadModel(const store::EventStore& events);
    ~ReadModel();

    // Applies what the log has beyond the position reached, up to `until`, or does nothing when others
    // have. Throws what the store throws; what was applied before stays.
    void catch_up(store::Position until, const std::function<void(store::Position)>& progress = {});
    // Runs the query under a shared lock. Return values, not references into the views.
    template <class Query>
    auto read(Query&& query) const {
        const std::shared_lock lock(mutex_);
        return query(static_cast<const Views&>(*views_));
    }
    // A fold of its own up to an older position. `cancelled` is asked now and then; then nothing is
    // returned.
    [[nodiscard]] std::unique_ptr<Views> as_of(
        store::Position position, const std::function<bool()>& cancelled = {},
        const std::function<void(store::Position)>& progress = {}) const;
    // One fold that stops at several older positions, which ascend; the same one twice is visited twice. The
    // views are the visitor's for as long as it runs. False: cancelled, what was visited stays so.
    bool as_of(const std::vector<store::Position>& positions,
               const std::function<void(std::size_t index, const Views& views)>& visit,
               const std::function<bool()>& cancelled = {},
               const std::function<void(store::Position)>& progress = {}) const;
    // Throws everything away, folds again to the position reached, and says whether the result equals
    // what was live. After keys were destroyed it does not: details leave memory only here.
    bool rebuild(const std::function<void(store::Position)>& progress = {});
    // After keys were destroyed: folds again, so that nothing of what they opened is held any more. Queries
    // and commands go on meanwhile.
    void forget_destroyed();

private:
    const store::EventStore& events_;
    mutable std::shared_mutex mutex_;
    std::mutex applying_;
    std::unique_ptr<Views> views_;
};

}  // namespace vastine::projections
