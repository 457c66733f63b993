#include "api/json.hpp"
#include "api/routes/handlers.hpp"
#include "domain/schema/keys.pb.h"

namespace vastine::api::handlers {

namespace {

std::string_view name_of(RotationDesk::State state) {
    switch (state) {
        case RotationDesk::State::Running:
            return "running";
        case RotationDesk::State::Finished:
            return "finished";
        case RotationDesk::State::Failed:
            return "failed";
        case RotationDesk::State::None:
            break;
    }
    return "none";
}

Answer keys_now(Services& services) {
    const auto status = services.store.keys().status();
    const auto last = services.rotations.last();
    KeysView view;
    view.set_living(status.living);
    view.set_destroyed(status.destroyed);
    view.set_rotation_unfinished(status.rotation_unfinished && last.state != RotationDesk::State::Running);
    if (status.escrow) {
        auto& escrow = *view.mutable_escrow();
        escrow.set_set(status.escrow->set);
        escrow.set_shares(status.escrow->plan.shares);
        escrow.set_needed(status.escrow->plan.needed);
    }
    auto& rotation = *view.mutable_rotation();
    rotation.set_state(std::string(name_of(last.state)));
    rotation.set_done(last.done);
    rotation.set_all(last.all);
    rotation.set_wrapped_anew(last.rotated.wrapped_anew);
    rotation.set_unopened(last.rotated.unopened);
    if (last.ended_at != store::Instant{}) *rotation.mutable_ended_at() = timestamp(last.ended_at);
    return Answer::of(std::move(view));
}

}  // namespace

Result<Answer> keys(Services& services, Call&) {
    return keys_now(services);
}

Result<Answer> rotate_keys(Services& services, Call&) {
    services.rotations.start();
    return keys_now(services);
}

}  // namespace vastine::api::handlers
