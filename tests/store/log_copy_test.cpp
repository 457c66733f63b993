#include "store/log_copy.hpp"

#include <catch2/catch.hpp>

#include "tests/store/test_stores.hpp"

namespace vastine::store::test {
namespace {

// Name, size and time of every file below.
std::map<std::string, std::pair<std::uintmax_t, std::filesystem::file_time_type>> files_of(
    const std::filesystem::path& folder) {
    std::map<std::string, std::pair<std::uintmax_t, std::filesystem::file_time_type>> files;
    for (const auto& file : std::filesystem::recursive_directory_iterator(folder)) {
        if (file.is_regular_file()) files[file.path().string()] = {file.file_size(), file.last_write_time()};
    }
    return files;
}

}  // namespace

TEST_CASE("a backup of the log alone is verified without a key, and left as it is", "[copy]") {
    Subject subject(Where::Disk);
    for (unsigned i = 0; i < 20; ++i) {
        REQUIRE(subject.events().append(append_of({.expected = i, .command_id = uuid(i)})));
    }
    const auto head = subject.events().head();
    const auto leaf = subject.events().leaf(Position{7});
    const auto organisation = subject.store().organisation();
    const auto path = subject.events().inclusion_proof(Position{7}, Position{19});
    const auto consistency = subject.events().consistency_proof(Position{7}, Position{20});
    subject.close();
    const Folder backup;
    const auto log = backup.path() / "log";
    std::filesystem::copy(subject.options().directory / "log", log);
    const auto before = files_of(log);
    {
        const LogCopy copy(log);
        CHECK(copy.organisation() == organisation);
        CHECK(copy.head().position == head.position);
        CHECK(copy.head().root == head.root);
        Position reached;
        CHECK(copy.verify([&](Position position) { reached = position; }).root == head.root);
        CHECK(reached == head.position);
        CHECK(copy.leaf(Position{7}) == leaf);
        CHECK(copy.inclusion_proof(Position{7}, Position{19}) == path);
        CHECK(copy.consistency_proof(Position{7}, Position{20}) == consistency);
        copy.check_extends(head);
        CHECK_THROWS_AS(copy.leaf(Position{21}), std::out_of_range);
        CHECK_THROWS_AS(copy.inclusion_proof(Position{7}, Position{21}), std::out_of_range);
    }
    CHECK(files_of(log) == before);
}

TEST_CASE("where there is no log a copy says so", "[copy]") {
    const Folder folder;
    CHECK_THROWS_WITH(LogCopy(folder.path()), Catch::Contains("holds no log"));
}

}  // namespace vastine::store::test
