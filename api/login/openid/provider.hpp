#pragma once
// The provider as it describes itself (OpenID Connect Discovery 1.0): where one signs in and out, what keys
// it signs with, and the exchange of a code for a token. What was read is kept for an hour; of keys that are
// not known it is asked again, at most once a minute.
//
// Threads: every function may be called from any thread at once; whoever comes while the provider is asked
// waits.

#include <boost/json/object.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <tl/expected.hpp>

#include "api/login/openid/fetching.hpp"
#include "api/login/openid/settings.hpp"
#include "api/login/openid/signed_token.hpp"

namespace vastine::api::openid {

struct Endpoints {
    std::string authorization;
    std::string token;
    std::string keys;
    std::string end_session;  // empty: it offers none
};

class Provider {
public:
    using Ask = std::function<std::optional<Fetched>(const Exchange&)>;
    // `ask`: fetch() but for tests.
    Provider(Settings settings, std::function<store::Instant()> now, Ask ask = fetch);
    ~Provider();

    [[nodiscard]] const Settings& settings() const;
    // Nothing: it does not answer, or describes itself as somebody else.
    [[nodiscard]] std::optional<Endpoints> endpoints();
    // What was read last, without asking: nothing before the first time.
    [[nodiscard]] std::optional<Endpoints> known_endpoints() const;

    struct CodeExchange {
        std::string code;
        std::string verifier;  // of the challenge that the sign-in began with (PKCE)
        std::string redirect_uri;
    };
    enum class ExchangeFault { Away, Refused };
    // The ID token; no other token is kept.
    [[nodiscard]] tl::expected<std::string, ExchangeFault> exchange(const CodeExchange& code);

    // Claims of a token that the provider has signed for this client.
    [[nodiscard]] tl::expected<boost::json::object, TokenFault> verified(std::string_view token);

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

}  // namespace vastine::api::openid
