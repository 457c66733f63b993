
#include "api/http/problem.hpp"
#include "api/json.hpp"
#include "api/login/browser_name.hpp"
#include "api/routes/handlers.hpp"
#include "api/routes/login_handlers.hpp"

namespace vastine::api::handlers {

namespace {

using domain::Reason;
using domain::reject;

SessionView session_view(const Services& services, const SetUser& user, const Accounts::Session& session,
                         std::string csrf_token) {
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
    *view.mutable_auditor_of() = user.auditor_of();
    view.set_csrf_token(std::move(csrf_token));
    *view.mutable_expires_at() = timestamp(session.expires_at);
    const auto unfinished = services.unfinished(session);
    view.set_password_change_required(unfinished == Unfinished::Password);
    view.set_second_factor_required(unfinished == Unfinished::SecondFactor);
    view.set_means(std::string(name_of(session.by)));
    if (session.by == SignedInBy::Provider && services.openid)
        view.set_sign_out_address(services.openid->sign_in.sign_out_address());
    return view;
}

TokenView token_view(const Accounts::Token& token) {
    TokenView view;
    view.set_token_id(token.token_id);
    view.set_label(token.label);
    *view.mutable_created_at() = timestamp(token.created_at);
    *view.mutable_expires_at() = timestamp(token.expires_at);
    for (const auto scope : token.scopes) view.add_scopes(scope);
    return view;
}

}  // namespace

std::string session_cookie_of(const std::string& secret) {
    return "__Host-vastine=" + secret + "; Path=/; Secure; HttpOnly; SameSite=Strict";
}

std::string_view name_of(SignedInBy by) {
    switch (by) {
        case SignedInBy::Password:
            return "password";
        case SignedInBy::SecondFactor:
            return "second-factor";
        case SignedInBy::Provider:
            return "provider";
    }
    return "";
}

Opening opening_of(const Call& call, SignedInBy by) {
    auto [browser, system] = browser_name(call.request.headers.get("User-Agent"));
    return {by, std::move(browser), std::move(system), {}, {}};
}

Answer too_many_failures(const Call& call) {
    auto response = problem(Trouble::TooManyFailedLogins, call.language,
                            {{"minutes", std::to_string(Failures::window.count())}});
    response.headers.set("Retry-After", std::to_string(std::chrono::seconds(Failures::window).count()));
    return Answer::as_it_is(std::move(response));
}

Result<Answer> open_session(Services& services, Call& call) {
    const auto& given = call.body_as<OpenSession>();
    if (!services.passwords_open()) return Answer::as_it_is(problem(Trouble::PasswordsClosed, call.language));
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
    const auto failed = [&](Trouble trouble) {
        services.account_failures.failed(account, at);
        services.address_failures.failed(call.address, at);
        return Answer::as_it_is(problem(trouble, call.language));
    };
    if (!matches) return failed(Trouble::WrongCredentials);
    auto by = SignedInBy::Password;
    if (services.second_factors.is_on(user->user_id())) {
        // Neither a failure nor a success: failed codes before it go on counting.
        if (given.code().empty())
            return Answer::as_it_is(problem(Trouble::SecondFactorRequired, call.language));
        if (!services.second_factors.check(user->user_id(), given.code())) return failed(Trouble::WrongCode);
        by = SignedInBy::SecondFactor;
    }
    services.account_failures.succeeded(account);
    auto opened = services.accounts.open_session(user->user_id(), opening_of(call, by));
    const auto session = services.accounts.session(opened.secret);
    if (!session) return Answer::as_it_is(problem(Trouble::NotSignedIn, call.language));
    Response response;
    response.status = 201;
    response.headers.set("Content-Type", call.route.media);
    response.headers.set("Set-Cookie", session_cookie_of(opened.secret));
    response.body =
        write_json(session_view(services, *user, *session, std::move(opened.csrf_token)), Defaults::Written);
    return Answer::as_it_is(std::move(response));
}

Result<Answer> see_session(Services& services, Call& call) {
    const auto session = services.accounts.session(call.caller->session_secret);
    const auto user = services.directory.by_id(call.caller->viewer.user_id);
    if (!session || !user) return Answer::as_it_is(problem(Trouble::NotSignedIn, call.language));
    return Answer::of(
        session_view(services, *user, *session, services.accounts.csrf_token(call.caller->session_secret)));
}

Result<Answer> close_session(Services& services, Call& call) {
    services.accounts.close_session(call.caller->session_secret);
    services.feeds.beat();
    Response response;
    response.status = 204;
    response.headers.set("Set-Cookie", session_cookie_of("") + "; Max-Age=0");
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
    std::set<TokenScope> scopes;
    for (const auto scope : given.scopes()) scopes.insert(static_cast<TokenScope>(scope));
    auto made = services.accounts.create_token(call.caller->viewer.user_id, given.label(),
                                               std::chrono::days(given.valid_days()), scopes);
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
