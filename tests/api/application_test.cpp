// The five steps, each with what it lets through and what it refuses.

#include "api/application.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "api/login/token_scope.hpp"
#include "tests/api/service.hpp"

using namespace vastine;
using test::json_of;
using test::Sent;
using test::Service;
using test::type_of;

namespace {

const std::string acknowledgement = R"({"acknowledged_on":"2026-03-02","channel":"letter"})";
const std::string some_key = "b0000000-0000-4000-8000-000000000001";

Sent acknowledge(const Service& service) {
    return {.method = "POST",
            .target = "/api/v1/reminders/" + service.reminder + "/acknowledge",
            .body = acknowledgement,
            .token = service.people.at(REGISTRAR).token,
            .if_match = service.version("reminder-" + service.reminder),
            .key = some_key};
}

}  // namespace

TEST_CASE("a command is taken and answers with the new version as ETag", "[handlers]") {
    Service service;
    const auto response = service.send(acknowledge(service));
    CHECK(response.status == 200);
    CHECK(response.headers.get("ETag") == "\"2\"");
    const auto taken = json_of(response);
    CHECK(taken.at("case_id").as_string() == service.reminder);
    CHECK(taken.at("version").as_string() == "2");
    CHECK_FALSE(taken.at("repeated").as_bool());
}

TEST_CASE("opening a case answers 201 with the place where it is", "[handlers]") {
    Service service;
    const auto response = service.post("/api/v1/reminders", test::reminder_body, REGISTRAR);
    CHECK(response.status == 201);
    const std::string id(json_of(response).at("case_id").as_string());
    CHECK(response.headers.get("Location") == "/api/v1/reminders/" + id);
    CHECK(service.get("/api/v1/reminders/" + id, REGISTRAR).status == 200);
}

// ---- authorise ----

TEST_CASE("without credentials a command is refused with 401 and says how to sign in", "[handlers]") {
    Service service;
    auto sent = acknowledge(service);
    sent.token.clear();
    const auto response = service.send(sent);
    CHECK(response.status == 401);
    CHECK(response.headers.get("WWW-Authenticate") == "Bearer");
}

TEST_CASE("a wrong, an expired and a revoked token open nothing", "[handlers]") {
    Service service;
    auto& accounts = service.application->services().accounts;
    CHECK(service.send({.target = "/api/v1/work-list", .token = "vst_nothing"}).status == 401);
    const auto& registrar = service.people.at(REGISTRAR);
    const auto short_lived =
        accounts.create_token(registrar.user_id, "day", std::chrono::days(1), api::every_token_scope())
            .value();
    CHECK(service.send({.target = "/api/v1/work-list", .token = short_lived.secret}).status == 200);
    service.at += std::chrono::days(2);
    CHECK(service.send({.target = "/api/v1/work-list", .token = short_lived.secret}).status == 401);
    CHECK(service.send({.target = "/api/v1/work-list", .token = registrar.token}).status == 200);
    for (const auto& token : accounts.tokens_of(registrar.user_id)) {
        CHECK(accounts.revoke_token(registrar.user_id, token.token_id));
    }
    CHECK(service.send({.target = "/api/v1/work-list", .token = registrar.token}).status == 401);
}

TEST_CASE("a user who is no longer active has no rights from that moment", "[handlers]") {
    Service service;
    const auto& lawyer = service.people.at(LAWYER);
    REQUIRE(service.get("/api/v1/work-list", LAWYER).status == 200);
    const auto gone =
        service.post("/api/v1/reference/users/users",
                     R"({"user_id":")" + lawyer.user_id +
                         R"(","login":"user4","name":"Person 4","roles":["LAWYER"],"active":false})",
                     ADMINISTRATOR, service.version("reference-users"));
    REQUIRE(gone.status == 200);
    CHECK(service.get("/api/v1/work-list", LAWYER).status == 401);
}

TEST_CASE("whose work a command is not is refused before the case is looked at", "[handlers]") {
    Service service;
    const auto body = R"({"advised_on":"2026-03-02","advised":"x"})";
    const std::string nowhere = "d0000000-0000-4000-8000-000000000000";
    const auto there = service.post("/api/v1/contacts/" + service.contact + "/advice", body, REGISTRAR, 1);
    const auto not_there = service.post("/api/v1/contacts/" + nowhere + "/advice", body, REGISTRAR, 1);
    CHECK(there.status == 403);
    CHECK(there.body == not_there.body);
}

