#include "api/login/openid/sign_in.hpp"

#include <sodium.h>

#include <array>
#include <boost/json.hpp>

#include "api/secret.hpp"

namespace vastine::api::openid {

namespace {

namespace json = boost::json;

constexpr std::size_t groups_max = 2000;

std::string state_of(const std::string& secret) {
    return hash_of("openid state", secret);
}
std::string nonce_of(const std::string& secret) {
    return hash_of("openid nonce", secret);
}
// 64 of the characters that RFC 7636 §4.1 allows.
std::string verifier_of(const std::string& secret) {
    return hash_of("openid verifier", secret);
}

std::string challenge_of(const std::string& verifier) {
    std::array<unsigned char, crypto_hash_sha256_BYTES> hash{};
    crypto_hash_sha256(hash.data(), reinterpret_cast<const unsigned char*>(verifier.data()), verifier.size());
    std::array<char,
               sodium_base64_ENCODED_LEN(crypto_hash_sha256_BYTES, sodium_base64_VARIANT_URLSAFE_NO_PADDING)>
        text{};
    sodium_bin2base64(text.data(), text.size(), hash.data(), hash.size(),
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return text.data();
}

bool same(std::string_view a, std::string_view b) {
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string text_of(const json::object& object, std::string_view name) {
    const auto* value = object.if_contains(name);
    return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

std::vector<std::string> texts_of(const json::object& object, std::string_view name) {
    std::vector<std::string> all;
    const auto* value = object.if_contains(name);
    if (value == nullptr) return all;
    if (value->is_string()) all.emplace_back(value->get_string());
    if (!value->is_array()) return all;
    for (const auto& one : value->get_array()) {
        if (one.is_string() && all.size() < groups_max) all.emplace_back(one.get_string());
    }
    return all;
}

std::string language_of(const json::object& claims) {
    const auto locale = text_of(claims, "locale").substr(0, 2);
    return locale == "fi" || locale == "sv" || locale == "en" ? locale : std::string();
}

std::string with_query(const std::string& address,
                       const std::vector<std::pair<std::string, std::string>>& query) {
    auto all = address;
    char before = address.find('?') == std::string::npos ? '?' : '&';
    for (const auto& [name, value] : query) {
        all += before + name + "=" + form_encoded(value);
        before = '&';
    }
    return all;
}

// A place among those who wait for the provider.
class Place {
public:
    explicit Place(std::counting_semaphore<2>& places) : places_(places), taken_(places.try_acquire()) {}
    ~Place() {
        if (taken_) places_.release();
    }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
    [[nodiscard]] bool taken() const { return taken_; }

private:
    std::counting_semaphore<2>& places_;
    bool taken_;
};

}  // namespace

std::string_view name_of(Fault fault) {
    switch (fault) {
        case Fault::Away:
            return "away";
        case Fault::Refused:
            return "refused";
        case Fault::Stale:
            return "stale";
        case Fault::NotBelieved:
            return "not-believed";
        case Fault::NoRole:
            return "no-role";
        case Fault::Impossible:
            return "impossible";
        case Fault::Closed:
            return "closed";
        case Fault::TooMany:
            return "too-many";
    }
    return "refused";
}

SignIn::SignIn(Provider& provider, std::string public_url)
    : provider_(provider), public_url_(std::move(public_url)) {}

std::string SignIn::redirect_uri() const {
    return public_url_ + "/api/v1/openid/callback";
}

tl::expected<SignIn::Begun, Fault> SignIn::begin() {
    const Place place(asking_);
    if (!place.taken()) return tl::unexpected(Fault::Away);
    const auto endpoints = provider_.endpoints();
    if (!endpoints) return tl::unexpected(Fault::Away);
    const auto& settings = provider_.settings();
    auto secret = random_secret();
    std::string scope = "openid";
    for (const auto& one : settings.scopes) scope += " " + one;
    auto address =
        with_query(endpoints->authorization, {{"response_type", "code"},
                                              {"client_id", settings.client_id},
                                              {"redirect_uri", redirect_uri()},
                                              {"scope", scope},
                                              {"state", state_of(secret)},
                                              {"nonce", nonce_of(secret)},
                                              {"code_challenge", challenge_of(verifier_of(secret))},
                                              {"code_challenge_method", "S256"}});
    return Begun{std::move(secret), std::move(address)};
}

tl::expected<Person, Fault> SignIn::finish(const Returned& returned) {
    // Whoever was lured here with somebody else's code has not begun it.
    if (returned.secret.empty() || !same(returned.state, state_of(returned.secret)))
        return tl::unexpected(Fault::Stale);
    // Of two providers one could send what belongs to the other.
    if (!returned.issuer.empty() && returned.issuer != provider_.settings().issuer)
        return tl::unexpected(Fault::NotBelieved);
    if (!returned.error.empty() || returned.code.empty()) return tl::unexpected(Fault::Refused);
    const Place place(asking_);
    if (!place.taken()) return tl::unexpected(Fault::Away);
    const auto token = provider_.exchange({returned.code, verifier_of(returned.secret), redirect_uri()});
    if (!token) {
        return tl::unexpected(token.error() == Provider::ExchangeFault::Away ? Fault::Away : Fault::Refused);
    }
    return person_of(*token, nonce_of(returned.secret));
}

tl::expected<Person, Fault> SignIn::person_of(std::string_view id_token, const std::string& nonce) {
    const auto claims = provider_.verified(id_token);
    if (!claims || !same(text_of(*claims, "nonce"), nonce)) return tl::unexpected(Fault::NotBelieved);
    const auto& settings = provider_.settings();
    Person person{text_of(*claims, settings.login_claim),
                  text_of(*claims, "name"),
                  text_of(*claims, "email"),
                  language_of(*claims),
                  texts_of(*claims, settings.groups_claim),
                  text_of(*claims, "sub"),
                  text_of(*claims, "sid")};
    if (person.login.empty() || person.subject.empty()) return tl::unexpected(Fault::NotBelieved);
    return person;
}

std::string SignIn::sign_out_address() const {
    const auto endpoints = provider_.known_endpoints();
    if (!endpoints || endpoints->end_session.empty()) return {};
    return with_query(endpoints->end_session, {{"client_id", provider_.settings().client_id},
                                               {"post_logout_redirect_uri", public_url_ + "/"}});
}

std::optional<SignIn::Ended> SignIn::ended(std::string_view logout_token) {
    const Place place(asking_);
    if (!place.taken()) return std::nullopt;
    const auto claims = provider_.verified(logout_token);
    // An ID token, which has a nonce and no event, is none.
    if (!claims || claims->contains("nonce")) return std::nullopt;
    const auto* events = claims->if_contains("events");
    if (events == nullptr || !events->is_object() ||
        !events->get_object().contains("http://schemas.openid.net/event/backchannel-logout"))
        return std::nullopt;
    Ended over{text_of(*claims, "sub"), text_of(*claims, "sid")};
    if (over.subject.empty() && over.session.empty()) return std::nullopt;
    return over;
}

}  // namespace vastine::api::openid
