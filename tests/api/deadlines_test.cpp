// Lists of what waits, who is away, and due dates moved by a new policy, as the routes give them.

#include <catch2/catch.hpp>

#include "tests/api/service.hpp"

using namespace vastine;
using store::AccessArea;
using test::json_of;
using test::Service;

namespace {

std::string text(const boost::json::object& object, const char* name) {
    return std::string(object.at(name).as_string());
}

// A reminder that arrived on the day, and its id.
std::string registered(Service& service, const std::string& arrived_on) {
    auto body = test::reminder_body;
    body.replace(body.find("2026-03-01"), 10, arrived_on);
    const auto response = service.post("/api/v1/reminders", body, REGISTRAR);
    INFO(response.body);
    REQUIRE(response.status == 201);
    return text(json_of(response), "case_id");
}

void give(Service& service, Role role, const std::string& id, const std::string& path,
          const std::string& body) {
    const auto response =
        service.post("/api/v1/reminders/" + id + "/" + path, body, role, service.version("reminder-" + id));
    INFO(path << ' ' << response.body);
    REQUIRE(response.status == 200);
}

void set_reference(Service& service, Role role, const std::string& stream, const std::string& path,
                   const std::string& body) {
    const auto response = service.post("/api/v1/reference/" + stream + "/" + path, body, role,
                                       service.version("reference-" + stream));
    INFO(path << ' ' << response.body);
    REQUIRE(response.status == 200);
}

// From the day on answers are due in so many days.
void set_answer_days(Service& service, unsigned days, const std::string& from) {
    set_reference(service, ADMINISTRATOR, "policies", "policies",
                  R"({"policy":"reminder.answer","valid_from":")" + from + R"(","target_count":)" +
                      std::to_string(days) +
                      R"(,"target_unit":"day","warn_days":7,"ground":"Oma tavoite","pause_allowed":true,)"
                      R"("pause_credited":true})");
}

std::vector<std::string> list(Service& service, Role role, const std::string& query) {
    const auto response = service.get("/api/v1/work-list?" + query, role);
    INFO(response.body);
    REQUIRE(response.status == 200);
    std::vector<std::string> ids;
    const auto answered = json_of(response);
    for (const auto& row : answered.at("rows").as_array()) ids.push_back(text(row.as_object(), "case_id"));
    return ids;
}

std::string due_by(Service& service, const std::string& id) {
    const auto page = json_of(service.get("/api/v1/reminders/" + id, LAWYER));
    return text(page.at("due_dates").as_array().at(0).as_object(), "due_by");
}

boost::json::object preview(Service& service, const std::string& query = "") {
    const auto response = service.get("/api/v1/deadlines/recompute" + query, LAWYER);
    INFO(response.body);
    REQUIRE(response.status == 200);
    return json_of(response);
}

// What was previewed, as it is asked for.
std::string previewed(const boost::json::object& preview, const std::string& reason) {
    boost::json::array cases;
    std::string last;
    for (const auto& move : preview.at("moves").as_array()) {
        const auto& object = move.as_object();
        if (text(object, "case_id") == last) continue;
        last = text(object, "case_id");
        cases.push_back({{"kind", object.at("kind")}, {"case_id", last}, {"version", object.at("version")}});
    }
    return boost::json::serialize(boost::json::object{{"reason", reason}, {"cases", cases}});
}

std::size_t reads_that_show(const Service& service, const std::string& case_id) {
    std::size_t count = 0;
    service.store->access().read(AccessArea::Legal, {},
                                 [&](const store::Record&, const PersonalDataRead& read) {
                                     for (const auto& id : read.case_ids()) count += id == case_id ? 1 : 0;
                                     return true;
                                 });
    return count;
}

}  // namespace

// ---- lists ----

TEST_CASE("what lies idle is listed by the days without an event", "[deadlines]") {
    Service service;
    service.at += std::chrono::days(10);
    const auto fresh = registered(service, "2026-03-11");
    CHECK(list(service, REGISTRAR, "idle_days=10") == std::vector{service.reminder});
    CHECK(list(service, REGISTRAR, "idle_days=11").empty());
    CHECK(service.get("/api/v1/work-list?idle_days=x", REGISTRAR).status == 400);
}

TEST_CASE("a team's list needs a team", "[deadlines]") {
    Service service;
    const auto& lawyer = service.people.at(LAWYER);
    give(service, REGISTRAR, service.reminder, "assign", R"({"handler":")" + lawyer.user_id + R"("})");
    CHECK(list(service, LAWYER, "scope=team").empty());
    set_reference(
        service, ADMINISTRATOR, "users", "users",
        R"({"user_id":")" + lawyer.user_id + R"(","login":")" + lawyer.login +
            R"(","name":"Lawyer","language":"en","roles":["LAWYER"],"active":true,"team":"north"})");
    CHECK(list(service, LAWYER, "scope=team") == std::vector{service.reminder});
}

