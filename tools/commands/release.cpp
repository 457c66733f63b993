#include <fmt/format.h>

#include <memory>

#include "api/json.hpp"
#include "domain/schema/reference.pb.h"
#include "domain/schema/session.pb.h"
#include "tools/commands/commands.hpp"
#include "tools/commands/remote.hpp"
#include "tools/commands/target.hpp"

namespace vastine::tools {

namespace {

struct Options {
    Target target;
    std::string area;
    unsigned year = 0;
};

void run(const Options& options) {
    auto command = std::make_unique<ReleaseTotals>();
    command->set_area(options.area);
    command->set_year(options.year);
    if (options.target.url.empty()) {
        DataFolder folder(options.target);
        api::CommandRequest request;
        request.viewer = folder.viewer();
        request.kind = REFERENCE;
        request.path = "totals";
        request.command = std::move(command);
        request.command_id = api::new_uuid();
        const auto answer = folder.execution().execute(std::move(request));
        if (!answer) throw refused(answer.error());
    } else {
        Remote remote(options.target);
        TotalsList there;
        if (const auto read = api::read_json(remote.get("/api/v1/reference/totals"), there); !read) {
            throw refused(read.error());
        }
        (void)remote.post_json(
            "/api/v1/reference/totals/totals", api::write_json(*command, api::Defaults::LeftOut),
            {{"If-Match", fmt::format("\"{}\"", there.version())}, {"Idempotency-Key", api::new_uuid()}});
    }
    fmt::print("Released the totals of {} for the {} area.\n", options.year, options.area);
}

}  // namespace

void add_release(CLI::App& app) {
    auto* command =
        app.add_subcommand("release", "give an area's totals of a year to the other area's report");
    auto options = std::make_shared<Options>();
    add_target(*command, options->target, Doors::DataOrUrl, Shows::NoPersonalData);
    command->add_option("--area", options->area, "ombudsman or legal")
        ->required()
        ->check(CLI::IsMember({"ombudsman", "legal"}));
    command->add_option("--year", options->year, "the calendar year")
        ->required()
        ->check(CLI::Range(1990, 2200));
    command->callback([options] { run(*options); });
}

}  // namespace vastine::tools
