#include <fmt/format.h>

#include <map>
#include <memory>

#include "api/alerts/alert_ledger.hpp"
#include "api/directory.hpp"
#include "api/json.hpp"
#include "domain/schema/views.pb.h"
#include "projections/occasions.hpp"
#include "tools/commands/commands.hpp"
#include "tools/commands/remote.hpp"
#include "tools/commands/target.hpp"

namespace vastine::tools {

namespace {

struct Options {
    Target target;
    std::size_t limit = 100;
    std::string retry;
    bool dry_run = false;
    bool json = false;
};

AlertLog log_of(const Options& options) {
    if (options.target.url.empty()) {
        const auto store = store::Store::open(store_options(options.target));
        return api::AlertLedger(store->events(), system_now).log("", options.limit);
    }
    AlertLog log;
    const auto body =
        Remote(options.target).get("/api/v1/alerts", {{"limit", std::to_string(options.limit)}});
    if (const auto taken = api::read_json(body, log); !taken) throw refused(taken.error());
    return log;
}

void list(const Options& options) {
    const auto log = log_of(options);
    if (options.json) {
        fmt::print("{}\n", api::write_json(log, api::Defaults::Written));
        return;
    }
    for (const auto& entry : log.entries()) {
        fmt::print("{}  {:<8} {:>4} told {:>3} tries  {:<8} {:>3} {:<13} {}  {}\n", entry.morning(),
                   entry.state(), entry.occasions(), entry.attempts(), entry.last_outcome(),
                   entry.last_code() == 0 ? "" : std::to_string(entry.last_code()), entry.last_reason(),
                   entry.user_id(), entry.message_id());
    }
    fmt::print("{} waiting\n", log.waiting());
}

void retry(const Options& options) {
    if (!options.target.url.empty()) {
        fmt::print("{}\n",
                   Remote(options.target).post_json("/api/v1/alerts/" + options.retry + "/retry", {}));
        return;
    }
    const auto store = store::Store::open(store_options(options.target));
    auto entry =
        api::AlertLedger(store->events(), system_now).retry(options.retry, operating_system_viewer().user_id);
    if (!entry) throw refused(entry.error());
    fmt::print("{}\n", api::write_json(*entry, api::Defaults::Written));
}

void dry_run(const Options& options) {
    if (!options.target.url.empty()) throw Failure("--dry-run works on a data folder, not through --url");
    DataFolder folder(options.target);
    const auto today = domain::helsinki_date(system_now());
    std::vector<domain::Hearer> hearers;
    for (auto& told : folder.model().read(
             [&](const projections::Views& views) { return projections::occasions(views, today); })) {
        hearers.push_back({std::move(told.user_id), std::move(told.occasions)});
    }
    const api::Directory directory(folder.store().events());
    api::AlertLedger ledger(folder.store().events(), system_now);
    const auto composed = ledger.read([&](const domain::Alerts& alerts) {
        return domain::compose(alerts, today, std::move(hearers), directory.everyone()->reference,
                               [] { return std::string(); });
    });
    if (options.json) {
        fmt::print("{}\n", api::write_json(composed, api::Defaults::Written));
        return;
    }
    for (const auto& alert : composed.alerts()) {
        std::map<std::string, unsigned> by_mark;
        for (const auto& occasion : alert.occasions()) ++by_mark[occasion.mark()];
        fmt::print("{}", alert.user_id());
        for (const auto& [mark, count] : by_mark) fmt::print("  {} {}", mark, count);
        fmt::print("\n");
    }
    for (const auto& skipped : composed.skipped()) {
        fmt::print("{}  skipped: {}, {} untold\n", skipped.user_id(), skipped.reason(), skipped.occasions());
    }
    fmt::print("{} messages, {} people skipped; nothing was sent\n", composed.alerts_size(),
               composed.skipped_size());
}

void run(const Options& options) {
    if (options.dry_run) return dry_run(options);
    if (!options.retry.empty()) return retry(options);
    list(options);
}

}  // namespace

void add_alerts(CLI::App& app) {
    auto* command =
        app.add_subcommand("alerts", "the mails of the mornings: whom, when, and what became of each");
    auto options = std::make_shared<Options>();
    add_target(*command, options->target, Doors::DataOrUrl, Shows::NoPersonalData);
    command->add_option("--limit", options->limit, "how many, the newest first (default: 100)")
        ->check(CLI::Range(1, 1000));
    auto* again = command->add_option("--retry", options->retry,
                                      "id of a message that waits or was refused: try it again at once");
    command
        ->add_flag("--dry-run", options->dry_run,
                   "who would be told how much if it were morning now; nothing is written or sent")
        ->excludes(again);
    command->add_flag("--json", options->json, "as JSON");
    command->callback([options] { run(*options); });
}

}  // namespace vastine::tools
