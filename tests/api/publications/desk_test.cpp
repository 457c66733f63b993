// The files of publications: made by the service itself, frozen, made again to the same byte, and giving
// nothing away together.

#include "api/publications/desk.hpp"

#include <catch2/catch.hpp>
#include <future>
#include <set>

#include "api/rendering/rendering.hpp"
#include "api/secret.hpp"
#include "projections/report/disclosure.hpp"
#include "tests/api/publications/publishing.hpp"

using namespace vastine;
using api::EditionId;
using api::PublicationDesk;
using domain::publication::Level;
using test::Publishing;
namespace report = projections::report;

namespace {

// In one language: what is shown here does not depend on how many there are.
const std::string summary_body =
    R"({"publication_kind":"summary","area":"ombudsman","first_month":"2025-09","last_month":"2025-12",)"
    R"("languages":["fi"]})";

std::string contact(const std::string& on, const std::string& sector) {
    const bool health = sector == "health";
    return R"({"contacted_on":")" + on +
           R"(","channel":"phone","who":"client","nature":"information","language":"fi",)"
           R"("ownership":"public","matters":[{"sectors":[")" +
           sector + R"("],"service_task":")" + (health ? "hospital" : "working-age") + R"(","causes":[")" +
           (health ? "patient-care" : "social-service") + R"("],"measures":["advice"],"unit":"osasto-1"}]})";
}

struct House {
    Publishing publishing;
    test::Service& service = publishing.service;

    void contacts(int many, const std::string& on, const std::string& sector) {
        for (int i = 0; i < many; ++i) {
            const auto logged = service.post("/api/v1/contacts", contact(on, sector), OMBUDSMAN);
            if (logged.status != 201) FAIL(logged.status << " " << logged.body);
        }
    }
    api::Services& services() { return service.application->services(); }
    PublicationDesk& desk() { return services().publication_desk; }
    std::string signed_summary(const std::string& body = summary_body) {
        auto id = publishing.open(body, HEAD_OMBUDSMAN);
        publishing.take(id, "sign", "{}", HEAD_OMBUDSMAN);
        return id;
    }
    void make_all() {
        for (auto turn = PublicationDesk::Turn::Made; turn != PublicationDesk::Turn::NothingToDo;) {
            turn = desk().turn();
            if (turn == PublicationDesk::Turn::Failed) FAIL("files were not made");
        }
    }
    // Published, with the files of both levels.
    std::string published_summary() {
        auto id = signed_summary();
        publishing.take(id, "publish", "{}", HEAD_OMBUDSMAN);
        make_all();
        return id;
    }
    // What the log says of the files; none: nothing yet.
    std::vector<ArtefactsStored> stored(const std::string& id) {
        std::vector<ArtefactsStored> all;
        service.store->events().read_stream(
            api::publication_stream(id), store::Version{0}, [&](const store::Record& record) {
                if (record.type != ArtefactsStored::descriptor()->full_name()) return true;
                const auto opened = service.store->events().open(record, store::Depth::Facts);
                all.push_back(dynamic_cast<const ArtefactsStored&>(*opened.event));
                return true;
            });
        return all;
    }
    std::string content(const std::string& id, const ArtefactsStored& files, const std::string& form) {
        for (const auto& artefact : files.artefacts()) {
            if (artefact.form() != form) continue;
            const auto blob =
                service.store->blobs().get(api::publication_stream(id), artefact.sealed_sha256());
            REQUIRE(blob);
            return *blob;
        }
        FAIL("no " << form);
        return {};
    }
    std::map<std::string, std::string> hashes(const ArtefactsStored& files) {
        std::map<std::string, std::string> all;
        for (const auto& artefact : files.artefacts()) all[artefact.file_name()] = artefact.sha256();
        return all;
    }
};

// Each figure that a public form tells of: its number, or that it is suppressed.
std::map<std::string, std::optional<double>> told(const std::string& json) {
    const auto told = report::publication_of(report::report_of_json(json));
    std::map<std::string, std::optional<double>> all;
    for (const auto& named : told.shown) all[named.figure] = named.value;
    for (const auto& figure : told.suppressed) all[figure] = std::nullopt;
    return all;
}

}  // namespace

