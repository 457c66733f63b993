#include "api/http/purpose.hpp"

#include <catch2/catch.hpp>

using namespace vastine;

TEST_CASE("a purpose is read percent-encoded, with RFC 8187's mark or without", "[http][purpose]") {
    for (const auto* header : {"tietopyynt%C3%B6 12", "tietopyynt%c3%b6%2012", "UTF-8''tietopyynt%C3%B6%2012",
                               "utf-8'fi'tietopyynt%C3%B6%2012"}) {
        INFO(header);
        CHECK(api::read_purpose(header) == "tietopyyntö 12");
    }
    CHECK(api::read_purpose("request 12 (it's plain)") == "request 12 (it's plain)");
    CHECK(api::read_purpose("UTF-8 is plain too") == "UTF-8 is plain too");
}

TEST_CASE("a purpose that cannot be read is never half read", "[http][purpose]") {
    for (const auto* header : {"100 % sure", "cut off %C", "%C3", "%C3%28", "%ED%A0%80", "two%0Alines", "%00",
                               "%C2%85", "%E2%80%A8", "raw \xc3\xb6", "UTF-8''%FF"}) {
        INFO(header);
        CHECK(api::read_purpose(header) == std::nullopt);
    }
}

TEST_CASE("a purpose has at most 200 characters, however many bytes they take", "[http][purpose]") {
    std::string text;
    for (int i = 0; i < 200; ++i) text += "ä";
    CHECK(api::is_purpose(text));
    CHECK(api::read_purpose(api::write_purpose(text)) == text);
    CHECK_FALSE(api::is_purpose(text + "a"));
}

TEST_CASE("what is written as a header is read as it was", "[http][purpose]") {
    for (const auto* text : {"", "100 % varma", "UTF-8''x", "Åkerlunds begäran — 2/2", "a+b&c=d;e\"f\""}) {
        INFO(text);
        CHECK(api::read_purpose(api::write_purpose(text)) == text);
    }
}
