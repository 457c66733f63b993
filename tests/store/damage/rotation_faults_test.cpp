// The disk fails at every n-th call of a rotation, then the power goes: the keys open everything, as they
// were or as they were to be, and so do the shares.

#include <rocksdb/system_clock.h>

#include <catch2/catch.hpp>
#include <random>
#include <thread>

#include "tests/store/damage/faulty_file_system.hpp"
#include "tests/store/damage/prepared_store.hpp"

namespace vastine::store::test {
namespace {

constexpr unsigned cases = 600;  // more than are wrapped anew with one sync

// RocksDB waits a second after each failed flush before it goes on; nothing gets better by that here.
class NoPause final : public rocksdb::SystemClockWrapper {
public:
    NoPause() : SystemClockWrapper(rocksdb::SystemClock::Default()) {}
    const char* Name() const override { return "NoPause"; }
    void SleepForMicroseconds(int) override { std::this_thread::yield(); }
};
class Environment final : public rocksdb::EnvWrapper {
public:
    explicit Environment(const std::shared_ptr<rocksdb::FileSystem>& files)
        : EnvWrapper(rocksdb::NewCompositeEnv(files)) {
        system_clock_ = std::make_shared<NoPause>();
    }
};

struct Prepared : PreparedStore {
    std::vector<Record> records;
    std::vector<std::string> shares;
    std::string root;

    Prepared() {
        const auto store = Store::open(options());
        std::vector<Append> appends;
        for (unsigned i = 0; i < cases; ++i) {
            appends.push_back(append_of({.stream = "reminder-" + uuid(i), .command_id = uuid(1000 + i)}));
        }
        for (const auto& answer : store->events().append_all(std::move(appends))) REQUIRE(answer);
        store->secrets().put("password", "its hash");
        store->keys().renew_escrow({}, [&](const auto& texts) { shares = texts; });
        records = all_records(store->events());
        root = store->events().head().root;
        dynamic_cast<AssembledStore&>(*store).keys().destroy(records[7].key);
    }

    void check_opens(Store& store) const {
        for (std::size_t i = 0; i < records.size(); ++i) {
            REQUIRE(store.events().open(records[i], Depth::Details).key_gone == (i == 7));
        }
        REQUIRE(store.secrets().get("password") == "its hash");
        REQUIRE(store.events().head().root == root);
    }
};

bool restores(const Options& options, const std::vector<std::string>& shares) {
    if (shares.empty()) return false;
    try {
        return Store::restore(options, {shares.begin(), shares.begin() + 3}).unopened == 0;
    } catch (const CannotOpen&) {
        return false;
    }
}

// What is left after the power went: opens, goes on, and shares open it without its key file.
void check_left(const Prepared& prepared, Options options, const std::vector<std::string>& new_shares) {
    Environment sound(std::make_shared<FaultyFileSystem>());
    options.environment = &sound;
    {
        const auto store = Store::open(options);
        prepared.check_opens(*store);
    }
    const auto key = options.directory / "key";
    std::filesystem::rename(key, options.directory / "lost");
    const bool by_old = restores(options, prepared.shares);
    const bool by_new = !by_old && restores(options, new_shares);
    REQUIRE((by_old || by_new));
    const auto store = Store::open(options);
    prepared.check_opens(*store);
    // A rotation that was interrupted is ended by the next.
    const auto rotated = store->keys().rotate_area_keys({});
    REQUIRE(rotated.unopened == 0);
    REQUIRE_FALSE(store->keys().status().rotation_unfinished);
    prepared.check_opens(*store);
}

using Work = std::function<void(Keys&, std::vector<std::string>& new_shares)>;

void fail_at_every_call(const Prepared& prepared, std::uint64_t stride, const Work& work) {
    const auto failing = GENERATE(Failing::Once, Failing::FromThenOn);
    const auto seed = std::random_device()();
    std::mt19937_64 random(seed);
    unsigned faults = 0;
    bool reached_the_end = false;
    for (std::uint64_t call = 1; !reached_the_end; call += stride) {
        INFO("failing at call " << call << (failing == Failing::Once ? " once" : " and from then on")
                                << ", seed " << seed);
        const MemoryFolder folder;
        const Options clean = prepared.copy(folder);
        const auto system = std::make_shared<FaultyFileSystem>();
        Environment environment(system);
        std::vector<std::string> new_shares;
        {
            Options faulty = clean;
            faulty.environment = &environment;
            const auto store = Store::open(faulty);
            system->fail_at(call, failing);
            try {
                work(store->keys(), new_shares);
            } catch (const Fault&) {
                ++faults;
            }
            reached_the_end = !system->has_failed();
            if (failing == Failing::Once && !reached_the_end) {
                // The disk is well again, and the process goes on: reads, and the same once more.
                prepared.check_opens(*store);
                work(store->keys(), new_shares);
                prepared.check_opens(*store);
            }
            system->lights_out();
        }
        system->drop_unsynced(random);
        check_left(prepared, clean, new_shares);
        REQUIRE(call < 2000);
    }
    CHECK(faults > 2);
}

}  // namespace

TEST_CASE("the disk fails while area keys are rotated: everything opens, now and by shares", "[faults]") {
    const Prepared prepared;
    fail_at_every_call(prepared, 3, [](Keys& keys, auto&) { keys.rotate_area_keys({}); });
}

TEST_CASE("the disk fails while the master key is rotated: one of the two key files opens everything",
          "[faults]") {
    const Prepared prepared;
    fail_at_every_call(prepared, 1, [](Keys& keys, auto&) { keys.rotate_master_key(); });
}

TEST_CASE("the disk fails while an escrow is made: the old shares open everything, or the new ones do",
          "[faults]") {
    const Prepared prepared;
    fail_at_every_call(prepared, 1, [](Keys& keys, std::vector<std::string>& new_shares) {
        keys.renew_escrow({}, [&](const auto& texts) { new_shares = texts; });
    });
}

TEST_CASE("the power goes while keys are rotated piece by piece, wherever it stands: everything opens",
          "[faults]") {
    const Prepared prepared;
    std::mt19937_64 random(7);
    bool ended = false;
    for (unsigned pieces = 1; !ended; ++pieces) {
        INFO("after " << pieces << " pieces");
        const MemoryFolder folder;
        const Options clean = prepared.copy(folder);
        const auto system = std::make_shared<FaultyFileSystem>();
        Environment environment(system);
        {
            Options faulty = clean;
            faulty.environment = &environment;
            const auto store = Store::open(faulty);
            unsigned done = 0;
            try {
                store->keys().rotate_area_keys([&](std::uint64_t, std::uint64_t) {
                    if (++done == pieces) system->lights_out();
                });
                ended = done < pieces;
            } catch (const Fault&) {
                REQUIRE(done == pieces);
            }
            system->lights_out();
        }
        system->drop_unsynced(random);
        {
            const auto store = Store::open(clean);
            REQUIRE(store->keys().status().rotation_unfinished == !ended);
        }
        check_left(prepared, clean, {});
        REQUIRE(pieces < 100);
    }
}

}  // namespace vastine::store::test
