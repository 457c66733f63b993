// The page that text documents are made of, and what is added for paper.
#include <catch2/catch.hpp>
#include <pugixml.hpp>

#include "tests/projections/report/sample.hpp"

using namespace vastine;
using namespace vastine::projections::report;
using domain::Language;

namespace {

pugi::xml_document read(const std::string& page) {
    pugi::xml_document out;
    REQUIRE(page.starts_with("<!DOCTYPE html>\n"));
    REQUIRE(out.load_string(page.c_str() + std::string_view("<!DOCTYPE html>\n").size()));
    return out;
}

}  // namespace

TEST_CASE("every chart of the page for text documents is a picture beside it, with words for it",
          "[report][document]") {
    for (const auto language : {Language::Finnish, Language::Swedish, Language::English}) {
        const auto document = to_document(sample::report(language));
        const auto page = read(document.html);
        const auto shown = page.select_nodes("//img");
        REQUIRE(shown.size() == document.pictures.size());
        REQUIRE(shown.size() > 5);
        for (std::size_t i = 0; i < shown.size(); ++i) {
            const auto picture = shown[i].node();
            CHECK(picture.attribute("src").value() == document.pictures[i].name + ".png");
            CHECK(std::string_view(picture.attribute("alt").value()).size() > 20);
            pugi::xml_document drawing;
            CHECK(drawing.load_string(document.pictures[i].svg.c_str()));
        }
    }
}

TEST_CASE("the page for text documents names no address and no other file than its pictures",
          "[report][document]") {
    const auto page = read(to_document(sample::report()).html);
    for (const char* attribute : {"href", "data", "srcset", "action", "background", "poster"}) {
        CHECK(page.select_nodes((std::string("//@") + attribute).c_str()).empty());
    }
    CHECK(page.select_nodes("//script | //style | //link | //iframe | //object | //embed").empty());
    for (const auto& found : page.select_nodes("//@src")) {
        CHECK(std::string_view(found.attribute().value()).starts_with("chart-"));
    }
}

TEST_CASE(
    "the page for text documents has every table with its head, and its figures as a reader writes them",
    "[report][document]") {
    const auto report = sample::report();
    const auto page = read(to_document(report).html);
    const auto shown = read(to_html(report));
    CHECK(page.select_nodes("//table").size() == shown.select_nodes("//table").size());
    CHECK(page.select_nodes("//table[not(thead/tr/th)]").empty());
    CHECK(page.select_nodes("//table[not(caption)]").empty());
    const auto words = [](const pugi::xpath_node& cell) {
        return std::string(pugi::xpath_query("string(.)").evaluate_string(cell.node()));
    };
    const auto cells = page.select_nodes("//td");
    const auto as_shown = shown.select_nodes("//td");
    REQUIRE(cells.size() == as_shown.size());
    for (std::size_t i = 0; i < cells.size(); ++i) CHECK(words(cells[i]) == words(as_shown[i]));
}

TEST_CASE("an internal report says so at the head of every printed page, and one without a mark does not",
          "[report][html]") {
    auto report = sample::report();
    REQUIRE(report.mark == "Sisäinen työversio");
    CHECK(to_html(report).find("@top-right { content: \"Sisäinen työversio\"") != std::string::npos);
    report.mark.clear();
    CHECK(to_html(report).find("@top-right") == std::string::npos);
}

TEST_CASE("a title cannot leave the style sheet in which it stands for the foot of the page",
          "[report][html]") {
    auto report = sample::report();
    report.title = "A\"; } body { display: none } </style><b>\\&";
    const auto page = to_html(report);
    CHECK(page.find("content: \"A\\22 ; } body { display: none } \\3c /style\\3e \\3c b\\3e \\5c \\26 \"") !=
          std::string::npos);
    CHECK(read(page).select_nodes("//b").empty());
}

TEST_CASE("the page forbids whatever would load or run something", "[report][html]") {
    const auto page = read(to_html(sample::report()));
    const auto policy = page.select_node("//meta[@http-equiv='Content-Security-Policy']/@content");
    REQUIRE(policy);
    CHECK(std::string(policy.attribute().value()).starts_with("default-src 'none';"));
}
