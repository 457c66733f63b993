#include <fmt/format.h>

#include <boost/json.hpp>
#include <memory>

#include "api/cloud_events.hpp"
#include "tools/commands/checkpoint_files.hpp"
#include "tools/commands/commands.hpp"

namespace vastine::tools {

namespace {

struct Options {
    std::filesystem::path file;
    std::vector<std::string> keys;
    bool json = false;
};

void run(const Options& options) {
    const auto keys = read_public_keys(options.keys);
    const auto receipt = store::proof::parse_receipt(text_of(options.file));
    const auto why_not = [&](const store::proof::Unproven& reason) {
        return Failure(fmt::format("{} proves nothing: {}", options.file.string(), reason.why));
    };
    if (!receipt) throw why_not(receipt.error());
    const auto proven = store::proof::check_receipt(*receipt, keys);
    if (!proven) throw why_not(proven.error());
    const auto at = api::rfc3339(proven->recorded_at);
    if (options.json) {
        fmt::print("{}\n",
                   boost::json::serialize(boost::json::object{{"organisation", proven->organisation},
                                                              {"position", proven->position.value},
                                                              {"stream", proven->stream.value},
                                                              {"version", proven->version.value},
                                                              {"type", proven->type},
                                                              {"recorded_at", at},
                                                              {"checkpoint", proven->head.position.value}}));
        return;
    }
    fmt::print("The receipt holds.\n");
    fmt::print("Registered: {} ({}, version {})\n", proven->stream.value, proven->type,
               proven->version.value);
    fmt::print("At: {}, by the clock of organisation {}\n", at, proven->organisation);
    fmt::print("Position in its log: {}, under the signed checkpoint of {} records\n", proven->position.value,
               proven->head.position.value);
    fmt::print("Only this was checked, and not what people wrote around it in the file.\n");
}

}  // namespace

void add_verify_receipt(CLI::App& app) {
    auto* command = app.add_subcommand(
        "verify-receipt", "check a receipt: that a case was registered, and when; needs no store");
    auto options = std::make_shared<Options>();
    command->add_option("file", options->file, "the receipt, or what its QR code says; - is standard input")
        ->required()
        ->type_name("FILE");
    command
        ->add_option("--key", options->keys,
                     "the organisation's public key, or a file that holds it, from another place than the "
                     "receipt")
        ->required()
        ->type_name("KEY");
    command->add_flag("--json", options->json, "what it proves, as JSON");
    command->callback([options] { run(*options); });
}

}  // namespace vastine::tools
