#include "tools/commands/checkpoint_files.hpp"

#include <fmt/format.h>

#include <fstream>
#include <iostream>
#include <iterator>
#include <sstream>

#include "tools/commands/commands.hpp"

namespace vastine::tools {

std::filesystem::path witness_of(const Target& target, const std::filesystem::path& given) {
    return given.empty() ? target.data / "witness" : given;
}

std::filesystem::path public_keys_of(const Target& target) {
    return target.data / "public-keys";
}

store::Checkpoints::Files checkpoint_files(const Target& target, const std::filesystem::path& witness) {
    return {witness_of(target, witness), public_keys_of(target)};
}

std::string text_of(const std::filesystem::path& file) {
    if (file == "-") return {std::istreambuf_iterator<char>(std::cin), {}};
    std::ifstream in(file, std::ios::binary);
    std::string text((std::istreambuf_iterator<char>(in)), {});
    if (!in) throw Failure(fmt::format("{} cannot be read", file.string()));
    return text;
}

std::vector<store::proof::VerifierKey> read_public_keys(const std::vector<std::string>& given) {
    std::vector<store::proof::VerifierKey> keys;
    const auto add = [&](const std::string& text, const std::string& from) {
        auto key = store::proof::VerifierKey::parse(text);
        if (!key) throw Failure(fmt::format("{}: {}", from, key.error().why));
        keys.push_back(std::move(*key));
    };
    for (const auto& one : given) {
        if (!std::filesystem::is_regular_file(one)) {
            add(one, "--public-key");
            continue;
        }
        std::istringstream lines(text_of(one));
        for (std::string line; std::getline(lines, line);) {
            if (line.ends_with('\r')) line.pop_back();
            if (!line.empty()) add(line, one);
        }
    }
    return keys;
}

}  // namespace vastine::tools
