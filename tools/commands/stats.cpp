#include <fmt/format.h>

#include <memory>

#include "api/json.hpp"
#include "domain/schema/session.pb.h"
#include "tools/commands/commands.hpp"
#include "tools/commands/remote.hpp"
#include "tools/commands/target.hpp"

namespace vastine::tools {

namespace {

struct Options {
    Target target;
    bool json = false;
};

Stats read(const Options& options) {
    if (options.target.url.empty()) {
        DataFolder folder(options.target);
        auto stats = folder.reading().stats(folder.reader("stats"));
        if (!stats) throw refused(stats.error());
        return std::move(*stats);
    }
    Stats stats;
    const auto body = Remote(options.target).get("/api/v1/stats");
    if (const auto taken = api::read_json(body, stats); !taken) throw refused(taken.error());
    return stats;
}

void run(const Options& options) {
    const auto stats = read(options);
    if (options.json) {
        fmt::print("{}\n", api::write_json(stats, api::Defaults::Written));
        return;
    }
    fmt::print("Events            {:>12}\n", stats.position());
    fmt::print("Merkle root       {}\n", stats.root());
    fmt::print("Access log        {:>12}\n", stats.access_position());
    for (const auto& kind : stats.kinds()) {
        fmt::print("{:<17} {:>12} events in {} streams\n", kind.kind(), kind.events(), kind.streams());
    }
}

}  // namespace

void add_stats(CLI::App& app) {
    auto* command = app.add_subcommand("stats", "how much there is: events, streams, the Merkle root");
    auto options = std::make_shared<Options>();
    add_target(*command, options->target, Doors::DataOrUrl, Shows::NoPersonalData);
    command->add_flag("--json", options->json, "as JSON, with the count of every event type");
    command->callback([options] { run(*options); });
}

}  // namespace vastine::tools
