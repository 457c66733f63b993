#pragma once
// The key database: data keys of streams wrapped by their area's key, area keys, the index key and
// secrets wrapped by the master key. Formats: store/FORMAT.md.
//
// Threads: every function may be called from any thread at once.
// Errors: a wrong master key throws CannotOpen; a key that is missing or does not unwrap throws
// Corruption; a fault of the disk throws Fault.

#include <array>
#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "store/engine/engine.hpp"
#include "store/sealing/key.hpp"
#include "store/store.hpp"
#include "store/stored_record.hpp"

namespace vastine::store::sealing {

// Under which key-encryption key a data key stands: a KeyArea, or an area of the access log (frozen).
enum class WrapArea : std::uint8_t {
    Reference = 1,
    Ombudsman = 2,
    Legal = 3,
    AccessOmbudsman = 17,
    AccessLegal = 18,
    AccessReference = 19,
};

struct PoolKey {
    KeyId id;
    std::shared_ptr<const Key> key;
};

class KeyRing final : public Secrets {
public:
    // Writes the first contents of an empty key database.
    static void create(engine::Engine& engine, const Key& master, const Organisation& organisation);
    // `where` names the database and the key file to the person at the terminal.
    KeyRing(engine::Engine& engine, Key master, std::string where);
    ~KeyRing() override;

    [[nodiscard]] const Organisation& organisation() const { return organisation_; }

    // A new data key for one stream, durable before it is given: it comes from a pool that is
    // generated, wrapped and synced ahead.
    [[nodiscard]] PoolKey take(WrapArea area);
    // An unused key goes back. Never give back one that may have sealed something on the disk.
    void give_back(WrapArea area, PoolKey key);

    // The data key, or nothing when it was destroyed.
    [[nodiscard]] std::shared_ptr<const Key> find(KeyId id) const;
    // Leaves a mark in the key's place. What it sealed is gone for good.
    void destroy(KeyId id);
    [[nodiscard]] KeyId last_id() const;

    // The HMAC of a claim under the index key.
    [[nodiscard]] std::string claim_hash(const std::string& scope, const std::string& value) const;

    // Secrets
    void put(const std::string& name, const std::string& value) override;
    [[nodiscard]] std::optional<std::string> get(const std::string& name) const override;
    void erase(const std::string& name) override;
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> scan(
        const std::string& prefix) const override;

    [[nodiscard]] bool healthy() const { return !engine_.faulted(); }
    // Reads again what stands on the disk, after a fault. Throws Fault when that does not go.
    void recover();
    void try_recover() noexcept;  // at most once a second

private:
    struct Pool {
        std::vector<PoolKey> keys;
        std::size_t next_size = 32;
        bool filling = false;
    };
    // A key as it is stored; one byte longer than any, so that a longer one is not taken for a right one.
    struct Wrapped {
        std::uint8_t size = 0;  // 0: there is none
        std::array<char, 63> bytes;
        void assign(std::string_view stored);
        [[nodiscard]] std::string_view view() const { return {bytes.data(), size}; }
    };
    // The wrapped keys of a run of ids, read with one scan when the second of them is asked for: a log is
    // read in about the order in which its keys were given out.
    struct Run {
        std::uint64_t number = UINT64_MAX;
        std::uint64_t used_at = 0;
        bool asked = false;         // for one of its keys
        std::vector<Wrapped> keys;  // empty: not read yet
    };
    struct Unwrapped {
        KeyId id;
        std::shared_ptr<const Key> key;
    };

    void write(const engine::Batch& batch);
    void fill(WrapArea area, std::size_t count);
    [[nodiscard]] Run& run_of(KeyId id) const;
    [[nodiscard]] Wrapped read_run(KeyId id, std::uint64_t destroyed) const;
    [[nodiscard]] Unwrapped& place_of(KeyId id) const;
    [[nodiscard]] const Key& area_key(std::uint8_t area) const;
    [[nodiscard]] std::string open_secret(std::string_view name, std::string_view box) const;

    engine::Engine& engine_;
    const Key master_;
    const std::string where_;
    Organisation organisation_{};
    std::map<std::uint8_t, Key> area_keys_;
    Key index_key_;

    std::chrono::steady_clock::time_point next_try_{};
    std::mutex writing_;  // one writer at a time; before mutex_
    mutable std::mutex mutex_;
    std::map<WrapArea, Pool> pools_;
    std::uint64_t last_id_ = 0;
    mutable std::vector<Unwrapped> unwrapped_;  // each id has one place, which it shares with others
    mutable std::vector<Run> runs_;
    mutable std::uint64_t asked_ = 0;
    std::uint64_t destroyed_ = 0;  // what was read before a destruction is not kept after it
};

}  // namespace vastine::store::sealing
