#include <fmt/format.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <filesystem>
#include <memory>

#include "api/json.hpp"
#include "api/publications/desk.hpp"
#include "api/publications/frozen_files.hpp"
#include "api/publications/pages.hpp"
#include "domain/schema/views.pb.h"
#include "tools/commands/commands.hpp"
#include "tools/commands/output_file.hpp"
#include "tools/commands/progress_bar.hpp"
#include "tools/commands/remote.hpp"
#include "tools/commands/target.hpp"

namespace vastine::tools {

namespace {

struct Options {
    Target target;
    std::string id;
    std::filesystem::path fetch;
    bool make_files = false;
    bool json = false;
};

// The same questions through either door.
class Shelf {
public:
    virtual ~Shelf() = default;
    [[nodiscard]] virtual PublicationList list() = 0;
    [[nodiscard]] virtual PublicationPage page(const std::string& id) = 0;
    [[nodiscard]] virtual std::string file(const std::string& id, const ArtefactView& artefact) = 0;
};

class FolderShelf : public Shelf {
public:
    explicit FolderShelf(DataFolder& folder)
        : folder_(folder), pages_(folder.store(), folder.model(), folder.editions(), system_now) {}

    PublicationList list() override { return pages_.list(reader()); }
    PublicationPage page(const std::string& id) override {
        auto page = pages_.page(reader(), id);
        if (!page) throw refused(page.error());
        return std::move(*page);
    }
    std::string file(const std::string& id, const ArtefactView& artefact) override {
        const auto found = api::find_file(folder_.model(), folder_.viewer(), id, artefact.sha256());
        auto content = found ? api::frozen_bytes(folder_.store().blobs(), *found) : std::nullopt;
        if (!content) throw Failure(artefact.file_name() + ": its key is destroyed");
        return std::move(*content);
    }

private:
    [[nodiscard]] api::Reader reader() const { return folder_.reader("publications"); }
    DataFolder& folder_;
    api::PublicationPages pages_;
};

class RemoteShelf : public Shelf {
public:
    explicit RemoteShelf(const Target& target) : remote_(target) {}

    PublicationList list() override { return got<PublicationList>("/api/v1/publications"); }
    PublicationPage page(const std::string& id) override {
        return got<PublicationPage>("/api/v1/publications/" + id);
    }
    std::string file(const std::string&, const ArtefactView& artefact) override {
        return remote_.get(artefact.url());
    }

private:
    template <class M>
    M got(const std::string& path) {
        M message;
        if (const auto taken = api::read_json(remote_.get(path), message); !taken)
            throw refused(taken.error());
        return message;
    }
    Remote remote_;
};

void print(const google::protobuf::Message& message) {
    fmt::print("{}\n", api::write_json(message, api::Defaults::Written));
}

void list(Shelf& shelf, const Options& options) {
    const auto all = shelf.list();
    if (options.json) return print(all);
    for (const auto& row : all.rows()) {
        fmt::print("{}  {:<8} {:<9} {} to {}  edition {}  {}{}\n", row.publication_id(),
                   row.publication_kind(), row.area(), row.first_month(), row.last_month(), row.edition(),
                   domain::text(row.stage(), terminal_language()),
                   row.files_waiting() ? ", files are being made" : "");
    }
    fmt::print("{} publications\n", all.rows_size());
}

void files(Shelf& shelf, const Options& options) {
    const auto page = shelf.page(options.id);
    if (options.json) return print(page);
    for (const auto& artefact : page.artefacts()) {
        fmt::print("edition {}  {:<8}  {:>9} bytes  sha256 {}  {}\n", artefact.edition(), artefact.level(),
                   artefact.size(), artefact.sha256(), artefact.file_name());
    }
    fmt::print("{} files{}\n", page.artefacts_size(),
               page.row().files_waiting() ? "; more are being made" : "");
}

void fetch(Shelf& shelf, const Options& options) {
    std::filesystem::create_directories(options.fetch);
    const auto page = shelf.page(options.id);
    for (const auto& artefact : page.artefacts()) {
        // A server may be anybody's: its names lead nowhere else.
        OutputFile output(options.fetch / std::filesystem::path(artefact.file_name()).filename());
        output.stream() << shelf.file(options.id, artefact);
        output.finish();
    }
    fmt::print("{} files fetched\n", page.artefacts_size());
}

// What the service does by itself, here and now: for a folder that no service holds.
void make_files(const Options& options) {
    if (!options.target.url.empty())
        throw Failure("a server makes the files by itself: give --data, not --url");
    // What goes wrong is said on stderr, as the service says it in its log.
    spdlog::set_default_logger(spdlog::stderr_color_mt("vastine"));
    DataFolder folder(options.target);
    api::PublicationDesk desk({folder.store(), folder.model(), folder.editions(), system_now});
    std::uint64_t made = 0;
    for (;;) {
        std::unique_ptr<ProgressBar> bar;
        const auto turn = desk.turn(
            [&](const api::EditionId& id, domain::publication::Level level, api::Step, unsigned percent) {
                if (!bar) {
                    bar = std::make_unique<ProgressBar>("Files of " + api::to_string(id) + ", " +
                                                            std::string(domain::publication::name_of(level)),
                                                        100);
                }
                bar->show(percent);
            });
        if (turn == api::PublicationDesk::Turn::NothingToDo) break;
        if (turn == api::PublicationDesk::Turn::Made) ++made;
    }
    fmt::print("{} sets of files made\n", made);
    if (const auto failed = desk.failures(); failed > 0) {
        throw Failure(fmt::format("{} sets of files could not be made; why stands above", failed));
    }
}

void run(const Options& options) {
    if (options.make_files) return make_files(options);
    std::optional<DataFolder> folder;
    std::unique_ptr<Shelf> shelf;
    if (options.target.url.empty()) {
        folder.emplace(options.target);
        shelf = std::make_unique<FolderShelf>(*folder);
    } else {
        shelf = std::make_unique<RemoteShelf>(options.target);
    }
    if (!options.fetch.empty()) return fetch(*shelf, options);
    if (!options.id.empty()) return files(*shelf, options);
    list(*shelf, options);
}

}  // namespace

void add_publications(CLI::App& app) {
    auto* command =
        app.add_subcommand("publications", "the publications, how far each has come, and their files");
    auto options = std::make_shared<Options>();
    add_target(*command, options->target, Doors::DataOrUrl, Shows::NoPersonalData);
    auto* id = command->add_option("--id", options->id, "the files of this publication")->type_name("ID");
    command->add_option("--fetch", options->fetch, "write its files into this folder")
        ->type_name("DIR")
        ->needs(id);
    command
        ->add_flag("--make-files", options->make_files,
                   "make the files that are missing of what is signed or published, as the service does")
        ->excludes(id);
    command->add_flag("--json", options->json, "as JSON");
    command->callback([options] { run(*options); });
}

}  // namespace vastine::tools
