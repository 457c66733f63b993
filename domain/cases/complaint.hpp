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

struct Pending {};
struct Ruled {
    std::optional<Date> received_on;
    std::optional<Date> report_back_by;
    std::vector<Due> orders;  // deadlines that orders set
};
struct ReportedBack {
    Ruled ruled;
    std::optional<Date> on;
};
using Stage = std::variant<Pending, Ruled, ReportedBack>;

struct State {
    casework::Casework work{COMPLAINT};
    Stage stage;
    casework::AuthorityTrail authority;
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
