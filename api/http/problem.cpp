#include "api/http/problem.hpp"

#include <cassert>

#include "api/json.hpp"
#include "domain/schema/session.pb.h"

namespace vastine::api {

namespace {

struct Row {
    unsigned status;
    std::string_view name;  // problem.<name>.title and .detail in the catalogue; the type's last part
};

Row row(Trouble trouble) {
    switch (trouble) {
        case Trouble::MalformedRequest:
            return {400, "malformed_request"};
        case Trouble::UnreadableBody:
            return {400, "unreadable_body"};
        case Trouble::UnknownParameter:
            return {400, "unknown_parameter"};
        case Trouble::BadParameter:
            return {400, "bad_parameter"};
        case Trouble::BadPurpose:
            return {400, "bad_purpose"};
        case Trouble::KeyMissing:
            return {400, "key_missing"};
        case Trouble::NotSignedIn:
            return {401, "not_signed_in"};
        case Trouble::WrongCredentials:
            return {401, "wrong_credentials"};
        case Trouble::SecondFactorRequired:
            return {401, "second_factor_required"};
        case Trouble::WrongCode:
            return {401, "wrong_code"};
        case Trouble::PasswordsClosed:
            return {403, "passwords_closed"};
        case Trouble::WrongCsrfToken:
            return {403, "wrong_csrf_token"};
        case Trouble::PasswordChangeRequired:
            return {403, "password_change_required"};
        case Trouble::SecondFactorSetUpRequired:
            return {403, "second_factor_set_up_required"};
        case Trouble::OutsideTokenScope:
            return {403, "outside_token_scope"};
        case Trouble::NotAllowed:
            return {403, "not_allowed"};
        case Trouble::NotFound:
            return {404, "not_found"};
        case Trouble::MethodNotAllowed:
            return {405, "method_not_allowed"};
        case Trouble::Timeout:
            return {408, "timeout"};
        case Trouble::TooLarge:
            return {413, "too_large"};
        case Trouble::WrongMediaType:
            return {415, "wrong_media_type"};
        case Trouble::PreconditionRequired:
            return {428, "precondition_required"};
        case Trouble::TooManyRequests:
            return {429, "too_many_requests"};
        case Trouble::TooManyFailedLogins:
            return {429, "too_many_failed_logins"};
        case Trouble::TooManyRenderings:
            return {429, "too_many_renderings"};
        case Trouble::HeaderTooLarge:
            return {431, "header_too_large"};
        case Trouble::ExpectationFailed:
            return {417, "expectation_failed"};
        case Trouble::Internal:
            return {500, "internal"};
        case Trouble::Busy:
            return {503, "busy"};
        case Trouble::WarmingUp:
            return {503, "warming_up"};
        case Trouble::Faulty:
            return {503, "faulty"};
    }
    return {500, "internal"};
}

Row row(domain::Reason reason) {
    switch (reason) {
        case domain::Reason::Invalid:
            return {422, "invalid"};
        case domain::Reason::WrongState:
            return {409, "wrong_state"};
        case domain::Reason::Forbidden:
            return {403, "not_allowed"};
        case domain::Reason::Disqualified:
            return {403, "disqualified"};
        case domain::Reason::NotFound:
            return {404, "not_found"};
        case domain::Reason::Conflict:
            return {409, "conflict"};
        case domain::Reason::Stale:
            return {412, "stale"};
        case domain::Reason::CommandReused:
            return {422, "command_reused"};
        case domain::Reason::NeedsConfirmation:
            return {409, "needs_confirmation"};
    }
    return {500, "internal"};
}

Problem document(Row row, domain::Language language) {
    Problem problem;
    std::string type(row.name);
    for (auto& c : type) c = c == '_' ? '-' : c;
    problem.set_type("urn:vastine:problem:" + type);
    problem.set_title(domain::text("problem." + std::string(row.name) + ".title", language));
    problem.set_status(row.status);
    return problem;
}

Response respond(const Problem& problem, domain::Language language) {
    Response response;
    response.status = problem.status();
    response.headers.set("Content-Type", "application/problem+json");
    response.headers.set("Content-Language", std::string(domain::code_of(language)));
    response.headers.set("Cache-Control", "no-store");
    response.body = write_json(problem, Defaults::LeftOut);
    return response;
}

Response respond(Row row, const domain::Rejection& rejection, domain::Language language) {
    auto problem = document(row, language);
    problem.set_detail(domain::explain(rejection, language));
    const auto add = [&](domain::Rejection one) {
        one.more.clear();  // each error stands on its own line
        auto& error = *problem.add_errors();
        error.set_field(one.field);
        error.set_message(domain::explain(one, language));
    };
    if (!rejection.field.empty() || !rejection.more.empty()) add(rejection);
    for (const auto& one : rejection.more) add(one);
    return respond(problem, language);
}

}  // namespace

Response problem(Trouble trouble, domain::Language language, const std::map<std::string, std::string>& args) {
    const auto of = row(trouble);
    auto problem = document(of, language);
    problem.set_detail(domain::text("problem." + std::string(of.name) + ".detail", language, args));
    return respond(problem, language);
}

Response problem(const domain::Rejection& rejection, domain::Language language) {
    return respond(row(rejection.reason), rejection, language);
}

Response problem(Trouble trouble, const domain::Rejection& rejection, domain::Language language) {
    return respond(row(trouble), rejection, language);
}

unsigned status_of(domain::Reason reason) {
    return row(reason).status;
}

}  // namespace vastine::api
