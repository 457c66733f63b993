#include <fmt/format.h>

#include <boost/json.hpp>
#include <memory>

#include "tools/commands/commands.hpp"
#include "tools/commands/remote.hpp"
#include "tools/commands/target.hpp"

namespace vastine::tools {

namespace {

struct Options {
    Target target;
    bool json = false;
};

void run(const Options& options) {
    std::string server;
    if (!options.target.url.empty()) {
        const auto document =
            boost::json::parse(Remote(options.target, Remote::Token::Optional).get("/openapi.json"));
        server = document.at("info").at("version").as_string().c_str();
    }
    if (options.json) {
        boost::json::object answer{{"version", VASTINE_VERSION}};
        if (!server.empty()) answer["server"] = server;
        fmt::print("{}\n", boost::json::serialize(answer));
        return;
    }
    fmt::print("vastine {}\n", VASTINE_VERSION);
    if (!server.empty()) fmt::print("the server at {}: {}\n", options.target.url, server);
}

}  // namespace

void add_version(CLI::App& app) {
    auto* command = app.add_subcommand("version", "which version this is, and with --url the server's");
    auto options = std::make_shared<Options>();
    add_target(*command, options->target, Doors::DataOrUrl, Shows::NoPersonalData);
    command->add_flag("--json", options->json, "as JSON");
    command->callback([options] { run(*options); });
}

}  // namespace vastine::tools
