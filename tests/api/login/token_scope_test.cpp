// A bearer token is good for what it was made for: every route is tried with every scope.

#include "api/login/token_scope.hpp"

#include <catch2/catch.hpp>

#include "api/routes/route.hpp"
#include "tests/api/signing_in.hpp"

using namespace vastine;
using test::json_of;
using test::Service;
using test::sign_in;
using test::type_of;
using test::with;

namespace {

// What the routes that are no commands ask for where it is not reading, told again for whoever checks it.
const std::map<std::string, TokenScope> expected{
    {"GET /metrics", OPERATIONS},
    {"GET /api/v1/stats", OPERATIONS},
    {"GET /api/v1/health", OPERATIONS},
    {"GET /api/v1/alerts", OPERATIONS},
    {"POST /api/v1/alerts/{message_id}/retry", OPERATIONS},
    {"PUT /api/v1/users/{id}/password", ADMINISTRATION},
    {"DELETE /api/v1/users/{id}/second-factor", ADMINISTRATION},
    {"DELETE /api/v1/users/{id}/sessions", ADMINISTRATION},
    {"GET /api/v1/webhooks", ADMINISTRATION},
    {"POST /api/v1/webhooks/{webhook_id}/secret", ADMINISTRATION},
    {"GET /api/v1/reference/users", ADMINISTRATION},
    {"GET /api/v1/reference/units/in-use", ADMINISTRATION},
    {"POST /api/v1/reference/policies/preview", ADMINISTRATION},
    {"POST /api/v1/reference/letters/preview", ADMINISTRATION},
    {"GET /api/v1/export", EXPORTING},
    {"POST /api/v1/imports", IMPORTING},
    {"GET /api/v1/access-log", AUDITING},
    {"GET /api/v1/access-log/search", AUDITING},
    {"GET /api/v1/access-log/search/csv", AUDITING},
    {"GET /api/v1/keys", OPERATIONS},
    {"POST /api/v1/keys/rotation", OPERATIONS},
    {"POST /api/v1/deadlines/recompute", CASE_WORK},
    {"POST /api/v1/assignments", CASE_WORK},
    {"POST /api/v1/contacts/{id}/attachments", CONTACT_WORK},
    {"POST /api/v1/reminders/{id}/attachments", CASE_WORK},
    {"POST /api/v1/complaints/{id}/attachments", CASE_WORK},
    {"POST /api/v1/authority-requests/{id}/attachments", CASE_WORK},
};

// Of a command, by where it stands.
TokenScope of_command(const std::string& pattern) {
    const std::vector<std::pair<std::string, TokenScope>> places{
        {"/api/v1/contacts", CONTACT_WORK},   {"/api/v1/reference/", ADMINISTRATION},
        {"/api/v1/publications", PUBLISHING}, {"/api/v1/reminders", CASE_WORK},
        {"/api/v1/complaints", CASE_WORK},    {"/api/v1/authority-requests", CASE_WORK},
        {"/api/v1/destructions", DESTROYING},
    };
    for (const auto& [beginning, scope] : places)
        if (pattern.starts_with(beginning)) return scope;
    FAIL("a command elsewhere: " << pattern);
    return NO_SCOPE;
}

std::optional<TokenScope> wanted(const api::Route& route) {
    const auto& admission = route.admission;
    if (std::holds_alternative<api::Anyone>(admission) ||
        std::holds_alternative<api::WithSession>(admission) ||
        std::holds_alternative<api::WithAnySession>(admission))
        return std::nullopt;
    if (const auto found = expected.find(route.method + " " + route.pattern); found != expected.end())
        return found->second;
    if (route.gives == CommandTaken::descriptor()) return of_command(route.pattern);
    return READING;
}

std::string address_of(const api::Route& route, const Service& service) {
    auto target = route.pattern;
    if (const auto at = target.find("{id}"); at != std::string::npos) target.replace(at, 4, service.reminder);
    for (auto at = target.find('{'); at != std::string::npos; at = target.find('{'))
        target.replace(at, target.find('}') + 1 - at, "x");
    return target;
}

}  // namespace

