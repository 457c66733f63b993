
#include "api/http/problem.hpp"
#include "api/json.hpp"
#include "api/routes/handlers.hpp"

namespace vastine::api::handlers {

namespace {

using domain::Reason;
using domain::reject;

SessionView session_view(const Services& services, const SetUser& user, std::string csrf_token,
                         store::Instant expires_at, bool password_change_required) {
    SessionView view;
    const auto language = domain::parse_language(user.language()).value_or(domain::Language::Finnish);
    services.model.read([&](const projections::Views& views) {
        for (const auto& id : user.units()) {
            auto& unit = *view.add_units();
            unit.set_unit_id(id);
            const auto* known = views.reference.unit(id);
            unit.set_name(known == nullptr ? id : domain::in_language(known->given.name(), language));
        }
        view.set_offline_queue_off(views.reference.organisation().offline_queue_off());
        return 0;
    });
    view.set_user_id(user.user_id());
    view.set_name(user.name());
    view.set_language(user.language());
    *view.mutable_roles() = user.roles();
    view.set_csrf_token(std::move(csrf_token));
    *view.mutable_expires_at() = timestamp(expires_at);
    view.set_password_change_required(password_change_required);
    return view;
}

TokenView token_view(const Accounts::Token& token) {
    TokenView view;
    view.set_token_id(token.token_id);
    view.set_label(token.label);
    *view.mutable_created_at() = timestamp(token.created_at);
    *view.mutable_expires_at() = timestamp(token.expires_at);
    return view;
}

std::string cookie_of(const std::string& secret) {
    return "__Host-vastine=" + secret + "; Path=/; Secure; HttpOnly; SameSite=Strict";
}

}  // namespace

Answer too_many_failures(const Call& call) {
    auto response = problem(Trouble::TooManyFailedLogins, call.language,
                            {{"minutes", std::to_string(Failures::window.count())}});
    response.headers.set("Retry-After", std::to_string(std::chrono::seconds(Failures::window).count()));
    return Answer::as_it_is(std::move(response));
}

Result<Answer> open_session(Services& services, Call& call) {
    const auto& given = call.body_as<OpenSession>();
    const auto at = services.now();
    // A login that nobody has is throttled like one that somebody has.
    const auto account = "login:" + given.login().substr(0, 200);
    if (services.account_failures.pausing(account, at) ||
        services.address_failures.pausing(call.address, at)) {
        return too_many_failures(call);
    }
    const auto user = services.directory.by_login(given.login());
    const bool matches =
        services.accounts.verify(user ? std::optional(user->user_id()) : std::nullopt, given.password());
    if (!matches) {
        services.account_failures.failed(account, at);
        services.address_failures.failed(call.address, at);
        return Answer::as_it_is(problem(Trouble::WrongCredentials, call.language));
    }
    services.account_failures.succeeded(account);
    auto opened = services.accounts.open_session(user->user_id());
    Response response;
    response.status = 201;
    response.headers.set("Content-Type", call.route.media);
    response.headers.set("Set-Cookie", cookie_of(opened.secret));
    response.body = write_json(session_view(services, *user, std::move(opened.csrf_token), opened.expires_at,
                                            opened.password_change_required),
                               Defaults::Written);
    return Answer::as_it_is(std::move(response));
}

Result<Answer> see_session(Services& services, Call& call) {
    const auto session = services.accounts.session(call.caller->session_secret);
    const auto user = services.directory.by_id(call.caller->viewer.user_id);
    if (!session || !user) return Answer::as_it_is(problem(Trouble::NotSignedIn, call.language));
    return Answer::of(session_view(services, *user, services.accounts.csrf_token(call.caller->session_secret),
                                   session->expires_at, session->password_change_required));
}

Result<Answer> close_session(Services& services, Call& call) {
    services.accounts.close_session(call.caller->session_secret);
    services.feeds.beat();
    Response response;
    response.status = 204;
    response.headers.set("Set-Cookie", cookie_of("") + "; Max-Age=0");
    return Answer::as_it_is(std::move(response));
}

Result<Answer> change_own_password(Services& services, Call& call) {
    const auto& given = call.body_as<GivePassword>();
    const auto& user_id = call.caller->viewer.user_id;
    const auto at = services.now();
    const auto account = "password:" + user_id;
    if (services.account_failures.pausing(account, at)) return too_many_failures(call);
    if (!services.accounts.verify(user_id, given.current_password())) {
        services.account_failures.failed(account, at);
        return reject(Reason::Invalid, "account.current_password_wrong", {}, "current_password");
    }
    services.account_failures.succeeded(account);
    // Otherwise whoever gave the password would go on knowing it.
    if (given.password() == given.current_password()) {
        return reject(Reason::Invalid, "account.same_password", {}, "password");
    }
    if (auto set = services.accounts.set_password(user_id, given.password(), ChosenBy::Owner); !set) {
        return tl::unexpected(std::move(set.error()));
    }
    services.feeds.beat();
    return Answer::nothing();
}

Result<Answer> set_password(Services& services, Call& call) {
    const auto everyone = services.directory.everyone();
    if (everyone->reference.user(call.path.at(0)) == nullptr)
        return reject(Reason::NotFound, "account.no_such_user");
    // An administrator who gives a password to themself has chosen it, and nobody else knows it.
    const auto by = call.path.at(0) == call.caller->viewer.user_id ? ChosenBy::Owner : ChosenBy::SomebodyElse;
    if (auto set =
            services.accounts.set_password(call.path.at(0), call.body_as<GivePassword>().password(), by);
        !set) {
        return tl::unexpected(std::move(set.error()));
    }
    services.feeds.beat();
    return Answer::nothing();
}

Result<Answer> create_token(Services& services, Call& call) {
    const auto& given = call.body_as<CreateToken>();
    auto made = services.accounts.create_token(call.caller->viewer.user_id, given.label(),
                                               std::chrono::days(given.valid_days()));
    if (!made) return tl::unexpected(std::move(made.error()));
    auto view = token_view(made->token);
    view.set_secret(made->secret);
    return Answer::of(std::move(view), call.route.status);
}

Result<Answer> list_tokens(Services& services, Call& call) {
    TokenList list;
    for (const auto& token : services.accounts.tokens_of(call.caller->viewer.user_id)) {
        *list.add_tokens() = token_view(token);
    }
    return Answer::of(std::move(list));
}

Result<Answer> revoke_token(Services& services, Call& call) {
    if (!services.accounts.revoke_token(call.caller->viewer.user_id, call.path.at(0))) {
        return reject(Reason::NotFound, "account.no_such_token");
    }
    services.feeds.beat();
    return Answer::nothing();
}

}  // namespace vastine::api::handlers
