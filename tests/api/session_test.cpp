// Signing in and out, the CSRF token, bearer tokens, passwords, and how often one may fail.

#include <catch2/catch.hpp>

#include "api/routes/route.hpp"
#include "tests/api/signing_in.hpp"

using namespace vastine;
using test::json_of;
using test::knock;
using test::Service;
using test::sign_in;
using test::SignedIn;
using test::type_of;
using test::with;

TEST_CASE("signing in sets a cookie that no script and no other site can use", "[sessions]") {
    Service service;
    const auto response = knock(service, "user3", Service::password);
    CHECK(response.status == 201);
    const std::string cookie(response.headers.get("Set-Cookie"));
    CHECK(cookie.starts_with("__Host-vastine="));
    for (const auto* part : {"; Path=/", "; Secure", "; HttpOnly", "; SameSite=Strict"}) {
        CHECK(cookie.find(part) != std::string::npos);
    }
    CHECK(cookie.find("Domain") == std::string::npos);
    const auto view = json_of(response);
    CHECK(view.at("roles").as_array().at(0).as_string() == "REGISTRAR");
    CHECK(response.body.find(cookie.substr(15, 20)) == std::string::npos);
}

TEST_CASE("a session says which units its user heads, and whether contacts may wait on a device",
          "[sessions]") {
    Service service;
    const auto head = json_of(knock(service, service.people.at(UNIT_HEAD).login, Service::password));
    REQUIRE(head.at("units").as_array().size() == 1);
    const auto& unit = head.at("units").as_array().at(0).as_object();
    CHECK(unit.at("unit_id").as_string() == "sairaala");
    CHECK(unit.at("name").as_string() == "sairaala");
    CHECK_FALSE(head.at("offline_queue_off").as_bool());
    REQUIRE(service
                .post("/api/v1/reference/organisation/organisation",
                      R"({"name":{"fi":"a","sv":"b","en":"c"},"offline_queue_off":true})", ADMINISTRATOR, 0)
                .status == 200);
    const auto session = sign_in(service, OMBUDSMAN);
    const auto seen = json_of(service.send(with(session, {.target = "/api/v1/session"}, "")));
    CHECK(seen.at("offline_queue_off").as_bool());
    CHECK(seen.at("units").as_array().empty());
}

TEST_CASE("a wrong password and an unknown login are refused alike", "[sessions]") {
    Service service;
    const auto wrong = knock(service, "user3", "not the password");
    const auto unknown = knock(service, "nobody", "not the password");
    CHECK(wrong.status == 401);
    CHECK(wrong.body == unknown.body);
    CHECK(wrong.headers.count("Set-Cookie") == 0);
}

TEST_CASE("with a cookie, what changes anything needs the session's own CSRF token", "[sessions]") {
    Service service;
    const auto session = sign_in(service, REGISTRAR);
    const auto other = sign_in(service, REGISTRAR);
    const test::Sent open{
        .method = "POST", .target = "/api/v1/reminders", .body = test::reminder_body, .key = api::new_uuid()};
    CHECK(type_of(service.send(with(session, open, ""))) == "wrong-csrf-token");
    CHECK(service.send(with(session, open, other.csrf_token)).status == 403);
    CHECK(service.send(with(session, open, session.csrf_token)).status == 201);
    CHECK(service.send(with(session, {.target = "/api/v1/work-list"}, "")).status == 200);
}

TEST_CASE("a session ends when signed out, idle too long, or old", "[sessions]") {
    Service service;
    const auto asks = [&](const SignedIn& session) {
        return service.send(with(session, {.target = "/api/v1/session"}, "")).status;
    };
    const auto first = sign_in(service, LAWYER);
    CHECK(asks(first) == 200);
    CHECK(service.send(with(first, {.method = "DELETE", .target = "/api/v1/session"}, first.csrf_token))
              .status == 204);
    CHECK(asks(first) == 401);

    const auto idle = sign_in(service, LAWYER);
    service.at += std::chrono::minutes(29);
    CHECK(asks(idle) == 200);
    service.at += std::chrono::minutes(29);
    CHECK(asks(idle) == 200);
    service.at += std::chrono::minutes(31);
    CHECK(asks(idle) == 401);

    const auto busy = sign_in(service, LAWYER);
    for (int i = 0; i < 29; ++i) {
        service.at += std::chrono::minutes(20);
        CHECK(asks(busy) == 200);
    }
    service.at += std::chrono::minutes(21);
    CHECK(asks(busy) == 401);
}

