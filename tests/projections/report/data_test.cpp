// The report as JSON and as open data.
#include <boost/json.hpp>
#include <catch2/catch.hpp>
#include <sstream>

#include "tests/projections/report/sample.hpp"

using namespace vastine;
using namespace vastine::projections::report;

TEST_CASE("open data has one line a figure, by ids that no language changes", "[report][csv]") {
    const auto text = to_csv(sample::report(domain::Language::Finnish));
    CHECK(text.starts_with("section,table,row,column,value,unit\r\n"));
    CHECK(text.find("volumes") == std::string::npos);  // figures stand in their subsections
    CHECK(text.find("\r\nsectors,sector,health,count,988,count\r\n") != std::string::npos);
    CHECK(text.find("\r\nsectors,sector,health,share,63,percent\r\n") != std::string::npos);
    CHECK(text.find("\r\ndepartments,legal-by-department,total,2016,576,count\r\n") != std::string::npos);
    CHECK(text.find("\r\nreport,basis,position,value,4567,count\r\n") != std::string::npos);
    CHECK(text == to_csv(sample::report(domain::Language::English)));
}

TEST_CASE("what a spreadsheet would run as a formula is disarmed and quoted", "[report][csv]") {
    const auto text = to_csv(sample::report());
    CHECK(text.find(",\"'=HYPERLINK(\"\"x\"\")\",count,45,count") != std::string::npos);
}

TEST_CASE("JSON is the model: numbers as numbers, unknown ones null, with position, date and code sets",
          "[report][json]") {
    const auto value = boost::json::parse(to_json(sample::report()));
    CHECK(value.at("language") == "fi");
    CHECK(value.at("year") == 2018);
    CHECK(value.at("basis").at("position") == 4567);
    CHECK(value.at("basis").at("as_of_on") == "2019-02-03");
    const auto& sections = value.at("sections").as_array();
    const auto& volumes = *std::find_if(sections.begin(), sections.end(),
                                        [](const auto& section) { return section.at("id") == "volumes"; });
    const auto& years = volumes.at("subsections").at(1).at("blocks").at(1);
    CHECK(years.at("id") == "contacts-by-year");
    CHECK(years.at("rows").at(0).at("id") == "2016");  // years before the first contact are left out
    CHECK(years.at("rows").at(0).at("cells").at(0).at("value") == 1700);
    CHECK(years.at("rows").at(1).at("cells").at(0).is_null());  // nothing known of 2017
    CHECK(years.at("rows").at(2).at("cells").at(3).at("value") == 1899);
}
