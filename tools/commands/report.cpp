#include <fstream>
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
    bool is_public = false;
    bool is_internal = false;
    int threshold = 5;
    std::vector<std::filesystem::path> earlier;
    std::filesystem::path output;
};

std::string content_of(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) throw CLI::ValidationError("--earlier", "cannot read " + file.string());
    return {std::istreambuf_iterator<char>(in), {}};
}

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
        if (options.is_public) query.level = projections::report::Level::Public;
        query.threshold = options.threshold;
        for (const auto& file : options.earlier) query.earlier.push_back(content_of(file));
        const auto report = folder.reading().annual_report(folder.reader("report"), query);
        if (!report) throw refused(report.error());
        output.stream() << report->content;
    } else {
        Remote::Query query = {{"year", std::to_string(options.year)},
                               {"area", options.area},
                               {"lang", options.language},
                               {"format", options.format}};
        if (options.as_of) query.emplace_back("as_of", std::to_string(*options.as_of));
        if (options.is_public) {
            query.emplace_back("level", "public");
            query.emplace_back("threshold", std::to_string(options.threshold));
        }
        if (!options.earlier.empty()) {
            throw CLI::ValidationError("--earlier", "is read where the data is: give --data, not --url");
        }
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
    auto* published = command->add_flag("--public", options->is_public,
                                        "small figures suppressed, and what would give one away");
    command->add_flag("--internal", options->is_internal, "every figure as counted (the default)")
        ->excludes(published);
    command
        ->add_option("--threshold", options->threshold,
                     "of the public form: counts from one up to below this are suppressed (default: 5)")
        ->check(CLI::Range(2, 1000))
        ->needs(published);
    command
        ->add_option("--earlier", options->earlier,
                     "an earlier publication, JSON, that this one must not give away; may be repeated")
        ->check(CLI::ExistingFile)
        ->needs(published);
    command->add_option("--as-of", options->as_of, "as it stood at this position of the log");
    command->add_option("--output", options->output, "file to write (default: standard output)");
    command->callback([options] { run(*options); });
}

}  // namespace vastine::tools
