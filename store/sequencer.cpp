#include "store/sequencer.hpp"

#include <fmt/format.h>
#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <map>
#include <set>
#include <shared_mutex>
#include <unordered_map>
#include <utility>

#include "store/bytes.hpp"
#include "store/log_tables.hpp"
#include "store/sealing/cipher.hpp"
#include "store/sealing/field_split.hpp"
#include "store/sealing/frame.hpp"

namespace vastine::store {
namespace {

using engine::Batch;
using engine::Family;
using proof::Hash;
using sealing::WrapArea;

constexpr std::size_t group_bytes_max = 16 << 20;
constexpr std::size_t recent_most = 4096;
constexpr auto gather_longest = std::chrono::milliseconds(20);
constexpr auto between_tries = std::chrono::seconds(1);

void check_name(const StreamId& stream) {
    if (stream.value.empty() || stream.value.find('\0') != std::string::npos) {
        throw std::invalid_argument("an impossible stream name");
    }
}
std::string claim_key(const std::string& hash) {
    return "c" + hash;
}
std::string claims_of_stream_key(std::string_view stream, const std::string& hash) {
    return "s" + stream_prefix(stream) + hash;
}
constexpr std::string_view unborn_prefix = "key ";
std::string unborn_row(const std::string& stream) {
    return std::string(unborn_prefix) + stream;
}

// A message type found by its name. The table is small and only grows; each thread has its own.
struct KnownType {
    const google::protobuf::Message* prototype = nullptr;
    const sealing::Plan* plan = nullptr;
};
const KnownType& known_type(const std::string& name) {
    thread_local std::unordered_map<std::string, KnownType> known;
    auto found = known.find(name);
    if (found == known.end()) {
        const auto* const type =
            google::protobuf::DescriptorPool::generated_pool()->FindMessageTypeByName(name);
        if (type == nullptr) throw Corruption("a record of the unknown type " + name);
        const auto* const prototype =
            google::protobuf::MessageFactory::generated_factory()->GetPrototype(type);
        found = known.emplace(name, KnownType{prototype, &sealing::plan_for(type)}).first;
    }
    return found->second;
}

}  // namespace

struct Sequencer::PreparedStream {
    struct Event {
        std::string type;
        std::string facts;
        std::string sealed;
        // Hashed by the caller, who waits anyhow, and not by the leader, for whom all wait.
        Hash facts_hash = proof::sha256(facts);
        Hash sealed_hash = proof::sha256(sealed);
    };
    StreamId stream;
    Version expected;
    WrapArea area{};
    const Prepared* builds_on = nullptr;    // an earlier append of the same call
    std::optional<sealing::PoolKey> fresh;  // of a stream that begins with this append
    bool reserved = false;                  // its key was made before its first event
    KeyId key;
    std::shared_ptr<const sealing::Key> sealed_under;
    std::vector<Event> events;

    void reseal(KeyId id, std::shared_ptr<const sealing::Key> under);
};

struct Sequencer::Prepared {
    std::string actor;
    std::string command_id;
    std::string command;  // its key in the table; empty for the access log
    std::string request_hash;
    std::vector<PreparedStream> streams;
    std::vector<std::pair<std::string, StreamId>> claims;  // hashes
    std::vector<std::pair<std::string, StreamId>> releases;
    // Of the access log: sealed when the version is known.
    const google::protobuf::Message* unsealed = nullptr;
    std::optional<Instant> at;

    Position seen;  // where the head stood before anything was looked up
    std::size_t size_bytes = 0;
    std::optional<tl::expected<Appended, Refused>> answer;

    [[nodiscard]] bool placed() const { return answer && *answer && !(*answer)->repeated; }
};

void Sequencer::PreparedStream::reseal(KeyId id, std::shared_ptr<const sealing::Key> under) {
    Version version = expected;
    std::string bound;
    std::string plain;
    for (auto& event : events) {
        ++version.value;
        bound.clear();
        put_bound(bound, stream.value, version, event.type, key);
        if (!sealing::open_box(*sealed_under, bound, event.sealed, plain)) {
            throw std::logic_error("what was sealed a moment ago does not open");
        }
        bound.clear();
        put_bound(bound, stream.value, version, event.type, id);
        event.sealed = sealing::seal_box(*under, sealing::random_nonce(), bound, plain);
        event.sealed_hash = proof::sha256(event.sealed);
        sealing::wipe(plain);
    }
    key = id;
    sealed_under = std::move(under);
}

struct Sequencer::Earlier {
    StreamState state;
    std::shared_ptr<const sealing::Key> key;
    const Prepared* append = nullptr;
};

struct Sequencer::KeyRequest {
    enum class Wants { Key, GiveUp };
    Wants wants;
    const StreamId& stream;
    WrapArea area{};
    std::optional<KeyId> answer = {};
};

struct Sequencer::Destruction {
    const std::vector<StreamAt>& streams;
    std::vector<tl::expected<KeyId, Refused>> answers = {};
};

struct Sequencer::Waiting {
    enum class Turn { None, Lead, Done };
    std::vector<Prepared*> appends;
    KeyRequest* key = nullptr;
    Destruction* destruction = nullptr;
    std::exception_ptr fault;

