#include <fmt/format.h>
#include <sodium.h>

#include <boost/json.hpp>
#include <fstream>
#include <memory>
#include <thread>

#include "tools/commands/commands.hpp"
#include "tools/commands/output_file.hpp"
#include "tools/commands/progress_bar.hpp"
#include "tools/commands/remote.hpp"
#include "tools/commands/target.hpp"

namespace vastine::tools {

namespace {

struct Options {
    Target target;
    store::EscrowPlan plan;
    std::filesystem::path output;
    std::vector<std::filesystem::path> shares;
    std::filesystem::path to_token;
    bool to_file = false;
    bool json = false;
};

constexpr const char* out_of_date =
    "Copies of the key file that you keep are out of date: copy it again. A backup of the keys from before "
    "opens with the key file of its time only.\n";

void show_status(const Options& options) {
    const auto store = store::Store::open(store_options(options.target));
    const auto status = store->keys().status();
    if (options.json) {
        boost::json::object out{{"master", status.master},
                                {"living", status.living},
                                {"destroyed", status.destroyed},
                                {"rotation_unfinished", status.rotation_unfinished},
                                {"escrow", nullptr}};
        if (status.escrow) {
            out["escrow"] = boost::json::object{{"set", status.escrow->set},
                                                {"shares", status.escrow->plan.shares},
                                                {"needed", status.escrow->plan.needed}};
        }
        fmt::print("{}\n", boost::json::serialize(out));
        return;
    }
    fmt::print("The master key is {}.\n", status.master);
    if (status.escrow) {
        fmt::print("Escrow: set {}, any {} of {} shares open everything.\n", status.escrow->set,
                   status.escrow->plan.needed, status.escrow->plan.shares);
    } else {
        fmt::print(
            "There is no escrow: if the master key is lost, every case is. Run: vastine keys escrow\n");
    }
    fmt::print("{} keys of cases and documents live, {} are destroyed.\n", status.living, status.destroyed);
    if (status.rotation_unfinished) {
        fmt::print("A rotation was interrupted; everything opens. Run: vastine keys rotate\n");
    }
}

std::string sheet(const std::string& share, std::size_t number, const store::EscrowPlan& plan,
                  const std::string& organisation) {
    return fmt::format(
        "# Share {} of {} for the organisation {}.\n"
        "# Any {} of them open every case there is. Keep each with another person, on paper.\n"
        "# It cannot be printed again; a new set makes it worthless.\n{}",
        number, plan.shares, organisation, plan.needed, share);
}

void make_escrow(const Options& options) {
    if (options.plan.needed > options.plan.shares) throw Failure("--needed is more than --shares");
    const auto store = store::Store::open(store_options(options.target));
    store->keys().renew_escrow(options.plan, [&](const std::vector<std::string>& shares) {
        if (!options.output.empty()) std::filesystem::create_directories(options.output);
        for (std::size_t i = 0; i < shares.size(); ++i) {
            const auto text = sheet(shares[i], i + 1, options.plan, store->organisation());
            const auto path =
                options.output.empty() ? options.output : options.output / fmt::format("share-{}.txt", i + 1);
            if (std::filesystem::exists(path)) {
                throw Failure(fmt::format("{} is there already and is not overwritten", path.string()));
            }
            OutputFile file(path);
            file.stream() << text << '\n';
            // Nothing is changed unless they all reached somebody.
            file.finish();
        }
    });
    fmt::print(stderr,
               "Any {} of these {} shares open everything from now on, and shares of earlier sets nothing.\n",
               options.plan.needed, options.plan.shares);
}

std::string content_of(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::string text(1 << 16, '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (file.bad() || file.gcount() == 0) throw Failure(fmt::format("{} cannot be read", path.string()));
    text.resize(static_cast<std::size_t>(file.gcount()));
    return text;
}

void restore(const Options& options) {
    std::vector<std::string> texts;
    texts.reserve(options.shares.size());
    for (const auto& path : options.shares) texts.push_back(content_of(path));
    const auto restored = store::Store::restore(store_options(options.target), texts);
    for (auto& text : texts) sodium_memzero(text.data(), text.size());
    const auto key_file =
        options.target.key_file.empty() ? options.target.data / "key" : options.target.key_file;
    fmt::print("Made the key file {}: it opens {} keys of cases and documents.\n", key_file.string(),
               restored.opened);
    if (restored.unopened > 0) {
        fmt::print("{} keys are damaged and did not open; `vastine verify` says what that concerns.\n",
                   restored.unopened);
    }
    fmt::print(
        "Keep a copy of the key file apart from the data. If the lost one may be in other hands, run: "
        "vastine "
        "keys rotate\nThe shares were together in one place: make new ones with: vastine keys escrow\n");
}

// The server does it, and is asked how far it is.
void rotate_at_server(const Options& options) {
    if (!options.to_token.empty() || options.to_file) {
        throw Failure("the master key moves while the server is stopped: give --data");
    }
    Remote remote(options.target);
    const auto rotation_in = [](const std::string& body) {
        return boost::json::parse(body).as_object().at("rotation").as_object();
    };
    const auto number = [](const boost::json::object& of, const char* name) {
        return std::stoull(std::string(of.at(name).as_string()));
    };
    auto rotation = rotation_in(remote.post_json("/api/v1/keys/rotation", ""));
    {
        ProgressBar bar("Wrapping keys anew", number(rotation, "all"));
        while (rotation.at("state").as_string() == "running") {
            std::this_thread::sleep_for(std::chrono::milliseconds(200));
            rotation = rotation_in(remote.get("/api/v1/keys"));
            bar.show(number(rotation, "done"));
        }
    }
    if (rotation.at("state").as_string() != "finished") {
        throw Failure(
            "the rotation did not come to its end: the log of the server says why. Everything opens");
    }
    fmt::print("{} keys of cases and documents are wrapped anew, and the master key too.\n",
               number(rotation, "wrapped_anew"));
    fmt::print(out_of_date);
}

void rotate(const Options& options) {
    if (!options.target.url.empty()) return rotate_at_server(options);
    const auto store = store::Store::open(store_options(options.target));
    auto& keys = store->keys();
    store::Rotated rotated;
    {
        ProgressBar bar("Wrapping keys anew", keys.status().living);
        rotated = keys.rotate_area_keys([&](std::uint64_t done, std::uint64_t) { bar.show(done); });
    }
    if (!options.to_token.empty()) {
        keys.move_master_key_to_token(options.to_token);
    } else if (options.to_file) {
        keys.move_master_key_to_file();
    } else {
        keys.rotate_master_key();
    }
    fmt::print("{} keys of cases and documents are wrapped anew; the master key is {}.\n",
               rotated.wrapped_anew, keys.status().master);
    if (rotated.unopened > 0) {
        fmt::print(
            "{} keys are damaged and were left as they are; `vastine verify` says what that concerns.\n",
            rotated.unopened);
    }
    fmt::print(out_of_date);
}

CLI::App* add(CLI::App& keys, const char* name, const char* help, const std::shared_ptr<Options>& options,
              void (*run)(const Options&), Doors doors = Doors::DataOnly) {
    auto* command = keys.add_subcommand(name, help);
    add_target(*command, options->target, doors, Shows::NoPersonalData);
    command->callback([options, run] { run(*options); });
    return command;
}

}  // namespace

void add_keys(CLI::App& app) {
    auto* keys = app.add_subcommand("keys", "the keys of a data folder: escrow, restoring, rotation");
    keys->require_subcommand(1);
    const auto options = std::make_shared<Options>();
    auto* status = add(*keys, "status", "where the master key is, and whether shares would replace it",
                       options, show_status);
    status->add_flag("--json", options->json, "the same as JSON");
    auto* escrow = add(*keys, "escrow",
                       "print a new set of shares, of which some together replace a lost master key; earlier "
                       "sets are worthless then",
                       options, make_escrow);
    escrow->add_option("--shares", options->plan.shares, "how many are made (default: 5)")
        ->check(CLI::Range(2, 255));
    escrow->add_option("--needed", options->plan.needed, "how many of them are needed (default: 3)")
        ->check(CLI::Range(2, 255));
    escrow
        ->add_option("--output", options->output, "folder for a file of each share, instead of printing them")
        ->type_name("DIR");
    auto* restoring =
        add(*keys, "restore", "make a new key file from shares when the key file or its token is lost",
            options, restore);
    restoring
        ->add_option("--share", options->shares, "file with a share as it was printed; as many as needed")
        ->required()
        ->type_name("FILE");
    auto* rotation = add(*keys, "rotate",
                         "wrap the keys of all cases anew, under new area keys and a new master key; the log "
                         "is not touched; with --url while the server runs",
                         options, rotate, Doors::DataOrUrl);
    auto* token = rotation
                      ->add_option("--to-token", options->to_token,
                                   "put the new master key into the token that this file describes")
                      ->type_name("FILE");
    rotation
        ->add_flag("--to-file", options->to_file, "put the new master key into the key file, out of a token")
        ->excludes(token);
}

}  // namespace vastine::tools
