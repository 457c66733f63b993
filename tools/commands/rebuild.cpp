#include <fmt/format.h>

#include <memory>

#include "tools/commands/commands.hpp"
#include "tools/commands/progress_bar.hpp"
#include "tools/commands/target.hpp"

namespace vastine::tools {

namespace {

void run(const Target& target) {
    DataFolder folder(target);
    const auto head = folder.store().events().head().position;
    ProgressBar bar("Folding anew", head.value);
    if (!folder.model().rebuild([&](store::Position position) { bar.show(position.value); })) {
        throw Failure(
            "the projections folded anew are not those that were there: this is a fault of the program");
    }
    fmt::print("All projections folded anew from {} events; they are the same.\n", head.value);
}

}  // namespace

void add_rebuild(CLI::App& app) {
    auto* command =
        app.add_subcommand("rebuild", "fold every projection anew and compare it with what was there");
    auto target = std::make_shared<Target>();
    add_target(*command, *target, Doors::DataOnly);
    command->callback([target] { run(*target); });
}

}  // namespace vastine::tools
