#include "api/each_command.hpp"

#include <sodium.h>

#include <array>

#include "domain/cases/kinds.hpp"
#include "domain/identifiers/uuid.hpp"

namespace vastine::api {

std::string command_id_of_each(const std::string& key, const std::string& case_id) {
    std::array<unsigned char, 16> bytes{};
    const auto from = key + '\n' + case_id;
    crypto_generichash(bytes.data(), bytes.size(), reinterpret_cast<const unsigned char*>(from.data()),
                       from.size(), nullptr, 0);
    return domain::uuid_of(bytes, domain::UuidVersion::OwnRule);
}

Kind kind_that_takes(const std::string& name, std::string_view command_path) {
    for (const auto& entry : domain::kinds()) {
        if (entry.stream_prefix == name && domain::command(entry.kind, command_path) != nullptr)
            return entry.kind;
    }
    return NO_KIND;
}

}  // namespace vastine::api
