#include <fmt/format.h>

#include <iostream>
#include <memory>
#include <optional>

#include "api/log_extracts/log_extract.hpp"
#include "api/rendering/rendering.hpp"
#include "domain/cases/kinds.hpp"
#include "projections/csv_line.hpp"
#include "tools/commands/commands.hpp"
#include "tools/commands/output_file.hpp"
#include "tools/commands/target.hpp"

namespace vastine::tools {

namespace {

struct Options {
    Target target;
    std::string case_id;
    std::vector<std::string> other_cases;
    std::string from;
    std::string until;
    std::optional<std::uint64_t> reviewed_to;
    std::vector<std::string> withheld;  // POSITION=REASON
    std::string ground;
    std::string special_reason;
    std::string language = "fi";
    std::string recipient;
    std::string recipient_role = "client";
    bool banned_parts_left_out = false;
    std::string extract_id;
    std::string format = "text";
    std::filesystem::path output;
};

projections::CasePageQuery case_of(DataFolder& folder, const std::string& case_id) {
    const auto scope =
        folder.model().read([&](const projections::Views& views) { return views.cases->scope(case_id); });
    if (!scope) throw Failure(fmt::format("there is no case {}", case_id));
    return {scope->kind, case_id};
}

LogExtractPreview previewed(DataFolder& folder, const Options& options,
                            const projections::CasePageQuery& of) {
    api::LogExtractQuery query;
    query.of = of;
    query.other_cases = options.other_cases;
    query.from = domain::parse_date(options.from);
    query.until = domain::parse_date(options.until);
    auto preview = folder.reading().log_extract_preview(folder.reader("extract"), query);
    if (!preview) throw refused(preview.error());
    return std::move(*preview);
}

// What the reviewer reads: one entry a line, each with the number by which it is withheld.
void write(std::ostream& out, const LogExtractPreview& preview) {
    const auto language = terminal_language();
    for (const auto& entry : preview.entries()) {
        const domain::Instant at(std::chrono::seconds(entry.at().seconds()));
        std::string units;
        for (const auto& unit : entry.units()) units += (units.empty() ? "" : ", ") + unit;
        out << projections::csv_line(
            {std::to_string(entry.position()),
             domain::to_string(domain::helsinki_date(at)) + " " + domain::helsinki_time(at),
             entry.user_name().empty() ? entry.user_id() : entry.user_name(),
             api::roles_text(entry, language), units, entry.what_text(), entry.purpose()});
    }
    fmt::print(stderr, "{} entries from {} to {}; reviewed, release them with --to NAME --reviewed-to {}\n",
               preview.entries_size(), preview.from(), preview.until(), preview.reviewed_to());
}

std::string released(DataFolder& folder, const Options& options, const projections::CasePageQuery& of,
                     const LogExtractPreview& preview) {
    auto release = std::make_unique<ReleaseLogExtract>();
    release->set_from(preview.from());
    release->set_until(preview.until());
    *release->mutable_other_cases() = preview.other_cases();
    release->set_reviewed_to(*options.reviewed_to);
    for (const auto& one : options.withheld) {
        const auto at = one.find('=');
        auto& entry = *release->add_withheld();
        entry.set_position(at == std::string::npos ? 0 : std::stoull(one.substr(0, at)));
        entry.set_reason(at == std::string::npos ? "" : one.substr(at + 1));
    }
    release->set_ground(options.ground);
    release->set_special_reason(options.special_reason);
    release->set_language(options.language);
    release->set_recipient(options.recipient);
    release->set_recipient_role(options.recipient_role);
    release->set_banned_parts_left_out(options.banned_parts_left_out);
    const auto given = *release;
    const auto reader = folder.reader("extract");
    if (auto checked = folder.reading().check_release(reader, of, given); !checked)
        throw refused(checked.error());
    api::CommandRequest request;
    request.viewer = folder.viewer();
    request.kind = of.kind;
    request.case_id = of.case_id;
    request.path = "release-log-extract";
    request.command = std::move(release);
    request.expected = folder.store().events().version(
        {std::string(domain::entry(of.kind).stream_prefix) + "-" + of.case_id});
    request.command_id = api::new_uuid();
    if (auto taken = folder.execution().execute(std::move(request)); !taken) throw refused(taken.error());
    folder.reading().released(reader, of, given);
    return "e" + std::to_string(preview.released_size() + 1);
}

void run(const Options& options) {
    DataFolder folder(options.target);
    const auto of = case_of(folder, options.case_id);
    OutputFile output(options.output);
    auto extract_id = options.extract_id;
    if (extract_id.empty()) {
        const auto preview = previewed(folder, options, of);
        if (options.recipient.empty()) {
            write(output.stream(), preview);
            output.finish();
            return;
        }
        if (!options.reviewed_to)
            throw Failure("what is given is reviewed first: run it without --to, then add --reviewed-to");
        extract_id = released(folder, options, of, preview);
    }
    auto words = folder.reading().log_extract(folder.reader("extract"), of, extract_id);
    if (!words) throw refused(words.error());
    output.stream() << (options.format == "pdf" ? api::rendering::render(*words) : to_plain_text(*words));
    output.finish();
}

}  // namespace

void add_extract(CLI::App& app) {
    auto* command = app.add_subcommand(
        "extract", "a person's own extract of the access log: reviewed, then released with --to");
    auto options = std::make_shared<Options>();
    add_target(*command, options->target, Doors::DataOnly, Shows::PersonalData);
    command->add_option("--case", options->case_id, "id of the case")->required()->type_name("ID");
    command->add_option("--other", options->other_cases, "the person's other cases of the same area")
        ->type_name("ID");
    command->add_option("--from", options->from, "first day (default: two years ago)")->type_name("DATE");
    command->add_option("--until", options->until, "last day (default: today)")->type_name("DATE");
    auto* to = command->add_option("--to", options->recipient, "to whom it is given; releases it");
    command->add_option("--role", options->recipient_role, "who that is (default: client)")->needs(to);
    command
        ->add_option("--reviewed-to", options->reviewed_to,
                     "the log's position that the review said; what was logged later is not in it")
        ->needs(to);
    command->add_option("--withhold", options->withheld, "an entry left out, and why: 12=REASON")->needs(to);
    command->add_option("--ground", options->ground, "ground of the decision to withhold")->needs(to);
    command->add_option("--special-reason", options->special_reason, "why it looks back over two years")
        ->needs(to);
    command
        ->add_flag("--banned-parts-left-out", options->banned_parts_left_out,
                   "to a guardian, although the minor has banned disclosure")
        ->needs(to);
    command->add_option("--lang", options->language, "fi, sv or en (default: fi)")
        ->check(CLI::IsMember({"fi", "sv", "en"}));
    command->add_option("--again", options->extract_id, "one released before, as it was: e1")
        ->excludes(to)
        ->type_name("ID");
    command->add_option("--format", options->format, "text (default) or pdf")
        ->check(CLI::IsMember({"text", "pdf"}));
    command->add_option("--output", options->output, "file to write, mode 0600 (default: standard output)");
    command->callback([options] { run(*options); });
}

}  // namespace vastine::tools
