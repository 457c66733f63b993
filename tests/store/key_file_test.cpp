// Opening a data folder: the key file and who may hold it.

#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <fstream>

#include "tests/store/test_stores.hpp"

namespace vastine::store::test {
namespace {

struct Made {
    Folder folder;
    Options options;
    Made() {
        options.directory = folder.path() / "data";
        Store::create(options);
    }
    [[nodiscard]] std::filesystem::path key() const { return options.directory / "key"; }
    void check_refused(const std::string& because) const {
        CHECK_THROWS_AS(Store::open(options), CannotOpen);
        CHECK_THROWS_WITH(Store::open(options), Catch::Contains(because));
    }
};

}  // namespace

TEST_CASE("the key file is made with mode 0600 and the folder with 0700", "[key file]") {
    const Made made;
    struct stat about {};
    REQUIRE(::stat(made.key().c_str(), &about) == 0);
    CHECK((about.st_mode & 07777) == 0600);
    REQUIRE(::stat(made.options.directory.c_str(), &about) == 0);
    CHECK((about.st_mode & 07777) == 0700);
    CHECK_NOTHROW(Store::open(made.options));
}

TEST_CASE("a store is not opened with a key file that is missing, damaged, readable by others or another's",
          "[key file]") {
    const Made made;
    SECTION("missing") {
        std::filesystem::remove(made.key());
        made.check_refused("is missing");
        made.check_refused("--key-file");
    }
    SECTION("readable by the group") {
        ::chmod(made.key().c_str(), 0640);
        made.check_refused("chmod 600");
    }
    SECTION("readable by others") {
        ::chmod(made.key().c_str(), 0604);
        made.check_refused("chmod 600");
    }
    SECTION("cut") {
        std::filesystem::resize_file(made.key(), 40);
        made.check_refused("no key file");
    }
    SECTION("lengthened") {
        std::ofstream(made.key(), std::ios::app) << "0";
        made.check_refused("no key file");
    }
    SECTION("not hexadecimal") {
        std::fstream file(made.key(), std::ios::in | std::ios::out);
        file.seekp(20);
        file << 'g';
        file.close();
        made.check_refused("no key file");
    }
    SECTION("another organisation's") {
        const Made other;
        std::filesystem::copy_file(other.key(), made.key(),
                                   std::filesystem::copy_options::overwrite_existing);
        ::chmod(made.key().c_str(), 0600);
        made.check_refused("does not belong");
    }
}

TEST_CASE("the key file may be kept elsewhere", "[key file]") {
    const Folder folder;
    Options options;
    options.directory = folder.path() / "data";
    options.key_file = folder.path() / "elsewhere.key";
    Store::create(options);
    CHECK(std::filesystem::exists(options.key_file));
    CHECK_FALSE(std::filesystem::exists(options.directory / "key"));
    CHECK_NOTHROW(Store::open(options));
    options.key_file.clear();
    CHECK_THROWS_AS(Store::open(options), CannotOpen);
}

TEST_CASE("nothing that is there is overwritten by making a store", "[key file]") {
    const Made made;
    CHECK_THROWS_WITH(Store::create(made.options), Catch::Contains("there already"));
    Options beside = made.options;
    beside.directory = made.folder.path() / "second";
    beside.key_file = made.key();
    CHECK_THROWS_WITH(Store::create(beside), Catch::Contains("is not overwritten"));
    CHECK_FALSE(std::filesystem::exists(beside.directory / "log"));
}

TEST_CASE("a folder without a store says how to make one", "[key file]") {
    const Folder folder;
    Options options;
    options.directory = folder.path();
    CHECK_THROWS_WITH(Store::open(options), Catch::Contains("vastine init"));
}

TEST_CASE("a store that another process holds is not opened", "[key file]") {
    const Made made;
    const auto holder = Store::open(made.options);
    // RocksDB refuses a second opening by the same process in the same way.
    made.check_refused("held by another process");
}

TEST_CASE("keys that are older than the log are not opened with it", "[key file]") {
    const Made made;
    const auto backup = made.folder.path() / "keys-backup";
    std::filesystem::copy(made.options.directory / "keys", backup, std::filesystem::copy_options::recursive);
    REQUIRE(Store::open(made.options)->events().append(append_of({})));
    std::filesystem::remove_all(made.options.directory / "keys");
    std::filesystem::copy(backup, made.options.directory / "keys", std::filesystem::copy_options::recursive);
    made.check_refused("The keys are older than");
}

TEST_CASE("logs and keys of two organisations are not opened together", "[key file]") {
    const Made made;
    const Made other;
    std::filesystem::remove_all(made.options.directory / "log");
    std::filesystem::copy(other.options.directory / "log", made.options.directory / "log",
                          std::filesystem::copy_options::recursive);
    made.check_refused("different organisations");
}

}  // namespace vastine::store::test
