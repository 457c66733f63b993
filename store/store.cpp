#include "store/store.hpp"

#include <fmt/format.h>
#include <google/protobuf/stubs/logging.h>
#include <spdlog/spdlog.h>
#include <sys/stat.h>

#include "store/assembled_store.hpp"
#include "store/engine/memory_engine.hpp"
#include "store/engine/rocks_engine.hpp"
#include "store/sealing/file_key.hpp"
#include "store/sealing/key_place.hpp"
#include "store/sealing/restore.hpp"

namespace vastine::store {
namespace {

using engine::MemoryEngine;
using engine::RocksEngine;

Instant system_time() {
    return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
}

// Protobuf writes to stderr by itself; its words go where the others go, and name fields, never values.
void log_protobuf(google::protobuf::LogLevel level, const char*, int, const std::string& message) {
    if (level == google::protobuf::LOGLEVEL_INFO) return;
    spdlog::warn("protobuf: {}", message);
}
void install_log_handler() {
    static const auto previous = google::protobuf::SetLogHandler(&log_protobuf);
    static_cast<void>(previous);
}

std::filesystem::path key_file_of(const Options& options) {
    return options.key_file.empty() ? options.directory / "key" : options.key_file;
}

std::unique_ptr<RocksEngine> rocks_engine(const Options& options, const char* name,
                                          std::span<const engine::FamilyEntry> families,
                                          RocksEngine::Mode mode) {
    return std::make_unique<RocksEngine>(
        RocksEngine::Setup{options.directory / name, families, mode, options.environment});
}

Engines rocks_engines(const Options& options, RocksEngine::Mode mode) {
    return {rocks_engine(options, "keys", engine::key_families, mode),
            rocks_engine(options, "log", engine::log_families, mode),
            rocks_engine(options, "access", engine::log_families, mode), nullptr};
}

// A folder made before there were blobs gets its database now.
void open_blobs(Engines& engines, const Options& options) {
    namespace fs = std::filesystem;
    const auto folder = options.directory / "blobs";
    const bool there = fs::exists(folder / "CURRENT");
    const bool expected = AssembledStore::expects_blobs(engines);
    if (expected && !fs::exists(folder)) {
        throw CannotOpen(
            fmt::format("{} is missing: the documents and published files are in it. Restore it from its "
                        "backup. If there is none, make an empty folder of this name: what was in it is "
                        "then lost for good, and everything else is there.",
                        folder.string()));
    }
    engines.blobs =
        rocks_engine(options, "blobs", engine::blob_families,
                     there && expected ? RocksEngine::Mode::Open : RocksEngine::Mode::OpenOrCreate);
    AssembledStore::complete_blobs(engines);
}

}  // namespace

void Store::create(const Options& options) {
    install_log_handler();
    namespace fs = std::filesystem;
    for (const char* name : {"log", "access", "blobs", "keys"}) {
        if (fs::exists(options.directory / name)) {
            throw CannotOpen(
                fmt::format("{} is there already: {} holds a store. Choose another folder, or open "
                            "this one without init.",
                            (options.directory / name).string(), options.directory.string()));
        }
    }
    const sealing::KeyPlace place(key_file_of(options));
    place.check_free();
    std::error_code error;
    fs::create_directories(options.directory, error);
    if (error) {
        throw CannotOpen(
            fmt::format("The folder {} cannot be made: {}.", options.directory.string(), error.message()));
    }
    // Nobody else has any business in here.
    if (::chmod(options.directory.c_str(), 0700) != 0) {
        throw CannotOpen(fmt::format("The folder {} belongs to somebody else.", options.directory.string()));
    }
    const auto master = place.create();
    auto engines = rocks_engines(options, RocksEngine::Mode::Create);
    engines.blobs = rocks_engine(options, "blobs", engine::blob_families, RocksEngine::Mode::Create);
    AssembledStore::create(engines, *master);
}

std::unique_ptr<Store> Store::open(const Options& options) {
    install_log_handler();
    for (const char* name : {"log", "access", "keys"}) {
        if (!std::filesystem::exists(options.directory / name / "CURRENT")) {
            throw CannotOpen(fmt::format(
                "{} holds no store ({} is missing). Make one with: vastine init --data {}",
                options.directory.string(), (options.directory / name).string(), options.directory.string()));
        }
    }
    auto engines = rocks_engines(options, RocksEngine::Mode::Open);
    open_blobs(engines, options);
    return std::make_unique<AssembledStore>(std::move(engines), sealing::KeyPlace(key_file_of(options)),
                                            options.clock ? options.clock : system_time,
                                            options.directory.string());
}

Restored Store::restore(const Options& options, const std::vector<std::string>& shares) {
    install_log_handler();
    if (!std::filesystem::exists(options.directory / "keys" / "CURRENT")) {
        throw CannotOpen(fmt::format("{} is missing: restore the keys from their backup first.",
                                     (options.directory / "keys").string()));
    }
    const auto keys = rocks_engine(options, "keys", engine::key_families, RocksEngine::Mode::Open);
    return sealing::restore_master_key(*keys, sealing::KeyPlace(key_file_of(options)), shares,
                                       (options.directory / "keys").string());
}

std::unique_ptr<Store> Store::in_memory(std::function<Instant()> clock) {
    install_log_handler();
    Engines engines{std::make_unique<MemoryEngine>(), std::make_unique<MemoryEngine>(),
                    std::make_unique<MemoryEngine>(), std::make_unique<MemoryEngine>()};
    auto master = std::make_unique<sealing::FileKey>(sealing::Key::random());
    AssembledStore::create(engines, *master);
    return std::make_unique<AssembledStore>(std::move(engines), sealing::KeyPlace(std::move(master)),
                                            clock ? std::move(clock) : system_time, "memory");
}

}  // namespace vastine::store
