#pragma once
// A person's session at a Service: what a token does not open.

#include <string>

#include "tests/api/service.hpp"

namespace vastine::test {

struct SignedIn {
    std::string cookie;
    std::string csrf_token;

    [[nodiscard]] Sent with(Sent sent) const;
};
[[nodiscard]] SignedIn sign_in(Service& service, Role role);

}  // namespace vastine::test
