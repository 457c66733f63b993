// Somebody with the whole disk and all keys rewrites a log so that it is whole again in itself: every leaf,
// the tree, the indices and the head are computed anew. What they cannot do is change a checkpoint that
// somebody else kept.

#include <catch2/catch.hpp>
#include <map>

#include "store/bytes.hpp"
#include "store/checkpoints.hpp"
#include "store/engine/rocks_engine.hpp"
#include "store/log_copy.hpp"
#include "store/log_tables.hpp"
#include "store/proof/agreement.hpp"
#include "store/stored_log.hpp"
#include "tests/store/test_stores.hpp"

namespace vastine::store::test {
namespace {

using engine::Batch;
using engine::Family;
using engine::RocksEngine;

// A log of ten records in which yesterday's checkpoint was taken at the sixth, and kept elsewhere.
struct Yesterday {
    Subject subject{Where::Disk};
    std::vector<proof::Witnessed> kept;
    std::vector<proof::VerifierKey> keys;
    std::filesystem::path before = subject.options().directory.string() + ".before";

    Yesterday() {
        append(1, 3);
        // The disk as a backup had it before the checkpoint.
        subject.close();
        std::filesystem::copy(subject.options().directory, before, std::filesystem::copy_options::recursive);
        subject.reopen();
        append(4, 6);
        Checkpoints checkpoints(
            subject.store(),
            {subject.options().directory / "witness", subject.options().directory / "public-keys"},
            [] { return Instant{}; });
        checkpoints.take();
        kept = proof::WitnessFile(subject.options().directory / "witness").read().notes;
        const auto own = checkpoints.public_keys();
        keys = {own.events, own.access};
        append(7, 10);
        REQUIRE(compared().empty());
    }
    void append(unsigned from, unsigned to) {
        for (unsigned i = from; i <= to; ++i) {
            subject.set_clock(1'700'000'000'000'000 + i);
            REQUIRE(subject.events().append(append_of(
                {.stream = "reminder-" + uuid(i), .command_id = uuid(i), .note = "a private note"})));
        }
    }
    // Verified in itself, with its keys and without them; then, what yesterday's checkpoint says of it.
    std::string compared() {
        subject.reopen();
        subject.events().verify({});
        const auto opened = said(subject.events());
        subject.close();
        const LogCopy copy(subject.options().directory / "log");
        copy.verify({});
        CHECK(said(copy) == opened);
        return opened;
    }
    [[nodiscard]] std::string said(const Provable& log) const {
        const auto result = proof::compare(log, keys[0], kept);
        if (!result) return result.error().why;
        CHECK(result->checkpoints == 1);
        return {};
    }

    // Writes these records as the whole log.
    void forge(const std::vector<Record>& records, const Organisation& organisation) {
        subject.close();
        RocksEngine engine(
            {subject.options().directory / "log", engine::log_families, RocksEngine::Mode::Open});
        Batch batch;
        for (const auto family : {Family::Log, Family::Tree, Family::Streams, Family::Commands}) {
            batch.erase_range(family, std::string(1, '\0'), std::string(64, '\xFF'));
        }
        Standing standing;
        std::map<std::string, std::pair<std::uint64_t, std::uint64_t>> commands;
        for (const auto& record : records) {
            const auto bytes = encode_record(organisation, record);
            const auto stored = decode_record(bytes);
            standing.recorded_at = record.recorded_at;
            standing.key = std::max(standing.key, record.key);
            standing.tree.add(proof::record_leaf(stored.header, stored.facts, stored.sealed),
                              [&](unsigned level, std::uint64_t index, const proof::Hash& hash) {
                                  batch.put(Family::Tree, tree_key(level, index), proof::to_bytes(hash));
                              });
            std::string place;
            put_u64(place, record.position.value);
            put_u64(place, record.key.value);
            batch.put(Family::Streams, stream_key(record.stream.value, record.version), place);
            auto& positions = commands[command_key(record.actor, record.command_id)];
            if (positions.first == 0) positions.first = record.position.value;
            positions.second = record.position.value;
            batch.put(Family::Log, u64_bytes(record.position.value), bytes);
        }
        for (const auto& [command, positions] : commands) {
            batch.put(Family::Commands, command, u64_bytes(positions.first) + u64_bytes(positions.second));
        }
        batch.put(Family::Meta, "head", standing.bytes());
        engine.write(batch);
    }
    Organisation organisation() {
        subject.reopen();
        return subject.assembled().keys().organisation();
    }
    std::vector<Record> records() {
        subject.reopen();
        return all_records(subject.events());
    }
};

}  // namespace

TEST_CASE("a log written anew with the same records is the same log", "[tampered]") {
    // So that what the tests below find is what they changed.
    Yesterday yesterday;
    const auto organisation = yesterday.organisation();
    yesterday.forge(yesterday.records(), organisation);
    CHECK(yesterday.compared().empty());
}

TEST_CASE("a tail that was cut off is detected by yesterday's checkpoint", "[tampered]") {
    Yesterday yesterday;
    const auto organisation = yesterday.organisation();
    auto records = yesterday.records();
    records.resize(5);
    yesterday.forge(records, organisation);
    CHECK_THAT(yesterday.compared(), Catch::Contains("the log ends at record 5, but was already at 6"));
}

TEST_CASE("a rewritten record is detected although every hash was computed anew", "[tampered]") {
    Yesterday yesterday;
    const auto organisation = yesterday.organisation();
    auto records = yesterday.records();
    SECTION("its facts") {
        const auto at = records[2].facts.find("handler");
        REQUIRE(at != std::string::npos);
        records[2].facts[at] = 'H';
    }
    SECTION("its time") {
        records[2].recorded_at += std::chrono::microseconds(1);
    }
    SECTION("who did it") {
        records[2].actor = "somebody else";
    }
    yesterday.forge(records, organisation);
    CHECK_THAT(yesterday.compared(), Catch::Contains("the first 6 records are not what they were"));
}

TEST_CASE("two swapped records are detected although every hash was computed anew", "[tampered]") {
    Yesterday yesterday;
    const auto organisation = yesterday.organisation();
    auto records = yesterday.records();
    std::swap(records[2], records[3]);
    std::swap(records[2].position, records[3].position);
    std::swap(records[2].recorded_at, records[3].recorded_at);
    yesterday.forge(records, organisation);
    CHECK_THAT(yesterday.compared(), Catch::Contains("the first 6 records are not what they were"));
}

TEST_CASE("yesterday's disk put back is detected, also after it has grown again", "[tampered]") {
    Yesterday yesterday;
    yesterday.subject.close();
    std::filesystem::remove_all(yesterday.subject.options().directory);
    std::filesystem::rename(yesterday.before, yesterday.subject.options().directory);
    CHECK_THAT(yesterday.compared(), Catch::Contains("the log ends at record 3, but was already at 6"));
    yesterday.subject.reopen();
    // The same commands at the same times: only their seals are other.
    yesterday.append(4, 10);
    CHECK_THAT(yesterday.compared(), Catch::Contains("the first 6 records are not what they were"));
}

TEST_CASE("what was written after the checkpoint it does not speak of", "[tampered]") {
    // The limit of any checkpoint: why they are taken often, and on demand.
    Yesterday yesterday;
    const auto organisation = yesterday.organisation();
    auto records = yesterday.records();
    records[8].actor = "somebody else";
    yesterday.forge(records, organisation);
    CHECK(yesterday.compared().empty());
}

}  // namespace vastine::store::test
