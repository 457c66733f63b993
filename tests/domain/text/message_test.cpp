#include "domain/text/message.hpp"

#include <catch2/catch.hpp>
#include <stdexcept>
#include <string>

#include "domain/text/catalogue.hpp"

using namespace vastine::domain;

namespace {

const std::string matters = "{count, plural, =0 {no matters} one {# matter} other {# matters}}";

std::string filled(const std::string& text, const std::string& count, Language language) {
    return fill(text, {{"count", count}, {"year", "2018"}}, language);
}

}  // namespace

TEST_CASE("words go with their number in every language", "[message]") {
    CHECK(filled(matters, "1", Language::English) == "1 matter");
    CHECK(filled(matters, "2", Language::English) == "2 matters");
    CHECK(filled("{count, plural, one {# asia} other {# asiaa}}", "1", Language::Finnish) == "1 asia");
    CHECK(filled("{count, plural, one {# asia} other {# asiaa}}", "0", Language::Finnish) == "0 asiaa");
    CHECK(filled("{count, plural, one {# anmärkning} other {# anmärkningar}}", "1", Language::Swedish) ==
          "1 anmärkning");
}

TEST_CASE("a number may have words of its own", "[message]") {
    CHECK(filled(matters, "0", Language::English) == "no matters");
}

TEST_CASE("a number is printed as it came and read through its groups", "[message]") {
    CHECK(filled(matters, "1,565", Language::English) == "1,565 matters");
    CHECK(filled("{count, plural, one {# asia} other {# asiaa}}", "1\u00a0565", Language::Finnish) ==
          "1\u00a0565 asiaa");
    // Decimals are never one.
    CHECK(filled("{count, plural, one {# dag} other {# dagar}}", "1,0", Language::Swedish) == "1,0 dagar");
}

TEST_CASE("what is no number takes the words of other", "[message]") {
    CHECK(filled(matters, "..", Language::English) == ".. matters");
    CHECK(filled(matters, "", Language::English) == " matters");
}

TEST_CASE("plain placeholders stand beside words that go with a number, and within them", "[message]") {
    CHECK(filled("In {year}: {count, plural, one {# matter of {year}} other {# of {year}}}.", "1",
                 Language::English) == "In 2018: 1 matter of 2018.");
    CHECK(fill("{count, plural, one {#} other {#}} {name}", {{"count", "3"}}, Language::English) ==
          "3 {name}");
    CHECK(placeholders("{a} {b, plural, one {# {c}} other {#}}") == std::set<std::string>{"a", "b", "c"});
}

TEST_CASE("an argument's braces are never read as a message", "[message]") {
    CHECK(fill("{count, plural, one {#} other {#}} {name}", {{"count", "3"}, {"name", "{count} '{'"}},
               Language::English) == "3 {count} '{'");
}

TEST_CASE("an apostrophe in a message stays", "[message]") {
    CHECK(filled("{count, plural, one {client's} other {clients' {year}}}", "2", Language::English) ==
          "clients' 2018");
}

TEST_CASE("a text that is no message is refused", "[message]") {
    CHECK_THROWS_AS(filled("{count, plural, one {#}", "1", Language::English), std::runtime_error);
    CHECK_THROWS_AS(filled("{count, plural, one {#}}", "1", Language::English), std::runtime_error);
}