TEST_CASE("what is signed gets its files, every form in each language, and what is published its public ones",
          "[desk]") {
    House house;
    house.contacts(7, "2025-10-06", "health");
    CHECK(house.desk().turn() == PublicationDesk::Turn::NothingToDo);
    const auto id = house.signed_summary();
    CHECK(house.desk().waiting() == 1);
    house.make_all();
    CHECK(house.desk().waiting() == 0);

    auto stored = house.stored(id);
    REQUIRE(stored.size() == 1);
    CHECK(stored[0].level() == "internal");
    CHECK(stored[0].edition() == 1);
    CHECK(stored[0].as_of_on() == "2026-03-02");
    CHECK_FALSE(stored[0].code_version().empty());
    CHECK(stored[0].threshold() == 0);
    std::set<std::string> names;
    for (const auto& artefact : stored[0].artefacts()) names.insert(artefact.file_name());
    const std::string stem = "report-summary-ombudsman-2025-09_2025-12-fi-internal";
    for (const auto* form : {".html", ".pdf", ".docx", ".xlsx", ".csv", ".json"})
        CHECK(names.contains(stem + form));
    CHECK(names.size() == api::rendering::forms().size());
    CHECK(house.content(id, stored[0], "pdf").starts_with("%PDF"));

    house.publishing.take(id, "publish", "{}", HEAD_OMBUDSMAN);
    house.make_all();
    stored = house.stored(id);
    REQUIRE(stored.size() == 2);
    CHECK(stored[1].level() == "public");
    CHECK(stored[1].threshold() == 5);
    CHECK(stored[1].position() == stored[0].position());
    CHECK(stored[1].artefacts_size() == stored[0].artefacts_size());
    CHECK(report::report_of_json(house.content(id, stored[1], "json")).level == report::Level::Public);
    // Everything is there: nothing is made twice.
    const auto head = house.service.store->events().head().position;
    house.make_all();
    CHECK(house.service.store->events().head().position == head);
}

TEST_CASE("how far the files are is told while they are made, of the publication they are of", "[desk]") {
    House house;
    house.contacts(7, "2025-10-06", "health");
    const auto id = house.signed_summary();
    CHECK(house.desk().percent(id) == 0);
    std::set<unsigned> told;
    const auto made = house.desk().turn([&](const EditionId&, Level, api::Step, unsigned percent) {
        if (percent < 100) CHECK(house.desk().percent(id) == percent);
        CHECK(house.desk().percent("another") == 0);
        told.insert(percent);
    });
    CHECK(made == PublicationDesk::Turn::Made);
    CHECK(told.size() > 5);
    CHECK(house.desk().percent(id) == 0);
}

TEST_CASE("files made again from a publication's signature are the same bytes, whatever came after",
          "[desk]") {
    House house;
    house.contacts(7, "2025-10-06", "health");
    house.contacts(2, "2025-11-06", "social");
    const auto id = house.published_summary();
    const auto before = house.stored(id);
    REQUIRE(before.size() == 2);
    // Others come in, time goes by, and another publication appears that this one never knew of.
    house.contacts(6, "2025-10-07", "social");
    house.service.at += std::chrono::days(20);
    const auto other = house.published_summary();

    for (const auto& stored : before) {
        const auto level = stored.level() == "public" ? Level::Public : Level::Internal;
        const auto again = house.desk().files({id, 1}, level);
        REQUIRE(again);
        std::map<std::string, std::string> hashes;
        for (const auto& file : again->files) hashes[file.file_name] = api::sha256_of(file.content);
        CHECK(hashes == house.hashes(stored));
        CHECK(again->made.position() == stored.position());
        CHECK(again->made.code_version() == stored.code_version());
    }
}