TEST_CASE("after five failures an account pauses, whoever knocks, and then opens again", "[sessions]") {
    Service service;
    for (int i = 0; i < 5; ++i)
        CHECK(knock(service, "user3", "wrong", "192.0.2." + std::to_string(i)).status == 401);
    const auto paused = knock(service, "user3", Service::password, "192.0.2.99");
    CHECK(paused.status == 429);
    CHECK(paused.headers.get("Retry-After") == "300");
    CHECK(knock(service, "user4", Service::password, "192.0.2.99").status == 201);
    service.at += std::chrono::minutes(6);
    CHECK(knock(service, "user3", Service::password).status == 201);
}

TEST_CASE("an address that fails with many logins pauses too", "[sessions]") {
    Service service;
    for (int i = 0; i < 20; ++i) CHECK(knock(service, "guess" + std::to_string(i), "wrong").status == 401);
    CHECK(knock(service, "user3", Service::password).status == 429);
    CHECK(knock(service, "user3", Service::password, "192.0.2.2").status == 201);
}

TEST_CASE("a bearer token is shown once, works, and can be revoked", "[sessions]") {
    Service service;
    const auto session = sign_in(service, REGISTRAR);
    const auto made =
        service.send(with(session,
                          {.method = "POST",
                           .target = "/api/v1/tokens",
                           .body = R"({"label":"patient system","valid_days":90,"scopes":["READING"]})"},
                          session.csrf_token));
    REQUIRE(made.status == 201);
    const std::string secret(json_of(made).at("secret").as_string());
    const std::string id(json_of(made).at("token_id").as_string());
    CHECK(secret.starts_with("vst_"));
    CHECK(service.send({.target = "/api/v1/work-list", .token = secret}).status == 200);
    const auto list = service.send(with(session, {.target = "/api/v1/tokens"}, ""));
    CHECK(list.body.find(secret) == std::string::npos);
    CHECK(list.body.find(id) != std::string::npos);
    for (const auto& [name, value] : service.store->secrets().scan("")) {
        CHECK(name.find(secret.substr(4)) == std::string::npos);
        CHECK(value.find(secret.substr(4)) == std::string::npos);
    }
    const auto revoked = service.send(
        with(session, {.method = "DELETE", .target = "/api/v1/tokens/" + id}, session.csrf_token));
    CHECK(revoked.status == 204);
    CHECK(service.send({.target = "/api/v1/work-list", .token = secret}).status == 401);
}

TEST_CASE("changing one's password needs the present one and ends every session", "[sessions]") {
    Service service;
    const auto session = sign_in(service, LAWYER);
    const auto change = [&](const std::string& current, const std::string& next) {
        return service.send(
            with(session,
                 {.method = "PUT",
                  .target = "/api/v1/session/password",
                  .body = R"({"current_password":")" + current + R"(","password":")" + next + R"("})"},
                 session.csrf_token));
    };
    const std::string present(Service::password);
    CHECK(change("wrong", "a new long password").status == 422);
    const auto brief = change(present, "short");
    CHECK(brief.status == 422);
    CHECK(json_of(brief).at("errors").as_array().at(0).as_object().at("field").as_string() == "password");
    CHECK(change(present, "a new long password").status == 204);
    CHECK(service.send(with(session, {.target = "/api/v1/session"}, "")).status == 401);
    CHECK(knock(service, "user4", present).status == 401);
    CHECK(knock(service, "user4", "a new long password").status == 201);
}

TEST_CASE("a new password is another than the present one", "[sessions]") {
    Service service;
    const auto session = sign_in(service, LAWYER);
    const std::string present(Service::password);
    const auto same = service.send(
        with(session,
             {.method = "PUT",
              .target = "/api/v1/session/password",
              .body = R"({"current_password":")" + present + R"(","password":")" + present + R"("})"},
             session.csrf_token));
    CHECK(same.status == 422);
    CHECK(json_of(same).at("errors").as_array().at(0).as_object().at("field").as_string() == "password");
    CHECK(service.send(with(session, {.target = "/api/v1/session"}, "")).status == 200);
}

namespace {

api::Response give_password(Service& service, const std::string& user_id, const std::string& password) {
    return service.send({.method = "PUT",
                         .target = "/api/v1/users/" + user_id + "/password",
                         .body = R"({"password":")" + password + R"("})",
                         .token = service.people.at(ADMINISTRATOR).token});
}

}  // namespace

TEST_CASE("the administrator sets a password, for users there are", "[sessions]") {
    Service service;
    CHECK(give_password(service, service.people.at(BOARD).user_id, "given by the administrator").status ==
          204);
    CHECK(knock(service, "user6", Service::password).status == 401);
    CHECK(knock(service, "user6", "given by the administrator").status == 201);
    CHECK(
        give_password(service, "d0000000-0000-4000-8000-000000000000", "given by the administrator").status ==
        404);
}

