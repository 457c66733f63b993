// The workbook as its own XML: what a spreadsheet program shows of it is looked at end to end.
#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <pugixml.hpp>
#include <set>

#include "api/rendering/rendering.hpp"
#include "api/rendering/zip.hpp"
#include "tests/projections/report/sample.hpp"

using namespace vastine;
using namespace vastine::api::rendering;
using projections::report::Report;

namespace {

struct Workbook {
    explicit Workbook(const Report& report) {
        for (auto& file : unzipped(to_xlsx(report))) files[file.name] = std::move(file.content);
    }
    [[nodiscard]] pugi::xml_document xml(const std::string& name) const {
        pugi::xml_document out;
        INFO(name);
        REQUIRE(files.contains(name));
        REQUIRE(out.load_string(files.at(name).c_str()));
        return out;
    }
    [[nodiscard]] std::vector<std::string> sheets() const {
        std::vector<std::string> out;
        for (const auto& [name, content] : files) {
            if (name.starts_with("xl/worksheets/sheet")) out.push_back(name);
        }
        return out;
    }
    std::map<std::string, std::string> files;
};

std::size_t tables(const std::vector<projections::report::Section>& sections) {
    std::size_t out = 0;
    for (const auto& section : sections) {
        for (const auto& block : section.blocks) {
            if (std::holds_alternative<projections::report::Table>(block)) ++out;
        }
        out += tables(section.subsections);
    }
    return out;
}

}  // namespace

TEST_CASE("the same report is the same workbook", "[rendering][xlsx]") {
    const auto report = projections::report::sample::report();
    CHECK(to_xlsx(report) == to_xlsx(report));
}

TEST_CASE("a workbook has a sheet for the basis, for the texts and for each table, under names of their own",
          "[rendering][xlsx]") {
    for (const auto language :
         {domain::Language::Finnish, domain::Language::Swedish, domain::Language::English}) {
        const auto report = projections::report::sample::report(language);
        const Workbook book(report);
        const auto list = book.xml("xl/workbook.xml");
        std::set<std::string> names;
        std::size_t sheets = 0;
        for (const auto& found : list.select_nodes("//sheet/@name")) {
            const std::string name = found.attribute().value();
            INFO(name);
            ++sheets;
            CHECK(std::count_if(name.begin(), name.end(), [](char c) {
                      return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
                  }) <= 31);
            CHECK(name.find_first_of("[]:*?/\\") == std::string::npos);
            CHECK(names.insert(name).second);
        }
        CHECK(sheets == 2 + tables(report.sections));
    }
}

TEST_CASE("numbers in a workbook are numbers, and a share is a fraction", "[rendering][xlsx]") {
    projections::report::Report report;
    report.title = "T";
    report.provenance.as_of_on = "2019-02-03";
    projections::report::Table table;
    table.id = "t";
    table.caption = "Kuka: kysyi?";
    table.row_heading = "R";
    table.columns = {{"n", "N"}, {"p", "P"}, {"d", "D"}, {"u", "U"}};
    using projections::report::Measure;
    using projections::report::Number;
    table.rows.push_back({"r",
                          "=1+1",
                          {{Number{1565, Measure::Count, 0}},
                           {Number{52, Measure::Percent, 0}},
                           {Number{26.5, Measure::Days, 1}},
                           {std::nullopt}},
                          false});
    report.sections.push_back({"s", "S", {std::move(table)}, {}});
    const Workbook book(report);
    const auto sheet = book.xml("xl/worksheets/sheet2.xml");
    const auto value = [&](const char* cell) {
        return std::string(sheet.select_node((std::string("//c[@r='") + cell + "' and not(@t)]/v").c_str())
                               .node()
                               .text()
                               .get());
    };
    CHECK(value("B4") == "1565");
    CHECK(value("C4") == "0.52");
    CHECK(value("D4") == "26.5");
    // Nothing known is no number, and words that look like a formula are words.
    CHECK(sheet.select_node("//c[@r='E4' and @t='s']"));
    CHECK(sheet.select_node("//c[@r='A4' and @t='s']"));
    CHECK(sheet.select_nodes("//f").empty());
}

TEST_CASE("each table's head stays in sight and is printed on every page, and so is the mark",
          "[rendering][xlsx]") {
    const auto report = projections::report::sample::report();
    const Workbook book(report);
    for (const auto& name : book.sheets()) {
        INFO(name);
        const auto sheet = book.xml(name);
        CHECK(std::string(sheet.select_node("//oddHeader").node().text().get()).find(report.mark) !=
              std::string::npos);
        if (name == "xl/worksheets/sheet1.xml") continue;
        CHECK(std::string(sheet.select_node("//pane").node().attribute("state").value()) == "frozen");
        CHECK(sheet.select_node("//cols/col"));
    }
}

TEST_CASE("a workbook bears its title and the day it stands at, not the day it was made",
          "[rendering][xlsx]") {
    const auto report = projections::report::sample::report();
    const Workbook book(report);
    const auto core = book.files.at("docProps/core.xml");
    CHECK(core.find(report.title) != std::string::npos);
    CHECK(core.find("2019-02-03T00:00:00Z") != std::string::npos);
}
