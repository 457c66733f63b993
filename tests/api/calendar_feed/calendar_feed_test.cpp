// A calendar from its making to its end, through the application.
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

#include <catch2/catch.hpp>
#include <sstream>

#include "tests/api/service.hpp"

using namespace vastine;
using test::Sent;
using test::Service;

namespace {

// Signed in as a person: a token may not make a calendar.
std::vector<std::pair<std::string, std::string>> signed_in(Service& service, Role role) {
    const auto response =
        service.send({.method = "POST",
                      .target = "/api/v1/session",
                      .body = R"({"login":")" + service.people.at(role).login + R"(","password":")" +
                              std::string(Service::password) + "\"}"});
    REQUIRE(response.status == 201);
    const std::string cookie(response.headers.get("Set-Cookie"));
    return {{"Cookie", cookie.substr(0, cookie.find(';'))},
            {"X-CSRF-Token", std::string(test::json_of(response).at("csrf_token").as_string())},
            {"Host", "vastine.example"}};
}

struct Made {
    std::string feed_id;
    std::string target;  // of its address: /calendar/vsc_….ics
};

Made make(Service& service, Role role) {
    const auto response = service.send({.method = "POST",
                                        .target = "/api/v1/calendar-feeds",
                                        .body = R"({"label":"Puhelin"})",
                                        .headers = signed_in(service, role)});
    INFO(response.body);
    REQUIRE(response.status == 201);
    const auto view = test::json_of(response);
    const std::string url(view.at("url").as_string());
    const std::string base = "https://vastine.example";
    REQUIRE(url.starts_with(base + "/calendar/vsc_"));
    return {std::string(view.at("feed_id").as_string()), url.substr(base.size())};
}

api::Response read(Service& service, const std::string& target, const std::string& tag = "") {
    Sent sent{.target = target, .headers = {{"Host", "vastine.example"}}};
    if (!tag.empty()) sent.headers.emplace_back("If-None-Match", tag);
    return service.send(sent);
}

// Lines unfolded.
std::string unfolded(std::string body) {
    for (std::size_t at = 0; (at = body.find("\r\n ", at)) != std::string::npos;) body.erase(at, 3);
    return body;
}

std::size_t events_in(const std::string& body) {
    std::size_t count = 0;
    for (std::size_t at = 0; (at = body.find("BEGIN:VEVENT", at)) != std::string::npos; ++at) ++count;
    return count;
}

std::string line(const std::string& body, const std::string& name) {
    const auto at = body.find("\r\n" + name);
    if (at == std::string::npos) return {};
    return body.substr(at + 2, body.find("\r\n", at + 2) - at - 2);
}

void give(Service& service, const std::string& path, const std::string& body, Role role) {
    const auto response = service.post("/api/v1/reminders/" + service.reminder + "/" + path, body, role,
                                       service.version("reminder-" + service.reminder));
    INFO(path << " " << response.body);
    REQUIRE(response.status == 200);
}

}  // namespace

TEST_CASE("whoever has the address reads kinds, dates and links, and nothing of a person", "[calendar]") {
    Service service;
    const auto made = make(service, REGISTRAR);
    const auto response = read(service, made.target);
    REQUIRE(response.status == 200);
    CHECK(response.headers.get("Content-Type") == "text/calendar; charset=utf-8");
    CHECK(response.headers.get("Cache-Control") == "private, no-cache");
    CHECK(response.headers.get("Referrer-Policy") == "no-referrer");
    const auto body = unfolded(response.body);
    // Nobody handles it yet: it waits for the registrar.
    CHECK(events_in(body) == 1);
    CHECK(line(body, "DTSTART") == "DTSTART;VALUE=DATE:20260330");  // 28 days from 1 March, past the Sunday
    CHECK(line(body, "SUMMARY") == "SUMMARY:Answer (reminder)");
    const auto link = "https://vastine.example/api/v1/reminders/" + service.reminder;
    CHECK(line(body, "URL") == "URL:" + link);
    CHECK(service.get("/api/v1/reminders/" + service.reminder, REGISTRAR).status == 200);
    for (const auto* personal : {"Aino", "Esimerkki", "odotus", "osasto-1", "Person 3"}) {
        INFO(personal);
        CHECK(body.find(personal) == std::string::npos);
    }
    const auto page = test::json_of(service.get("/api/v1/reminders/" + service.reminder, REGISTRAR));
    const std::string diary_number(page.at("row").at("diary_number").as_string());
    REQUIRE_FALSE(diary_number.empty());
    CHECK(body.find(diary_number) == std::string::npos);
}

