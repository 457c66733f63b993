// The second factor: set up and switched off by its owner, with what only they know; switched off for
// somebody who has lost it by the administrator.

#include "api/json.hpp"
#include "api/rendering/qr_code.hpp"
#include "api/routes/handlers.hpp"
#include "api/routes/login_handlers.hpp"
#include "domain/schema/login.pb.h"
#include "domain/text/text.hpp"

namespace vastine::api::handlers {

namespace {

using domain::Reason;
using domain::reject;

// What is wrong with the proof, counted like a failed sign-in; nothing: it is the owner.
enum class Code { Checked, LeftToCaller };
std::optional<Result<Answer>> not_proven(Services& services, const Call& call, Code code) {
    const auto& given = call.body_as<ProvenOwner>();
    const auto& user_id = call.caller->viewer.user_id;
    const auto at = services.now();
    const auto account = "password:" + user_id;
    if (services.account_failures.pausing(account, at)) return too_many_failures(call);
    const auto wrong = [&](std::string text, std::string field) -> Result<Answer> {
        services.account_failures.failed(account, at);
        return reject(Reason::Invalid, std::move(text), {}, std::move(field));
    };
    if (!services.accounts.verify(user_id, given.password()))
        return wrong("account.current_password_wrong", "password");
    if (code == Code::Checked && !services.second_factors.check(user_id, given.code()))
        return wrong("account.code_wrong", "code");
    services.account_failures.succeeded(account);
    return std::nullopt;
}

RecoveryCodes shown(const std::vector<std::string>& codes) {
    RecoveryCodes view;
    for (const auto& code : codes) view.add_codes(code);
    return view;
}

}  // namespace

Result<Answer> see_second_factor(Services& services, Call& call) {
    SecondFactorView view;
    view.set_required(services.second_factor_duty == SecondFactorDuty::Everybody);
    if (const auto state = services.second_factors.state(call.caller->viewer.user_id)) {
        view.set_on(true);
        *view.mutable_since() = timestamp(state->since);
        view.set_recovery_codes_left(static_cast<std::uint32_t>(state->recovery_codes_left));
    }
    return Answer::of(std::move(view));
}

Result<Answer> begin_second_factor(Services& services, Call& call) {
    const auto user = services.directory.by_id(call.caller->viewer.user_id);
    if (!user) return reject(Reason::NotFound, "account.no_such_user");
    const auto begun = services.second_factors.begin(user->user_id(), user->login());
    if (!begun) return tl::unexpected(begun.error());
    SecondFactorSetUp view;
    view.set_secret(begun->secret);
    view.set_address(begun->address);
    view.set_picture(rendering::qr_code_svg(begun->address, domain::text("account.qr_code", call.language)));
    return Answer::of(std::move(view), call.route.status);
}

Result<Answer> confirm_second_factor(Services& services, Call& call) {
    if (auto refused = not_proven(services, call, Code::LeftToCaller)) return std::move(*refused);
    const auto& user_id = call.caller->viewer.user_id;
    const auto codes = services.second_factors.confirm(user_id, call.body_as<ProvenOwner>().code());
    if (!codes) {
        services.account_failures.failed("password:" + user_id, services.now());
        return tl::unexpected(codes.error());
    }
    // Whoever was signed in elsewhere had shown a password only.
    services.accounts.close_other_sessions(user_id, call.caller->key);
    services.feeds.beat();
    return Answer::of(shown(*codes), call.route.status);
}

Result<Answer> renew_recovery_codes(Services& services, Call& call) {
    if (auto refused = not_proven(services, call, Code::Checked)) return std::move(*refused);
    return Answer::of(shown(services.second_factors.renew_recovery_codes(call.caller->viewer.user_id)),
                      call.route.status);
}

Result<Answer> switch_second_factor_off(Services& services, Call& call) {
    if (auto refused = not_proven(services, call, Code::Checked)) return std::move(*refused);
    services.second_factors.switch_off(call.caller->viewer.user_id);
    return Answer::nothing();
}

Result<Answer> switch_off_for_user(Services& services, Call& call) {
    const auto& user_id = call.path.at(0);
    if (services.directory.everyone()->reference.user(user_id) == nullptr)
        return reject(Reason::NotFound, "account.no_such_user");
    // A session left open would otherwise do what takes a password and a code.
    if (user_id == call.caller->viewer.user_id)
        return reject(Reason::WrongState, "account.own_second_factor");
    services.second_factors.switch_off(user_id);
    services.accounts.close_sessions_of(user_id);
    services.feeds.beat();
    return Answer::nothing();
}

}  // namespace vastine::api::handlers
