#include <fmt/format.h>

#include <boost/json.hpp>
#include <memory>

#include "tools/commands/commands.hpp"
#include "tools/commands/progress_bar.hpp"
#include "tools/commands/target.hpp"

namespace vastine::tools {

namespace {

struct Options {
    Target target;
    bool json = false;
};

void run(const Options& options) {
    DataFolder folder(options.target);
    const auto head = folder.store().events().head().position;
    const bool same = [&] {
        ProgressBar bar("Folding anew", head.value);
        return folder.model().rebuild([&](store::Position position) { bar.show(position.value); });
    }();
    if (options.json) {
        fmt::print("{}\n",
                   boost::json::serialize(boost::json::object{{"position", head.value}, {"same", same}}));
    }
    if (!same) {
        throw Failure(
            "the projections folded anew are not those that were there: this is a fault of the program");
    }
    if (options.json) return;
    fmt::print("All projections folded anew from {} events; they are the same.\n", head.value);
}

}  // namespace

void add_rebuild(CLI::App& app) {
    auto* command =
        app.add_subcommand("rebuild", "fold every projection anew and compare it with what was there");
    auto options = std::make_shared<Options>();
    add_target(*command, options->target, Doors::DataOnly, Shows::NoPersonalData);
    command->add_flag("--json", options->json, "position and whether they are the same, as JSON");
    command->callback([options] { run(*options); });
}

}  // namespace vastine::tools