TEST_CASE("a case behind the wall and no case at all are the same 404", "[handlers][wall]") {
    Service service;
    const std::string nowhere = "d0000000-0000-4000-8000-000000000000";
    const auto behind = service.get("/api/v1/contacts/" + service.contact, REGISTRAR);
    const auto none = service.get("/api/v1/contacts/" + nowhere, REGISTRAR);
    const auto no_id = service.get("/api/v1/contacts/x", REGISTRAR);
    CHECK(behind.status == 404);
    CHECK(behind.body == none.body);
    CHECK(no_id.status == 404);
    CHECK(service.get("/api/v1/contacts/" + service.contact, OMBUDSMAN).status == 200);
    CHECK(service.get("/api/v1/reminders/" + service.reminder, OMBUDSMAN).status == 404);
    CHECK(service.get("/api/v1/complaints/" + service.reminder, REGISTRAR).status == 404);
}

// ---- precondition ----

TEST_CASE("a command on a case without If-Match is 428, with an old version 412", "[handlers]") {
    Service service;
    auto sent = acknowledge(service);
    sent.if_match.reset();
    CHECK(service.send(sent).status == 428);
    sent.headers = {{"If-Match", "*"}};
    CHECK(service.send(sent).status == 428);
    sent.headers = {{"If-Match", "W/\"1\""}};
    CHECK(service.send(sent).status == 428);
    sent.headers.clear();
    sent.if_match = 7;
    const auto stale = service.send(sent);
    CHECK(stale.status == 412);
    CHECK(type_of(stale) == "stale");
    CHECK(service.version("reminder-" + service.reminder) == 1);
}

TEST_CASE("a command without an Idempotency-Key is refused, and a repeated one is taken once", "[handlers]") {
    Service service;
    auto sent = acknowledge(service);
    sent.key.clear();
    CHECK(service.send(sent).status == 400);
    sent.key = "not a uuid";
    CHECK(service.send(sent).status == 400);
    sent.key = some_key;
    const auto first = json_of(service.send(sent));
    const auto again = service.send(sent);
    CHECK(again.status == 200);
    CHECK(json_of(again).at("repeated").as_bool());
    CHECK(json_of(again).at("position") == first.at("position"));
    CHECK(service.version("reminder-" + service.reminder) == 2);
}

TEST_CASE("a used Idempotency-Key with other content is 422", "[handlers]") {
    Service service;
    auto sent = acknowledge(service);
    REQUIRE(service.send(sent).status == 200);
    sent.body = R"({"acknowledged_on":"2026-03-02","channel":"email"})";
    const auto response = service.send(sent);
    CHECK(response.status == 422);
    CHECK(type_of(response) == "command-reused");
}

TEST_CASE("a body of another content type is 415", "[handlers]") {
    Service service;
    auto sent = acknowledge(service);
    sent.headers = {{"Content-Type", "text/plain"}};
    CHECK(service.send(sent).status == 415);
    sent.headers = {{"Content-Type", "application/json; charset=utf-8"}};
    CHECK(service.send(sent).status == 200);
}

// ---- parse ----

TEST_CASE("what cannot be read is 400 and the value is never repeated", "[handlers]") {
    Service service;
    auto sent = acknowledge(service);
    for (const std::string body :
         {"{", "[]", "{'channel':'letter'}", R"({"channel":"letter",})",
          R"({"channel":"a","channel":"SECRET"})", R"({"channel":42})", R"({"chanel":"SECRET"})",
          R"({"channel":null})", R"({"channel":["SECRET"]})"}) {
        sent.body = body;
        const auto response = service.send(sent);
        INFO(body);
        CHECK(response.status == 400);
        CHECK(response.headers.get("Content-Type") == "application/problem+json");
        CHECK(response.body.find("SECRET") == std::string::npos);
    }
    CHECK(service.version("reminder-" + service.reminder) == 1);
}