    Turn wait() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return turn_ != Turn::None; });
        return turn_;
    }
    // The waiter may be gone as soon as this has let go of the mutex.
    void wake(Turn turn) {
        const std::lock_guard lock(mutex_);
        turn_ = turn;
        changed_.notify_one();
    }

private:
    // Its own, so that a group that wakes does not queue up for one mutex.
    std::mutex mutex_;
    std::condition_variable changed_;
    Turn turn_ = Turn::None;
};

struct Sequencer::Group {
    Standing standing;
    Batch batch;
    bool wrote = false;
    std::map<std::string, StreamState> streams;
    std::map<std::string, CommandState> commands;
    std::map<std::string, std::optional<StreamId>> claims;  // by hash; nothing: free
    std::map<std::string, std::optional<KeyId>> unborn;     // nothing: no longer
    // Streams whose first events were sealed under another key than they have, and under which.
    std::map<std::string, StreamKey> resealed;

    [[nodiscard]] std::optional<KeyId> unborn_key(const Sequencer& log, const std::string& stream) const {
        const auto pending = unborn.find(stream);
        return pending != unborn.end() ? pending->second : log.unborn_key(stream);
    }
};

void Sequencer::create(engine::Engine& engine, const Organisation& organisation) {
    Batch batch;
    batch.put(Family::Meta, "format", "log 1");
    batch.put(Family::Meta, "organisation", std::string(organisation.begin(), organisation.end()));
    engine.write(batch);
}

Sequencer::Sequencer(engine::Engine& engine, sealing::KeyRing& keys, std::function<Instant()> clock,
                     std::string where)
    : engine_(engine),
      keys_(keys),
      clock_(std::move(clock)),
      where_(std::move(where)),
      tables_(engine, where_) {
    const auto format = engine_.get(Family::Meta, "format");
    if (!format) {
        throw CannotOpen(
            fmt::format("{} is no complete log. Restore it from its backup; if it was never "
                        "finished, remove the folder and run init again.",
                        where_));
    }
    if (*format != "log 1") throw CannotOpen(where_ + " was written by a newer version of this software.");
    const auto& organisation = keys_.organisation();
    if (engine_.get(Family::Meta, "organisation") != std::string(organisation.begin(), organisation.end())) {
        throw CannotOpen(where_ + " and the keys belong to different organisations.");
    }
    load();
    if (keys_.last_id() < standing_.key) {
        throw CannotOpen(
            fmt::format("The keys are older than {}: it uses key {}, they end at {}. Restore the "
                        "newest backup of the keys.",
                        where_, standing_.key.value, keys_.last_id().value));
    }
}

Sequencer::~Sequencer() = default;

void Sequencer::load() {
    auto standing = tables_.standing();
    std::map<std::string, KeyId> unborn;
    engine_.scan(Family::Meta, unborn_prefix, std::string(unborn_prefix) + '\xFF',
                 [&](std::string_view row, std::string_view key) {
                     unborn.emplace(row.substr(unborn_prefix.size()), KeyId{Reader(key).u64()});
                     return true;
                 });
    {
        const std::lock_guard lock(unborn_mutex_);
        unborn_ = std::move(unborn);
    }
    standing_ = std::move(standing);
    recent_streams_.clear();
    recent_commands_.clear();
    recent_since_ = standing_.tree.size();
    const std::lock_guard lock(head_mutex_);
    head_ = standing_.head();
}

template <class Work>
auto Sequencer::watched(Work&& work) const {
    try {
        return work();
    } catch (const Corruption&) {
        health_ = Health::Corrupt;
        throw;
    }
}

// ---- taking appends ----

tl::expected<Appended, Refused> Sequencer::append(Append append) {
    std::vector<Append> one;
    one.push_back(std::move(append));
    return append_all(std::move(one)).front();
}

