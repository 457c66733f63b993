#include <fmt/format.h>

#include <boost/json.hpp>
#include <memory>

#include "tools/commands/checkpoint_files.hpp"
#include "tools/commands/commands.hpp"
#include "tools/commands/target.hpp"

namespace vastine::tools {

namespace {

struct Options {
    Target target;
    std::filesystem::path witness;
    bool public_key = false;
    bool json = false;
};

void run(const Options& options) {
    const auto store = store::Store::open(store_options(options.target));
    const auto files = checkpoint_files(options.target, options.witness);
    store::Checkpoints checkpoints(*store, files, system_now);
    if (options.public_key) {
        const auto keys = checkpoints.public_keys();
        if (options.json) {
            fmt::print("{}\n", boost::json::serialize(boost::json::object{{"events", keys.events.text()},
                                                                          {"access", keys.access.text()}}));
        } else {
            fmt::print("{}\n{}\n", keys.events.text(), keys.access.text());
        }
        return;
    }
    const auto taken = checkpoints.take();
    if (options.json) {
        fmt::print("{}\n", boost::json::serialize(boost::json::object{{"events", taken.events},
                                                                      {"access", taken.access},
                                                                      {"fresh", taken.fresh},
                                                                      {"witness", files.witness.string()}}));
        return;
    }
    // The notes alone, so that they can be piped into a mail or a printer.
    fmt::print("{}\n{}", taken.events, taken.access);
    fmt::print(stderr, "{}\n",
               taken.fresh == 0 ? "Nothing was recorded since: these are the last ones."
                                : fmt::format("Appended to {}.", files.witness.string()));
}

}  // namespace

void add_checkpoint(CLI::App& app) {
    auto* command = app.add_subcommand(
        "checkpoint", "sign the heads of both logs, for somebody else to keep: print it, mail it");
    auto options = std::make_shared<Options>();
    add_target(*command, options->target, Doors::DataOnly, Shows::NoPersonalData);
    command->add_option("--witness", options->witness, "file to append to (default: DIR/witness)")
        ->type_name("FILE");
    command->add_flag("--public-key", options->public_key,
                      "only the public keys of the event log and of the access log: give them to whoever "
                      "keeps checkpoints or receipts");
    command->add_flag("--json", options->json, "as JSON");
    command->footer(
        "`vastine verify --checkpoint FILE --public-key KEY` shows later, without any other key, that "
        "nothing before was altered, removed or reordered.");
    command->callback([options] { run(*options); });
}

}  // namespace vastine::tools
