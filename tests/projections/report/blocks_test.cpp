// Trends, divided bars, heat maps, verdicts, breaks and what people wrote, in the forms that are pages or
// data.
#include <boost/json.hpp>
#include <catch2/catch.hpp>
#include <pugixml.hpp>
#include <set>

#include "projections/report/chart.hpp"
#include "tests/projections/report/every_block.hpp"

using namespace vastine;
using namespace vastine::projections::report;
using domain::Language;

namespace {

pugi::xml_document read(const std::string& page) {
    pugi::xml_document out;
    REQUIRE(out.load_string(page.c_str() + page.find("<html")));
    return out;
}
std::string words_of(pugi::xml_node node) {
    std::string out;
    for (const auto& found : node.select_nodes(".//text()")) out += found.node().value();
    return out;
}
std::string words_at(const pugi::xml_document& page, const char* path) {
    return words_of(page.select_node(path).node());
}
bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}
Report public_one(Language language = Language::English) {
    return public_form(sample::every_block(language), {});
}
std::size_t count(const pugi::xml_document& page, const char* path) {
    return page.select_nodes(path).size();
}

}  // namespace

TEST_CASE("headings of what people wrote stand below their section's, and none is skipped",
          "[report][blocks]") {
    for (const auto language : {Language::Finnish, Language::Swedish, Language::English}) {
        for (const auto& text :
             {to_html(sample::every_block(language)), to_document(sample::every_block(language)).html}) {
            const auto page = read(text);
            int level = 1;
            auto all = page.select_nodes("//h1|//h2|//h3|//h4|//h5|//h6");
            all.sort();
            for (const auto& found : all) {
                const int here = found.node().name()[1] - '0';
                INFO(words_of(found.node()));
                CHECK(here <= level + 1);
                level = here;
            }
        }
    }
    const auto page = read(to_html(sample::every_block(Language::English)));
    CHECK(words_at(page, "//section[@id='words']/div/h3") == "What we saw");
    CHECK(words_at(page, "//section[@id='words']/div/h4") == "More");
    CHECK(words_at(page, "//section[@id='proposal-1']/h4") == "Proposal 1");
}

TEST_CASE("a verdict has its sign beside the number, its words for who listens, and its meaning below",
          "[report][blocks]") {
    const auto page = read(to_html(sample::every_block(Language::English)));
    const auto cell = page.select_node("//table[@id='units-by-cause']/tbody/tr[2]/td[3]").node();
    CHECK(words_of(cell) == "33\u00A0▲, more than chance explains");
    CHECK(std::string(cell.find_child_by_attribute("class", "sign").attribute("aria-hidden").value()) ==
          "true");
    CHECK(count(page, "//p[starts-with(text(), '▲ more than chance explains')]") == 1);
    const auto document = to_document(sample::every_block(Language::English)).html;
    CHECK(holds(document, "33\u00A0▲"));
    const auto json = to_json(sample::every_block(Language::English));
    CHECK(holds(json, R"("row":"emergency","column":"conduct","sign":"▲")"));
    CHECK(holds(to_dictionary_csv(sample::every_block(Language::English)),
                "units-by-cause,mark,emergency/conduct,▲,more than chance explains\r\n"));
}

TEST_CASE("a break in a series is numbered at its place, drawn, said and explained", "[report][blocks]") {
    const auto page = read(to_html(sample::every_block(Language::English)));
    CHECK(words_at(page, "//table[@id='departments-by-year']/tbody/tr[3]/th") == "2016\u00A01)");
    CHECK(count(page,
                "//figure[@id='departments-by-year-chart']//*[local-name()='line' and @class='break']") == 1);
    CHECK(count(page, "//p[starts-with(text(), '1) Departments were reorganised')]") == 1);
    CHECK(holds(words_at(page, "//figure[@id='departments-by-year-chart']//*[local-name()='desc']"),
                "The series breaks before 2016."));
    // Four lines in two pieces each.
    CHECK(count(page, "//figure[@id='departments-by-year-chart']//*[local-name()='polyline']") == 8);
}

TEST_CASE("lines are told apart by dash and point, and named at their ends", "[report][blocks]") {
    const auto page = read(to_html(sample::every_block(Language::English)));
    std::set<std::string> paths;
    for (const auto& found : page.select_nodes("//*[local-name()='polyline']")) {
        paths.insert(found.node().attribute("class").value());
    }
    CHECK(paths.size() == 4);
    const auto drawn = words_at(page, "//figure[@id='departments-by-year-chart']//*[local-name()='svg']");
    CHECK(holds(drawn, "Dental care 77"));
}

TEST_CASE("a heat map has each number in its field, and frames what stands out", "[report][blocks]") {
    const auto page = read(to_html(sample::every_block(Language::English)));
    const std::string figure = "//figure[@id='units-by-cause-chart']//*[local-name()='rect' and ";
    // Twenty-four fields and a legend of five shades; three frames and one in the legend.
    CHECK(count(page, (figure + "starts-with(@class, 'cell')]").c_str()) == 29);
    CHECK(count(page, (figure + "@class='frame']").c_str()) == 4);
    const auto described = words_at(page, "//figure[@id='units-by-cause-chart']//*[local-name()='desc']");
    CHECK(holds(described, "58 (Emergency department, Care)"));
    CHECK(holds(described,
                "Framed fields (more than chance explains): Emergency department – Conduct 33; Home "
                "care – Service 22; Child protection – Decision 41."));
}

