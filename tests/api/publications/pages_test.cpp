#include "api/publications/pages.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "tests/api/publications/publishing.hpp"

using namespace vastine;
using test::Publishing;
namespace json = boost::json;

namespace {

std::string page_of(const std::string& id) {
    return "/api/v1/publications/" + id;
}

json::object page(Publishing& house, const std::string& id, Role role) {
    const auto response = house.service.get(page_of(id), role);
    INFO(Role_Name(role) << " " << response.body);
    REQUIRE(response.status == 200);
    return test::json_of(response);
}

std::set<std::string> strings(const json::value& list) {
    std::set<std::string> all;
    for (const auto& each : list.as_array()) all.emplace(each.as_string());
    return all;
}

std::size_t rows(Publishing& house, Role role) {
    return test::json_of(house.service.get("/api/v1/publications", role)).at("rows").as_array().size();
}

constexpr std::array everybody_else{REGISTRAR, LAWYER, UNIT_HEAD, BOARD, AUDITOR, ADMINISTRATOR};

}  // namespace

TEST_CASE("a draft is there for those who work in its area, and for nobody else", "[publications][wall]") {
    Publishing house;
    const auto id = house.open(test::annual_body, OMBUDSMAN);
    CHECK(rows(house, OMBUDSMAN) == 1);
    CHECK(rows(house, HEAD_OMBUDSMAN) == 1);
    CHECK(house.service.get(page_of(id), HEAD_OMBUDSMAN).status == 200);
    for (const auto role : {REGISTRAR, LAWYER, UNIT_HEAD, BOARD, BOARD_SECRETARY, AUDITOR, ADMINISTRATOR}) {
        INFO(Role_Name(role));
        CHECK(rows(house, role) == 0);
        CHECK(house.service.get(page_of(id), role).status == 404);
        CHECK(house.service.get(page_of(id) + "/texts/summary/fi", role).status == 404);
    }
    // A command is answered like one to a publication that never was.
    const auto refused =
        house.give(id, "texts", R"({"section":"summary","language":"fi","markdown":"x"})", LAWYER);
    CHECK(refused.status == 404);
    const auto never =
        house.service.post("/api/v1/publications/00000000-0000-4000-8000-000000000000/texts",
                           R"({"section":"summary","language":"fi","markdown":"x"})", LAWYER, 2);
    CHECK(never.status == 404);
    CHECK(refused.body == never.body);
}

TEST_CASE("a publication of one area is opened by those who write in it", "[publications][wall]") {
    Publishing house;
    CHECK(house.service.post("/api/v1/publications", test::annual_body, LAWYER).status == 403);
    CHECK(house.service.post("/api/v1/publications", test::annual_body, UNIT_HEAD).status == 403);
    const auto legal = R"({"publication_kind":"legal","first_month":"2025-01","last_month":"2025-12"})";
    CHECK(house.service.post("/api/v1/publications", legal, OMBUDSMAN).status == 403);
    CHECK(house.service.post("/api/v1/publications", legal, LAWYER).status == 201);
}

TEST_CASE("what is written in a draft is sealed and its facts are not", "[publications]") {
    Publishing house;
    const auto id = house.open(test::annual_body, OMBUDSMAN);
    house.take(id, "texts", R"({"section":"summary","language":"fi","markdown":"Luonnoksen sanat."})",
               OMBUDSMAN);
    std::string facts;
    std::string type;
    house.service.store->events().read_stream({"publication-" + id}, store::Version{1},
                                              [&](const store::Record& record) {
                                                  facts = record.facts;
                                                  type = record.type;
                                                  CHECK_FALSE(record.sealed.empty());
                                                  return true;
                                              });
    CHECK(type == "vastine.TextWritten");
    CHECK(facts.find("summary") != std::string::npos);
    CHECK(facts.find("sanat") == std::string::npos);
}

