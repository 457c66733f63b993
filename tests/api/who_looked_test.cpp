// Files opened in an emergency, the auditor's search, a person's own extract: through the routes, as people
// meet them.
#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

#include "api/execution.hpp"
#include "domain/schema/reference.pb.h"
#include "tests/api/every_route.hpp"
#include "tests/api/signing_in.hpp"

using namespace vastine;
using namespace std::chrono_literals;
using test::json_of;
using test::Service;
using test::sign_in;
using test::whole;

namespace {

const std::string nobody_knows = "99999999-0000-4000-8000-000000000001";
const std::string hurry = R"({"reason":"Lapsi vaarassa, käsittelijä ei vastaa"})";

// Lets a person see other sectors than the reminder's and the contact's, which are of health.
void limit_to_social(Service& service, Role role) {
    auto user = std::make_unique<SetUser>();
    const auto& person = service.people.at(role);
    user->set_user_id(person.user_id);
    user->set_login(person.login);
    user->set_name("Person " + std::to_string(static_cast<int>(role)));
    user->set_language("en");
    user->add_roles(role);
    user->add_sectors("social");
    user->set_active(true);
    user->set_email(person.login + "@example.fi");
    api::CommandRequest request;
    request.viewer.user_id = "c0000000-0000-4000-8000-000000000000";
    request.viewer.operating_system_user = true;
    request.kind = REFERENCE;
    request.path = "users";
    request.command = std::move(user);
    request.command_id = api::new_uuid();
    REQUIRE(service.application->services().execution.execute(std::move(request)));
}

std::vector<PersonalDataRead> log_of(const Service& service, store::AccessArea area) {
    std::vector<PersonalDataRead> all;
    service.store->access().read(area, {}, [&](const store::Record&, const PersonalDataRead& read) {
        all.push_back(read);
        return true;
    });
    return all;
}

api::Response break_glass(Service& service, const test::SignedIn& session, const std::string& target,
                          const std::string& body = hurry) {
    return service.send(
        with(session, {.method = "POST", .target = "/api/v1/" + target + "/break-glass", .body = body}));
}
api::Response page(Service& service, const test::SignedIn& session, const std::string& target) {
    return service.send(with(session, {.target = "/api/v1/" + target}));
}

}  // namespace

// ---- in an emergency ----

TEST_CASE("a file is opened for an hour, in that session, for reading alone, with the reason in the log",
          "[looked][emergency]") {
    Service service;
    limit_to_social(service, LAWYER);
    const auto session = sign_in(service, LAWYER);
    const auto other_session = sign_in(service, LAWYER);
    const auto reminder = "reminders/" + service.reminder;
    REQUIRE(page(service, session, reminder).status == 404);

    const auto opened = break_glass(service, session, reminder);
    INFO(opened.body);
    REQUIRE(opened.status == 201);
    CHECK(json_of(opened).at("until").as_string() == "2026-03-02T11:00:00Z");
    auto log = log_of(service, store::AccessArea::Legal);
    REQUIRE_FALSE(log.empty());
    CHECK(log.back().what() == "break-glass");
    CHECK(log.back().purpose() == "Lapsi vaarassa, käsittelijä ei vastaa");
    CHECK(log.back().case_ids(0) == service.reminder);

    const auto shown = page(service, session, reminder);
    REQUIRE(shown.status == 200);
    CHECK(shown.body.find("Aino Esimerkki") != std::string::npos);
    CHECK(json_of(shown).at("possible").as_array().empty());
    log = log_of(service, store::AccessArea::Legal);
    CHECK(log.back().what() == "page");
    CHECK(log.back().purpose() == "Lapsi vaarassa, käsittelijä ei vastaa");

    CHECK(page(service, other_session, reminder).status == 404);
    CHECK(service.get("/api/v1/" + reminder, LAWYER).status == 404);  // a token of the same person
    CHECK(whole(page(service, session, "work-list?scope=everything&state=all")).find(service.reminder) ==
          std::string::npos);
    CHECK(whole(page(service, session, "export")).find(service.reminder) == std::string::npos);
    for (const std::string path : {"acknowledge", "notify", "documents", "place-hold", "assign"}) {
        INFO(path);
        const auto refused = service.send(with(session, {.method = "POST",
                                                         .target = "/api/v1/" + reminder + "/" + path,
                                                         .body = "{}",
                                                         .if_match = 1,
                                                         .key = api::new_uuid()}));
        CHECK(refused.status == 404);
    }
    const auto files = json_of(page(service, session, "break-glass")).at("files").as_array();
    REQUIRE(files.size() == 1);
    CHECK(files[0].as_object().at("case_id").as_string() == service.reminder);
    service.at += 1h - 1s;
    // A session ends after half an hour without use, and with it what it had open.
    CHECK(page(service, session, reminder).status == 401);
}

