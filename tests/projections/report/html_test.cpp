// The page as assistive technology and a reader meet it. HTML is written as well-formed XML, so the
// tests read it back with an XML parser.
#include <catch2/catch.hpp>
#include <functional>
#include <pugixml.hpp>
#include <set>

#include "tests/projections/report/sample.hpp"

using namespace vastine;
using namespace vastine::projections::report;
using domain::Language;

namespace {

struct Page {
    explicit Page(const Report& report) : text(to_html(report)) {
        REQUIRE(text.starts_with("<!DOCTYPE html>\n"));
        const auto read = document.load_string(text.c_str() + std::string_view("<!DOCTYPE html>\n").size());
        INFO(read.description());
        REQUIRE(read);
    }
    void each(const char* name, const std::function<void(pugi::xml_node)>& visit) const {
        for (const auto& found : document.select_nodes((std::string("//") + name).c_str()))
            visit(found.node());
    }
    [[nodiscard]] std::size_t count(const char* path) const { return document.select_nodes(path).size(); }
    std::string text;
    pugi::xml_document document;
};

}  // namespace

TEST_CASE("the page says its language and has one title and one main heading", "[report][html]") {
    for (const auto language : {Language::Finnish, Language::Swedish, Language::English}) {
        const Page page(sample::report(language));
        CHECK(page.document.child("html").attribute("lang").value() ==
              std::string(domain::code_of(language)));
        CHECK(page.count("//h1") == 1);
        CHECK(page.document.select_node("/html/head/title").node().text().get() ==
              std::string(page.document.select_node("//h1").node().text().get()));
    }
}

TEST_CASE("no heading level is skipped", "[report][html]") {
    const Page page(sample::report());
    int level = 0;
    page.each("*", [&](pugi::xml_node node) {
        const std::string name = node.name();
        if (name.size() != 2 || name[0] != 'h' || name[1] < '1' || name[1] > '6') return;
        const int here = name[1] - '0';
        INFO(node.text().get());
        CHECK(here <= level + 1);
        level = here;
    });
}

TEST_CASE("every table has a caption, headers with a scope, and says what it counts and when",
          "[report][html]") {
    const Page page(sample::report());
    CHECK(page.count("//table") > 15);
    page.each("table", [&](pugi::xml_node table) {
        INFO(table.attribute("id").value());
        CHECK(std::string(table.child("caption").text().get()) != "");
        for (const auto& header : table.select_nodes(".//th")) {
            const std::string scope = header.node().attribute("scope").value();
            CHECK((scope == "col" || scope == "row"));
            CHECK(std::string(header.node().text().get()) != "");
        }
        const std::string described = table.attribute("aria-describedby").value();
        REQUIRE(described != "");
        CHECK(page.count(("//*[@id='" + described + "']").c_str()) == 1);
        const auto source = table.parent().parent().find_child_by_attribute("class", "source");
        CHECK(std::string(source.text().get()) != "");
    });
}

TEST_CASE("every chart is an image with a title and a description, and has its numbers in a table",
          "[report][html]") {
    const Page page(sample::report());
    CHECK(page.count("//svg") > 5);
    page.each("svg", [&](pugi::xml_node svg) {
        CHECK(svg.attribute("role").value() == std::string("img"));
        CHECK(std::string(svg.child("title").text().get()) != "");
        CHECK(std::string(svg.child("desc").text().get()) != "");
        const std::string id = svg.parent().parent().attribute("id").value();
        const auto table = id.substr(0, id.size() - std::string_view("-chart").size());
        CHECK(page.count(("//table[@id='" + table + "']").c_str()) == 1);
    });
}

TEST_CASE("nothing is loaded from elsewhere, and nothing runs", "[report][html]") {
    const Page page(sample::report());
    CHECK(page.count("//script") == 0);
    CHECK(page.count("//link") == 0);
    CHECK(page.count("//img") == 0);
    CHECK(page.count("//@src") == 0);
    CHECK(page.count("//@style") == 0);
    page.each("a", [&](pugi::xml_node link) { CHECK(link.attribute("href").value()[0] == '#'); });
    CHECK(page.text.find("url(http") == std::string::npos);
}

TEST_CASE("ids are unique and every reference within the page leads somewhere", "[report][html]") {
    const Page page(sample::report());
    std::set<std::string> ids;
    for (const auto& found : page.document.select_nodes("//@id")) {
        INFO(found.attribute().value());
        CHECK(ids.insert(found.attribute().value()).second);
    }
    page.each("a", [&](pugi::xml_node link) { CHECK(ids.contains(link.attribute("href").value() + 1)); });
    for (const auto& found : page.document.select_nodes("//@aria-labelledby")) {
        std::istringstream words(found.attribute().value());
        for (std::string id; words >> id;) CHECK(ids.contains(id));
    }
    CHECK(std::string(
              page.document.select_node("/html/body/a[@class='skip']").node().attribute("href").value()) ==
          "#content");
}

TEST_CASE("what people typed is escaped", "[report][html]") {
    auto report = sample::report();
    report.title = "<script>alert(1)</script> & \"quotes\"";
    const Page page(report);
    CHECK(page.count("//script") == 0);
    CHECK(page.text.find("<script>") == std::string::npos);
    CHECK(page.document.select_node("//h1").node().text().get() == report.title);
    CHECK(page.text.find("Sairaala-, kuntoutus- ja &lt;hoivapalvelut&gt; &amp; muut") != std::string::npos);
}

TEST_CASE("series of a chart differ without colour", "[report][html]") {
    const Page page(sample::report());
    const auto chart = page.document.select_node("//figure[@id='legal-by-department-chart']").node();
    REQUIRE(chart);
    std::set<std::string> fills;
    for (const auto& rect : chart.select_nodes(".//rect[@class]")) {
        fills.insert(rect.node().attribute("class").value());
    }
    CHECK(fills == std::set<std::string>{"hatch-ground", "hatched", "outlined", "solid"});
    CHECK(chart.select_nodes(".//text[@class='value']").size() == 6);
}

TEST_CASE("the same report gives the same bytes", "[report]") {
    CHECK(to_html(sample::report()) == to_html(sample::report()));
    CHECK(to_json(sample::report()) == to_json(sample::report()));
    CHECK(to_csv(sample::report()) == to_csv(sample::report()));
}