TEST_CASE("a text that somebody changed in between is refused, merged, and kept in every version",
          "[publications]") {
    Publishing house;
    const auto id = house.open(test::annual_body, OMBUDSMAN);
    const auto written = [&](const std::string& words, const std::string& replaces, Role role) {
        return house.give(id, "texts",
                          R"({"section":"summary","language":"fi","markdown":")" + words +
                              R"(","replaces":)" + replaces + "}",
                          role);
    };
    CHECK(written("Ensin.", "0", OMBUDSMAN).status == 200);
    const auto stale = house.service.send({.method = "POST",
                                           .target = page_of(id) + "/texts",
                                           .body = R"({"section":"summary","language":"fi","markdown":"x"})",
                                           .token = house.service.people.at(HEAD_OMBUDSMAN).token,
                                           .if_match = 1,
                                           .key = api::new_uuid()});
    CHECK(stale.status == 412);
    const auto conflict = written("Toinen.", "0", HEAD_OMBUDSMAN);
    CHECK(conflict.status == 409);
    CHECK(test::type_of(conflict) == "conflict");
    CHECK(written("Ensin. Toinen.", "1", HEAD_OMBUDSMAN).status == 200);

    const auto versions = test::json_of(house.service.get(page_of(id) + "/texts/summary/fi", OMBUDSMAN))
                              .at("versions")
                              .as_array();
    REQUIRE(versions.size() == 2);
    CHECK(versions[0].at("markdown").as_string() == "Ensin. Toinen.");
    CHECK(versions[0].at("written_by").as_string() == house.service.people.at(HEAD_OMBUDSMAN).user_id);
    CHECK(versions[1].at("markdown").as_string() == "Ensin.");
    const auto shown = page(house, id, OMBUDSMAN);
    REQUIRE(shown.at("texts").as_array().size() == 1);
    CHECK(shown.at("texts").at(0).at("version").to_number<int>() == 2);
    CHECK(house.service.get(page_of(id) + "/texts/nonsense/fi", OMBUDSMAN).status == 404);
    CHECK(house.service.get(page_of(id) + "/texts/summary/de", OMBUDSMAN).status == 404);
}

TEST_CASE("an example is offered for confirming to everybody of the area but its author", "[publications]") {
    Publishing house;
    const auto id = house.open(test::annual_body, OMBUDSMAN);
    house.take(id, "examples", R"({"section":"services","text":{"fi":"Sommiteltu.","sv":"Sammansatt."}})",
               OMBUDSMAN);
    const auto may = [&](const test::Person& person) {
        const auto response = house.service.send({.target = page_of(id), .token = person.token});
        const auto example = test::json_of(response).at("examples").at(0);
        CHECK(example.at("composed_by").as_string() == house.service.people.at(OMBUDSMAN).user_id);
        return example.at("may_confirm").as_bool();
    };
    CHECK_FALSE(may(house.service.people.at(OMBUDSMAN)));
    CHECK(may(house.colleague));
    CHECK(house.give(id, "confirm-example", R"({"example_id":"e1"})", OMBUDSMAN).status == 403);
    CHECK(house.give(id, "confirm-example", R"({"example_id":"e1"})", house.colleague).status == 200);
    CHECK_FALSE(may(house.colleague));
}

TEST_CASE("the page says what stands between the draft and a signature", "[publications]") {
    Publishing house;
    const auto id = house.open(test::annual_body, OMBUDSMAN);
    CHECK(page(house, id, OMBUDSMAN).at("missing").as_array().empty());
    house.take(id, "texts",
               R"({"section":"summary","language":"fi","markdown":"Yhteensä {{nothing/of/this}}."})",
               OMBUDSMAN);
    const auto missing = strings(page(house, id, HEAD_OMBUDSMAN).at("missing"));
    CHECK(missing.size() == 2);
    CHECK(std::ranges::count_if(missing, [](const auto& line) {
              return line.find("nothing/of/this") != std::string::npos;
          }) == 1);

    house.take(id, "texts", R"({"section":"summary","language":"sv","markdown":"Sammanlagt."})", OMBUDSMAN);
    const auto refused = house.give(id, "sign", "{}", HEAD_OMBUDSMAN);
    CHECK(refused.status == 422);
    CHECK(refused.body.find("nothing/of/this") != std::string::npos);
    house.take(id, "texts", R"({"section":"summary","language":"fi","markdown":"Yhteensä.","replaces":1})",
               OMBUDSMAN);
    CHECK(page(house, id, HEAD_OMBUDSMAN).at("missing").as_array().empty());
    const auto possible = strings(page(house, id, HEAD_OMBUDSMAN).at("possible"));
    CHECK(possible.contains("sign"));
    CHECK(possible.contains("texts"));
    CHECK_FALSE(possible.contains("noting"));
    CHECK_FALSE(strings(page(house, id, OMBUDSMAN).at("possible")).contains("sign"));
    CHECK(house.give(id, "sign", "{}", HEAD_OMBUDSMAN).status == 200);
}

