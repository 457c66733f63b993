// Somebody, or a failing disk, changed a blob: reading and verify find it and say which.

#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <fstream>

#include "store/bytes.hpp"
#include "store/engine/memory_engine.hpp"
#include "store/sealed_blobs.hpp"
#include "store/sealing/cipher.hpp"
#include "tests/store/test_stores.hpp"

namespace vastine::store::test {
namespace {

using engine::Batch;
using engine::Family;
using engine::MemoryEngine;

const StreamId reminder{"reminder-" + uuid(1)};
const StreamId another{"reminder-" + uuid(2)};

std::string from_hex(const std::string& text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); i += 2) {
        out.push_back(static_cast<char>(std::stoi(text.substr(i, 2), nullptr, 16)));
    }
    return out;
}
std::string to_hex(std::string_view bytes) {
    std::string out;
    for (const char byte : bytes) out += fmt::format("{:02x}", static_cast<std::uint8_t>(byte));
    return out;
}
std::string content_of(std::size_t chunks, char letter) {
    return std::string((chunks - 1) * chunk_size + 100, letter);
}

// Notes the sizes of what is written and read.
class MeasuredEngine final : public engine::Engine {
public:
    explicit MeasuredEngine(engine::Engine& under) : under_(under) {}
    void write(const Batch& batch) override {
        note(batch);
        ++synced;
        under_.write(batch);
    }
    void write_unsynced(const Batch& batch) override {
        note(batch);
        under_.write_unsynced(batch);
    }
    [[nodiscard]] std::optional<std::string> get(Family family, std::string_view key) const override {
        auto value = under_.get(family, key);
        if (value) largest_read = std::max(largest_read, value->size());
        return value;
    }
    void scan(Family family, std::string_view from, std::string_view until,
              const engine::Entry& entry) const override {
        under_.scan(family, from, until, entry);
    }
    [[nodiscard]] std::optional<std::pair<std::string, std::string>> last(
        Family family, std::string_view from, std::string_view until) const override {
        return under_.last(family, from, until);
    }
    [[nodiscard]] bool faulted() const override { return under_.faulted(); }
    void reopen() override { under_.reopen(); }
    void reclaim(Family family) override { under_.reclaim(family); }

    std::size_t writes = 0;
    std::size_t synced = 0;
    std::size_t largest_write = 0;
    mutable std::size_t largest_read = 0;

private:
    void note(const Batch& batch) {
        ++writes;
        largest_write = std::max(largest_write, batch.size_bytes());
    }
    engine::Engine& under_;
};

// Blobs in memory whose tables a test can reach.
struct OpenBlobs {
    MemoryEngine keys_engine;
    MemoryEngine log_engine;
    MemoryEngine engine;
    MeasuredEngine measured{engine};
    std::unique_ptr<sealing::KeyRing> keys;
    std::unique_ptr<Sequencer> log;
    std::unique_ptr<SealedBlobs> blobs;

