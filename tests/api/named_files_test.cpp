#include "api/named_files.hpp"

#include <catch2/catch.hpp>

#include "tests/api/publications/publishing.hpp"

using namespace vastine;
using test::Publishing;

namespace {

// The files of the publication that are called so go, and nothing else: as a damaged disk would take them.
void lose(store::Store& store, const std::vector<std::string>& gone) {
    const auto in_a_year = store::Instant(std::chrono::sys_days(std::chrono::year(2100) / 1 / 1));
    const auto reaped = store.blobs().reap(in_a_year, [&](const auto&, const std::string& sealed_sha256) {
        return std::ranges::find(gone, sealed_sha256) == gone.end();
    });
    REQUIRE(reaped.orphans == gone.size());
}

std::vector<Artefact> artefacts(Publishing& house, const std::string& id) {
    return house.service.application->services().model.read([&](const projections::Views& views) {
        std::vector<Artefact> all;
        for (const auto& edition : views.publications->find(id)->facts.editions) {
            for (const auto& files : edition.files)
                all.insert(all.end(), files.artefacts().begin(), files.artefacts().end());
        }
        return all;
    });
}

}  // namespace

TEST_CASE("every file that the log names is counted, and one that is gone is damage", "[publications]") {
    Publishing house;
    const auto id = house.published_report();
    CHECK(api::count_named_files(*house.service.store) == 6);

    const auto all = artefacts(house, id);
    REQUIRE(all.size() == 6);
    lose(*house.service.store, {all.at(1).sealed_sha256()});
    CHECK_THROWS_WITH(
        api::count_named_files(*house.service.store),
        Catch::Contains(all.at(1).sealed_sha256()) && Catch::Contains(id) && Catch::Contains("is not there"));
}

TEST_CASE("a file that nothing names is not missed", "[publications]") {
    Publishing house;
    const auto id = house.published_report();
    const auto orphan = house.service.store->blobs().put(api::publication_stream(id),
                                                         store::KeyArea::Ombudsman, "named by nobody");
    REQUIRE(orphan);
    lose(*house.service.store, {orphan->sealed_sha256});
    CHECK(api::count_named_files(*house.service.store) == 6);
}