TEST_CASE("the secretary of the boards sees what is signed, its files and its steps, and no draft",
          "[publications][wall]") {
    Publishing house;
    const auto id = house.signed_report();
    CHECK(page(house, id, BOARD_SECRETARY).at("row").at("files_waiting").as_bool());
    CHECK(page(house, id, BOARD_SECRETARY).at("row").at("files_percent").to_number<int>() == 0);
    house.store(id, 1, "internal", {{"html", "fi", "internal.html", "<p>SISÄINEN</p>"}});
    house.take(id, "statements",
               R"({"body":"Lautakunta","given_on":"2026-03-02","minutes_section":"12","text":"Hyvä."})",
               BOARD_SECRETARY);

    const auto seen = page(house, id, BOARD_SECRETARY);
    CHECK_FALSE(seen.at("row").at("files_waiting").as_bool());
    CHECK(seen.at("texts").as_array().empty());
    CHECK(seen.at("examples").as_array().empty());
    CHECK(seen.at("missing").as_array().empty());
    CHECK(seen.at("proposals").as_array().size() == 2);
    CHECK_FALSE(seen.at("proposals").at(0).at("may_answer").as_bool());
    CHECK(seen.at("proposals").at(1).at("may_answer").as_bool());
    const auto possible = strings(seen.at("possible"));
    CHECK(possible.contains("noting"));
    CHECK(possible.contains("answer-proposal"));
    CHECK_FALSE(possible.contains("texts"));
    CHECK_FALSE(possible.contains("withdraw-signature"));

    const auto& way = seen.at("way").as_array();
    REQUIRE(way.size() == 6);
    CHECK(way[0].at("path").as_string() == "sign");
    CHECK(way[0].at("taken").as_bool());
    CHECK(strings(way[0].at("by")) == std::set<std::string>{"HEAD_OMBUDSMAN"});
    CHECK_FALSE(way[1].at("required").as_bool());
    CHECK(way[2].at("path").as_string() == "noting");
    CHECK_FALSE(way[2].at("taken").as_bool());
    CHECK(strings(way[2].at("by")) == std::set<std::string>{"BOARD_SECRETARY"});
    CHECK(strings(way[4].at("by")) == std::set<std::string>{"BOARD_SECRETARY", "HEAD_OMBUDSMAN"});

    const auto& steps = seen.at("steps").as_array();
    REQUIRE(steps.size() == 2);
    CHECK(steps[0].at("what").as_string() == "PublicationSigned");
    CHECK(steps[0].at("actor_name").as_string() == "Person 2");
    CHECK(steps[1].at("text").as_string() == "Lautakunta, § 12: Hyvä.");
    CHECK(steps[1].at("on").as_string() == "2026-03-02");

    const auto& artefact = seen.at("artefacts").at(0);
    const std::string url(artefact.at("url").as_string());
    const auto file = house.service.get(url, BOARD_SECRETARY);
    CHECK(file.status == 200);
    CHECK(file.headers.get("Content-Type") == "text/html; charset=utf-8");
    CHECK(file.headers.get("ETag") == "\"" + std::string(artefact.at("sha256").as_string()) + "\"");
    CHECK(file.headers.get("Content-Security-Policy").find("default-src 'none'") == 0);
    for (const auto role : everybody_else) {
        INFO(Role_Name(role));
        CHECK(house.service.get(url, role).status == 404);
        CHECK(house.service.get(page_of(id), role).status == 404);
    }
    CHECK(house.service
              .send({.target = url,
                     .token = house.service.people.at(BOARD_SECRETARY).token,
                     .headers = {{"If-None-Match", std::string(file.headers.get("ETag"))}}})
              .status == 304);

    // What is taken back is the area's own again, files and all.
    house.take(id, "withdraw-signature", R"({"reason":"Luku puuttuu."})", HEAD_OMBUDSMAN);
    CHECK(house.service.get(page_of(id), BOARD_SECRETARY).status == 404);
    CHECK(house.service.get(url, BOARD_SECRETARY).status == 404);
    CHECK(house.service.get(url, HEAD_OMBUDSMAN).status == 404);
}

TEST_CASE("the head of a unit sees the proposal that is addressed to it, and answers it",
          "[publications][wall]") {
    Publishing house;
    const auto id = house.signed_report();
    const auto mine = [&](Role role) {
        return test::json_of(house.service.get("/api/v1/proposals", role)).at("proposals").as_array();
    };
    REQUIRE(mine(UNIT_HEAD).size() == 1);
    const auto proposal = mine(UNIT_HEAD)[0].as_object();
    CHECK(proposal.at("publication_id").as_string() == id);
    CHECK(proposal.at("proposal_id").as_string() == "p1");
    CHECK(proposal.at("may_answer").as_bool());
    CHECK(proposal.at("version").as_string() == std::to_string(house.version(id)));
    CHECK(proposal.at("text").at("sv").as_string() == "En ansvarig utses.");
    CHECK(proposal.at("may_follow_up").as_bool());
    CHECK(strings(proposal.at("languages")) == std::set<std::string>{"fi", "sv"});
    CHECK(proposal.at("publication_title").as_string().find("2025") != std::string::npos);
    REQUIRE(mine(BOARD_SECRETARY).size() == 1);
    CHECK(mine(BOARD_SECRETARY)[0].at("proposal_id").as_string() == "p2");
    for (const auto role : {OMBUDSMAN, LAWYER, BOARD, ADMINISTRATOR}) CHECK(mine(role).empty());

    CHECK(house.give(id, "answer-proposal", R"({"proposal_id":"p2","answer":"no"})", UNIT_HEAD).status ==
          404);
    CHECK(
        house.give(id, "answer-proposal", R"({"proposal_id":"p1","answer":"no"})", BOARD_SECRETARY).status ==
        403);
    house.take(
        id, "answer-proposal",
        R"({"proposal_id":"p1","answer":"partly","measures":{"fi":"Nimetään."},"done_by":"2026-12-31"})",
        UNIT_HEAD);
    CHECK(mine(UNIT_HEAD)[0].at("answer").as_string() == "partly");
    CHECK(page(house, id, OMBUDSMAN).at("proposals").at(0).at("measures").at("fi").as_string() ==
          "Nimetään.");
}

