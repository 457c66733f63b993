#include <fmt/format.h>

#include <boost/json.hpp>
#include <memory>

#include "api/directory.hpp"
#include "api/json.hpp"
#include "api/login/second_factors.hpp"
#include "domain/schema/session.pb.h"
#include "tools/commands/commands.hpp"
#include "tools/commands/new_user.hpp"
#include "tools/commands/password.hpp"
#include "tools/commands/remote.hpp"

namespace vastine::tools {

namespace {

struct Options {
    Target target;
    NewUser user;
    bool own_password = false;
    bool json = false;
};

std::string add_through(const Target& target, const NewUser& user) {
    Remote remote(target);
    UserList there;
    if (const auto read = api::read_json(remote.get("/api/v1/reference/users"), there); !read) {
        throw refused(read.error());
    }
    const auto user_id = api::new_uuid();
    (void)remote.post_json(
        "/api/v1/reference/users/users", api::write_json(set_user(user, user_id), api::Defaults::LeftOut),
        {{"If-Match", fmt::format("\"{}\"", there.version())}, {"Idempotency-Key", api::new_uuid()}});
    GivePassword password;
    password.set_password(user.password);
    (void)remote.put_json("/api/v1/users/" + user_id + "/password",
                          api::write_json(password, api::Defaults::LeftOut));
    return user_id;
}

void run(Options& options) {
    if (options.user.name.empty()) options.user.name = options.user.login;
    if (options.own_password && !options.target.url.empty())
        throw Failure("--own-password works with --data only: through a server the password is always given");
    (void)set_user(options.user, {});  // an unknown role is said before a password is asked for
    options.user.password = read_password(options.user.login);
    check_password(options.user.password);
    if (options.own_password) options.user.chosen_by = api::ChosenBy::Owner;
    std::string user_id;
    if (options.target.url.empty()) {
        DataFolder folder(options.target);
        user_id = add_user(folder, options.user);
    } else {
        user_id = add_through(options.target, options.user);
    }
    if (options.json) {
        fmt::print("{}\n", boost::json::serialize(boost::json::object{{"user_id", user_id}}));
    } else {
        fmt::print("Added {} ({}).\n", options.user.login, user_id);
        if (!options.own_password) fmt::print("The password must be changed at the first sign-in.\n");
    }
}

// For the administrator who has lost their own: everybody else's an administrator switches off.
struct OffOptions {
    Target target;
    std::string login;
};

void switch_second_factor_off(const OffOptions& options) {
    DataFolder folder(options.target);
    const auto user = api::Directory(folder.store().events()).by_login(options.login);
    if (!user) throw Failure("there is no active user " + options.login);
    api::SecondFactors(folder.store().secrets(), system_now).switch_off(user->user_id());
    fmt::print("{} signs in with the password alone.\n", options.login);
}

void add_second_factor_off(CLI::App& user) {
    auto* command =
        user.add_subcommand("second-factor-off",
                            "switch a user's second factor off, for whoever has lost it and nobody else can");
    auto options = std::make_shared<OffOptions>();
    add_target(*command, options->target, Doors::DataOnly, Shows::NoPersonalData);
    command->add_option("--login", options->login, "the name to sign in with")->required();
    command->callback([options] { switch_second_factor_off(*options); });
}

}  // namespace

void add_user(CLI::App& app) {
    auto* user = app.add_subcommand("user", "users of the service");
    user->require_subcommand(1);
    add_second_factor_off(*user);
    auto* command =
        user->add_subcommand("add", "add a user; the password is read from the terminal or stdin");
    auto options = std::make_shared<Options>();
    add_target(*command, options->target, Doors::DataOrUrl, Shows::NoPersonalData);
    auto& given = options->user;
    command->add_option("--login", given.login, "the name to sign in with")->required();
    command->add_option("--name", given.name, "the person's name (default: the login)");
    command
        ->add_option("--role", given.roles,
                     "ombudsman, head-ombudsman, registrar, lawyer, unit-head, board, board-secretary, "
                     "auditor or administrator; may be given again")
        ->required();
    command->add_option("--unit", given.units,
                        "unit that a unit head is responsible for; may be given again");
    command->add_option("--sector", given.sectors, "limits the rights to health, social or early-education");
    command->add_option("--auditor-of", given.auditor_of,
                        "area whose access log an auditor reads: ombudsman, legal");
    command->add_option("--email", given.email, "e-mail address");
    command->add_option("--lang", given.language, "fi, sv or en (default: fi)")
        ->check(CLI::IsMember({"fi", "sv", "en"}));
    command->add_flag("--own-password", options->own_password,
                      "the user chose the password, as an integration's installer does: it need not be "
                      "changed at the first sign-in");
    command->add_flag("--json", options->json, "the new user's id as JSON");
    command->callback([options] { run(*options); });
}

}  // namespace vastine::tools