TEST_CASE("after the hour the file is closed again", "[looked][emergency]") {
    Service service;
    limit_to_social(service, LAWYER);
    const auto session = sign_in(service, LAWYER);
    REQUIRE(break_glass(service, session, "reminders/" + service.reminder).status == 201);
    for (int minutes = 0; minutes < 59; minutes += 20) {
        CHECK(page(service, session, "reminders/" + service.reminder).status == 200);
        service.at += 20min;
    }
    CHECK(page(service, session, "reminders/" + service.reminder).status == 404);
    CHECK(json_of(page(service, session, "break-glass")).at("files").as_array().empty());
}

TEST_CASE("a case over the wall, one's own disqualification and no case at all are answered alike",
          "[looked][emergency][wall]") {
    Service service;
    limit_to_social(service, LAWYER);
    const auto session = sign_in(service, LAWYER);
    const auto none = break_glass(service, session, "reminders/" + nobody_knows);
    CHECK(none.status == 404);
    for (const auto& target : {"contacts/" + service.contact, "contacts/" + nobody_knows,
                               "reminders/" + service.contact, "complaints/" + service.reminder}) {
        INFO(target);
        const auto answer = break_glass(service, session, target);
        CHECK(answer.status == 404);
        CHECK(answer.body == none.body);
    }
    const auto before = service.accesses(store::AccessArea::Ombudsman);
    CHECK(page(service, session, "contacts/" + service.contact).status == 404);
    CHECK(service.accesses(store::AccessArea::Ombudsman) == before);

    // Whoever is disqualified is told that there is none, as always.
    const auto disqualified =
        service.post("/api/v1/reminders/" + service.reminder + "/disqualify",
                     R"({"user":")" + service.people.at(LAWYER).user_id + R"(","superior":")" +
                         service.people.at(REGISTRAR).user_id + R"(","ground":"Hoiti itse"})",
                     REGISTRAR, service.version("reminder-" + service.reminder));
    REQUIRE(disqualified.status == 200);
    CHECK(break_glass(service, session, "reminders/" + service.reminder).body == none.body);
}

TEST_CASE("a head of a unit, whoever sees the case, and who gives no reason open nothing",
          "[looked][emergency]") {
    Service service;
    const auto reminder = "reminders/" + service.reminder;
    CHECK(break_glass(service, sign_in(service, UNIT_HEAD), reminder).status == 403);
    CHECK(break_glass(service, sign_in(service, UNIT_HEAD), "reminders/" + nobody_knows).status == 403);
    CHECK(break_glass(service, sign_in(service, AUDITOR), reminder).status == 404);
    CHECK(break_glass(service, sign_in(service, REGISTRAR), reminder).status == 409);
    limit_to_social(service, LAWYER);
    CHECK(break_glass(service, sign_in(service, LAWYER), reminder, R"({"reason":""})").status == 422);
    CHECK(service
              .send({.method = "POST",
                     .target = "/api/v1/" + reminder + "/break-glass",
                     .body = hurry,
                     .token = service.people.at(LAWYER).token})
              .status == 403);
    CHECK(service.application->services().alerts.log("", 10).entries_size() == 0);
}

