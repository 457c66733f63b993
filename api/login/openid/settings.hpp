#pragma once
// What an operator says about signing in at the organisation's own provider (OpenID Connect): a TOML file.
//
//   issuer = "https://login.example.fi/realms/staff"
//   client_id = "vastine"
//   client_secret_file = "/etc/vastine/openid-secret"   # mode 0600; its first line
//   name = "Hyvinvointialueen tunnus"                   # on the button; may be left out
//   authority = "/etc/vastine/login-ca.pem"             # beside the system's; may be left out
//   login_claim = "preferred_username"                  # is the login here: one that people cannot change
//   groups_claim = "groups"
//   scopes = ["profile", "email"]                       # asked for beside openid
//   local_accounts = true                               # whether passwords open sessions too
//
//   [[group]]
//   name = "vastine-unit-heads"
//   roles = ["unit-head"]
//   units = ["sairaala"]        # and sectors, auditor_of: as a user has them

#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "domain/schema/options.pb.h"

namespace vastine::api::openid {

// What membership in a group of the provider gives.
struct GroupRights {
    std::string group;
    std::vector<Role> roles;
    std::vector<std::string> units;
    std::vector<std::string> sectors;  // empty: all
    std::vector<std::string> auditor_of;
};

struct Settings {
    std::string issuer;
    std::string client_id;
    std::string client_secret;
    std::string name;
    std::filesystem::path authority;  // PEM, believed beside the system's; empty: none
    std::string login_claim = "preferred_username";
    std::string groups_claim = "groups";
    std::vector<std::string> scopes{"profile", "email"};
    bool local_accounts = true;
    std::vector<GroupRights> groups;
};

// Says what is wrong with the file and where, for the person at the terminal.
struct SettingsError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

// With the client's secret read from its file. Throws SettingsError.
[[nodiscard]] Settings read_settings(const std::filesystem::path& file);
// The same without any file: the secret stays empty.
[[nodiscard]] Settings parse_settings(std::string_view text, std::filesystem::path* secret_file = nullptr);

}  // namespace vastine::api::openid
