#include "tests/api/login/openid/signing_provider.hpp"

#include <cjose/cjose.h>
#include <sodium.h>

#include <catch2/catch.hpp>
#include <cstdlib>

namespace vastine::test {

namespace json = boost::json;

namespace {

cjose_jwk_t* made(SigningKey::Kind kind) {
    cjose_err error{};
    switch (kind) {
        case SigningKey::Kind::Rsa:
            return cjose_jwk_create_RSA_random(2048, nullptr, 0, &error);
        case SigningKey::Kind::ShortRsa:
            return cjose_jwk_create_RSA_random(1024, nullptr, 0, &error);
        case SigningKey::Kind::P256:
            return cjose_jwk_create_EC_random(CJOSE_JWK_EC_P_256, &error);
        case SigningKey::Kind::Secret:
            return cjose_jwk_create_oct_random(256, &error);
    }
    return nullptr;
}

}  // namespace

std::string base64url(std::string_view bytes) {
    std::string text(sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING), '\0');
    sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                      bytes.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    text.resize(text.find('\0'));
    return text;
}

SigningKey::SigningKey(std::string kid, Kind kind)
    : kid_(std::move(kid)),
      key_(made(kind), [](void* key) { cjose_jwk_release(static_cast<cjose_jwk_t*>(key)); }) {
    REQUIRE(key_ != nullptr);
    cjose_err error{};
    REQUIRE(cjose_jwk_set_kid(static_cast<cjose_jwk_t*>(key_.get()), kid_.data(), kid_.size(), &error));
}

std::string SigningKey::sign(const json::object& claims, const std::string& algorithm) const {
    return sign_as(claims, {{"alg", algorithm}, {"kid", kid_}});
}

std::string SigningKey::sign_as(const json::object& claims, const json::object& head) const {
    cjose_err error{};
    auto* header = cjose_header_new(&error);
    for (const auto& [name, value] : head) {
        REQUIRE(cjose_header_set(header, std::string(name).c_str(), std::string(value.as_string()).c_str(),
                                 &error));
    }
    const auto text = json::serialize(claims);
    auto* jws = cjose_jws_sign(static_cast<cjose_jwk_t*>(key_.get()), header,
                               reinterpret_cast<const std::uint8_t*>(text.data()), text.size(), &error);
    REQUIRE(jws != nullptr);
    const char* compact = nullptr;
    REQUIRE(cjose_jws_export(jws, &compact, &error));
    std::string token(compact);
    cjose_jws_release(jws);
    cjose_header_release(header);
    return token;
}

json::object SigningKey::public_half() const {
    cjose_err error{};
    const std::unique_ptr<char, decltype(&std::free)> text(
        cjose_jwk_to_json(static_cast<cjose_jwk_t*>(key_.get()), false, &error), &std::free);
    REQUIRE(text != nullptr);
    auto half = json::parse(text.get()).as_object();
    half["use"] = "sig";
    return half;
}

json::object SigningProvider::keys() const {
    return {{"keys", json::array{key->public_half()}}};
}

std::optional<api::openid::Fetched> SigningProvider::answer(const api::openid::Exchange& exchange) {
    if (away) return std::nullopt;
    const auto as = [](const json::object& object) {
        return api::openid::Fetched{200, json::serialize(object)};
    };
    if (exchange.url == std::string(issuer) + "/.well-known/openid-configuration") {
        return as({{"issuer", wrong_issuer ? "https://evil.example.fi" : issuer},
                   {"authorization_endpoint", std::string(issuer) + "/auth"},
                   {"token_endpoint", std::string(issuer) + "/token"},
                   {"jwks_uri", std::string(issuer) + "/keys"},
                   {"end_session_endpoint", std::string(issuer) + "/end"}});
    }
    if (exchange.url == std::string(issuer) + "/keys") {
        ++asked_for_keys;
        return as(keys());
    }
    exchanges.push_back(exchange);
    return as({{"id_token", key->sign(claims(nonce), "RS256")}, {"access_token", "not kept"}});
}

api::openid::Settings openid_settings() {
    auto settings = api::openid::parse_settings(R"(
issuer = "https://login.example.fi"
client_id = "vastine"
name = "Esimerkin tunnus"
[[group]]
name = "ombudsmen"
roles = ["ombudsman"]
[[group]]
name = "registry"
roles = ["registrar"]
sectors = ["health"]
[[group]]
name = "heads"
roles = ["unit-head"]
units = ["sairaala"]
)");
    settings.client_secret = "a client's secret: 1/2";
    return settings;
}

}  // namespace vastine::test
