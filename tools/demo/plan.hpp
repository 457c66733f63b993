#pragma once
// What the demo consists of, as commands that can be counted before any of them is given. Pure: the same
// plan every time.

#include <google/protobuf/message.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "domain/calendar/date.hpp"
#include "domain/schema/options.pb.h"
#include "domain/schema/values.pb.h"

namespace vastine::tools::demo {

struct Step {
    Kind kind = NO_KIND;
    std::string case_id;
    std::string path;         // as in domain::command
    std::string actor;        // login of who gives it
    std::uint64_t after = 0;  // version of the case it builds on; 0: opens it
    std::shared_ptr<const google::protobuf::Message> command;
};

struct DemoUnit {
    std::string id;
    std::string parent;  // empty: a department
    Text name;
    std::string sector;
    std::string service_task;
    std::uint64_t weight = 0;  // within its department
};
struct DemoUser {
    std::string id;
    std::string login;
    std::string name;
    std::vector<Role> roles;
    std::string language;
};
struct Organisation {
    std::string password;  // of every demo login; said wherever the logins are
    std::vector<DemoUnit> units;
    std::vector<DemoUser> users;
    std::vector<Step> steps;  // units, users and the note on reports, in order
    [[nodiscard]] const DemoUnit& unit(const std::string& id) const;
};
[[nodiscard]] Organisation organisation();

// The past: cases that sum to the published figures. Follow-ups refer to contacts of the first list and
// are given when those can be seen.
struct History {
    std::vector<Step> cases;
    std::vector<Step> follow_ups;
};
[[nodiscard]] History history(const Organisation& organisation);

// Open cases around a day, so that work lists have something to show. `after` only tells an opening (0)
// from what follows; versions are those that the answers give.
[[nodiscard]] std::vector<Step> live_cases(const Organisation& organisation, domain::Date today);

// A published report with its proposals answered, the draft of the next one, a signed account: their figures
// are those of the cases above. `after` as in live_cases.
[[nodiscard]] std::vector<Step> publications(domain::Date today);

}  // namespace vastine::tools::demo
