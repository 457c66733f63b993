#include "tests/api/every_route.hpp"

#include <map>

#include "api/execution.hpp"

namespace vastine::test {

namespace {

const std::map<std::string, std::string> parameters{
    {"/api/v1/reports/{kind}", "?year=2026"},
    {"/api/v1/reports/{kind}/reconciliation", "?year=2026"},
    {"/api/v1/access-log", "?area=legal"},
    {"/api/v1/access-log/search", "?area=legal"},
    {"/api/v1/access-log/search/csv", "?area=legal"},
    {"/api/v1/emergencies", "?area=legal"},
    {"/api/v1/destructions/preview", "?area=legal&year=2026"},
};

}  // namespace

std::string target_of(const api::Route& route, const Service& service) {
    auto target = route.pattern;
    if (const auto at = target.find("{id}"); at != std::string::npos) {
        target.replace(at, 4, target.starts_with("/api/v1/contacts") ? service.contact : service.reminder);
    }
    if (const auto at = target.find("{kind}"); at != std::string::npos) target.replace(at, 6, "annual");
    for (const std::string name :
         {"{token_id}", "{session_id}", "{webhook_id}", "{secret}", "{message_id}", "{section}", "{language}",
          "{sha256}", "{table}", "{edition}", "{file}", "{document_id}", "{extract_id}"}) {
        if (const auto at = target.find(name); at != std::string::npos) target.replace(at, name.size(), "x");
    }
    const auto more = parameters.find(route.pattern);
    return more == parameters.end() ? target : target + more->second;
}

Sent asked_of(const api::Route& route, const Service& service, const std::string& token) {
    return {.method = route.method,
            .target = target_of(route, service),
            .body = route.takes != nullptr ? "{}" : "",
            .token = token,
            .if_match = 999,
            .key = api::new_uuid()};
}

std::string whole(const api::Response& response) {
    std::string body = response.body;
    bool more = static_cast<bool>(response.source);
    while (more) {
        more = false;  // a feed that waits answers nothing
        response.source->next([&](std::string piece) {
            more = !piece.empty();
            body += piece;
        });
    }
    if (response.source) response.source->close();
    return body;
}

}  // namespace vastine::test
