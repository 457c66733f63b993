// The key file is lost, and shares of the escrow open everything again.

#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

#include "store/engine/rocks_engine.hpp"
#include "store/sealing/cipher.hpp"
#include "tests/store/test_stores.hpp"

namespace vastine::store::test {
namespace {

std::string bytes_of(const std::filesystem::path& path) {
    std::ostringstream out;
    out << std::ifstream(path, std::ios::binary).rdbuf();
    return out.str();
}

// A store with cases, a secret and an escrow.
struct Kept {
    Folder folder;
    Options options;
    std::vector<std::string> shares;
    std::vector<Record> records;
    std::string root;

    Kept() {
        options.directory = folder.path() / "data";
        Store::create(options);
        const auto store = Store::open(options);
        for (unsigned i = 0; i < 10; ++i) {
            REQUIRE(store->events().append(
                append_of({.stream = "reminder-" + uuid(i),
                           .command_id = uuid(100 + i),
                           .area = i % 2 == 0 ? KeyArea::Legal : KeyArea::Ombudsman})));
        }
        store->secrets().put("password", "its hash");
        store->keys().renew_escrow({}, [&](const auto& texts) { shares = texts; });
        records = all_records(store->events());
        root = store->events().head().root;
    }
    [[nodiscard]] std::filesystem::path key() const { return options.directory / "key"; }
    [[nodiscard]] std::vector<std::string> some(std::initializer_list<std::size_t> numbers) const {
        std::vector<std::string> out;
        for (const auto number : numbers) out.push_back(shares.at(number - 1));
        return out;
    }
    void check_whole() const {
        const auto store = Store::open(options);
        REQUIRE(store->events().verify({}).root == root);
        for (const auto& record : records) {
            REQUIRE_FALSE(store->events().open(record, Depth::Everything).key_gone);
        }
        REQUIRE(store->secrets().get("password") == "its hash");
        REQUIRE(
            store->events().append(append_of({.stream = "reminder-" + uuid(99), .command_id = uuid(999)})));
    }
    void check_refused(const std::vector<std::string>& given, const std::string& because) const {
        CHECK_THROWS_WITH(Store::restore(options, given), Catch::Contains(because));
        CHECK_FALSE(std::filesystem::exists(key()));
        CHECK_FALSE(std::filesystem::exists(key().string() + ".next"));
    }
};

}  // namespace

TEST_CASE("three of five shares make a new key file that opens every case", "[restore]") {
    const Kept kept;
    REQUIRE(kept.shares.size() == 5);
    const auto lost = bytes_of(kept.key());
    std::filesystem::remove(kept.key());
    CHECK_THROWS_WITH(Store::open(kept.options), Catch::Contains("vastine keys restore"));

    const auto restored = Store::restore(kept.options, kept.some({5, 1, 3}));
    CHECK(restored.opened >= 10);
    CHECK(restored.unopened == 0);
    CHECK(bytes_of(kept.key()) != lost);
    struct stat about {};
    REQUIRE(::stat(kept.key().c_str(), &about) == 0);
    CHECK((about.st_mode & 07777) == 0600);
    kept.check_whole();

    // Whoever finds the lost one has nothing.
    std::filesystem::remove(kept.key());
    std::ofstream(kept.key()) << lost;
    ::chmod(kept.key().c_str(), 0600);
    CHECK_THROWS_WITH(Store::open(kept.options), Catch::Contains("does not belong"));
}

TEST_CASE("shares open a store again and again", "[restore]") {
    const Kept kept;
    for (int round = 0; round < 3; ++round) {
        std::filesystem::remove(kept.key());
        static_cast<void>(Store::restore(kept.options, kept.some({2, 4, 5})));
    }
    kept.check_whole();
}

TEST_CASE("what shares restore includes what was made, and rotated, after they were handed out",
          "[restore]") {
    Kept kept;
    {
        const auto store = Store::open(kept.options);
        store->keys().rotate_area_keys({});
        REQUIRE(
            store->events().append(append_of({.stream = "reminder-" + uuid(50), .command_id = uuid(500)})));
        store->keys().rotate_master_key();
        store->secrets().put("password", "its hash");
        kept.records = all_records(store->events());
        kept.root = store->events().head().root;
    }
    std::filesystem::remove(kept.key());
    static_cast<void>(Store::restore(kept.options, kept.some({1, 2, 3})));
    kept.check_whole();
}

TEST_CASE("too few shares, wrong ones and mistyped ones are refused, and nothing is written", "[restore]") {
    const Kept kept;
    const auto copy = bytes_of(kept.key());
    std::filesystem::remove(kept.key());
    kept.check_refused({}, "3 shares");
    kept.check_refused(kept.some({1, 2}), "2 were given");
    kept.check_refused(kept.some({1, 2, 2}), "given twice");
    auto mistyped = kept.some({1, 2, 3});
    const auto place = mistyped[1].find("\n2  ") + 4;
    mistyped[1][place] = mistyped[1][place] == '7' ? '8' : '7';
    kept.check_refused(mistyped, "number 2: there is a mistake in line 2");
    const Kept other;
    auto mixed = kept.some({1, 2});
    mixed.push_back(other.shares[2]);
    kept.check_refused(mixed, "another organisation");
    // The right key file still opens it.
    std::ofstream(kept.key()) << copy;
    ::chmod(kept.key().c_str(), 0600);
    kept.check_whole();
}

TEST_CASE("a key file that is there is not overwritten by a restore", "[restore]") {
    const Kept kept;
    const auto before = bytes_of(kept.key());
    CHECK_THROWS_WITH(Store::restore(kept.options, kept.some({1, 2, 3})),
                      Catch::Contains("There is a key file"));
    CHECK(bytes_of(kept.key()) == before);
    kept.check_whole();
}

TEST_CASE("a new escrow makes the shares of the one before worthless", "[restore]") {
    Kept kept;
    const auto earlier = kept.some({1, 2, 3});
    {
        const auto store = Store::open(kept.options);
        store->keys().renew_escrow({.shares = 3, .needed = 2},
                                   [&](const auto& texts) { kept.shares = texts; });
        const auto status = store->keys().status();
        REQUIRE(status.escrow);
        CHECK(status.escrow->plan.shares == 3);
        CHECK(status.escrow->plan.needed == 2);
    }
    std::filesystem::remove(kept.key());
    kept.check_refused(earlier, "earlier escrow");
    static_cast<void>(Store::restore(kept.options, kept.some({1, 3})));
    kept.check_whole();
}

TEST_CASE("shares that could not be handed out do not count", "[restore]") {
    const Kept kept;
    {
        const auto store = Store::open(kept.options);
        CHECK_THROWS_WITH(
            store->keys().renew_escrow(
                {}, [](const auto&) { throw std::runtime_error("the printer is out of paper"); }),
            Catch::Contains("paper"));
    }
    std::filesystem::remove(kept.key());
    static_cast<void>(Store::restore(kept.options, kept.some({1, 2, 3})));
    kept.check_whole();
}

TEST_CASE("a store without an escrow opens as ever, and says that there is nothing for shares to open",
          "[restore]") {
    const Folder folder;
    Options options;
    options.directory = folder.path() / "data";
    Store::create(options);
    CHECK_FALSE(Store::open(options)->keys().status().escrow);
    const Kept kept;
    std::filesystem::remove(options.directory / "key");
    CHECK_THROWS_WITH(Store::restore(options, kept.some({1, 2, 3})), Catch::Contains("has no escrow"));
}

TEST_CASE("keys that somebody put in the escrow's rows are found out before anything is written",
          "[restore]") {
    const Kept kept;
    std::filesystem::remove(kept.key());
    {
        // Whoever can write the database knows the public half: the box opens, and holds their own key.
        engine::RocksEngine engine({kept.options.directory / "keys", engine::key_families,
                                    engine::RocksEngine::Mode::Open, nullptr});
        const auto escrow = *sealing::escrow_of(engine);
        engine::Batch batch;
        batch.put(engine::Family::Meta, "escrow-area-key-3",
                  sealing::seal_for_escrow(escrow, "area-key-3", sealing::Key::random()));
        engine.write(batch);
    }
    kept.check_refused(kept.some({1, 2, 3}), "opens none of its cases");
}

TEST_CASE("a restore that was killed before its last step is brought to its end by opening", "[restore]") {
    const Kept kept;
    std::filesystem::remove(kept.key());
    static_cast<void>(Store::restore(kept.options, kept.some({1, 2, 3})));
    // As it stands before the last step: the new key still beside.
    std::filesystem::rename(kept.key(), kept.key().string() + ".next");
    kept.check_whole();
    CHECK(std::filesystem::exists(kept.key()));
    CHECK_FALSE(std::filesystem::exists(kept.key().string() + ".next"));
}

}  // namespace vastine::store::test
