// Signing in at the organisation's provider, from the redirect out to the session, and every way it can fail.

#include <boost/url.hpp>
#include <catch2/catch.hpp>

#include "tests/api/login/openid/signing_provider.hpp"
#include "tests/api/signing_in.hpp"

using namespace vastine;
using test::json_of;
using test::knock;
using test::openid_settings;
using test::Service;
using test::SigningKey;
using test::SigningProvider;
using test::type_of;

namespace json = boost::json;

namespace {

struct House {
    SigningProvider provider;
    Service service;

    explicit House(const std::function<void(api::openid::Settings&)>& change = {}) {
        auto settings = openid_settings();
        if (change) change(settings);
        auto& services = service.application->services();
        services.openid = std::make_unique<api::openid::Door>(
            settings, "https://vastine.example.fi", services.now,
            [this](const api::openid::Exchange& exchange) { return provider.answer(exchange); });
        belongs_to("maija", {"registry"});
    }

    void belongs_to(const std::string& login, const std::vector<std::string>& groups) {
        provider.claims = [this, login, groups](const std::string& nonce) {
            const auto second =
                std::chrono::duration_cast<std::chrono::seconds>(service.at.time_since_epoch()).count();
            return json::object{{"iss", SigningProvider::issuer},
                                {"aud", "vastine"},
                                {"sub", "subject of " + login},
                                {"sid", "session of " + login},
                                {"iat", second},
                                {"exp", second + 300},
                                {"nonce", nonce},
                                {"preferred_username", login},
                                {"name", "Maija Meikäläinen"},
                                {"groups", json::array(groups.begin(), groups.end())}};
        };
    }

    struct Way {
        std::string cookie;
        std::string state;
        std::map<std::string, std::string> asked;
    };
    Way start() {
        const auto response = service.send({.target = "/api/v1/openid/start"});
        REQUIRE(response.status == 303);
        const std::string location(response.headers.get("Location"));
        const boost::urls::url_view address(location);
        Way way;
        const std::string cookie(response.headers.get("Set-Cookie"));
        way.cookie = cookie.substr(0, cookie.find(';'));
        for (const auto& parameter : address.params()) way.asked[parameter.key] = parameter.value;
        way.state = way.asked["state"];
        provider.nonce = way.asked["nonce"];
        return way;
    }
    api::Response come_back(const std::string& cookie, const std::string& query) {
        return service.send(
            {.target = "/api/v1/openid/callback?" + query, .headers = {{"Cookie", "a=b; " + cookie}}});
    }
    api::Response sign_in() {
        const auto way = start();
        return come_back(way.cookie,
                         "code=abc&session_state=x.y&iss=https%3A%2F%2Flogin.example.fi&state=" + way.state);
    }
    const SetUser* user(const std::string& login) {
        everyone = service.application->services().directory.everyone();
        return everyone->reference.user_with_login(login);
    }
    std::shared_ptr<const api::Directory::Everyone> everyone;
};

std::string session_cookie(const api::Response& response) {
    for (const auto& [name, value] : response.headers.all()) {
        if (name == "Set-Cookie" && value.starts_with("__Host-vastine="))
            return value.substr(0, value.find(';'));
    }
    return {};
}

std::string where(const api::Response& response) {
    REQUIRE(response.status == 303);
    return std::string(response.headers.get("Location"));
}

void fails(const api::Response& response, const std::string& word) {
    CHECK(where(response) == "/?sign_in=" + word);
    CHECK(session_cookie(response).empty());
}

}  // namespace

