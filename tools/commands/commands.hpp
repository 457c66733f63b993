#pragma once
// The commands of the executable, one file each. Every add_… registers one with its options, help and
// work; the table in main.cpp calls them all.

#include <CLI/CLI.hpp>
#include <stdexcept>
#include <string>

#include "api/web/web_files.hpp"
#include "domain/result.hpp"

namespace vastine::tools {

// What a script can rely on; `vastine --help` says the same.
enum ExitCode : int {
    Done = 0,
    Failed = 1,  // refused, or not possible; why stands on stderr
    Usage = 2,   // the command line itself is wrong
};

// Ends the command with Failed and says why.
struct Failure : std::runtime_error {
    using std::runtime_error::runtime_error;
};
// Of a refusal, in the terminal's language.
[[nodiscard]] Failure refused(const domain::Rejection& rejection);

void add_init(CLI::App& app);
// `web`: what it serves to browsers; outlives the command.
void add_serve(CLI::App& app, const api::WebFiles& web);
void add_verify(CLI::App& app);
void add_checkpoint(CLI::App& app);
void add_receipt(CLI::App& app);
void add_verify_receipt(CLI::App& app);
void add_extract(CLI::App& app);
void add_rebuild(CLI::App& app);
void add_stats(CLI::App& app);
void add_export(CLI::App& app);
void add_import(CLI::App& app);
void add_report(CLI::App& app);
void add_publications(CLI::App& app);
void add_release(CLI::App& app);
void add_demo(CLI::App& app);
void add_user(CLI::App& app);
void add_alerts(CLI::App& app);
void add_calendar(CLI::App& app);
void add_due(CLI::App& app);
void add_keys(CLI::App& app);
void add_destruction(CLI::App& app);
void add_version(CLI::App& app);

}  // namespace vastine::tools
