#include "tests/api/publications/publishing.hpp"

#include <catch2/catch.hpp>

#include "api/login/token_scope.hpp"
#include "api/publications/editions.hpp"
#include "api/secret.hpp"
#include "projections/report/report.hpp"

namespace vastine::test {

namespace report = projections::report;

const std::string annual_body =
    R"({"publication_kind":"annual","first_month":"2025-01","last_month":"2025-12","languages":["fi","sv"]})";

Publishing::Publishing() {
    colleague.user_id = "a0000000-0000-4000-8000-00000000000a";
    const auto made = service.post("/api/v1/reference/users/users",
                                   R"({"user_id":")" + colleague.user_id +
                                       R"(","login":"colleague","name":"Second Ombudsman","language":"en",)"
                                       R"("roles":["OMBUDSMAN"],"active":true})",
                                   ADMINISTRATOR, service.version("reference-users"));
    if (made.status != 201 && made.status != 200) FAIL(made.status << " " << made.body);
    auto& accounts = service.application->services().accounts;
    if (!accounts.set_password(colleague.user_id, Service::password, api::ChosenBy::Owner)) FAIL("password");
    colleague.token =
        accounts.create_token(colleague.user_id, "test", std::chrono::days(30), api::every_token_scope())
            ->secret;
}

std::uint64_t Publishing::version(const std::string& id) const {
    return service.version("publication-" + id);
}

std::string Publishing::open(const std::string& body, Role role) {
    const auto opened = service.post("/api/v1/publications", body, role);
    if (opened.status != 201) FAIL(opened.status << " " << opened.body);
    return std::string(json_of(opened).at("case_id").as_string());
}

api::Response Publishing::give(const std::string& id, const std::string& path, const std::string& body,
                               const Person& person) {
    return service.send({.method = "POST",
                         .target = "/api/v1/publications/" + id + "/" + path,
                         .body = body,
                         .token = person.token,
                         .if_match = version(id),
                         .key = api::new_uuid()});
}

api::Response Publishing::give(const std::string& id, const std::string& path, const std::string& body,
                               Role role) {
    return give(id, path, body, service.people.at(role));
}

void Publishing::take(const std::string& id, const std::string& path, const std::string& body, Role role) {
    const auto taken = give(id, path, body, role);
    if (taken.status != 200) FAIL(path << " " << taken.status << " " << taken.body);
}

std::string Publishing::signed_report() {
    const auto id = open(annual_body, OMBUDSMAN);
    for (const auto* language : {"fi", "sv"}) {
        take(id, "texts",
             std::string(R"({"section":"summary","language":")") + language +
                 R"(","markdown":"Luonnoksen sanat."})",
             OMBUDSMAN);
    }
    take(id, "examples", R"({"section":"services","text":{"fi":"Sommiteltu.","sv":"Sammansatt."}})",
         OMBUDSMAN);
    const auto confirmed = give(id, "confirm-example", R"({"example_id":"e1"})", colleague);
    if (confirmed.status != 200) FAIL(confirmed.body);
    take(id, "proposals",
         R"({"section":"proposals","text":{"fi":"Nimetään vastuuhenkilö.","sv":"En ansvarig utses."},)"
         R"("addressee_unit":"osasto-1"})",
         HEAD_OMBUDSMAN);
    take(id, "proposals",
         R"({"section":"proposals","text":{"fi":"Lisätään voimavaroja.","sv":"Resurserna ökas."},)"
         R"("addressee_body":"Aluehallitus"})",
         HEAD_OMBUDSMAN);
    take(id, "sign", "{}", HEAD_OMBUDSMAN);
    return id;
}

void Publishing::publish(const std::string& id) {
    take(id, "noting", R"({"body":"Aluehallitus","noted_on":"2026-03-02","minutes_section":"84"})",
         BOARD_SECRETARY);
    take(id, "sendings", R"({"receiver_kind":"municipality","receiver":"Kunnat","sent_on":"2026-03-02"})",
         BOARD_SECRETARY);
    take(id, "publish", "{}", BOARD_SECRETARY);
}

