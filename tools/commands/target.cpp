#include "tools/commands/target.hpp"

#include <pwd.h>
#include <sodium.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <stdexcept>
#include <string_view>

#include "tools/commands/progress_bar.hpp"

namespace vastine::tools {

const std::string on_record = "What it shows of a person is on record in the access log.";

void add_target(CLI::App& command, Target& target, Doors doors, Shows shows) {
    if (shows == Shows::PersonalData) command.footer(on_record);
    // CLI11 would take a folder from the environment for one on the command line, and refuse --url.
    if (const char* folder = std::getenv("VASTINE_DATA"); folder != nullptr && *folder != '\0') {
        target.data = folder;
    }
    auto* data =
        command.add_option("--data", target.data, "the data folder (default: that of VASTINE_DATA, or data)")
            ->type_name("DIR");
    command.add_option("--key-file", target.key_file, "the key file (default: DIR/key)")->type_name("FILE");
    if (doors == Doors::DataOnly) return;
    auto* url =
        command.add_option("--url", target.url, "work through the API of a server, https://host:port")
            ->type_name("URL");
    command.add_option("--token", target.token, "bearer token for --url; better given in VASTINE_TOKEN")
        ->envname("VASTINE_TOKEN")
        ->type_name("TOKEN");
    command.add_option("--ca", target.ca, "certificate authority that --url is checked against (PEM)")
        ->type_name("FILE")
        ->needs(url);
    url->excludes(data);
}

store::Options store_options(const Target& target) {
    store::Options options;
    options.directory = target.data;
    options.key_file = target.key_file;
    return options;
}

domain::Language terminal_language() {
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        const char* value = std::getenv(name);
        if (value == nullptr || *value == '\0') continue;
        return domain::parse_language(std::string_view(value).substr(0, 2))
            .value_or(domain::Language::English);
    }
    return domain::Language::English;
}

store::Instant system_now() {
    return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
}

domain::Viewer operating_system_viewer() {
    const passwd* entry = getpwuid(geteuid());
    const std::string name = "vastine operating-system user " +
                             (entry != nullptr ? std::string(entry->pw_name) : std::to_string(geteuid()));
    std::array<unsigned char, 16> bytes{};
    crypto_generichash(bytes.data(), bytes.size(), reinterpret_cast<const unsigned char*>(name.data()),
                       name.size(), nullptr, 0);
    // A UUID of version 8 (RFC 9562): its content is the maker's own.
    bytes[6] = static_cast<unsigned char>((bytes[6] & 0x0fU) | 0x80U);
    bytes[8] = static_cast<unsigned char>((bytes[8] & 0x3fU) | 0x80U);
    std::array<char, 33> digits{};
    sodium_bin2hex(digits.data(), digits.size(), bytes.data(), bytes.size());
    std::string id(digits.data());
    for (const std::size_t hyphen : {8U, 13U, 18U, 23U}) id.insert(hyphen, "-");
    domain::Viewer viewer;
    viewer.user_id = std::move(id);
    viewer.operating_system_user = true;
    return viewer;
}

DataFolder::DataFolder(const Target& target)
    : store_(store::Store::open(store_options(target))),
      model_(store_->events()),
      execution_(*store_, model_, system_now),
      reading_(*store_, model_, system_now),
      editions_(*store_, model_),
      reports_(editions_, model_, system_now),
      viewer_(operating_system_viewer()) {
    const auto head = store_->events().head().position;
    ProgressBar bar("Reading the log", head.value);
    model_.catch_up(head, [&](store::Position position) { bar.show(position.value); });
}

api::Reader DataFolder::reader(const std::string& command) const {
    return {viewer_, terminal_language(), "vastine " + command, {}};
}

}  // namespace vastine::tools
