#pragma once
// Where a command works: on a data folder of this machine, or through the API of a server.

#include <CLI/CLI.hpp>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "api/execution.hpp"
#include "api/publications/editions.hpp"
#include "api/reading.hpp"
#include "api/reports/reports.hpp"
#include "domain/access/access.hpp"
#include "domain/text/text.hpp"
#include "projections/read_model.hpp"
#include "store/store.hpp"

namespace vastine::tools {

struct Target {
    std::filesystem::path data = "data";
    std::filesystem::path key_file;
    std::string url;    // empty: the data folder
    std::string token;  // VASTINE_TOKEN
    std::filesystem::path ca;
};

enum class Doors { DataOnly, DataOrUrl };
// Whether a command tells anything of a person. One that does reads through api::Reading, which puts it on
// record, and says so in its help; the others show counts, figures, ids of their own making.
enum class Shows { NoPersonalData, PersonalData };
extern const std::string on_record;  // the sentence of the help
void add_target(CLI::App& command, Target& target, Doors doors, Shows shows);

[[nodiscard]] store::Options store_options(const Target& target);

// Fi, sv or en, as the terminal's locale says; English when it says nothing of these.
[[nodiscard]] domain::Language terminal_language();

[[nodiscard]] store::Instant system_now();

// The person at the terminal: a stable id derived from the login name, with every area's rights, under
// the same access rule and access log as everybody (domain/access).
[[nodiscard]] domain::Viewer operating_system_viewer();

// The data folder, opened and folded. Throws store::CannotOpen, which says what to do, when a server
// holds it or the key file is not right.
class DataFolder {
public:
    explicit DataFolder(const Target& target);

    [[nodiscard]] store::Store& store() { return *store_; }
    [[nodiscard]] projections::ReadModel& model() { return model_; }
    [[nodiscard]] api::Execution& execution() { return execution_; }
    [[nodiscard]] api::Reading& reading() { return reading_; }
    [[nodiscard]] const api::Editions& editions() { return editions_; }
    [[nodiscard]] const api::Reports& reports() { return reports_; }
    [[nodiscard]] const domain::Viewer& viewer() const { return viewer_; }
    [[nodiscard]] api::Reader reader(const std::string& command) const;

private:
    std::unique_ptr<store::Store> store_;
    projections::ReadModel model_;
    api::Execution execution_;
    api::Reading reading_;
    api::Editions editions_;
    api::Reports reports_;
    domain::Viewer viewer_;
};

}  // namespace vastine::tools