TEST_CASE("the area's head and auditors are told of an emergency, and the other area is not",
          "[looked][emergency][wall]") {
    Service service;
    limit_to_social(service, LAWYER);
    limit_to_social(service, REGISTRAR);  // with an address
    const auto session = sign_in(service, LAWYER);
    REQUIRE(break_glass(service, session, "reminders/" + service.reminder).status == 201);
    const auto told = service.application->services().alerts.log("", 10);
    std::set<std::string> whom;
    for (const auto& entry : told.entries()) whom.insert(entry.user_id());
    CHECK(whom == std::set{service.people.at(REGISTRAR).user_id, service.people.at(AUDITOR).user_id});
    CHECK(told.waiting() == 1);  // the auditor has no address, and finds it in the list

    for (const auto role : {REGISTRAR, LAWYER, AUDITOR}) {
        INFO(Role_Name(role));
        const auto response = service.get("/api/v1/emergencies?area=legal", role);
        REQUIRE(response.status == 200);
        const auto list = json_of(response).at("emergencies").as_array();
        REQUIRE(list.size() == 1);
        const auto& emergency = list[0].as_object();
        CHECK(emergency.at("case_id").as_string() == service.reminder);
        CHECK(emergency.at("user_name").as_string() == "Person 4");
        CHECK(emergency.at("reason").as_string() == "Lapsi vaarassa, käsittelijä ei vastaa");
        CHECK_FALSE(emergency.at("visible").as_bool());
    }
    for (const auto role : {OMBUDSMAN, HEAD_OMBUDSMAN, UNIT_HEAD, BOARD, ADMINISTRATOR, BOARD_SECRETARY})
        CHECK(service.get("/api/v1/emergencies?area=legal", role).status == 403);
    CHECK(service.get("/api/v1/emergencies?area=ombudsman", LAWYER).status == 403);
    CHECK(service.get("/api/v1/emergencies?area=ombudsman", AUDITOR).status == 403);
    CHECK(service.get("/api/v1/emergencies?area=ombudsman", HEAD_OMBUDSMAN).status == 200);
    CHECK(log_of(service, store::AccessArea::Ombudsman).back().what() == "emergencies");
    // What people are told of names cases of both areas: it goes into nobody's export.
    for (const auto role : {REGISTRAR, HEAD_OMBUDSMAN})
        CHECK(whole(service.get("/api/v1/export", role)).find("EmergencyAlerted") == std::string::npos);
}

// ---- the auditor's search ----

namespace {

boost::json::object search(Service& service, const std::string& query) {
    const auto response = service.get("/api/v1/access-log/search?area=legal" + query, AUDITOR);
    INFO(query << " " << response.body);
    REQUIRE(response.status == 200);
    return json_of(response);
}
std::string number(const boost::json::object& object, const char* name) {
    return std::string(object.at(name).as_string());
}

}  // namespace

TEST_CASE("the auditor searches by user, case, kind of read, period and purpose, the newest first",
          "[looked][audit]") {
    Service service;
    const auto page_of = [&](Role role, const std::string& purpose) {
        return service.send({.target = "/api/v1/reminders/" + service.reminder,
                             .token = service.people.at(role).token,
                             .headers = {{"X-Purpose", purpose}}});
    };
    REQUIRE(page_of(REGISTRAR, "tietopyynto").status == 200);
    service.at += 24h;
    REQUIRE(page_of(LAWYER, "").status == 200);
    REQUIRE(service.get("/api/v1/work-list?scope=everything", LAWYER).status == 200);

    const auto& lawyer = service.people.at(LAWYER).user_id;
    CHECK(number(search(service, ""), "found") == "3");
    // The first search is in the log by now, and was found by the next one.
    CHECK(number(search(service, "&user=" + lawyer), "found") == "2");
    CHECK(number(search(service, "&user=" + lawyer + "&what=list"), "found") == "1");
    CHECK(number(search(service, "&what=page"), "found") == "2");
    CHECK(number(search(service, "&until=2026-03-02"), "found") == "1");
    CHECK(number(search(service, "&from=2026-03-03&what=page"), "found") == "1");
    CHECK(number(search(service, "&purpose=stated"), "found") == "1");
    CHECK(number(search(service, "&what=page&purpose=none"), "found") == "1");
    CHECK(number(search(service, "&case_id=" + service.contact), "found") == "0");
    CHECK(number(search(service, "&emergencies=true"), "found") == "0");

    const auto newest = search(service, "&what=page&limit=1");
    const auto entry = newest.at("entries").as_array().at(0).as_object();
    CHECK(entry.at("user_id").as_string() == lawyer);
    CHECK(entry.at("user_name").as_string() == "Person 4");
    CHECK(entry.at("what_text").as_string() == "The case was looked at");
    const auto older = search(service, "&what=page&limit=1&cursor=" + number(newest, "next_cursor"));
    CHECK(older.at("entries").as_array().at(0).as_object().at("purpose").as_string() == "tietopyynto");
    CHECK(older.at("next_cursor").as_string().empty());

    const auto days = newest.at("days").as_array();
    REQUIRE(days.size() == 2);
    CHECK(days.at(0).as_object().at("day").as_string() == "2026-03-03");
    CHECK(days.at(0).as_object().at("cases").as_int64() == 1);
}