TEST_CASE("in the public form words say of a figure what its table says", "[report][blocks][disclosure]") {
    const auto report = public_one();
    const auto page = read(to_html(report));
    const auto words = words_at(page, "//section[@id='words']/div");
    CHECK(holds(words, "named 33 times and 650 reminders"));
    CHECK(holds(words, "of dental care ..suppressed in 2015"));
    CHECK(!holds(words, "care 3 in 2015"));
    CHECK(holds(to_document(report).html, "of dental care .. in 2015"));
    for (const auto& text : {to_json(report), to_html(report)}) CHECK(!holds(text, "dental\":3"));
    const auto figures = FigureLookup(report);
    REQUIRE(figures.find("departments-by-year/2015/dental") != nullptr);
    CHECK(figures.find("departments-by-year/2015/dental")->suppressed);
}

TEST_CASE("a verdict goes with its cell and with any figure it rests on", "[report][blocks][disclosure]") {
    const auto report = public_one();
    const auto& table = std::get<Table>(report.sections[0].subsections[0].blocks[1]);
    REQUIRE(table.id == "units-by-cause");
    std::set<std::string> marked;
    for (const auto& mark : table.marks) marked.insert(mark.row + "/" + mark.column);
    // clinic/service is suppressed; home/service is printed and rests on three of another year.
    CHECK(marked == std::set<std::string>{"emergency/conduct", "child/decision"});
    const auto page = to_html(report);
    CHECK(!holds(page, "too few to judge"));
    CHECK(!holds(to_dictionary_csv(report), "home/service"));
    const auto drawn = read(page);
    CHECK(count(drawn, "//figure[@id='units-by-cause-chart']//*[@class='frame']") == 3);
    CHECK(!holds(words_at(drawn, "//figure[@id='units-by-cause-chart']"), "Home care – Service"));
}

TEST_CASE("a break note that names a suppressed figure is left out", "[report][blocks][disclosure]") {
    auto internal = sample::every_block(Language::English);
    auto& table = std::get<Table>(internal.sections[0].blocks[3]);
    REQUIRE(table.id == "departments-by-year");
    table.breaks.push_back({"2018", "Three moved.", {{"moved|year=2018", 3}}});
    const auto report = public_form(internal, {});
    const auto& left = std::get<Table>(report.sections[0].blocks[3]).breaks;
    REQUIRE(left.size() == 1);
    CHECK(left[0].at == "2016");
    CHECK(!holds(to_html(report) + to_json(report), "Three moved"));
}

TEST_CASE("a line has a gap where a figure is suppressed, and the mark stands there",
          "[report][blocks][disclosure]") {
    const auto page = read(to_html(public_one()));
    // Two of the four lines lose their point of 2015, and with it the piece before the break.
    CHECK(count(page, "//figure[@id='departments-by-year-chart']//*[local-name()='polyline']") == 6);
    std::size_t marks = 0;
    for (const auto& found :
         page.select_nodes("//figure[@id='departments-by-year-chart']//*[local-name()='text']")) {
        if (words_of(found.node()) == "..") ++marks;
    }
    CHECK(marks == 1);
}

TEST_CASE("the length of a divided bar does not tell the part that is suppressed",
          "[report][blocks][disclosure]") {
    auto table = sample::outcomes(Language::English);
    auto& cell = table.rows[0].cells[3];
    Report report = sample::every_block(Language::English);
    const auto drawn = [&](double value) {
        cell.number = Number{value};
        cell.suppressed = false;
        report.sections[0].blocks = {sample::chart_of(table, Shape::Stacked, Language::English), table};
        std::get<Chart>(report.sections[0].blocks[0]).description.clear();
        auto& hidden = std::get<Table>(report.sections[0].blocks[1]).rows[0].cells[3];
        hidden.number.reset();
        hidden.suppressed = true;
        return to_html(report);
    };
    CHECK(drawn(1) == drawn(4));
}

