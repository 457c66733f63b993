// What is destroyed is gone from every file of the key database, and what anybody adds meanwhile is not lost.

#include <atomic>
#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>
#include <thread>

#include "store/bytes.hpp"
#include "store/engine/rocks_engine.hpp"
#include "store/sealing/key_record.hpp"
#include "tests/store/test_stores.hpp"

namespace vastine::store::test {
namespace {

std::string stream_name(unsigned number) {
    return "reminder-" + uuid(number);
}

void append_cases(EventStore& events, unsigned count) {
    for (unsigned i = 0; i < count; ++i)
        REQUIRE(events.append(append_of({.stream = stream_name(i), .command_id = uuid(1000 + i)})));
}

KeyId key_of(const EventStore& events, unsigned number) {
    KeyId key;
    events.read_stream({stream_name(number)}, {}, [&](const Record& record) {
        key = record.key;
        return false;
    });
    return key;
}

bool stands_in_a_file_of(const std::filesystem::path& folder, const std::string& bytes) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (!entry.is_regular_file()) continue;
        std::ostringstream content;
        content << std::ifstream(entry.path(), std::ios::binary).rdbuf();
        if (content.str().find(bytes) != std::string::npos) return true;
    }
    return false;
}

std::string wrapped_key(const Options& options, KeyId id) {
    const engine::RocksEngine engine(
        {options.directory / "keys", engine::key_families, engine::RocksEngine::Mode::Open, nullptr});
    const auto row = engine.get(engine::Family::Keys, u64_bytes(id.value)).value();
    return std::string(sealing::decode_key_record(row).box);
}

}  // namespace

TEST_CASE("a stream's key is destroyed where the stream stands, and not where it has moved on",
          "[contract][destruction]") {
    const auto where = GENERATE(Where::Memory, Where::Disk);
    INFO(name_of(where));
    Subject subject(where);
    append_cases(subject.events(), 3);
    REQUIRE(subject.events().append(
        append_of({.stream = stream_name(1), .expected = 1, .command_id = uuid(9001)})));
    const auto before = subject.events().head();

    const std::vector<StreamAt> asked{
        {{stream_name(0)}, Version{1}}, {{stream_name(1)}, Version{1}}, {{stream_name(77)}, Version{0}}};
    for (int time = 0; time < 2; ++time) {  // asked again it answers alike
        const auto answers = subject.events().destroy_keys(asked);
        REQUIRE(answers.size() == 3);
        CHECK(*answers[0] == key_of(subject.events(), 0));
        CHECK(answers[1].error().refusal == Refusal::StaleVersion);
        CHECK(answers[1].error().actual.value == 2);
        CHECK(answers[2].error().refusal == Refusal::StaleVersion);
        subject.reopen();
    }
    const auto records = all_records(subject.events());
    CHECK(subject.events().open(records[0], Depth::Everything).key_gone);
    CHECK_FALSE(subject.events().open(records[1], Depth::Everything).key_gone);
    CHECK_FALSE(subject.events().open(records[2], Depth::Everything).key_gone);
    CHECK(subject.events().verify({}).root == before.root);
    const auto refused = subject.events().append(
        append_of({.stream = stream_name(0), .expected = 1, .command_id = uuid(9002)}));
    REQUIRE_FALSE(refused);
    CHECK(refused.error().refusal == Refusal::KeyDestroyed);
    CHECK(subject.events().destroy_keys({}).empty());
}

TEST_CASE("a destroyed stream gives its claims up", "[contract][destruction]") {
    const auto where = GENERATE(Where::Memory, Where::Disk);
    INFO(name_of(where));
    Subject subject(where);
    for (unsigned i = 0; i < 2; ++i) {
        auto append = append_of({.stream = stream_name(i), .command_id = uuid(1000 + i)});
        append.claims.push_back({"diary:legal", "D/" + std::to_string(i), {stream_name(i)}});
        REQUIRE(subject.events().append(std::move(append)));
    }
    REQUIRE(subject.events().destroy_keys({{{stream_name(0)}, Version{1}}}).front());
    subject.reopen();
    CHECK_FALSE(subject.events().find("diary:legal", "D/0"));
    CHECK(subject.events().find("diary:legal", "D/1")->value == stream_name(1));
}

TEST_CASE("an append and the destruction of its stream that meet: one of them is refused",
          "[contract][destruction]") {
    const auto where = GENERATE(Where::Memory, Where::Disk);
    INFO(name_of(where));
    Subject subject(where);
    constexpr unsigned streams = 60;
    append_cases(subject.events(), streams);
    std::atomic<unsigned> ready = 0;
    const auto together = [&] {
        ++ready;
        while (ready < 2) std::this_thread::yield();
    };
    std::vector<char> appended(streams);
    std::vector<char> destroyed(streams);
    std::thread writer([&] {
        together();
        for (unsigned i = 0; i < streams; ++i)
            appended[i] = subject.events()
                              .append(append_of(
                                  {.stream = stream_name(i), .expected = 1, .command_id = uuid(5000 + i)}))
                              .has_value();
    });
    std::thread destroyer([&] {
        together();
        for (unsigned i = 0; i < streams; ++i)
            destroyed[i] =
                subject.events().destroy_keys({{{stream_name(i)}, Version{1}}}).front().has_value();
    });
    writer.join();
    destroyer.join();
    for (unsigned i = 0; i < streams; ++i) {
        INFO(i);
        CHECK(appended[i] != destroyed[i]);
        CHECK(subject.events().version({stream_name(i)}).value == (appended[i] ? 2U : 1U));
    }
}

TEST_CASE("when it is reclaimed a destroyed key stands wrapped in no file, and the others do",
          "[destruction]") {
    Subject subject(Where::Disk);
    append_cases(subject.events(), 40);
    const auto gone = key_of(subject.events(), 7);
    const auto stays = key_of(subject.events(), 8);
    subject.close();
    const auto wrapped_gone = wrapped_key(subject.options(), gone);
    const auto wrapped_stays = wrapped_key(subject.options(), stays);
    REQUIRE(wrapped_gone.size() > 32);
    const auto found = [&](const std::string& bytes) {
        return stands_in_a_file_of(subject.options().directory, bytes);
    };
    CHECK(found(wrapped_gone));
    CHECK(found(wrapped_stays));
    subject.reopen();
    REQUIRE(subject.events().destroy_keys({{{stream_name(7)}, Version{1}}}).front());
    subject.store().reclaim();
    // While it is open, and after it was closed.
    CHECK_FALSE(found(wrapped_gone));
    subject.close();
    CHECK_FALSE(found(wrapped_gone));
    CHECK(found(wrapped_stays));
}

}  // namespace vastine::store::test
