// TOTP against the vectors of RFC 6238, and what a second factor does to signing in.

#include "api/login/second_factors.hpp"

#include <liboath/oath.h>

#include <catch2/catch.hpp>

#include "api/routes/route.hpp"
#include "tests/api/signing_in.hpp"

using namespace vastine;
using test::json_of;
using test::knock;
using test::Service;
using test::session_in;
using test::sign_in;
using test::SignedIn;
using test::type_of;
using test::with;

namespace {

// As an authenticator counts it: another function of the library than the one that checks.
std::string code_at(const std::string& base32, store::Instant at) {
    char* secret = nullptr;
    std::size_t length = 0;
    REQUIRE(oath_base32_decode(base32.data(), base32.size(), &secret, &length) == OATH_OK);
    std::array<char, 7> code{};
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(at.time_since_epoch()).count();
    REQUIRE(oath_totp_generate(secret, length, seconds, 30, 0, 6, code.data()) == OATH_OK);
    std::free(secret);
    return code.data();
}

std::string proof(std::string_view password, const std::string& code) {
    return boost::json::serialize(boost::json::object{{"password", password}, {"code", code}});
}

const std::string own = "/api/v1/session/second-factor";

struct Owner {
    std::string secret;
    std::vector<std::string> recovery;
};

// The session stays open.
Owner set_up(Service& service, const SignedIn& session) {
    const auto begun = service.send(with(session, {.method = "POST", .target = own}));
    REQUIRE(begun.status == 201);
    Owner owner{std::string(json_of(begun).at("secret").as_string()), {}};
    const auto confirmed =
        service.send(with(session, {.method = "PUT",
                                    .target = own,
                                    .body = proof(Service::password, code_at(owner.secret, service.at))}));
    REQUIRE(confirmed.status == 200);
    const auto view = json_of(confirmed);
    for (const auto& code : view.at("codes").as_array()) owner.recovery.emplace_back(code.as_string());
    return owner;
}

}  // namespace

TEST_CASE("codes are those of RFC 6238, appendix B, in six digits", "[second-factor]") {
    const std::string secret = "12345678901234567890";
    for (const auto& [seconds, code] :
         std::vector<std::pair<std::int64_t, std::string>>{{59, "287082"},
                                                           {1111111109, "081804"},
                                                           {1111111111, "050471"},
                                                           {1234567890, "005924"},
                                                           {2000000000, "279037"},
                                                           {20000000000, "353130"}}) {
        INFO(seconds);
        const auto step = static_cast<std::uint64_t>(seconds) / 30;
        CHECK(api::totp_step(secret, seconds, code) == step);
        // One step beside the clock, and not two.
        CHECK(api::totp_step(secret, seconds + 30, code) == step);
        if (seconds > 60) CHECK(api::totp_step(secret, seconds - 30, code) == step);
        CHECK_FALSE(api::totp_step(secret, seconds + 60, code));
        if (seconds > 90) CHECK_FALSE(api::totp_step(secret, seconds - 60, code));
    }
    for (const auto* none : {"", "28708", "2870820", "28708a", "28708\0", "-28708", "287 82"})
        CHECK_FALSE(api::totp_step(secret, 59, none));
}

TEST_CASE("a second factor counts once a code of it was given, with the password", "[second-factor]") {
    Service service;
    const auto session = sign_in(service, LAWYER);
    const auto begun = service.send(with(session, {.method = "POST", .target = own}));
    REQUIRE(begun.status == 201);
    const auto view = json_of(begun);
    const std::string secret(view.at("secret").as_string());
    CHECK(secret.size() == 32);
    CHECK(view.at("address").as_string() == "otpauth://totp/Vastine:user4?secret=" + secret +
                                                "&issuer=Vastine&algorithm=SHA1&digits=6&period=30");
    CHECK(view.at("picture").as_string().find("<svg") != std::string::npos);
    CHECK(knock(service, "user4", Service::password).status == 201);

    const auto confirm = [&](std::string_view password, const std::string& code) {
        return service.send(with(session, {.method = "PUT", .target = own, .body = proof(password, code)}));
    };
    CHECK(confirm(Service::password, "000000").status == 422);
    CHECK(confirm("not the password", code_at(secret, service.at)).status == 422);
    CHECK_FALSE(json_of(service.send(with(session, {.target = own}))).at("on").as_bool());
    const auto codes = confirm(Service::password, code_at(secret, service.at));
    REQUIRE(codes.status == 200);
    CHECK(json_of(codes).at("codes").as_array().size() == 10);
    const auto state = json_of(service.send(with(session, {.target = own})));
    CHECK(state.at("on").as_bool());
    CHECK(state.at("recovery_codes_left").as_int64() == 10);
    CHECK(type_of(service.send(with(session, {.method = "POST", .target = own}))) == "conflict");
}

