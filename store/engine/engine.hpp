#pragma once
// What the store needs of a database, and no more: ordered tables, atomic durable batches, snapshots.
// MemoryEngine and RocksEngine pass the same contract (tests/store/contract).
//
// Threads: reads from any thread at any time; what changes something one at a time, by whoever owns the
// engine.

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace vastine::store::engine {

enum class Family : std::uint8_t {
    Log,
    Streams,
    Commands,
    Lookups,
    Tree,
    Meta,
    Keys,
    Secrets,
    Blobs,
    Chunks
};
inline constexpr std::size_t family_count = 10;

// Every table of the house, its name on disk and what it is for. Names are frozen.
struct FamilyEntry {
    Family family;
    const char* name;
    const char* role;
};
inline constexpr FamilyEntry log_families[] = {
    {Family::Log, "log", "position -> record"},
    {Family::Streams, "streams", "stream and version -> position and key id"},
    {Family::Commands, "commands", "actor and command id -> first and last position"},
    {Family::Lookups, "lookups", "HMAC of a claim -> stream, and back"},
    {Family::Tree, "tree", "level and index -> hash of a complete subtree"},
    {Family::Meta, "meta", "format, organisation, head, keys of streams that have no events yet"},
};
inline constexpr FamilyEntry key_families[] = {
    {Family::Keys, "keys", "key id -> wrapped data key, or that it was destroyed"},
    {Family::Secrets, "secrets", "name -> value sealed under the master key"},
    {Family::Meta, "meta", "format, organisation, key check value, wrapped area keys and index key"},
};
inline constexpr FamilyEntry blob_families[] = {
    {Family::Blobs, "blobs", "stream and name -> manifest; what is being written -> stream"},
    {Family::Chunks, "chunks", "blob id and number -> sealed chunk, in files of their own"},
    {Family::Meta, "meta", "format, organisation"},
};

// Changes that happen together or not at all, each after the one before.
class Batch {
public:
    struct Change {
        Family family;
        std::string key;
        std::optional<std::string> value;  // nothing: erased
        std::string until;                 // not empty: everything from `key` to before this is erased
    };
    void put(Family family, std::string key, std::string value) {
        size_ += key.size() + value.size();
        changes_.push_back({family, std::move(key), std::move(value), {}});
    }
    void erase(Family family, std::string key) {
        changes_.push_back({family, std::move(key), std::nullopt, {}});
    }
    // Entries with from <= key < until. For what is rare: each range is remembered for a while.
    void erase_range(Family family, std::string from, std::string until) {
        changes_.push_back({family, std::move(from), std::nullopt, std::move(until)});
    }
    [[nodiscard]] const std::vector<Change>& changes() const { return changes_; }
    [[nodiscard]] std::size_t size_bytes() const { return size_; }

private:
    std::vector<Change> changes_;
    std::size_t size_ = 0;
};

// Return false to stop.
using Entry = std::function<bool(std::string_view key, std::string_view value)>;

class Engine {
public:
    virtual ~Engine() = default;

    // Durable when it returns. Throws Fault when that is unknown: the batch is then there whole or not
    // at all, and the engine takes no further write before reopen().
    virtual void write(const Batch& batch) = 0;
    // As write(), but durable only with the next write(): until then the machine's end may lose it, and all
    // written unsynced after it, and reopen() may too.
    virtual void write_unsynced(const Batch& batch) = 0;

    [[nodiscard]] virtual std::optional<std::string> get(Family family, std::string_view key) const = 0;
    // Entries with from <= key < until in order of their bytes. All that was written before the call is
    // seen; what is written meanwhile may be.
    virtual void scan(Family family, std::string_view from, std::string_view until,
                      const Entry& entry) const = 0;
    // The last entry with from <= key < until.
    [[nodiscard]] virtual std::optional<std::pair<std::string, std::string>> last(
        Family family, std::string_view from, std::string_view until) const = 0;

    // True from a failed write or reclaim() until a successful reopen().
    [[nodiscard]] virtual bool faulted() const = 0;
    // Reads again what really stands on the disk. Throws Fault when the disk does not let it.
    virtual void reopen() = 0;
    // Gives the room of what was erased from a table back to the disk, as far as that is worth its work; what
    // was overwritten is gone from its files then. Throws Fault when the disk fails.
    virtual void reclaim(Family family) = 0;
};

}  // namespace vastine::store::engine