std::vector<tl::expected<Appended, Refused>> Sequencer::append_all(std::vector<Append> appends) {
    if (health_ == Health::Corrupt) throw Corruption(where_ + " is damaged and takes no appends");
    std::vector<Prepared> prepared(appends.size());
    std::map<std::string, Earlier> earlier;
    Waiting own;
    try {
        for (std::size_t i = 0; i < appends.size(); ++i) {
            if (auto refused = prepare(std::move(appends[i]), prepared[i], earlier)) {
                prepared[i].answer = tl::unexpected(std::move(*refused));
            }
            if (!prepared[i].answer) own.appends.push_back(&prepared[i]);
        }
    } catch (...) {
        for (auto& one : prepared) return_keys(one);
        throw;
    }
    if (!own.appends.empty()) submit(own);
    std::vector<tl::expected<Appended, Refused>> answers;
    answers.reserve(prepared.size());
    for (auto& one : prepared) {
        if (!*one.answer || (*one.answer)->repeated) return_keys(one);
        answers.push_back(std::move(*one.answer));
    }
    return answers;
}

void Sequencer::return_keys(Prepared& prepared) {
    for (auto& stream : prepared.streams) {
        if (stream.fresh) keys_.give_back(stream.area, std::move(*stream.fresh));
        stream.fresh.reset();
    }
}

// Everything that needs no order: looked up once without it, sealed, and checked again by the leader.
std::optional<Refused> Sequencer::prepare(Append append, Prepared& prepared,
                                          std::map<std::string, Earlier>& earlier) {
    if (append.streams.empty()) throw std::invalid_argument("an append without streams");
    if (append.command_id.empty()) throw std::invalid_argument("an append without a command id");
    prepared.seen = head().position;
    prepared.actor = std::move(append.actor);
    prepared.command_id = std::move(append.command_id);
    prepared.command = command_key(prepared.actor, prepared.command_id);
    prepared.request_hash = sealing::sha256(append.request);
    if (const auto known = command_state(prepared.command)) {
        prepared.answer = answer_again(*known, prepared.request_hash);
        return std::nullopt;
    }
    for (auto& claim : append.claims) {
        prepared.claims.emplace_back(keys_.claim_hash(claim.scope, claim.value), std::move(claim.stream));
    }
    for (auto& claim : append.releases) {
        prepared.releases.emplace_back(keys_.claim_hash(claim.scope, claim.value), std::move(claim.stream));
    }

    std::set<std::string_view> named;
    for (const auto& from : append.streams) {
        if (from.events.empty()) throw std::invalid_argument("a stream without events: " + from.stream.value);
        check_name(from.stream);
        if (!named.insert(from.stream.value).second) {
            throw std::invalid_argument("a stream named twice: " + from.stream.value);
        }
    }
    for (auto& from : append.streams) {
        const auto before = earlier.find(from.stream.value);
        const auto state = [&]() -> StreamState {
            if (before != earlier.end()) return before->second.state;
            // A new stream is told by its first record alone: a get, where the last one is a search.
            const bool begins = from.expected.value == 0 &&
                                !engine_.get(Family::Streams, stream_key(from.stream.value, Version{1}));
            return begins ? StreamState{} : stream_state(from.stream.value);
        }();
        if (state.version != from.expected) {
            // The same command may have been taken since it was looked up.
            if (const auto known = command_state(prepared.command)) {
                prepared.answer = answer_again(*known, prepared.request_hash);
                return std::nullopt;
            }
            return Refused{Refusal::StaleVersion, std::move(from.stream), state.version};
        }
        PreparedStream& stream = prepared.streams.emplace_back();
        stream.stream = std::move(from.stream);
        stream.expected = from.expected;
        stream.area = static_cast<WrapArea>(from.area);
        std::shared_ptr<const sealing::Key> key;
        if (before != earlier.end()) {
            stream.builds_on = before->second.append;
            stream.key = state.key;
            key = before->second.key;
        } else if (const auto reserved = unborn_key(stream.stream.value);
                   from.expected.value == 0 && !reserved) {
            stream.fresh = keys_.take(stream.area);
            stream.key = stream.fresh->id;
            key = stream.fresh->key;
        } else {
            stream.reserved = from.expected.value == 0;
            stream.key = stream.reserved ? *reserved : state.key;
            key = watched([&] { return keys_.find(stream.key); });
            if (!key) return Refused{Refusal::KeyDestroyed, stream.stream, state.version};
        }
        stream.sealed_under = key;
        Version version = from.expected;
        std::string bound;
        for (const auto& event : from.events) {
            ++version.value;
            auto parts = sealing::split(*event);
            // The request's hash rides in the first event alone, and dies with its key.
            const bool first = &from == &append.streams.front() && &event == &from.events.front();
            auto frame =
                sealing::encode_frame({first ? std::string_view(prepared.request_hash) : std::string_view(),
                                       parts.details, parts.personal});
            const auto& type = event->GetDescriptor()->full_name();
            bound.clear();
            put_bound(bound, stream.stream.value, version, type, stream.key);
            stream.events.push_back({type, std::move(parts.facts),
                                     sealing::seal_box(*key, sealing::random_nonce(), bound, frame)});
            sealing::wipe(frame);
            sealing::wipe(parts.personal);
            prepared.size_bytes +=
                stream.events.back().facts.size() + stream.events.back().sealed.size() + 512;
        }
        earlier[stream.stream.value] = {{version, stream.key}, std::move(key), &prepared};
    }
    return std::nullopt;
}

