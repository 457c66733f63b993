#pragma once
#include <rocksdb/db.h>
#include <rocksdb/env.h>

#include <atomic>
#include <filesystem>
#include <memory>
#include <mutex>
#include <span>

#include "store/engine/engine.hpp"

namespace vastine::store::engine {

// One RocksDB database with a column family for each table.
class RocksEngine final : public Engine {
public:
    // Read: nothing on the disk is changed, no lock is taken, and every write fails. For copies.
    enum class Mode { Create, Open, OpenOrCreate, Read };
    struct Setup {
        std::filesystem::path directory;
        std::span<const FamilyEntry> families;
        Mode mode = Mode::Open;
        rocksdb::Env* environment = nullptr;  // nothing: the system's
    };
    // Throws CannotOpen when the folder is held by another process, missing (Open) or there (Create);
    // Corruption when RocksDB finds its files damaged; Fault on other errors of the disk.
    explicit RocksEngine(Setup setup);
    ~RocksEngine() override;

    void write(const Batch& batch) override;
    void write_unsynced(const Batch& batch) override;
    [[nodiscard]] std::optional<std::string> get(Family family, std::string_view key) const override;
    void scan(Family family, std::string_view from, std::string_view until,
              const Entry& entry) const override;
    [[nodiscard]] std::optional<std::pair<std::string, std::string>> last(
        Family family, std::string_view from, std::string_view until) const override;
    [[nodiscard]] bool faulted() const override { return faulted_; }
    void reopen() override;
    void reclaim(Family family) override;

private:
    struct Database;
    enum class Sync { Now, Later };
    [[nodiscard]] std::shared_ptr<Database> database() const;
    void write(const Batch& batch, Sync sync);

    Setup setup_;
    std::atomic<bool> faulted_ = false;
    mutable std::mutex mutex_;  // guards the pointer only
    std::shared_ptr<Database> database_;
};

}  // namespace vastine::store::engine
