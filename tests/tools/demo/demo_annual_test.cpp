// The demo's annual report as a county would print it: the published figures in every language, the same when
// every key is destroyed, and sums that add up.
#include <catch2/catch.hpp>

#include "projections/contact_figures.hpp"
#include "projections/report/reports.hpp"
#include "projections/report/written_sections.hpp"
#include "tests/projections/report/finding.hpp"
#include "tests/tools/demo/made_demo.hpp"

using namespace vastine;
using namespace vastine::tools::demo::tests;
using domain::Area;
using domain::Language;
namespace report = projections::report;
namespace finding = projections::report::finding;

namespace {

report::Report reconciled(const report::ReportQuery& query, Language language) {
    return demo().read(demo().model, query.area, [&](const auto& views, const auto& viewer, auto as_of) {
        return report::reconciliation(views, viewer, query, language, as_of);
    });
}

using Lines = std::map<std::string, std::vector<double>>;
Lines lines(const report::Report& from, const std::string& id) {
    Lines out;
    const auto* table = finding::table(from.sections, id);
    REQUIRE(table != nullptr);
    for (const auto& row : table->rows) {
        for (const auto& cell : row.cells) out[row.id].push_back(cell.number ? cell.number->value : -1);
    }
    return out;
}
std::vector<std::string> row_ids(const report::Report& from, const std::string& id) {
    std::vector<std::string> out;
    for (const auto& row : finding::table(from.sections, id)->rows) out.push_back(row.id);
    return out;
}

void check_published_figures(const projections::ReadModel& model, Language language) {
    const auto of_2018 = demo().report(model, of_year(2018), language);
    CHECK(lines(of_2018, "legal-by-department") == Lines{{"perhe-sosiaali", {165, 108, 119}},
                                                         {"sairaala", {72, 117, 105}},
                                                         {"terveys-paihde", {336, 306, 181}},
                                                         {"henkilosto", {3, -1, -1}},
                                                         {"total", {576, 531, 405}}});
    const auto sectors = lines(of_2018, "sector");
    CHECK(sectors.at("health").at(0) == 988);
    CHECK(sectors.at("social").at(0) == 430);
    CHECK(sectors.at("both").at(0) == 147);
    CHECK(lines(of_2018, "contacts-by-month").at("total") == std::vector<double>{1565, 1899});
    const auto causes = row_ids(of_2018, "cause");
    CHECK(std::vector<std::string>(causes.begin(), causes.begin() + 3) ==
          std::vector<std::string>{"patient-care", "patient-records", "patient-injury"});

    auto query = of_year(2016);
    query.period = {std::chrono::year(2016) / 1, std::chrono::year(2016) / 9};
    const auto of_2016 = demo().report(model, query, language);
    const auto months = lines(of_2016, "contacts-by-month");
    CHECK(months.at("total").at(1) == 2028);
    for (const auto& [month, cells] : months) {
        INFO(month);
        if (month == "total") continue;
        CHECK(cells.at(1) >= 162);
        CHECK(cells.at(1) <= 269);
    }

    const auto early_2016 = model.read([&](const projections::Views& views) {
        projections::FiguresQuery first_half;
        first_half.period = {std::chrono::year(2016) / 1, std::chrono::year(2016) / 6};
        return projections::legal_figures(views,
                                          domain::viewer_of(*views.reference.user_with_login("registrar")),
                                          {views.position, demo().today()}, language, first_half);
    });
    const auto& both = early_2016.reminders_and_complaints;
    CHECK(both.registered == 219);
    CHECK(both.department.of_code("terveys-paihde") == 114);
    CHECK(both.department.of_code("perhe-sosiaali") == 70);
    CHECK(both.department.of_code("sairaala") == 33);
    CHECK(both.maker.of_code("client") == 149);
    CHECK(both.maker.of_code("relative") == 57);
    CHECK(early_2016.requests.authority.of_code("avi-esavi") * 100 == early_2016.requests.registered * 60);
}

}  // namespace

TEST_CASE("the demo's report holds the published figures to the digit in every language", "[demo][annual]") {
    for (const auto language : {Language::Finnish, Language::Swedish, Language::English})
        check_published_figures(demo().model, language);
}

TEST_CASE("the published figures are the same to the digit after every case key is destroyed",
          "[demo][annual]") {
    for (const auto language : {Language::Finnish, Language::Swedish, Language::English})
        check_published_figures(demo().destroyed, language);
}

TEST_CASE("of the annual report only the municipalities know that keys were destroyed", "[demo][annual]") {
    for (const int year : {2016, 2018}) {
        const auto before = demo().report(demo().model, of_year(year), Language::English);
        const auto after = demo().report(demo().destroyed, of_year(year), Language::English);
        int compared = 0;
        const auto compare = [&](const auto& self, const std::vector<report::Section>& sections) -> void {
            for (const auto& section : sections) {
                for (const auto& block : section.blocks) {
                    const auto* table = std::get_if<report::Table>(&block);
                    if (table == nullptr || table->id == "municipality") continue;
                    INFO(year << " " << table->id);
                    CHECK(lines(after, table->id) == lines(before, table->id));
                    ++compared;
                }
                self(self, section.subsections);
            }
        };
        compare(compare, before.sections);
        CHECK(compared > 20);
        const auto places = lines(after, "municipality");
        CHECK(places.at("not-stated").at(0) == places.at("total").at(0));
    }
}

TEST_CASE("the demo's reports add up, and say so in every language", "[demo][annual]") {
    for (const auto area : {Area::Ombudsman, Area::Legal}) {
        for (const int year : {2016, 2017, 2018}) {
            for (const auto language : {Language::Finnish, Language::Swedish, Language::English}) {
                const auto page = reconciled(of_year(year, area), language);
                const auto& verdict =
                    std::get<report::Notice>(finding::section(page.sections, "verdict")->blocks.at(0));
                INFO("area " << static_cast<int>(area) << ", " << year << ": "
                             << (verdict.items.empty() ? "" : verdict.items.front()));
                CHECK(verdict.heading == domain::text("report.reconciliation.holds", language));
            }
        }
    }
}

TEST_CASE("what is left out of the demo's period is in the log before or after it", "[demo][annual]") {
    const auto page = reconciled(of_year(2018), Language::English);
    const auto contacts = lines(page, "left-out").at("contacts");
    CHECK(contacts.at(1) == 1565);
    const auto all = demo().model.read(
        [](const projections::Views& views) { return static_cast<double>(views.contacts->size()); });
    CHECK(contacts.at(0) + contacts.at(1) + contacts.at(2) == all);
}
