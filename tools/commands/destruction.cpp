#include <fmt/format.h>

#include <memory>

#include "api/destruction/desk.hpp"
#include "api/destruction/pages.hpp"
#include "api/json.hpp"
#include "tools/commands/commands.hpp"
#include "tools/commands/remote.hpp"
#include "tools/commands/target.hpp"

namespace vastine::tools {

namespace {

struct Options {
    Target target;
    std::string id;
    bool certificate = false;
    bool json = false;
};

// The same questions through either door.
class Lists {
public:
    virtual ~Lists() = default;
    [[nodiscard]] virtual DestructionLists list() = 0;
    [[nodiscard]] virtual DestructionPage page(const std::string& id) = 0;
};

class FolderLists : public Lists {
public:
    explicit FolderLists(const Target& target)
        : folder_(target), pages_(folder_.store(), folder_.model(), folder_.reading(), system_now) {}

    DestructionLists list() override { return pages_.list(folder_.reader("destruction list")); }
    DestructionPage page(const std::string& id) override {
        auto page = pages_.page(folder_.reader("destruction show"), id);
        if (!page) throw refused(page.error());
        return std::move(*page);
    }

private:
    DataFolder folder_;
    api::DestructionPages pages_;
};

class RemoteLists : public Lists {
public:
    explicit RemoteLists(const Target& target) : remote_(target) {}

    DestructionLists list() override { return got<DestructionLists>("/api/v1/destructions"); }
    DestructionPage page(const std::string& id) override {
        return got<DestructionPage>("/api/v1/destructions/" + id);
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

std::unique_ptr<Lists> lists_of(const Target& target) {
    if (target.url.empty()) return std::make_unique<FolderLists>(target);
    return std::make_unique<RemoteLists>(target);
}

void print(const google::protobuf::Message& message) {
    fmt::print("{}\n", api::write_json(message, api::Defaults::Written));
}

std::string in_words(const DestructionRow& row) {
    const auto& fates = row.fates();
    return fmt::format("{}  {:<9} {}  {}: {} wait, {} destroyed, {} kept back, {} to the archive",
                       row.list_id(), row.area(), row.year(), domain::text(row.stage(), terminal_language()),
                       fates.waiting() + fates.cleared(), fates.destroyed(),
                       fates.withheld() + fates.held_back(), fates.to_archive());
}

void list(const Options& options) {
    const auto all = lists_of(options.target)->list();
    if (options.json) return print(all);
    for (const auto& row : all.lists()) fmt::print("{}\n", in_words(row));
    fmt::print("{} destruction lists\n", all.lists_size());
}

void show(const Options& options) {
    const auto page = lists_of(options.target)->page(options.id);
    if (options.certificate) {
        if (page.signed_certificate().empty())
            throw Failure(domain::text("destruction.no_certificate_yet", terminal_language()));
        fmt::print("{}", page.signed_certificate());
        return;
    }
    if (options.json) return print(page);
    fmt::print("{}\n", in_words(page.row()));
    for (const auto& item : page.items()) {
        fmt::print("{}  {}  {}{}\n", item.item_id(), item.subject(), item.fate(),
                   item.held_back().empty() ? "" : ": " + item.held_back());
        for (const auto& line : item.why()) fmt::print("    {}\n", line);
    }
}

// What the service does by itself, here and now: for a folder that no service holds.
void run(const Options& options) {
    DataFolder folder(options.target);
    api::DestructionDesk desk({folder.store(), folder.model(), system_now});
    std::size_t moved = 0;
    while (const auto lists = desk.turn()) moved += lists;
    fmt::print("{}\n", moved == 0 ? "Nothing can be done today." : "All that can be done today is done:");
    if (moved == 0) return;
    const api::DestructionPages pages(folder.store(), folder.model(), folder.reading(), system_now);
    const auto all = pages.list(folder.reader("destruction run"));
    for (const auto& row : all.lists()) fmt::print("{}\n", in_words(row));
}

CLI::App* add(CLI::App& destruction, const char* name, const char* help, Doors doors, Shows shows,
              const std::shared_ptr<Options>& options, void (*work)(const Options&)) {
    auto* command = destruction.add_subcommand(name, help);
    add_target(*command, options->target, doors, shows);
    command->callback([options, work] { work(*options); });
    return command;
}

}  // namespace

void add_destruction(CLI::App& app) {
    auto* destruction = app.add_subcommand(
        "destruction",
        "lists of what is destroyed when its time of keeping is over; people open and approve them");
    destruction->require_subcommand(1);
    const auto options = std::make_shared<Options>();
    auto* listing = add(*destruction, "list", "how far each list has come", Doors::DataOrUrl,
                        Shows::NoPersonalData, options, list);
    listing->add_flag("--json", options->json, "as JSON");
    auto* showing = add(*destruction, "show", "what stands on a list, and why", Doors::DataOrUrl,
                        Shows::PersonalData, options, show);
    showing->add_option("id", options->id, "id of the list")->required();
    showing->add_flag("--certificate", options->certificate,
                      "only the signed certificate, which the log's public key verifies");
    showing->add_flag("--json", options->json, "as JSON");
    add(*destruction, "run",
        "make and carry out lists as the service does: gather items, destroy what two persons have approved "
        "and "
        "whose day has come",
        Doors::DataOnly, Shows::NoPersonalData, options, run);
}

}  // namespace vastine::tools