TEST_CASE("setting it up ends the sessions that had shown a password only", "[second-factor]") {
    Service service;
    const auto other = sign_in(service, LAWYER);
    const auto session = sign_in(service, LAWYER);
    (void)set_up(service, session);
    CHECK(service.send(with(session, {.target = "/api/v1/session"})).status == 200);
    CHECK(service.send(with(other, {.target = "/api/v1/session"})).status == 401);
}

TEST_CASE("with a second factor a password alone opens nothing, and says so only when it is right",
          "[second-factor]") {
    Service service;
    const auto owner = set_up(service, sign_in(service, LAWYER));
    service.at += std::chrono::minutes(1);
    CHECK(type_of(knock(service, "user4", "not the password")) == "wrong-credentials");
    CHECK(type_of(knock(service, "user4", "not the password", "192.0.2.1",
                        code_at(owner.secret, service.at))) == "wrong-credentials");
    const auto alone = knock(service, "user4", Service::password);
    CHECK(alone.status == 401);
    CHECK(type_of(alone) == "second-factor-required");
    CHECK(alone.headers.count("Set-Cookie") == 0);
    CHECK(type_of(knock(service, "user4", Service::password, "192.0.2.1", "000000")) == "wrong-code");
    const auto opened =
        knock(service, "user4", Service::password, "192.0.2.1", code_at(owner.secret, service.at));
    REQUIRE(opened.status == 201);
    CHECK(json_of(opened).at("means").as_string() == "second-factor");
}

TEST_CASE("no code opens twice, nor one older than the last", "[second-factor]") {
    Service service;
    const auto owner = set_up(service, sign_in(service, LAWYER));
    // That of the setting up is used.
    CHECK(knock(service, "user4", Service::password, "192.0.2.1", code_at(owner.secret, service.at)).status ==
          401);
    service.at += std::chrono::minutes(1);
    const auto code = code_at(owner.secret, service.at);
    const auto before = code_at(owner.secret, service.at - std::chrono::seconds(30));
    CHECK(knock(service, "user4", Service::password, "192.0.2.1", code).status == 201);
    CHECK(knock(service, "user4", Service::password, "192.0.2.1", code).status == 401);
    CHECK(knock(service, "user4", Service::password, "192.0.2.1", before).status == 401);
}

TEST_CASE("a recovery code opens once, however it is typed", "[second-factor]") {
    Service service;
    const auto owner = set_up(service, sign_in(service, LAWYER));
    std::string typed;
    for (const char c : owner.recovery.at(3))
        if (c != '-') typed += static_cast<char>(std::tolower(c));
    CHECK(knock(service, "user4", Service::password, "192.0.2.1", typed).status == 201);
    CHECK(knock(service, "user4", Service::password, "192.0.2.1", typed).status == 401);
    CHECK(service.application->services()
              .second_factors.state(service.people.at(LAWYER).user_id)
              ->recovery_codes_left == 9);
    // Another person's is nobody else's.
    const auto others = set_up(service, sign_in(service, REGISTRAR));
    CHECK(knock(service, "user4", Service::password, "192.0.2.1", others.recovery.at(0)).status == 401);
}

TEST_CASE("wrong codes make an account pause like wrong passwords", "[second-factor]") {
    Service service;
    const auto owner = set_up(service, sign_in(service, LAWYER));
    service.at += std::chrono::minutes(1);
    for (int i = 0; i < 5; ++i) {
        CHECK(knock(service, "user4", Service::password, "192.0.2." + std::to_string(i), "000000").status ==
              401);
        // The right password between them forgives nothing.
        CHECK(knock(service, "user4", Service::password).status == (i < 4 ? 401 : 429));
    }
    CHECK(knock(service, "user4", Service::password, "192.0.2.9", code_at(owner.secret, service.at)).status ==
          429);
}

TEST_CASE("nothing of a second factor is kept readable, and nothing in the log", "[second-factor]") {
    Service service;
    const auto before = service.store->events().head();
    const auto owner = set_up(service, sign_in(service, LAWYER));
    CHECK(service.store->events().head().position == before.position);
    for (const auto& [name, value] : service.store->secrets().scan("second-factor/")) {
        for (const auto& code : owner.recovery) CHECK(value.find(code) == std::string::npos);
    }
    const auto listed = service.send(with(sign_in(service, REGISTRAR), {.target = own}));
    CHECK(listed.body.find(owner.secret) == std::string::npos);
}

TEST_CASE("it outlives a restart", "[second-factor]") {
    Service service;
    const auto owner = set_up(service, sign_in(service, LAWYER));
    service.at += std::chrono::minutes(1);
    api::SecondFactors again(service.store->secrets(), [&] { return service.at; });
    const auto& user_id = service.people.at(LAWYER).user_id;
    CHECK(again.is_on(user_id));
    CHECK_FALSE(again.is_on(service.people.at(REGISTRAR).user_id));
    CHECK(again.check(user_id, code_at(owner.secret, service.at)));
}