void Publishing::store(const std::string& id, std::uint32_t edition, const std::string& level,
                       const std::vector<MadeFile>& files) {
    auto& services = service.application->services();
    const auto stream = api::publication_stream(id);
    ArtefactsStored stored;
    stored.set_edition(edition);
    stored.set_level(level);
    stored.set_position(services.model.read([&](const projections::Views& views) {
        return views.publications->find(id)->facts.editions.at(edition - 1).signed_position;
    }));
    stored.set_as_of_on("2026-03-02");
    for (const auto& file : files) {
        const auto put = service.store->blobs().put(stream, store::KeyArea::Ombudsman, file.content);
        if (!put) FAIL("the file is not taken");
        auto& artefact = *stored.add_artefacts();
        artefact.set_form(file.form);
        artefact.set_language(file.language);
        artefact.set_file_name(file.file_name);
        artefact.set_sha256(put->sha256);
        artefact.set_sealed_sha256(put->sealed_sha256);
        artefact.set_size(put->size);
    }
    store::StreamAppend to{stream, service.store->events().version(stream), store::KeyArea::Ombudsman, {}};
    to.events.push_back(std::make_unique<ArtefactsStored>(std::move(stored)));
    store::Append append;
    append.actor = "service";
    append.command_id = api::new_uuid();
    append.request = "files";
    append.streams.push_back(std::move(to));
    const auto appended = service.store->events().append(std::move(append));
    if (!appended) FAIL("the files are not named");
    services.model.catch_up(appended->last);
}

std::string Publishing::public_json(const std::string& language) {
    report::Table table;
    table.id = "by-sector";
    table.caption = "Yhteydenotot";
    table.row_heading = "Ala";
    table.columns = {{"contacts", "Yhteydenottoja"}, {"share", "Osuus"}};
    const auto count = [](double value) {
        report::Cell cell;
        cell.number = report::Number{value, report::Measure::Count, 0};
        return cell;
    };
    report::Cell suppressed;
    suppressed.suppressed = true;
    report::Cell share;
    share.number = report::Number{62.4, report::Measure::Percent, 1};
    table.rows = {{"health", "Terveys", {count(1234), share}, false},
                  {"social", "Sosiaali", {suppressed, {}}, false}};
    table.definition = "Yhteydenotto lasketaan kerran.";
    table.note = "..: peitetty";
    report::Report made;
    made.title = "Vuosiselvitys 2025";
    made.year = 2025;
    made.language = domain::parse_language(language).value();
    made.provenance = {7, "2026-03-02", "1"};
    made.level = report::Level::Public;
    made.threshold = 5;
    report::Section below;
    below.id = "volumes-by";
    below.blocks.emplace_back(table);
    report::Section section;
    section.id = "volumes";
    section.heading = "Määrät";
    section.subsections.push_back(below);
    made.sections.push_back(section);
    return report::to_json(made);
}

std::string Publishing::published_report() {
    const auto id = signed_report();
    store(id, 1, "internal",
          {{"html", "fi", "report-annual-2025-fi-internal.html", "<p>SISÄINEN 3</p>"},
           {"pdf", "fi", "report-annual-2025-fi-internal.pdf", "%PDF SISÄINEN"}});
    publish(id);
    store(id, 1, "public",
          {{"html", "fi", "report-annual-2025-fi.html", "<p>julkinen</p>"},
           {"pdf", "sv", "report-annual-2025-sv.pdf", std::string(200'000, 'x')},
           {"json", "fi", "report-annual-2025-fi.json", public_json("fi")},
           {"json", "sv", "report-annual-2025-sv.json", public_json("sv")}});
    return id;
}

void Publishing::correct(const std::string& id, std::uint32_t edition) {
    take(id, "correct", R"({"what_changed":{"fi":"Taulukon 3 otsikko.","sv":"Rubriken i tabell 3."}})",
         HEAD_OMBUDSMAN);
    take(id, "sign", "{}", HEAD_OMBUDSMAN);
    const auto number = std::to_string(edition);
    store(id, edition, "internal",
          {{"html", "fi", "report-annual-2025-fi-internal-" + number + ".html", "<p>SISÄINEN 2</p>"}});
    take(id, "publish", "{}", HEAD_OMBUDSMAN);
    store(id, edition, "public",
          {{"html", "fi", "report-annual-2025-fi-" + number + ".html", "<p>korjattu</p>"},
           {"json", "fi", "report-annual-2025-fi-" + number + ".json", public_json("fi")}});
}

}  // namespace vastine::test