TEST_CASE("the dictionary explains every id of the data, and the description names both files",
          "[report][blocks]") {
    for (const auto& report : {sample::every_block(Language::Swedish), public_one(Language::Swedish)}) {
        const auto dictionary = to_dictionary_csv(report);
        std::istringstream lines(to_csv(report));
        std::string line;
        std::getline(lines, line);
        CHECK(line == "section,table,row,column,value,unit\r");
        while (std::getline(lines, line)) {
            std::istringstream fields(line);
            std::string section, table, row, column;
            std::getline(fields, section, ',');
            std::getline(fields, table, ',');
            std::getline(fields, row, ',');
            std::getline(fields, column, ',');
            INFO(line);
            CHECK((holds(dictionary, "\n" + table + ",row," + row + ",") ||
                   holds(dictionary, "\n" + table + ",key," + row + ",")));
            if (column != "value") CHECK(holds(dictionary, "\n" + table + ",column," + column + ","));
            if (section != "report") CHECK(holds(dictionary, "\n,section," + section + ","));
        }
        const auto metadata = boost::json::parse(to_csv_metadata(report)).as_object();
        CHECK(metadata.at("@context").as_array().at(0).as_string() == "http://www.w3.org/ns/csvw");
        const auto& tables = metadata.at("tables").as_array();
        REQUIRE(tables.size() == 2);
        std::string heads;
        for (const auto& table : tables) {
            std::string head;
            for (const auto& column : table.at("tableSchema").at("columns").as_array()) {
                head += (head.empty() ? "" : ",") + std::string(column.at("name").as_string());
            }
            heads += head + "\r\n";
        }
        CHECK(heads ==
              "section,table,row,column,value,unit\r\n"
              "table,kind,id,label,definition\r\n");
    }
}

TEST_CASE("a report of some months says which in open data", "[report][blocks]") {
    auto report = sample::every_block(Language::English);
    report.period = "2018-05/2018-08";
    CHECK(holds(to_csv(report),
                "report,basis,first-month,value,5,month\r\nreport,basis,last-month,value,8,month"));
    CHECK(holds(to_csv_metadata(report), "\"dc:temporal\":\"2018-05/2018-08\""));
}

TEST_CASE("every block is the same bytes when it is made again", "[report][blocks]") {
    for (const auto language : {Language::Finnish, Language::Swedish, Language::English}) {
        const auto one = sample::every_block(language);
        const auto other = sample::every_block(language);
        CHECK(to_html(one) == to_html(other));
        CHECK(to_document(one).html == to_document(other).html);
        CHECK(to_json(one) == to_json(other));
        CHECK(to_csv(one) + to_dictionary_csv(one) + to_csv_metadata(one) ==
              to_csv(other) + to_dictionary_csv(other) + to_csv_metadata(other));
        CHECK(to_html(public_form(one, {})) == to_html(public_form(other, {})));
    }
}

TEST_CASE("words in another language than the report's say so wherever they stand", "[report][blocks]") {
    const auto report = sample::every_block(Language::English);
    const auto page = read(to_html(report));
    CHECK(words_at(page, "//dd[@lang='sv'][1]") == "Ett nytt telefonsystem togs i bruk.");
    CHECK(words_at(page, "//dd[.='1 March 2018 begun']/following-sibling::dd[@lang='sv']") ==
          "Upphandlingen började.");
    CHECK(words_at(page, "//div[@role='note']/p[@lang='sv']") == "Siffrorna i tabell 2.");
    CHECK(words_at(page, "//div[@class='prose']/p[@lang='sv']") == "Endast på svenska.");
    CHECK(count(page, "//*[@lang='fi']") == 0);
    CHECK(count(page, "//body//*[@lang='en']") == 0);
    const auto document = to_document(report).html;
    for (const auto* words : {"Ett nytt telefonsystem togs i bruk.", "Upphandlingen började.",
                              "Siffrorna i tabell 2.", "Endast på svenska."}) {
        INFO(words);
        CHECK(holds(document, "<span data-custom-style=\"Language sv\">" + std::string(words) + "</span>"));
        CHECK(holds(to_json(report), "\"" + std::string(words) + "\""));
    }
    CHECK(holds(to_json(report), "{\"text\":\"Upphandlingen började.\",\"language\":\"sv\"}"));
}

TEST_CASE("a figure named in vain is shown as one", "[report][blocks]") {
    auto report = sample::every_block(Language::English);
    report.sections[1].blocks.emplace_back(prose_of("{{no/such}}", Language::English, FigureLookup(report)));
    const auto page = read(to_html(report));
    CHECK(words_at(page, "//mark") == "{{no/such}}");
    CHECK(holds(to_document(report).html, "<strong>{{no/such}}</strong>"));
}

TEST_CASE("a year of which nothing is known keeps its place in a course, and no line leads over it",
          "[report][blocks]") {
    Table table;
    table.id = "by-year";
    table.columns = {{"contacts", "Contacts"}};
    const auto counted = [](double value) {
        Cell cell;
        cell.number = Number{value, Measure::Count, 0};
        return cell;
    };
    table.rows = {{"2014", "2014", {Cell{}}, false},
                  {"2015", "2015", {counted(7)}, false},
                  {"2016", "2016", {counted(8)}, false},
                  {"2017", "2017", {Cell{}}, false},
                  {"2018", "2018", {counted(9)}, false}};
    const Chart chart{"by-year-chart", Shape::Trend, "by-year", {"contacts"}, "By year", "A line."};
    const auto drawn = drawn_inline(chart, table, Language::English);
    pugi::xml_document svg;
    REQUIRE(svg.load_string(drawn.c_str()));
    const auto words = words_of(svg);
    CHECK(holds(words, "2017"));
    CHECK_FALSE(holds(words, "2014"));
    CHECK(count(svg, "//polyline") == 1);
    CHECK(words_at(svg, "/svg/title") == "By year");
}
