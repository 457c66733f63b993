#pragma once
// Authority request (selvityspyyntö, lausuntopyyntö, lisäselvityspyyntö): an authority asks the
// organisation for something by a date of its own, which only the authority moves (434/2003 §33).
// Received, receipt confirmed, replied, closed.

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "domain/cases/casework.hpp"
#include "domain/schema/request.pb.h"

namespace vastine::domain::request {

// `refusal`: what is said of a command that has no rule at the stage.
struct Preparing {
    static constexpr std::string_view refusal = "request.no_extension_asked";
};
struct ExtensionPending {
    static constexpr std::string_view refusal = "request.extension_asked_already";
    std::optional<Date> asked_on;
};
struct Replied {
    static constexpr std::string_view refusal = "request.replied_already";
    std::optional<Date> on;
};
using Stage = std::variant<Preparing, ExtensionPending, Replied>;

struct State {
    casework::Casework work{AUTHORITY_REQUEST};
    Stage stage;
    casework::AuthorityTrail authority;
    std::string request_kind;  // of the code set request_kind
    bool receipt_confirmed = false;
};

[[nodiscard]] Result<Events> decide(const State& state, const google::protobuf::Message& command,
                                    const Context& context);
void evolve(State& state, const google::protobuf::Message& event);

[[nodiscard]] std::string_view stage(const State& state);
[[nodiscard]] std::string_view next_step(const State& state);
[[nodiscard]] std::vector<casework::DueItem> due_dates(const State& state);

}  // namespace vastine::domain::request
