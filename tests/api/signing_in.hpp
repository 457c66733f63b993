#pragma once
// Signing in before a service without a socket, as a browser does: with a password, and then by the cookie.

#include "tests/api/service.hpp"

namespace vastine::test {

struct SignedIn {
    std::string cookie;
    std::string csrf_token;
};

// What comes of trying; `code`: of the second factor, empty: none is given.
[[nodiscard]] api::Response knock(Service& service, const std::string& login, std::string_view password,
                                  const std::string& peer = "192.0.2.1", const std::string& code = {});
// Of an answer that opened a session.
[[nodiscard]] SignedIn session_in(const api::Response& response);
[[nodiscard]] SignedIn sign_in(Service& service, Role role);
// By the cookie; with an empty token, without X-CSRF-Token.
[[nodiscard]] Sent with(const SignedIn& session, Sent sent, const std::string& csrf_token);
[[nodiscard]] Sent with(const SignedIn& session, Sent sent);

}  // namespace vastine::test