TEST_CASE("field errors name their path, in the caller's language", "[handlers]") {
    Service service;
    auto sent = acknowledge(service);
    sent.body = R"({"acknowledged_on":"2026-02-30","channel":"pigeon"})";
    sent.headers = {{"Accept-Language", "de, sv;q=0.8, en;q=0.2"}};
    const auto response = service.send(sent);
    CHECK(response.status == 422);
    CHECK(response.headers.get("Content-Language") == "sv");
    const auto problem = json_of(response);
    CHECK(problem.at("title").as_string() == "Uppgifterna behöver rättas");
    std::set<std::string> fields;
    for (const auto& error : problem.at("errors").as_array()) {
        fields.emplace(error.as_object().at("field").as_string());
        CHECK(!error.as_object().at("message").as_string().empty());
    }
    CHECK(fields == std::set<std::string>{"acknowledged_on", "channel"});
}

TEST_CASE("the language is the header's, else the user's, else Finnish", "[handlers]") {
    Service service;
    CHECK(service.get("/api/v1/access-log?area=legal", REGISTRAR).headers.get("Content-Language") == "en");
    CHECK(service.send({.target = "/api/v1/work-list"}).headers.get("Content-Language") == "fi");
    CHECK(service
              .send({.target = "/api/v1/work-list",
                     .token = service.people.at(REGISTRAR).token,
                     .headers = {{"Accept-Language", "fi-FI,fi;q=0.9"}}})
              .headers.get("Content-Language") == "fi");
}

TEST_CASE("unknown and malformed parameters are refused", "[handlers]") {
    Service service;
    CHECK(service.get("/api/v1/work-list?serach=x", REGISTRAR).status == 400);
    CHECK(service.get("/api/v1/work-list?limit=-1", REGISTRAR).status == 400);
    CHECK(service.get("/api/v1/work-list?kind=reminder,elephant", REGISTRAR).status == 400);
    CHECK(service.get("/api/v1/work-list?kind=reminder&kind=contact", REGISTRAR).status == 400);
    CHECK(service.get("/api/v1/work-list?kind=reminder,complaint&limit=1", REGISTRAR).status == 200);
    CHECK(service.get("/api/v1/access-log", AUDITOR).status == 400);
    CHECK(service.get("/api/v1/reports/legal?from=2018-13&to=2019-01", REGISTRAR).status == 400);
    CHECK(service.get("/api/v1/work-list?as_of=999999", REGISTRAR).status == 422);
}

// ---- execute ----

TEST_CASE("a command out of turn is 409 and says why", "[handlers]") {
    Service service;
    const auto response =
        service.post("/api/v1/reminders/" + service.reminder + "/review", R"({"approved":true})", LAWYER, 1);
    INFO(response.body);
    CHECK(response.status == 409);
    CHECK(type_of(response) == "wrong-state");
    CHECK(!json_of(response).at("detail").as_string().empty());
}

TEST_CASE("identifiers typed into an anonymous contact must be meant", "[handlers]") {
    Service service;
    auto body = test::contact_body;
    body.insert(body.size() - 1, R"(,"note":"Soittaja 131052-308T")");
    const auto response = service.post("/api/v1/contacts", body, OMBUDSMAN);
    CHECK(response.status == 409);
    CHECK(type_of(response) == "needs-confirmation");
    CHECK(response.body.find("131052") == std::string::npos);
    body.insert(body.size() - 1, R"(,"identifiers_intended":true)");
    CHECK(service.post("/api/v1/contacts", body, OMBUDSMAN).status == 201);
}

// ---- HTTP ----

TEST_CASE("a known path with another method is 405 and says which it takes", "[http]") {
    Service service;
    const auto response = service.send({.method = "PATCH", .target = "/api/v1/session"});
    CHECK(response.status == 405);
    const std::string allow(response.headers.get("Allow"));
    for (const auto* method : {"GET", "HEAD", "POST", "DELETE"})
        CHECK(allow.find(method) != std::string::npos);
    CHECK(service.send({.method = "BREW", .target = "/"}).status == 405);
}

TEST_CASE("an unknown path is 404 and a target that is no path is 400", "[http]") {
    Service service;
    CHECK(service.send({.target = "/nowhere"}).status == 404);
    CHECK(service.send({.target = "/api/v1/reminders/"}).status == 404);
    CHECK(service.send({.target = "/api/v1/%00"}).status == 400);
    CHECK(service.send({.target = "/api/v1/%zz"}).status == 400);
    CHECK(service.send({.target = "https://elsewhere/"}).status == 400);
    CHECK(service.send({.target = "*"}).status == 400);
    CHECK(service.send({.target = ""}).status == 400);
}