TEST_CASE("every route asks a token for the scope that the table names, and for no other", "[tokens]") {
    Service service;
    const auto before = service.store->events().head();
    std::map<TokenScope, std::string> tokens;
    for (const auto scope : api::every_token_scope()) {
        tokens[scope] =
            service.application->services()
                .accounts
                .create_token(service.people.at(LAWYER).user_id, "one scope", std::chrono::days(1), {scope})
                ->secret;
    }
    CHECK(tokens.size() == 10);
    std::set<TokenScope> met;
    for (const auto& route : api::routes()) {
        const auto scope = wanted(route);
        INFO(route.method << " " << route.pattern);
        CHECK(api::scope_of(route) == scope);
        if (!scope) continue;
        met.insert(*scope);
        for (const auto& [has, token] : tokens) {
            INFO(TokenScope_Name(has));
            const auto response = service.send({.method = route.method,
                                                .target = address_of(route, service),
                                                .body = route.takes != nullptr ? "{}" : "",
                                                .token = token,
                                                .if_match = 999,
                                                .key = api::new_uuid()});
            const bool outside = response.status == 403 && type_of(response) == "outside-token-scope";
            CHECK(outside == (has != *scope));
            if (response.source) response.source->close();
        }
    }
    for (const auto scope : api::every_token_scope()) {
        INFO(TokenScope_Name(scope));
        CHECK(met.contains(scope));
    }
    CHECK(service.store->events().head().position == before.position);
}

TEST_CASE("a token outside its scope is told in words which one it lacks", "[tokens]") {
    Service service;
    const auto token =
        service.application->services()
            .accounts
            .create_token(service.people.at(REGISTRAR).user_id, "reader", std::chrono::days(1), {READING})
            ->secret;
    const auto refused = service.send({.method = "POST",
                                       .target = "/api/v1/imports",
                                       .body = "{}",
                                       .token = token,
                                       .headers = {{"Accept-Language", "en"}}});
    CHECK(refused.status == 403);
    CHECK(json_of(refused).at("detail").as_string() ==
          "The token was not given the scope importing. Make one that has it.");
}

TEST_CASE("a token is made for something, and says for what", "[tokens]") {
    Service service;
    const auto session = sign_in(service, LAWYER);
    const auto make = [&](const std::string& scopes) {
        return service.send(
            with(session, {.method = "POST",
                           .target = "/api/v1/tokens",
                           .body = R"({"label":"a","valid_days":1,"scopes":)" + scopes + "}"}));
    };
    for (const auto* none : {"[]", R"(["NO_SCOPE"])"}) {
        const auto refused = make(none);
        CHECK(refused.status == 422);
        CHECK(json_of(refused).at("errors").as_array().at(0).at("field").as_string() == "scopes");
    }
    CHECK(make(R"(["EVERYTHING"])").status == 400);
    REQUIRE(make(R"(["READING","EXPORTING"])").status == 201);
    const auto list = json_of(service.send(with(session, {.target = "/api/v1/tokens"})));
    for (const auto& token : list.at("tokens").as_array()) {
        if (token.at("label").as_string() == "a")
            CHECK(token.at("scopes") == boost::json::value{"READING", "EXPORTING"});
    }
}

TEST_CASE("a token made before there were scopes goes on with all of them", "[tokens]") {
    Service service;
    auto& secrets = service.store->secrets();
    for (const auto& [name, value] : secrets.scan("token/")) {
        auto kept = boost::json::parse(value).as_object();
        kept.erase("scopes");
        secrets.put(name, boost::json::serialize(kept));
    }
    CHECK(service.get("/api/v1/work-list", LAWYER).status == 200);
    CHECK(service.post("/api/v1/reminders", test::reminder_body, REGISTRAR).status == 201);
}
