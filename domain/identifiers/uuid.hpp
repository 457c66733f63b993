#pragma once
// UUIDs as this house writes them (RFC 9562): lower case, with hyphens.

#include <array>
#include <string>
#include <string_view>

namespace vastine::domain {

[[nodiscard]] bool is_uuid(std::string_view text);

// Sixteen bytes as a UUID: 4 of random ones, 8 of bytes that were made by a rule of our own.
enum class UuidVersion : unsigned char { Random = 4, OwnRule = 8 };
[[nodiscard]] std::string uuid_of(std::array<unsigned char, 16> bytes, UuidVersion version);

}  // namespace vastine::domain
