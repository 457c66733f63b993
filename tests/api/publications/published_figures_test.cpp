#include "api/publications/published_figures.hpp"

#include <catch2/catch.hpp>

#include "projections/report/chart.hpp"
#include "tests/api/publications/publishing.hpp"

using namespace vastine;
using test::Publishing;
namespace report = projections::report;

namespace {

std::string tables_of(const std::string& id) {
    return "/api/v1/published/" + id + "/tables";
}

}  // namespace

TEST_CASE("a board asks for what the published tables contain, and is answered as they were published",
          "[publications][published]") {
    Publishing house;
    const auto id = house.published_report();
    const auto list = test::json_of(house.service.get("/api/v1/published", BOARD)).at("rows").as_array();
    REQUIRE(list.size() == 1);
    CHECK(list[0].at("publication_id").as_string() == id);
    CHECK(list[0].at("title").as_string() == "Annual report of the patient and social ombudsmen 2025");

    const auto tables = test::json_of(house.service.get(tables_of(id), BOARD));
    CHECK(tables.at("edition").to_number<int>() == 1);
    REQUIRE(tables.at("tables").as_array().size() == 1);
    const auto table = test::json_of(house.service.get(tables_of(id) + "/by-sector?lang=sv", BOARD));
    CHECK(table.at("section").as_string() == "volumes-by");
    CHECK(table.at("definition").as_string() == "Yhteydenotto lasketaan kerran.");
    REQUIRE(table.at("rows").as_array().size() == 2);
    // The log holds one contact: the answer is the file's.
    CHECK(table.at("rows").at(0).at("cells").at(0).at("value").to_number<double>() == 1234);
    CHECK(table.at("rows").at(0).at("cells").at(0).at("written").as_string() == "1\u00a0234");
    CHECK(table.at("rows").at(0).at("cells").at(1).at("unit").as_string() == "percent");
}

TEST_CASE("a suppressed cell says so, and what is not known is neither that nor nought",
          "[publications][published]") {
    Publishing house;
    const auto id = house.published_report();
    const auto row = test::json_of(house.service.get(tables_of(id) + "/by-sector?row=social", BOARD));
    REQUIRE(row.at("rows").as_array().size() == 1);
    const auto& cells = row.at("rows").at(0).at("cells").as_array();
    CHECK(cells[0].at("suppressed").as_bool());
    CHECK(cells[0].at("written").as_string() == "..");
    CHECK(cells[0].at("value").to_number<double>() == 0);
    CHECK_FALSE(cells[1].at("suppressed").as_bool());
    CHECK(cells[1].at("unknown").as_bool());
}

TEST_CASE("a question is narrowed to a row, a column or a cell, and to nothing else",
          "[publications][published]") {
    Publishing house;
    const auto id = house.published_report();
    const auto cell =
        test::json_of(house.service.get(tables_of(id) + "/by-sector?row=health&column=share", AUDITOR));
    REQUIRE(cell.at("columns").as_array().size() == 1);
    CHECK(cell.at("columns").at(0).at("id").as_string() == "share");
    REQUIRE(cell.at("rows").as_array().size() == 1);
    REQUIRE(cell.at("rows").at(0).at("cells").as_array().size() == 1);
    CHECK(cell.at("rows").at(0).at("cells").at(0).at("value").to_number<double>() == 62.4);

    for (const auto* beyond : {"/by-unit", "/by-sector?row=nobody", "/by-sector?column=names"}) {
        INFO(beyond);
        const auto refused = house.service.get(tables_of(id) + beyond, BOARD);
        CHECK(refused.status == 404);
        CHECK(refused.body.find("Only what the published tables contain can be asked") != std::string::npos);
    }
    CHECK(house.service.get(tables_of(id) + "/by-sector?unit=osasto-1", BOARD).status == 400);
}

TEST_CASE("nothing that is not published is answered", "[publications][published][wall]") {
    Publishing house;
    const auto id = house.signed_report();
    house.store(id, 1, "internal", {{"json", "fi", "internal.json", Publishing::public_json("fi")}});
    CHECK(test::json_of(house.service.get("/api/v1/published", BOARD)).at("rows").as_array().empty());
    CHECK(house.service.get(tables_of(id), BOARD).status == 404);
    house.publish(id);
    const auto waiting = house.service.get(tables_of(id), BOARD);
    CHECK(waiting.status == 404);
    CHECK(waiting.body.find("being made") != std::string::npos);
    CHECK(house.service.send({.target = "/api/v1/published"}).status == 401);
}

TEST_CASE("the newest edition answers, and a file that is not what was frozen does not",
          "[publications][published]") {
    Publishing house;
    const auto id = house.published_report();
    house.correct(id, 2);
    CHECK(test::json_of(house.service.get(tables_of(id), BOARD)).at("edition").to_number<int>() == 2);
    CHECK(test::json_of(house.service.get("/api/v1/published", BOARD)).at("rows").as_array().size() == 1);
}