void Sequencer::submit(Waiting& own) {
    std::unique_lock lock(queue_mutex_);
    queue_.push_back(&own);
    if (gathering_ && queue_.size() >= seen_lately_) gathered_.notify_one();
    if (std::exchange(led_, true)) {
        lock.unlock();
        if (own.wait() == Waiting::Turn::Lead) {
            lock.lock();
            lead(own, lock);
        }
    } else {
        lead(own, lock);
    }
    if (own.fault) std::rethrow_exception(own.fault);
}

void Sequencer::lead(Waiting& own, std::unique_lock<std::mutex>& lock) {
    gathering_ = true;
    gathered_.wait_for(lock, last_write_ / 4, [&] { return queue_.size() >= seen_lately_; });
    gathering_ = false;
    std::deque<Waiting*> group;
    std::size_t bytes = 0;
    while (!queue_.empty() && bytes < group_bytes_max) {
        for (const auto* append : queue_.front()->appends) bytes += append->size_bytes;
        group.push_back(queue_.front());
        queue_.pop_front();
    }
    lock.unlock();
    std::exception_ptr fault;
    const auto begin = std::chrono::steady_clock::now();
    try {
        commit(group);
    } catch (...) {
        fault = std::current_exception();
    }
    lock.lock();
    last_write_ = std::min<std::chrono::steady_clock::duration>(std::chrono::steady_clock::now() - begin,
                                                                gather_longest);
    seen_lately_ = group.size() + queue_.size();
    Waiting* const next = queue_.empty() ? nullptr : queue_.front();
    led_ = next != nullptr;
    lock.unlock();
    if (next != nullptr) next->wake(Waiting::Turn::Lead);
    for (auto* waiting : group) {
        waiting->fault = fault;
        if (waiting != &own) waiting->wake(Waiting::Turn::Done);
    }
}

void Sequencer::recover() {
    if (health_ != Health::Faulted) return;
    Waiting nothing;
    try {
        submit(nothing);
    } catch (const Fault&) {
        return;  // still faulted
    } catch (const Corruption&) {
        return;  // and now known to be damaged
    }
}

void Sequencer::commit(const std::deque<Waiting*>& group) {
    if (health_ == Health::Corrupt) throw Corruption(where_ + " is damaged and takes no appends");
    if (health_ == Health::Faulted) {
        const auto now = std::chrono::steady_clock::now();
        if (now < next_try_) throw Fault(where_ + " took a write error and is not ready yet");
        next_try_ = now + between_tries;
        watched([&] {
            engine_.reopen();
            load();
        });
        health_ = Health::Good;
    }
    Group writing;
    writing.standing = standing_;
    watched([&] {
        for (auto* waiting : group) {
            if (waiting->key != nullptr) settle_key(*waiting->key, writing);
            if (waiting->destruction != nullptr) settle_destruction(*waiting->destruction, writing);
            for (auto* append : waiting->appends) {
                if (append->unsealed != nullptr) {
                    settle_next(*append, writing);
                } else {
                    settle(*append, writing);
                }
            }
        }
    });
    if (!writing.wrote) return;
    writing.batch.put(Family::Meta, "head", writing.standing.bytes());
    try {
        engine_.write(writing.batch);
    } catch (const Corruption&) {
        health_ = Health::Corrupt;
        throw;
    } catch (...) {
        health_ = Health::Faulted;
        next_try_ = std::chrono::steady_clock::now();
        throw;
    }
    standing_ = std::move(writing.standing);
    if (!writing.unborn.empty()) {
        const std::lock_guard lock(unborn_mutex_);
        for (const auto& [stream, key] : writing.unborn) {
            if (key) {
                unborn_.insert_or_assign(stream, *key);
            } else {
                unborn_.erase(stream);
            }
        }
    }
    if (recent_commands_.size() + recent_streams_.size() > recent_most) {
        recent_streams_.clear();
        recent_commands_.clear();
        recent_since_ = standing_.tree.size();
    } else {
        for (auto& [stream, state] : writing.streams) recent_streams_.insert_or_assign(stream, state);
        for (auto& [key, command] : writing.commands) {
            recent_commands_.insert_or_assign(key, CommandState{command.positions, {}});
        }
    }
    const std::lock_guard lock(head_mutex_);
    head_ = standing_.head();
}