TEST_CASE("every answer carries the security headers", "[http]") {
    Service service;
    for (const auto* target : {"/", "/nowhere", "/health/live", "/api/v1/work-list"}) {
        const auto response = service.send({.target = target});
        INFO(target);
        CHECK(response.headers.get("Strict-Transport-Security").starts_with("max-age="));
        CHECK(response.headers.get("X-Content-Type-Options") == "nosniff");
        CHECK(response.headers.get("Content-Security-Policy").starts_with("default-src 'none'"));
        CHECK(response.headers.get("Cache-Control") == "no-store");
    }
}

namespace {

const api::WebFiles web{
    {"index.html",
     {"text/html; charset=utf-8",
      "<html lang=\"__LANGUAGE__\"><style nonce=\"__NONCE__\"></style><noscript>__NO_SCRIPT__</noscript>",
      {},
      {}}},
    {"assets/one-hash.js", {"text/javascript", "plain", "gzip", "brotli"}},
    {"assets/shell_worker-hash.js", {"text/javascript", "worker", "", ""}},
};

api::Response page_of(Service& service, const std::string& target, const std::string& accept = "text/html") {
    return service.send({.target = target, .headers = {{"Accept", accept}}});
}

}  // namespace

TEST_CASE("without the web application the root says so", "[web]") {
    Service service;
    CHECK(service.send({.target = "/"}).status == 404);
    CHECK(service.send({.target = "/assets/one-hash.js"}).status == 404);
}

TEST_CASE("the application's page is in the visitor's language, and its nonce is for one answer", "[web]") {
    Service service;
    service.application->services().web = &web;
    const auto finnish = page_of(service, "/");
    CHECK(finnish.headers.get("Content-Type") == "text/html; charset=utf-8");
    CHECK(finnish.headers.get("Cache-Control") == "no-store");
    CHECK(finnish.body.find("<html lang=\"fi\">") != std::string::npos);
    CHECK(finnish.body.find("JavaScriptin") != std::string::npos);
    CHECK(finnish.body.find("__") == std::string::npos);
    const std::string policy(finnish.headers.get("Content-Security-Policy"));
    const auto nonce = policy.substr(policy.find("'nonce-") + 7, 43);
    CHECK(finnish.body.find("nonce=\"" + nonce + "\"") != std::string::npos);
    CHECK(policy.find("unsafe") == std::string::npos);
    CHECK(page_of(service, "/").headers.get("Content-Security-Policy") != policy);
    const auto swedish = service.send({.target = "/", .headers = {{"Accept-Language", "sv-FI"}}});
    CHECK(swedish.body.find("<html lang=\"sv\">") != std::string::npos);
}

TEST_CASE("an address of the application starts it, and one of the service does not", "[web]") {
    Service service;
    service.application->services().web = &web;
    for (const auto* target : {"/work", "/reminders/7", "/?lang=sv", "/work?unit=a&unit2=b"}) {
        INFO(target);
        CHECK(page_of(service, target).status == 200);
    }
    for (const auto* target : {"/api/v1/nothing", "/assets/gone.js", "/health/none", "/calendar/none"}) {
        INFO(target);
        CHECK(page_of(service, target).status == 404);
    }
    CHECK(page_of(service, "/work", "application/json").status == 404);
    CHECK(service.send({.method = "POST", .target = "/work", .headers = {{"Accept", "text/html"}}}).status ==
          404);
}

TEST_CASE("an asset comes in the smallest form the browser takes, and stays", "[web]") {
    Service service;
    service.application->services().web = &web;
    const auto form = [&](const std::string& accepted) {
        return service.send({.target = "/assets/one-hash.js", .headers = {{"Accept-Encoding", accepted}}});
    };
    CHECK(form("gzip, deflate, br").body == "brotli");
    CHECK(form("gzip, br;q=0").body == "gzip");
    CHECK(form("").body == "plain");
    CHECK(form("bro").body == "plain");
    CHECK(form("br").headers.get("Content-Encoding") == "br");
    CHECK(form("br").headers.get("Vary") == "Accept-Encoding");
    CHECK(form("").headers.get("Content-Encoding").empty());
    CHECK(form("").headers.get("Cache-Control") == "public, max-age=31536000, immutable");
}

