// A provider's tokens: believed when it signed them, for this client, now; and in no other case.

#include "api/login/openid/signed_token.hpp"

#include <catch2/catch.hpp>

#include "tests/api/login/openid/signing_provider.hpp"

using namespace vastine;
using api::openid::TokenFault;
using test::SigningKey;

namespace json = boost::json;

namespace {

const store::Instant now = std::chrono::sys_days{std::chrono::year{2026} / 3 / 2} + std::chrono::hours{10};
const std::int64_t second = std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count();

json::object good() {
    return {{"iss", "https://login.example.fi"},
            {"aud", "vastine"},
            {"sub", "1"},
            {"iat", second - 5},
            {"exp", second + 300}};
}

json::object keys_of(const std::vector<json::object>& halves) {
    return {{"keys", json::array(halves.begin(), halves.end())}};
}

std::optional<TokenFault> fault(std::string_view token, const json::object& keys) {
    const auto claims =
        api::openid::verified_claims(token, keys, {"https://login.example.fi", "vastine", now});
    return claims ? std::nullopt : std::optional(claims.error());
}

json::object with(json::object claims, std::string_view name, json::value value) {
    claims[name] = std::move(value);
    return claims;
}
json::object without(json::object claims, std::string_view name) {
    claims.erase(name);
    return claims;
}

}  // namespace

TEST_CASE("a token is believed in each algorithm of the list", "[openid]") {
    const SigningKey rsa("a");
    const SigningKey elliptic("b", SigningKey::Kind::P256);
    const auto keys = keys_of({rsa.public_half(), elliptic.public_half()});
    CHECK_FALSE(fault(rsa.sign(good(), "RS256"), keys));
    CHECK_FALSE(fault(rsa.sign(good(), "PS256"), keys));
    CHECK_FALSE(fault(elliptic.sign(good(), "ES256"), keys));
    // Without a name, when there is one such key alone.
    CHECK_FALSE(fault(rsa.sign_as(good(), {{"alg", "RS256"}}), keys));
    const SigningKey other("c");
    CHECK(fault(rsa.sign_as(good(), {{"alg", "RS256"}}), keys_of({rsa.public_half(), other.public_half()})) ==
          TokenFault::UnknownKey);
}

TEST_CASE("other algorithms are not, whoever signed", "[openid]") {
    const SigningKey rsa("a");
    const auto keys = keys_of({rsa.public_half()});
    CHECK(fault(rsa.sign(good(), "RS512"), keys) == TokenFault::Algorithm);
    const SigningKey secret("a", SigningKey::Kind::Secret);
    CHECK(fault(secret.sign(good(), "HS256"), keys) == TokenFault::Algorithm);
    const auto unsigned_token =
        test::base64url(R"({"alg":"none","kid":"a"})") + "." + test::base64url(json::serialize(good())) + ".";
    CHECK(fault(unsigned_token, keys) == TokenFault::Algorithm);
}

TEST_CASE("a token that somebody else signed, or changed, is not believed", "[openid]") {
    const SigningKey rsa("a");
    const SigningKey thief("a");
    const auto keys = keys_of({rsa.public_half()});
    CHECK(fault(thief.sign(good(), "RS256"), keys) == TokenFault::Signature);
    const auto token = rsa.sign(good(), "RS256");
    const auto first = token.find('.');
    const auto last = token.rfind('.');
    const auto changed = token.substr(0, first + 1) +
                         test::base64url(json::serialize(with(good(), "sub", "2"))) + token.substr(last);
    CHECK(fault(changed, keys) == TokenFault::Signature);
    CHECK(fault(token.substr(0, last + 1), keys) == TokenFault::Signature);
    CHECK(fault(rsa.sign_as(good(), {{"alg", "RS256"}, {"kid", "another"}}), keys) == TokenFault::UnknownKey);
    CHECK(fault(rsa.sign_as(good(), {{"alg", "RS256"}, {"kid", "a"}, {"crit", "x"}}), keys) ==
          TokenFault::Unreadable);
}

