// One's own sessions: listed, ended one by one or all others at once; and ended by the administrator.

#include <catch2/catch.hpp>

#include "api/login/browser_name.hpp"
#include "tests/api/signing_in.hpp"

using namespace vastine;
using test::json_of;
using test::Service;
using test::sign_in;
using test::SignedIn;
using test::with;

namespace {

boost::json::array listed(Service& service, const SignedIn& session) {
    const auto response = service.send(with(session, {.target = "/api/v1/sessions"}));
    REQUIRE(response.status == 200);
    return json_of(response).at("sessions").as_array();
}

bool is_open(Service& service, const SignedIn& session) {
    return service.send(with(session, {.target = "/api/v1/session"})).status == 200;
}

}  // namespace

TEST_CASE("one sees one's own sessions, and which is this one", "[sessions]") {
    Service service;
    (void)sign_in(service, REGISTRAR);
    const auto first = sign_in(service, LAWYER);
    service.at += std::chrono::minutes(5);
    const auto second = sign_in(service, LAWYER);
    const auto response = service.send(with(first, {.target = "/api/v1/sessions"}));
    const auto sessions = json_of(response).at("sessions").as_array();
    REQUIRE(sessions.size() == 2);
    std::size_t here = 0;
    for (const auto& one : sessions) {
        CHECK(one.at("browser").as_string() == "Firefox");
        CHECK(one.at("system").as_string() == "Linux");
        CHECK(one.at("means").as_string() == "password");
        here += one.at("this_one").as_bool() ? 1 : 0;
        if (one.at("this_one").as_bool()) CHECK(one.at("opened_at").as_string() == "2026-03-02T10:00:00Z");
    }
    CHECK(here == 1);
    for (const auto& session : {first, second}) {
        const auto secret = session.cookie.substr(session.cookie.find('=') + 1);
        CHECK(response.body.find(secret) == std::string::npos);
    }
}

TEST_CASE("one ends a session of one's own, and nobody else's", "[sessions]") {
    Service service;
    const auto here = sign_in(service, LAWYER);
    const auto there = sign_in(service, LAWYER);
    const auto stranger = sign_in(service, REGISTRAR);
    const auto end = [&](const boost::json::value& one) {
        return service
            .send(with(here, {.method = "DELETE",
                              .target = "/api/v1/sessions/" + std::string(one.at("session_id").as_string())}))
            .status;
    };
    CHECK(end(listed(service, stranger).at(0)) == 404);
    CHECK(is_open(service, stranger));
    for (const auto& one : listed(service, here)) {
        if (!one.at("this_one").as_bool()) CHECK(end(one) == 204);
    }
    CHECK(is_open(service, here));
    CHECK_FALSE(is_open(service, there));
    CHECK(service.send(with(here, {.method = "DELETE", .target = "/api/v1/sessions/a"})).status == 404);
}

TEST_CASE("all one's other sessions end at once", "[sessions]") {
    Service service;
    const auto here = sign_in(service, LAWYER);
    const auto there = sign_in(service, LAWYER);
    const auto elsewhere = sign_in(service, LAWYER);
    const auto stranger = sign_in(service, REGISTRAR);
    CHECK(service.send(with(here, {.method = "DELETE", .target = "/api/v1/sessions"})).status == 204);
    CHECK(is_open(service, here));
    CHECK_FALSE(is_open(service, there));
    CHECK_FALSE(is_open(service, elsewhere));
    CHECK(is_open(service, stranger));
}

TEST_CASE("the administrator ends all sessions of a user", "[sessions]") {
    Service service;
    const auto there = sign_in(service, LAWYER);
    const auto stranger = sign_in(service, REGISTRAR);
    CHECK(service
              .send({.method = "DELETE",
                     .target = "/api/v1/users/" + service.people.at(LAWYER).user_id + "/sessions",
                     .token = service.people.at(ADMINISTRATOR).token})
              .status == 204);
    CHECK_FALSE(is_open(service, there));
    CHECK(is_open(service, stranger));
}

TEST_CASE("a browser is called by one coarse word, and its system by another", "[sessions]") {
    const auto is = [](std::string_view agent, std::string_view browser, std::string_view system) {
        INFO(agent);
        const auto name = api::browser_name(agent);
        CHECK(name.browser == browser);
        CHECK(name.system == system);
    };
    is("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 "
       "Safari/537.36 Edg/126.0.0.0",
       "Edge", "Windows");
    is("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:127.0) Gecko/20100101 Firefox/127.0", "Firefox",
       "Windows");
    is("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile "
       "Safari/537.36",
       "Chrome", "Android");
    is("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
       "Version/17.5 Mobile/15E148 Safari/604.1",
       "Safari", "iPhone");
    is("curl/8.5.0", "curl", "");
    is("", "", "");
    is("<script>", "", "");
}