TEST_CASE("of all assets only the service worker may look after every page", "[web]") {
    Service service;
    service.application->services().web = &web;
    const auto scope = [&](const std::string& target) {
        return service.send({.target = target}).headers.get("Service-Worker-Allowed");
    };
    CHECK(scope("/assets/shell_worker-hash.js") == "/");
    CHECK(scope("/assets/one-hash.js").empty());
}

TEST_CASE("the first morning of a whole county from one address is no attack", "[web][limits]") {
    auto limits = Service::generous();
    limits.requests_per_second_per_address = 2;
    Service service(limits);
    service.application->services().web = &web;
    for (int i = 0; i < 100; ++i) CHECK(service.send({.target = "/assets/one-hash.js"}).status == 200);
    CHECK(service.send({.target = "/health/live"}).status == 200);
}

TEST_CASE("health says warming up until the log is folded, and everything else waits", "[http]") {
    Service warm;
    CHECK(warm.send({.target = "/health/ready"}).status == 200);
    api::ServerOptions options;
    options.cheap_passwords = true;
    api::Application cold(*warm.store, options, [&] { return warm.at; });
    CHECK(cold.handle(Service::request({.target = "/health/live"})).status == 200);
    const auto ready = cold.handle(Service::request({.target = "/health/ready"}));
    CHECK(ready.status == 503);
    CHECK(json_of(ready).at("status").as_string() == "warming-up");
    const auto list = cold.handle(
        Service::request({.target = "/api/v1/work-list", .token = warm.people.at(REGISTRAR).token}));
    CHECK(list.status == 503);
    cold.warm_up();
    CHECK(cold.handle(Service::request({.target = "/health/ready"})).status == 200);
    CHECK(cold.handle(
                  Service::request({.target = "/api/v1/work-list", .token = warm.people.at(REGISTRAR).token}))
              .status == 200);
}

TEST_CASE("too many requests from one address are 429, and a session has its own measure", "[limits]") {
    auto limits = Service::generous();
    limits.requests_per_second_per_address = 2;
    Service service(limits);
    std::size_t refused = 0;
    for (int i = 0; i < 10; ++i) refused += service.send({.target = "/health/live"}).status == 429 ? 1 : 0;
    CHECK(refused == 6);
    CHECK(service.get("/api/v1/work-list", REGISTRAR).status == 200);
    service.at += std::chrono::seconds(1);
    CHECK(service.send({.target = "/health/live"}).status == 200);
}

TEST_CASE("an address is a trusted proxy's word, and nobody else's", "[limits]") {
    auto limits = Service::generous();
    limits.requests_per_second_per_address = 0.5;
    Service service(limits);
    const auto knock = [&](const std::string& peer, const std::string& forwarded) {
        auto request =
            Service::request({.target = "/health/live", .headers = {{"X-Forwarded-For", forwarded}}});
        request.peer = peer;
        return service.application->handle(request).status;
    };
    CHECK(knock("10.0.0.1", "203.0.113.1") == 200);
    CHECK(knock("10.0.0.1", "203.0.113.1") == 429);
    CHECK(knock("10.0.0.1", "203.0.113.2") == 200);
    CHECK(knock("10.0.0.1", "198.51.100.9, 203.0.113.2") == 429);
    CHECK(knock("192.0.2.7", "203.0.113.3") == 200);
    CHECK(knock("192.0.2.7", "203.0.113.4") == 429);
}

TEST_CASE("metrics name routes by pattern and nobody", "[metrics]") {
    Service service;
    REQUIRE(service.get("/api/v1/reminders/" + service.reminder, REGISTRAR).status == 200);
    const auto response = service.get("/metrics", ADMINISTRATOR);
    CHECK(response.status == 200);
    CHECK(response.body.find(R"(route="/api/v1/reminders/{id}")") != std::string::npos);
    CHECK(response.body.find(service.reminder) == std::string::npos);
    CHECK(response.body.find("vastine_request_seconds_bucket") != std::string::npos);
    CHECK(service.send({.target = "/metrics"}).status == 401);
}