void Sequencer::settle(Prepared& prepared, Group& group) const {
    // 1. The command id, before anything that has moved since the first answer.
    const bool seen = prepared.seen.value >= recent_since_;
    const auto known = [&]() -> std::optional<CommandState> {
        if (const auto pending = group.commands.find(prepared.command); pending != group.commands.end()) {
            return pending->second;
        }
        if (!seen) return command_state(prepared.command);
        const auto recent = recent_commands_.find(prepared.command);
        return recent == recent_commands_.end() ? std::nullopt : std::optional(recent->second);
    }();
    if (known) {
        prepared.answer = answer_again(*known, prepared.request_hash);
        return;
    }
    // 2. Versions.
    for (auto& stream : prepared.streams) {
        const auto state = [&]() -> StreamState {
            const auto pending = group.streams.find(stream.stream.value);
            if (pending != group.streams.end()) return pending->second;
            if (!seen || stream.builds_on != nullptr) return stream_state(stream.stream.value);
            const auto recent = recent_streams_.find(stream.stream.value);
            if (recent != recent_streams_.end()) return recent->second;
            return {stream.expected, stream.key};  // as it was looked up, and not touched since
        }();
        const bool on_nothing = stream.builds_on != nullptr && !stream.builds_on->placed();
        if (state.version != stream.expected || on_nothing) {
            prepared.answer = tl::unexpected(Refused{Refusal::StaleVersion, stream.stream, state.version});
            return;
        }
        if (!right_key(stream, state, group)) {
            prepared.answer = tl::unexpected(Refused{Refusal::KeyDestroyed, stream.stream, state.version});
            return;
        }
    }
    // 3. Claims: what this append gives up is free for what it takes.
    std::map<std::string, std::optional<StreamId>> claims;
    const auto holder = [&](const std::string& hash) -> std::optional<StreamId> {
        if (const auto own = claims.find(hash); own != claims.end()) return own->second;
        if (const auto pending = group.claims.find(hash); pending != group.claims.end())
            return pending->second;
        auto stored = engine_.get(Family::Lookups, claim_key(hash));
        return stored ? std::optional(StreamId{std::move(*stored)}) : std::nullopt;
    };
    for (const auto& [hash, stream] : prepared.releases) {
        if (holder(hash) == stream) claims[hash] = std::nullopt;
    }
    for (const auto& [hash, stream] : prepared.claims) {
        if (auto held = holder(hash); held && *held != stream) {
            prepared.answer = tl::unexpected(Refused{Refusal::ClaimTaken, std::move(*held), {}});
            return;
        }
        claims[hash] = stream;
    }
    for (const auto& [hash, stream] : prepared.releases) {
        if (claims.contains(hash))
            group.batch.erase(Family::Lookups, claims_of_stream_key(stream.value, hash));
    }
    for (const auto& [hash, stream] : claims) {
        if (stream) {
            group.batch.put(Family::Lookups, claim_key(hash), stream->value);
            group.batch.put(Family::Lookups, claims_of_stream_key(stream->value, hash), {});
        } else {
            group.batch.erase(Family::Lookups, claim_key(hash));
        }
        group.claims[hash] = stream;
    }
    place(prepared, group);
    std::string positions;
    put_u64(positions, (*prepared.answer)->first.value);
    put_u64(positions, (*prepared.answer)->last.value);
    group.batch.put(Family::Commands, prepared.command, std::move(positions));
    group.commands[prepared.command] = {**prepared.answer, prepared.request_hash};
}

// The key may have changed since the events were sealed in two ways only, both rare: a stream without
// events got its key, or lost it, in between. Then they are sealed again here. False: it is destroyed.
bool Sequencer::right_key(PreparedStream& stream, const StreamState& state, Group& group) const {
    if (state.version.value != 0) {
        if (destroyed_.contains(stream.stream.value)) return false;
        if (stream.key == state.key) return true;
        const auto& first = group.resealed.at(stream.stream.value);
        stream.reseal(first.id, first.key);
        return true;
    }
    const KeyId was = stream.key;
    const auto reserved = group.unborn_key(*this, stream.stream.value);
    if (reserved == (stream.reserved ? std::optional(was) : std::nullopt)) return true;
    if (reserved) {
        auto key = keys_.find(*reserved);
        if (!key) return false;
        stream.reseal(*reserved, std::move(key));
        if (stream.fresh) keys_.give_back(stream.area, std::move(*stream.fresh));
        stream.fresh.reset();
    } else {
        stream.fresh = keys_.take(stream.area);
        stream.reseal(stream.fresh->id, stream.fresh->key);
    }
    stream.reserved = reserved.has_value();
    group.resealed[stream.stream.value] = {stream.key, stream.sealed_under};
    return true;
}