TEST_CASE("while the handler is away the substitute has the case, and then no longer", "[deadlines]") {
    Service service;
    const auto& lawyer = service.people.at(LAWYER);
    const auto& head = service.people.at(UNIT_HEAD);
    give(service, REGISTRAR, service.reminder, "assign", R"({"handler":")" + head.user_id + R"("})");
    CHECK(list(service, LAWYER, "scope=own").empty());
    set_reference(service, UNIT_HEAD, "absences", "absences",
                  R"({"user_id":")" + head.user_id +
                      R"(","first_day":"2026-03-03","last_day":"2026-03-04",)" + R"("substitute":")" +
                      lawyer.user_id + R"("})");
    CHECK(list(service, LAWYER, "scope=own").empty());
    service.at += std::chrono::days(1);
    CHECK(list(service, LAWYER, "scope=own") == std::vector{service.reminder});
    service.at += std::chrono::days(2);
    CHECK(list(service, LAWYER, "scope=own").empty());
}

TEST_CASE("who is away is told to colleagues of one's own area, and to the administrator", "[deadlines]") {
    Service service;
    const auto& head = service.people.at(UNIT_HEAD);
    set_reference(service, UNIT_HEAD, "absences", "absences",
                  R"({"user_id":")" + head.user_id +
                      R"(","first_day":"2026-03-03","last_day":"2026-03-04",)" + R"("substitute":")" +
                      service.people.at(LAWYER).user_id + R"("})");
    const auto told = [&](Role role) {
        const auto response = service.get("/api/v1/reference/absences", role);
        REQUIRE(response.status == 200);
        CHECK(response.headers.get("ETag") == "\"1\"");
        return json_of(response).at("absences").as_array().size();
    };
    for (const auto role : {REGISTRAR, LAWYER, UNIT_HEAD, ADMINISTRATOR}) CHECK(told(role) == 1);
    for (const auto role : {OMBUDSMAN, HEAD_OMBUDSMAN}) CHECK(told(role) == 0);
    service.at += std::chrono::days(3);
    CHECK(told(LAWYER) == 0);  // over
}

TEST_CASE("the organisation's closing days are listed with their reason", "[deadlines]") {
    Service service;
    set_reference(service, ADMINISTRATOR, "closing-days", "closing-days",
                  R"({"closing_day_id":"between-days","name":{"fi":"Välipäivä","sv":"Mellandag",)"
                  R"("en":"Day between"},"on":"2026-12-28","reason":"Virastot kiinni"})");
    const auto days = json_of(service.get("/api/v1/reference/closing-days", UNIT_HEAD));
    REQUIRE(days.at("closing_days").as_array().size() == 1);
    CHECK(text(days.at("closing_days").as_array().at(0).as_object(), "reason") == "Virastot kiinni");
}

// ---- recomputing ----

TEST_CASE("a changed policy moves nothing until a named person applies it, and then once", "[deadlines]") {
    Service service;
    const auto other = registered(service, "2026-03-02");
    REQUIRE(due_by(service, service.reminder) == "2026-03-30");  // the 29th is a Sunday
    REQUIRE(due_by(service, other) == "2026-03-30");
    CHECK(preview(service).at("moves").as_array().empty());

    set_answer_days(service, 14, "2026-03-02");
    CHECK(due_by(service, service.reminder) == "2026-03-30");
    const auto before = service.version("reminder-" + other);
    const auto shown = preview(service);
    CHECK(service.version("reminder-" + other) == before);
    REQUIRE(shown.at("moves").as_array().size() == 2);
    CHECK_FALSE(shown.at("done").as_bool());
    const auto& move = shown.at("moves").as_array().at(0).as_object();
    CHECK(text(move, "what") == "answer");
    CHECK(text(move, "from") == "2026-03-30");
    CHECK(text(move, "to") == "2026-03-16");
    CHECK_FALSE(text(move, "diary_number").empty());

    const auto body = previewed(shown, "Uusi linjaus");
    const auto key = api::new_uuid();
    const test::Sent sent{.method = "POST",
                          .target = "/api/v1/deadlines/recompute",
                          .body = body,
                          .token = service.people.at(LAWYER).token,
                          .key = key};
    const auto done = service.send(sent);
    INFO(done.body);
    REQUIRE(done.status == 200);
    CHECK(json_of(done).at("done").as_bool());
    CHECK(text(json_of(done), "cases") == "2");
    CHECK(due_by(service, service.reminder) == "2026-03-16");
    CHECK(due_by(service, other) == "2026-03-16");
    CHECK(service.version("reminder-" + other) == before + 1);

    // The same request again is the same answer; a new one finds nothing to move.
    const auto again = service.send(sent);
    CHECK(json_of(again).at("moves") == json_of(done).at("moves"));
    CHECK(service.version("reminder-" + other) == before + 1);
    CHECK(preview(service).at("moves").as_array().empty());
}