TEST_CASE("the way out asks for a code with state, nonce and a challenge", "[openid]") {
    House house;
    const auto way = house.start();
    CHECK(way.asked.at("response_type") == "code");
    CHECK(way.asked.at("client_id") == "vastine");
    CHECK(way.asked.at("redirect_uri") == "https://vastine.example.fi/api/v1/openid/callback");
    CHECK(way.asked.at("scope") == "openid profile email");
    CHECK(way.asked.at("code_challenge_method") == "S256");
    CHECK(way.asked.at("code_challenge").size() == 43);
    const auto again = house.start();
    for (const auto* fresh : {"state", "nonce", "code_challenge"})
        CHECK(again.asked.at(fresh) != way.asked.at(fresh));
    // The secret that the three are made of leaves in the cookie alone.
    const auto secret = way.cookie.substr(way.cookie.find('=') + 1);
    for (const auto& [name, value] : way.asked) CHECK(value.find(secret) == std::string::npos);
}

TEST_CASE("whoever has a role by their groups is let in, and written down as a user", "[openid]") {
    House house;
    const auto response = house.sign_in();
    CHECK(where(response) == "/");
    const auto cookie = session_cookie(response);
    REQUIRE_FALSE(cookie.empty());
    const auto* user = house.user("maija");
    REQUIRE(user != nullptr);
    CHECK(user->name() == "Maija Meikäläinen");
    CHECK(user->roles().at(0) == REGISTRAR);
    CHECK(user->sectors().at(0) == "health");
    const auto view =
        json_of(house.service.send({.target = "/api/v1/session", .headers = {{"Cookie", cookie}}}));
    CHECK(view.at("means").as_string() == "provider");
    CHECK(view.at("sign_out_address").as_string() ==
          "https://login.example.fi/"
          "end?client_id=vastine&post_logout_redirect_uri=https%3A%2F%2Fvastine.example.fi%2F");
    // The provider was given the verifier, and the client's secret in no address.
    REQUIRE(house.provider.exchanges.size() == 1);
    const auto& exchange = house.provider.exchanges.front();
    CHECK(exchange.user == "vastine");
    CHECK(exchange.password == "a%20client%27s%20secret%3A%201%2F2");
    CHECK(exchange.url == "https://login.example.fi/token");
}

TEST_CASE("a known user keeps what the provider does not tell, and gets today's roles", "[openid]") {
    House house;
    house.belongs_to("USER3", {"ombudsmen"});  // was a registrar; a login is the same in capitals
    CHECK(where(house.sign_in()) == "/");
    const auto* user = house.user("user3");
    REQUIRE(user != nullptr);
    CHECK(user->user_id() == house.service.people.at(REGISTRAR).user_id);
    CHECK(user->login() == "user3");
    CHECK(user->language() == "en");
    REQUIRE(user->roles_size() == 1);
    CHECK(user->roles(0) == OMBUDSMAN);
    const auto version = house.service.version("reference-users");
    CHECK(where(house.sign_in()) == "/");
    CHECK(house.service.version("reference-users") == version);
}

TEST_CASE("groups give roles together, and none that do not go together", "[openid]") {
    House house;
    house.belongs_to("maija", {"registry", "heads", "something else"});
    CHECK(where(house.sign_in()) == "/");
    const auto* user = house.user("maija");
    CHECK(user->roles_size() == 2);
    CHECK(user->units().at(0) == "sairaala");
    CHECK(user->sectors().empty());  // the heads have all
    house.belongs_to("maija", {"registry", "ombudsmen"});
    fails(house.sign_in(), "impossible");
    house.belongs_to("pekka", {"ombudsmen", "registry"});
    fails(house.sign_in(), "impossible");
    CHECK(house.user("pekka") == nullptr);
}

TEST_CASE("whoever has no role stays outside, and what sessions they had are over", "[openid]") {
    House house;
    const auto cookie = session_cookie(house.sign_in());
    house.belongs_to("maija", {"something else"});
    fails(house.sign_in(), "no-role");
    CHECK(house.service.send({.target = "/api/v1/session", .headers = {{"Cookie", cookie}}}).status == 401);
    house.belongs_to("pekka", {});
    fails(house.sign_in(), "no-role");
    CHECK(house.user("pekka") == nullptr);
}

