#include "tests/store/damage/faulty_file_system.hpp"

#include <filesystem>

namespace vastine::store::test {

using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::IOStatus;
using rocksdb::Slice;

class FaultyFile final : public rocksdb::FSWritableFileOwnerWrapper {
public:
    FaultyFile(std::unique_ptr<rocksdb::FSWritableFile>&& file, FaultyFileSystem& system, std::string name)
        : FSWritableFileOwnerWrapper(std::move(file)), system_(system), name_(std::move(name)) {}

    IOStatus Append(const Slice& data, const IOOptions& options, IODebugContext* context) override {
        if (auto refused = system_.may_i(); !refused.ok()) {
            // A failed write may leave half of itself behind.
            const Slice half(data.data(), data.size() / 2);
            if (!system_.dark_ && FSWritableFileOwnerWrapper::Append(half, options, context).ok()) {
                system_.appended(name_, half.size());
            }
            return refused;
        }
        system_.appended(name_, data.size());
        return FSWritableFileOwnerWrapper::Append(data, options, context);
    }
    IOStatus Append(const Slice& data, const IOOptions& options, const rocksdb::DataVerificationInfo&,
                    IODebugContext* context) override {
        return Append(data, options, context);
    }
    IOStatus Sync(const IOOptions& options, IODebugContext*) override { return sync(options); }
    IOStatus Fsync(const IOOptions& options, IODebugContext*) override { return sync(options); }
    IOStatus RangeSync(std::uint64_t, std::uint64_t, const IOOptions&, IODebugContext*) override {
        return system_.may_i();
    }
    IOStatus Allocate(std::uint64_t, std::uint64_t, const IOOptions&, IODebugContext*) override {
        return system_.may_i();
    }
    // No room is taken ahead: these tests live in memory, where that is most of their work.
    void PrepareWrite(std::size_t, std::size_t, const IOOptions&, IODebugContext*) override {}
    IOStatus Close(const IOOptions& options, IODebugContext* context) override {
        auto refused = system_.may_i();
        const auto closed = FSWritableFileOwnerWrapper::Close(options, context);
        return refused.ok() ? closed : refused;
    }

private:
    IOStatus sync(const IOOptions&) {
        auto refused = system_.may_i();
        if (refused.ok()) system_.synced(name_);
        return refused;
    }
    FaultyFileSystem& system_;
    std::string name_;
};

class FaultyRandomRead final : public rocksdb::FSRandomAccessFileOwnerWrapper {
public:
    FaultyRandomRead(std::unique_ptr<rocksdb::FSRandomAccessFile>&& file, FaultyFileSystem& system)
        : FSRandomAccessFileOwnerWrapper(std::move(file)), system_(system) {}
    IOStatus Read(std::uint64_t offset, std::size_t size, const IOOptions& options, Slice* result,
                  char* scratch, IODebugContext* context) const override {
        if (auto refused = system_.may_i_read(); !refused.ok()) return refused;
        return FSRandomAccessFileOwnerWrapper::Read(offset, size, options, result, scratch, context);
    }

private:
    FaultyFileSystem& system_;
};

class FaultySequentialRead final : public rocksdb::FSSequentialFileOwnerWrapper {
public:
    FaultySequentialRead(std::unique_ptr<rocksdb::FSSequentialFile>&& file, FaultyFileSystem& system)
        : FSSequentialFileOwnerWrapper(std::move(file)), system_(system) {}
    IOStatus Read(std::size_t size, const IOOptions& options, Slice* result, char* scratch,
                  IODebugContext* context) override {
        if (auto refused = system_.may_i_read(); !refused.ok()) return refused;
        return FSSequentialFileOwnerWrapper::Read(size, options, result, scratch, context);
    }

private:
    FaultyFileSystem& system_;
};

class FaultyDirectory final : public rocksdb::FSDirectoryWrapper {
public:
    FaultyDirectory(std::unique_ptr<rocksdb::FSDirectory>&& directory, FaultyFileSystem& system,
                    std::string name)
        : FSDirectoryWrapper(std::move(directory)), system_(system), name_(std::move(name)) {}
    IOStatus Fsync(const IOOptions&, IODebugContext*) override {
        auto refused = system_.may_i();
        if (refused.ok()) system_.folder_synced(name_);
        return refused;
    }
    IOStatus FsyncWithDirOptions(const IOOptions& options, IODebugContext* context,
                                 const rocksdb::DirFsyncOptions&) override {
        return Fsync(options, context);
    }

private:
    FaultyFileSystem& system_;
    std::string name_;
};

FaultyFileSystem::FaultyFileSystem() : FileSystemWrapper(rocksdb::FileSystem::Default()) {}
FaultyFileSystem::~FaultyFileSystem() = default;

void FaultyFileSystem::fail_at(std::uint64_t call, Failing failing) {
    const std::lock_guard lock(mutex_);
    countdown_ = call;
    failing_ = failing;
    failed_ = false;
}

void FaultyFileSystem::fail_read_at(std::uint64_t call, Failing failing) {
    const std::lock_guard lock(mutex_);
    countdown_ = 0;
    read_countdown_ = call;
    failing_ = failing;
    failed_ = false;
}

IOStatus FaultyFileSystem::may_i_read() {
    const std::lock_guard lock(mutex_);
    if (read_countdown_ == 0) return IOStatus::OK();
    if (failed_ && failing_ == Failing::FromThenOn) return IOStatus::IOError("injected");
    if (failed_ || --read_countdown_ > 0) return IOStatus::OK();
    failed_ = true;
    read_countdown_ = 1;  // it stays armed for those that follow
    return IOStatus::IOError("injected");
}

bool FaultyFileSystem::has_failed() const {
    const std::lock_guard lock(mutex_);
    return failed_;
}

void FaultyFileSystem::lights_out() {
    const std::lock_guard lock(mutex_);
    dark_ = true;
}

IOStatus FaultyFileSystem::may_i() {
    const std::lock_guard lock(mutex_);
    if (dark_) return IOStatus::IOError("the lights are out");
    if (read_countdown_ > 0) return IOStatus::OK();
    if (failed_ && failing_ == Failing::FromThenOn) return IOStatus::NoSpace("injected");
    if (countdown_ == 0 || --countdown_ > 0) return IOStatus::OK();
    failed_ = true;
    return failing_ == Failing::Once ? IOStatus::IOError("injected") : IOStatus::NoSpace("injected");
}

void FaultyFileSystem::appended(const std::string& name, std::uint64_t size) {
    const std::lock_guard lock(mutex_);
    files_[name].size += size;
}
void FaultyFileSystem::synced(const std::string& name) {
    const std::lock_guard lock(mutex_);
    files_[name].synced = files_[name].size;
}
void FaultyFileSystem::folder_synced(const std::string& folder) {
    const std::lock_guard lock(mutex_);
    for (auto& [name, file] : files_) {
        if (std::filesystem::path(name).parent_path() == std::filesystem::path(folder)) file.entered = true;
    }
}

void FaultyFileSystem::drop_unsynced(std::mt19937_64& random) {
    const std::lock_guard lock(mutex_);
    for (const auto& [name, file] : files_) {
        std::error_code ignored;
        if (!file.entered) {
            std::filesystem::remove(name, ignored);
        } else if (file.synced < file.size) {
            std::filesystem::resize_file(name, file.synced + random() % (file.size - file.synced + 1),
                                         ignored);
        }
    }
}

IOStatus FaultyFileSystem::NewWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                                           std::unique_ptr<rocksdb::FSWritableFile>* result,
                                           IODebugContext* context) {
    if (auto refused = may_i(); !refused.ok()) return refused;
    auto made = target()->NewWritableFile(name, options, result, context);
    if (!made.ok()) return made;
    {
        const std::lock_guard lock(mutex_);
        files_[name] = {};
    }
    *result = std::make_unique<FaultyFile>(std::move(*result), *this, name);
    return made;
}

