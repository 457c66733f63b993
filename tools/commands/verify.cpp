#include <fmt/format.h>
#include <sodium.h>

#include <boost/json.hpp>
#include <memory>

#include "api/named_files.hpp"
#include "tools/commands/commands.hpp"
#include "tools/commands/progress_bar.hpp"
#include "tools/commands/target.hpp"

namespace vastine::tools {

namespace {

struct Options {
    Target target;
    bool json = false;
};

std::string hexadecimal(const std::string& bytes) {
    std::string text(bytes.size() * 2 + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                   bytes.size());
    text.pop_back();
    return text;
}

void run(const Options& options) {
    const auto store = store::Store::open(store_options(options.target));
    store::Head events;
    {
        ProgressBar bar("Checking the event log", store->events().head().position.value);
        events = store->events().verify([&](store::Position position) { bar.show(position.value); });
    }
    store::Head access;
    {
        ProgressBar bar("Checking the access log", store->access().head().position.value);
        access = store->access().verify([&](store::Position position) { bar.show(position.value); });
    }
    store::BlobsVerified blobs;
    {
        ProgressBar bar("Checking the stored files", store->blobs().count());
        blobs = store->blobs().verify([&](std::uint64_t checked) { bar.show(checked); });
    }
    const auto named = api::count_named_files(*store);
    if (options.json) {
        const auto head = [](const store::Head& of) {
            return boost::json::object{{"position", of.position.value}, {"root", hexadecimal(of.root)}};
        };
        fmt::print("{}\n", boost::json::serialize(boost::json::object{
                               {"events", head(events)},
                               {"access", head(access)},
                               {"files", boost::json::object{{"count", blobs.blobs},
                                                             {"named", named},
                                                             {"opened", blobs.opened},
                                                             {"sealed_bytes", blobs.sealed_bytes}}}}));
        return;
    }
    fmt::print("The event log is whole: {} events, root {}\n", events.position.value,
               hexadecimal(events.root));
    fmt::print("The access log is whole: {} entries, root {}\n", access.position.value,
               hexadecimal(access.root));
    fmt::print(
        "The stored files are whole: {} files, {} of them opened, {} bytes sealed; of {} the log speaks, and "
        "none of those is missing\n",
        blobs.blobs, blobs.opened, blobs.sealed_bytes, named);
}

}  // namespace

void add_verify(CLI::App& app) {
    auto* command = app.add_subcommand(
        "verify",
        "prove that nothing was altered, removed or reordered in the two logs, and no stored file altered or "
        "lost");
    auto options = std::make_shared<Options>();
    add_target(*command, options->target, Doors::DataOnly, Shows::NoPersonalData);
    command->add_flag("--json", options->json, "positions and Merkle roots as JSON");
    command->callback([options] { run(*options); });
}

}  // namespace vastine::tools
