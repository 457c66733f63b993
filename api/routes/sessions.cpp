// One's own sessions, and those of a user whom the administrator signs out.

#include "api/json.hpp"
#include "api/routes/login_handlers.hpp"
#include "domain/schema/login.pb.h"

namespace vastine::api::handlers {

using domain::Reason;
using domain::reject;

Result<Answer> list_sessions(Services& services, Call& call) {
    SessionList list;
    for (const auto& session : services.accounts.sessions_of(call.caller->viewer.user_id)) {
        auto& view = *list.add_sessions();
        view.set_session_id(session.session_id);
        *view.mutable_opened_at() = timestamp(session.opened_at);
        *view.mutable_used_at() = timestamp(session.used_at);
        *view.mutable_expires_at() = timestamp(session.expires_at);
        view.set_means(std::string(name_of(session.opening.by)));
        view.set_browser(session.opening.browser);
        view.set_system(session.opening.system);
        view.set_this_one(session.key == call.caller->key);
    }
    return Answer::of(std::move(list));
}

Result<Answer> end_session(Services& services, Call& call) {
    if (!services.accounts.close_session_of(call.caller->viewer.user_id, call.path.at(0)))
        return reject(Reason::NotFound, "account.no_such_session");
    services.feeds.beat();
    return Answer::nothing();
}

Result<Answer> end_other_sessions(Services& services, Call& call) {
    services.accounts.close_other_sessions(call.caller->viewer.user_id, call.caller->key);
    services.feeds.beat();
    return Answer::nothing();
}

Result<Answer> end_sessions_of_user(Services& services, Call& call) {
    if (services.directory.everyone()->reference.user(call.path.at(0)) == nullptr)
        return reject(Reason::NotFound, "account.no_such_user");
    services.accounts.close_sessions_of(call.path.at(0));
    services.feeds.beat();
    return Answer::nothing();
}

}  // namespace vastine::api::handlers