void Sequencer::settle_key(KeyRequest& request, Group& group) const {
    const auto& stream = request.stream.value;
    const auto pending = group.streams.find(stream);
    const auto state = pending != group.streams.end() ? pending->second : stream_state(stream);
    const auto unborn = group.unborn_key(*this, stream);
    if (request.wants == KeyRequest::Wants::GiveUp) {
        if (state.version.value != 0 || !unborn) return;
        request.answer = unborn;
        group.unborn[stream] = std::nullopt;
        group.batch.erase(Family::Meta, unborn_row(stream));
        group.wrote = true;
        return;
    }
    if (state.version.value != 0 || unborn) {
        request.answer = state.version.value != 0 ? state.key : *unborn;
        return;
    }
    request.answer = keys_.take(request.area).id;
    group.unborn[stream] = request.answer;
    group.batch.put(Family::Meta, unborn_row(stream), u64_bytes(request.answer->value));
    // Keys older than this one are older than the log.
    group.standing.key = std::max(group.standing.key, *request.answer);
    group.wrote = true;
}

// On what the disk says, and not on what this group is about to write: that may still fail, and whoever asked
// cannot have seen it. The keys go at once, before the claims; whoever asks again after a crash in between
// ends it.
void Sequencer::settle_destruction(Destruction& destruction, Group& group) {
    std::vector<KeyId> keys;
    std::vector<const StreamId*> streams;
    for (const auto& [stream, version] : destruction.streams) {
        const auto pending = group.streams.find(stream.value);
        const auto state = pending != group.streams.end() ? pending->second : stream_state(stream.value);
        if (pending != group.streams.end() || state.version != version || version.value == 0) {
            destruction.answers.push_back(
                tl::unexpected(Refused{Refusal::StaleVersion, stream, state.version}));
            continue;
        }
        destruction.answers.emplace_back(state.key);
        keys.push_back(state.key);
        streams.push_back(&stream);
    }
    if (keys.empty()) return;
    keys_.destroy(keys);
    for (const auto* stream : streams) {
        destroyed_.insert(stream->value);
        give_up_claims(*stream, group);
    }
}

void Sequencer::give_up_claims(const StreamId& stream, Group& group) const {
    const auto prefix = claims_of_stream_key(stream.value, {});
    engine_.scan(Family::Lookups, prefix, prefix + std::string(64, '\xFF'),
                 [&](std::string_view row, std::string_view) {
                     const std::string hash(row.substr(prefix.size()));
                     group.batch.erase(Family::Lookups, std::string(row));
                     group.batch.erase(Family::Lookups, claim_key(hash));
                     group.claims[hash] = std::nullopt;
                     group.wrote = true;
                     return true;
                 });
}

std::vector<tl::expected<KeyId, Refused>> Sequencer::destroy_keys(const std::vector<StreamAt>& streams) {
    for (const auto& one : streams) check_name(one.stream);
    if (streams.empty()) return {};
    Destruction destruction{streams};
    Waiting own;
    own.destruction = &destruction;
    submit(own);
    return std::move(destruction.answers);
}

Sequencer::StreamKey Sequencer::key_for(const StreamId& stream, WrapArea area) {
    check_name(stream);
    const auto state = stream_state(stream.value);
    KeyId id = state.key;
    if (state.version.value == 0) {
        KeyRequest request{KeyRequest::Wants::Key, stream, area};
        Waiting own;
        own.key = &request;
        submit(own);
        id = request.answer.value();
    }
    return {id, watched([&] { return keys_.find(id); })};
}

bool Sequencer::key_destroyed(const StreamId& stream) const {
    const auto state = stream_state(stream.value);
    return state.version.value != 0 && !watched([&] { return keys_.find(state.key); });
}

std::optional<KeyId> Sequencer::give_up_key(const StreamId& stream) {
    KeyRequest request{KeyRequest::Wants::GiveUp, stream};
    Waiting own;
    own.key = &request;
    submit(own);
    return request.answer;
}

std::optional<KeyId> Sequencer::unborn_key(const std::string& stream) const {
    const std::lock_guard lock(unborn_mutex_);
    const auto found = unborn_.find(stream);
    return found == unborn_.end() ? std::nullopt : std::optional(found->second);
}

std::vector<StreamId> Sequencer::unborn() const {
    const std::lock_guard lock(unborn_mutex_);
    std::vector<StreamId> streams;
    streams.reserve(unborn_.size());
    for (const auto& [stream, key] : unborn_) streams.push_back(StreamId{stream});
    return streams;
}

