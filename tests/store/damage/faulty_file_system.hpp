#pragma once
// A file system that fails on demand and forgets what was not synced, as a power cut does.

#include <rocksdb/env.h>
#include <rocksdb/file_system.h>

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <random>
#include <set>
#include <string>

namespace vastine::store::test {

enum class Failing { Once, FromThenOn };

class FaultyFileSystem final : public rocksdb::FileSystemWrapper {
public:
    FaultyFileSystem();
    ~FaultyFileSystem() override;

    // The call with this number from now on that changes something fails; 0: none.
    void fail_at(std::uint64_t call, Failing failing);
    // The read with this number from now on fails; 0: none.
    void fail_read_at(std::uint64_t call, Failing failing);
    [[nodiscard]] bool has_failed() const;
    // From here on nothing reaches the disk: what a process still does after the lights went out.
    void lights_out();
    // Forgets what was not synced: a random part of each unsynced tail stays, and files whose folder was
    // never synced go. Call it when every database on this file system is closed.
    void drop_unsynced(std::mt19937_64& random);

    static const char* kClassName() { return "FaultyFileSystem"; }
    const char* Name() const override { return kClassName(); }

    rocksdb::IOStatus NewWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                                      std::unique_ptr<rocksdb::FSWritableFile>* result,
                                      rocksdb::IODebugContext* context) override;
    rocksdb::IOStatus ReopenWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                                         std::unique_ptr<rocksdb::FSWritableFile>* result,
                                         rocksdb::IODebugContext* context) override;
    rocksdb::IOStatus NewRandomAccessFile(const std::string& name, const rocksdb::FileOptions& options,
                                          std::unique_ptr<rocksdb::FSRandomAccessFile>* result,
                                          rocksdb::IODebugContext* context) override;
    rocksdb::IOStatus NewSequentialFile(const std::string& name, const rocksdb::FileOptions& options,
                                        std::unique_ptr<rocksdb::FSSequentialFile>* result,
                                        rocksdb::IODebugContext* context) override;
    rocksdb::IOStatus NewDirectory(const std::string& name, const rocksdb::IOOptions& options,
                                   std::unique_ptr<rocksdb::FSDirectory>* result,
                                   rocksdb::IODebugContext* context) override;
    rocksdb::IOStatus RenameFile(const std::string& from, const std::string& to,
                                 const rocksdb::IOOptions& options,
                                 rocksdb::IODebugContext* context) override;
    rocksdb::IOStatus DeleteFile(const std::string& name, const rocksdb::IOOptions& options,
                                 rocksdb::IODebugContext* context) override;

private:
    friend class FaultyFile;
    friend class FaultyRandomRead;
    friend class FaultySequentialRead;
    friend class FaultyDirectory;
    struct Tracked {
        std::uint64_t size = 0;
        std::uint64_t synced = 0;
        bool entered = false;  // its folder was synced after it was made
    };

    // Counts the call; an error when it is the one that fails.
    rocksdb::IOStatus may_i();
    rocksdb::IOStatus may_i_read();
    void appended(const std::string& name, std::uint64_t size);
    void synced(const std::string& name);
    void folder_synced(const std::string& folder);

    mutable std::mutex mutex_;
    std::uint64_t countdown_ = 0;
    std::uint64_t read_countdown_ = 0;
    Failing failing_ = Failing::Once;
    bool failed_ = false;
    bool dark_ = false;
    std::map<std::string, Tracked> files_;
};

}  // namespace vastine::store::test
