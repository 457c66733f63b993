#include "api/routes/handlers.hpp"

namespace vastine::api::handlers {

Result<Answer> give_command(Services& services, Call& call, Kind kind, const std::string& case_id,
                            const std::string& path) {
    CommandRequest request;
    request.viewer = call.caller->viewer;
    request.kind = kind;
    request.case_id = case_id;
    request.path = path;
    request.command = std::move(call.body);
    request.expected = call.if_match;
    request.command_id = call.idempotency_key;
    auto taken = services.execution.execute(std::move(request));
    if (!taken) return tl::unexpected(std::move(taken.error()));
    services.feeds.advance();

    CommandTaken view;
    view.set_case_id(taken->case_id);
    view.set_version(taken->version.value);
    view.set_position(taken->position.value);
    view.set_repeated(taken->repeated);
    auto answer = Answer::of(std::move(view), call.route.status);
    answer.version = taken->version;
    if (call.route.status == 201) {
        answer.location = "/api/v1/" + std::string(domain::entry(kind).path) + "/" + taken->case_id;
    }
    return answer;
}

}  // namespace vastine::api::handlers
