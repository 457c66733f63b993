#include "tests/api/signed_in.hpp"

#include <catch2/catch.hpp>

namespace vastine::test {

Sent SignedIn::with(Sent sent) const {
    sent.headers.emplace_back("Cookie", cookie);
    sent.headers.emplace_back("X-CSRF-Token", csrf_token);
    return sent;
}

SignedIn sign_in(Service& service, Role role) {
    const auto response =
        service.send({.method = "POST",
                      .target = "/api/v1/session",
                      .body = R"({"login":")" + service.people.at(role).login + R"(","password":")" +
                              std::string(Service::password) + R"("})"});
    if (response.status != 201) FAIL(response.status << " " << response.body);
    const std::string cookie(response.headers.get("Set-Cookie"));
    return {cookie.substr(0, cookie.find(';')), std::string(json_of(response).at("csrf_token").as_string())};
}

}  // namespace vastine::test