IOStatus FaultyFileSystem::ReopenWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                                              std::unique_ptr<rocksdb::FSWritableFile>* result,
                                              IODebugContext* context) {
    if (auto refused = may_i(); !refused.ok()) return refused;
    auto made = target()->ReopenWritableFile(name, options, result, context);
    if (!made.ok()) return made;
    {
        // It was there before, and so is its entry in the folder.
        const std::lock_guard lock(mutex_);
        std::error_code ignored;
        const auto size = std::filesystem::file_size(name, ignored);
        files_.try_emplace(name, Tracked{size, size, true});
    }
    *result = std::make_unique<FaultyFile>(std::move(*result), *this, name);
    return made;
}

IOStatus FaultyFileSystem::NewRandomAccessFile(const std::string& name, const rocksdb::FileOptions& options,
                                               std::unique_ptr<rocksdb::FSRandomAccessFile>* result,
                                               IODebugContext* context) {
    auto made = target()->NewRandomAccessFile(name, options, result, context);
    if (made.ok()) *result = std::make_unique<FaultyRandomRead>(std::move(*result), *this);
    return made;
}

IOStatus FaultyFileSystem::NewSequentialFile(const std::string& name, const rocksdb::FileOptions& options,
                                             std::unique_ptr<rocksdb::FSSequentialFile>* result,
                                             IODebugContext* context) {
    auto made = target()->NewSequentialFile(name, options, result, context);
    if (made.ok()) *result = std::make_unique<FaultySequentialRead>(std::move(*result), *this);
    return made;
}

IOStatus FaultyFileSystem::NewDirectory(const std::string& name, const IOOptions& options,
                                        std::unique_ptr<rocksdb::FSDirectory>* result,
                                        IODebugContext* context) {
    auto made = target()->NewDirectory(name, options, result, context);
    if (made.ok()) *result = std::make_unique<FaultyDirectory>(std::move(*result), *this, name);
    return made;
}

IOStatus FaultyFileSystem::RenameFile(const std::string& from, const std::string& to,
                                      const IOOptions& options, IODebugContext* context) {
    if (auto refused = may_i(); !refused.ok()) return refused;
    auto renamed = target()->RenameFile(from, to, options, context);
    if (renamed.ok()) {
        const std::lock_guard lock(mutex_);
        auto moved = files_.extract(from);
        if (!moved.empty()) {
            files_.erase(to);
            moved.key() = to;
            files_.insert(std::move(moved));
            // A journal keeps its order: with the new name, whatever was made before it in the folder.
            for (auto& [name, file] : files_) {
                if (std::filesystem::path(name).parent_path() == std::filesystem::path(to).parent_path()) {
                    file.entered = true;
                }
            }
        }
    }
    return renamed;
}

IOStatus FaultyFileSystem::DeleteFile(const std::string& name, const IOOptions& options,
                                      IODebugContext* context) {
    if (auto refused = may_i(); !refused.ok()) return refused;
    auto deleted = target()->DeleteFile(name, options, context);
    if (deleted.ok()) {
        const std::lock_guard lock(mutex_);
        files_.erase(name);
    }
    return deleted;
}

}  // namespace vastine::store::test
