#include "store/engine/rocks_engine.hpp"

#include <fmt/format.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/listener.h>
#include <rocksdb/slice_transform.h>
#include <rocksdb/table.h>
#include <rocksdb/write_batch.h>

#include <array>
#include <chrono>
#include <thread>

#include "store/store.hpp"

namespace vastine::store::engine {
namespace {

rocksdb::Slice slice(std::string_view text) {
    return {text.data(), text.size()};
}
std::string_view view(const rocksdb::Slice& text) {
    return {text.data(), text.size()};
}

[[noreturn]] void fail(const rocksdb::Status& status, std::string_view doing) {
    if (status.IsCorruption()) throw Corruption(fmt::format("{}: {}", doing, status.ToString()));
    throw Fault(fmt::format("{}: {}", doing, status.ToString()));
}
void check(const rocksdb::Status& status, std::string_view doing) {
    if (!status.ok()) fail(status, doing);
}

rocksdb::ColumnFamilyOptions family_options(Family family) {
    rocksdb::ColumnFamilyOptions options;
    rocksdb::BlockBasedTableOptions table;
    table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
    table.checksum = rocksdb::kXXH3;
    table.format_version = 5;
    table.block_size = family == Family::Log ? 32 << 10 : 8 << 10;
    options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
    // Most bytes are ciphertext and hashes, which no compression makes smaller.
    options.compression = rocksdb::kNoCompression;
    options.write_buffer_size = 32 << 20;
    // Most look-ups of a claim, a command or a stream are for what is new: answered without a search.
    options.memtable_prefix_bloom_size_ratio = 0.05;
    options.memtable_whole_key_filtering = true;
    if (family == Family::Chunks) {
        // Chunks are written once and never change: in files of their own no compaction copies them again.
        // Collecting garbage on the way would copy whole files for each new one; reclaim() does it when
        // enough was erased.
        options.enable_blob_files = true;
        options.blob_file_size = 64 << 20;
        options.enable_blob_garbage_collection = false;
    }
    return options;
}

// After a fault the database is closed and opened again, here. RocksDB's own way back from a full disk runs
// in a thread, and close() has waited for that without end.
class NoWayBackOfItsOwn final : public rocksdb::EventListener {
public:
    void OnErrorRecoveryBegin(rocksdb::BackgroundErrorReason, rocksdb::Status, bool* of_its_own) override {
        *of_its_own = false;
    }
};

rocksdb::DBOptions database_options(rocksdb::Env* environment) {
    rocksdb::DBOptions options;
    if (environment != nullptr) options.env = environment;
    options.paranoid_checks = true;
    // After a power cut the tail of the write-ahead log may be torn: it was never acknowledged.
    options.wal_recovery_mode = rocksdb::WALRecoveryMode::kPointInTimeRecovery;
    options.track_and_verify_wals_in_manifest = true;
    options.max_open_files = 512;
    options.max_file_opening_threads = 2;  // 16 begin and end for each table, before there is a file in it
    options.max_background_jobs = 2;
    options.max_bgerror_resume_count = 0;
    options.listeners.push_back(std::make_shared<NoWayBackOfItsOwn>());
    options.max_total_wal_size = 128 << 20;
    options.keep_log_file_num = 3;
    options.info_log_level = rocksdb::WARN_LEVEL;
    return options;
}

}  // namespace

struct RocksEngine::Database {
    std::unique_ptr<rocksdb::DB> db;
    std::array<rocksdb::ColumnFamilyHandle*, family_count> handles{};

    Database() = default;
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;
    ~Database() {
        for (auto* handle : handles) {
            if (handle != nullptr) static_cast<void>(db->DestroyColumnFamilyHandle(handle));
        }
        if (db) static_cast<void>(db->Close());
    }
    [[nodiscard]] rocksdb::ColumnFamilyHandle* handle(Family family) const {
        return handles[static_cast<std::size_t>(family)];
    }

