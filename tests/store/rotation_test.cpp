// Keys are exchanged while the store is used: nobody is refused, the log keeps its bytes, and what was
// destroyed stays destroyed.

#include <atomic>
#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>
#include <thread>

#include "store/bytes.hpp"
#include "store/engine/rocks_engine.hpp"
#include "tests/store/test_stores.hpp"

namespace vastine::store::test {
namespace {

std::string whole_log(const EventStore& events, Position until) {
    std::string all;
    events.read_log(Position{0}, until, [&](const Record& record) {
        all += record.stream.value + record.facts + record.sealed;
        return true;
    });
    return all;
}

std::string bytes_of(const std::filesystem::path& path) {
    std::ostringstream out;
    out << std::ifstream(path, std::ios::binary).rdbuf();
    return out.str();
}

// Every row of a table of the keys, as it stands on the disk.
std::map<std::string, std::string> rows(const Options& options, engine::Family family) {
    const engine::RocksEngine engine(
        {options.directory / "keys", engine::key_families, engine::RocksEngine::Mode::Open, nullptr});
    std::map<std::string, std::string> out;
    engine.scan(family, "", std::string(64, '\xFF'), [&](std::string_view key, std::string_view value) {
        out.emplace(key, value);
        return true;
    });
    return out;
}

bool stands_in_a_file_of(const std::filesystem::path& folder, const std::string& bytes) {
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.is_regular_file() && bytes_of(entry.path()).find(bytes) != std::string::npos) return true;
    }
    return false;
}

void append_cases(EventStore& events, unsigned first, unsigned count) {
    for (unsigned i = first; i < first + count; ++i) {
        REQUIRE(events.append(append_of({.stream = "reminder-" + uuid(i),
                                         .command_id = uuid(1000 + i),
                                         .area = i % 2 == 0 ? KeyArea::Legal : KeyArea::Ombudsman})));
    }
}

void check_opens(const EventStore& events, const std::vector<Record>& records) {
    for (const auto& record : records) REQUIRE_FALSE(events.open(record, Depth::Everything).key_gone);
}

}  // namespace

TEST_CASE("after a rotation everything opens as before, and the log has not changed by a byte",
          "[rotation]") {
    const auto where = GENERATE(Where::Memory, Where::Disk);
    INFO(name_of(where));
    Subject subject(where);
    append_cases(subject.events(), 0, 40);
    subject.store().secrets().put("token", "its hash");
    const auto records = all_records(subject.events());
    const auto head = subject.events().head();
    const auto log = whole_log(subject.events(), head.position);

    std::uint64_t seen = 0;
    const auto rotated = subject.store().keys().rotate_area_keys([&](std::uint64_t done, std::uint64_t all) {
        CHECK(done <= all);
        seen = done;
    });
    CHECK(rotated.wrapped_anew >= 40);
    CHECK(rotated.unopened == 0);
    CHECK(seen >= rotated.wrapped_anew);
    subject.store().keys().rotate_master_key();

    for (int opening = 0; opening < 2; ++opening, subject.reopen()) {
        CHECK(subject.events().head().root == head.root);
        CHECK(subject.events().verify({}).root == head.root);
        CHECK(whole_log(subject.events(), head.position) == log);
        check_opens(subject.events(), records);
        CHECK(subject.store().secrets().get("token") == "its hash");
        CHECK_FALSE(subject.store().keys().status().rotation_unfinished);
    }
    append_cases(subject.events(), 100, 3);
}

TEST_CASE("a rotation leaves no box on the disk as it was, of no area, case or secret", "[rotation]") {
    Subject subject(Where::Disk);
    append_cases(subject.events(), 0, 20);
    subject.store().secrets().put("token", "its hash");
    subject.store().keys().renew_escrow({}, [](const auto&) {});
    const auto destroyed = all_records(subject.events())[3].key;
    subject.close();
    const auto folder = subject.options().directory / "keys";
    std::vector<std::string> boxes;
    std::size_t wrapped = 0;
    std::string box_of_destroyed;
    for (const auto& [id, record] : rows(subject.options(), engine::Family::Keys)) {
        boxes.push_back(record.substr(2));
        if (id == u64_bytes(destroyed.value)) box_of_destroyed = record.substr(2);
        ++wrapped;
    }
    for (const auto& [name, box] : rows(subject.options(), engine::Family::Meta)) {
        const bool anew = name.find("area-key-") != std::string::npos || name.ends_with("secrets-key");
        if (anew) boxes.push_back(box);
    }
    boxes.push_back(rows(subject.options(), engine::Family::Secrets).at("token"));
    REQUIRE(boxes.size() == wrapped + 6 + 6 + 2 + 1);
    for (const auto& box : boxes) REQUIRE(stands_in_a_file_of(folder, box));

    subject.reopen();
    subject.assembled().keys().destroy(destroyed);
    subject.store().keys().rotate_area_keys({});
    subject.close();
    for (const auto& box : boxes) REQUIRE_FALSE(stands_in_a_file_of(folder, box));
    CHECK_FALSE(stands_in_a_file_of(folder, box_of_destroyed));
}

TEST_CASE("what was destroyed is not brought back, by no rotation and by no old area key", "[rotation]") {
    const auto where = GENERATE(Where::Memory, Where::Disk);
    INFO(name_of(where));
    Subject subject(where);
    append_cases(subject.events(), 0, 10);
    const auto records = all_records(subject.events());
    for (std::size_t i = 0; i < records.size(); i += 2) subject.assembled().keys().destroy(records[i].key);
    const auto before = subject.store().keys().status();
    CHECK(before.destroyed == 5);
    for (int round = 0; round < 3; ++round) {
        subject.store().keys().rotate_area_keys({});
        subject.store().keys().rotate_master_key();
        subject.reopen();
        for (std::size_t i = 0; i < records.size(); ++i) {
            REQUIRE(subject.events().open(records[i], Depth::Details).key_gone == (i % 2 == 0));
        }
        CHECK(subject.store().keys().status().destroyed == 5);
        CHECK(subject.store().keys().status().living == before.living);
    }
}

