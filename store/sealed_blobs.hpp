#pragma once
// The blobs over any engine. A blob stands as a manifest, found by its stream and name, and chunks under
// an id of its own. While it is written a row of its own says so, from before its first chunk to the batch
// that puts the manifest in that row's place: what a killed process left is told from what is whole.

#include <chrono>
#include <map>
#include <mutex>
#include <optional>

#include "store/blobs.hpp"
#include "store/engine/engine.hpp"
#include "store/sealing/key_ring.hpp"
#include "store/sequencer.hpp"
#include "store/stored_blob.hpp"

namespace vastine::store {

class SealedBlobs final : public Blobs {
public:
    // Writes the first contents of an empty blob database.
    static void create(engine::Engine& engine, const Organisation& organisation);
    // Throws CannotOpen when the database is no blob store or belongs to another organisation. `where`
    // names it.
    SealedBlobs(engine::Engine& engine, sealing::KeyRing& keys, Sequencer& log,
                std::function<Instant()> clock, std::string where);
    ~SealedBlobs() override;

    [[nodiscard]] tl::expected<std::unique_ptr<Writer>, Missing> write(const StreamId& of,
                                                                       KeyArea area) override;
    [[nodiscard]] tl::expected<std::unique_ptr<Source>, Missing> read(
        const StreamId& of, const std::string& sealed_sha256) const override;
    Reaped reap(Instant before, const Named& named) override;
    BlobsVerified verify(const std::function<void(std::uint64_t)>& progress) const override;
    [[nodiscard]] bool has(const StreamId& of, const std::string& sealed_sha256) const override;
    [[nodiscard]] std::uint64_t count() const override;

    [[nodiscard]] bool healthy() const { return !engine_.faulted(); }
    void try_recover() noexcept;  // at most once a second

private:
    class SealingWriter;
    class OpeningSource;
    struct Row {
        std::string stream;
        std::string name;  // 32 bytes
    };

    void recover();
    [[nodiscard]] Manifest checked(const Row& row, std::string_view bytes) const;
    // As it stands on the disk, and as it was written. Nothing: the blob was reaped meanwhile.
    [[nodiscard]] std::optional<std::string> chunk(const Row& row, const Manifest& manifest,
                                                   std::uint64_t number) const;
    [[nodiscard]] std::string opened(const Row& row, const Manifest& manifest, std::uint64_t number,
                                     std::string_view box, const sealing::Key& key) const;
    void each_manifest(const std::function<void(const Row&, std::string_view)>& visit) const;
    void remove(const std::string& row, std::string_view blob);
    [[nodiscard]] std::uint64_t remove_unfinished();
    void forget_unborn();
    [[noreturn]] void damaged(const Row& row, std::string_view what) const;

    engine::Engine& engine_;
    sealing::KeyRing& keys_;
    Sequencer& log_;
    const std::function<Instant()> clock_;
    const std::string where_;

    // One change at a time; before the queue of the log, never while leading it.
    mutable std::mutex mutex_;
    std::map<std::string, std::string> writing_;  // id of each blob that is being written -> its stream
    // Counts the reopenings: what was written unsynced before one is not trusted after it.
    std::uint64_t generation_ = 0;
    std::chrono::steady_clock::time_point next_try_{};
};

}  // namespace vastine::store