void Sequencer::settle_next(Prepared& prepared, Group& group) const {
    auto& stream = prepared.streams.front();
    const auto pending = group.streams.find(stream.stream.value);
    const auto state = pending != group.streams.end() ? pending->second : stream_state(stream.stream.value);
    stream.expected = state.version;
    std::shared_ptr<const sealing::Key> key;
    if (state.version.value == 0) {
        stream.fresh = keys_.take(stream.area);
        stream.key = stream.fresh->id;
        key = stream.fresh->key;
    } else {
        stream.key = state.key;
        key = keys_.find(state.key);
        // Its time of keeping is over and an entry came late: there is no honest place for it.
        if (!key) throw Fault("the key of " + stream.stream.value + " was destroyed");
    }
    const auto parts = sealing::split(*prepared.unsealed);
    const auto& type = prepared.unsealed->GetDescriptor()->full_name();
    std::string bound;
    put_bound(bound, stream.stream.value, Version{state.version.value + 1}, type, stream.key);
    stream.events.push_back({type, parts.facts,
                             sealing::seal_box(*key, sealing::random_nonce(), bound,
                                               sealing::encode_frame({{}, parts.details, parts.personal}))});
    place(prepared, group);
}

void Sequencer::place(Prepared& prepared, Group& group) const {
    Standing& standing = group.standing;
    standing.recorded_at = std::max(standing.recorded_at, prepared.at ? *prepared.at : clock_());
    Record record;
    record.recorded_at = standing.recorded_at;
    record.actor = prepared.actor;
    record.command_id = prepared.command_id;
    record.position = Position{standing.tree.size()};
    const Position first{record.position.value + 1};
    for (auto& stream : prepared.streams) {
        record.stream = stream.stream;
        record.key = stream.key;
        record.version = stream.expected;
        standing.key = std::max(standing.key, stream.key);
        for (auto& event : stream.events) {
            ++record.position.value;
            ++record.version.value;
            record.type = std::move(event.type);
            record.facts = std::move(event.facts);
            record.sealed = std::move(event.sealed);
            auto bytes = encode_record(keys_.organisation(), record);
            const auto stored = decode_record(bytes);
            standing.tree.add(proof::record_leaf(stored.header, event.facts_hash, event.sealed_hash),
                              [&](unsigned level, std::uint64_t index, const Hash& hash) {
                                  group.batch.put(Family::Tree, tree_key(level, index),
                                                  proof::to_bytes(hash));
                              });
            std::string place;
            put_u64(place, record.position.value);
            put_u64(place, record.key.value);
            group.batch.put(Family::Streams, stream_key(record.stream.value, record.version),
                            std::move(place));
            group.batch.put(Family::Log, u64_bytes(record.position.value), std::move(bytes));
        }
        if (stream.reserved) {
            group.batch.erase(Family::Meta, unborn_row(record.stream.value));
            group.unborn[record.stream.value] = std::nullopt;
        }
        group.streams[record.stream.value] = {record.version, record.key};
    }
    group.wrote = true;
    prepared.answer = Appended{first, record.position};
}

Position Sequencer::append_next(const StreamId& stream, WrapArea area, Instant at,
                                const google::protobuf::Message& event) {
    Prepared prepared;
    prepared.unsealed = &event;
    prepared.at = at;
    prepared.size_bytes = event.ByteSizeLong() + 512;
    auto& only = prepared.streams.emplace_back();
    only.stream = stream;
    only.area = area;
    Waiting own;
    own.appends.push_back(&prepared);
    submit(own);
    return (*prepared.answer)->last;
}

Sequencer::StreamState Sequencer::stream_state(std::string_view stream) const {
    const auto last =
        engine_.last(Family::Streams, stream_prefix(stream), stream_key(stream, Version{UINT64_MAX}));
    if (!last) return {};
    Reader key(std::string_view(last->first).substr(stream.size() + 1));
    Reader value(last->second);
    const Version version{key.u64()};
    value.u64();
    return {version, KeyId{value.u64()}};
}

std::optional<Sequencer::CommandState> Sequencer::command_state(const std::string& key) const {
    const auto value = engine_.get(Family::Commands, key);
    if (!value) return std::nullopt;
    Reader reader(*value);
    const Position first{reader.u64()};
    const Position last{reader.u64()};
    return CommandState{{first, last}, {}};
}

tl::expected<Appended, Refused> Sequencer::answer_again(const CommandState& known,
                                                        const std::string& request_hash) const {
    std::string before = known.request_hash;
    if (before.empty()) {
        const auto destroyed = watched([&]() -> std::optional<StreamId> {
            const auto bytes = tables_.record(known.positions.first);
            Record record;
            decode_record(bytes).copy_to(record);
            std::string plain;
            if (!open_frame(record, plain)) return record.stream;
            before = sealing::decode_frame(plain).request_hash;
            sealing::wipe(plain);
            return std::nullopt;
        });
        if (destroyed) return tl::unexpected(Refused{Refusal::KeyDestroyed, *destroyed, {}});
    }
    if (before != request_hash) return tl::unexpected(Refused{Refusal::CommandReused, {}, {}});
    return Appended{known.positions.first, known.positions.last, true};
}