TEST_CASE("an account that the administrator has closed stays closed", "[openid]") {
    House house;
    (void)house.sign_in();
    auto closed = *house.user("maija");
    closed.set_active(false);
    json::object body{{"user_id", closed.user_id()},
                      {"login", "maija"},
                      {"name", closed.name()},
                      {"roles", json::array{"REGISTRAR"}},
                      {"language", "fi"}};
    REQUIRE(house.service
                .post("/api/v1/reference/users/users", json::serialize(body), ADMINISTRATOR,
                      house.service.version("reference-users"))
                .status == 200);
    fails(house.sign_in(), "closed");
}

TEST_CASE("a state that this browser was not given opens nothing", "[openid]") {
    House house;
    const auto way = house.start();
    const auto other = house.start();
    fails(house.come_back(way.cookie, "code=abc&state=" + other.state), "stale");
    fails(house.come_back(way.cookie, "code=abc&state="), "stale");
    fails(house.come_back("", "code=abc&state=" + way.state), "stale");
    fails(house.come_back("__Host-vastine-openid=", "code=abc&state=" + way.state), "stale");
    CHECK(house.provider.exchanges.empty());
}

TEST_CASE("a token for another sign-in, client, issuer or time opens nothing", "[openid]") {
    House house;
    const auto with = [&](std::string_view claim, const json::value& value) {
        const auto good = house.provider.claims;
        house.provider.claims = [=](const std::string& nonce) {
            auto claims = good(nonce);
            claims[claim] = value;
            return claims;
        };
        fails(house.sign_in(), "not-believed");
        house.provider.claims = good;
    };
    with("nonce", "another");
    with("nonce", nullptr);
    with("aud", "another");
    with("iss", "https://evil.example.fi");
    with("exp", 1000);
    with("preferred_username", "");
    CHECK(where(house.sign_in()) == "/");
}

TEST_CASE("an answer of another provider is not taken (RFC 9207)", "[openid]") {
    House house;
    const auto way = house.start();
    fails(house.come_back(way.cookie, "code=abc&iss=https%3A%2F%2Fevil.example.fi&state=" + way.state),
          "not-believed");
    CHECK(house.provider.exchanges.empty());
}

TEST_CASE("the provider's new keys are fetched when they are met, at most once a minute", "[openid]") {
    House house;
    CHECK(where(house.sign_in()) == "/");
    CHECK(house.provider.asked_for_keys == 1);
    house.provider.key = std::make_shared<SigningKey>("second");
    CHECK(where(house.sign_in()) == "/");
    CHECK(house.provider.asked_for_keys == 2);
    // Names of keys that somebody makes up.
    const auto honest = house.provider.key;
    auto& provider = house.service.application->services().openid->provider;
    for (int i = 0; i < 5; ++i) {
        const SigningKey thief("made up");
        CHECK_FALSE(provider.verified(thief.sign(house.provider.claims("n"), "RS256")));
    }
    CHECK(house.provider.asked_for_keys == 2);
    house.service.at += std::chrono::minutes(1);
    house.provider.key = std::make_shared<SigningKey>("third");
    CHECK(where(house.sign_in()) == "/");
    CHECK(house.provider.asked_for_keys == 3);
}

TEST_CASE("a provider that is away is told of, and one that calls itself something else is not followed",
          "[openid]") {
    House house;
    house.provider.away = true;
    fails(house.service.send({.target = "/api/v1/openid/start"}), "away");
    house.provider.away = false;
    house.provider.wrong_issuer = true;
    fails(house.service.send({.target = "/api/v1/openid/start"}), "away");
    house.provider.wrong_issuer = false;
    const auto way = house.start();
    house.provider.away = true;
    fails(house.come_back(way.cookie, "code=abc&state=" + way.state), "away");
}

TEST_CASE("who changes their mind at the provider comes back without a fault of theirs", "[openid]") {
    House house;
    for (int i = 0; i < 30; ++i) {
        const auto way = house.start();
        fails(house.come_back(way.cookie, "error=access_denied&error_description=x&state=" + way.state),
              "refused");
    }
    CHECK(knock(house.service, "user3", Service::password).status == 201);
}

