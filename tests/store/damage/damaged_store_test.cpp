// Somebody, or a failing disk, changed what was written: verify finds it, and says where.

#include <catch2/catch.hpp>
#include <fstream>

#include "store/bytes.hpp"
#include "store/engine/memory_engine.hpp"
#include "tests/store/test_stores.hpp"

namespace vastine::store::test {
namespace {

using engine::Batch;
using engine::Family;
using engine::MemoryEngine;

// A log in memory whose tables a test can reach.
struct OpenLog {
    MemoryEngine keys_engine;
    MemoryEngine log_engine;
    std::unique_ptr<sealing::KeyRing> keys;
    std::unique_ptr<Sequencer> log;

    OpenLog() {
        const auto master = sealing::Key::random();
        std::array<std::uint8_t, 32> copy{};
        std::copy_n(master.data(), copy.size(), copy.begin());
        const Organisation organisation{1, 2, 3};
        sealing::KeyRing::create(keys_engine, master, organisation);
        Sequencer::create(log_engine, organisation);
        keys = std::make_unique<sealing::KeyRing>(keys_engine, sealing::Key(copy), "keys");
        reopen();
    }
    void reopen() {
        log = std::make_unique<Sequencer>(
            log_engine, *keys, [] { return Instant(std::chrono::microseconds(1'700'000'000'000'000)); },
            "log");
    }
    void fill() {
        for (unsigned i = 0; i < 10; ++i) {
            REQUIRE(log->append(append_of(
                {.stream = "reminder-" + uuid(i % 3), .expected = i / 3, .command_id = uuid(100 + i)})));
        }
    }
    std::string record(std::uint64_t position) { return *log_engine.get(Family::Log, u64_bytes(position)); }
    void put(Family family, std::string key, std::string value) {
        Batch batch;
        batch.put(family, std::move(key), std::move(value));
        log_engine.write(batch);
    }
    void put_record(std::uint64_t position, std::string bytes) {
        put(Family::Log, u64_bytes(position), std::move(bytes));
    }
    void check_found(const std::string& named) {
        CHECK_THROWS_WITH(log->verify({}), Catch::Contains(named));
        CHECK_FALSE(log->healthy());
        CHECK_THROWS_AS(log->append(append_of({.command_id = uuid(999)})), Corruption);
    }
};

}  // namespace

TEST_CASE("one flipped bit anywhere in a record is found, and its position named", "[damage]") {
    OpenLog open;
    open.fill();
    open.log->verify({});
    const auto whole = open.record(5);
    for (std::size_t byte = 0; byte < whole.size(); ++byte) {
        auto flipped = whole;
        flipped[byte] = static_cast<char>(flipped[byte] ^ (1 << byte % 8));
        open.put_record(5, flipped);
        INFO("byte " << byte);
        REQUIRE_THROWS_WITH(open.log->verify({}), Catch::Contains("record 5: "));
    }
    open.put_record(5, whole);
    open.reopen();
    open.log->verify({});
}

TEST_CASE("altered facts are found although no key protects them", "[damage]") {
    OpenLog open;
    open.fill();
    auto bytes = open.record(4);
    const auto at = bytes.find("handler");
    REQUIRE(at != std::string::npos);
    bytes[at] = 'H';
    open.put_record(4, bytes);
    open.check_found("record 4: ");
}

TEST_CASE("a broken seal is found when a record is opened, and stops the taking of appends", "[damage]") {
    OpenLog open;
    open.fill();
    auto record = all_records(*open.log)[2];
    record.sealed.back() = static_cast<char>(record.sealed.back() ^ 1);
    CHECK_THROWS_WITH(open.log->open(record, Depth::Details), Catch::Contains("record 3 was altered"));
    CHECK_FALSE(open.log->healthy());
}

TEST_CASE("what was sealed for one place does not open in another", "[damage]") {
    OpenLog open;
    open.fill();
    const auto records = all_records(*open.log);
    auto moved = records[3];  // the same stream and key as the first, a version later
    REQUIRE(moved.key == records[0].key);
    moved.sealed = records[0].sealed;
    CHECK_THROWS_AS(open.log->open(moved, Depth::Details), Corruption);
}

TEST_CASE("swapped records are found", "[damage]") {
    OpenLog open;
    open.fill();
    const auto third = open.record(3);
    const auto fourth = open.record(4);
    open.put_record(3, fourth);
    open.put_record(4, third);
    open.check_found("record 3: it is not in its place");
}

TEST_CASE("a record that is gone is found", "[damage]") {
    OpenLog open;
    open.fill();
    Batch batch;
    batch.erase(Family::Log, u64_bytes(6));
    open.log_engine.write(batch);
    open.check_found("record 6: it is missing");
}

TEST_CASE("a log that ends before its head is not opened", "[damage]") {
    OpenLog open;
    open.fill();
    Batch batch;
    batch.erase(Family::Log, u64_bytes(10));
    open.log_engine.write(batch);
    CHECK_THROWS_WITH(open.reopen(), Catch::Contains("the last record is 9, the head says 10"));
}

TEST_CASE("a log cut short with its head rewritten is found by whoever knows an older head", "[damage]") {
    OpenLog shorter;
    shorter.fill();
    const auto known = shorter.log->head();
    // What an intruder would do: a whole log, but an earlier one.
    OpenLog earlier;
    for (unsigned i = 0; i < 4; ++i) {
        REQUIRE(earlier.log->append(append_of({.expected = i, .command_id = uuid(i)})));
    }
    earlier.log->verify({});
    CHECK_THROWS_WITH(earlier.log->check_extends(known), Catch::Contains("ends at 4, but was already at 10"));
}

TEST_CASE("a rewritten tree, stream index or command index is found", "[damage]") {
    OpenLog open;
    open.fill();
    SECTION("tree") {
        std::string key;
        put_u8(key, 1);
        put_u64(key, 2);
        open.put(Family::Tree, key, std::string(32, 'x'));
        open.check_found("record 6: the tree");
    }
    SECTION("stream index") {
        std::string key = "reminder-" + uuid(1);
        key.push_back('\0');
        put_u64(key, 1);
        std::string place;
        put_u64(place, 5);
        put_u64(place, 1);
        open.put(Family::Streams, key, place);
        open.check_found("record 2: the index of its stream");
    }
    SECTION("an entry too many") {
        std::string key = "reminder-" + uuid(1);
        key.push_back('\0');
        put_u64(key, 9);
        std::string place;
        put_u64(place, 5);
        put_u64(place, 1);
        open.put(Family::Streams, key, place);
        open.check_found("entries without records");
    }
    SECTION("command index") {
        std::string key;
        put_text(key, "actor");
        key += uuid(103);
        std::string positions;
        put_u64(positions, 9);
        put_u64(positions, 9);
        open.put(Family::Commands, key, positions);
        open.check_found("record 4: the index of commands");
    }
}

TEST_CASE("records of an unknown type are corruption, not a crash", "[damage]") {
    OpenLog open;
    open.fill();
    auto record = all_records(*open.log)[0];
    record.type = "vastine.NeverHeardOf";
    CHECK_THROWS_AS(open.log->open(record, Depth::Facts), Corruption);
}

TEST_CASE("a lost key is not mistaken for a destroyed one", "[damage]") {
    OpenLog open;
    open.fill();
    const auto record = all_records(*open.log)[0];
    Batch batch;
    batch.erase(Family::Keys, u64_bytes(record.key.value));
    open.keys_engine.write(batch);
    sealing::KeyRing& keys = *open.keys;
    keys.recover();
    open.reopen();
    // It is still in memory; a fresh look finds it missing.
    CHECK_THROWS_WITH(keys.find(KeyId{record.key.value + 100000}), Catch::Contains("is missing"));
}

TEST_CASE("bytes flipped in the files of a closed store are found when it is opened or verified",
          "[damage]") {
    Subject subject(Where::Disk);
    for (unsigned i = 0; i < 30; ++i) {
        REQUIRE(subject.events().append(append_of({.expected = i, .command_id = uuid(i)})));
    }
    const auto known = subject.events().head();
    subject.reopen();  // moves the write-ahead log into table files
    subject.close();
    std::size_t damaged = 0;
    for (const auto& file : std::filesystem::directory_iterator(subject.options().directory / "log")) {
        if (file.path().extension() != ".sst") continue;
        std::fstream bytes(file.path(), std::ios::binary | std::ios::in | std::ios::out);
        bytes.seekg(200);
        const char was = static_cast<char>(bytes.get());
        bytes.seekp(200);
        bytes.put(static_cast<char>(was ^ 4));
        ++damaged;
    }
    REQUIRE(damaged > 0);
    CHECK_THROWS_AS(
        [&] {
            auto store = Store::open(subject.options());
            store->events().check_extends(known);
            store->events().verify({});
        }(),
        Corruption);
}

}  // namespace vastine::store::test
