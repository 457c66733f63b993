#pragma once

#include "api/login/openid/provider.hpp"
#include "api/login/openid/sign_in.hpp"

namespace vastine::api::openid {

// The provider and the way in through it, as long as the service runs.
struct Door {
    Provider provider;
    SignIn sign_in;

    Door(Settings settings, const std::string& public_url, std::function<store::Instant()> now,
         Provider::Ask ask = fetch)
        : provider(std::move(settings), std::move(now), std::move(ask)), sign_in(provider, public_url) {}
};

}  // namespace vastine::api::openid