TEST_CASE("a proposal of a draft is nobody's to see but those who write it", "[publications][wall]") {
    Publishing house;
    const auto id = house.open(test::annual_body, OMBUDSMAN);
    house.take(
        id, "proposals",
        R"({"section":"proposals","text":{"fi":"Ehdotus.","sv":"Förslag."},"addressee_unit":"osasto-1"})",
        OMBUDSMAN);
    CHECK(
        test::json_of(house.service.get("/api/v1/proposals", UNIT_HEAD)).at("proposals").as_array().empty());
    CHECK(house.give(id, "answer-proposal", R"({"proposal_id":"p1","answer":"no"})", UNIT_HEAD).status ==
          404);
}

TEST_CASE("next year's report brings last year's proposals back with what was done", "[publications]") {
    Publishing house;
    const auto last = house.published_report();
    house.take(last, "answer-proposal",
               R"({"proposal_id":"p1","answer":"accepted","measures":{"fi":"Tehdään."}})", UNIT_HEAD);
    house.take(last, "follow-up-proposal",
               R"({"proposal_id":"p1","progress":"done","what":{"fi":"Valmis."}})", UNIT_HEAD);
    const auto next = house.open(
        R"({"publication_kind":"annual","first_month":"2026-01","last_month":"2026-12"})", HEAD_OMBUDSMAN);
    const auto earlier = page(house, next, OMBUDSMAN).at("earlier_proposals").as_array();
    REQUIRE(earlier.size() == 2);
    CHECK(earlier[0].at("publication_id").as_string() == last);
    CHECK(earlier[0].at("answer").as_string() == "accepted");
    CHECK(earlier[0].at("follow_ups").at(0).at("progress").as_string() == "done");
    CHECK(earlier[1].at("addressee_body").as_string() == "Aluehallitus");
    // Those who made it record what they see has been done; the secretary does for a body.
    CHECK(earlier[0].at("may_follow_up").as_bool());
    CHECK_FALSE(earlier[0].at("may_answer").as_bool());
}

TEST_CASE("a correction that is being written does not show", "[publications][wall]") {
    Publishing house;
    const auto id = house.published_report();
    house.take(id, "correct", R"({"what_changed":{"fi":"Salainen.","sv":"Hemlig."}})", HEAD_OMBUDSMAN);
    const auto seen = house.service.get(page_of(id), BOARD_SECRETARY);
    CHECK(test::json_of(seen).at("row").at("stage").as_string() == "publication.stage.published");
    CHECK(test::json_of(seen).at("row").at("edition").to_number<int>() == 1);
    CHECK(seen.body.find("Salainen") == std::string::npos);
    CHECK(page(house, id, OMBUDSMAN).at("row").at("stage").as_string() == "publication.stage.correcting");
    house.take(id, "texts",
               R"({"section":"summary","language":"fi","markdown":"Ei {{ole/sita}}.","replaces":1})",
               OMBUDSMAN);
    CHECK(page(house, id, OMBUDSMAN).at("missing").as_array().size() == 1);
    CHECK(page(house, id, BOARD_SECRETARY).at("missing").as_array().empty());
    CHECK(page(house, id, OMBUDSMAN).at("row").at("edition").to_number<int>() == 2);
}

TEST_CASE("reading publications leaves no mark in the access log, for they hold no client data",
          "[publications]") {
    Publishing house;
    const auto before = house.service.accesses(store::AccessArea::Ombudsman);
    const auto id = house.signed_report();
    static_cast<void>(page(house, id, OMBUDSMAN));
    static_cast<void>(house.service.get("/api/v1/proposals", UNIT_HEAD));
    CHECK(house.service.accesses(store::AccessArea::Ombudsman) == before);
}
