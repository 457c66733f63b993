// A stream has one key, whoever needs it first: its first event, or a blob before it. Here both come at
// once, in the order that is hardest.

#include <algorithm>
#include <catch2/catch.hpp>
#include <condition_variable>
#include <thread>

#include "store/engine/memory_engine.hpp"
#include "store/sequencer.hpp"
#include "tests/store/test_stores.hpp"

namespace vastine::store::test {
namespace {

using engine::Batch;
using engine::Family;

// Lets writes wait at a gate.
class GatedEngine final : public engine::Engine {
public:
    void close() {
        const std::lock_guard lock(mutex_);
        open_ = false;
    }
    void open() {
        const std::lock_guard lock(mutex_);
        open_ = true;
        changed_.notify_all();
    }
    // Somebody stands at the closed gate.
    void await_writer() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return waiting_; });
    }

    void write(const Batch& batch) override {
        std::unique_lock lock(mutex_);
        waiting_ = true;
        changed_.notify_all();
        changed_.wait(lock, [&] { return open_; });
        waiting_ = false;
        under_.write(batch);
    }
    void write_unsynced(const Batch& batch) override { write(batch); }
    [[nodiscard]] std::optional<std::string> get(Family family, std::string_view key) const override {
        return under_.get(family, key);
    }
    void scan(Family family, std::string_view from, std::string_view until,
              const engine::Entry& entry) const override {
        under_.scan(family, from, until, entry);
    }
    [[nodiscard]] std::optional<std::pair<std::string, std::string>> last(
        Family family, std::string_view from, std::string_view until) const override {
        return under_.last(family, from, until);
    }
    [[nodiscard]] bool faulted() const override { return false; }
    void reopen() override {}
    void reclaim(Family) override {}

private:
    engine::MemoryEngine under_;
    std::mutex mutex_;
    std::condition_variable changed_;
    bool open_ = true;
    bool waiting_ = false;
};

const StreamId stream{"reminder-" + uuid(1)};

struct GatedLog {
    engine::MemoryEngine keys_engine;
    GatedEngine engine;
    std::unique_ptr<sealing::KeyRing> keys;
    std::unique_ptr<Sequencer> log;
    std::vector<std::thread> threads;

