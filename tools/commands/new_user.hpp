#pragma once
// A new user with a password, as `init` and `user add` make one.

#include <string>
#include <vector>

#include "api/accounts.hpp"
#include "domain/schema/reference.pb.h"
#include "tools/commands/target.hpp"

namespace vastine::tools {

struct NewUser {
    std::string login;
    std::string name;
    std::string email;
    std::string language = "fi";
    std::vector<std::string> roles;  // ombudsman, head-ombudsman ...
    std::vector<std::string> units;
    std::vector<std::string> sectors;
    std::vector<std::string> auditor_of;
    std::string password;
    // A password that somebody else chose must be changed at the first sign-in.
    api::ChosenBy chosen_by = api::ChosenBy::SomebodyElse;
};

// Throws Failure when it is too short or too long for an account.
void check_password(const std::string& password);
// Throws Failure for a role that there is not.
[[nodiscard]] SetUser set_user(const NewUser& user, const std::string& user_id);
// Returns the new user's id. Throws Failure when refused.
std::string add_user(DataFolder& folder, const NewUser& user);
[[nodiscard]] const std::vector<std::string>& role_names();

}  // namespace vastine::tools