// ---- reading ----

Version Sequencer::version(const StreamId& stream) const {
    return stream_state(stream.value).version;
}

void Sequencer::read_stream(const StreamId& stream, Version after, const Visitor& visitor) const {
    Record record;
    engine_.scan(Family::Streams, stream_key(stream.value, Version{after.value + 1}),
                 stream_key(stream.value, Version{UINT64_MAX}),
                 [&](std::string_view, std::string_view value) {
                     watched([&] {
                         const auto bytes = tables_.record(Position{Reader(value).u64()});
                         decode_record(bytes).copy_to(record);
                     });
                     return visitor(record);
                 });
}

void Sequencer::read_log(Position after, Position until, const Visitor& visitor) const {
    const auto last = std::min(until, head().position);
    if (after >= last) return;
    Record record;
    std::uint64_t expected = after.value;
    engine_.scan(Family::Log, u64_bytes(after.value + 1), u64_bytes(last.value + 1),
                 [&](std::string_view, std::string_view value) {
                     watched([&] {
                         decode_record(value).copy_to(record);
                         if (record.position.value != ++expected) {
                             throw Corruption(fmt::format("{}: record {} stands where {} should", where_,
                                                          record.position.value, expected));
                         }
                     });
                     return visitor(record);
                 });
}

Head Sequencer::head() const {
    const std::lock_guard lock(head_mutex_);
    return head_;
}

std::optional<StreamId> Sequencer::find(const std::string& scope, const std::string& value) const {
    auto stored = engine_.get(Family::Lookups, claim_key(keys_.claim_hash(scope, value)));
    if (!stored) return std::nullopt;
    return StreamId{std::move(*stored)};
}

bool Sequencer::open_frame(const Record& record, std::string& plain) const {
    const auto key = keys_.find(record.key);
    if (!key) return false;
    thread_local std::string bound;
    bound.clear();
    put_bound(bound, record.stream.value, record.version, record.type, record.key);
    if (!sealing::open_box(*key, bound, record.sealed, plain)) {
        throw Corruption(
            fmt::format("{}: record {} was altered: its seal is broken", where_, record.position.value));
    }
    return true;
}

Opened Sequencer::open_unchecked(const Record& record, Depth depth) const {
    const auto& type = known_type(record.type);
    Opened opened;
    opened.event.reset(type.prototype->New());
    if (!opened.event->ParsePartialFromString(record.facts)) throw Corruption("facts that do not parse");
    if (depth == Depth::Facts) return opened;
    thread_local std::string plain;
    if (!open_frame(record, plain)) {
        opened.key_gone = true;
        return opened;
    }
    const auto frame = sealing::decode_frame(plain);
    sealing::merge(*opened.event, frame.details, *type.plan);
    if (depth == Depth::Everything) sealing::merge(*opened.event, frame.personal, *type.plan);
    sealing::wipe(plain);
    return opened;
}

Opened Sequencer::open(const Record& record, Depth depth) const {
    return watched([&] { return open_unchecked(record, depth); });
}

// ---- proofs ----

std::vector<std::string> Sequencer::inclusion_proof(Position position, Position size) const {
    if (size > head().position) throw std::out_of_range("no such record");
    return watched([&] { return tables_.inclusion_proof(position, size); });
}

std::vector<std::string> Sequencer::consistency_proof(Position old_size, Position size) const {
    if (size > head().position) throw std::out_of_range("no such record");
    return watched([&] { return tables_.consistency_proof(old_size, size); });
}

std::string Sequencer::leaf(Position position) const {
    if (position.value == 0 || position > head().position) throw std::out_of_range("no such record");
    return watched([&] { return tables_.leaf(position); });
}

void Sequencer::check_extends(const Head& known) const {
    watched([&] { tables_.check_extends(head(), known); });
}

Head Sequencer::verify(const std::function<void(Position)>& progress) const {
    const auto head = this->head();
    const auto& organisation = keys_.organisation();
    Record record;
    const auto open = [&](const StoredRecord& stored) {
        stored.copy_to(record);
        static_cast<void>(open_unchecked(record, Depth::Everything));
    };
    watched([&] {
        tables_.check(
            head,
            {{reinterpret_cast<const char*>(organisation.data()), organisation.size()}, open, progress});
    });
    return head;
}

}  // namespace vastine::store
