#include <fmt/format.h>
#include <fmt/ranges.h>

#include <fstream>
#include <memory>

#include "api/json.hpp"
#include "api/rendering/rendering.hpp"
#include "domain/schema/views.pb.h"
#include "tools/commands/commands.hpp"
#include "tools/commands/output_file.hpp"
#include "tools/commands/remote.hpp"
#include "tools/commands/target.hpp"

namespace vastine::tools {

namespace {

struct Options {
    Target target;
    std::string kind;
    std::optional<std::uint64_t> year;
    std::string from;
    std::string to;
    std::string area;
    std::string publication;
    std::string language = "fi";
    std::string format = "html";
    std::optional<std::uint64_t> as_of;
    bool reconcile = false;
    bool is_public = false;
    bool is_internal = false;
    std::optional<std::uint64_t> threshold;
    std::vector<std::filesystem::path> earlier;
    std::filesystem::path output;
};

std::string content_of(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) throw CLI::ValidationError("--earlier", "cannot read " + file.string());
    return {std::istreambuf_iterator<char>(in), {}};
}

// Without a kind: the annual report, and of the legal area its own account. A publication has a kind.
std::string kind_of(const Options& options) {
    if (!options.kind.empty() || !options.publication.empty()) return options.kind;
    return options.area == "legal" ? "legal" : "annual";
}

api::ReportRequest request_of(const Options& options) {
    api::ReportRequest request;
    request.kind = kind_of(options);
    if (!options.area.empty()) {
        request.area = options.area == "legal" ? domain::Area::Legal : domain::Area::Ombudsman;
    }
    request.year = options.year;
    request.from = options.from;
    request.to = options.to;
    request.language = domain::parse_language(options.language).value();
    if (options.as_of) request.as_of = store::Position{*options.as_of};
    if (options.is_public) request.level = projections::report::Level::Public;
    request.threshold = options.threshold;
    for (const auto& file : options.earlier) request.earlier.push_back(content_of(file));
    request.publication_id = options.publication;
    if (options.reconcile) request.page = api::ReportRequest::Page::Reconciliation;
    return request;
}

void from_data(const Options& options, std::ostream& output) {
    DataFolder folder(options.target);
    const auto viewer = folder.viewer();
    const auto asked = folder.reports().asked(viewer, request_of(options));
    if (!asked) throw refused(asked.error());
    const auto report = folder.reports().document(viewer, *asked, options.format);
    if (!report) throw refused(report.error());
    output << report->content;
}

void from_server(const Options& options, std::ostream& output) {
    if (!options.earlier.empty()) {
        throw CLI::ValidationError("--earlier", "is read where the data is: give --data, not --url");
    }
    Remote remote(options.target);
    auto kind = kind_of(options);
    if (kind.empty()) {
        PublicationPage page;
        const auto body = remote.get("/api/v1/publications/" + options.publication);
        if (const auto taken = api::read_json(body, page); !taken) throw refused(taken.error());
        kind = page.row().publication_kind();
    }
    Remote::Query query = {{"lang", options.language}, {"format", options.format}};
    const auto add = [&](const char* name, const std::string& value) {
        if (!value.empty()) query.emplace_back(name, value);
    };
    add("year", options.year ? std::to_string(*options.year) : "");
    add("from", options.from);
    add("to", options.to);
    add("area", options.area);
    add("publication", options.publication);
    add("as_of", options.as_of ? std::to_string(*options.as_of) : "");
    add("level", options.is_public ? "public" : "");
    add("threshold", options.threshold ? std::to_string(*options.threshold) : "");
    remote.get_to(output, "/api/v1/reports/" + kind + (options.reconcile ? "/reconciliation" : ""), query);
}

void run(const Options& options) {
    if (!options.year && options.from.empty() && options.to.empty() && options.publication.empty()) {
        throw CLI::ValidationError("--year", "is required, or --from and --to, or --publication");
    }
    OutputFile output(options.output);
    if (options.target.url.empty()) {
        from_data(options, output.stream());
    } else {
        from_server(options, output.stream());
    }
    output.finish();
}

}  // namespace

void add_report(CLI::App& app) {
    auto* command = app.add_subcommand(
        "report", "a report of a year or of months: the ombudsmen's, the legal area's, a summary");
    auto options = std::make_shared<Options>();
    add_target(*command, options->target, Doors::DataOrUrl, Shows::NoPersonalData);
    command
        ->add_option("--kind", options->kind,
                     "annual: the ombudsmen's annual report; legal: the account of reminders, complaints and "
                     "requests; summary: an area's figures in short (default: annual)")
        ->check(CLI::IsMember({"annual", "legal", "summary"}));
    auto* year =
        command->add_option("--year", options->year, "the year reported on")->check(CLI::Range(1990, 2200));
    auto* to = command->add_option("--to", options->to, "and the last one, at most twelve in all")
                   ->type_name("MONTH");
    command->add_option("--from", options->from, "instead of a year: the first month, such as 2018-01,")
        ->type_name("MONTH")
        ->needs(to)
        ->excludes(year);
    command
        ->add_option("--area", options->area,
                     "of a summary, whose: ombudsman or legal; legal without --kind is the legal account")
        ->check(CLI::IsMember({"ombudsman", "legal"}));
    command
        ->add_option("--publication", options->publication,
                     "id of a publication: its report as it stands now, with its words, of its own period")
        ->type_name("ID")
        ->excludes(year);
    command->add_option("--lang", options->language, "fi, sv or en (default: fi)")
        ->check(CLI::IsMember({"fi", "sv", "en"}));
    std::vector<std::string> forms;
    for (const auto& form : api::rendering::forms()) forms.emplace_back(form.name);
    command
        ->add_option(
            "--format", options->format,
            fmt::format("{} (default: html); zip: open data with its dictionary", fmt::join(forms, ", ")))
        ->check(CLI::IsMember(forms));
    auto* published =
        command->add_flag("--public", options->is_public,
                          "small figures suppressed, and what would give one away together with "
                          "what is published");
    command->add_flag("--internal", options->is_internal, "every figure as counted (the default)")
        ->excludes(published);
    command
        ->add_flag("--reconcile", options->reconcile,
                   "instead of the report, that its parts sum to the whole, what was left out and why")
        ->excludes(published);
    command
        ->add_option("--threshold", options->threshold,
                     "of the public form: counts from one up to below this are suppressed (default: 5)")
        ->check(CLI::Range(2, 1000))
        ->needs(published);
    command
        ->add_option("--earlier", options->earlier,
                     "JSON of a public form handed out elsewhere that this one must not give away; may be "
                     "repeated")
        ->check(CLI::ExistingFile)
        ->needs(published);
    command->add_option("--as-of", options->as_of, "as it stood at this position of the log");
    command->add_option("--output", options->output, "file to write (default: standard output)");
    command->callback([options] { run(*options); });
}

}  // namespace vastine::tools