TEST_CASE("a service that ended between the signature and the files makes them after its next start",
          "[desk]") {
    House house;
    house.contacts(7, "2025-10-06", "health");
    const auto kept = house.signed_summary();
    house.make_all();
    const auto id = house.signed_summary();
    // The files were stored, and the process ended before it named them.
    const auto orphan = house.service.store->blobs().put(api::publication_stream(id),
                                                         store::KeyArea::Ombudsman, "half of a report");
    REQUIRE(orphan);
    api::ServerOptions options;
    options.cheap_passwords = true;
    house.service.application.reset();
    house.service.at += std::chrono::days(2);
    house.service.application =
        std::make_unique<api::Application>(*house.service.store, options, [&] { return house.service.at; });
    house.service.application->warm_up();
    CHECK(house.desk().waiting() == 1);

    std::promise<void> written;
    house.services().feeds.also([&, told = false]() mutable {
        if (!std::exchange(told, true)) written.set_value();
    });
    house.desk().start();
    REQUIRE(written.get_future().wait_for(std::chrono::minutes(2)) == std::future_status::ready);
    house.desk().stop();
    REQUIRE(house.stored(id).size() == 1);
    CHECK(house.hashes(house.stored(id)[0]).size() == api::rendering::forms().size());
    // What nobody named is gone, and nothing else.
    CHECK_FALSE(house.service.store->blobs().get(api::publication_stream(id), orphan->sealed_sha256));
    CHECK(house.content(kept, house.stored(kept).at(0), "pdf").starts_with("%PDF"));
}

TEST_CASE("files of a signature that was taken back are not named", "[desk]") {
    House house;
    const auto id = house.signed_summary();
    // Taken back while they are being made.
    bool once = false;
    const auto turn = house.desk().turn([&](const EditionId&, Level, api::Step step, unsigned) {
        if (step != api::Step::Rendering || std::exchange(once, true)) return;
        house.publishing.take(id, "withdraw-signature", R"({"reason":"A number is wrong"})", HEAD_OMBUDSMAN);
    });
    CHECK(once);
    CHECK(turn == PublicationDesk::Turn::Made);
    CHECK(house.stored(id).empty());
    CHECK(house.desk().turn() == PublicationDesk::Turn::NothingToDo);
}

TEST_CASE("what is added to a publication while its files are made does not keep them from it", "[desk]") {
    House house;
    const auto id = house.publishing.signed_report();
    bool once = false;
    static_cast<void>(house.desk().turn([&](const EditionId&, Level, api::Step step, unsigned) {
        if (step != api::Step::Rendering || std::exchange(once, true)) return;
        house.publishing.take(id, "statements", R"({"body":"Lautakunta","given_on":"2026-03-02"})",
                              BOARD_SECRETARY);
    }));
    CHECK(once);
    REQUIRE(house.stored(id).size() == 1);
    // In both its languages.
    CHECK(house.hashes(house.stored(id)[0]).size() == 2 * api::rendering::forms().size());
}

TEST_CASE("a public form gives nothing away together with one that was published before", "[desk]") {
    House house;
    house.contacts(9, "2025-10-06", "health");
    house.contacts(4, "2025-10-06", "social");  // too few to be told
    const auto first = house.published_summary();
    // One more: by itself this many may be told, and the difference would tell how many there were.
    house.contacts(1, "2025-10-07", "social");
    const auto second = house.published_summary();

    const auto files = house.stored(second);
    REQUIRE(files.size() == 2);
    REQUIRE(files[1].against_size() == 1);
    CHECK(files[1].against(0) == first + "/1");
    const auto earlier = told(house.content(first, house.stored(first)[1], "json"));
    const auto now = told(house.content(second, files[1], "json"));
    std::set<std::string> kept;
    for (const auto& [figure, value] : earlier) {
        INFO(figure);
        if (value || !now.contains(figure)) continue;
        CHECK_FALSE(now.at(figure));
        kept.insert(figure);
    }
    // The rule at work: without the earlier publication some of them would be printed.
    const auto edition = house.services().editions.opened({second, 1});
    REQUIRE(edition);
    const auto alone = told(report::to_json(
        report::public_form(api::Editions::internal(*edition, domain::Language::Finnish), {5, {}})));
    std::size_t printed = 0;
    for (const auto& figure : kept) printed += alone.contains(figure) && alone.at(figure) ? 1 : 0;
    CHECK_FALSE(kept.empty());
    CHECK(printed > 0);
}
