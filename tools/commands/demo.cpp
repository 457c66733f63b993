#include "tools/demo/demo.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <memory>
#include <ostream>

#include "api/accounts.hpp"
#include "tools/commands/commands.hpp"
#include "tools/commands/output_file.hpp"
#include "tools/commands/progress_bar.hpp"
#include "tools/commands/target.hpp"

namespace vastine::tools {

namespace {

struct Options {
    Target target;
    bool json = false;
};

std::string role_list(const demo::DemoLogin& login) {
    std::string text;
    for (const auto role : login.roles) {
        std::string name = Role_Name(role);
        for (char& c : name) c = c == '_' ? '-' : c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        text += (text.empty() ? "" : ", ") + name;
    }
    return text;
}

std::string logins_as_text(const demo::DemoSummary& summary) {
    std::string text = fmt::format("Demo logins, all with the password {}\n", summary.password);
    for (const auto& login : summary.logins) {
        text += fmt::format("  {:<24} {} ({})\n", login.login, login.name, role_list(login));
    }
    return text;
}

void run(const Options& options) {
    if (!std::filesystem::exists(options.target.data)) store::Store::create(store_options(options.target));
    DataFolder folder(options.target);
    api::Accounts accounts(folder.store().secrets(), system_now);
    auto summary = [&] {
        std::unique_ptr<ProgressBar> bar;
        return demo::make_demo(folder.execution(), accounts, [&](std::uint64_t done, std::uint64_t all) {
            if (!bar) bar = std::make_unique<ProgressBar>("Making the demo", all);
            bar->show(done);
        });
    }();
    if (!summary) throw refused(summary.error());
    // `tools/run` shows them again at every start.
    OutputFile logins(options.target.data / "demo-logins.txt");
    logins.stream() << logins_as_text(*summary);
    logins.finish();
    if (options.json) {
        boost::json::array list;
        for (const auto& login : summary->logins) {
            list.push_back(boost::json::object{
                {"login", login.login}, {"name", login.name}, {"roles", role_list(login)}});
        }
        fmt::print("{}\n", boost::json::serialize(boost::json::object{{"cases", summary->cases},
                                                                      {"contacts", summary->contacts},
                                                                      {"open", summary->open},
                                                                      {"publications", summary->publications},
                                                                      {"position", summary->position.value},
                                                                      {"password", summary->password},
                                                                      {"logins", std::move(list)}}));
        return;
    }
    fmt::print("Made the demo: {} cases and {} contacts, {} of them open, and {} publications.\n",
               summary->cases, summary->contacts, summary->open, summary->publications);
    fmt::print("{}", logins_as_text(*summary));
}

}  // namespace

void add_demo(CLI::App& app) {
    auto* command = app.add_subcommand(
        "demo",
        "fill a data folder, made when it is not there, with an invented organisation like Helsinki's");
    auto options = std::make_shared<Options>();
    add_target(*command, options->target, Doors::DataOnly, Shows::NoPersonalData);
    command->add_flag("--json", options->json, "logins and counts as JSON");
    command->callback([options] { run(*options); });
}

}  // namespace vastine::tools
