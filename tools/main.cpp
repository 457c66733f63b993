#include <fmt/format.h>
#include <sodium.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>

#include "api/web/web_files.hpp"
#include "store/event_store.hpp"
#include "tools/commands/commands.hpp"
#include "tools/commands/core_dumps.hpp"

int main(int argc, char** argv) {
    using namespace vastine;
    tools::forbid_core_dumps();
    if (sodium_init() < 0) {
        fmt::print(stderr, "vastine: the cryptographic library did not start\n");
        return tools::Failed;
    }
    CLI::App app(
        "Vastine follows reminders, complaints, authority requests and ombudsman contacts from arrival to "
        "report.",
        "vastine");
    app.require_subcommand(1);
    app.set_version_flag("--version", "vastine " VASTINE_VERSION);
    app.footer(
        "Exit codes: 0 done, 1 refused or not possible (why stands on stderr), 2 the command line is wrong.\n"
        "`vastine COMMAND --help` says more about each.");
    for (auto* add :
         {tools::add_init,           tools::add_verify,  tools::add_checkpoint, tools::add_receipt,
          tools::add_verify_receipt, tools::add_extract, tools::add_rebuild,    tools::add_stats,
          tools::add_export,         tools::add_import,  tools::add_report,     tools::add_publications,
          tools::add_release,        tools::add_demo,    tools::add_user,       tools::add_alerts,
          tools::add_calendar,       tools::add_due,     tools::add_keys,       tools::add_destruction,
          tools::add_version}) {
        add(app);
    }
    tools::add_serve(app, api::embedded_web_files());
    try {
        app.parse(argc, argv);
        return tools::Done;
    } catch (const CLI::ParseError& wrong) {
        return app.exit(wrong) == 0 ? tools::Done : tools::Usage;
    } catch (const store::Corruption& damage) {
        fmt::print(stderr, "vastine: the store is damaged: {}\nRestore it from a backup.\n", damage.what());
    } catch (const std::exception& wrong) {
        fmt::print(stderr, "vastine: {}\n", wrong.what());
    }
    return tools::Failed;
}
