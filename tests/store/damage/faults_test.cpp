// The disk fails at every call there is, and the power goes: what was acknowledged is there, what was
// not is whole or absent, and the proof holds.

#include <fmt/format.h>
#include <google/protobuf/util/message_differencer.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <thread>

#include "tests/store/damage/faulty_file_system.hpp"
#include "tests/store/damage/prepared_store.hpp"
#include "tests/store/test_stores.hpp"

namespace vastine::store::test {
namespace {

using google::protobuf::util::MessageDifferencer;

enum class Fate { Acknowledged, Unknown };
struct Sent {
    unsigned number;
    Fate fate;
};

constexpr unsigned appends = 9;

// Append `number` of the script: new streams, grown streams, several streams, claims.
Append scripted(const EventStore& events, unsigned number) {
    const auto stream = "reminder-" + uuid(number % 4);
    auto append = append_of({.stream = stream,
                             .expected = events.version(StreamId{stream}).value,
                             .command_id = uuid(100 + number),
                             .request = fmt::format("request {}", number),
                             .count = 1 + number % 2,
                             .note = fmt::format("note {}", number)});
    if (number % 3 == 0) {
        append.streams.push_back(stream_append({.stream = "complaint-" + uuid(50 + number),
                                                .note = fmt::format("note {}", number),
                                                .area = KeyArea::Ombudsman}));
    }
    append.claims.push_back({"diary:legal", fmt::format("HEL {}", number), StreamId{stream}});
    return append;
}

void check_whole(EventStore& events, const Sent& sent) {
    INFO("append " << sent.number);
    const auto command_id = uuid(100 + sent.number);
    std::size_t found = 0;
    events.read_log(Position{0}, Position{UINT64_MAX}, [&](const Record& record) {
        if (record.command_id != command_id) return true;
        ++found;
        const auto opened = events.open(record, Depth::Everything);
        REQUIRE(MessageDifferencer::Equals(*opened.event,
                                           *assigned("handler", fmt::format("note {}", sent.number))));
        return true;
    });
    const std::size_t whole = 1 + sent.number % 2 + (sent.number % 3 == 0 ? 1 : 0);
    if (sent.fate == Fate::Acknowledged) {
        REQUIRE(found == whole);
    } else {
        REQUIRE((found == whole || found == 0));
    }
    REQUIRE(events.find("diary:legal", fmt::format("HEL {}", sent.number)).has_value() == (found > 0));
    // A retry is safe, whatever became of it: it answers, or writes now.
    auto again = scripted(events, sent.number);
    const auto answer = events.append(std::move(again));
    REQUIRE(answer);
    REQUIRE(answer->repeated == (found > 0));
}

// What was sent stands in the store as it must; then everything is sent again.
void check_all(const Options& clean, const std::vector<Sent>& sent, const std::vector<unsigned>& secrets) {
    // Fails nothing, and takes no room ahead.
    const auto environment = rocksdb::NewCompositeEnv(std::make_shared<FaultyFileSystem>());
    Options options = clean;
    options.environment = environment.get();
    auto store = Store::open(options);
    auto& events = store->events();
    REQUIRE_NOTHROW(events.verify({}));
    for (const unsigned number : secrets)
        REQUIRE(store->secrets().get(fmt::format("s{}", number)) == "secret");
    for (const auto& one : sent) check_whole(events, one);
    REQUIRE_NOTHROW(events.verify({}));
    REQUIRE(store->healthy());
}

// With some data from before.
struct Prepared : PreparedStore {
    Prepared() {
        auto store = Store::open(options());
        REQUIRE(store->events().append(append_of({.stream = "reminder-" + uuid(0), .command_id = uuid(90)})));
    }
};

}  // namespace

TEST_CASE("the disk fails at every n-th call, then the power goes: nothing acknowledged is lost",
          "[faults]") {
    const auto failing = GENERATE(Failing::Once, Failing::FromThenOn);
    const auto seed = std::random_device()();
    std::mt19937_64 random(seed);
    const Prepared prepared;
    bool reached_the_end = false;
    for (std::uint64_t call = 1; !reached_the_end; ++call) {
        INFO("failing at call " << call << (failing == Failing::Once ? " once" : " and from then on")
                                << ", seed " << seed);
        const MemoryFolder folder;
        const Options clean = prepared.copy(folder);
        std::vector<Sent> sent;
        std::vector<unsigned> secrets;
        const auto system = std::make_shared<FaultyFileSystem>();
        const auto environment = rocksdb::NewCompositeEnv(system);
        {
            Options faulty = clean;
            faulty.environment = environment.get();
            auto store = Store::open(faulty);
            system->fail_at(call, failing);
            for (unsigned number = 0; number < appends; ++number) {
                try {
                    const auto answer = store->events().append(scripted(store->events(), number));
                    REQUIRE(answer);
                    sent.push_back({number, Fate::Acknowledged});
                } catch (const Fault&) {
                    sent.push_back({number, Fate::Unknown});
                }
                if (number % 3 != 1) continue;
                try {
                    store->secrets().put(fmt::format("s{}", number), "secret");
                    secrets.push_back(number);
                } catch (const Fault&) {
                    // Nothing is promised of it.
                }
            }
            reached_the_end = !system->has_failed();
            system->lights_out();
        }
        system->drop_unsynced(random);
        check_all(clean, sent, secrets);
        REQUIRE(call < 1000);
    }
}

TEST_CASE("a read fails at every n-th call: the store says so or answers in full, and is whole after it",
          "[faults]") {
    const auto failing = GENERATE(Failing::Once, Failing::FromThenOn);
    const Prepared prepared;
    std::uint64_t records = 0;
    {
        const auto options = prepared.options();
        auto store = Store::open(options);
        for (unsigned number = 0; number < appends; ++number) {
            REQUIRE(store->events().append(scripted(store->events(), number)));
        }
        records = store->events().head().position.value;
        store.reset();
        store = Store::open(options);  // what stood in the write-ahead log now stands in tables
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
        const Options clean = options;
        options.environment = environment.get();
        const auto fault_or = [&](const auto& answer_in_full) {
            try {
                answer_in_full();
            } catch (const Fault&) {
                ++faults;
            }
        };
        std::vector<Sent> sent;
        system->fail_read_at(call, failing);
        fault_or([&] {
            const auto store = Store::open(options);
            auto& events = store->events();
            REQUIRE(events.head().position.value == records);
            fault_or([&] {
                std::uint64_t read = 0;
                events.read_log(Position{0}, Position{UINT64_MAX}, [&](const Record& record) {
                    const auto opened = events.open(record, Depth::Everything);
                    REQUIRE_FALSE(opened.key_gone);
                    ++read;
                    return true;
                });
                REQUIRE(read == records);
            });
            fault_or([&] {
                const auto version = events.version(StreamId{"complaint-" + uuid(50)});
                REQUIRE(version.value == 1);
            });
            fault_or([&] {
                const auto holder = events.find("diary:legal", "HEL 1");
                REQUIRE(holder.has_value());
            });
            fault_or([&] {
                sent.push_back({appends, Fate::Unknown});
                const auto answer = events.append(scripted(events, appends));
                REQUIRE(answer);
                sent.back().fate = Fate::Acknowledged;
            });
            system->fail_read_at(0, Failing::Once);
            REQUIRE(store->healthy());
        });
        reached_the_end = !system->has_failed() && !sent.empty() && sent.back().fate == Fate::Acknowledged;
        for (unsigned number = 0; number < appends; ++number) sent.push_back({number, Fate::Acknowledged});
        check_all(clean, sent, {});
    }
    CHECK(faults > 5);
}

TEST_CASE("the disk fails while the store is opened: it says so or opens, and loses nothing", "[faults]") {
    // A stride that shares no factor with the pattern of calls keeps the test short.
    const auto refused = fail_while_opening(Prepared(), 3, [](const Options& after) {
        REQUIRE(Store::open(after)->events().verify({}).position.value == 1);
    });
    CHECK(refused > 10);
}

TEST_CASE("after a fault the store is not healthy until the disk takes writes again, then goes on by itself",
          "[faults]") {
    const Prepared prepared;
    const MemoryFolder folder;
    const auto system = std::make_shared<FaultyFileSystem>();
    const auto environment = rocksdb::NewCompositeEnv(system);
    Options options = prepared.copy(folder);
    options.environment = environment.get();
    auto store = Store::open(options);
    auto& events = store->events();
    REQUIRE(events.append(scripted(events, 1)));
    const auto before = events.head();

    system->fail_at(1, Failing::FromThenOn);  // a full disk
    CHECK_THROWS_AS(events.append(scripted(events, 2)), Fault);
    CHECK_FALSE(store->healthy());
    // Being asked, it tried to reopen its files; a reader now waits for the disk too.
    CHECK_THROWS_AS(events.version(StreamId{"reminder-" + uuid(1)}), Fault);
    system->fail_at(0, Failing::Once);  // somebody made room
    for (int tries = 0; !store->healthy(); ++tries) {
        REQUIRE(tries < 100);
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    CHECK(events.append(scripted(events, 2)));
    CHECK(events.append(scripted(events, 3)));
    events.check_extends(before);
    events.verify({});
}

}  // namespace vastine::store::test
