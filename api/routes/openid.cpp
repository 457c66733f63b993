// Signing in at the organisation's provider: out to it, back from it, and over when it says so. What goes
// wrong on the way ends on the page for signing in, with one word of why; nothing that the provider sent goes
// further.

#include <boost/url/parse_query.hpp>

#include "api/http/cookie.hpp"
#include "api/login/openid/door.hpp"
#include "api/login/openid/rights.hpp"
#include "api/routes/handlers.hpp"
#include "api/routes/login_handlers.hpp"
#include "domain/schema/login.pb.h"
#include "domain/schema/reference.pb.h"

namespace vastine::api::handlers {

namespace {

using domain::Reason;
using domain::reject;
using openid::Fault;

constexpr std::string_view on_the_way = "__Host-vastine-openid";

// Who writes what the provider says of a user.
const std::string door_id = "7a1e57a1-0000-4000-8000-000000000003";

// The browser comes back from another site, so it may not be SameSite=Strict; it opens nothing by itself.
std::string way_cookie(const std::string& secret) {
    return std::string(on_the_way) + "=" + secret +
           "; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=" + (secret.empty() ? "0" : "600");
}

Answer to(const std::string& address) {
    Response response;
    response.status = 303;
    response.headers.set("Location", address);
    return Answer::as_it_is(std::move(response));
}

Answer back(Fault fault) {
    auto answer = to("/?sign_in=" + std::string(openid::name_of(fault)));
    answer.ready->headers.add("Set-Cookie", way_cookie(""));
    return answer;
}

// The user with the roles of today's groups.
tl::expected<SetUser, Fault> admitted(Services& services, const openid::Person& person) {
    const auto& settings = services.openid->provider.settings();
    for (int tries = 0; tries < 3; ++tries) {
        const auto everyone = services.directory.everyone();
        const auto* known = everyone->reference.user_with_login(person.login);
        auto user = openid::user_of(person, settings, known);
        if (!user) {
            if (known != nullptr) services.accounts.close_sessions_of(known->user_id());
            return tl::unexpected(Fault::NoRole);
        }
        if (known != nullptr && !known->active()) return tl::unexpected(Fault::Closed);
        if (known != nullptr && !openid::differ(*known, *user)) return *user;
        if (known == nullptr) user->set_user_id(new_uuid());
        CommandRequest request;
        request.viewer.user_id = door_id;
        request.viewer.roles = {ADMINISTRATOR};
        request.kind = REFERENCE;
        request.path = "users";
        request.command = std::make_unique<SetUser>(*user);
        request.command_id = new_uuid();
        const auto taken = services.execution.execute(std::move(request));
        if (taken) {
            services.feeds.advance();
            return *user;
        }
        // Somebody else wrote the same login first: it is looked up again.
        if (taken.error().reason != Reason::Conflict) return tl::unexpected(Fault::Impossible);
    }
    return tl::unexpected(Fault::Impossible);
}

}  // namespace

Result<Answer> sign_in_ways(Services& services, Call&) {
    SignInWays ways;
    ways.set_password(services.passwords_open());
    ways.set_provider(services.openid != nullptr);
    if (services.openid) ways.set_provider_name(services.openid->provider.settings().name);
    return Answer::of(std::move(ways));
}

Result<Answer> openid_start(Services& services, Call&) {
    if (!services.openid) return reject(Reason::NotFound, "account.no_provider");
    const auto begun = services.openid->sign_in.begin();
    if (!begun) return back(begun.error());
    auto answer = to(begun->address);
    answer.ready->headers.add("Set-Cookie", way_cookie(begun->secret));
    return answer;
}

Result<Answer> openid_callback(Services& services, Call& call) {
    if (!services.openid) return reject(Reason::NotFound, "account.no_provider");
    const auto at = services.now();
    if (services.address_failures.pausing(call.address, at)) return back(Fault::TooMany);
    openid::SignIn::Returned returned;
    returned.secret = std::string(cookie(call.request.headers.get("Cookie"), on_the_way));
    returned.state = call.text("state");
    returned.code = call.text("code");
    returned.issuer = call.text("iss");
    returned.error = call.text("error");
    const auto person = services.openid->sign_in.finish(returned);
    if (!person) {
        // What the provider was asked for in vain; not who changed their mind there.
        const bool guessed = returned.error.empty() &&
                             (person.error() == Fault::Refused || person.error() == Fault::NotBelieved);
        if (guessed) services.address_failures.failed(call.address, at);
        return back(person.error());
    }
    const auto user = admitted(services, *person);
    if (!user) return back(user.error());
    auto opening = opening_of(call, SignedInBy::Provider);
    opening.provider_subject = person->subject;
    opening.provider_session = person->session;
    const auto opened = services.accounts.open_session(user->user_id(), std::move(opening));
    auto answer = to("/");
    answer.ready->headers.add("Set-Cookie", way_cookie(""));
    answer.ready->headers.add("Set-Cookie", session_cookie_of(opened.secret));
    return answer;
}

Result<Answer> openid_logout(Services& services, Call& call) {
    if (!services.openid) return reject(Reason::NotFound, "account.no_provider");
    const auto form = boost::urls::parse_query(call.request.body);
    if (!form) return reject(Reason::Invalid, "account.logout_not_believed");
    std::optional<openid::SignIn::Ended> over;
    for (const auto& field : *form) {
        if (field.key.decode() == "logout_token") over = services.openid->sign_in.ended(field.value.decode());
    }
    if (!over) return reject(Reason::Invalid, "account.logout_not_believed");
    services.accounts.close_sessions_of_provider(over->subject, over->session);
    services.feeds.beat();
    return Answer::nothing();
}

}  // namespace vastine::api::handlers
