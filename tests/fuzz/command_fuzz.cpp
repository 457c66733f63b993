// Arbitrary bytes as the JSON of every command there is: refused, or read and then written and read
// again as the same message. The first byte picks the command first asked; the others follow.

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string_view>

#include "api/json.hpp"
#include "domain/cases/kinds.hpp"
#include "domain/schema/check.hpp"

namespace {

using namespace vastine;

void must(bool holds) {
    if (!holds) std::abort();
}

void as_command(const google::protobuf::Descriptor* descriptor, std::string_view json) {
    auto* factory = google::protobuf::MessageFactory::generated_factory();
    const std::unique_ptr<google::protobuf::Message> command(factory->GetPrototype(descriptor)->New());
    if (const auto read = api::read_json(json, *command); !read) {
        must(!read.error().text.empty());
        return;
    }
    const auto written = api::write_json(*command, api::Defaults::LeftOut);
    const std::unique_ptr<google::protobuf::Message> again(command->New());
    must(api::read_json(written, *again).has_value());
    must(again->SerializeAsString() == command->SerializeAsString());
    static const domain::Reference nothing;
    (void)domain::check_fields(*command, nothing, std::chrono::sys_days{std::chrono::year{2026} / 3 / 2});
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::string_view json(reinterpret_cast<const char*>(data + 1), size - 1);
    const auto commands = domain::commands();
    as_command(commands[data[0] % commands.size()].message, json);
    // Some well-formed content fits another command than the one picked.
    if (json.starts_with('{')) {
        for (const auto& command : commands) as_command(command.message, json);
    }
    return 0;
}