TEST_CASE("every search of the auditor is in the log itself, also one that finds nothing",
          "[looked][audit]") {
    Service service;
    const auto before = service.accesses(store::AccessArea::Legal);
    (void)search(service, "&case_id=" + service.reminder);
    const auto log = log_of(service, store::AccessArea::Legal);
    REQUIRE(log.size() == before + 1);
    CHECK(log.back().what() == "log-search");
    CHECK(log.back().user_id() == service.people.at(AUDITOR).user_id);
    CHECK(log.back().case_ids(0) == service.reminder);
    for (const auto role : {OMBUDSMAN, HEAD_OMBUDSMAN, REGISTRAR, LAWYER, UNIT_HEAD, BOARD, ADMINISTRATOR})
        CHECK(service.get("/api/v1/access-log/search?area=legal", role).status == 403);
    CHECK(service.get("/api/v1/access-log/search?area=ombudsman", AUDITOR).status == 403);
}

TEST_CASE("what a search finds goes into a file, whole, and does not grow while it is written",
          "[looked][audit]") {
    Service service;
    for (int i = 0; i < 1203; ++i)
        REQUIRE(service.get("/api/v1/reminders/" + service.reminder, REGISTRAR).status == 200);
    const auto response = service.get("/api/v1/access-log/search/csv?area=legal", AUDITOR);
    REQUIRE(response.status == 200);
    CHECK(response.headers.get("Content-Type") == "text/csv");
    const auto body = whole(response);
    CHECK(std::ranges::count(body, '\n') == 1204);
    CHECK(body.starts_with(
        "entry,time (UTC),user id,user,roles,what,route,purpose,receiver,legal ground,case"));
    CHECK(body.find("registrar,The case was looked at,GET /api/v1/reminders/{id},") != std::string::npos);
    const auto log = log_of(service, store::AccessArea::Legal);
    CHECK(log.back().what() == "log-export");
    const auto narrowed =
        whole(service.get("/api/v1/access-log/search/csv?area=legal&what=log-export", AUDITOR));
    CHECK(std::ranges::count(narrowed, '\n') == 1 + 4);  // three pieces and an empty one
}

// ---- a person's extract ----

namespace {

api::Response release(Service& service, const std::string& more, Role role = REGISTRAR) {
    const auto target = "/api/v1/reminders/" + service.reminder;
    return service.post(target + "/release-log-extract",
                        R"({"from":"2024-03-02","until":"2026-03-02","language":"sv",)"
                        R"("recipient":"Aino Esimerkki","recipient_role":"client",)" +
                            more + "}",
                        role, service.version("reminder-" + service.reminder));
}
boost::json::object preview(Service& service, const std::string& query = "", Role role = REGISTRAR) {
    const auto response = service.get("/api/v1/reminders/" + service.reminder + "/log-extract" + query, role);
    INFO(response.body);
    REQUIRE(response.status == 200);
    return json_of(response);
}
std::string extract(Service& service, const std::string& id, Role role = REGISTRAR) {
    const auto response =
        service.get("/api/v1/reminders/" + service.reminder + "/log-extracts/" + id + "?format=text", role);
    INFO(response.body);
    REQUIRE(response.status == 200);
    return response.body;
}

}  // namespace

