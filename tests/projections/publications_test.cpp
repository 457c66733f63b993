#include "projections/publications.hpp"

#include <catch2/catch.hpp>

#include "projections/case_index.hpp"
#include "tests/projections/written_log.hpp"

namespace vastine::projections::tests {
namespace {

namespace publication = domain::publication;
using publication::Level;

const std::string report = "publication-" + uuid(7);

struct Shelf {
    ReadModel model;
    explicit Shelf(const WrittenLog& log) : model(log.events()) { model.catch_up(log.head()); }
    template <class Look>
    auto look(Look&& look) const {
        return model.read([&](const Views& views) { return look(*views.publications); });
    }
};

// level:edition of what is missing, in the order in which it is to be made.
std::vector<std::string> missing(const WrittenLog& log) {
    return Shelf(log).look([](const PublicationShelf& shelf) {
        std::vector<std::string> all;
        for (const auto& files : shelf.missing_files())
            all.push_back(files.publication->id.substr(35) + ":" +
                          std::string(publication::name_of(files.level)) + ":" +
                          std::to_string(files.edition->number));
        return all;
    });
}

TEST_CASE("a publication stands on the shelf with its facts and without its words", "[publications]") {
    WrittenLog log;
    log.on("2018-02-01")
        .add(report, publication_opened())
        .add(report, text_written("services", "fi", "Palvelut toimivat."))
        .add(report, proposal_added("p1", "Lyhennetään jonoa.", "sairaala"))
        .add(report, proposal_added("p2", "Lisätään voimavaroja.", ""))
        .on("2018-02-20")
        .add(report, publication_signed("2018-02-20"));
    Shelf(log).look([&](const PublicationShelf& shelf) {
        const auto* found = shelf.find(uuid(7));
        REQUIRE(found != nullptr);
        CHECK(shelf.all() == std::vector<const ShelvedPublication*>{found});
        CHECK(shelf.find(uuid(8)) == nullptr);
        CHECK(found->version == store::Version{5});
        CHECK(found->area() == domain::Area::Ombudsman);
        CHECK(found->opened().first_month() == "2017-01");
        CHECK(found->facts.stage == publication::Stage::Signed);
        CHECK(found->facts.editions.front().signed_position == log.head().value);
        CHECK(found->facts.texts.at({"services", "fi"}).front().markdown.empty());
        const auto scope = publication::scope(found->facts);
        CHECK(scope.addressed_units == std::vector<std::string>{"sairaala"});
        CHECK(scope.addressed_to_body);
        return 0;
    });
}

TEST_CASE("a publication is no case: no row, no work", "[publications]") {
    WrittenLog log;
    log.add(report, publication_opened()).add(report, publication_signed("2018-02-20"));
    const Shelf shelf(log);
    CHECK(shelf.model.read([](const Views& views) { return views.cases->size(); }) == 0);
    CHECK_FALSE(shelf.model.read([](const Views& views) { return views.cases->scope(uuid(7)).has_value(); }));
}

TEST_CASE("files are owed from the signature and from publishing on, the oldest first", "[publications]") {
    const std::string other = "publication-" + uuid(8);
    WrittenLog log;
    log.add(report, publication_opened())
        .add(other, publication_opened({.first_month = "2016-01", .last_month = "2016-12"}));
    CHECK(missing(log).empty());
    log.add(other, publication_signed("2018-02-20"));
    const auto others = log.head();
    log.add(report, publication_signed("2018-02-20")).add(other, publication_published("2018-02-20"));
    CHECK(missing(log) == std::vector<std::string>{"8:internal:1", "7:internal:1", "8:public:1"});
    log.add(other, artefacts_stored("internal", others));
    CHECK(missing(log) == std::vector<std::string>{"7:internal:1", "8:public:1"});
    log.add(other, artefacts_stored("public", others));
    CHECK(missing(log) == std::vector<std::string>{"7:internal:1"});
}

TEST_CASE("a signature that is withdrawn owes nothing, and the next one owes its own", "[publications]") {
    SignatureWithdrawn withdrawn;
    withdrawn.mutable_given()->set_reason("Luku puuttuu");
    WrittenLog log;
    log.add(report, publication_opened()).add(report, publication_signed("2018-02-20"));
    const auto first = log.head();
    log.add(report, withdrawn);
    CHECK(missing(log).empty());
    log.add(report, publication_signed("2018-02-21")).add(report, artefacts_stored("internal", first));
    CHECK(missing(log) == std::vector<std::string>{"7:internal:1"});
}

TEST_CASE("every published edition stays on the shelf, the corrected one marked", "[publications]") {
    WrittenLog log;
    log.add(report, publication_opened()).add(report, publication_signed("2018-02-20"));
    const auto first = log.head();
    log.add(report, publication_published("2018-02-20"))
        .add(report, artefacts_stored("public", first))
        .add(report, correction_opened(2));
    const auto editions = [&] {
        return Shelf(log).look([](const PublicationShelf& shelf) {
            std::vector<std::string> all;
            for (const auto& each : shelf.published_editions())
                all.push_back(std::to_string(each.edition->number) + (each.corrected ? " corrected" : "") +
                              (each.files == nullptr ? " no files" : ""));
            return all;
        });
    };
    CHECK(editions() == std::vector<std::string>{"1"});
    log.add(report, publication_signed("2018-03-20", 2)).add(report, publication_published("2018-03-21", 2));
    CHECK(editions() == std::vector<std::string>{"1 corrected", "2 no files"});
}

TEST_CASE("the publication before is the newest published one of the kind and area", "[publications]") {
    const auto stream = [](unsigned number) { return "publication-" + uuid(number); };
    WrittenLog log;
    const auto publish = [&](unsigned number, const PublicationGiven& given) {
        log.add(stream(number), publication_opened(given))
            .add(stream(number), publication_signed("2018-02-20"))
            .add(stream(number), publication_published("2018-02-20"));
    };
    publish(1, {.first_month = "2015-01", .last_month = "2015-12"});
    publish(2, {.first_month = "2016-01", .last_month = "2016-12"});
    publish(3, {.kind = "legal", .area = "legal"});
    publish(4, {.kind = "summary", .area = "legal"});
    log.add(stream(5), publication_opened());  // 2017, a draft
    const auto before = [&](const char* kind, domain::Area area, const char* month) {
        return Shelf(log).look([&](const PublicationShelf& shelf) {
            const auto* found = shelf.last_published_before(kind, area, month);
            return found == nullptr ? std::string() : found->id.substr(35);
        });
    };
    CHECK(before("annual", domain::Area::Ombudsman, "2018-01") == "2");
    CHECK(before("annual", domain::Area::Ombudsman, "2016-12") == "1");
    CHECK(before("annual", domain::Area::Ombudsman, "2015-01") == "");
    CHECK(before("legal", domain::Area::Legal, "2018-01") == "3");
    CHECK(before("summary", domain::Area::Ombudsman, "2018-01") == "");
    log.add(stream(5), publication_signed("2018-02-21")).add(stream(5), publication_published("2018-02-21"));
    CHECK(before("annual", domain::Area::Ombudsman, "2018-01") == "5");
}

TEST_CASE("the shelf is the same when the words are gone", "[publications]") {
    WrittenLog log;
    log.add(report, publication_opened())
        .add(report, text_written("services", "fi", "Palvelut toimivat."))
        .add(report, proposal_added("p1", "Lisätään voimavaroja.", ""))
        .add(report, publication_signed("2018-02-20"));
    ReadModel model(log.events());
    model.catch_up(log.head());
    log.destroy_key(report);
    CHECK(model.rebuild());
}

}  // namespace
}  // namespace vastine::projections::tests
