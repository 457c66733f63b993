// The life of an annual report over real TLS: two ombudsmen write it, one confirms the other's example, the
// head signs, the service makes the files, the secretary of the boards takes it through, it is published,
// corrected, and asked about; and next year's report brings its proposals back.

#include <catch2/catch.hpp>
#include <chrono>
#include <set>
#include <thread>

#include "api/rendering/rendering.hpp"
#include "api/secret.hpp"
#include "tests/api/wire.hpp"

using namespace vastine;
using test::Heard;
namespace json = boost::json;

namespace {

json::object json_of(const Heard& heard) {
    INFO(heard.status << " " << heard.body);
    return json::parse(heard.body).as_object();
}

// Everybody at one wire, each with the own token.
class County {
public:
    test::Served served;
    test::Wire wire{served};

    Heard get(const std::string& target, Role role,
              std::vector<std::pair<std::string, std::string>> headers = {}) {
        return wire.ask({.target = target, .token = token(role), .headers = std::move(headers)});
    }
    Heard stranger(const std::string& target, const std::string& method = "GET") {
        return wire.ask({.method = method, .target = target, .headers = {{"Accept-Language", "fi"}}});
    }
    Heard open(const std::string& body, Role role) {
        return wire.ask({.method = "POST",
                         .target = "/api/v1/publications",
                         .body = body,
                         .token = token(role),
                         .key = api::new_uuid()});
    }
    Heard give(const std::string& id, const std::string& path, const std::string& body, Role role) {
        return wire.ask({.method = "POST",
                         .target = "/api/v1/publications/" + id + "/" + path,
                         .body = body,
                         .token = token(role),
                         .if_match = served.service.version("publication-" + id),
                         .key = api::new_uuid()});
    }
    void take(const std::string& id, const std::string& path, const std::string& body, Role role) {
        const auto heard = give(id, path, body, role);
        INFO(path << " " << heard.body);
        REQUIRE(heard.status == 200);
    }
    json::object page(const std::string& id, Role role) {
        return json_of(get("/api/v1/publications/" + id, role));
    }
    // Until the service has made what is owed; a page is printed for each form, which takes its time.
    void files_made(const std::string& id) {
        const auto until = std::chrono::steady_clock::now() + std::chrono::minutes(4);
        while (page(id, HEAD_OMBUDSMAN).at("row").at("files_waiting").as_bool()) {
            if (std::chrono::steady_clock::now() > until) FAIL("the files are not made");
            std::this_thread::sleep_for(std::chrono::milliseconds(200));
        }
    }
    // The addresses of an edition's files at a level, by form.
    std::map<std::string, json::object> files(const std::string& id, const std::string& level, int edition) {
        std::map<std::string, json::object> all;
        const auto seen = page(id, HEAD_OMBUDSMAN);
        for (const auto& each : seen.at("artefacts").as_array()) {
            if (each.at("level").as_string() != level || each.at("edition").to_number<int>() != edition)
                continue;
            all[std::string(each.at("form").as_string())] = each.as_object();
        }
        return all;
    }

private:
    std::string token(Role role) { return served.service.people.at(role).token; }
};

std::string text_of(const json::object& object, const char* name) {
    return std::string(object.at(name).as_string());
}

std::set<std::string> all_forms() {
    std::set<std::string> names;
    for (const auto& form : api::rendering::forms()) names.emplace(form.name);
    return names;
}

}  // namespace

