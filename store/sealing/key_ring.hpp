#pragma once
// The key database: data keys of streams wrapped by their area's key, area keys, the index key and
// secrets wrapped by the master key. Formats: store/FORMAT.md.
//
// Threads: every function may be called from any thread at once.
// Errors: a wrong master key throws CannotOpen; a key that is missing or does not unwrap throws
// Corruption; a fault of the disk throws Fault.

#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
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
    // The wrapped keys of a run of ids, read with one scan: a log is read in about the order in which
    // its keys were given out.
    using Block = std::vector<std::string>;

    void write(const engine::Batch& batch);
    void fill(WrapArea area, std::size_t count);
    [[nodiscard]] std::string wrapped(KeyId id, std::uint64_t destroyed) const;
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
    // Unwrapped keys in two generations: when the young one is full, the old one is dropped.
    using Generation = std::unordered_map<std::uint64_t, std::shared_ptr<const Key>>;
    mutable Generation young_;
    mutable Generation old_;
    mutable std::map<std::uint64_t, Block> blocks_;
    std::uint64_t destroyed_ = 0;  // what was read before a destruction is not kept after it
};

}  // namespace vastine::store::sealing
