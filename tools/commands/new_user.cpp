#include "tools/commands/new_user.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "api/accounts.hpp"
#include "api/utf8.hpp"
#include "tools/commands/commands.hpp"

namespace vastine::tools {

const std::vector<std::string>& role_names() {
    static const std::vector<std::string> names = {"ombudsman", "head-ombudsman", "registrar",
                                                   "lawyer",    "unit-head",      "board",
                                                   "auditor",   "administrator",  "board-secretary"};
    return names;
}

void check_password(const std::string& password) {
    const auto length = api::characters(password);
    if (length < 12 || length > 200) throw Failure("a password has 12 to 200 characters");
}

SetUser set_user(const NewUser& user, const std::string& user_id) {
    SetUser command;
    command.set_user_id(user_id);
    command.set_login(user.login);
    command.set_name(user.name);
    command.set_email(user.email);
    command.set_language(user.language);
    command.set_active(true);
    for (const auto& name : user.roles) {
        const auto known = std::ranges::find(role_names(), name);
        if (known == role_names().end()) {
            throw Failure(
                fmt::format("'{}' is no role; the roles are {}", name, fmt::join(role_names(), ", ")));
        }
        command.add_roles(static_cast<Role>(std::distance(role_names().begin(), known) + 1));
    }
    for (const auto& unit : user.units) command.add_units(unit);
    for (const auto& sector : user.sectors) command.add_sectors(sector);
    for (const auto& area : user.auditor_of) command.add_auditor_of(area);
    return command;
}

std::string add_user(DataFolder& folder, const NewUser& user) {
    check_password(user.password);
    const auto user_id = api::new_uuid();
    api::CommandRequest request;
    request.viewer = folder.viewer();
    request.kind = REFERENCE;
    request.path = "users";
    request.command = std::make_unique<SetUser>(set_user(user, user_id));
    request.command_id = api::new_uuid();
    if (const auto answer = folder.execution().execute(std::move(request)); !answer)
        throw refused(answer.error());
    api::Accounts accounts(folder.store().secrets(), system_now);
    if (const auto given = accounts.set_password(user_id, user.password, user.chosen_by); !given)
        throw refused(given.error());
    return user_id;
}

}  // namespace vastine::tools
