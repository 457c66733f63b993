#include "domain/identifiers/uuid.hpp"

#include <catch2/catch.hpp>

using namespace vastine::domain;

TEST_CASE("a UUID says its version and variant, whatever bytes it was made of", "[uuid]") {
    std::array<unsigned char, 16> bytes{};
    bytes.fill(0xff);
    CHECK(uuid_of(bytes, UuidVersion::Random) == "ffffffff-ffff-4fff-bfff-ffffffffffff");
    bytes.fill(0);
    CHECK(uuid_of(bytes, UuidVersion::OwnRule) == "00000000-0000-8000-8000-000000000000");
    bytes = {0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef, 0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef};
    CHECK(uuid_of(bytes, UuidVersion::Random) == "01234567-89ab-4def-8123-456789abcdef");
    CHECK(is_uuid(uuid_of(bytes, UuidVersion::Random)));
}

TEST_CASE("a UUID is written in lower case and with its hyphens", "[uuid]") {
    CHECK(is_uuid("01234567-89ab-4def-8123-456789abcdef"));
    for (const auto* other :
         {"", "01234567-89AB-4DEF-8123-456789ABCDEF", "0123456789ab4def8123456789abcdef",
          "01234567-89ab-4def-8123-456789abcde", "01234567-89ab-4def-8123-456789abcdef0",
          "01234567-89ab-4def-8123-456789abcdeg", "01234567089ab-4def-8123-456789abcdef"}) {
        INFO(other);
        CHECK_FALSE(is_uuid(other));
    }
}