    OpenBlobs() {
        const auto master = sealing::Key::random();
        std::array<std::uint8_t, 32> copy{};
        std::copy_n(master.data(), copy.size(), copy.begin());
        const Organisation organisation{1, 2, 3};
        const auto clock = [] { return Instant(std::chrono::microseconds(1'700'000'000'000'000)); };
        sealing::KeyRing::create(keys_engine, master, organisation);
        Sequencer::create(log_engine, organisation);
        SealedBlobs::create(engine, organisation);
        keys = std::make_unique<sealing::KeyRing>(keys_engine, sealing::Key(copy), "keys");
        log = std::make_unique<Sequencer>(log_engine, *keys, clock, "log");
        blobs = std::make_unique<SealedBlobs>(measured, *keys, *log, clock, "blobs");
    }
    BlobRef put(const StreamId& of, const std::string& content) {
        return blobs->put(of, KeyArea::Legal, content).value();
    }
    [[nodiscard]] std::string row(const StreamId& of, const BlobRef& ref) const {
        return "b" + of.value + '\0' + from_hex(ref.sealed_sha256);
    }
    [[nodiscard]] std::string manifest(const StreamId& of, const BlobRef& ref) const {
        return engine.get(Family::Blobs, row(of, ref)).value();
    }
    [[nodiscard]] std::string chunk_key(const StreamId& of, const BlobRef& ref, std::uint64_t number) const {
        return std::string(decode_manifest(manifest(of, ref)).blob) + u64_bytes(number);
    }
    void write(Family family, std::string key, std::optional<std::string> value) {
        Batch batch;
        if (value) {
            batch.put(family, std::move(key), std::move(*value));
        } else {
            batch.erase(family, std::move(key));
        }
        engine.write(batch);
    }
    // Puts a manifest of an intruder's own making in, under its right name.
    std::string forge(const Manifest& manifest) {
        const auto bytes = encode_manifest(manifest);
        const auto name = sealing::sha256(bytes);
        write(Family::Blobs, "b" + std::string(manifest.stream) + '\0' + name, bytes);
        return to_hex(name);
    }
    void check_found(const StreamId& of, const BlobRef& ref, const std::string& what) {
        CHECK_THROWS_AS(blobs->get(of, ref.sealed_sha256), Corruption);
        CHECK_THROWS_WITH(blobs->get(of, ref.sealed_sha256), Catch::Contains(what));
        CHECK_THROWS_WITH(
            blobs->verify({}),
            Catch::Contains("blob " + ref.sealed_sha256 + " of " + of.value) && Catch::Contains(what));
        // The house goes on: no clerk waits for a letter that is broken.
        CHECK(log->healthy());
        const auto other = put(another, "another");
        CHECK(blobs->get(another, other.sealed_sha256).value() == "another");
    }
};

}  // namespace

TEST_CASE("one flipped bit anywhere in a manifest is found", "[blobs][damage]") {
    OpenBlobs open;
    const auto ref = open.put(reminder, content_of(2, 'a'));
    const auto whole = open.manifest(reminder, ref);
    for (std::size_t byte = 0; byte < whole.size(); ++byte) {
        INFO("byte " << byte);
        auto flipped = whole;
        flipped[byte] = static_cast<char>(flipped[byte] ^ (1 << byte % 8));
        open.write(Family::Blobs, open.row(reminder, ref), flipped);
        REQUIRE_THROWS_AS(open.blobs->read(reminder, ref.sealed_sha256), Corruption);
        REQUIRE_THROWS_WITH(open.blobs->verify({}), Catch::Contains(ref.sealed_sha256));
        // And nobody acts on what it says.
        REQUIRE(open.blobs->reap(Instant(std::chrono::microseconds(INT64_MAX)),
                                 [](const StreamId&, const std::string&) { return false; }) == Reaped{});
    }
    open.write(Family::Blobs, open.row(reminder, ref), whole);
    CHECK(open.blobs->verify({}).opened == 1);
}

TEST_CASE("one flipped bit in a chunk is found before a byte of the chunk is given", "[blobs][damage]") {
    OpenBlobs open;
    const auto ref = open.put(reminder, content_of(2, 'a'));
    for (const std::uint64_t number : {std::uint64_t{0}, std::uint64_t{1}}) {
        const auto key = open.chunk_key(reminder, ref, number);
        const auto whole = open.engine.get(Family::Chunks, key).value();
        for (std::size_t byte = 0; byte < whole.size(); byte += 997) {
            INFO("chunk " << number << ", byte " << byte);
            auto flipped = whole;
            flipped[byte] = static_cast<char>(flipped[byte] ^ (1 << byte % 8));
            open.write(Family::Chunks, key, flipped);
            auto source = std::move(open.blobs->read(reminder, ref.sealed_sha256).value());
            for (std::uint64_t before = 0; before < number; ++before)
                REQUIRE(source->next().size() == chunk_size);
            REQUIRE_THROWS_WITH(static_cast<void>(source->next()),
                                Catch::Contains(fmt::format("chunk {}: it is not what was written", number)));
        }
        open.check_found(reminder, ref, fmt::format("chunk {}: it is not what was written", number));
        open.write(Family::Chunks, key, whole);
    }
}

TEST_CASE("a chunk that is gone, or stands in another's place, is found", "[blobs][damage]") {
    OpenBlobs open;
    const auto ref = open.put(reminder, content_of(3, 'a'));
    const auto same_stream = open.put(reminder, content_of(3, 'b'));
    const auto other_stream = open.put(another, content_of(3, 'c'));
    const auto chunk = [&](const StreamId& of, const BlobRef& from, std::uint64_t number) {
        return open.engine.get(Family::Chunks, open.chunk_key(of, from, number)).value();
    };
    SECTION("gone") {
        open.write(Family::Chunks, open.chunk_key(reminder, ref, 1), std::nullopt);
        open.check_found(reminder, ref, "chunk 1: it is missing");
    }
    SECTION("the last one gone") {
        open.write(Family::Chunks, open.chunk_key(reminder, ref, 2), std::nullopt);
        open.check_found(reminder, ref, "chunk 2: it is missing");
    }
    SECTION("its neighbour's") {
        open.write(Family::Chunks, open.chunk_key(reminder, ref, 0), chunk(reminder, ref, 1));
        open.check_found(reminder, ref, "chunk 0: ");
    }
    SECTION("another blob's") {
        open.write(Family::Chunks, open.chunk_key(reminder, ref, 1), chunk(reminder, same_stream, 1));
        open.check_found(reminder, ref, "chunk 1: ");
    }
    SECTION("another stream's") {
        open.write(Family::Chunks, open.chunk_key(reminder, ref, 1), chunk(another, other_stream, 1));
        open.check_found(reminder, ref, "chunk 1: ");
    }
    SECTION("a whole manifest under another's name") {
        open.write(Family::Blobs, open.row(reminder, ref), open.manifest(reminder, same_stream));
        open.check_found(reminder, ref, "its manifest is not what was written");
    }
}

TEST_CASE("whoever makes a manifest of their own cannot cut, turn round, mix or move what was sealed",
          "[blobs][damage]") {
    OpenBlobs open;
    const auto ref = open.put(reminder, content_of(3, 'a'));
    const auto other = open.put(reminder, content_of(3, 'b'));
    static_cast<void>(open.put(another, "so that it has a key"));
    const auto bytes = open.manifest(reminder, ref);
    const auto true_one = decode_manifest(bytes);
    auto forged = true_one;
    const StreamId* of = &reminder;
    std::string hashes(true_one.hashes);
    const std::string stream = another.value;
    const auto key_0 = open.chunk_key(reminder, ref, 0);
    const auto key_1 = open.chunk_key(reminder, ref, 1);
    const auto first = open.engine.get(Family::Chunks, key_0).value();
    const auto second = open.engine.get(Family::Chunks, key_1).value();
    SECTION("cut") {
        hashes.resize(2 * blob_hash_size);
    }
    SECTION("turned round") {
        std::swap_ranges(hashes.begin(), hashes.begin() + blob_hash_size, hashes.begin() + blob_hash_size);
        open.write(Family::Chunks, key_0, second);
        open.write(Family::Chunks, key_1, first);
    }
    SECTION("mixed with another blob of the stream") {
        const auto theirs = open.engine.get(Family::Chunks, open.chunk_key(reminder, other, 1)).value();
        open.write(Family::Chunks, key_1, theirs);
        hashes.replace(blob_hash_size, blob_hash_size, sealing::sha256(theirs));
    }
    SECTION("gone on after its end") {
        const auto last = open.engine.get(Family::Chunks, open.chunk_key(reminder, ref, 2)).value();
        open.write(Family::Chunks, open.chunk_key(reminder, ref, 3), last);
        hashes += sealing::sha256(last);
    }
    SECTION("moved to another stream") {
        forged.stream = stream;
        of = &another;
    }
    forged.hashes = hashes;
    const auto name = open.forge(forged);
    REQUIRE(name != ref.sealed_sha256);
    CHECK_THROWS_WITH(open.blobs->get(*of, name), Catch::Contains("its seal is broken"));
}

TEST_CASE("bytes flipped in the files of a closed store are found when its blobs are verified",
          "[blobs][damage]") {
    Subject subject(Where::Disk);
    const auto ref = subject.store().blobs().put(reminder, KeyArea::Legal, content_of(3, 'a')).value();
    subject.reopen();
    REQUIRE(subject.store().blobs().verify({}).opened == 1);
    subject.close();
    std::size_t damaged = 0;
    for (const auto& file : std::filesystem::directory_iterator(subject.options().directory / "blobs")) {
        // Files of their own, not the tables that compaction copies.
        if (file.path().extension() != ".blob") continue;
        std::fstream bytes(file.path(), std::ios::binary | std::ios::in | std::ios::out);
        bytes.seekg(5000);
        const char was = static_cast<char>(bytes.get());
        bytes.seekp(5000);
        bytes.put(static_cast<char>(was ^ 4));
        ++damaged;
    }
    REQUIRE(damaged > 0);
    const auto store = Store::open(subject.options());
    CHECK_THROWS_WITH(store->blobs().verify({}), Catch::Contains(ref.sealed_sha256));
    CHECK_THROWS_AS(store->blobs().get(reminder, ref.sealed_sha256), Corruption);
    CHECK(store->healthy());
    CHECK(store->events().append(append_of({})));
}

TEST_CASE("nothing of a blob's content stands on the disk", "[blobs]") {
    Subject subject(Where::Disk);
    std::string content;
    while (content.size() < 3 * chunk_size) content += "Haavanhoito viivästyi; ";
    const auto ref = subject.store().blobs().put(reminder, KeyArea::Legal, content).value();
    subject.reopen();
    static_cast<void>(subject.store().blobs().put(reminder, KeyArea::Legal, content));
    std::size_t files = 0;
    for (const auto& file : std::filesystem::recursive_directory_iterator(subject.options().directory)) {
        if (!file.is_regular_file()) continue;
        std::ifstream in(file.path(), std::ios::binary);
        const std::string bytes((std::istreambuf_iterator<char>(in)), {});
        INFO(file.path());
        CHECK(bytes.find("Haavanhoito") == std::string::npos);
        CHECK(bytes.find(ref.sha256) == std::string::npos);
        CHECK(bytes.find(from_hex(ref.sha256)) == std::string::npos);
        ++files;
    }
    CHECK(files > 10);
}

TEST_CASE("what is reaped gives its room on the disk back", "[blobs]") {
    Subject subject(Where::Disk);
    const auto room = [&] {
        std::uintmax_t bytes = 0;
        for (const auto& file : std::filesystem::directory_iterator(subject.options().directory / "blobs")) {
            if (file.path().extension() == ".blob") bytes += file.file_size();
        }
        return bytes;
    };
    const auto kept = subject.store().blobs().put(reminder, KeyArea::Legal, content_of(4, 'k')).value();
    for (char letter = 'a'; letter < 'e'; ++letter) {
        static_cast<void>(subject.store().blobs().put(reminder, KeyArea::Legal, content_of(16, letter)));
    }
    subject.reopen();
    REQUIRE(room() > 60 * chunk_size);
    const auto named = [&](const StreamId&, const std::string& name) { return name == kept.sealed_sha256; };
    CHECK(subject.store().blobs().reap(Instant(std::chrono::microseconds(INT64_MAX)), named).orphans == 4);
    CHECK(room() < 8 * chunk_size);
    CHECK(subject.store().blobs().get(reminder, kept.sealed_sha256).value() == content_of(4, 'k'));
}

TEST_CASE("100 MB go in and out chunk by chunk, with one sync, and are never in memory as a whole",
          "[blobs]") {
    OpenBlobs open;
    constexpr std::size_t chunks = 1600;
    std::string piece(chunk_size, 'x');
    auto writer = std::move(open.blobs->write(reminder, KeyArea::Legal).value());
    const auto syncs_before = open.measured.synced;
    for (std::size_t i = 0; i < chunks; ++i) {
        piece.replace(0, 8, u64_bytes(i));
        writer->add(piece);
    }
    const auto ref = writer->finish();
    CHECK(ref.size == 100 << 20);
    CHECK(open.measured.writes == chunks);
    CHECK(open.measured.synced - syncs_before == 1);
    // One chunk, its padding and key; with the last one also 32 bytes for each.
    CHECK(open.measured.largest_write < 2 * chunk_size);

    auto source = std::move(open.blobs->read(reminder, ref.sealed_sha256).value());
    std::size_t pieces = 0;
    for (auto next = source->next(); !next.empty(); next = source->next()) {
        piece.replace(0, 8, u64_bytes(pieces++));
        REQUIRE(next == piece);
    }
    CHECK(pieces == chunks);
    CHECK(open.measured.largest_read < 2 * chunk_size);
}

}  // namespace vastine::store::test
