#pragma once
// Tokens that a provider signs (JWT in a compact JWS): who made it, for whom, until when. Nothing else of one
// is believed, and nothing before its signature.

#include <boost/json/object.hpp>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "store/record.hpp"

namespace vastine::api::openid {

struct Expected {
    std::string issuer;
    std::string client_id;
    store::Instant now;
};

enum class TokenFault {
    Unreadable,
    Algorithm,   // none of RS256, PS256, ES256
    UnknownKey,  // the keys given have none of this name: they may have been changed since
    Signature,
    Issuer,
    Audience,
    Time,  // over, or not yet
};

// The token's claims. `keys`: the provider's JSON Web Key Set. Clocks may differ by a minute.
[[nodiscard]] tl::expected<boost::json::object, TokenFault> verified_claims(std::string_view token,
                                                                            const boost::json::object& keys,
                                                                            const Expected& expected);

}  // namespace vastine::api::openid