TEST_CASE("a published chart is drawn as in the report, with its words, what it marks and what it keeps back",
          "[published]") {
    report::Table table;
    table.id = "concentration";
    table.caption = "Units and causes";
    table.columns = {{"care", "Care"}, {"access", "Access"}};
    report::Cell twelve;
    twelve.number = report::Number{12, report::Measure::Count, 0};
    report::Cell suppressed;
    suppressed.suppressed = true;
    table.rows = {{"ward", "Ward <1>", {twelve, suppressed}, false},
                  {"clinic", "Clinic", {twelve, twelve}, false}};
    table.marks = {{"ward", "care", "▲", "more than chance explains", {}, true},
                   {"clinic", "care", "?", "too few to judge", {}, false}};
    table.breaks = {{"clinic", "Two clinics became one.", {}}};
    report::Chart chart{"concentration-chart", report::Shape::HeatMap, "concentration",
                        {"care", "access"},    "Units and causes",     "The ward has most of them."};
    report::KeyFigures key;
    key.figures = {{"reminders", "Reminders", {1200, report::Measure::Count, 0}, "in the year"},
                   {"few", "Few", {}, "", "", {}, true}};
    report::Report made;
    made.language = domain::Language::English;
    made.level = report::Level::Public;
    made.sections = {{"systematic", "Systematic or single cases?", {key, chart, table}, {}}};
    const auto json = report::to_json(made);

    const auto told = api::tables_of_json(json, api::Drawings::With);
    CHECK(told.language() == "en");
    REQUIRE(told.charts_size() == 1);
    CHECK(told.charts(0).description() == "The ward has most of them.");
    CHECK(told.charts(0).shape() == "heat-map");
    CHECK(told.charts(0).drawing() == report::drawn_inline(chart, table, domain::Language::English));
    CHECK(told.charts(0).drawing().find("Ward &lt;1&gt;") != std::string::npos);
    CHECK(told.charts(0).drawing().find("-withheld)") != std::string::npos);
    // A page under a strict policy takes neither.
    CHECK(told.charts(0).drawing().find("style") == std::string::npos);
    CHECK(api::tables_of_json(json).charts(0).drawing().empty());
    CHECK(told.tables(0).section_heading() == "Systematic or single cases?");
    REQUIRE(told.tables(0).marks_size() == 2);
    CHECK(told.tables(0).marks(0).text() == "more than chance explains");
    REQUIRE(told.tables(0).breaks_size() == 1);
    CHECK(told.tables(0).breaks(0).sign() == "1)");
    REQUIRE(told.key_figures_size() == 2);
    CHECK(told.key_figures(0).written() == "1,200");
    CHECK(told.key_figures(0).note() == "in the year");
    CHECK(told.key_figures(1).suppressed());
    CHECK(told.key_figures(1).written() == "..");
}

TEST_CASE("what is published is listed with every edition and the files of each",
          "[publications][published]") {
    Publishing house;
    const auto id = house.published_report();
    house.correct(id, 2);
    const auto list = test::json_of(house.service.get("/api/v1/published", BOARD)).at("rows").as_array();
    REQUIRE(list.size() == 1);
    const auto& editions = list[0].at("editions").as_array();
    REQUIRE(editions.size() == 2);
    CHECK(editions[0].at("edition").to_number<int>() == 2);
    CHECK(editions[0].at("what_changed").as_string() == "Taulukon 3 otsikko.");
    CHECK(editions[0].at("what_changed_in").as_string() == "fi");
    CHECK(editions[1].at("replaced_by").to_number<int>() == 2);
    REQUIRE(editions[1].at("files").as_array().size() == 4);
    const auto& page = editions[1].at("files").at(0);
    CHECK(page.at("form").as_string() == "html");
    CHECK(page.at("url").as_string() == "/published/" + id + "/1/report-annual-2025-fi.html");
    // The address is the one that anybody may follow, and leads to that very file.
    const auto file = house.service.send({.target = std::string(page.at("url").as_string())});
    CHECK(file.status == 200);
    CHECK(file.headers.get("ETag") == '"' + std::string(page.at("sha256").as_string()) + '"');
}

TEST_CASE("only the JSON of a public form is read as tables", "[published]") {
    CHECK(api::tables_of_json(Publishing::public_json("en")).tables_size() == 1);
    CHECK_THROWS_AS(api::tables_of_json("{}"), std::invalid_argument);
    CHECK_THROWS_AS(api::tables_of_json("not json"), std::invalid_argument);
    auto internal = Publishing::public_json("fi");
    internal.replace(internal.find("\"public\""), 8, "\"internal\"");
    CHECK_THROWS_AS(api::tables_of_json(internal), std::invalid_argument);
}