TEST_CASE("a case that changed since the preview is told and not moved, the others are", "[deadlines]") {
    Service service;
    const auto changed = registered(service, "2026-03-02");
    set_answer_days(service, 14, "2026-03-02");
    const auto body = previewed(preview(service), "Uusi linjaus");
    give(service, REGISTRAR, changed, "acknowledge",
         R"({"acknowledged_on":"2026-03-02","channel":"letter"})");
    const auto done = service.post("/api/v1/deadlines/recompute", body, LAWYER);
    INFO(done.body);
    REQUIRE(done.status == 200);
    CHECK(text(json_of(done), "cases") == "1");
    std::size_t refused = 0;
    const auto answered = json_of(done);
    for (const auto& move : answered.at("moves").as_array()) {
        const auto& object = move.as_object();
        if (text(object, "refusal").empty()) continue;
        ++refused;
        CHECK(text(object, "case_id") == changed);
        CHECK(text(object, "to").empty());
    }
    CHECK(refused == 1);
    CHECK(due_by(service, changed) == "2026-03-30");
    CHECK(due_by(service, service.reminder) == "2026-03-16");
}

TEST_CASE("a preview looks at one policy when one is named", "[deadlines]") {
    Service service;
    set_answer_days(service, 14, "2026-03-02");
    CHECK(preview(service, "?policy=reminder.answer").at("moves").as_array().size() == 1);
    CHECK(preview(service, "?policy=reminder.statement").at("moves").as_array().empty());
}

TEST_CASE("recomputing says a reason and names its cases, each once", "[deadlines]") {
    Service service;
    const auto before = service.store->events().head().position;
    const auto asked = [&](const std::string& body) {
        const auto response = service.post("/api/v1/deadlines/recompute", body, LAWYER);
        INFO(response.body);
        REQUIRE(response.status == 422);
        return text(json_of(response).at("errors").as_array().at(0).as_object(), "field");
    };
    const std::string one = R"({"kind":"reminder","case_id":")" + service.reminder + R"(","version":"1"})";
    CHECK(asked(R"({"cases":[)" + one + "]}") == "reason");
    CHECK(asked(R"({"reason":"x"})") == "cases");
    CHECK(asked(R"({"reason":"x","cases":[)" + one + "," + one + "]}") == "cases[1].case_id");
    CHECK(asked(R"({"reason":"x","cases":[{"kind":"contact","case_id":"x","version":"1"}]})") ==
          "cases[0].kind");
    CHECK(service.store->events().head().position == before);
}

TEST_CASE("a case that one may not see is refused like one that is not there", "[deadlines]") {
    Service service;
    set_answer_days(service, 14, "2026-03-02");
    give(service, REGISTRAR, service.reminder, "disqualify",
         R"({"user":")" + service.people.at(LAWYER).user_id + R"(","superior":")" +
             service.people.at(UNIT_HEAD).user_id + R"(","ground":"Asia koskee häntä"})");
    CHECK(preview(service).at("moves").as_array().empty());
    const auto refusal = [&](const std::string& case_id) {
        const auto done = service.post(
            "/api/v1/deadlines/recompute",
            R"({"reason":"x","cases":[{"kind":"reminder","case_id":")" + case_id + R"(","version":"2"}]})",
            LAWYER);
        REQUIRE(done.status == 200);
        const auto answered = json_of(done);
        const auto& move = answered.at("moves").as_array().at(0).as_object();
        CHECK(text(move, "diary_number").empty());
        return text(move, "refusal");
    };
    const auto unseen = refusal(service.reminder);
    CHECK_FALSE(unseen.empty());
    CHECK(unseen == refusal("00000000-0000-4000-8000-000000000077"));
}

TEST_CASE("a preview and what was done are on record with the cases they show", "[deadlines]") {
    Service service;
    set_answer_days(service, 14, "2026-03-02");
    const auto before = reads_that_show(service, service.reminder);
    const auto shown = preview(service);
    CHECK(reads_that_show(service, service.reminder) == before + 1);
    REQUIRE(service.post("/api/v1/deadlines/recompute", previewed(shown, "x"), LAWYER).status == 200);
    CHECK(reads_that_show(service, service.reminder) == before + 2);
}
