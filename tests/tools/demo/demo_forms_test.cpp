// Every form of the demo's reports is the same file, byte for byte, before and after every case key is
// destroyed. Left out on both sides is only what needs persons' data: the municipality.
#include <catch2/catch.hpp>

#include "api/rendering/rendering.hpp"
#include "tests/projections/report/finding.hpp"
#include "tests/tools/demo/made_demo.hpp"

using namespace vastine;
using namespace vastine::tools::demo::tests;
using domain::Language;
namespace report = projections::report;
namespace rendering = api::rendering;

namespace {

constexpr std::string_view kMunicipalities = "municipalities";

void take_out(std::vector<report::Section>& sections, std::string_view id) {
    std::erase_if(sections, [&](const report::Section& section) { return section.id == id; });
    for (auto& section : sections) take_out(section.subsections, id);
}
report::Report without_municipalities(const projections::ReadModel& from, int year, Language language) {
    auto made = demo().report(from, of_year(year), language);
    REQUIRE(report::finding::section(made.sections, std::string(kMunicipalities)) != nullptr);
    take_out(made.sections, kMunicipalities);
    return made;
}

// One language a test, since a print takes its seconds.
void check_every_form(Language language) {
    const auto before = without_municipalities(demo().model, 2018, language);
    const auto after = without_municipalities(demo().destroyed, 2018, language);
    for (const auto& form : rendering::forms()) {
        INFO(form.name);
        const auto file = rendering::render(before, form.name);
        CHECK(file.size() > 1000);
        // Not an operand: a difference would print both files.
        const bool same = file == rendering::render(after, form.name);
        CHECK(same);
    }
}

}  // namespace

TEST_CASE("every form of the report in Finnish is the same file after every case key is destroyed",
          "[demo][forms]") {
    check_every_form(Language::Finnish);
}
TEST_CASE("every form of the report in Swedish is the same file after every case key is destroyed",
          "[demo][forms]") {
    check_every_form(Language::Swedish);
}
TEST_CASE("every form of the report in English is the same file after every case key is destroyed",
          "[demo][forms]") {
    check_every_form(Language::English);
}

TEST_CASE("every form that shows the municipality tells that keys were destroyed", "[demo][forms]") {
    const auto of = [](const projections::ReadModel& from, const std::string& form) {
        return rendering::render(demo().report(from, of_year(2018), Language::Finnish), form);
    };
    // Otherwise the tests above would compare two logs with keys.
    for (const auto* form : {"html", "csv", "json"}) {
        INFO(form);
        const bool same = of(demo().model, form) == of(demo().destroyed, form);
        CHECK_FALSE(same);
    }
}
