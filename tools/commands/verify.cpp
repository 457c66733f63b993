#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <boost/json.hpp>
#include <fstream>
#include <memory>
#include <optional>

#include "api/exported_log.hpp"
#include "api/named_files.hpp"
#include "store/log_copy.hpp"
#include "store/proof/agreement.hpp"
#include "tools/commands/checkpoint_files.hpp"
#include "tools/commands/commands.hpp"
#include "tools/commands/progress_bar.hpp"
#include "tools/commands/target.hpp"

namespace vastine::tools {

namespace {

struct Options {
    Target target;
    std::vector<std::filesystem::path> checkpoints;
    std::filesystem::path witness;
    std::vector<std::string> public_keys;
    bool without_keys = false;
    std::filesystem::path exported;
    bool json = false;
};

std::string hexadecimal(const std::string& bytes) {
    std::string text(bytes.size() * 2 + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                   bytes.size());
    text.pop_back();
    return text;
}

// What stands there: a store with its keys, copies of its logs without them, or an export of the event log.
class Logs {
public:
    explicit Logs(const Options& options) {
        if (!options.exported.empty()) {
            std::ifstream file(options.exported, std::ios::binary);
            if (!file) throw Failure(fmt::format("{} cannot be read", options.exported.string()));
            exported_ = std::make_unique<api::ExportedLog>(file);
            return;
        }
        const auto& folder = options.target.data;
        const bool copies_only = options.without_keys || (std::filesystem::exists(folder / "log") &&
                                                          !std::filesystem::exists(folder / "keys"));
        if (!copies_only) {
            store_ = store::Store::open(store_options(options.target));
            return;
        }
        events_copy_ = std::make_unique<store::LogCopy>(folder / "log");
        if (std::filesystem::exists(folder / "access")) {
            access_copy_ = std::make_unique<store::LogCopy>(folder / "access");
        }
    }
    [[nodiscard]] store::Store* store() { return store_.get(); }  // nullptr: copies, or an export
    [[nodiscard]] const api::ExportedLog* exported() const { return exported_.get(); }
    [[nodiscard]] const store::Provable& events() {
        if (store_) return store_->events();
        if (exported_) return *exported_;
        return *events_copy_;
    }
    [[nodiscard]] const store::Provable* access() {  // nullptr: not there
        return store_ ? &store_->access() : static_cast<const store::Provable*>(access_copy_.get());
    }
    [[nodiscard]] std::string organisation() const {
        if (exported_) return exported_->organisation();
        return store_ ? store_->organisation() : events_copy_->organisation();
    }

private:
    std::unique_ptr<store::Store> store_;
    std::unique_ptr<api::ExportedLog> exported_;
    std::unique_ptr<store::LogCopy> events_copy_;
    std::unique_ptr<store::LogCopy> access_copy_;
};

store::Head verify(const store::Provable& log, const char* what) {
    ProgressBar bar(what, log.head().position.value);
    return log.verify([&](store::Position position) { bar.show(position.value); });
}

// What was kept of the logs, and with what it is checked.
struct Kept {
    std::vector<store::proof::Witnessed> notes;
    std::vector<store::proof::VerifierKey> keys;
    std::string from;        // files, for people
    bool own_key = false;    // the key lies in the folder that is checked
    bool own_notes = false;  // and so do the checkpoints
};

Kept kept_of(const Options& options) {
    Kept kept;
    auto files = options.checkpoints;
    if (!options.witness.empty()) files.push_back(options.witness);
    const auto in_folder = witness_of(options.target, {});
    if (files.empty() && options.exported.empty() && std::filesystem::exists(in_folder)) {
        files.push_back(in_folder);
        kept.own_notes = true;
    }
    for (const auto& file : files) {
        const auto witness = store::proof::parse_witness(text_of(file));
        for (const auto line : witness.torn_lines) {
            fmt::print(stderr, "{}, line {}: no checkpoint, passed over.\n", file.string(), line);
        }
        if (witness.notes.empty() && !kept.own_notes) {
            throw Failure(fmt::format("{} holds no checkpoint", file.string()));
        }
        kept.notes.insert(kept.notes.end(), witness.notes.begin(), witness.notes.end());
        kept.from += (kept.from.empty() ? "" : ", ") + file.string();
    }
    kept.keys = read_public_keys(options.public_keys);
    if (const auto own = public_keys_of(options.target);
        options.public_keys.empty() && options.exported.empty() && std::filesystem::exists(own)) {
        kept.keys = read_public_keys({own.string()});
        kept.own_key = true;
    }
    if (!kept.notes.empty() && kept.keys.empty()) {
        throw Failure("checkpoints are checked with the public key: give it with --public-key");
    }
    return kept;
}

store::proof::Compared compare(const store::Provable& log, const std::string& name, const std::string& origin,
                               const Kept& kept) {
    const auto is_of_it = [&](const auto& one) { return one.note.starts_with(origin + "\n"); };
    const auto key = std::find_if(kept.keys.begin(), kept.keys.end(),
                                  [&](const auto& one) { return one.name() == origin; });
    if (std::none_of(kept.notes.begin(), kept.notes.end(), is_of_it)) return {};
    if (key == kept.keys.end()) {
        throw Failure(fmt::format("there is a checkpoint of {} and no public key of that name", origin));
    }
    const auto compared = store::proof::compare(log, *key, kept.notes);
    if (!compared)
        throw Failure(fmt::format("{} is not the one that was signed: {}", name, compared.error().why));
    return *compared;
}

void say(const char* name, const store::proof::Compared& compared) {
    if (compared.checkpoints == 0) return;
    fmt::print(
        "{} agrees with {} checkpoint{}, the first at {} and the last at {}: of what it held then "
        "nothing was altered, removed or reordered\n",
        name, compared.checkpoints, compared.checkpoints == 1 ? "" : "s", compared.first.value,
        compared.last.value);
}

boost::json::object head_of(const store::Head& of) {
    return {{"position", of.position.value}, {"root", hexadecimal(of.root)}};
}
boost::json::object told(const store::proof::Compared& of) {
    return {{"checkpoints", of.checkpoints}, {"first", of.first.value}, {"last", of.last.value}};
}

// The stored files need keys; `json` takes what they come to.
void verify_files(store::Store& store, const Options& options, boost::json::object& json) {
    store::BlobsVerified blobs;
    {
        ProgressBar bar("Checking the stored files", store.blobs().count());
        blobs = store.blobs().verify([&](std::uint64_t checked) { bar.show(checked); });
    }
    const auto named = api::count_named_files(store);
    json["files"] = boost::json::object{{"count", blobs.blobs},
                                        {"named", named},
                                        {"opened", blobs.opened},
                                        {"sealed_bytes", blobs.sealed_bytes}};
    if (options.json) return;
    fmt::print(
        "The stored files are whole: {} files, {} of them opened, {} bytes sealed; of {} the log speaks, and "
        "none of those is missing\n",
        blobs.blobs, blobs.opened, blobs.sealed_bytes, named);
}

void compare_all(Logs& logs, const Options& options, boost::json::object& json) {
    const auto kept = kept_of(options);
    const auto organisation = logs.organisation();
    const auto events =
        compare(logs.events(), "the event log", store::proof::origin_of_log(organisation), kept);
    const auto access = logs.access() == nullptr
                            ? store::proof::Compared{}
                            : compare(*logs.access(), "the access log",
                                      store::proof::origin_of_access_log(organisation), kept);
    const auto all = events.checkpoints + access.checkpoints;
    if (all == 0 && !kept.own_notes && !kept.notes.empty()) {
        throw Failure(fmt::format("{}: no checkpoint of organisation {}", kept.from, organisation));
    }
    json["compared"] = boost::json::object{{"events", told(events)}, {"access", told(access)}};
    if (options.json) return;
    if (all == 0) {
        fmt::print(
            "Compared with no checkpoint: whether the whole folder was replaced is not known. See "
            "`vastine checkpoint --help`.\n");
        return;
    }
    say("The event log", events);
    say("The access log", access);
    fmt::print("Compared with {}, signed by {}\n", kept.from,
               kept.own_key ? "the public key in the same folder" : "the public key given");
    if (kept.own_key || kept.own_notes) {
        fmt::print(
            "Whoever can rewrite the folder can rewrite these too: keep checkpoints and the public key "
            "elsewhere, and give them with --checkpoint and --public-key.\n");
    }
}

void run(const Options& options) {
    Logs logs(options);
    boost::json::object json;
    const auto events = verify(logs.events(), "Checking the event log");
    json["events"] = head_of(events);
    std::optional<store::Head> access;
    if (logs.access() != nullptr) access = verify(*logs.access(), "Checking the access log");
    if (access) json["access"] = head_of(*access);
    json["opened"] = logs.store() != nullptr;
    if (!options.json) {
        fmt::print("The event log is whole: {} events, root {}\n", events.position.value,
                   hexadecimal(events.root));
        if (access) {
            fmt::print("The access log is whole: {} entries, root {}\n", access->position.value,
                       hexadecimal(access->root));
        } else {
            fmt::print("The access log is not here and was not checked\n");
        }
    }
    if (logs.store() != nullptr) {
        verify_files(*logs.store(), options, json);
    } else if (const auto* exported = logs.exported()) {
        json["shown"] = exported->shown();
        if (!options.json) {
            fmt::print(
                "{} of its events are shown in the export and show the facts of their records; of {} only "
                "the "
                "hash is there. What is sealed was not opened\n",
                exported->shown(), exported->hidden());
        }
    } else if (!options.json) {
        fmt::print("No key was used: what is sealed was not opened, and the stored files were not checked\n");
    }
    compare_all(logs, options, json);
    if (options.json) fmt::print("{}\n", boost::json::serialize(json));
}

}  // namespace

void add_verify(CLI::App& app) {
    auto* command = app.add_subcommand(
        "verify",
        "prove that nothing was altered, removed or reordered in the two logs, and no stored file altered or "
        "lost");
    auto options = std::make_shared<Options>();
    add_target(*command, options->target, Doors::DataOnly, Shows::NoPersonalData);
    command
        ->add_option("--checkpoint", options->checkpoints,
                     "file with checkpoints that you kept: the logs must agree with them; may be repeated")
        ->type_name("FILE");
    command
        ->add_option("--witness", options->witness,
                     "the same, of all checkpoints of a witness file (default: DIR/witness)")
        ->type_name("FILE");
    command
        ->add_option("--public-key", options->public_keys,
                     "key that checkpoints are signed with, or a file of keys (default: DIR/public-keys)")
        ->type_name("KEY");
    command->add_flag("--without-keys", options->without_keys,
                      "open nothing that is sealed; so a backup of the logs alone is checked by itself");
    command
        ->add_option("--export", options->exported,
                     "verify this file that `vastine export --provable` made, instead of a data folder")
        ->type_name("FILE");
    command->add_flag("--json", options->json, "positions and Merkle roots as JSON");
    command->callback([options] { run(*options); });
}

}  // namespace vastine::tools