TEST_CASE("an address that makes up answers pauses", "[openid]") {
    House house;
    const auto good = house.provider.claims;
    house.provider.claims = [&](const std::string&) { return good("another nonce"); };
    for (int i = 0; i < 20; ++i) fails(house.sign_in(), "not-believed");
    fails(house.sign_in(), "too-many");
    CHECK(house.provider.exchanges.size() == 20);
}

TEST_CASE("the page for signing in is told which ways there are", "[openid]") {
    Service plain;
    const auto ways = json_of(plain.send({.target = "/api/v1/sign-in"}));
    CHECK(ways.at("password").as_bool());
    CHECK_FALSE(ways.at("provider").as_bool());
    CHECK(plain.send({.target = "/api/v1/openid/start"}).status == 404);
    CHECK(plain.send({.target = "/api/v1/openid/callback?code=a&state=b"}).status == 404);

    House closed([](api::openid::Settings& settings) { settings.local_accounts = false; });
    const auto provider_only = json_of(closed.service.send({.target = "/api/v1/sign-in"}));
    CHECK_FALSE(provider_only.at("password").as_bool());
    CHECK(provider_only.at("provider_name").as_string() == "Esimerkin tunnus");
    CHECK(type_of(knock(closed.service, "user3", Service::password)) == "passwords-closed");
    // Programs go on with their tokens.
    CHECK(closed.service.get("/api/v1/work-list", REGISTRAR).status == 200);
}

TEST_CASE("the provider's second factor is enough where one is required", "[openid]") {
    House house;
    house.service.application->services().second_factor_duty = api::SecondFactorDuty::Everybody;
    const auto cookie = session_cookie(house.sign_in());
    CHECK(house.service.send({.target = "/api/v1/work-list", .headers = {{"Cookie", cookie}}}).status == 200);
}

TEST_CASE("a sign-out at the provider ends the sessions that came from it, and no forged one does",
          "[openid]") {
    House house;
    const auto cookie = session_cookie(house.sign_in());
    const auto is_open = [&] {
        return house.service.send({.target = "/api/v1/session", .headers = {{"Cookie", cookie}}}).status ==
               200;
    };
    const auto claims = [&] {
        auto all = house.provider.claims("");
        all.erase("nonce");
        all["events"] = json::object{{"http://schemas.openid.net/event/backchannel-logout", json::object()}};
        return all;
    };
    const auto say = [&](const std::string& token) {
        return house.service
            .send({.method = "POST",
                   .target = "/api/v1/openid/logout",
                   .body = "logout_token=" + token,
                   .headers = {{"Content-Type", "application/x-www-form-urlencoded"}}})
            .status;
    };
    const SigningKey thief("first");
    CHECK(say(thief.sign(claims(), "RS256")) == 422);
    auto id_token = claims();
    id_token["nonce"] = "n";
    CHECK(say(house.provider.key->sign(id_token, "RS256")) == 422);
    auto no_event = claims();
    no_event.erase("events");
    CHECK(say(house.provider.key->sign(no_event, "RS256")) == 422);
    auto another = claims();
    another["sid"] = "session of somebody else";
    CHECK(say(house.provider.key->sign(another, "RS256")) == 204);
    CHECK(say("") == 422);
    CHECK(is_open());
    CHECK(say(house.provider.key->sign(claims(), "RS256")) == 204);
    CHECK_FALSE(is_open());
    // Of all sessions of the person, when it names none.
    const auto next = session_cookie(house.sign_in());
    auto of_person = claims();
    of_person.erase("sid");
    CHECK(say(house.provider.key->sign(of_person, "RS256")) == 204);
    CHECK(house.service.send({.target = "/api/v1/session", .headers = {{"Cookie", next}}}).status == 401);
}
