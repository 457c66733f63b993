#include <fmt/format.h>

#include <memory>

#include "api/receipts/receipt_words.hpp"
#include "api/rendering/qr_code.hpp"
#include "api/rendering/rendering.hpp"
#include "tools/commands/checkpoint_files.hpp"
#include "tools/commands/commands.hpp"
#include "tools/commands/output_file.hpp"
#include "tools/commands/target.hpp"

namespace vastine::tools {

namespace {

struct Options {
    Target target;
    std::filesystem::path witness;
    std::string case_id;
    std::string language = "fi";
    std::string format = "text";
    std::filesystem::path output;
};

std::string written(const api::ReceiptWords& words, const std::string& format) {
    if (format == "svg") return api::rendering::qr_code_svg(words.proof, words.code_name);
    if (format == "pdf") return api::rendering::render(words);
    return api::to_plain_text(words);
}

void run(const Options& options) {
    const auto store = store::Store::open(store_options(options.target));
    store::Checkpoints checkpoints(*store, checkpoint_files(options.target, options.witness), system_now);
    const auto position = api::registered_at(store->events(), options.case_id);
    if (!position) throw Failure(fmt::format("there is no case {}", options.case_id));
    const auto receipt = checkpoints.receipt(*position);
    const auto key = checkpoints.public_keys().events;
    // Checked as whoever gets it will check it.
    const auto proven = store::proof::check_receipt(receipt, {&key, 1});
    if (!proven) throw store::Corruption("a receipt that does not hold: " + proven.error().why);
    const auto language = domain::parse_language(options.language).value();
    OutputFile output(options.output);
    output.stream() << written(api::receipt_words(receipt, *proven, key, language), options.format);
    output.finish();
}

}  // namespace

void add_receipt(CLI::App& app) {
    auto* command = app.add_subcommand(
        "receipt", "proof for a client that a case was registered, and when; it tells nothing of the case");
    auto options = std::make_shared<Options>();
    add_target(*command, options->target, Doors::DataOnly, Shows::NoPersonalData);
    command->add_option("--case", options->case_id, "id of the case")->required()->type_name("ID");
    command->add_option("--lang", options->language, "fi, sv or en (default: fi)")
        ->check(CLI::IsMember({"fi", "sv", "en"}));
    command
        ->add_option("--format", options->format,
                     "text (default), pdf: a page with a QR code, svg: the QR code alone")
        ->check(CLI::IsMember({"text", "pdf", "svg"}));
    command
        ->add_option("--witness", options->witness,
                     "file that a new checkpoint is appended to (default: DIR/witness)")
        ->type_name("FILE");
    command->add_option("--output", options->output, "file to write (default: standard output)");
    command->footer("Its receiver checks it with `vastine verify-receipt FILE --key KEY`.");
    command->callback([options] { run(*options); });
}

}  // namespace vastine::tools