TEST_CASE("its owner switches it off with password and code, never with one of them", "[second-factor]") {
    Service service;
    const auto session = sign_in(service, LAWYER);
    const auto owner = set_up(service, session);
    service.at += std::chrono::minutes(1);
    const auto off = [&](std::string_view password, const std::string& code) {
        return service.send(
            with(session, {.method = "POST", .target = own + "/off", .body = proof(password, code)}));
    };
    CHECK(off(Service::password, "").status == 422);
    CHECK(off(Service::password, "000000").status == 422);
    CHECK(off("not the password", code_at(owner.secret, service.at)).status == 422);
    CHECK(off(Service::password, code_at(owner.secret, service.at)).status == 204);
    CHECK(knock(service, "user4", Service::password).status == 201);
}

TEST_CASE("new recovery codes take the place of the old ones", "[second-factor]") {
    Service service;
    const auto session = sign_in(service, LAWYER);
    const auto owner = set_up(service, session);
    service.at += std::chrono::minutes(1);
    const auto renewed =
        service.send(with(session, {.method = "POST",
                                    .target = own + "/recovery-codes",
                                    .body = proof(Service::password, code_at(owner.secret, service.at))}));
    REQUIRE(renewed.status == 201);
    const std::string fresh(json_of(renewed).at("codes").as_array().at(0).as_string());
    CHECK(knock(service, "user4", Service::password, "192.0.2.1", owner.recovery.at(0)).status == 401);
    CHECK(knock(service, "user4", Service::password, "192.0.2.1", fresh).status == 201);
}

TEST_CASE("the administrator switches off somebody else's, which ends their sessions", "[second-factor]") {
    Service service;
    const auto session = sign_in(service, LAWYER);
    (void)set_up(service, session);
    const auto drop = [&](Role whose) {
        return service.send({.method = "DELETE",
                             .target = "/api/v1/users/" + service.people.at(whose).user_id + "/second-factor",
                             .token = service.people.at(ADMINISTRATOR).token});
    };
    CHECK(drop(LAWYER).status == 204);
    CHECK(service.send(with(session, {.target = "/api/v1/session"})).status == 401);
    CHECK(knock(service, "user4", Service::password).status == 201);
    CHECK(drop(ADMINISTRATOR).status == 409);
}

TEST_CASE("where it is required, a session without it is for setting it up alone", "[second-factor]") {
    Service service(Service::generous(), [](api::ServerOptions& options) {
        options.second_factor_duty = api::SecondFactorDuty::Everybody;
    });
    const auto response = knock(service, "user4", Service::password);
    CHECK(json_of(response).at("second_factor_required").as_bool());
    const auto session = session_in(response);
    std::size_t closed = 0;
    for (const auto& route : api::routes()) {
        if (std::holds_alternative<api::Anyone>(route.admission) ||
            std::holds_alternative<api::WithAnySession>(route.admission))
            continue;
        auto target = route.pattern;
        if (const auto at = target.find("{id}"); at != std::string::npos)
            target.replace(at, 4, service.reminder);
        for (auto at = target.find('{'); at != std::string::npos; at = target.find('{'))
            target.replace(at, target.find('}') + 1 - at, "x");
        INFO(route.method << " " << route.pattern);
        const auto refused = service.send(with(session, {.method = route.method,
                                                         .target = target,
                                                         .body = route.takes != nullptr ? "{}" : "",
                                                         .if_match = 1,
                                                         .key = api::new_uuid()}));
        CHECK(type_of(refused) == "second-factor-set-up-required");
        ++closed;
    }
    CHECK(closed > 100);
    // Tokens of programs go on.
    CHECK(service.get("/api/v1/work-list", LAWYER).status == 200);
    const auto owner = set_up(service, session);
    CHECK(service.send(with(session, {.target = "/api/v1/work-list"})).status == 200);
    // Switched off, the duty is there again.
    service.at += std::chrono::minutes(1);
    CHECK(service
              .send(with(session, {.method = "POST",
                                   .target = own + "/off",
                                   .body = proof(Service::password, code_at(owner.secret, service.at))}))
              .status == 204);
    CHECK(service.send(with(session, {.target = "/api/v1/work-list"})).status == 403);
}

TEST_CASE("a given password is changed before a second factor is set up", "[second-factor]") {
    Service service;
    REQUIRE(service
                .send({.method = "PUT",
                       .target = "/api/v1/users/" + service.people.at(LAWYER).user_id + "/password",
                       .body = R"({"password":"given by the administrator"})",
                       .token = service.people.at(ADMINISTRATOR).token})
                .status == 204);
    const auto session = session_in(knock(service, "user4", "given by the administrator"));
    CHECK(type_of(service.send(with(session, {.method = "POST", .target = own}))) ==
          "password-change-required");
}
