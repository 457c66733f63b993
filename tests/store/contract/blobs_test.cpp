// The contract of store/blobs.hpp. Each rule holds for every engine.

#include "store/blobs.hpp"

#include <fmt/format.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <random>
#include <set>
#include <thread>

#include "store/sealing/cipher.hpp"
#include "store/stored_blob.hpp"
#include "tests/store/test_stores.hpp"

namespace vastine::store::test {
namespace {

// clang-format off
#define ON_EVERY_ENGINE()                              \
    const auto where = GENERATE(Where::Memory, Where::Disk); \
    INFO(name_of(where));                              \
    Subject subject(where)
// clang-format on

const StreamId reminder{"reminder-" + uuid(1)};
const StreamId another{"reminder-" + uuid(2)};
constexpr auto nobody = [](const StreamId&, const std::string&) { return false; };
constexpr Instant end_of_time{std::chrono::microseconds(INT64_MAX)};

std::string content_of(std::size_t size, unsigned seed = 1) {
    std::mt19937 random(seed);
    std::string content(size, '\0');
    for (auto& byte : content) byte = static_cast<char>(random());
    return content;
}
std::string hexadecimal(std::string_view bytes) {
    std::string out;
    for (const char byte : bytes) out += fmt::format("{:02x}", static_cast<std::uint8_t>(byte));
    return out;
}
BlobRef put(Subject& subject, const StreamId& of, std::string_view content) {
    const auto ref = subject.store().blobs().put(of, KeyArea::Legal, content);
    REQUIRE(ref.has_value());
    return *ref;
}
std::string get(Subject& subject, const StreamId& of, const BlobRef& ref) {
    auto content = subject.store().blobs().get(of, ref.sealed_sha256);
    REQUIRE(content.has_value());
    return std::move(*content);
}
Missing missing(Subject& subject, const StreamId& of, const std::string& sealed_sha256) {
    const auto source = subject.store().blobs().read(of, sealed_sha256);
    REQUIRE_FALSE(source.has_value());
    return source.error();
}
KeyId key_of(Subject& subject, const StreamId& stream) {
    std::optional<KeyId> key;
    subject.events().read_stream(stream, Version{0}, [&](const Record& record) {
        key = record.key;
        return false;
    });
    REQUIRE(key.has_value());
    return *key;
}
void begin(Subject& subject, const StreamId& stream, unsigned command) {
    REQUIRE(subject.events().append(append_of({.stream = stream.value, .command_id = uuid(command)})));
}

}  // namespace

TEST_CASE("a blob of any size is read back as it was put, also by a store opened again", "[blobs]") {
    ON_EVERY_ENGINE();
    for (const std::size_t size : {std::size_t{0}, std::size_t{1}, std::size_t{4092}, std::size_t{4093},
                                   chunk_size - 1, chunk_size, chunk_size + 1, 3 * chunk_size}) {
        INFO("size " << size);
        const auto content = content_of(size);
        const auto ref = put(subject, reminder, content);
        CHECK(ref.size == size);
        CHECK(ref.sha256 == hexadecimal(sealing::sha256(content)));
        CHECK(ref.sealed_sha256.size() == 64);
        CHECK(get(subject, reminder, ref) == content);
        subject.reopen();
        CHECK(get(subject, reminder, ref) == content);
    }
    CHECK(subject.store().blobs().count() == 8);
    std::vector<std::uint64_t> reached;
    const auto verified =
        subject.store().blobs().verify([&](std::uint64_t done) { reached.push_back(done); });
    CHECK(verified.blobs == 8);
    CHECK(verified.opened == 8);
    CHECK(verified.sealed_bytes > 6 * chunk_size);
    CHECK(reached == std::vector<std::uint64_t>{1, 2, 3, 4, 5, 6, 7, 8});
}

TEST_CASE("pieces of any size make the same content", "[blobs]") {
    ON_EVERY_ENGINE();
    const auto content = content_of(2 * chunk_size + 777);
    for (const std::size_t step : {std::size_t{1000}, chunk_size, content.size()}) {
        auto writer = subject.store().blobs().write(reminder, KeyArea::Legal);
        REQUIRE(writer);
        (*writer)->add("");
        for (std::size_t at = 0; at < content.size(); at += step) {
            (*writer)->add(std::string_view(content).substr(at, step));
        }
        const auto ref = (*writer)->finish();
        CHECK(ref.sha256 == hexadecimal(sealing::sha256(content)));
        CHECK(get(subject, reminder, ref) == content);
    }
}

TEST_CASE("a blob comes in pieces of one chunk at most, and an empty one ends it", "[blobs]") {
    ON_EVERY_ENGINE();
    const auto ref = put(subject, reminder, content_of(2 * chunk_size + 5));
    auto source = subject.store().blobs().read(reminder, ref.sealed_sha256);
    REQUIRE(source);
    CHECK((*source)->next().size() == chunk_size);
    CHECK((*source)->next().size() == chunk_size);
    CHECK((*source)->next().size() == 5);
    CHECK((*source)->next().empty());
    CHECK((*source)->next().empty());
}

TEST_CASE("equal contents are different blobs: nobody sees on the disk that two are the same", "[blobs]") {
    ON_EVERY_ENGINE();
    const auto first = put(subject, reminder, "the same");
    const auto second = put(subject, reminder, "the same");
    CHECK(first.sha256 == second.sha256);
    CHECK(first.sealed_sha256 != second.sealed_sha256);
    CHECK(get(subject, reminder, first) == get(subject, reminder, second));
}

TEST_CASE("a blob is found under its own stream and name only", "[blobs]") {
    ON_EVERY_ENGINE();
    const auto ref = put(subject, reminder, "content");
    CHECK(subject.store().blobs().has(reminder, ref.sealed_sha256));
    CHECK_FALSE(subject.store().blobs().has(another, ref.sealed_sha256));
    CHECK(missing(subject, another, ref.sealed_sha256) == Missing::Blob);
    CHECK(missing(subject, reminder, ref.sha256) == Missing::Blob);
    CHECK(missing(subject, reminder, "") == Missing::Blob);
    CHECK(missing(subject, reminder, std::string(64, 'x')) == Missing::Blob);
}

TEST_CASE("a writer that goes without finishing leaves nothing", "[blobs]") {
    ON_EVERY_ENGINE();
    {
        auto writer = subject.store().blobs().write(reminder, KeyArea::Legal);
        REQUIRE(writer);
        (*writer)->add(content_of(3 * chunk_size));
    }
    subject.reopen();
    CHECK(subject.store().blobs().verify({}).blobs == 0);
    CHECK(subject.store().blobs().reap(end_of_time, nobody) == Reaped{});
}

TEST_CASE("a finished writer takes nothing more", "[blobs]") {
    ON_EVERY_ENGINE();
    auto writer = subject.store().blobs().write(reminder, KeyArea::Legal);
    REQUIRE(writer);
    (*writer)->add("content");
    const auto ref = (*writer)->finish();
    CHECK_THROWS_AS((*writer)->add("more"), std::logic_error);
    CHECK_THROWS_AS(static_cast<void>((*writer)->finish()), std::logic_error);
    CHECK(get(subject, reminder, ref) == "content");
}

TEST_CASE("a blob is sealed under the key of its stream's events, whichever comes first", "[blobs]") {
    ON_EVERY_ENGINE();
    SECTION("the events first") {
        begin(subject, reminder, 1);
    }
    SECTION("the blob first") {
        const auto ref = put(subject, reminder, "first");
        begin(subject, reminder, 1);
        CHECK(get(subject, reminder, ref) == "first");
    }
    SECTION("the blob first, and a restart between") {
        const auto ref = put(subject, reminder, "first");
        subject.reopen();
        begin(subject, reminder, 1);
        subject.reopen();
        CHECK(get(subject, reminder, ref) == "first");
    }
    const auto ref = put(subject, reminder, "second");
    CHECK(subject.events().verify({}).position.value == 1);
    CHECK(get(subject, reminder, ref) == "second");
    subject.assembled().keys().destroy(key_of(subject, reminder));
    CHECK(missing(subject, reminder, ref.sealed_sha256) == Missing::Key);
    CHECK(subject.assembled().log().unborn().empty());
}

TEST_CASE("destroying a stream's key destroys its blobs, and no other stream's", "[blobs]") {
    ON_EVERY_ENGINE();
    const auto gone = put(subject, reminder, content_of(2 * chunk_size));
    const auto kept = put(subject, another, "kept");
    begin(subject, reminder, 1);
    begin(subject, another, 2);
    auto half_read = subject.store().blobs().read(reminder, gone.sealed_sha256);
    REQUIRE(half_read);
    CHECK_FALSE((*half_read)->next().empty());

    subject.assembled().keys().destroy(key_of(subject, reminder));

    CHECK_THROWS_AS(static_cast<void>((*half_read)->next()), Fault);
    for (int round = 0; round < 2; ++round) {
        CHECK(missing(subject, reminder, gone.sealed_sha256) == Missing::Key);
        const auto refused = subject.store().blobs().write(reminder, KeyArea::Legal);
        REQUIRE_FALSE(refused.has_value());
        CHECK(refused.error() == Missing::Key);
        CHECK(get(subject, another, kept) == "kept");
        // What is left of it is still what was written.
        const auto verified = subject.store().blobs().verify({});
        CHECK(verified.blobs == 2);
        CHECK(verified.opened == 1);
        subject.reopen();
    }
    // Nobody can read it, whoever names it: its bytes go.
    const auto everybody = [](const StreamId&, const std::string&) { return true; };
    CHECK(subject.store().blobs().reap(Instant{}, everybody) == Reaped{.unreadable = 1});
    CHECK_FALSE(subject.store().blobs().has(reminder, gone.sealed_sha256));
    CHECK(missing(subject, reminder, gone.sealed_sha256) == Missing::Key);
    CHECK(get(subject, another, kept) == "kept");
}

TEST_CASE("only blobs that no event names and that are old enough are reaped", "[blobs]") {
    ON_EVERY_ENGINE();
    begin(subject, reminder, 1);
    const auto named = put(subject, reminder, "named");
    const auto orphan = put(subject, reminder, "an orphan");
    const auto elsewhere = put(subject, another, "an orphan of a stream that never began");
    const Instant later{std::chrono::microseconds(1'700'000'000'000'000 + 1)};
    subject.set_clock(later.time_since_epoch().count());
    const auto young = put(subject, reminder, "too young");

    std::set<std::string> asked;
    const auto who = [&](const StreamId& of, const std::string& sealed_sha256) {
        asked.insert(sealed_sha256);
        return of == reminder && sealed_sha256 == named.sealed_sha256;
    };
    CHECK(subject.store().blobs().reap(later, who) == Reaped{.orphans = 2});
    CHECK(asked == std::set{named.sealed_sha256, orphan.sealed_sha256, elsewhere.sealed_sha256});
    subject.reopen();
    CHECK(get(subject, reminder, named) == "named");
    CHECK(get(subject, reminder, young) == "too young");
    CHECK(missing(subject, reminder, orphan.sealed_sha256) == Missing::Blob);
    CHECK(missing(subject, another, elsewhere.sealed_sha256) == Missing::Blob);
    CHECK(subject.store().blobs().reap(later, who) == Reaped{});
}

TEST_CASE("a stream that never began loses its key with the last of its blobs, and may begin later",
          "[blobs]") {
    ON_EVERY_ENGINE();
    put(subject, reminder, "abandoned");
    REQUIRE(subject.assembled().log().unborn() == std::vector{reminder});
    const auto key = subject.assembled().log().key_for(reminder, sealing::WrapArea::Legal).id;
    CHECK(subject.store().blobs().reap(Instant{}, nobody) == Reaped{});  // too young
    CHECK(subject.assembled().log().unborn().size() == 1);
    CHECK(subject.store().blobs().reap(end_of_time, nobody) == Reaped{.orphans = 1});
    CHECK(subject.assembled().log().unborn().empty());
    CHECK(subject.assembled().keys().find(key) == nullptr);

    subject.reopen();
    const auto ref = put(subject, reminder, "another beginning");
    begin(subject, reminder, 1);
    CHECK(key_of(subject, reminder) != key);
    CHECK(get(subject, reminder, ref) == "another beginning");
}

TEST_CASE("what is being written is not reaped, and keeps the key of its stream", "[blobs]") {
    ON_EVERY_ENGINE();
    const auto content = content_of(2 * chunk_size);
    auto writer = subject.store().blobs().write(reminder, KeyArea::Legal);
    REQUIRE(writer);
    CHECK(subject.store().blobs().reap(end_of_time, nobody) == Reaped{});
    (*writer)->add(content);
    CHECK(subject.store().blobs().reap(end_of_time, nobody) == Reaped{});
    const auto ref = (*writer)->finish();
    CHECK(get(subject, reminder, ref) == content);
    begin(subject, reminder, 1);
    CHECK(get(subject, reminder, ref) == content);
}

TEST_CASE("a blob that is reaped while it is read is gone, not damaged", "[blobs]") {
    ON_EVERY_ENGINE();
    const auto ref = put(subject, reminder, content_of(2 * chunk_size));
    auto source = subject.store().blobs().read(reminder, ref.sealed_sha256);
    REQUIRE(source);
    CHECK_FALSE((*source)->next().empty());
    CHECK(subject.store().blobs().reap(end_of_time, nobody) == Reaped{.orphans = 1});
    CHECK_THROWS_AS(static_cast<void>((*source)->next()), Fault);
}

TEST_CASE("blobs and the first events of their streams, written at once, share one key", "[blobs]") {
    ON_EVERY_ENGINE();
    constexpr unsigned streams = 12;
    std::vector<StreamId> names;
    for (unsigned i = 0; i < streams; ++i) names.push_back(StreamId{"complaint-" + uuid(i)});
    std::vector<std::string> refs(streams);
    std::atomic<unsigned> refused = 0;
    std::thread blobs([&] {
        for (unsigned i = 0; i < streams; ++i) {
            const auto ref = subject.store().blobs().put(names[i], KeyArea::Ombudsman, "content");
            if (ref) refs[i] = ref->sealed_sha256;
        }
    });
    std::thread events([&] {
        for (unsigned i = 0; i < streams; ++i) {
            // Two appends of one call, the second on the first.
            std::vector<Append> call;
            call.push_back(append_of({.stream = names[i].value, .command_id = uuid(100 + i)}));
            call.push_back(append_of({.stream = names[i].value, .expected = 1, .command_id = uuid(200 + i)}));
            for (const auto& answer : subject.events().append_all(std::move(call))) {
                if (!answer) ++refused;
            }
        }
    });
    std::thread reaper([&] {
        for (unsigned i = 0; i < streams; ++i) {
            static_cast<void>(subject.store().blobs().reap(
                Instant{}, [](const StreamId&, const std::string&) { return true; }));
        }
    });
    blobs.join();
    events.join();
    reaper.join();
    CHECK(refused == 0);
    CHECK(subject.assembled().log().unborn().empty());
    CHECK(subject.events().verify({}).position.value == 2 * streams);
    for (unsigned i = 0; i < streams; ++i) {
        CHECK(subject.store().blobs().get(names[i], refs[i]).value() == "content");
        subject.assembled().keys().destroy(key_of(subject, names[i]));
        CHECK(missing(subject, names[i], refs[i]) == Missing::Key);
    }
}

TEST_CASE("a blob takes no position, and moves no version", "[blobs]") {
    ON_EVERY_ENGINE();
    begin(subject, reminder, 1);
    const auto head = subject.events().head();
    put(subject, reminder, "content");
    put(subject, another, "content");
    CHECK(subject.events().head().position == head.position);
    CHECK(subject.events().head().root == head.root);
    CHECK(subject.events().version(another).value == 0);
    CHECK(all_records(subject.events()).size() == 1);
}

TEST_CASE("an impossible stream name has no blobs", "[blobs]") {
    ON_EVERY_ENGINE();
    CHECK_THROWS_AS(subject.store().blobs().put(StreamId{""}, KeyArea::Legal, "x"), std::invalid_argument);
    CHECK_THROWS_AS(subject.store().blobs().put(StreamId{std::string("a\0b", 3)}, KeyArea::Legal, "x"),
                    std::invalid_argument);
}

}  // namespace vastine::store::test
