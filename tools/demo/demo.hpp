#pragma once
// Fills an empty organisation with the demo: like Helsinki's, with invented people, and past cases that
// sum exactly to the published figures of 2016-2018. What is invented is said so in every report.

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "api/accounts.hpp"
#include "api/execution.hpp"
#include "domain/result.hpp"

namespace vastine::tools::demo {

struct DemoLogin {
    std::string login;
    std::string name;
    std::vector<Role> roles;
};
struct DemoSummary {
    std::vector<DemoLogin> logins;
    std::string password;     // the same for all of them
    std::uint64_t cases = 0;  // reminders, complaints, requests
    std::uint64_t contacts = 0;
    std::uint64_t open = 0;  // of them all, those that wait for work around the day it was made
    std::uint64_t publications = 0;
    store::Position position;  // of the last event
};

// `done` of `all` commands.
using Progress = std::function<void(std::uint64_t done, std::uint64_t all)>;

// Gives every command through `execution`, so that all rules apply, and fills in the default reference
// data where there is none. The instant is execution.now(). Takes some seconds; the store is consistent
// after every step, but an interrupted demo is not complete: begin anew with an empty folder.
// Refused with demo.not_empty when the organisation has units already.
[[nodiscard]] domain::Result<DemoSummary> make_demo(api::Execution& execution, api::Accounts& accounts,
                                                    const Progress& progress = {});

}  // namespace vastine::tools::demo