TEST_CASE("a key destroyed in the middle of a rotation stays destroyed", "[rotation]") {
    Subject subject(Where::Memory);
    append_cases(subject.events(), 0, 2000);
    const auto records = all_records(subject.events());
    // Between two pieces: of one that was wrapped anew, and of one that was not yet.
    bool done = false;
    subject.store().keys().rotate_area_keys([&](std::uint64_t, std::uint64_t) {
        if (std::exchange(done, true)) return;
        subject.assembled().keys().destroy(records.front().key);
        subject.assembled().keys().destroy(records.back().key);
    });
    CHECK(subject.events().open(records.front(), Depth::Details).key_gone);
    CHECK(subject.events().open(records.back(), Depth::Details).key_gone);
    check_opens(subject.events(), {records.begin() + 1, records.end() - 1});
}

TEST_CASE("keys are rotated under load: no append and no read is refused, and all opens afterwards",
          "[rotation]") {
    const auto where = GENERATE(Where::Memory, Where::Disk);
    INFO(name_of(where));
    Subject subject(where);
    append_cases(subject.events(), 0, 500);
    const auto first = all_records(subject.events());
    subject.store().secrets().put("token", "its hash");

    constexpr unsigned writers = 4;
    std::atomic<bool> stop = false;
    std::atomic<unsigned> appended = 0;
    std::atomic<unsigned> read = 0;
    std::atomic<unsigned> failed = 0;
    std::vector<std::thread> threads;
    const auto repeatedly = [&](auto work) {
        threads.emplace_back([&, work]() mutable {
            while (!stop) {
                try {
                    work();
                } catch (const std::exception&) {
                    ++failed;
                }
            }
        });
    };
    for (unsigned writer = 0; writer < writers; ++writer) {
        // Each append is a new case and needs a new key.
        repeatedly([&, next = 10'000 * (writer + 1)]() mutable {
            const auto number = next++;
            const bool done = subject.events()
                                  .append(append_of({.stream = "reminder-" + uuid(number),
                                                     .command_id = uuid(1'000'000 + number),
                                                     .area = KeyArea::Ombudsman}))
                                  .has_value();
            ++(done ? appended : failed);
        });
    }
    repeatedly([&, at = std::size_t{0}]() mutable {
        // Far apart, so that keys are unwrapped and not remembered.
        at = (at + 271) % first.size();
        if (subject.events().open(first[at], Depth::Everything).key_gone) ++failed;
        if (subject.store().secrets().get("token") != "its hash") ++failed;
        ++read;
    });
    repeatedly([&] { subject.store().secrets().put("login", "another"); });

    unsigned rotations = 0;
    while (rotations < 5 || appended < 200 || read < 1000) {
        subject.store().keys().rotate_area_keys({});
        subject.store().keys().rotate_master_key();
        ++rotations;
    }
    stop = true;
    for (auto& thread : threads) thread.join();
    CHECK(failed == 0);
    CHECK(rotations >= 5);

    const auto head = subject.events().head();
    CHECK(head.position.value == first.size() + appended);
    subject.reopen();
    CHECK(subject.events().verify({}).root == head.root);
    check_opens(subject.events(), all_records(subject.events()));
    CHECK(subject.store().keys().status().living >= head.position.value);
}

TEST_CASE("a new master key replaces the key file, and the one before opens nothing", "[rotation]") {
    Subject subject(Where::Disk);
    append_cases(subject.events(), 0, 3);
    const auto key = subject.options().directory / "key";
    const auto before = bytes_of(key);
    subject.store().keys().rotate_master_key();
    CHECK(bytes_of(key) != before);
    CHECK_FALSE(std::filesystem::exists(key.string() + ".next"));
    const auto after = bytes_of(key);
    subject.reopen();
    check_opens(subject.events(), all_records(subject.events()));
    subject.close();
    std::ofstream(key) << before;
    CHECK_THROWS_WITH(Store::open(subject.options()), Catch::Contains("does not belong"));
    std::ofstream(key) << after;
    CHECK_NOTHROW(Store::open(subject.options()));
}

TEST_CASE("a key that a rotation left beside counts only when the keys are wrapped by it", "[rotation]") {
    Subject subject(Where::Disk);
    append_cases(subject.events(), 0, 3);
    const auto key = subject.options().directory / "key";
    const auto beside = key.string() + ".next";
    const auto before = bytes_of(key);
    subject.store().keys().rotate_master_key();
    const auto after = bytes_of(key);
    subject.close();
    SECTION("killed before the last step: the old one in its place, the right one beside") {
        std::filesystem::copy_file(key, beside);
        std::ofstream(key) << before;
    }
    SECTION("killed before the keys were wrapped anew: the right one in its place, one of no use beside") {
        std::filesystem::copy_file(key, beside);
        std::ofstream(beside) << before;
    }
    SECTION("killed while the one beside was written") {
        std::filesystem::copy_file(key, beside);
        std::filesystem::resize_file(beside, 20);
    }
    subject.reopen();
    CHECK(bytes_of(key) == after);
    CHECK_FALSE(std::filesystem::exists(beside));
    subject.store().keys().rotate_master_key();
    subject.reopen();
    check_opens(subject.events(), all_records(subject.events()));
}

}  // namespace vastine::store::test
