#pragma once
// A provider in memory: describes itself, signs what a test wants signed, and answers as one tells it to. The
// real one stands in tests/browser.

#include <boost/json.hpp>
#include <functional>
#include <memory>
#include <string>

#include "api/login/openid/provider.hpp"

namespace vastine::test {

class SigningKey {
public:
    enum class Kind { Rsa, ShortRsa, P256, Secret };
    explicit SigningKey(std::string kid, Kind kind = Kind::Rsa);
    // A compact JWS over the claims.
    [[nodiscard]] std::string sign(const boost::json::object& claims, const std::string& algorithm) const;
    // With this head, whatever it says.
    [[nodiscard]] std::string sign_as(const boost::json::object& claims,
                                      const boost::json::object& head) const;
    [[nodiscard]] boost::json::object public_half() const;
    [[nodiscard]] const std::string& kid() const { return kid_; }

private:
    std::string kid_;
    std::shared_ptr<void> key_;
};

// The same octets as an HMAC key: what a forger makes of a public key.
[[nodiscard]] std::string base64url(std::string_view bytes);

struct SigningProvider {
    static constexpr const char* issuer = "https://login.example.fi";
    std::shared_ptr<SigningKey> key = std::make_shared<SigningKey>("first");
    bool away = false;
    bool wrong_issuer = false;
    std::function<boost::json::object(const std::string& nonce)> claims;
    std::string nonce;  // of the sign-in that is under way
    std::size_t asked_for_keys = 0;
    std::vector<api::openid::Exchange> exchanges{};  // of codes

    [[nodiscard]] std::optional<api::openid::Fetched> answer(const api::openid::Exchange& exchange);
    [[nodiscard]] boost::json::object keys() const;
};

[[nodiscard]] api::openid::Settings openid_settings();

}  // namespace vastine::test