TEST_CASE("an extract is previewed, reviewed and released; what is withheld is not in it, but that it is",
          "[looked][extract]") {
    Service service;
    const auto target = "/api/v1/reminders/" + service.reminder;
    REQUIRE(service.get(target, LAWYER).status == 200);
    REQUIRE(service.get(target, UNIT_HEAD).status == 200);
    const auto shown = preview(service);
    CHECK(shown.at("from").as_string() == "2024-03-02");
    const auto entries = shown.at("entries").as_array();
    REQUIRE(entries.size() == 2);
    CHECK(entries[0].as_object().at("user_name").as_string() == "Person 4");
    CHECK(entries[1].as_object().at("units").as_array().at(0).as_string() == "sairaala");
    const std::string position(entries[0].as_object().at("position").as_string());
    const std::string to(shown.at("reviewed_to").as_string());

    // Somebody looks after the review: that is not in this extract.
    REQUIRE(service.get(target, LAWYER).status == 200);
    const auto refused = release(
        service, R"("reviewed_to":")" + to + R"(","withheld":[{"position":"99","reason":"x"}],"ground":"x")");
    CHECK(refused.status == 422);
    const auto released =
        release(service, R"("reviewed_to":")" + to + R"(","withheld":[{"position":")" + position +
                             R"(","reason":"Vaarantaisi käsittelijän"}],"ground":"703/2023 11 §")");
    INFO(released.body);
    REQUIRE(released.status == 200);
    const auto last = log_of(service, store::AccessArea::Legal).back();
    CHECK(last.what() == "log-release");
    CHECK(last.receiver() == "Aino Esimerkki");
    CHECK(last.legal_ground() == "703/2023 §11");

    const auto text = extract(service, "e1");
    CHECK(text.find("Person 5") != std::string::npos);
    CHECK(text.find("Person 4") == std::string::npos);
    CHECK(text.find("Vaarantaisi") == std::string::npos);
    CHECK(text.find("En del av anteckningarna har utelämnats.") != std::string::npos);
    CHECK(text.find("dataombudsmannen") != std::string::npos);

    // The same again, whatever happens meanwhile.
    REQUIRE(service.get(target, LAWYER).status == 200);
    limit_to_social(service, LAWYER);
    service.at += 24h;
    CHECK(extract(service, "e1") == text);
    CHECK(preview(service).at("released").as_array().size() == 1);
}

TEST_CASE("an extract is for whoever may release it, of cases that they see", "[looked][extract][wall]") {
    Service service;
    const auto target = "/api/v1/reminders/" + service.reminder + "/log-extract";
    for (const auto role : {OMBUDSMAN, HEAD_OMBUDSMAN, UNIT_HEAD, BOARD, AUDITOR, ADMINISTRATOR}) {
        INFO(Role_Name(role));
        CHECK(service.get(target, role).status == 403);
        CHECK(service.get(target + "s/e1", role).status == 403);
    }
    CHECK(service.get("/api/v1/contacts/" + service.contact + "/log-extract", OMBUDSMAN).status == 403);
    CHECK(service.get(target + "?cases=" + service.contact, REGISTRAR).status == 422);
    CHECK(service.get(target + "?cases=" + nobody_knows, REGISTRAR).status == 422);
    CHECK(service.get(target + "s/e1", REGISTRAR).status == 404);
    limit_to_social(service, LAWYER);
    CHECK(service.get(target, LAWYER).status == 404);
    const auto session = sign_in(service, LAWYER);
    REQUIRE(break_glass(service, session, "reminders/" + service.reminder).status == 201);
    CHECK(service.send(with(session, {.target = target})).status == 404);
}

TEST_CASE("a guardian's extract leaves out what people wrote when the minor has banned disclosure",
          "[looked][extract]") {
    Service service;
    auto body = test::reminder_body;
    const std::string client = R"("client":{"name":"Aino Esimerkki")";
    body.replace(body.find(client), client.size(), client + R"(,"disclosure_banned":true)");
    const auto opened = service.post("/api/v1/reminders", body, REGISTRAR);
    REQUIRE(opened.status == 201);
    service.reminder = std::string(json_of(opened).at("case_id").as_string());
    REQUIRE(service
                .send({.target = "/api/v1/reminders/" + service.reminder,
                       .token = service.people.at(LAWYER).token,
                       .headers = {{"X-Purpose", "kouluterveydenhuollon%20salaisuus"}}})
                .status == 200);
    const auto shown = preview(service);
    CHECK(shown.at("disclosure_banned").as_bool());
    const auto to = R"("reviewed_to":")" + std::string(shown.at("reviewed_to").as_string()) + "\"";
    const auto guardian = [&](const std::string& more) {
        return service.post("/api/v1/reminders/" + service.reminder + "/release-log-extract",
                            R"({"from":"2024-03-02","until":"2026-03-02","language":"fi",)"
                            R"("recipient":"Huoltaja","recipient_role":"guardian",)" +
                                to + more + "}",
                            REGISTRAR, service.version("reminder-" + service.reminder));
    };
    CHECK(guardian("").status == 409);
    REQUIRE(guardian(R"(,"banned_parts_left_out":true)").status == 200);
    REQUIRE(release(service, to).status == 200);
    const auto guardians = extract(service, "e1");
    CHECK(guardians.find("salaisuus") == std::string::npos);
    CHECK(guardians.find("alaikäinen") != std::string::npos);
    CHECK(extract(service, "e2").find("salaisuus") != std::string::npos);
}