TEST_CASE("a key for something else signs nothing, nor one that is too short", "[openid]") {
    const SigningKey rsa("a");
    const auto token = rsa.sign(good(), "RS256");
    CHECK(fault(token, keys_of({with(rsa.public_half(), "use", "enc")})) == TokenFault::UnknownKey);
    CHECK(fault(token, keys_of({with(rsa.public_half(), "alg", "PS256")})) == TokenFault::UnknownKey);
    const SigningKey brief("a", SigningKey::Kind::ShortRsa);
    CHECK(fault(brief.sign(good(), "RS256"), keys_of({brief.public_half()})) == TokenFault::Signature);
}

TEST_CASE("a token is from the issuer and for this client", "[openid]") {
    const SigningKey rsa("a");
    const auto keys = keys_of({rsa.public_half()});
    const auto of = [&](const json::object& claims) { return fault(rsa.sign(claims, "RS256"), keys); };
    CHECK(of(with(good(), "iss", "https://login.example.fi/")) == TokenFault::Issuer);
    CHECK(of(without(good(), "iss")) == TokenFault::Issuer);
    CHECK(of(with(good(), "aud", "another")) == TokenFault::Audience);
    CHECK(of(without(good(), "aud")) == TokenFault::Audience);
    CHECK(of(with(good(), "aud", json::array{"another"})) == TokenFault::Audience);
    CHECK_FALSE(of(with(good(), "aud", json::array{"vastine"})));
    CHECK(of(with(good(), "aud", json::array{"vastine", "another"})) == TokenFault::Audience);
    CHECK_FALSE(of(with(with(good(), "aud", json::array{"vastine", "another"}), "azp", "vastine")));
    CHECK(of(with(good(), "azp", "another")) == std::nullopt);  // of one audience as a text, that one counts
    CHECK(of(with(with(good(), "aud", json::array{"vastine"}), "azp", "another")) == TokenFault::Audience);
}

TEST_CASE("a token holds from when it was made until it ends, a minute more or less", "[openid]") {
    const SigningKey rsa("a");
    const auto keys = keys_of({rsa.public_half()});
    const auto of = [&](const json::object& claims) { return fault(rsa.sign(claims, "RS256"), keys); };
    CHECK_FALSE(of(with(good(), "exp", second - 59)));
    CHECK(of(with(good(), "exp", second - 60)) == TokenFault::Time);
    CHECK(of(without(good(), "exp")) == TokenFault::Time);
    CHECK(of(with(good(), "exp", "tomorrow")) == TokenFault::Time);
    CHECK(of(with(good(), "exp", 1e300)) == TokenFault::Time);
    CHECK_FALSE(of(with(good(), "iat", second + 60)));
    CHECK(of(with(good(), "iat", second + 61)) == TokenFault::Time);
    CHECK(of(without(good(), "iat")) == TokenFault::Time);
    CHECK(of(with(good(), "nbf", second + 61)) == TokenFault::Time);
}

TEST_CASE("what is no token is refused without a fault", "[openid]") {
    const SigningKey rsa("a");
    const auto keys = keys_of({rsa.public_half()});
    for (const auto* none : {"", ".", "..", "a.b.c", "e30.e30.", "!!!!.e30.AAAA", "bnVsbA.e30.AAAA"})
        CHECK(fault(none, keys).has_value());
    CHECK(fault(std::string(std::size_t{1} << 20U, 'a'), keys) == TokenFault::Unreadable);
    for (const auto& strange :
         {json::object{}, json::object{{"keys", 1}}, json::object{{"keys", json::array{1, "a"}}}})
        CHECK(fault(rsa.sign(good(), "RS256"), strange) == TokenFault::UnknownKey);
    auto broken = rsa.public_half();
    broken["n"] = "!";
    CHECK(fault(rsa.sign(good(), "RS256"), keys_of({broken})) == TokenFault::Signature);
}
