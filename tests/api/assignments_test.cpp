// Many cases given to one handler, the organisation's own words, letters in force, and one's own figures, as
// the routes give them.

#include <catch2/catch.hpp>
#include <set>

#include "tests/api/service.hpp"

using namespace vastine;
using test::json_of;
using test::Service;

namespace {

std::string text(const boost::json::object& object, const char* name) {
    return std::string(object.at(name).as_string());
}

std::string asked(const Service& service, Role handler, const std::string& case_id, unsigned version,
                  const std::string& kind = "reminder") {
    return R"({"handler":")" + service.people.at(handler).user_id + R"(","cases":[{"kind":")" + kind +
           R"(","case_id":")" + case_id + R"(","version":")" + std::to_string(version) + R"("}]})";
}

boost::json::object only(const api::Response& response) {
    INFO(response.body);
    REQUIRE(response.status == 200);
    const auto answered = json_of(response);
    REQUIRE(answered.at("cases").as_array().size() == 1);
    return answered.at("cases").as_array().at(0).as_object();
}

}  // namespace

TEST_CASE("a preview of an assignment writes nothing, and doing it writes once", "[assignments]") {
    Service service;
    const auto stream = "reminder-" + service.reminder;
    const auto body = asked(service, LAWYER, service.reminder, 1);
    const auto previewed = only(service.send({.method = "POST",
                                              .target = "/api/v1/assignments/preview",
                                              .body = body,
                                              .token = service.people.at(REGISTRAR).token}));
    CHECK(text(previewed, "refusal").empty());
    CHECK(text(previewed, "version") == "1");
    CHECK(service.version(stream) == 1);

    const test::Sent sent{.method = "POST",
                          .target = "/api/v1/assignments",
                          .body = body,
                          .token = service.people.at(REGISTRAR).token,
                          .key = api::new_uuid()};
    const auto done = only(service.send(sent));
    CHECK(text(done, "refusal").empty());
    CHECK(service.version(stream) == 2);
    CHECK(text(only(service.send(sent)), "refusal").empty());  // the same key again
    CHECK(service.version(stream) == 2);
}

TEST_CASE("a case that changed since the preview stays with its handler, and says so in three languages",
          "[assignments]") {
    Service service;
    const auto body = asked(service, LAWYER, service.reminder, 7);
    std::set<std::string> said;
    for (const auto* language : {"fi", "sv", "en"}) {
        const auto stays = only(service.send({.method = "POST",
                                              .target = "/api/v1/assignments",
                                              .body = body,
                                              .token = service.people.at(REGISTRAR).token,
                                              .key = api::new_uuid(),
                                              .headers = {{"Accept-Language", language}}}));
        CHECK_FALSE(text(stays, "refusal").empty());
        said.insert(text(stays, "refusal"));
    }
    CHECK(said.size() == 3);
    CHECK(service.version("reminder-" + service.reminder) == 1);
}

TEST_CASE("a case beyond the wall is refused like one that is not there", "[assignments][wall]") {
    Service service;
    const auto refusal = [&](const std::string& case_id) {
        const auto stays = only(
            service.post("/api/v1/assignments", asked(service, LAWYER, case_id, 1, "contact"), REGISTRAR));
        CHECK(text(stays, "diary_number").empty());
        CHECK(text(stays, "from").empty());
        return text(stays, "refusal");
    };
    const auto unseen = refusal(service.contact);
    CHECK_FALSE(unseen.empty());
    CHECK(unseen == refusal("00000000-0000-4000-8000-000000000077"));
}

TEST_CASE("an assignment names its handler and its cases, each once and with its version", "[assignments]") {
    Service service;
    const auto field = [&](const std::string& body) {
        const auto response = service.post("/api/v1/assignments", body, REGISTRAR);
        INFO(response.body);
        REQUIRE(response.status == 422);
        return text(json_of(response).at("errors").as_array().at(0).as_object(), "field");
    };
    const std::string one = R"({"kind":"reminder","case_id":")" + service.reminder + R"(","version":"1"})";
    CHECK(field(R"({"cases":[)" + one + "]}") == "handler");
    CHECK(field(R"({"handler":"x"})") == "cases");
    CHECK(field(R"({"handler":"x","cases":[)" + one + "," + one + "]}") == "cases[1].case_id");
    CHECK(field(R"({"handler":"x","cases":[{"kind":"report","case_id":"x","version":"1"}]})") ==
          "cases[0].kind");
    CHECK(field(R"({"handler":"x","cases":[{"kind":"reminder","case_id":"x"}]})") == "cases[0].version");
}

TEST_CASE("what the organisation says of itself is read with the version to change it by", "[pages]") {
    Service service;
    const auto before = service.get("/api/v1/reference/organisation", BOARD);
    REQUIRE(before.status == 200);
    CHECK(before.headers.get("ETag") == "\"0\"");
    const auto set =
        service.post("/api/v1/reference/organisation/organisation",
                     R"({"name":{"fi":"Oma alue","sv":"Eget område","en":"Own county"}})", ADMINISTRATOR, 0);
    INFO(set.body);
    REQUIRE(set.status == 200);
    const auto after = service.get("/api/v1/reference/organisation", BOARD);
    CHECK(after.headers.get("ETag") == "\"1\"");
    CHECK(text(json_of(after).at("given").as_object().at("name").as_object(), "sv") == "Eget område");
    const auto feed = service.send({.target = "/published/feed.atom?lang=sv"});
    CHECK(feed.body.find("<name>Eget område</name>") != std::string::npos);
}

TEST_CASE("the letters in force are listed with their versions", "[pages]") {
    Service service;
    const auto response = service.get("/api/v1/reference/letters", LAWYER);
    REQUIRE(response.status == 200);
    const auto list = json_of(response);
    CHECK(response.headers.get("ETag") == "\"" + text(list, "version") + "\"");
    REQUIRE_FALSE(list.at("letters").as_array().empty());
    const auto& letter = list.at("letters").as_array().at(0).as_object();
    CHECK(letter.at("version").as_int64() == 1);
    CHECK_FALSE(text(letter.at("given").as_object().at("body").as_object(), "sv").empty());
}

TEST_CASE("a row says in which language its case was written, a contact's as it was recorded", "[pages]") {
    Service service;
    auto body = boost::json::parse(test::reminder_body).as_object();
    body.at("opening").as_object()["language"] = "sv";
    const auto made = service.post("/api/v1/reminders", boost::json::serialize(body), REGISTRAR);
    REQUIRE(made.status == 201);
    const auto id = text(json_of(made), "case_id");
    const auto page = json_of(service.get("/api/v1/reminders/" + id, LAWYER));
    CHECK(text(page.at("row").as_object(), "language") == "sv");
    const auto contact = json_of(service.get("/api/v1/contacts/" + service.contact, OMBUDSMAN));
    CHECK(text(contact.at("row").as_object(), "language") == "fi");
    const auto unsaid = json_of(service.get("/api/v1/reminders/" + service.reminder, LAWYER));
    CHECK(text(unsaid.at("row").as_object(), "language").empty());
}

TEST_CASE("one's own figures are one's own", "[pages]") {
    Service service;
    const auto of = [&](Role role) { return json_of(service.get("/api/v1/own-figures", role)); };
    CHECK(text(of(OMBUDSMAN), "contacts_today") == "1");
    CHECK(text(of(OMBUDSMAN), "minutes_month") == "12");
    CHECK(text(of(HEAD_OMBUDSMAN), "contacts_today") == "0");
    CHECK_FALSE(text(of(LAWYER).at("basis").as_object(), "definition").empty());
}
