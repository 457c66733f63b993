#include "store/proof/witness_file.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>

#include "store/event_store.hpp"
#include "store/proof/checkpoint.hpp"
#include "tests/store/test_stores.hpp"

namespace vastine::store::proof {
namespace {

const Instant noon{std::chrono::microseconds(1'700'000'000'000'000)};

std::string note(std::uint64_t size) {
    static const SigningKey key("vastine/o/log", sealing::Key::random());
    return key.sign(to_text({"vastine/o/log", {Position{size}, std::string(32, 'r')}}));
}
std::string content(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}
void put(const std::filesystem::path& path, const std::string& text) {
    std::ofstream(path, std::ios::binary) << text;
}

}  // namespace

TEST_CASE("notes are appended with the time, and read back whole and in order", "[witness]") {
    const test::Folder folder;
    WitnessFile file(folder.path() / "witness");
    CHECK(file.read().notes.empty());
    file.append(noon, {note(1), note(2)});
    file.append(noon + std::chrono::hours(1), {note(3)});
    const auto read = file.read();
    REQUIRE(read.notes.size() == 3);
    CHECK(read.torn_lines.empty());
    CHECK(read.notes[0].note == note(1));
    CHECK(read.notes[0].line == 2);
    CHECK(read.notes[0].taken_at == "2023-11-14T22:13:20Z");
    CHECK(read.notes[2].note == note(3));
    CHECK(read.notes[2].taken_at == "2023-11-14T23:13:20Z");
    CHECK(content(file.path()) == "taken 2023-11-14T22:13:20Z\n" + note(1) +
                                      "\ntaken 2023-11-14T22:13:20Z\n" + note(2) +
                                      "\ntaken 2023-11-14T23:13:20Z\n" + note(3) + "\n");
}

TEST_CASE("a write cut off at any byte loses nothing before it and nothing after it", "[witness]") {
    const test::Folder folder;
    WitnessFile file(folder.path() / "witness");
    file.append(noon, {note(1)});
    const auto before = content(file.path());
    file.append(noon, {note(2)});
    const auto whole = content(file.path());
    for (auto size = before.size(); size <= whole.size(); ++size) {
        INFO("cut at " << size << " of " << whole.size());
        put(file.path(), whole.substr(0, size));
        file.append(noon, {note(3)});
        const auto read = file.read();
        REQUIRE(read.notes.size() >= 2);
        CHECK(read.notes.front().note == note(1));
        CHECK(read.notes.back().note == note(3));
        // The cut one is whole or told as torn; where nothing of it is left there is nothing to tell.
        for (const auto& one : read.notes)
            CHECK((one.note == note(1) || one.note == note(2) || one.note == note(3)));
        const bool told = !read.torn_lines.empty() || read.notes.size() == 3 || size == before.size();
        CHECK(told);
    }
}

TEST_CASE("a checkpoint is read from a mail too", "[witness]") {
    std::string mailed = "Here is the checkpoint of this evening.\n\n" + note(7) + "\n-- \nThe service\n";
    for (std::size_t at = 0; (at = mailed.find('\n', at)) != std::string::npos; at += 2) {
        mailed.insert(at, "\r");
    }
    const auto read = parse_witness(mailed);
    REQUIRE(read.notes.size() == 1);
    CHECK(read.notes[0].note == note(7));
    CHECK(read.notes[0].taken_at.empty());
    CHECK(parse_witness(note(7).substr(0, note(7).size() - 1)).notes.at(0).note == note(7));
}

TEST_CASE("a file that cannot be written is a fault that names it", "[witness]") {
    const test::Folder folder;
    WitnessFile file(folder.path() / "missing" / "witness");
    CHECK_THROWS_WITH(file.append(noon, {note(1)}), Catch::Contains("missing/witness"));
    // A device that takes nothing.
    WitnessFile full("/dev/full");
    CHECK_THROWS_AS(full.append(noon, {note(1)}), Fault);
}

}  // namespace vastine::store::proof
