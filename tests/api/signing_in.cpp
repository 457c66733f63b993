#include "tests/api/signing_in.hpp"

#include <catch2/catch.hpp>

namespace vastine::test {

api::Response knock(Service& service, const std::string& login, std::string_view password,
                    const std::string& peer, const std::string& code) {
    boost::json::object body{{"login", login}, {"password", password}};
    if (!code.empty()) body["code"] = code;
    auto request = Service::request({.method = "POST",
                                     .target = "/api/v1/session",
                                     .body = boost::json::serialize(body),
                                     .headers = {{"User-Agent", "Mozilla/5.0 (X11; Linux) Firefox/128.0"}}});
    request.peer = peer;
    return service.application->handle(request);
}

SignedIn session_in(const api::Response& response) {
    REQUIRE(response.status == 201);
    const std::string cookie(response.headers.get("Set-Cookie"));
    return {cookie.substr(0, cookie.find(';')), std::string(json_of(response).at("csrf_token").as_string())};
}

SignedIn sign_in(Service& service, Role role) {
    return session_in(knock(service, service.people.at(role).login, Service::password));
}

Sent with(const SignedIn& session, Sent sent, const std::string& csrf_token) {
    sent.headers.emplace_back("Cookie", "other=1; " + session.cookie);
    if (!csrf_token.empty()) sent.headers.emplace_back("X-CSRF-Token", csrf_token);
    return sent;
}

Sent with(const SignedIn& session, Sent sent) {
    return with(session, std::move(sent), session.csrf_token);
}

}  // namespace vastine::test
