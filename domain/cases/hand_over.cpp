// A case is handed over when the other one says yes. Until then it is its handler's: nobody is left with a
// case that they never knew of, and no case lies between two desks.
#include "domain/cases/casework.hpp"

namespace vastine::domain::casework {

namespace {

Permitted offered(const Casework& work) {
    if (work.hand_over_to.empty()) return reject(Reason::WrongState, "casework.no_hand_over_offered");
    return permitted();
}

}  // namespace

bool may_decline_hand_over(const Casework& work, const std::string& user) {
    return user == work.hand_over_to || user == work.hand_over_from || user == work.handler;
}

Result<Events> rule(const Casework& work, const OfferHandOver& command, const Context& context) {
    if (!work.hand_over_to.empty()) return reject(Reason::WrongState, "casework.hand_over_offered_already");
    if (command.to() == context.actor)
        return reject(Reason::Invalid, "casework.hand_over_to_oneself", {}, "to");
    if (command.to() == work.handler) return reject(Reason::Invalid, "casework.handler_already", {}, "to");
    if (auto may = may_handle(work, command.to(), context, "to"); !may) return tl::unexpected(may.error());
    HandOverOffered event;
    *event.mutable_given() = command;
    event.set_from(context.actor);
    return events(std::move(event));
}

Result<Events> rule(const Casework& work, const AcceptHandOver& command, const Context& context) {
    if (auto open = offered(work); !open) return tl::unexpected(open.error());
    if (context.actor != work.hand_over_to) return reject(Reason::Forbidden, "casework.hand_over_of_another");
    if (auto may = may_handle(work, context.actor, context, ""); !may) return tl::unexpected(may.error());
    HandOverAccepted event;
    *event.mutable_given() = command;
    event.set_handler(context.actor);
    return events(std::move(event));
}

Result<Events> rule(const Casework& work, const DeclineHandOver& command, const Context& context) {
    if (auto open = offered(work); !open) return tl::unexpected(open.error());
    if (!may_decline_hand_over(work, context.actor))
        return reject(Reason::Forbidden, "casework.hand_over_of_another");
    HandOverDeclined event;
    *event.mutable_given() = command;
    return events(std::move(event));
}

}  // namespace vastine::domain::casework
