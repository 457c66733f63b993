// The contract of store/event_store.hpp. Each rule holds for every engine.

#include <google/protobuf/util/message_differencer.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <fstream>
#include <set>
#include <thread>

#include "tests/store/test_stores.hpp"

namespace vastine::store::test {
namespace {

using google::protobuf::util::MessageDifferencer;

// clang-format off
#define ON_EVERY_ENGINE()                              \
    const auto where = GENERATE(Where::Memory, Where::Disk); \
    INFO(name_of(where));                              \
    Subject subject(where);                            \
    auto& events = subject.events()
// clang-format on

std::uint64_t position_of(const tl::expected<Appended, Refused>& answer) {
    REQUIRE(answer.has_value());
    return answer->last.value;
}
Refused refusal_of(const tl::expected<Appended, Refused>& answer) {
    REQUIRE_FALSE(answer.has_value());
    return answer.error();
}

}  // namespace

TEST_CASE("what was appended is read back with its envelope", "[contract]") {
    ON_EVERY_ENGINE();
    const auto answer = events.append(append_of({.count = 2}));
    REQUIRE(answer);
    CHECK(answer->first.value == 1);
    CHECK(answer->last.value == 2);
    CHECK_FALSE(answer->repeated);
    const auto records = all_records(events);
    REQUIRE(records.size() == 2);
    CHECK(records[1].position.value == 2);
    CHECK(records[1].stream.value == "reminder-" + uuid(1));
    CHECK(records[1].stream.category() == "reminder");
    CHECK(records[1].version.value == 2);
    CHECK(records[1].type == "vastine.Assigned");
    CHECK(records[1].actor == "actor");
    CHECK(records[1].command_id == uuid(1000));
    CHECK(records[1].recorded_at.time_since_epoch().count() == 1'700'000'000'000'000);
    CHECK(records[0].key == records[1].key);
    const auto opened = events.open(records[1], Depth::Everything);
    CHECK(MessageDifferencer::Equals(*opened.event, *assigned("handler", "a private note")));
}

TEST_CASE("an append is refused when the stream does not stand where it was expected", "[contract]") {
    ON_EVERY_ENGINE();
    position_of(events.append(append_of({})));
    const auto behind = refusal_of(events.append(append_of({.expected = 0, .command_id = uuid(2)})));
    CHECK(behind.refusal == Refusal::StaleVersion);
    CHECK(behind.stream.value == "reminder-" + uuid(1));
    CHECK(behind.actual.value == 1);
    const auto ahead = refusal_of(events.append(append_of({.expected = 2, .command_id = uuid(2)})));
    CHECK(ahead.refusal == Refusal::StaleVersion);
    CHECK(all_records(events).size() == 1);
}

TEST_CASE("a retry gets the first answer and writes nothing, however far the stream has moved",
          "[contract]") {
    ON_EVERY_ENGINE();
    position_of(events.append(append_of({.command_id = uuid(7), .count = 2})));
    position_of(events.append(append_of({.expected = 2, .command_id = uuid(8)})));
    subject.reopen();
    const auto again = subject.events().append(append_of({.command_id = uuid(7), .count = 2}));
    REQUIRE(again);
    CHECK(again->repeated);
    CHECK(again->first.value == 1);
    CHECK(again->last.value == 2);
    CHECK(subject.events().head().position.value == 3);
}

TEST_CASE("a command id that comes back with another request is refused before its version is looked at",
          "[contract]") {
    ON_EVERY_ENGINE();
    position_of(events.append(append_of({})));
    const auto refused = refusal_of(events.append(append_of({.request = "another"})));
    CHECK(refused.refusal == Refusal::CommandReused);
    CHECK(refused.stream.value.empty());
}

TEST_CASE("command ids of different actors do not meet", "[contract]") {
    ON_EVERY_ENGINE();
    position_of(events.append(append_of({})));
    CHECK(position_of(events.append(append_of({.expected = 1, .request = "other", .actor = "another"}))) ==
          2);
}

TEST_CASE("an append over several streams happens whole or not at all", "[contract]") {
    ON_EVERY_ENGINE();
    position_of(events.append(append_of({.stream = "complaint-" + uuid(5)})));
    auto both = append_of({.stream = "reminder-" + uuid(6), .command_id = uuid(2)});
    both.streams.push_back(stream_append({.stream = "complaint-" + uuid(5), .expected = 0}));
    CHECK(refusal_of(events.append(std::move(both))).stream.value == "complaint-" + uuid(5));
    CHECK(events.version(StreamId{"reminder-" + uuid(6)}).value == 0);

    both = append_of({.stream = "reminder-" + uuid(6), .command_id = uuid(2)});
    both.streams.push_back(stream_append({.stream = "complaint-" + uuid(5), .expected = 1, .count = 2}));
    const auto answer = events.append(std::move(both));
    REQUIRE(answer);
    CHECK(answer->first.value == 2);
    CHECK(answer->last.value == 4);
    CHECK(events.version(StreamId{"reminder-" + uuid(6)}).value == 1);
    CHECK(events.version(StreamId{"complaint-" + uuid(5)}).value == 3);
}

TEST_CASE("a claim is held by one stream, found again, and free when it is released", "[contract]") {
    ON_EVERY_ENGINE();
    const StreamId first{"reminder-" + uuid(1)};
    const StreamId second{"reminder-" + uuid(2)};
    auto append = append_of({.stream = first.value, .command_id = uuid(11)});
    append.claims = {{"diary:legal", "HEL 2026-1", first}};
    position_of(events.append(std::move(append)));
    CHECK(events.find("diary:legal", "HEL 2026-1") == first);
    CHECK_FALSE(events.find("external:reminder", "HEL 2026-1"));

    append = append_of({.stream = second.value, .command_id = uuid(12)});
    append.claims = {{"diary:legal", "HEL 2026-1", second}};
    const auto refused = refusal_of(events.append(std::move(append)));
    CHECK(refused.refusal == Refusal::ClaimTaken);
    CHECK(refused.stream == first);
    CHECK(events.version(second).value == 0);

    append = append_of({.stream = first.value, .expected = 1, .command_id = uuid(13)});
    append.releases = {{"diary:legal", "HEL 2026-1", first}};
    append.claims = {{"diary:legal", "HEL 2026-2", first}};
    position_of(events.append(std::move(append)));
    CHECK_FALSE(events.find("diary:legal", "HEL 2026-1"));

    append = append_of({.stream = second.value, .command_id = uuid(14)});
    append.claims = {{"diary:legal", "HEL 2026-1", second}};
    append.releases = {{"diary:legal", "HEL 2026-2", second}};  // not its to release
    position_of(events.append(std::move(append)));
    subject.reopen();
    CHECK(subject.events().find("diary:legal", "HEL 2026-1") == second);
    CHECK(subject.events().find("diary:legal", "HEL 2026-2") == first);
}

TEST_CASE("a claimed name stands nowhere readable", "[contract]") {
    Subject subject(Where::Disk);
    auto append = append_of({.note = "Virtanen came by"});
    append.claims = {{"diary:legal", "HEL-2026-000123", StreamId{"reminder-" + uuid(1)}}};
    append.request = "the request says Virtanen too";
    position_of(subject.events().append(std::move(append)));
    subject.close();
    std::size_t files = 0;
    for (const auto& file : std::filesystem::recursive_directory_iterator(subject.options().directory)) {
        if (!file.is_regular_file()) continue;
        std::ifstream in(file.path(), std::ios::binary);
        const std::string bytes((std::istreambuf_iterator<char>(in)), {});
        INFO(file.path());
        CHECK(bytes.find("HEL-2026-000123") == std::string::npos);
        CHECK(bytes.find("Virtanen") == std::string::npos);
        ++files;
    }
    CHECK(files > 6);
}

TEST_CASE("a stream is read after a version, in order, until the reader has enough", "[contract]") {
    ON_EVERY_ENGINE();
    position_of(events.append(append_of({.count = 3})));
    position_of(events.append(append_of({.stream = "reminder-" + uuid(1) + "0", .command_id = uuid(2)})));
    std::vector<std::uint64_t> versions;
    events.read_stream(StreamId{"reminder-" + uuid(1)}, Version{1}, [&](const Record& record) {
        versions.push_back(record.version.value);
        return true;
    });
    CHECK(versions == std::vector<std::uint64_t>{2, 3});
    std::size_t seen = 0;
    events.read_stream(StreamId{"reminder-" + uuid(1)}, Version{0},
                       [&](const Record&) { return ++seen < 2; });
    CHECK(seen == 2);
    events.read_stream(StreamId{"reminder-nobody"}, Version{0}, [](const Record&) -> bool { throw 1; });
}

TEST_CASE("the log is read after one position and up to another", "[contract]") {
    ON_EVERY_ENGINE();
    position_of(events.append(append_of({.count = 5})));
    std::vector<std::uint64_t> positions;
    events.read_log(Position{1}, Position{3}, [&](const Record& record) {
        positions.push_back(record.position.value);
        return true;
    });
    CHECK(positions == std::vector<std::uint64_t>{2, 3});
    events.read_log(Position{5}, Position{9}, [](const Record&) -> bool { throw 1; });
}

TEST_CASE("the time of recording never goes back, even when the clock does", "[contract]") {
    ON_EVERY_ENGINE();
    position_of(events.append(append_of({})));
    subject.set_clock(1'600'000'000'000'000);
    position_of(events.append(append_of({.expected = 1, .command_id = uuid(2)})));
    subject.reopen();
    subject.set_clock(1'600'000'000'000'001);
    position_of(subject.events().append(append_of({.expected = 2, .command_id = uuid(3)})));
    for (const auto& record : all_records(subject.events())) {
        CHECK(record.recorded_at.time_since_epoch().count() == 1'700'000'000'000'000);
    }
}

TEST_CASE("several appends in one call are answered each by itself, later ones building on earlier",
          "[contract]") {
    ON_EVERY_ENGINE();
    std::vector<Append> appends;
    appends.push_back(append_of({.command_id = uuid(1)}));
    appends.push_back(append_of({.expected = 1, .command_id = uuid(2)}));
    appends.push_back(append_of({.expected = 7, .command_id = uuid(3)}));
    appends.push_back(append_of({.stream = "reminder-" + uuid(2), .command_id = uuid(4)}));
    appends.push_back(append_of({.command_id = uuid(1)}));
    appends.push_back(append_of({.command_id = uuid(2), .request = "other"}));
    const auto answers = events.append_all(std::move(appends));
    REQUIRE(answers.size() == 6);
    CHECK(position_of(answers[0]) == 1);
    CHECK(position_of(answers[1]) == 2);
    CHECK(refusal_of(answers[2]).refusal == Refusal::StaleVersion);
    CHECK(position_of(answers[3]) == 3);
    // A command twice in one call stands at a version it has moved itself; it is not written twice.
    CHECK(refusal_of(answers[4]).refusal == Refusal::StaleVersion);
    CHECK_FALSE(answers[5]);
    CHECK(events.head().position.value == 3);
    events.verify({});
}

TEST_CASE("what a caller cannot have meant is thrown back at it", "[contract]") {
    ON_EVERY_ENGINE();
    CHECK_THROWS_AS(events.append(append_of({.count = 0})), std::invalid_argument);
    CHECK_THROWS_AS(events.append(append_of({.command_id = ""})), std::invalid_argument);
    CHECK_THROWS_AS(events.append(Append{"actor", uuid(1), "r", {}, {}, {}}), std::invalid_argument);
    CHECK_THROWS_AS(events.append(append_of({.stream = std::string("a\0b", 3)})), std::invalid_argument);
    auto twice = append_of({});
    twice.streams.push_back(stream_append({}));
    CHECK_THROWS_AS(events.append(std::move(twice)), std::invalid_argument);
    CHECK_THROWS_AS(events.append(append_of({.note = "\xC3\x28"})), std::invalid_argument);
    CHECK(events.head().position.value == 0);
}

TEST_CASE("many writers of one stream: each version is taken once, and positions have no gaps",
          "[contract]") {
    ON_EVERY_ENGINE();
    constexpr unsigned writers = 8;
    constexpr unsigned rounds = 12;
    std::atomic<unsigned> written = 0;
    std::vector<std::thread> threads;
    for (unsigned writer = 0; writer < writers; ++writer) {
        threads.emplace_back([&, writer] {
            for (unsigned round = 0; round < rounds; ++round) {
                const bool shared = round % 2 == 0;
                const StreamId stream{shared ? "reminder-shared" : "reminder-" + uuid(writer)};
                while (true) {
                    Wanted wanted{.stream = stream.value,
                                  .expected = events.version(stream).value,
                                  .command_id = uuid(writer * 1000 + round)};
                    const auto answer = events.append(append_of(wanted));
                    if (answer) break;
                }
                ++written;
            }
        });
    }
    for (auto& thread : threads) thread.join();
    CHECK(written == writers * rounds);
    CHECK(events.head().position.value == writers * rounds);
    CHECK(events.version(StreamId{"reminder-shared"}).value == writers * rounds / 2);
    std::uint64_t position = 0;
    for (const auto& record : all_records(events)) CHECK(record.position.value == ++position);
    events.verify({});
}

TEST_CASE("the same command sent by many threads at once is written once", "[contract]") {
    ON_EVERY_ENGINE();
    std::atomic<unsigned> first = 0;
    std::atomic<unsigned> repeated = 0;
    std::vector<std::thread> threads;
    for (unsigned i = 0; i < 8; ++i) {
        threads.emplace_back([&] {
            const auto answer = events.append(append_of({}));
            if (answer) ++(answer->repeated ? repeated : first);
        });
    }
    for (auto& thread : threads) thread.join();
    CHECK(first == 1);
    CHECK(repeated == 7);
    CHECK(events.head().position.value == 1);
}

TEST_CASE("readers see whole appends and no gaps while others write", "[contract]") {
    ON_EVERY_ENGINE();
    std::atomic<bool> stop = false;
    std::atomic<unsigned> wrong = 0;
    std::thread reader([&] {
        while (!stop) {
            std::uint64_t position = 0;
            events.read_log(Position{0}, Position{UINT64_MAX}, [&](const Record& record) {
                if (record.position.value != ++position) ++wrong;
                return true;
            });
            if (position % 3 != 0) ++wrong;
        }
    });
    for (unsigned i = 0; i < 40; ++i) {
        position_of(
            events.append(append_of({.stream = "reminder-" + uuid(i), .command_id = uuid(i), .count = 3})));
    }
    stop = true;
    reader.join();
    CHECK(wrong == 0);
}

TEST_CASE("a record opens as deep as asked: facts, details, everything", "[contract]") {
    ON_EVERY_ENGINE();
    auto append = append_of({});
    append.streams[0].events.clear();
    append.streams[0].events.push_back(registered("Aino Virtanen", 5));
    position_of(events.append(std::move(append)));
    const auto record = all_records(events).front();

    const auto facts = events.open(record, Depth::Facts);
    const auto& of_facts = dynamic_cast<const ReminderRegistered&>(*facts.event);
    CHECK(of_facts.given().opening().cause() == "care");
    CHECK(of_facts.given().opening().arrived_on().empty());
    CHECK_FALSE(of_facts.given().opening().has_client());
    REQUIRE(of_facts.given().opening().matters_size() == 5);
    CHECK(of_facts.given().opening().matters(2).cause() == "conduct");
    CHECK(of_facts.given().opening().matters(3).unit().empty());

    const auto details = events.open(record, Depth::Details);
    const auto& of_details = dynamic_cast<const ReminderRegistered&>(*details.event);
    CHECK(of_details.given().opening().arrived_on() == "2026-03-01");
    CHECK(of_details.given().opening().matters(3).unit() == "ward-7");
    CHECK(of_details.given().opening().matters(3).description().empty());
    CHECK_FALSE(of_details.given().opening().has_client());

    const auto everything = events.open(record, Depth::Everything);
    CHECK(MessageDifferencer::Equals(*everything.event, *registered("Aino Virtanen", 5)));
}

TEST_CASE("when a key is destroyed the facts stay, the rest is gone, and nothing can be added",
          "[contract]") {
    ON_EVERY_ENGINE();
    auto append = append_of({});
    append.streams[0].events.clear();
    append.streams[0].events.push_back(registered("Aino Virtanen", 2));
    append.request = "as it was asked";
    position_of(events.append(std::move(append)));
    position_of(events.append(append_of({.stream = "reminder-" + uuid(2), .command_id = uuid(2)})));
    const auto record = all_records(events).front();
    const auto before = events.head();
    subject.assembled().keys().destroy(record.key);
    subject.reopen();
    auto& later = subject.events();

    const auto opened = later.open(record, Depth::Everything);
    CHECK(opened.key_gone);
    const auto& facts = dynamic_cast<const ReminderRegistered&>(*opened.event);
    CHECK(facts.coarse().month() == "2026-03");
    CHECK_FALSE(facts.given().opening().has_client());
    CHECK(refusal_of(later.append(append_of({.expected = 1, .command_id = uuid(3)}))).refusal ==
          Refusal::KeyDestroyed);
    // Whether a retry asks the same can no longer be told: its hash died with the key.
    CHECK(refusal_of(later.append(append_of({.request = "as it was asked"}))).refusal ==
          Refusal::KeyDestroyed);
    CHECK(later.verify({}).root == before.root);
    CHECK_FALSE(later.open(all_records(later)[1], Depth::Everything).key_gone);
}

TEST_CASE("streams have keys of their own, and an unused key is never given to two", "[contract]") {
    const auto where = GENERATE(Where::Memory, Where::Disk);
    INFO(name_of(where));
    Subject subject(where);
    for (unsigned i = 0; i < 80; ++i) {
        position_of(
            subject.events().append(append_of({.stream = "reminder-" + uuid(i), .command_id = uuid(i)})));
        if (i == 40) subject.reopen();
        // A refused append gives its key back.
        refusal_of(subject.events().append(
            append_of({.stream = "reminder-" + uuid(i), .command_id = uuid(5000 + i)})));
    }
    std::set<std::uint64_t> keys;
    for (const auto& record : all_records(subject.events())) keys.insert(record.key.value);
    CHECK(keys.size() == 80);
}

TEST_CASE("verify reports how far it is and gives the head", "[contract]") {
    ON_EVERY_ENGINE();
    CHECK(events.verify({}).position.value == 0);
    position_of(events.append(append_of({.count = 4})));
    std::vector<std::uint64_t> reached;
    const auto head = events.verify([&](Position position) { reached.push_back(position.value); });
    CHECK(reached == std::vector<std::uint64_t>{1, 2, 3, 4});
    CHECK(head.root == events.head().root);
    CHECK(head.root.size() == 32);
}

TEST_CASE("a log extends every head it ever had", "[contract]") {
    ON_EVERY_ENGINE();
    std::vector<Head> heads{events.head()};
    for (unsigned i = 0; i < 9; ++i) {
        position_of(events.append(
            append_of({.stream = "reminder-" + uuid(i), .command_id = uuid(i), .count = i % 3 + 1})));
        heads.push_back(events.head());
    }
    subject.reopen();
    for (const auto& head : heads) subject.events().check_extends(head);
    auto other = heads[4];
    other.root[0] = static_cast<char>(other.root[0] ^ 1);
    CHECK_THROWS_AS(subject.events().check_extends(other), Corruption);
}

TEST_CASE("a head from beyond the log's end tells that records were lost", "[contract]") {
    ON_EVERY_ENGINE();
    position_of(events.append(append_of({})));
    auto beyond = events.head();
    ++beyond.position.value;
    CHECK_THROWS_AS(events.check_extends(beyond), Corruption);
    // Such a log takes nothing more before somebody looked at it.
    CHECK_FALSE(subject.store().healthy());
    CHECK_THROWS_AS(events.append(append_of({.expected = 1, .command_id = uuid(2)})), Corruption);
}

}  // namespace vastine::store::test
