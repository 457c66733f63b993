#include "api/login/openid/signed_token.hpp"

#include <cjose/cjose.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <cstdlib>
#include <memory>
#include <optional>

namespace vastine::api::openid {

namespace {

namespace json = boost::json;

constexpr std::size_t longest = std::size_t{64} << 10U;
constexpr std::chrono::seconds clocks_differ{60};

// Asymmetric ones only: with HS256 anybody who knows the client's secret, and with "none" anybody, makes
// tokens.
struct Algorithm {
    std::string_view name;
    std::string_view key_type;
};
constexpr std::array algorithms{Algorithm{"RS256", "RSA"}, Algorithm{"PS256", "RSA"},
                                Algorithm{"ES256", "EC"}};
constexpr std::size_t rsa_bits_min = 2048;

struct FreeKey {
    void operator()(cjose_jwk_t* key) const { cjose_jwk_release(key); }
};
struct FreeToken {
    void operator()(cjose_jws_t* token) const { cjose_jws_release(token); }
};

std::optional<json::object> object_in(std::string_view text) {
    json::error_code error;
    auto value = json::parse(text, error);
    if (error || !value.is_object()) return std::nullopt;
    return std::move(value.as_object());
}

std::string_view text_of(const json::object& object, std::string_view name) {
    const auto* value = object.if_contains(name);
    return value != nullptr && value->is_string() ? std::string_view(value->get_string())
                                                  : std::string_view();
}

// The head says which key and which algorithm. It is signed too, which is seen afterwards.
std::optional<json::object> head_of(std::string_view token) {
    const auto part = token.substr(0, token.find('.'));
    std::string bytes(part.size(), '\0');
    std::size_t size = 0;
    if (sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), part.data(),
                          part.size(), nullptr, &size, nullptr,
                          sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0)
        return std::nullopt;
    bytes.resize(size);
    return object_in(bytes);
}

bool may_sign(const json::object& key, const Algorithm& algorithm) {
    const auto use = text_of(key, "use");
    const auto alg = text_of(key, "alg");
    if (algorithm.key_type == "EC" && text_of(key, "crv") != "P-256") return false;
    return text_of(key, "kty") == algorithm.key_type && (use.empty() || use == "sig") &&
           (alg.empty() || alg == algorithm.name);
}

// By its name; a token that names none is of the only key there is.
const json::object* key_of(const json::object& keys, std::string_view kid, const Algorithm& algorithm) {
    const auto* list = keys.if_contains("keys");
    if (list == nullptr || !list->is_array()) return nullptr;
    const json::object* found = nullptr;
    for (const auto& one : list->get_array()) {
        if (!one.is_object() || !may_sign(one.get_object(), algorithm)) continue;
        if (!kid.empty() && text_of(one.get_object(), "kid") != kid) continue;
        if (found != nullptr) return nullptr;
        found = &one.get_object();
    }
    return found;
}

std::optional<std::chrono::seconds> seconds_of(const json::object& claims, std::string_view name) {
    const auto* value = claims.if_contains(name);
    if (value == nullptr || !value->is_number()) return std::nullopt;
    json::error_code error;
    const auto seconds = value->to_number<double>(error);
    // Beyond any date that could be meant; the cast stays within what the type holds.
    if (error || !(seconds > -1e12 && seconds < 1e12)) return std::nullopt;
    return std::chrono::seconds(static_cast<std::int64_t>(seconds));
}

bool meant_for(const json::object& claims, std::string_view client_id) {
    const auto* audience = claims.if_contains("aud");
    if (audience == nullptr) return false;
    if (audience->is_string()) return std::string_view(audience->get_string()) == client_id;
    if (!audience->is_array()) return false;
    const auto& all = audience->get_array();
    const bool named = std::ranges::any_of(all, [&](const auto& one) {
        return one.is_string() && std::string_view(one.get_string()) == client_id;
    });
    // Of several, whom it was made for stands beside (OpenID Connect Core §3.1.3.7, 4 and 5).
    const auto authorized = text_of(claims, "azp");
    return named &&
           (all.size() == 1 ? authorized.empty() || authorized == client_id : authorized == client_id);
}

std::optional<std::string> signed_content(const std::string& token, const json::object& key) {
    cjose_err error{};
    const auto text = json::serialize(key);
    const std::unique_ptr<cjose_jwk_t, FreeKey> known(cjose_jwk_import(text.data(), text.size(), &error));
    if (!known) return std::nullopt;
    if (cjose_jwk_get_kty(known.get(), &error) == CJOSE_JWK_KTY_RSA &&
        cjose_jwk_get_keysize(known.get(), &error) < rsa_bits_min)
        return std::nullopt;
    const std::unique_ptr<cjose_jws_t, FreeToken> jws(cjose_jws_import(token.data(), token.size(), &error));
    if (!jws || !cjose_jws_verify(jws.get(), known.get(), &error)) return std::nullopt;
    std::uint8_t* content = nullptr;
    std::size_t size = 0;
    if (!cjose_jws_get_plaintext(jws.get(), &content, &size, &error)) return std::nullopt;
    return std::string(content, content + size);
}

}  // namespace

tl::expected<json::object, TokenFault> verified_claims(std::string_view token, const json::object& keys,
                                                       const Expected& expected) {
    const auto fault = [](TokenFault what) { return tl::unexpected(what); };
    if (token.size() > longest) return fault(TokenFault::Unreadable);
    const auto head = head_of(token);
    // Extensions that must be understood: there are none here.
    if (!head || head->contains("crit")) return fault(TokenFault::Unreadable);
    const auto algorithm = std::ranges::find(algorithms, text_of(*head, "alg"), &Algorithm::name);
    if (algorithm == algorithms.end()) return fault(TokenFault::Algorithm);
    const auto* key = key_of(keys, text_of(*head, "kid"), *algorithm);
    if (key == nullptr) return fault(TokenFault::UnknownKey);
    const auto content = signed_content(std::string(token), *key);
    if (!content) return fault(TokenFault::Signature);

    auto claims = object_in(*content);
    if (!claims) return fault(TokenFault::Unreadable);
    if (text_of(*claims, "iss") != expected.issuer) return fault(TokenFault::Issuer);
    if (!meant_for(*claims, expected.client_id)) return fault(TokenFault::Audience);
    const auto now = std::chrono::duration_cast<std::chrono::seconds>(expected.now.time_since_epoch());
    const auto until = seconds_of(*claims, "exp");
    const auto from = seconds_of(*claims, "nbf");
    const auto made = seconds_of(*claims, "iat");
    if (!until || !made || *until + clocks_differ <= now || *made - clocks_differ > now ||
        (from && *from - clocks_differ > now))
        return fault(TokenFault::Time);
    return std::move(*claims);
}

}  // namespace vastine::api::openid
