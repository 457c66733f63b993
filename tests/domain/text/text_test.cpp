#include "domain/text/text.hpp"

#include <catch2/catch.hpp>
#include <stdexcept>
#include <string>

#include "domain/text/catalogue.hpp"

using namespace vastine::domain;

TEST_CASE("the languages are Finnish, Swedish and English", "[text]") {
    for (const char* code : {"fi", "sv", "en"}) CHECK(code_of(parse_language(code).value()) == code);
    for (const char* code : {"", "FI", "fi-FI", "de", "swe"}) CHECK_FALSE(parse_language(code));
}

TEST_CASE("a text is found in each language with its placeholders filled in", "[text]") {
    const std::map<std::string, std::string> args{{"unit", "ward-1"}};
    CHECK(text("reference.unit_unknown", Language::Finnish, args) ==
          "Yksikköä ward-1 ei ole. Lisää se ensin.");
    CHECK(text("reference.unit_unknown", Language::Swedish, args) ==
          "Enheten ward-1 finns inte. Lägg till den först.");
    CHECK(text("reference.unit_unknown", Language::English, args) ==
          "There is no unit ward-1. Add it first.");
}

TEST_CASE("an unknown id is a bug and says which", "[text]") {
    CHECK_THROWS_AS(text("reference.nothing", Language::Finnish), std::out_of_range);
    CHECK_THROWS_WITH(text("reference.nothing", Language::Finnish), Catch::Contains("reference.nothing"));
    CHECK_FALSE(has_text("reference.nothing"));
    CHECK_FALSE(has_text("reference"));
    CHECK(has_text("reference.login_taken"));
}

TEST_CASE("placeholders are filled in by name, as often as they stand", "[text]") {
    CHECK(fill("{a} and {b}, {a}", {{"a", "1"}, {"b", "2"}}) == "1 and 2, 1");
    CHECK(fill("{a}{b}", {{"a", ""}, {"b", ""}}).empty());
    CHECK(fill("no placeholder", {{"a", "1"}}) == "no placeholder");
    CHECK(fill("", {}).empty());
}

TEST_CASE("a placeholder without an argument stays, and so does what is none", "[text]") {
    CHECK(fill("{a} {b}", {{"b", "2"}}) == "{a} 2");
    CHECK(fill("{ a} {} {A} {a", {{"a", "1"}, {"A", "1"}, {"", "1"}}) == "{ a} {} {A} {a");
}

TEST_CASE("an argument is never read as a text with placeholders", "[text]") {
    CHECK(fill("{a} {b}", {{"a", "{b}"}, {"b", "{a}"}}) == "{b} {a}");
    CHECK(placeholders("{a} {b} {a} {}") == std::set<std::string>{"a", "b"});
}

TEST_CASE("a name given in one language only is shown in every language", "[text]") {
    vastine::Text name;
    name.set_sv("Avdelning 1");
    CHECK(in_language(name, Language::Swedish) == "Avdelning 1");
    CHECK(in_language(name, Language::Finnish) == "Avdelning 1");
    CHECK(in_language(name, Language::English) == "Avdelning 1");
    name.set_fi("Osasto 1");
    CHECK(in_language(name, Language::English) == "Osasto 1");
    CHECK(in_language(vastine::Text(), Language::English).empty());
}

TEST_CASE("a refusal is explained with its field and all further ones", "[text]") {
    Rejection rejection{Reason::Invalid, "reference.id_missing", {}, "unit_id"};
    rejection.more.push_back({Reason::Invalid, "reference.unit_unknown", {{"unit", "x"}}, "parent"});
    CHECK(explain(rejection, Language::English) ==
          "unit_id: The identifier is missing. parent: There is no unit x. Add it first.");
    CHECK(explain({Reason::WrongState, "reference.totals_through_the_report", {}, ""}, Language::Finnish) ==
          "Kokonaisluvut luovutetaan raportin kautta.");
}
