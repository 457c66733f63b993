// The demo's public reports: the figures of the county's own table, with its single small number.
#include <catch2/catch.hpp>
#include <set>

#include "projections/report/disclosure.hpp"
#include "tests/projections/report/finding.hpp"
#include "tests/tools/demo/made_demo.hpp"

using namespace vastine;
using namespace vastine::tools::demo::tests;
using domain::Area;
namespace report = projections::report;
namespace finding = projections::report::finding;

namespace {

// The printed lines of a table, by the names of rows.
std::map<std::string, std::vector<std::string>> lines(const report::Report& from, const std::string& id) {
    std::map<std::string, std::vector<std::string>> out;
    for (const auto& row : finding::table(from.sections, id)->rows) {
        for (const auto& cell : row.cells) {
            out[row.heading].push_back(cell.suppressed ? ".."
                                       : cell.number   ? std::to_string(std::lround(cell.number->value))
                                                       : "–");
        }
    }
    return out;
}

struct Census {
    int shown = 0;
    int suppressed = 0;
    int small = 0;
};
void take(const std::vector<report::Section>& sections, int threshold, Census& census) {
    for (const auto& section : sections) {
        for (const auto& block : section.blocks) {
            const auto* found = std::get_if<report::Table>(&block);
            if (found == nullptr) continue;
            for (const auto& row : found->rows) {
                for (const auto& cell : row.cells) {
                    if (cell.suppressed) ++census.suppressed;
                    if (!cell.number || cell.number->unit != report::Measure::Count) continue;
                    ++census.shown;
                    INFO(found->id << " " << row.id);
                    CHECK((cell.number->value == 0 || cell.number->value >= threshold));
                }
            }
        }
        take(section.subsections, threshold, census);
    }
}

}  // namespace

TEST_CASE("the demo's public reports suppress the three of 2016 and what would reveal it", "[demo]") {
    for (const auto area : {Area::Ombudsman, Area::Legal}) {
        for (const int year : {2016, 2017, 2018}) {
            INFO("area " << static_cast<int>(area) << ", year " << year);
            const auto internal = demo().report(of_year(year, area));
            const auto before = report::to_json(internal);
            const auto made = report::public_form(internal, {});
            CHECK(report::to_json(internal) == before);
            Census census;
            take(made.sections, 5, census);
            CHECK(census.shown > census.suppressed);
            const auto departments = lines(made, "legal-by-department");
            CHECK(departments.at("Henkilöstö- ja kehittämispalvelut").at(0) == "..");
            // The total is printed, and one of the others is the complement.
            CHECK(departments.at("Yhteensä").at(0) == "576");
            CHECK(departments.at("Sairaala-, kuntoutus- ja hoivapalvelut").at(0) == "..");
            CHECK(departments.at("Terveys- ja päihdepalvelut").at(0) == "336");
            CHECK_FALSE(finding::table(made.sections, "legal-by-department")->note.empty());
        }
    }
}

TEST_CASE("the demo's internal reports hold the county's table to the digit, and say that they are internal",
          "[demo]") {
    using Lines = std::map<std::string, std::vector<std::string>>;
    for (const auto area : {Area::Ombudsman, Area::Legal}) {
        const auto internal = demo().report(of_year(2018, area));
        CHECK(lines(internal, "legal-by-department") ==
              Lines{{"Perhe- ja sosiaalipalvelut", {"165", "108", "119"}},
                    {"Sairaala-, kuntoutus- ja hoivapalvelut", {"72", "117", "105"}},
                    {"Terveys- ja päihdepalvelut", {"336", "306", "181"}},
                    {"Henkilöstö- ja kehittämispalvelut", {"3", "–", "–"}},
                    {"Yhteensä", {"576", "531", "405"}}});
        CHECK(internal.notices.front().id == "internal");
        CHECK(internal.level == report::Level::Internal);
    }
}

TEST_CASE("what the demo's report of 2016 suppresses, those of the next years keep suppressed", "[demo]") {
    for (const auto area : {Area::Ombudsman, Area::Legal}) {
        std::vector<report::Publication> earlier;
        for (const int year : {2016, 2017, 2018}) {
            const auto internal = demo().report(of_year(year, area));
            const auto made = report::public_form(internal, {5, earlier});
            const auto departments = lines(made, "legal-by-department");
            CHECK(departments.at("Henkilöstö- ja kehittämispalvelut").at(0) == "..");
            CHECK(departments.at("Sairaala-, kuntoutus- ja hoivapalvelut").at(0) == "..");
            earlier.push_back(
                report::publication_of(report::report_of_json(report::to_json(made)), internal));
        }
    }
}