TEST_CASE("a date in the calendar keeps its UID and counts up when it moves, and goes when it is met",
          "[calendar]") {
    Service service;
    const auto made = make(service, LAWYER);
    CHECK(events_in(read(service, made.target).body) == 0);  // nothing is the lawyer's own yet
    give(service, "assign", R"({"handler":")" + service.people.at(LAWYER).user_id + R"("})", REGISTRAR);
    const auto before = unfolded(read(service, made.target).body);
    REQUIRE(events_in(before) == 1);
    give(service, "extend",
         R"({"due_by":"2026-04-10","reason":"Lausunto puuttuu","client_told_on":"2026-03-02"})", LAWYER);
    const auto after = unfolded(read(service, made.target).body);
    CHECK(line(after, "UID") == line(before, "UID"));
    CHECK(line(before, "SEQUENCE") == "SEQUENCE:2");
    CHECK(line(after, "SEQUENCE") == "SEQUENCE:3");
    CHECK(line(after, "DTSTART") == "DTSTART;VALUE=DATE:20260410");
    give(service, "withdraw", R"({"withdrawn_on":"2026-03-02"})", REGISTRAR);
    CHECK(events_in(read(service, made.target).body) == 0);
}

TEST_CASE("a substitute's calendar has the dates of whoever is away, while it lasts", "[calendar]") {
    Service service;
    give(service, "assign", R"({"handler":")" + service.people.at(LAWYER).user_id + R"("})", REGISTRAR);
    const auto made = make(service, REGISTRAR);
    CHECK(events_in(read(service, made.target).body) == 0);
    const auto absent =
        service.post("/api/v1/reference/absences/absences",
                     R"({"user_id":")" + service.people.at(LAWYER).user_id +
                         R"(","first_day":"2026-03-02","last_day":"2026-03-06","substitute":")" +
                         service.people.at(REGISTRAR).user_id + R"("})",
                     LAWYER, service.version("reference-absences"));
    INFO(absent.body);
    REQUIRE(absent.status == 200);
    const auto body = unfolded(read(service, made.target).body);
    CHECK(events_in(body) == 1);
    CHECK(body.find("You handle this as a substitute.") != std::string::npos);
    service.at += std::chrono::days(5);
    CHECK(events_in(read(service, made.target).body) == 0);
}

TEST_CASE("a paused date is marked so", "[calendar]") {
    Service service;
    const auto made = make(service, REGISTRAR);
    give(service, "ask-completion", R"({"asked_on":"2026-03-02","due_by":"2026-03-16","what":"Valtakirja"})",
         REGISTRAR);
    const auto body = unfolded(read(service, made.target).body);
    CHECK(body.find("SUMMARY:Paused: Answer (reminder)") != std::string::npos);
}

TEST_CASE("a calendar that has not changed is not sent again", "[calendar]") {
    Service service;
    const auto made = make(service, REGISTRAR);
    const auto first = read(service, made.target);
    const std::string tag(first.headers.get("ETag"));
    REQUIRE(tag.size() == 34);
    service.at += std::chrono::hours(2);
    const auto same = read(service, made.target, tag);
    CHECK(same.status == 304);
    CHECK(same.body.empty());
    CHECK(same.headers.get("ETag") == tag);
    REQUIRE(service.post("/api/v1/reminders", test::reminder_body, REGISTRAR).status == 201);
    const auto changed = read(service, made.target, tag);
    CHECK(changed.status == 200);
    CHECK(events_in(changed.body) == 2);
}

