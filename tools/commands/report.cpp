#include <memory>

#include "tools/commands/commands.hpp"
#include "tools/commands/output_file.hpp"
#include "tools/commands/remote.hpp"
#include "tools/commands/target.hpp"

namespace vastine::tools {

namespace {

struct Options {
    Target target;
    int year = 0;
    std::string area = "ombudsman";
    std::string language = "fi";
    std::string format = "html";
    std::optional<std::uint64_t> as_of;
    std::filesystem::path output;
};

void run(const Options& options) {
    OutputFile output(options.output);
    if (options.target.url.empty()) {
        DataFolder folder(options.target);
        api::ReportQuery query;
        query.area = options.area == "legal" ? domain::Area::Legal : domain::Area::Ombudsman;
        query.year = options.year;
        query.language = domain::parse_language(options.language).value();
        query.format = options.format;
        if (options.as_of) query.as_of = store::Position{*options.as_of};
        const auto report = folder.reading().annual_report(folder.reader("report"), query);
        if (!report) throw refused(report.error());
        output.stream() << report->content;
    } else {
        Remote::Query query = {{"year", std::to_string(options.year)},
                               {"area", options.area},
                               {"lang", options.language},
                               {"format", options.format}};
        if (options.as_of) query.emplace_back("as_of", std::to_string(*options.as_of));
        Remote(options.target).get_to(output.stream(), "/api/v1/reports/annual", query);
    }
    output.finish();
}

}  // namespace

void add_report(CLI::App& app) {
    auto* command = app.add_subcommand("report", "the annual report of a year");
    auto options = std::make_shared<Options>();
    add_target(*command, options->target, Doors::DataOrUrl, Shows::NoPersonalData);
    command->add_option("--year", options->year, "the year reported on")
        ->required()
        ->check(CLI::Range(1990, 2200));
    command->add_option("--area", options->area, "whose report: ombudsman or legal (default: ombudsman)")
        ->check(CLI::IsMember({"ombudsman", "legal"}));
    command->add_option("--lang", options->language, "fi, sv or en (default: fi)")
        ->check(CLI::IsMember({"fi", "sv", "en"}));
    command->add_option("--format", options->format, "html, pdf, docx, xlsx, csv or json (default: html)")
        ->check(CLI::IsMember({"html", "pdf", "docx", "xlsx", "csv", "json"}));
    command->add_option("--as-of", options->as_of, "as it stood at this position of the log");
    command->add_option("--output", options->output, "file to write (default: standard output)");
    command->callback([options] { run(*options); });
}

}  // namespace vastine::tools
