#include <fmt/format.h>
#include <sodium.h>

#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>

#include "api/import/importer.hpp"
#include "api/json.hpp"
#include "domain/schema/session.pb.h"
#include "tools/commands/commands.hpp"
#include "tools/commands/output_file.hpp"
#include "tools/commands/progress_bar.hpp"
#include "tools/commands/remote.hpp"
#include "tools/commands/target.hpp"

namespace vastine::tools {

namespace {

using api::import::ImportSummary;

struct Options {
    Target target;
    std::string kind;
    std::filesystem::path mapping;
    std::filesystem::path file;
    std::filesystem::path rejects;
    bool dry_run = false;
    bool learn_codes = false;
    bool update = false;
    bool with_rows = false;
    bool json = false;
};

std::string content_of(const std::filesystem::path& path) {
    std::ifstream input(path, std::ios::binary);
    std::ostringstream content;
    content << input.rdbuf();
    if (!input) throw Failure(fmt::format("{} could not be read", path.string()));
    return std::move(content).str();
}

// The rejects are a CSV themselves: line, column, reason and, where asked for, the row.
class Rejects {
public:
    Rejects(std::filesystem::path path, bool with_rows) : path_(std::move(path)), with_rows_(with_rows) {}

    void add(std::uint64_t line, const std::string& column, const std::string& reason,
             const std::string& row) {
        if (!file_) {
            file_ = std::make_unique<OutputFile>(path_);
            file_->stream() << (with_rows_ ? "line,column,reason,row\r\n" : "line,column,reason\r\n");
        }
        file_->stream() << line << ',' << quoted(column) << ',' << quoted(reason);
        if (with_rows_) file_->stream() << ',' << quoted(row);
        file_->stream() << "\r\n";
    }
    // Without a reject the file of an earlier run goes: it would tell of rows that are in by now.
    void finish() {
        if (file_) {
            file_->finish();
        } else if (std::filesystem::is_regular_file(path_)) {
            std::filesystem::remove(path_);
        }
    }

private:
    static std::string quoted(const std::string& text) {
        std::string result = "\"";
        for (const char c : text) {
            if (c == '"') result += '"';
            result += c;
        }
        return result + '"';
    }

