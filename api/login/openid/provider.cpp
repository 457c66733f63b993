#include "api/login/openid/provider.hpp"

#include <boost/json.hpp>
#include <mutex>

namespace vastine::api::openid {

namespace {

namespace json = boost::json;

constexpr std::chrono::hours kept_for{1};
constexpr std::chrono::minutes keys_asked_again_after{1};

std::string text_of(const json::object& object, std::string_view name) {
    const auto* value = object.if_contains(name);
    return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

}  // namespace

struct Provider::Inside {
    Settings settings;
    std::function<store::Instant()> now;
    Ask ask;
    mutable std::mutex mutex;
    std::optional<Endpoints> endpoints;
    store::Instant endpoints_at{};
    std::optional<json::object> keys;
    std::optional<store::Instant> keys_asked_again_at;

    [[nodiscard]] std::optional<json::object> document(const std::string& url) const {
        Exchange exchange;
        exchange.url = url;
        exchange.authority = settings.authority;
        const auto fetched = ask(exchange);
        if (!fetched || fetched->status != 200) return std::nullopt;
        json::error_code error;
        auto value = json::parse(fetched->body, error);
        if (error || !value.is_object()) return std::nullopt;
        return std::move(value.as_object());
    }

    // What holds no longer is kept until there is something newer: a provider that is away for a moment is
    // not forgotten.
    void look_up() {
        if (endpoints && now() - endpoints_at < kept_for) return;
        auto base = settings.issuer;
        while (base.ends_with('/')) base.pop_back();
        const auto about = document(base + "/.well-known/openid-configuration");
        // Whoever describes another issuer than was asked for could take its place (Discovery §4.3).
        if (!about || text_of(*about, "issuer") != settings.issuer) return;
        Endpoints found{text_of(*about, "authorization_endpoint"), text_of(*about, "token_endpoint"),
                        text_of(*about, "jwks_uri"), text_of(*about, "end_session_endpoint")};
        for (const auto* needed : {&found.authorization, &found.token, &found.keys})
            if (!needed->starts_with("https://")) return;
        if (!found.end_session.starts_with("https://")) found.end_session.clear();
        endpoints = std::move(found);
        endpoints_at = now();
    }
    void look_up_keys() {
        look_up();
        if (!endpoints) return;
        if (auto found = document(endpoints->keys)) keys = std::move(*found);
    }
};

Provider::Provider(Settings settings, std::function<store::Instant()> now, Ask ask)
    : inside_(new Inside{std::move(settings), std::move(now), std::move(ask), {}, {}, {}, {}, {}}) {}

Provider::~Provider() = default;

const Settings& Provider::settings() const {
    return inside_->settings;
}

std::optional<Endpoints> Provider::endpoints() {
    const std::scoped_lock lock(inside_->mutex);
    inside_->look_up();
    return inside_->endpoints;
}

std::optional<Endpoints> Provider::known_endpoints() const {
    const std::scoped_lock lock(inside_->mutex);
    return inside_->endpoints;
}

tl::expected<std::string, Provider::ExchangeFault> Provider::exchange(const CodeExchange& code) {
    const auto known = endpoints();
    if (!known) return tl::unexpected(ExchangeFault::Away);
    Exchange exchange;
    exchange.url = known->token;
    exchange.authority = inside_->settings.authority;
    exchange.form = {{"grant_type", "authorization_code"},
                     {"code", code.code},
                     {"redirect_uri", code.redirect_uri},
                     {"code_verifier", code.verifier}};
    exchange.user = form_encoded(inside_->settings.client_id);
    exchange.password = form_encoded(inside_->settings.client_secret);
    const auto fetched = inside_->ask(exchange);
    if (!fetched || fetched->status >= 500) return tl::unexpected(ExchangeFault::Away);
    json::error_code error;
    const auto value = json::parse(fetched->body, error);
    if (fetched->status != 200 || error || !value.is_object()) return tl::unexpected(ExchangeFault::Refused);
    auto token = text_of(value.get_object(), "id_token");
    if (token.empty()) return tl::unexpected(ExchangeFault::Refused);
    return token;
}

tl::expected<json::object, TokenFault> Provider::verified(std::string_view token) {
    const std::scoped_lock lock(inside_->mutex);
    if (!inside_->keys) inside_->look_up_keys();
    const Expected expected{inside_->settings.issuer, inside_->settings.client_id, inside_->now()};
    const auto with = [&] {
        return verified_claims(token, inside_->keys ? *inside_->keys : json::object(), expected);
    };
    auto claims = with();
    // The provider has changed its keys since they were read; or somebody makes up names of keys.
    const bool unknown = !claims && claims.error() == TokenFault::UnknownKey;
    auto& again_at = inside_->keys_asked_again_at;
    if (unknown && (!again_at || expected.now - *again_at >= keys_asked_again_after)) {
        again_at = expected.now;
        inside_->look_up_keys();
        claims = with();
    }
    return claims;
}

}  // namespace vastine::api::openid