TEST_CASE("an annual report goes from the draft to the public page, is corrected and comes back next year",
          "[end to end][publications]") {
    County county;
    REQUIRE(county.wire.connected());

    auto contact = test::contact_body;
    contact.replace(contact.find("2026-03-02"), 10, "2025-06-02");
    const auto logged = county.wire.ask({.method = "POST",
                                         .target = "/api/v1/contacts",
                                         .body = contact,
                                         .token = county.served.service.people.at(OMBUDSMAN).token,
                                         .key = api::new_uuid()});
    INFO(logged.body);
    REQUIRE(logged.status == 201);

    // ---- two ombudsmen write ----
    const auto opened = county.open(
        R"({"publication_kind":"annual","first_month":"2025-01","last_month":"2025-12","languages":["fi"]})",
        OMBUDSMAN);
    INFO(opened.body);
    REQUIRE(opened.status == 201);
    const auto id = text_of(json_of(opened), "case_id");
    CHECK(opened.header("location") == "/api/v1/publications/" + id);

    const auto write = [&](const std::string& words, int replaces, Role role) {
        return county.give(id, "texts",
                           R"({"section":"summary","language":"fi","markdown":")" + words +
                               R"(","replaces":)" + std::to_string(replaces) + "}",
                           role);
    };
    CHECK(write("Yhteydenottoja oli {{key-figures/contacts}}.", 0, OMBUDSMAN).status == 200);
    const auto conflict = write("Vuosi oli hiljainen.", 0, HEAD_OMBUDSMAN);
    CHECK(conflict.status == 409);
    CHECK(write("Vuosi oli hiljainen. Yhteydenottoja oli {{key-figures/contacts}}.", 1, HEAD_OMBUDSMAN)
              .status == 200);
    county.take(
        id, "examples",
        R"({"section":"services","text":{"fi":"Asiakas odotti vastausta kauan (sommiteltu esimerkki)."}})",
        OMBUDSMAN);
    CHECK(county.give(id, "sign", "{}", HEAD_OMBUDSMAN).status == 422);  // nobody has confirmed it
    CHECK(county.give(id, "confirm-example", R"({"example_id":"e1"})", OMBUDSMAN).status == 403);
    county.take(id, "confirm-example", R"({"example_id":"e1"})", HEAD_OMBUDSMAN);
    county.take(id, "proposals",
                R"({"section":"proposals","text":{"fi":"Osastolle nimetään vastuuhenkilö."},)"
                R"("addressee_unit":"osasto-1","wanted_by":"2026-12-31"})",
                OMBUDSMAN);
    county.take(id, "proposals",
                R"({"section":"proposals","text":{"fi":"Neuvontaan lisätään voimavaroja."},)"
                R"("addressee_body":"Aluehallitus"})",
                OMBUDSMAN);
    CHECK(county.get("/api/v1/publications/" + id, BOARD_SECRETARY).status == 404);
    CHECK(json_of(county.get("/api/v1/proposals", UNIT_HEAD)).at("proposals").as_array().empty());

    // ---- the head signs, and the service makes the files ----
    CHECK(county.give(id, "sign", "{}", OMBUDSMAN).status == 403);
    county.take(id, "sign", "{}", HEAD_OMBUDSMAN);
    county.files_made(id);
    const auto internal = county.files(id, "internal", 1);
    std::set<std::string> forms;
    for (const auto& [form, file] : internal) {
        forms.insert(form);
        const auto fetched = county.get(text_of(file, "url"), BOARD_SECRETARY);
        INFO(form);
        CHECK(fetched.status == 200);
        CHECK(api::sha256_of(fetched.body) == text_of(file, "sha256"));
        CHECK(county.get(text_of(file, "url"), LAWYER).status == 404);
        CHECK(county.stranger(text_of(file, "url")).status == 401);
    }
    CHECK(forms == all_forms());
    const auto signed_page = county.get(text_of(internal.at("html"), "url"), BOARD_SECRETARY);
    CHECK(signed_page.body.find("Vuosi oli hiljainen.") != std::string::npos);
    CHECK(signed_page.body.find("key-figures/contacts") == std::string::npos);

    // ---- an addressee answers, and sees no more ----
    const auto mine = json_of(county.get("/api/v1/proposals", UNIT_HEAD)).at("proposals").as_array();
    REQUIRE(mine.size() == 1);
    CHECK(mine[0].at("proposal_id").as_string() == "p1");
    CHECK(county.get("/api/v1/publications/" + id, UNIT_HEAD).status == 404);
    county.take(id, "answer-proposal",
                R"({"proposal_id":"p1","answer":"accepted","measures":{"fi":"Vastuuhenkilö nimetään."}})",
                UNIT_HEAD);

    // ---- the boards ----
    county.take(id, "statements",
                R"({"body":"Lautakunta","given_on":"2026-03-02","minutes_section":"12","text":"Merkitään."})",
                BOARD_SECRETARY);
    CHECK(county.give(id, "publish", "{}", BOARD_SECRETARY).status == 409);  // not noted, not sent
    county.take(id, "noting", R"({"body":"Aluehallitus","noted_on":"2026-03-02","minutes_section":"84"})",
                BOARD_SECRETARY);
    county.take(id, "sendings",
                R"({"receiver_kind":"municipality","receiver":"Alueen kunnat","sent_on":"2026-03-02"})",
                BOARD_SECRETARY);
    CHECK(county.stranger("/published").body.find(id) == std::string::npos);
    county.take(id, "publish", "{}", BOARD_SECRETARY);
    county.files_made(id);
    county.take(id, "announcements", R"({"where":"Verkkosivut","announced_on":"2026-03-02"})",
                BOARD_SECRETARY);

    // ---- anybody reads it ----
    const auto page = county.stranger("/published");
    REQUIRE(page.status == 200);
    CHECK(page.header("content-security-policy").starts_with("default-src 'none'"));
    const auto open_files = county.files(id, "public", 1);
    CHECK(open_files.size() == all_forms().size());
    for (const auto& [form, file] : open_files) {
        INFO(form);
        const auto url = text_of(file, "url");
        CHECK(page.body.find("href=\"" + url + "\"") != std::string::npos);
        CHECK(page.body.find(text_of(file, "sha256")) != std::string::npos);
        const auto fetched = county.stranger(url);
        CHECK(fetched.status == 200);
        CHECK(api::sha256_of(fetched.body) == text_of(file, "sha256"));
        CHECK(text_of(file, "sha256") != text_of(internal.at(form), "sha256"));
    }
    test::Wire another(county.served);
    another.say("HEAD /published HTTP/1.1\r\nHost: localhost\r\n\r\n");
    const auto head = another.hear(test::Wire::Answers::Head);
    CHECK(head.status == 200);
    CHECK(head.body.empty());
    CHECK(county.stranger("/published/feed.atom").body.find(id) != std::string::npos);

    // ---- a board asks, and counts nothing ----
    const auto tables = json_of(county.get("/api/v1/published/" + id + "/tables", BOARD));
    REQUIRE_FALSE(tables.at("tables").as_array().empty());
    const auto name = text_of(tables.at("tables").at(0).as_object(), "table");
    CHECK(county.get("/api/v1/published/" + id + "/tables/" + name, BOARD).status == 200);
    CHECK(county.get("/api/v1/published/" + id + "/tables/nothing", BOARD).status == 404);
    CHECK(county.get("/api/v1/reports/annual?year=2025", BOARD).status == 403);
    CHECK(county.get("/api/v1/cause-breakdown", BOARD).status == 403);

    // ---- a correction stands beside it ----
    const auto first_page = county.stranger(text_of(open_files.at("html"), "url")).body;
    county.take(id, "correct", R"({"what_changed":{"fi":"Tiivistelmän sanat."}})", HEAD_OMBUDSMAN);
    CHECK(write("Vuosi oli vilkas.", 2, OMBUDSMAN).status == 200);
    CHECK(county.stranger("/published").body.find("Tiivistelmän sanat.") == std::string::npos);
    county.take(id, "sign", "{}", HEAD_OMBUDSMAN);
    county.files_made(id);
    county.take(id, "publish", "{}", HEAD_OMBUDSMAN);
    county.files_made(id);
    const auto corrected = county.stranger("/published");
    CHECK(corrected.body.find("Tiivistelmän sanat.") != std::string::npos);
    CHECK(corrected.body.find("Tämä painos on korjattu.") != std::string::npos);
    const auto second = county.files(id, "public", 2);
    REQUIRE(second.contains("html"));
    CHECK(county.stranger(text_of(second.at("html"), "url")).body.find("Vuosi oli vilkas.") !=
          std::string::npos);
    CHECK(county.stranger(text_of(open_files.at("html"), "url")).body == first_page);

    // ---- next year ----
    const auto next = county.open(
        R"({"publication_kind":"annual","first_month":"2026-01","last_month":"2026-12","languages":["fi"]})",
        HEAD_OMBUDSMAN);
    REQUIRE(next.status == 201);
    const auto earlier =
        county.page(text_of(json_of(next), "case_id"), OMBUDSMAN).at("earlier_proposals").as_array();
    REQUIRE(earlier.size() == 2);
    CHECK(earlier[0].at("answer").as_string() == "accepted");
    CHECK(earlier[0].at("measures").at("fi").as_string() == "Vastuuhenkilö nimetään.");
    CHECK(earlier[1].at("answer").as_string().empty());
}
