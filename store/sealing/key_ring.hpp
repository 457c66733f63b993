#pragma once
// The key database: data keys of streams wrapped by their area's key, secrets under the secrets' key, and
// these keys wrapped by the master key and kept for the escrow. Formats: store/FORMAT.md.
//
// Threads: every function may be called from any thread at once.
// Errors: a wrong master key throws CannotOpen; a key that is missing or does not unwrap throws
// Corruption; a fault of the disk throws Fault.

#include <array>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "store/engine/engine.hpp"
#include "store/sealing/kept_keys.hpp"
#include "store/sealing/key.hpp"
#include "store/sealing/key_place.hpp"
#include "store/sealing/key_record.hpp"
#include "store/sealing/turns.hpp"
#include "store/store.hpp"
#include "store/stored_record.hpp"

namespace vastine::store::sealing {

struct PoolKey {
    KeyId id;
    std::shared_ptr<const Key> key;
};

class KeyRing final : public Secrets, public Keys {
public:
    // Writes the first contents of an empty key database.
    static void create(engine::Engine& engine, const MasterKey& master, const Organisation& organisation);
    static void create(engine::Engine& engine, const Key& master, const Organisation& organisation);
    // `where` names the database and the key file to the person at the terminal.
    KeyRing(engine::Engine& engine, KeyPlace place, std::string where);
    // Under a key that is kept nowhere else.
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
    // Leaves a mark in the key's place. What it sealed is gone for good: its data key stands wrapped in this
    // one row and nowhere else, so neither the escrow nor an older master key brings it back.
    void destroy(KeyId id) { destroy(std::vector{id}); }
    void destroy(const std::vector<KeyId>& ids);  // with one sync
    // Overwrites on the disk what was destroyed, replaced or erased: takes seconds with a million keys.
    void reclaim();
    [[nodiscard]] KeyId last_id() const;

    // The HMAC of a claim under the index key.
    [[nodiscard]] std::string claim_hash(const std::string& scope, const std::string& value) const;

    // Secrets
    void put(const std::string& name, const std::string& value) override;
    [[nodiscard]] std::optional<std::string> get(const std::string& name) const override;
    void erase(const std::string& name) override;
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> scan(
        const std::string& prefix) const override;

    // Keys
    [[nodiscard]] KeysStatus status() const override;
    Rotated rotate_area_keys(const Progress& progress) override;
    void rotate_master_key() override;
    void move_master_key_to_token(const std::filesystem::path& description) override;
    void move_master_key_to_file() override;
    void renew_escrow(const EscrowPlan& plan, const HandOut& hand_out) override;

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

    // The keys that wrap data keys and secrets; replaced as a whole, never changed.
    struct Wrapping {
        std::map<std::uint8_t, std::shared_ptr<const Key>> areas;
        // Of a rotation that is under way: what is wrapped anew, or new, stands under these.
        std::map<std::uint8_t, std::shared_ptr<const Key>> next;
        std::shared_ptr<const Key> secrets;
    };
    // A change of Wrapping or the master key that may stand on the disk or not, after a fault.
    struct Doubt {
        std::string row;
        std::string value;
        std::function<void()> effect;
    };

    void load();
    void upgrade_secrets();
    void reopen();
    void write(const engine::Batch& batch);
    void write_then(const engine::Batch& batch, const std::string& row, std::function<void()> effect);
    void replace(Wrapping wrapping);
    [[nodiscard]] std::shared_ptr<const Wrapping> wrapping() const;
    void begin_rotation();
    void rewrap(std::uint64_t first, Rotated& rotated);
    void end_rotation();
    void replace_master(const std::function<std::unique_ptr<MasterKey>(const MasterKey&)>& choose);
    void fill(WrapArea area, std::size_t count);
    [[nodiscard]] Run& run_of(KeyId id) const;
    [[nodiscard]] Wrapped read_run(KeyId id, std::uint64_t changed) const;
    [[nodiscard]] Unwrapped& place_of(KeyId id) const;
    // The record's key, however it is wrapped at the moment; nothing when it opens under neither.
    [[nodiscard]] std::optional<Key> unwrapped(KeyId id, const KeyRecord& record,
                                               const Wrapping& under) const;
    [[nodiscard]] std::optional<Key> unwrapped_when_settled(KeyId id) const;
    [[nodiscard]] std::string open_secret(std::string_view name, std::string_view box) const;

    engine::Engine& engine_;
    KeyPlace place_;
    const std::string where_;
    Organisation organisation_{};
    Key index_key_;  // never rotated: the log's claims are HMACs under it

    std::mutex rotating_;                      // one rotation at a time; before writing_
    mutable Turns writing_;                    // one writer at a time; before mutex_
    std::shared_ptr<const MasterKey> master_;  // the writer's
    std::optional<Doubt> doubt_;               // the writer's

    std::chrono::steady_clock::time_point next_try_{};
    mutable std::mutex mutex_;
    std::shared_ptr<const Wrapping> wrapping_;
    std::map<WrapArea, Pool> pools_;
    std::uint64_t last_id_ = 0;
    mutable std::vector<Unwrapped> unwrapped_;  // each id has one place, which it shares with others
    mutable std::vector<Run> runs_;
    mutable std::uint64_t asked_ = 0;
    std::uint64_t changed_ = 0;  // what was read before a destruction or rotation is not kept after it
};

}  // namespace vastine::store::sealing
