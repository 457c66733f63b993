#pragma once
// Signing as Standard Webhooks 1.0 says: HMAC-SHA256 over id, moment and body, so that the receiver knows
// who sent it, that nothing was changed, and how old it is.

#include <cstdint>
#include <string>
#include <string_view>

namespace vastine::api {

// whsec_ and 256 random bits in base64.
[[nodiscard]] std::string new_webhook_secret();

// "v1," and the HMAC in base64. `secret` as new_webhook_secret gave it; another throws
// std::invalid_argument. `at_seconds` is since 1970, as in the header webhook-timestamp.
[[nodiscard]] std::string webhook_signature(std::string_view secret, std::string_view id,
                                            std::int64_t at_seconds, std::string_view body);

}  // namespace vastine::api