TEST_CASE("a revoked calendar is gone, and only its owner revokes it", "[calendar]") {
    Service service;
    const auto made = make(service, REGISTRAR);
    const auto drop = [&](Role role) {
        return service.send({.method = "DELETE",
                             .target = "/api/v1/calendar-feeds/" + made.feed_id,
                             .headers = signed_in(service, role)});
    };
    CHECK(drop(LAWYER).status == 404);
    CHECK(read(service, made.target).status == 200);
    const auto list =
        service.send({.target = "/api/v1/calendar-feeds", .headers = signed_in(service, REGISTRAR)});
    CHECK(list.body.find("Puhelin") != std::string::npos);
    CHECK(list.body.find("vsc_") == std::string::npos);
    CHECK(list.body.find("read_at") != std::string::npos);
    CHECK(drop(REGISTRAR).status == 204);
    CHECK(read(service, made.target).status == 404);
}

TEST_CASE("the calendar of somebody who has left is gone", "[calendar]") {
    Service service;
    const auto made = make(service, LAWYER);
    const auto& lawyer = service.people.at(LAWYER);
    const auto left =
        service.post("/api/v1/reference/users/users",
                     R"({"user_id":")" + lawyer.user_id + R"(","login":")" + lawyer.login +
                         R"(","name":"Person","language":"en","roles":["LAWYER"],"active":false})",
                     ADMINISTRATOR, service.version("reference-users"));
    INFO(left.body);
    REQUIRE(left.status == 200);
    CHECK(read(service, made.target).status == 404);
}

TEST_CASE("guessing addresses of calendars pauses the guesser", "[calendar]") {
    Service service;
    const auto made = make(service, REGISTRAR);
    for (std::size_t i = 0; i < api::ServerLimits().failed_logins_per_address_max; ++i) {
        CHECK(read(service, "/calendar/vsc_" + std::string(43, 'a') + ".ics").status == 404);
    }
    CHECK(read(service, made.target).status == 429);
    service.at += std::chrono::minutes(6);
    CHECK(read(service, made.target).status == 200);
    CHECK(read(service, made.target.substr(0, made.target.size() - 4)).status == 404);  // no .ics
}

TEST_CASE("the secret of a calendar is in no log, no figure and no list of what is kept", "[calendar]") {
    const auto before = spdlog::default_logger();
    std::ostringstream logged;
    spdlog::set_default_logger(
        std::make_shared<spdlog::logger>("test", std::make_shared<spdlog::sinks::ostream_sink_mt>(logged)));
    Service service;
    const auto made = make(service, REGISTRAR);
    const auto secret = made.target.substr(10, made.target.size() - 14);
    CHECK(read(service, made.target).status == 200);
    CHECK(read(service, "/calendar/vsc_wrong.ics").status == 404);
    spdlog::default_logger()->flush();
    spdlog::set_default_logger(before);
    CHECK(logged.str().find("/calendar/{secret}.ics 200") != std::string::npos);
    CHECK(logged.str().find(secret) == std::string::npos);
    CHECK(logged.str().find("vsc_") == std::string::npos);
    const auto figures = service.get("/metrics", ADMINISTRATOR);
    CHECK(figures.body.find("/calendar/{secret}.ics") != std::string::npos);
    CHECK(figures.body.find("vsc_") == std::string::npos);
    for (const auto& [name, value] : service.store->secrets().scan("")) {
        CHECK(name.find(secret) == std::string::npos);
        CHECK(value.find(secret) == std::string::npos);
    }
}

TEST_CASE("a calendar has a name, and nobody has more than twenty", "[calendar]") {
    Service service;
    const auto session = signed_in(service, REGISTRAR);
    const auto named = [&](const std::string& label) {
        return service
            .send({.method = "POST",
                   .target = "/api/v1/calendar-feeds",
                   .body = R"({"label":")" + label + "\"}",
                   .headers = session})
            .status;
    };
    CHECK(named("") == 422);
    CHECK(named(std::string(121, 'a')) == 422);
    for (int i = 0; i < 20; ++i) CHECK(named("Puhelin") == 201);
    CHECK(named("Puhelin") == 409);
}
