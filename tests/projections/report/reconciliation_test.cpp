// The page that holds a report against itself must be able to say that it does not add up.
#include "projections/report/reconciliation.hpp"

#include <catch2/catch.hpp>

#include "projections/report/tables.hpp"
#include "tests/projections/report/finding.hpp"
#include "tests/projections/report/sample.hpp"

using namespace vastine;
using namespace vastine::projections::report;
using domain::Language;

namespace {

Table* table(std::vector<Section>& sections, const std::string& id) {
    return const_cast<Table*>(finding::table(sections, id));
}
const Notice& verdict(const Report& reconciled) {
    return std::get<Notice>(finding::section(reconciled.sections, "verdict")->blocks.at(0));
}
const Row* row(const Report& reconciled, const std::string& id) {
    for (const auto& section : reconciled.sections) {
        for (const auto& block : section.blocks) {
            const auto* found = std::get_if<Table>(&block);
            if (found == nullptr) continue;
            for (const auto& each : found->rows) {
                if (each.id == id) return &each;
            }
        }
    }
    return nullptr;
}
std::vector<double> numbers(const Row& row) {
    std::vector<double> out;
    for (const auto& cell : row.cells) out.push_back(cell.number ? cell.number->value : -1);
    return out;
}

// The sample, with the balances and months that its released totals lack.
Report sample_that_adds_up() {
    auto figures = sample::figures();
    figures.ombudsman->measure.denominator = figures.ombudsman->matters;
    auto& totals = figures.released->totals;
    totals.push_back(total("reminder.registered", "month", "2018-03", 224));
    totals.push_back(total("complaint.registered", "month", "2018-03", 181));
    totals.push_back(total("authority-request.registered", "month", "2018-03", 20));
    totals.push_back(total("reminder.closing_balance", "", "", 184));  // 224 came, 40 were answered
    totals.push_back(total("complaint.closing_balance", "", "", 181));
    totals.push_back(total("authority-request.closing_balance", "", "", 20));
    return report_of(figures, sample::reference(), Language::English,
                     {store::Position{4567}, std::chrono::year(2019) / 2 / 3});
}

}  // namespace

TEST_CASE("a report whose tables add up is said to", "[report][reconciliation]") {
    const auto reconciled = reconciliation_of(sample_that_adds_up(), {});
    INFO((verdict(reconciled).items.empty() ? "" : verdict(reconciled).items.front()));
    CHECK(verdict(reconciled).heading == "The report adds up");
    REQUIRE(row(reconciled, "sector.count") != nullptr);
    CHECK(numbers(*row(reconciled, "sector.count")) == std::vector<double>{1565, 1565, 0});
    CHECK(numbers(*row(reconciled, "who.count")) == std::vector<double>{1565, 1565, 0, 65});
}

TEST_CASE("a difference that is meant is explained and does not count as one", "[report][reconciliation]") {
    const auto reconciled = reconciliation_of(sample_that_adds_up(), {});
    const auto* measures = finding::table(reconciled.sections, "of-measures");
    REQUIRE(measures != nullptr);
    CHECK(numbers(measures->rows.at(0)) == std::vector<double>{1720, 1899, -179});
    REQUIRE(measures->marks.size() == 1);
    CHECK(measures->marks[0].text.find("several rows") != std::string::npos);
}

TEST_CASE("a table that does not add up makes the report not add up", "[report][reconciliation]") {
    auto report = sample_that_adds_up();
    auto* sector = table(report.sections, "sector");
    REQUIRE(sector != nullptr);
    sector->rows.at(1).cells.at(0).number->value = 431;  // one contact too many
    const auto reconciled = reconciliation_of(report, {});
    CHECK(verdict(reconciled).heading == "The report does not add up");
    REQUIRE_FALSE(verdict(reconciled).items.empty());
    CHECK(verdict(reconciled).items.front().find("1,566") != std::string::npos);
    const auto* of = finding::table(reconciled.sections, "of-volumes");
    REQUIRE(of != nullptr);
    REQUIRE(of->marks.size() == 1);
    CHECK(of->marks[0].row == "sector.count");
}

TEST_CASE("a figure with two values makes the report not add up", "[report][reconciliation]") {
    auto report = sample_that_adds_up();
    for (auto& block : report.sections.at(0).blocks) {
        auto* key = std::get_if<KeyFigures>(&block);
        if (key == nullptr) continue;
        REQUIRE(key->figures.at(0).id == "contacts");
        key->figures.at(0).number.value = 1564;
    }
    const auto reconciled = reconciliation_of(report, {});
    CHECK(verdict(reconciled).heading == "The report does not add up");
    CHECK(row(reconciled, "contacts|year=2018") != nullptr);
}

