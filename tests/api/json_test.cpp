#include "api/json.hpp"

#include <catch2/catch.hpp>

#include "domain/schema/reminder.pb.h"
#include "domain/schema/session.pb.h"

using namespace vastine;

namespace {

std::string refusal(std::string_view body, api::JsonLimits limits = {}) {
    RegisterReminder command;
    const auto read = api::read_json(body, command, limits);
    if (read) return "read";
    return read.error().text + (read.error().field.empty() ? "" : " " + read.error().field);
}

}  // namespace

TEST_CASE("JSON is read as strictly as it is written", "[json]") {
    CHECK(refusal(R"({"opening":{"subject":"x"},"oral":true})") == "read");
    CHECK(refusal("") == "json.malformed");
    CHECK(refusal("{} {}") == "json.malformed");
    CHECK(refusal(R"({"oral":true,})") == "json.malformed");
    CHECK(refusal(R"({'oral':true})") == "json.malformed");
    CHECK(refusal(R"({oral:true})") == "json.malformed");
    CHECK(refusal("{\"oral_reason\":\"\xff\"}") == "json.malformed");
    CHECK(refusal("// comment\n{}") == "json.malformed");
    CHECK(refusal("[]") == "json.not_an_object");
    CHECK(refusal("null") == "json.not_an_object");
}

TEST_CASE("a key that comes twice is refused at any depth", "[json]") {
    CHECK(refusal(R"({"oral":true,"oral":true})") == "json.duplicate_key");
    CHECK(refusal(R"({"opening":{"subject":"a","subject":"b"}})") == "json.duplicate_key");
    CHECK(refusal(R"({"opening":{"units":["a","a"]},"oral":true})") == "read");
}

TEST_CASE("depth and size are limited", "[json]") {
    std::string deep;
    for (int i = 0; i < 100; ++i) deep += R"({"opening":)";
    CHECK(refusal(deep) == "json.too_deep");
    api::JsonLimits limits;
    limits.bytes_max = 10;
    CHECK(refusal(R"({"oral":true})", limits) == "json.too_large");
}

TEST_CASE("a wrong field is named by its path", "[json]") {
    CHECK(refusal(R"({"opening":{"subjekt":"x"}})") == "json.unknown_field opening.subjekt");
    CHECK(refusal(R"({"opening":{"arrivedOn":"2026-03-01"}})") == "json.unknown_field opening.arrivedOn");
    CHECK(refusal(R"({"opening":{"131052-308T":"x"}})") == "json.unknown_field opening.?");
    CHECK(refusal(R"({"opening":{"matters":[{},{"cause":7}]}})") ==
          "json.not_a_text opening.matters[1].cause");
    CHECK(refusal(R"({"opening":{"units":"a"}})") == "json.not_a_list opening.units");
    CHECK(refusal(R"({"opening":"a"})") == "json.not_an_object opening");
    CHECK(refusal(R"({"oral":"true"})") == "json.not_true_or_false oral");
    CHECK(refusal(R"({"oral":null})") == "json.not_true_or_false oral");
    CHECK(refusal(R"({"oral_reason":"a\u0000b"})") == "json.not_a_text oral_reason");
}

TEST_CASE("all wrong fields are told at once", "[json]") {
    RegisterReminder command;
    const auto read = api::read_json(R"({"oral":1,"oral_reason":2})", command);
    REQUIRE_FALSE(read);
    CHECK(read.error().more.size() == 1);
}

TEST_CASE("what is written is read again, in the schema's own names", "[json]") {
    RegisterReminder command;
    command.mutable_opening()->set_arrived_on("2026-03-01");
    command.mutable_opening()->add_matters()->set_cause("care");
    command.set_oral(true);
    const auto text = api::write_json(command, api::Defaults::LeftOut);
    CHECK(text == R"({"opening":{"arrived_on":"2026-03-01","matters":[{"cause":"care"}]},"oral":true})");
    RegisterReminder again;
    REQUIRE(api::read_json(text, again));
    CHECK(again.SerializeAsString() == command.SerializeAsString());
}

TEST_CASE("answers show every field, so that a client needs not guess", "[json]") {
    CHECK(api::write_json(CommandTaken(), api::Defaults::Written) ==
          R"({"case_id":"","version":"0","position":"0","repeated":false})");
}