    std::filesystem::path path_;
    bool with_rows_;
    std::unique_ptr<OutputFile> file_;  // made with the first reject
};

void print_counts(const ImportAnswer& counts) {
    fmt::print("{}\n", counts.dry_run() ? "A dry run: nothing was changed." : "Imported.");
    fmt::print("  rows               {:>10}\n", counts.rows());
    fmt::print("  cases taken        {:>10}\n", counts.taken());
    fmt::print("  cases unchanged    {:>10}\n", counts.unchanged());
    fmt::print("  same case again    {:>10}  rows\n", counts.repeated_rows());
    fmt::print("  changed            {:>10}  rows, {} corrected\n", counts.changed(), counts.corrected());
    fmt::print("  rejected           {:>10}  rows\n", counts.rejected());
    for (const auto& learned : counts.learned()) fmt::print("  learned            {}\n", learned);
}

// The same names as api::import::to_json gives, so that a script reads either door's answer.
std::string counts_as_json(const ImportAnswer& counts) {
    boost::json::array learned;
    for (const auto& name : counts.learned()) learned.push_back(boost::json::string(name));
    return boost::json::serialize(boost::json::object{{"dry_run", counts.dry_run()},
                                                      {"rows", counts.rows()},
                                                      {"taken", counts.taken()},
                                                      {"unchanged", counts.unchanged()},
                                                      {"repeated", counts.repeated_rows()},
                                                      {"changed", counts.changed()},
                                                      {"corrected", counts.corrected()},
                                                      {"rejected", counts.rejected()},
                                                      {"learned", std::move(learned)}});
}

void print_figures(const ImportSummary& summary) {
    const auto& figures = summary.figures;
    for (const auto& [channel, count] : figures.by_channel)
        fmt::print("  channel {:<10} {:>10}\n", channel, count);
    fmt::print("  ended              {:>10}\n", figures.ended);
    fmt::print("  open               {:>10}\n", figures.open);
    if (figures.ended_with_due > 0) {
        fmt::print("  ended after due    {:>10}  ({:.4f} % of the ended in time)\n", figures.ended_after_due,
                   figures.share_in_time() * 100);
    }
    if (figures.start_to_end.count() > 0) {
        fmt::print(
            "  start to end       median {:.1f} days, 90th percentile {:.1f}, longest {:.1f} (nearest "
            "rank)\n",
            *figures.start_to_end.rank_days(0.5), *figures.start_to_end.rank_days(0.9),
            *figures.start_to_end.rank_days(1.0));
    }
    for (const auto& change : summary.changes) {
        fmt::print("  line {} differs from case {}\n", change.line, change.case_id);
    }
}

Kind kind_named(const std::string& name) {
    for (const auto& entry : domain::kinds()) {
        if (entry.stream_prefix == name && domain::area_of(entry.kind)) return entry.kind;
    }
    throw Failure(fmt::format("'{}' is no kind of case", name));
}

void run_on_data(const Options& options, Rejects& rejects) {
    const auto mapping = api::import::parse_mapping(content_of(options.mapping));
    std::ifstream input(options.file, std::ios::binary);
    if (!input) throw Failure(fmt::format("{} could not be read", options.file.string()));
    DataFolder folder(options.target);
    api::import::ImportOptions import_options;
    import_options.viewer = folder.viewer();
    import_options.kind = kind_named(options.kind);
    import_options.dry_run = options.dry_run;
    import_options.learn_codes = options.learn_codes;
    import_options.update = options.update;
    import_options.with_rows = options.with_rows;
    api::import::Importer importer(folder.execution(), folder.store(), mapping, import_options);
    const auto language = terminal_language();
    domain::Result<ImportSummary> summary = [&] {
        ProgressBar bar("Importing", std::filesystem::file_size(options.file));
        return importer.run(
            input,
            [&](const api::import::Reject& reject) {
                rejects.add(reject.line, reject.column, domain::explain(reject.reason, language), reject.row);
            },
            [&](std::uint64_t bytes) { bar.show(bytes); });
    }();
    if (!summary) throw refused(summary.error());
    folder.reading().compared(folder.reader("import"), *summary);
    if (options.json) {
        fmt::print("{}\n", api::import::to_json(*summary));
        return;
    }
    ImportAnswer counts;
    counts.set_dry_run(summary->dry_run);
    counts.set_rows(summary->rows);
    counts.set_taken(summary->taken);
    counts.set_unchanged(summary->unchanged);
    counts.set_repeated_rows(summary->repeated);
    counts.set_changed(summary->changed);
    counts.set_corrected(summary->corrected);
    counts.set_rejected(summary->rejected);
    for (const auto& learned : summary->learned) counts.add_learned(learned);
    print_counts(counts);
    print_figures(*summary);
}

void run_on_server(const Options& options, Rejects& rejects) {
    if (options.with_rows)
        throw Failure("--with-rows works with --data only: a server never gives rows back");
    ImportFile file;
    file.set_kind(options.kind);
    file.set_mapping(content_of(options.mapping));
    file.set_file(content_of(options.file));
    file.set_dry_run(options.dry_run);
    file.set_learn_codes(options.learn_codes);
    file.set_update(options.update);
    const auto body =
        Remote(options.target).post_json("/api/v1/imports", api::write_json(file, api::Defaults::LeftOut));
    ImportAnswer answer;
    if (const auto taken = api::read_json(body, answer, {std::size_t{64} << 20U, 16}); !taken) {
        throw refused(taken.error());
    }
    for (const auto& reject : answer.rejects())
        rejects.add(reject.line(), reject.column(), reject.reason(), {});
    if (options.json) {
        fmt::print("{}\n", counts_as_json(answer));
    } else {
        print_counts(answer);
    }
}

void run(Options& options) {
    if (options.rejects.empty()) options.rejects = options.file.string() + ".rejects.csv";
    Rejects rejects(options.rejects, options.with_rows);
    options.target.url.empty() ? run_on_data(options, rejects) : run_on_server(options, rejects);
    rejects.finish();
}

}  // namespace

void add_import(CLI::App& app) {
    auto* command = app.add_subcommand("import", "bring in the cases of another system from a CSV file");
    auto options = std::make_shared<Options>();
    add_target(*command, options->target, Doors::DataOrUrl, Shows::PersonalData);
    command->add_option("--kind", options->kind, "reminder, complaint, authority-request or contact")
        ->required()
        ->check(CLI::IsMember({"reminder", "complaint", "authority-request", "contact"}));
    command->add_option("--mapping", options->mapping, "what the columns mean, TOML; see tools/examples")
        ->required()
        ->check(CLI::ExistingFile);
    command->add_option("file", options->file, "the CSV file")->required()->check(CLI::ExistingFile);
    command->add_flag("--dry-run", options->dry_run, "say what would happen, and change nothing");
    command->add_flag("--learn-codes", options->learn_codes, "add codes and units that are not known yet");
    command->add_flag("--update", options->update,
                      "a changed row corrects its case; otherwise it is reported");
    command->add_option("--rejects", options->rejects,
                        "where rejected rows are named: line, column, reason (default: FILE.rejects.csv)");
    command->add_flag("--with-rows", options->with_rows,
                      "the rejects hold the rows themselves, which may be personal");
    command->add_flag("--json", options->json, "the summary as JSON");
    command->footer(
        "Exit code 0 also when rows were rejected: they are counted, and named in the rejects file.\n" +
        on_record);
    command->callback([options] { run(*options); });
}

}  // namespace vastine::tools