    static std::shared_ptr<Database> open(const Setup& setup) {
        auto options = database_options(setup.environment);
        options.create_if_missing = options.create_missing_column_families =
            setup.mode == Mode::Create || setup.mode == Mode::OpenOrCreate;
        options.error_if_exists = setup.mode == Mode::Create;
        std::vector<rocksdb::ColumnFamilyDescriptor> descriptors;
        descriptors.emplace_back(rocksdb::kDefaultColumnFamilyName, rocksdb::ColumnFamilyOptions());
        for (const auto& entry : setup.families) {
            descriptors.emplace_back(entry.name, family_options(entry.family));
        }
        std::vector<rocksdb::ColumnFamilyHandle*> opened;
        rocksdb::DB* raw = nullptr;
        const auto folder = setup.directory.string();
        const auto status = setup.mode == Mode::Read
                                ? rocksdb::DB::OpenForReadOnly(options, folder, descriptors, &opened, &raw)
                                : rocksdb::DB::Open(options, folder, descriptors, &opened, &raw);
        if (!status.ok()) {
            const auto text = status.ToString();
            if (text.find("lock") != std::string::npos && text.find("LOCK") != std::string::npos) {
                throw CannotOpen(fmt::format(
                    "{} is held by another process. Stop the server first, or give --url to go through it.",
                    setup.directory.string()));
            }
            fail(status, "opening " + setup.directory.string());
        }
        auto database = std::make_shared<Database>();
        database->db.reset(raw);
        check(raw->DestroyColumnFamilyHandle(opened[0]), "opening " + setup.directory.string());
        for (std::size_t i = 0; i < setup.families.size(); ++i) {
            database->handles[static_cast<std::size_t>(setup.families[i].family)] = opened[i + 1];
        }
        return database;
    }
};

RocksEngine::RocksEngine(Setup setup) : setup_(std::move(setup)), database_(Database::open(setup_)) {
    if (setup_.mode != Mode::Read) setup_.mode = Mode::Open;  // for reopen()
}
RocksEngine::~RocksEngine() = default;

std::shared_ptr<RocksEngine::Database> RocksEngine::database() const {
    const std::lock_guard lock(mutex_);
    if (!database_) throw Fault(setup_.directory.string() + " is being reopened after a fault");
    return database_;
}

void RocksEngine::write(const Batch& batch) {
    write(batch, Sync::Now);
}
void RocksEngine::write_unsynced(const Batch& batch) {
    write(batch, Sync::Later);
}

void RocksEngine::write(const Batch& batch, Sync sync) {
    if (faulted_) throw Fault(setup_.directory.string() + " takes no writes after a fault");
    const auto open = database();
    rocksdb::WriteBatch changes(batch.size_bytes() + batch.changes().size() * 16 + 64);
    for (const auto& change : batch.changes()) {
        auto* handle = open->handle(change.family);
        const auto status = change.value            ? changes.Put(handle, change.key, *change.value)
                            : !change.until.empty() ? changes.DeleteRange(handle, change.key, change.until)
                                                    : changes.Delete(handle, change.key);
        check(status, "batch");
    }
    rocksdb::WriteOptions options;
    // A synced write syncs all of the write-ahead log before it too.
    options.sync = sync == Sync::Now;
    const auto status = open->db->Write(options, &changes);
    if (!status.ok()) {
        faulted_ = true;
        fail(status, "writing " + setup_.directory.string());
    }
}

std::optional<std::string> RocksEngine::get(Family family, std::string_view key) const {
    const auto open = database();
    std::string value;
    const auto status = open->db->Get({}, open->handle(family), slice(key), &value);
    if (status.IsNotFound()) return std::nullopt;
    check(status, "reading " + setup_.directory.string());
    return value;
}

void RocksEngine::scan(Family family, std::string_view from, std::string_view until,
                       const Entry& entry) const {
    const auto open = database();
    const rocksdb::Slice bound = slice(until);
    rocksdb::ReadOptions options;
    options.iterate_upper_bound = &bound;
    options.fill_cache = false;  // a scan is not read twice
    const std::unique_ptr<rocksdb::Iterator> at(open->db->NewIterator(options, open->handle(family)));
    for (at->Seek(slice(from)); at->Valid(); at->Next()) {
        if (!entry(view(at->key()), view(at->value()))) return;
    }
    check(at->status(), "reading " + setup_.directory.string());
}

std::optional<std::pair<std::string, std::string>> RocksEngine::last(Family family, std::string_view from,
                                                                     std::string_view until) const {
    const auto open = database();
    const rocksdb::Slice lower = slice(from);
    const rocksdb::Slice upper = slice(until);
    rocksdb::ReadOptions options;
    options.iterate_lower_bound = &lower;
    options.iterate_upper_bound = &upper;
    const std::unique_ptr<rocksdb::Iterator> at(open->db->NewIterator(options, open->handle(family)));
    at->SeekToLast();
    check(at->status(), "reading " + setup_.directory.string());
    if (!at->Valid()) return std::nullopt;
    return std::pair(at->key().ToString(), at->value().ToString());
}

void RocksEngine::reopen() {
    std::shared_ptr<Database> old;
    {
        const std::lock_guard lock(mutex_);
        old = std::move(database_);
        database_.reset();
    }
    // Readers that are still at work hold it; RocksDB locks its folder, so they must end first.
    if (old) {
        const auto patience = std::chrono::steady_clock::now() + std::chrono::seconds(10);
        while (old.use_count() > 1 && std::chrono::steady_clock::now() < patience) {
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
        if (old.use_count() > 1) {
            const std::lock_guard lock(mutex_);
            database_ = std::move(old);
            throw Fault(setup_.directory.string() + " is being read and cannot be reopened now");
        }
        old.reset();
    }
    auto opened = Database::open(setup_);
    const std::lock_guard lock(mutex_);
    database_ = std::move(opened);
    faulted_ = false;
}

void RocksEngine::reclaim(Family family) {
    if (faulted_) throw Fault(setup_.directory.string() + " takes no writes after a fault");
    const auto open = database();
    auto* const handle = open->handle(family);
    const auto compact = [&](rocksdb::BlobGarbageCollectionPolicy policy) {
        rocksdb::CompactRangeOptions options;
        options.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForceOptimized;
        options.blob_garbage_collection_policy = policy;
        options.blob_garbage_collection_age_cutoff = 1.0;
        const auto status = open->db->CompactRange(options, handle, nullptr, nullptr);
        if (!status.ok()) {
            // RocksDB takes no writes after it, before it is opened again.
            faulted_ = true;
            fail(status, "reclaiming " + setup_.directory.string());
        }
    };
    // Drops the files in which nothing is left, and counts what is garbage in the others.
    compact(rocksdb::BlobGarbageCollectionPolicy::kDisable);
    std::uint64_t all = 0;
    std::uint64_t garbage = 0;
    open->db->GetIntProperty(handle, rocksdb::DB::Properties::kLiveBlobFileSize, &all);
    open->db->GetIntProperty(handle, rocksdb::DB::Properties::kLiveBlobFileGarbageSize, &garbage);
    // What lives is copied: worth it when a quarter would go.
    if (garbage > all / 4) compact(rocksdb::BlobGarbageCollectionPolicy::kForce);
}

}  // namespace vastine::store::engine
