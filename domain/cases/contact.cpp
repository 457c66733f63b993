#include "domain/cases/contact.hpp"

namespace vastine::domain::contact {

bool needs_record(std::string_view measure) {
    return measure != "advice" && measure != "guided-elsewhere";
}

Result<Events> decide(const State&, const google::protobuf::Message&, const Context&) {
    return reject(Reason::WrongState, "contact.not_now");
}

void evolve(State&, const google::protobuf::Message&) {}

}  // namespace vastine::domain::contact
