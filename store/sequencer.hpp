#pragma once
// The event store over any engine. One thread at a time leads: it takes everything that waits, checks
// commands, versions and claims, gives out positions, and writes one synced batch; then it wakes the
// others and hands over. Callers seal in their own threads, before they wait.
//
// After a failed write nobody knows what the disk holds: the callers of that batch get a Fault, and the
// next leader reopens the engine and reads the head again before it takes anything.

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>

#include "store/engine/engine.hpp"
#include "store/event_store.hpp"
#include "store/proof/merkle.hpp"
#include "store/sealing/key_ring.hpp"
#include "store/stored_log.hpp"
#include "store/stored_record.hpp"

namespace vastine::store {

class Sequencer final : public EventStore {
public:
    // Writes the first contents of an empty log database.
    static void create(engine::Engine& engine, const Organisation& organisation);
    // Throws Corruption when the log is damaged at its end or belongs to another organisation, CannotOpen
    // when it is no log or its keys are older than it. `where` names the database.
    Sequencer(engine::Engine& engine, sealing::KeyRing& keys, std::function<Instant()> clock,
              std::string where);
    ~Sequencer() override;

    [[nodiscard]] tl::expected<Appended, Refused> append(Append append) override;
    [[nodiscard]] std::vector<tl::expected<Appended, Refused>> append_all(
        std::vector<Append> appends) override;

    // For the access log only: takes the next version, whatever it is, and carries no command id.
    Position append_next(const StreamId& stream, sealing::WrapArea area, Instant at,
                         const google::protobuf::Message& event);

    // For what is sealed beside the log. A stream that has no event yet gets its data key now, durable; its
    // first event takes that one. No key: it is destroyed.
    struct StreamKey {
        KeyId id;
        std::shared_ptr<const sealing::Key> key;
    };
    [[nodiscard]] StreamKey key_for(const StreamId& stream, sealing::WrapArea area);
    // Whether the stream has events and its data key is destroyed.
    [[nodiscard]] bool key_destroyed(const StreamId& stream) const;
    // Streams that have a key and no event.
    [[nodiscard]] std::vector<StreamId> unborn() const;
    // Takes the key from a stream that has no event; from here on no event will be sealed under it, and it
    // may be destroyed. Nothing when there is an event, or no key.
    [[nodiscard]] std::optional<KeyId> give_up_key(const StreamId& stream);

    [[nodiscard]] Version version(const StreamId& stream) const override;
    void read_stream(const StreamId& stream, Version after, const Visitor& visitor) const override;
    void read_log(Position after, Position until, const Visitor& visitor) const override;
    [[nodiscard]] Head head() const override;
    [[nodiscard]] std::optional<StreamId> find(const std::string& scope,
                                               const std::string& value) const override;
    [[nodiscard]] std::vector<tl::expected<KeyId, Refused>> destroy_keys(
        const std::vector<StreamAt>& streams) override;
    [[nodiscard]] Opened open(const Record& record, Depth depth) const override;
    Head verify(const std::function<void(Position)>& progress) const override;
    void check_extends(const Head& known) const override;
    [[nodiscard]] std::vector<std::string> inclusion_proof(Position position, Position size) const override;
    [[nodiscard]] std::vector<std::string> consistency_proof(Position old_size, Position size) const override;
    [[nodiscard]] std::string leaf(Position position) const override;

    [[nodiscard]] bool healthy() const { return health_ == Health::Good; }
    // Tries to get over a fault. Does nothing after corruption.
    void recover();

private:
    enum class Health { Good, Faulted, Corrupt };

    struct Prepared;        // an append sealed and ready to be placed
    struct PreparedStream;  // its events for one stream
    struct Earlier;         // what an earlier append of the same call leaves a stream as
    struct KeyRequest;      // for the key of a stream that may have no event yet
    struct Destruction;     // of the keys of streams
    struct Waiting;         // a caller in the queue
    struct Group;           // what the leader is writing
    struct StreamState {
        Version version;
        KeyId key;
    };
    struct CommandState {
        Appended positions;
        std::string request_hash;  // only of a command of the same group
    };

    void load();
    [[nodiscard]] std::optional<Refused> prepare(Append append, Prepared& prepared,
                                                 std::map<std::string, Earlier>& earlier);
    void submit(Waiting& own);
    void lead(Waiting& own, std::unique_lock<std::mutex>& lock);
    void commit(const std::deque<Waiting*>& group);
    void settle(Prepared& prepared, Group& group) const;
    void settle_next(Prepared& prepared, Group& group) const;
    void settle_key(KeyRequest& request, Group& group) const;
    void settle_destruction(Destruction& destruction, Group& group);
    void give_up_claims(const StreamId& stream, Group& group) const;
    [[nodiscard]] bool right_key(PreparedStream& stream, const StreamState& state, Group& group) const;
    void place(Prepared& prepared, Group& group) const;
    void return_keys(Prepared& prepared);
    [[nodiscard]] std::optional<KeyId> unborn_key(const std::string& stream) const;

    [[nodiscard]] StreamState stream_state(std::string_view stream) const;
    [[nodiscard]] std::optional<CommandState> command_state(const std::string& key) const;
    [[nodiscard]] tl::expected<Appended, Refused> answer_again(const CommandState& known,
                                                               const std::string& request_hash) const;
    [[nodiscard]] bool open_frame(const Record& record, std::string& plain) const;
    [[nodiscard]] Opened open_unchecked(const Record& record, Depth depth) const;
    // Runs what reads stored bytes: corruption found there stops the taking of appends.
    template <class Work>
    auto watched(Work&& work) const;

    engine::Engine& engine_;
    sealing::KeyRing& keys_;
    const std::function<Instant()> clock_;
    const std::string where_;
    const StoredLog tables_;
    mutable std::atomic<Health> health_ = Health::Good;

    std::mutex queue_mutex_;
    std::deque<Waiting*> queue_;
    bool led_ = false;
    // Callers that were just answered come back in a moment: a leader waits for them, for a fraction of what
    // the last write took, so that all share one sync rather than two halves taking turns.
    bool gathering_ = false;
    std::size_t seen_lately_ = 0;
    std::chrono::steady_clock::duration last_write_{};
    std::condition_variable gathered_;

    Standing standing_;  // the leader's
    // What was written since recent_since_: an append prepared after it needs no second look-up.
    std::map<std::string, StreamState> recent_streams_;
    std::map<std::string, CommandState> recent_commands_;
    std::uint64_t recent_since_ = 0;
    // Whose keys were destroyed since the start: events sealed before may still wait. The leader's.
    std::set<std::string, std::less<>> destroyed_;
    std::chrono::steady_clock::time_point next_try_{};  // the leader's
    mutable std::mutex head_mutex_;
    Head head_;
    // Keys of streams that have no event yet; few. The leader's to change.
    mutable std::mutex unborn_mutex_;
    std::map<std::string, KeyId> unborn_;
};

}  // namespace vastine::store