TEST_CASE("a password that somebody else gave opens its change and nothing else", "[sessions]") {
    Service service;
    const std::string given = "given by the administrator";
    REQUIRE(give_password(service, service.people.at(REGISTRAR).user_id, given).status == 204);
    const auto response = knock(service, "user3", given);
    REQUIRE(response.status == 201);
    CHECK(json_of(response).at("password_change_required").as_bool());
    const std::string cookie(response.headers.get("Set-Cookie"));
    const SignedIn session{cookie.substr(0, cookie.find(';')),
                           std::string(json_of(response).at("csrf_token").as_string())};

    std::size_t closed = 0;
    for (const auto& route : api::routes()) {
        const auto name = route.method + " " + route.pattern;
        const bool open = std::holds_alternative<api::Anyone>(route.admission) ||
                          name == "GET /api/v1/session" || name == "PUT /api/v1/session/password" ||
                          name == "DELETE /api/v1/session";
        if (open) continue;
        INFO(name);
        auto target = route.pattern;
        if (const auto at = target.find("{id}"); at != std::string::npos)
            target.replace(at, 4, service.reminder);
        for (auto at = target.find('{'); at != std::string::npos; at = target.find('{')) {
            target.replace(at, target.find('}') + 1 - at, "x");
        }
        const auto refused = service.send(with(session,
                                               {.method = route.method,
                                                .target = target,
                                                .body = route.takes != nullptr ? "{}" : "",
                                                .if_match = 1,
                                                .key = api::new_uuid()},
                                               session.csrf_token));
        CHECK(refused.status == 403);
        CHECK(type_of(refused) == "password-change-required");
        ++closed;
    }
    CHECK(closed > 100);
    const auto view = service.send(with(session, {.target = "/api/v1/session"}, ""));
    CHECK(json_of(view).at("password_change_required").as_bool());

    const auto change = [&](const std::string& next) {
        return service
            .send(with(session,
                       {.method = "PUT",
                        .target = "/api/v1/session/password",
                        .body = R"({"current_password":")" + given + R"(","password":")" + next + R"("})"},
                       session.csrf_token))
            .status;
    };
    CHECK(change(given) == 422);
    CHECK(change("one that only I know") == 204);
    const auto after = knock(service, "user3", "one that only I know");
    CHECK_FALSE(json_of(after).at("password_change_required").as_bool());
    const std::string new_cookie(after.headers.get("Set-Cookie"));
    const SignedIn own{new_cookie.substr(0, new_cookie.find(';')), ""};
    CHECK(service.send(with(own, {.target = "/api/v1/work-list"}, "")).status == 200);
}

TEST_CASE("who must change a password can sign out instead", "[sessions]") {
    Service service;
    REQUIRE(give_password(service, service.people.at(LAWYER).user_id, "given by the administrator").status ==
            204);
    const auto response = knock(service, "user4", "given by the administrator");
    const std::string cookie(response.headers.get("Set-Cookie"));
    const SignedIn session{cookie.substr(0, cookie.find(';')),
                           std::string(json_of(response).at("csrf_token").as_string())};
    CHECK(service.send(with(session, {.method = "DELETE", .target = "/api/v1/session"}, session.csrf_token))
              .status == 204);
    CHECK(service.send(with(session, {.target = "/api/v1/session"}, "")).status == 401);
}

TEST_CASE("an administrator's own password is nobody else's", "[sessions]") {
    Service service;
    REQUIRE(give_password(service, service.people.at(ADMINISTRATOR).user_id, "chosen by myself").status ==
            204);
    const auto response = knock(service, "user8", "chosen by myself");
    CHECK_FALSE(json_of(response).at("password_change_required").as_bool());
}

TEST_CASE("a password kept before there was a mark for given ones still opens", "[sessions]") {
    Service service;
    const auto& user_id = service.people.at(LAWYER).user_id;
    // As it was written then: the hash and nothing else.
    const auto kept = service.store->secrets().get("password/" + user_id);
    REQUIRE(kept.has_value());
    CHECK(kept->starts_with("$argon2id$"));
    const auto response = knock(service, "user4", Service::password);
    CHECK(response.status == 201);
    CHECK_FALSE(json_of(response).at("password_change_required").as_bool());
}

TEST_CASE("the duty to change a given password outlives a restart and a dearer hash", "[sessions]") {
    Service service;
    const auto& user_id = service.people.at(LAWYER).user_id;
    REQUIRE(give_password(service, user_id, "given by the administrator").status == 204);
    api::Accounts dearer(
        service.store->secrets(), [&] { return service.at; }, api::PasswordCost::Interactive);
    REQUIRE(dearer.verify(user_id, "given by the administrator"));
    api::Accounts again(
        service.store->secrets(), [&] { return service.at; }, api::PasswordCost::Interactive);
    CHECK(again.verify(user_id, "given by the administrator"));
    CHECK(again.open_session(user_id).password_change_required);
}
