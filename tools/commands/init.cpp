#include <fmt/format.h>

#include <memory>

#include "domain/reference/reference.hpp"
#include "tools/commands/checkpoint_files.hpp"
#include "tools/commands/commands.hpp"
#include "tools/commands/new_user.hpp"
#include "tools/commands/password.hpp"
#include "tools/commands/target.hpp"

namespace vastine::tools {

namespace {

struct Options {
    Target target;
    std::string admin_login;
    std::string admin_name;
    bool no_admin = false;
};

// Code sets, authorities and policies of a wellbeing services county, in one append.
void give_defaults(DataFolder& folder) {
    std::vector<api::CommandRequest> requests;
    for (auto& command : domain::default_reference_commands()) {
        api::CommandRequest request;
        request.viewer = folder.viewer();
        request.kind = REFERENCE;
        for (const auto& entry : domain::commands()) {
            if (entry.message == command->GetDescriptor()) request.path = entry.rule.path();
        }
        request.command = std::move(command);
        request.command_id = api::new_uuid();
        requests.push_back(std::move(request));
    }
    for (const auto& answer : folder.execution().execute_batch(std::move(requests))) {
        if (!answer) throw refused(answer.error());
    }
}

void run(Options& options) {
    NewUser admin;
    if (!options.no_admin) {
        const bool ask_all = options.admin_login.empty() && at_a_terminal();
        if (options.admin_login.empty() && !ask_all) {
            throw Failure(
                "name the first administrator with --admin-login, or leave that out with --no-admin");
        }
        admin.login = ask_all ? ask("Login of the first administrator", "admin") : options.admin_login;
        admin.name = !options.admin_name.empty() ? options.admin_name
                     : ask_all                   ? ask("Name", admin.login)
                                                 : admin.login;
        admin.roles = {"administrator"};
        admin.password = read_password(admin.login);
        check_password(admin.password);
        admin.chosen_by = api::ChosenBy::Owner;
    }
    store::Store::create(store_options(options.target));
    DataFolder folder(options.target);
    give_defaults(folder);
    if (!options.no_admin) (void)add_user(folder, admin);
    store::Checkpoints checkpoints(folder.store(), checkpoint_files(options.target, {}), system_now);
    (void)checkpoints.take();
    const auto key_file =
        options.target.key_file.empty() ? options.target.data / "key" : options.target.key_file;
    fmt::print("Made the data folder {}.\n", options.target.data.string());
    fmt::print("The key file is {}: keep a copy of it apart from the data. Without it nothing can be read.\n",
               key_file.string());
    fmt::print("Checkpoints of its logs are signed; give {} to whoever keeps them.\n",
               public_keys_of(options.target).string());
    if (!options.no_admin) fmt::print("The first administrator is {}.\n", admin.login);
}

}  // namespace

void add_init(CLI::App& app) {
    auto* command = app.add_subcommand("init", "make an empty data folder with its key file and defaults");
    auto options = std::make_shared<Options>();
    add_target(*command, options->target, Doors::DataOnly, Shows::NoPersonalData);
    command->add_option("--admin-login", options->admin_login,
                        "login of the first administrator; the password is read from the terminal or stdin");
    command->add_option("--admin-name", options->admin_name, "name of the first administrator");
    command->add_flag("--no-admin", options->no_admin, "make no user; see `vastine user add`");
    command->callback([options] { run(*options); });
}

}  // namespace vastine::tools
