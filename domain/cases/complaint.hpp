#pragma once
// Complaint (kantelu): anybody's complaint to a supervisory authority (434/2003 §53a-d), as the
// organisation meets it. Pending at the authority, ruled, reported back, closed. The authority's requests
// are cases of their own (request.hpp).

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "domain/cases/casework.hpp"
#include "domain/schema/complaint.pb.h"

namespace vastine::domain::complaint {

// `refusal`: what is said of a command that has no rule at the stage.
struct Pending {
    static constexpr std::string_view refusal = "complaint.not_ruled_yet";
};
struct Ruled {
    static constexpr std::string_view refusal = "complaint.ruled_already";
    std::optional<Date> received_on;
    std::optional<Date> report_back_by;
    std::vector<Due> orders;  // deadlines that orders set
};
struct ReportedBack {
    static constexpr std::string_view refusal = "complaint.reported_already";
    Ruled ruled;
    std::optional<Date> on;
};
using Stage = std::variant<Pending, Ruled, ReportedBack>;

struct State {
    casework::Casework work{COMPLAINT};
    Stage stage;
    casework::AuthorityTrail authority;
    std::optional<Date> events_on;
    bool over_two_years = false;  // of the events when it arrived: needs a special reason to be examined
    bool report_awaited = false;  // the ruling asked for one, and it has not been given
};

[[nodiscard]] Result<Events> decide(const State& state, const google::protobuf::Message& command,
                                    const Context& context);
void evolve(State& state, const google::protobuf::Message& event);

[[nodiscard]] std::string_view stage(const State& state);
[[nodiscard]] std::string_view next_step(const State& state);
[[nodiscard]] std::vector<casework::DueItem> due_dates(const State& state);

}  // namespace vastine::domain::complaint
