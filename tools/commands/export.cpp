#include <map>
#include <memory>
#include <string>

#include "api/http/purpose.hpp"
#include "tools/commands/commands.hpp"
#include "tools/commands/output_file.hpp"
#include "tools/commands/remote.hpp"
#include "tools/commands/target.hpp"

namespace vastine::tools {

namespace {

struct Options {
    Target target;
    std::uint64_t after = 0;
    std::optional<std::uint64_t> until;
    std::filesystem::path output;
    std::string purpose;
    bool provable = false;
};

// It goes on record as it is.
void check_purpose(const std::string& purpose) {
    if (!api::is_purpose(purpose)) throw Failure("--purpose is one line of UTF-8 of at most 200 characters");
}

void run(const Options& options) {
    check_purpose(options.purpose);
    OutputFile output(options.output);
    if (options.target.url.empty()) {
        DataFolder folder(options.target);
        auto reader = folder.reader("export");
        reader.purpose = options.purpose;
        api::ExportQuery query;
        query.after = {options.after};
        query.provable = options.provable;
        if (options.until) query.until = store::Position{*options.until};
        auto events = folder.reading().export_events(reader, query);
        if (!events) throw refused(events.error());
        for (auto piece = (*events)->next(); !piece.empty(); piece = (*events)->next())
            output.stream() << piece;
    } else {
        Remote::Query query = {{"after", std::to_string(options.after)}};
        if (options.until) query.emplace_back("until", std::to_string(*options.until));
        if (options.provable) query.emplace_back("provable", "true");
        std::map<std::string, std::string> headers;
        if (!options.purpose.empty()) headers["X-Purpose"] = api::write_purpose(options.purpose);
        Remote(options.target).get_to(output.stream(), "/api/v1/export", query, headers);
    }
    output.finish();
}

}  // namespace

void add_export(CLI::App& app) {
    auto* command =
        app.add_subcommand("export", "events as CloudEvents, one JSON object a line; on record as a read");
    auto options = std::make_shared<Options>();
    add_target(*command, options->target, Doors::DataOrUrl, Shows::PersonalData);
    command->add_option("--after", options->after, "only events after this position (default: 0)");
    command->add_option("--until", options->until, "only events up to and with this position");
    command->add_option("--output", options->output, "file to write, mode 0600 (default: standard output)");
    command->add_option("--purpose", options->purpose, "why it is read; goes on record");
    command->add_flag(
        "--provable", options->provable,
        "with the record of each event, so that `vastine verify --export FILE` proves the export "
        "of a whole log with the public key alone");
    command->callback([options] { run(*options); });
}

}  // namespace vastine::tools