    GatedLog() {
        const auto master = sealing::Key::random();
        std::array<std::uint8_t, 32> copy{};
        std::copy_n(master.data(), copy.size(), copy.begin());
        const Organisation organisation{1, 2, 3};
        sealing::KeyRing::create(keys_engine, master, organisation);
        Sequencer::create(engine, organisation);
        keys = std::make_unique<sealing::KeyRing>(keys_engine, sealing::Key(copy), "keys");
        reopen();
    }
    void reopen() {
        log = std::make_unique<Sequencer>(
            engine, *keys, [] { return Instant(std::chrono::microseconds(1'700'000'000'000'000)); }, "log");
    }
    // From here on callers only queue up: whoever leads stands at the gate with somebody else's append.
    void close_gate() {
        engine.close();
        threads.emplace_back([&] {
            REQUIRE(log->append(append_of({.stream = "contact-" + uuid(9), .command_id = uuid(900)})));
        });
        engine.await_writer();
    }
    // Queues up behind those before it.
    template <class Work>
    void queue(Work work) {
        threads.emplace_back(std::move(work));
        // There is nothing to see of a caller in the queue. One that comes late comes in an easier order, in
        // which all that is checked must hold too.
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    void open_gate() {
        engine.open();
        for (auto& thread : threads) thread.join();
        threads.clear();
    }
    [[nodiscard]] std::vector<Record> records() const {
        std::vector<Record> found;
        log->read_stream(stream, Version{0}, [&](const Record& record) {
            found.push_back(record);
            return true;
        });
        return found;
    }
    void check_events(std::size_t count, KeyId key) const {
        const auto found = records();
        REQUIRE(found.size() == count);
        for (const auto& record : found) {
            CHECK(record.key == key);
            CHECK_FALSE(log->open(record, Depth::Everything).key_gone);
        }
        log->verify({});
        CHECK(log->unborn().empty());
    }
};

// A call that begins the stream, and another append of the same call on it.
std::vector<Append> two_appends(unsigned first_command) {
    std::vector<Append> call;
    call.push_back(append_of({.stream = stream.value, .command_id = uuid(first_command)}));
    call.push_back(append_of({.stream = stream.value, .expected = 1, .command_id = uuid(first_command + 1)}));
    return call;
}
std::size_t taken(const std::vector<tl::expected<Appended, Refused>>& answers) {
    return static_cast<std::size_t>(
        std::count_if(answers.begin(), answers.end(), [](const auto& answer) { return answer.has_value(); }));
}

}  // namespace

TEST_CASE("a key made for a blob is the first event's too, made before or after that was sealed", "[keys]") {
    GatedLog gated;
    Sequencer::StreamKey of_blob;
    std::size_t accepted = 0;
    SECTION("before") {
        of_blob = gated.log->key_for(stream, sealing::WrapArea::Legal);
        gated.reopen();
        accepted = taken(gated.log->append_all(two_appends(1)));
    }
    SECTION("after") {
        gated.close_gate();
        gated.queue([&] { of_blob = gated.log->key_for(stream, sealing::WrapArea::Legal); });
        gated.queue([&] { accepted = taken(gated.log->append_all(two_appends(1))); });
        gated.open_gate();
    }
    SECTION("behind it in the same group") {
        gated.close_gate();
        gated.queue([&] { accepted = taken(gated.log->append_all(two_appends(1))); });
        gated.queue([&] { of_blob = gated.log->key_for(stream, sealing::WrapArea::Legal); });
        gated.open_gate();
    }
    CHECK(accepted == 2);
    gated.check_events(2, of_blob.id);
    CHECK(gated.log->key_for(stream, sealing::WrapArea::Legal).id == of_blob.id);
    gated.reopen();
    gated.check_events(2, of_blob.id);
}

TEST_CASE("no event is sealed under a key that was given up, however late", "[keys]") {
    GatedLog gated;
    const auto given_up = gated.log->key_for(stream, sealing::WrapArea::Legal).id;
    std::optional<KeyId> answer;
    std::size_t accepted = 0;
    gated.close_gate();
    gated.queue([&] { answer = gated.log->give_up_key(stream); });
    gated.queue([&] { accepted = taken(gated.log->append_all(two_appends(1))); });
    gated.open_gate();
    REQUIRE(answer == given_up);
    gated.keys->destroy(given_up);
    CHECK(accepted == 2);
    const auto key = gated.log->key_for(stream, sealing::WrapArea::Legal).id;
    CHECK(key != given_up);
    gated.check_events(2, key);
}

TEST_CASE("a stream that has begun does not give up its key", "[keys]") {
    GatedLog gated;
    const auto key = gated.log->key_for(stream, sealing::WrapArea::Legal).id;
    std::optional<KeyId> answer;
    std::size_t accepted = 0;
    gated.close_gate();
    gated.queue([&] { accepted = taken(gated.log->append_all(two_appends(1))); });
    gated.queue([&] { answer = gated.log->give_up_key(stream); });
    gated.open_gate();
    CHECK_FALSE(answer.has_value());
    CHECK_FALSE(gated.log->give_up_key(stream).has_value());
    CHECK(accepted == 2);
    gated.check_events(2, key);
}

TEST_CASE("of two calls that begin one stream under one key, one is refused whole", "[keys]") {
    GatedLog gated;
    // Otherwise the second append of the refused call would find the other's event where it expects its own.
    const auto key = gated.log->key_for(stream, sealing::WrapArea::Legal).id;
    std::size_t first = 0;
    std::size_t second = 0;
    gated.close_gate();
    gated.queue([&] {
        first = gated.log->append(append_of({.stream = stream.value, .command_id = uuid(5)})) ? 1 : 0;
    });
    gated.queue([&] { second = taken(gated.log->append_all(two_appends(1))); });
    gated.open_gate();
    CHECK(first == 1);
    CHECK(second == 0);
    gated.check_events(1, key);
}

TEST_CASE("a log whose newest key is a blob's is not opened with older keys", "[keys]") {
    // The number would be given out again, to another stream.
    Subject subject(Where::Disk);
    const auto keys = subject.options().directory / "keys";
    const auto backup = subject.options().directory / "backup";
    subject.close();
    std::filesystem::copy(keys, backup, std::filesystem::copy_options::recursive);
    {
        const auto store = Store::open(subject.options());
        REQUIRE(store->blobs().put(stream, KeyArea::Legal, "content"));
    }
    std::filesystem::remove_all(keys);
    std::filesystem::rename(backup, keys);
    CHECK_THROWS_WITH(Store::open(subject.options()), Catch::Contains("The keys are older than"));
}

}  // namespace vastine::store::test
