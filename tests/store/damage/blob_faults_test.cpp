// The disk fails, the power goes, the process is killed, while blobs are written: what was finished is
// there, what was not leaves nothing that is not reaped.

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <iostream>
#include <set>
#include <thread>

#include "store/engine/rocks_engine.hpp"
#include "store/stored_blob.hpp"
#include "tests/store/damage/faulty_file_system.hpp"
#include "tests/store/damage/prepared_store.hpp"
#include "tests/store/test_stores.hpp"

namespace vastine::store::test {
namespace {

using engine::Family;
using engine::RocksEngine;

constexpr Instant end_of_time{std::chrono::microseconds(INT64_MAX)};
constexpr unsigned blobs_written = 5;

StreamId stream_of(unsigned number) {
    return StreamId{"reminder-" + uuid(number % 3)};
}
// One chunk, three, two, ...
std::string content_of(unsigned number) {
    return std::string(1000 + (number * 2 % 3) * chunk_size, static_cast<char>('a' + number));
}

struct Written {
    unsigned number;
    BlobRef ref;
};

struct Rows {
    std::uint64_t blobs = 0;
    std::uint64_t chunks = 0;
    bool operator==(const Rows&) const = default;
};
// What stands in the tables of a closed store.
Rows rows(const Options& options) {
    const RocksEngine engine(
        {options.directory / "blobs", engine::blob_families, RocksEngine::Mode::Open, options.environment});
    const auto count = [&](Family family) {
        std::uint64_t entries = 0;
        engine.scan(family, {}, std::string(128, '\xFF'), [&](std::string_view, std::string_view) {
            ++entries;
            return true;
        });
        return entries;
    };
    return {count(Family::Blobs), count(Family::Chunks)};
}

// What was acknowledged is there and whole, and after reaping nothing else is.
void check_after(const Options& clean, const std::vector<Written>& finished) {
    // This file system reserves no room ahead: in memory that would be most of the work.
    const auto environment = rocksdb::NewCompositeEnv(std::make_shared<FaultyFileSystem>());
    Options options = clean;
    options.environment = environment.get();
    Rows expected{finished.size(), 0};
    {
        auto store = Store::open(options);
        auto& blobs = store->blobs();
        REQUIRE_NOTHROW(store->events().verify({}));
        REQUIRE(blobs.verify({}).blobs >= finished.size());
        std::set<std::string> names;
        for (const auto& [number, ref] : finished) {
            INFO("blob " << number);
            REQUIRE(blobs.get(stream_of(number), ref.sealed_sha256).value() == content_of(number));
            names.insert(ref.sealed_sha256);
            expected.chunks += (ref.size + chunk_size - 1) / chunk_size;
        }
        blobs.reap(end_of_time,
                   [&](const StreamId&, const std::string& name) { return names.contains(name); });
        REQUIRE(blobs.verify({}).blobs == finished.size());
        REQUIRE(store->healthy());
        // Whatever became of a stream's first event, it and the blobs have one key.
        auto& keys = dynamic_cast<AssembledStore&>(*store).keys();
        for (const auto& [number, ref] : finished) {
            const auto stream = stream_of(number);
            if (store->events().version(stream).value == 0) continue;
            store->events().read_stream(stream, Version{0}, [&](const Record& record) {
                keys.destroy(record.key);
                return false;
            });
            REQUIRE(blobs.read(stream, ref.sealed_sha256).error() == Missing::Key);
        }
    }
    REQUIRE(rows(options) == expected);
}

}  // namespace

TEST_CASE("writing blobs meets a fault at every n-th call, then the power goes: what was finished is there",
          "[blobs][faults]") {
    const auto failing = GENERATE(Failing::Once, Failing::FromThenOn);
    const auto seed = std::random_device()();
    std::mt19937_64 random(seed);
    const PreparedStore prepared;
    bool reached_the_end = false;
    unsigned refused = 0;
    for (std::uint64_t call = 1; !reached_the_end; ++call) {
        INFO("failing at call " << call << (failing == Failing::Once ? " once" : " and from then on")
                                << ", seed " << seed);
        REQUIRE(call < 1000);
        const MemoryFolder folder;
        const Options clean = prepared.copy(folder);
        std::vector<Written> finished;
        const auto system = std::make_shared<FaultyFileSystem>();
        const auto environment = rocksdb::NewCompositeEnv(system);
        {
            Options faulty = clean;
            faulty.environment = environment.get();
            auto store = Store::open(faulty);
            system->fail_at(call, failing);
            std::vector<std::unique_ptr<Blobs::Writer>> never_finished;
            for (unsigned number = 0; number < blobs_written; ++number) {
                const auto stream = stream_of(number);
                try {
                    auto ref = store->blobs().put(stream, KeyArea::Legal, content_of(number));
                    finished.push_back({number, ref.value()});
                } catch (const Fault&) {
                    ++refused;
                }
                if (number % 2 == 0) continue;
                try {
                    auto writer = store->blobs().write(stream, KeyArea::Legal);
                    never_finished.push_back(std::move(writer.value()));
                    never_finished.back()->add(content_of(1));
                } catch (const Fault&) {
                    ++refused;
                }
                try {
                    const auto answer =
                        store->events().append(append_of({.stream = stream.value,
                                                          .expected = store->events().version(stream).value,
                                                          .command_id = uuid(100 + number)}));
                    REQUIRE(answer);
                } catch (const Fault&) {
                    ++refused;
                }
            }
            reached_the_end = !system->has_failed();
            system->lights_out();
        }
        system->drop_unsynced(random);
        check_after(clean, finished);
    }
    CHECK(refused > 10);
}

TEST_CASE("a read fails at every n-th call: a blob is read in full or a fault says so", "[blobs][faults]") {
    const auto failing = GENERATE(Failing::Once, Failing::FromThenOn);
    const PreparedStore prepared;
    std::vector<Written> finished;
    {
        const auto options = prepared.options();
        auto store = Store::open(options);
        for (unsigned number = 0; number < blobs_written; ++number) {
            finished.push_back(
                {number, store->blobs().put(stream_of(number), KeyArea::Legal, content_of(number)).value()});
        }
        store.reset();
        store = Store::open(options);  // from the write-ahead log into files of their own
    }
    unsigned faults = 0;
    bool reached_the_end = false;
    for (std::uint64_t call = 1; !reached_the_end; ++call) {
        INFO("failing at read " << call << (failing == Failing::Once ? " once" : " and from then on"));
        REQUIRE(call < 1000);
        const MemoryFolder folder;
        Options options = prepared.copy(folder);
        const auto system = std::make_shared<FaultyFileSystem>();
        const auto environment = rocksdb::NewCompositeEnv(system);
        options.environment = environment.get();
        const auto store = Store::open(options);
        system->fail_read_at(call, failing);
        for (const auto& [number, ref] : finished) {
            try {
                const auto content = store->blobs().get(stream_of(number), ref.sealed_sha256);
                REQUIRE(content.value() == content_of(number));
            } catch (const Fault&) {
                ++faults;
            }
        }
        reached_the_end = !system->has_failed();
        system->fail_read_at(0, Failing::Once);
        REQUIRE(store->blobs().verify({}).opened == finished.size());
    }
    CHECK(faults > 5);
}

TEST_CASE("after a fault blobs are refused until the disk takes writes again, and the log goes on meanwhile",
          "[blobs][faults]") {
    const PreparedStore prepared;
    const MemoryFolder folder;
    const auto system = std::make_shared<FaultyFileSystem>();
    const auto environment = rocksdb::NewCompositeEnv(system);
    Options options = prepared.copy(folder);
    options.environment = environment.get();
    auto store = Store::open(options);
    const auto stream = stream_of(0);
    const auto before = store->blobs().put(stream, KeyArea::Legal, "before").value();
    auto half = std::move(store->blobs().write(stream, KeyArea::Legal).value());
    half->add(content_of(1));
    auto other = std::move(store->blobs().write(stream, KeyArea::Legal).value());
    other->add(content_of(1));

    system->fail_at(1, Failing::FromThenOn);
    CHECK_THROWS_AS(half->add(content_of(1)), Fault);
    system->fail_at(0, Failing::Once);  // somebody made room
    // The log is another database: it never noticed.
    CHECK(store->events().append(append_of({.stream = stream.value})));
    for (int tries = 0; !store->healthy(); ++tries) {
        REQUIRE(tries < 100);
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    // What was begun before the fault is begun anew, whether it met the fault itself or not.
    CHECK_THROWS_AS(static_cast<void>(half->finish()), Fault);
    CHECK_THROWS_AS(static_cast<void>(other->finish()), Fault);
    half.reset();
    other.reset();
    const auto after = store->blobs().put(stream, KeyArea::Legal, content_of(1)).value();
    CHECK(store->blobs().get(stream, before.sealed_sha256).value() == "before");
    CHECK(store->blobs().get(stream, after.sealed_sha256).value() == content_of(1));
    store->blobs().reap(end_of_time, [](const StreamId&, const std::string&) { return true; });
    CHECK(store->blobs().verify({}).blobs == 2);
    store.reset();
    CHECK(rows(options) == Rows{2, 4});
}

TEST_CASE("a folder made before there were blobs gets its place for them, however often that fails",
          "[blobs][faults]") {
    const PreparedStore prepared;
    {
        // As it was: no folder, and a log that has never heard of one.
        const auto options = prepared.options();
        REQUIRE(Store::open(options)->events().append(append_of({})));
        std::filesystem::remove_all(options.directory / "blobs");
        RocksEngine log({options.directory / "log", engine::log_families, RocksEngine::Mode::Open});
        engine::Batch batch;
        batch.erase(Family::Meta, "blobs");
        log.write(batch);
    }
    // A stride that shares no factor with the pattern of calls keeps the test short.
    const auto refused = fail_while_opening(prepared, 7, [](const Options& after) {
        const auto store = Store::open(after);
        REQUIRE(store->events().verify({}).position.value == 1);
        const auto ref = store->blobs().put(stream_of(1), KeyArea::Legal, "the first").value();
        REQUIRE(store->blobs().get(stream_of(1), ref.sealed_sha256).value() == "the first");
    });
    CHECK(refused > 10);
}

TEST_CASE("lost blobs are not taken for none, until somebody says so", "[blobs][faults]") {
    const PreparedStore prepared;
    const auto options = prepared.options();
    const auto ref = Store::open(options)->blobs().put(stream_of(0), KeyArea::Legal, "content").value();
    std::filesystem::remove_all(options.directory / "blobs");
    CHECK_THROWS_AS(Store::open(options), CannotOpen);
    CHECK_THROWS_WITH(Store::open(options), Catch::Contains("make an empty folder of this name"));
    std::filesystem::create_directory(options.directory / "blobs");
    const auto store = Store::open(options);
    CHECK_FALSE(store->blobs().has(stream_of(0), ref.sealed_sha256));
    CHECK(store->blobs().get(stream_of(0), ref.sealed_sha256).error() == Missing::Blob);
    CHECK(store->blobs().put(stream_of(0), KeyArea::Legal, "content"));
}

// Run by the next test in a process of its own, which it kills: writes blobs for ever and tells of each that
// is finished.
TEST_CASE("writes blobs until it is killed", "[.killed]") {
    const char* const folder = std::getenv("VASTINE_KILLED_FOLDER");
    REQUIRE(folder != nullptr);
    Options options;
    options.directory = folder;
    auto store = Store::open(options);
    for (unsigned number = 0;; ++number) {
        const auto ref =
            store->blobs().put(stream_of(number), KeyArea::Legal, content_of(number % 20)).value();
        std::cout << "\nfinished " << number << ' ' << ref.sealed_sha256 << std::endl;
    }
}

TEST_CASE("a process is killed while it writes blobs: each it told of is there, the one it was at is reaped",
          "[blobs][faults]") {
    const auto seed = std::random_device()();
    std::mt19937_64 random(seed);
    const PreparedStore prepared;
    for (unsigned round = 0; round < 4; ++round) {
        INFO("round " << round << ", seed " << seed);
        const MemoryFolder folder;
        const Options options = prepared.copy(folder);
        int ends[2];
        REQUIRE(::pipe2(ends, O_CLOEXEC) == 0);
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
        const auto program = std::filesystem::read_symlink("/proc/self/exe").string();
        std::string test = "[.killed]";
        std::string name = program;
        char* arguments[] = {name.data(), test.data(), nullptr};
        ::setenv("VASTINE_KILLED_FOLDER", options.directory.c_str(), 1);
        pid_t child = 0;
        REQUIRE(::posix_spawn(&child, program.c_str(), &actions, nullptr, arguments, environ) == 0);
        ::unsetenv("VASTINE_KILLED_FOLDER");
        posix_spawn_file_actions_destroy(&actions);
        ::close(ends[1]);

        const std::size_t wanted = 5 + random() % 30;
        std::string told;
        const auto lines = [&] {
            std::vector<Written> finished;
            std::istringstream in(
                told.substr(0, told.rfind('\n') == std::string::npos ? 0 : told.rfind('\n')));
            for (std::string line; std::getline(in, line);) {
                std::istringstream words(line);
                std::string word;
                Written one{};
                if (words >> word && word == "finished" && words >> one.number >> one.ref.sealed_sha256) {
                    one.ref.size = content_of(one.number % 20).size();
                    finished.push_back(one);
                }
            }
            return finished;
        };
        char piece[4096];
        while (lines().size() < wanted) {
            const auto count = ::read(ends[0], piece, sizeof piece);
            REQUIRE(count > 0);
            told.append(piece, static_cast<std::size_t>(count));
        }
        std::this_thread::sleep_for(std::chrono::microseconds(random() % 3000));  // anywhere in its work
        REQUIRE(::kill(child, SIGKILL) == 0);
        REQUIRE(::waitpid(child, nullptr, 0) == child);
        for (auto count = ::read(ends[0], piece, sizeof piece); count > 0;
             count = ::read(ends[0], piece, sizeof piece)) {
            told.append(piece, static_cast<std::size_t>(count));
        }
        ::close(ends[0]);
        const auto finished = lines();
        auto store = Store::open(options);
        CHECK(store->blobs().verify({}).blobs >= finished.size());
        std::set<std::string> names;
        for (const auto& [number, ref] : finished) {
            REQUIRE(store->blobs().get(stream_of(number), ref.sealed_sha256).value() ==
                    content_of(number % 20));
            names.insert(ref.sealed_sha256);
        }
        const auto reaped = store->blobs().reap(
            end_of_time, [&](const StreamId&, const std::string& one) { return names.contains(one); });
        CHECK(reaped.orphans + reaped.unfinished <= 1);  // it wrote one at a time
        CHECK(store->blobs().verify({}).blobs == finished.size());
        store.reset();
        CHECK(rows(options).blobs == finished.size());
    }
}

}  // namespace vastine::store::test