TEST_CASE("a row of a cross that does not add up is named", "[report][reconciliation]") {
    auto report = sample_that_adds_up();
    auto* cross = table(report.sections, "cause-by-service-health");
    REQUIRE(cross != nullptr);
    REQUIRE(cross->columns.back().id == "total");
    cross->rows.at(0).cells.back().number->value += 2;
    const auto reconciled = reconciliation_of(report, {});
    CHECK(verdict(reconciled).heading == "The report does not add up");
    CHECK(row(reconciled, "cause-by-service-health." + cross->rows.at(0).id) != nullptr);
}

TEST_CASE("two kinds that do not make their sum are found", "[report][reconciliation]") {
    auto figures = sample::figures();
    for (auto& total : figures.released->totals) {
        if (total.measure() == "reminder.registered" && total.dimension().empty()) total.set_count(225);
    }
    const auto report = report_of(figures, sample::reference(), Language::English,
                                  {store::Position{4567}, std::chrono::year(2019) / 2 / 3});
    CHECK(verdict(reconciliation_of(report, {})).heading == "The report does not add up");
}

TEST_CASE("a balance that its own cases do not explain is found, a released one is explained",
          "[report][reconciliation]") {
    auto report = sample_that_adds_up();
    for (auto& row : table(report.sections, "legal-answers")->rows) {
        if (row.id == "closing-balance") row.cells.at(0).number->value = 180;
    }
    // Of what was released it is only known that some ended otherwise.
    CHECK(verdict(reconciliation_of(report, {})).heading == "The report adds up");
    LeftOut own;
    own.kinds = {{"reminder", 0, 224, 0, 0, 43, 0}};  // 224 came and 43 were settled: 181 are open
    const auto reconciled = reconciliation_of(report, own);
    CHECK(verdict(reconciled).heading == "The report does not add up");
    REQUIRE(row(reconciled, "balance.reminder") != nullptr);
    CHECK(numbers(*row(reconciled, "balance.reminder")) == std::vector<double>{181, 180, 1});
}

TEST_CASE("months that do not make their year are found across tables", "[report][reconciliation]") {
    auto report = sample_that_adds_up();
    auto* months = table(report.sections, "contacts-by-month");
    REQUIRE(months != nullptr);
    months->rows.at(0).cells.at(0).number->value -= 1;
    months->rows.back().cells.at(0).number->value -= 1;  // the table itself adds up
    const auto reconciled = reconciliation_of(report, {});
    CHECK(verdict(reconciled).heading == "The report does not add up");
    REQUIRE(row(reconciled, "contacts|year=2018|month") != nullptr);
}

TEST_CASE("a sum in the middle is held against what stands above it and what stands below it",
          "[report][reconciliation]") {
    const auto flow = [](std::uint64_t left) {
        Report report;
        report.language = Language::English;
        Table table{"flow", "Flow", "Figure", {{"reminders", "Reminders"}}, {}, {}, {}};
        const auto row = [&](const char* id, std::uint64_t count, bool total = false) {
            table.rows.push_back({id, id, {counted(count)}, total});
        };
        row("opening", 10);
        row("registered", 40);
        row("to-handle", 50, true);
        row("closed", 35);
        row("closing", left);
        report.sections.push_back({"volumes", "Volumes", {table}, {}});
        return reconciliation_of(report, {});
    };
    CHECK(verdict(flow(15)).heading == "The report adds up");
    CHECK(verdict(flow(14)).heading == "The report does not add up");
}

TEST_CASE("what is left out is said with its reasons", "[report][reconciliation]") {
    LeftOut left_out;
    left_out.kinds = {{"contacts", 300, 1565, 12, 20, 0, 0}};
    left_out.follow_ups = 1;
    left_out.not_released = true;
    const auto reconciled = reconciliation_of(sample_that_adds_up(), left_out);
    const auto* table = finding::table(reconciled.sections, "left-out");
    REQUIRE(table != nullptr);
    CHECK(numbers(table->rows.at(0)) == std::vector<double>{300, 1565, 12, 20});
    const auto reasons =
        finding::blocks<BulletList>(*finding::section(reconciled.sections, "left-out")).at(0);
    CHECK(reasons.items.front() ==
          "One follow-up adds no matters: the matter was counted with its first contact.");
    CHECK(reasons.items.back().find("have not been released") != std::string::npos);
}

TEST_CASE("every form can show whether a report adds up", "[report][reconciliation]") {
    for (const auto language : {Language::Finnish, Language::Swedish, Language::English}) {
        auto report = sample::report(language);
        const auto reconciled = reconciliation_of(report, {});
        CHECK(to_html(reconciled).find("</html>") != std::string::npos);
        CHECK(to_csv(reconciled).find("sector.count,difference,0,count") != std::string::npos);
        CHECK(to_json(reconciled).find("\"balance.reminder\"") != std::string::npos);
    }
}
