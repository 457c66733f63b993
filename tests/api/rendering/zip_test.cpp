#include "api/rendering/zip.hpp"

#include <catch2/catch.hpp>

#include "api/rendering/rendering.hpp"

using namespace vastine::api::rendering;

TEST_CASE("an archive gives back the files put into it, in their order", "[rendering][zip]") {
    const std::vector<ZippedFile> files = {{"b/one.xml", std::string(100'000, 'x')}, {"a", ""}, {"ä", "\0y"}};
    const auto back = unzipped(zipped(files, 1'549'152'000));
    REQUIRE(back.size() == files.size());
    for (std::size_t i = 0; i < files.size(); ++i) {
        CHECK(back[i].name == files[i].name);
        CHECK(back[i].content == files[i].content);
    }
}

TEST_CASE("the same files at the same moment are the same archive", "[rendering][zip]") {
    const std::vector<ZippedFile> files = {{"one", "1"}, {"two", "2"}};
    CHECK(zipped(files, 1'549'152'000) == zipped(files, 1'549'152'000));
}

TEST_CASE("what is no archive is refused", "[rendering][zip]") {
    CHECK_THROWS_AS(unzipped("no archive at all"), Failed);
}
