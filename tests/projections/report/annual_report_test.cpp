// What the report says.
#include "projections/report/annual_report.hpp"

#include <catch2/catch.hpp>

#include "projections/report/tables.hpp"
#include "projections/report/writing.hpp"
#include "tests/projections/report/finding.hpp"
#include "tests/projections/report/sample.hpp"

using namespace vastine;
using namespace vastine::projections;
using namespace vastine::projections::report;
using domain::Language;

namespace {

std::vector<double> numbers(const Row& row) {
    std::vector<double> out;
    for (const auto& cell : row.cells) out.push_back(cell.number ? cell.number->value : -1);
    return out;
}

}  // namespace

TEST_CASE("numbers are written as each language writes them", "[report][writing]") {
    CHECK(written(1565, Language::Finnish) == "1\u00a0565");
    CHECK(written(1565, Language::Swedish) == "1\u00a0565");
    CHECK(written(1565, Language::English) == "1,565");
    const Number mean{26.44, Measure::Days, 1};
    CHECK(written(mean, Language::Finnish) == "26,4");
    CHECK(written(mean, Language::Swedish) == "26,4");
    CHECK(written(mean, Language::English) == "26.4");
    const Number half{62.5, Measure::Percent, 0};
    CHECK(written(half, Language::Finnish) == "63\u00a0%");
    CHECK(written(half, Language::Swedish) == "63\u00a0%");
    CHECK(written(half, Language::English) == "63%");
}

TEST_CASE("dates and months are written as each language writes them", "[report][writing]") {
    const domain::Date date = std::chrono::year(2018) / 9 / 7;
    CHECK(written(date, Language::Finnish) == "7.9.2018");
    CHECK(written(date, Language::Swedish) == "7.9.2018");
    CHECK(written(date, Language::English) == "7 September 2018");
    CHECK(month_name(9, Language::Finnish) == "syyskuu");
    CHECK(month_name(9, Language::Swedish) == "september");
    CHECK(month_name(9, Language::English) == "September");
}

TEST_CASE("the sections stand in their usual order", "[report]") {
    CHECK(finding::ids(sample::report().sections) ==
          std::vector<std::string>{"summary", "basis", "method", "volumes", "people", "causes", "services",
                                   "measures", "legal", "appendix"});
}

TEST_CASE("the report is marked as an internal form", "[report]") {
    const auto report = sample::report(Language::English);
    REQUIRE_FALSE(report.notices.empty());
    CHECK(report.notices.front().heading == "Internal working version");
}

TEST_CASE("percentages say of what whole they are", "[report]") {
    const auto report = sample::report(Language::English);
    const auto* sector = finding::table(report, "sector");
    REQUIRE(sector != nullptr);
    CHECK(sector->definition == "Each contact counts once. Shares are of all 1,565 contacts.");
    CHECK(numbers(sector->rows.back()) == std::vector<double>{1565, 100});
    const auto* cause = finding::table(report, "cause");
    REQUIRE(cause != nullptr);
    CHECK(cause->definition == "Each matter counts once. Shares are of all 1,899 matters.");
}

TEST_CASE("a table whose rows overlap has no sum and says why", "[report]") {
    const auto report = sample::report(Language::English);
    const auto* measure = finding::table(report, "measure");
    REQUIRE(measure != nullptr);
    for (const auto& row : measure->rows) CHECK_FALSE(row.total);
    CHECK(measure->definition.find("do not add up") != std::string::npos);
}

TEST_CASE("what is not stated stands last, and destroyed details are said", "[report]") {
    const auto report = sample::report(Language::English);
    const auto* place = finding::table(report, "municipality");
    REQUIRE(place != nullptr);
    REQUIRE(place->rows.size() == 4);
    CHECK(place->rows[2].id == "not-stated");
    CHECK(place->definition.find("20 contacts have been destroyed") != std::string::npos);
}

TEST_CASE("reminders and complaints of several years come from what the legal area released", "[report]") {
    const auto report = sample::report(Language::English);
    const auto* legal = finding::table(report, "legal-by-department");
    REQUIRE(legal != nullptr);
    CHECK(numbers(legal->rows.at(0)) == std::vector<double>{400, 300, 224});
    CHECK(numbers(legal->rows.at(1)) == std::vector<double>{176, 231, 181});
    CHECK(numbers(legal->rows.back()) == std::vector<double>{576, 531, 405});
    CHECK(legal->source.find("15 January 2019") != std::string::npos);
    CHECK(legal->source.find("position 900") != std::string::npos);
    CHECK(legal->source.find("codes-1") != std::string::npos);
}

TEST_CASE("answer times: share kept of the answers, median, and a dash where nothing is known", "[report]") {
    const auto report = sample::report(Language::English);
    const auto* answers = finding::table(report, "legal-answers");
    REQUIRE(answers != nullptr);
    const auto row = [&](const std::string& id) {
        for (const auto& found : answers->rows) {
            if (found.id == id) return numbers(found);
        }
        return std::vector<double>{};
    };
    CHECK(row("kept-share") == std::vector<double>{75, -1, -1});
    // Released before pauses were credited: the two shares are one.
    CHECK(row("kept-credited-share") == std::vector<double>{75, -1, -1});
    CHECK(row("answer-days-median") == std::vector<double>{26, -1, -1});
    CHECK(row("answer-days-mean") == std::vector<double>{28.4, -1, -1});
}

TEST_CASE("the report prints the share kept with pauses credited beside the other", "[report]") {
    auto figures = sample::figures();
    REQUIRE(figures.released);
    figures.released->totals.push_back(total("reminder.kept_credited", "", "", 36));
    const auto report = report_of(figures, sample::reference(), Language::English,
                                  {store::Position{4567}, std::chrono::year(2019) / 2 / 3});
    const auto* answers = finding::table(report, "legal-answers");
    REQUIRE(answers != nullptr);
    for (const auto& row : answers->rows) {
        if (row.id == "kept-share") CHECK(numbers(row) == std::vector<double>{75, -1, -1});
        if (row.id == "kept-credited") CHECK(numbers(row) == std::vector<double>{36, -1, -1});
        if (row.id == "kept-credited-share") CHECK(numbers(row) == std::vector<double>{90, -1, -1});
    }
    CHECK(answers->definition.find("own target") != std::string::npos);
}

TEST_CASE("without released totals the report says so and prints no legal table", "[report]") {
    auto figures = sample::figures();
    figures.released.reset();
    figures.released_before.clear();
    const auto report = report_of(figures, sample::reference(), Language::English,
                                  {store::Position{4567}, std::chrono::year(2019) / 2 / 3});
    const auto* legal = finding::section(report, "legal");
    REQUIRE(legal != nullptr);
    CHECK(legal->subsections.empty());
    REQUIRE(legal->blocks.size() == 1);
    CHECK(std::get<Notice>(legal->blocks.front()).heading == "Figures not released");
    CHECK(finding::table(report, "legal-by-department") == nullptr);
}

TEST_CASE("a note that the organisation publishes is printed on the report", "[report]") {
    auto reference = sample::reference();
    CodeSetPublished event;
    event.set_version(1);
    event.mutable_given()->set_code_set("report-note");
    event.mutable_given()->set_valid_from("2015-01-01");
    auto* code = event.mutable_given()->add_codes();
    code->set_code("demo");
    code->mutable_name()->set_en("This is demonstration data.");
    reference.apply(event);
    const auto report = report_of(sample::figures(), reference, Language::English,
                                  {store::Position{1}, std::chrono::year(2019) / 2 / 3});
    REQUIRE(report.notices.size() == 2);
    CHECK(report.notices.back().text == "This is demonstration data.");
}

TEST_CASE("the caveat stands in the summary in every language", "[report]") {
    for (const auto language : {Language::Finnish, Language::Swedish, Language::English}) {
        const auto report = sample::report(language);
        const auto* summary = finding::section(report, "summary");
        REQUIRE(summary != nullptr);
        const auto* notice = std::get_if<Notice>(&summary->blocks.back());
        REQUIRE(notice != nullptr);
        CHECK(notice->heading == domain::text("report.caveat.heading", language));
    }
}

TEST_CASE("months that have not come are dashes, not noughts", "[report]") {
    const auto report = report_of(sample::figures(), sample::reference(), Language::English,
                                  {store::Position{1}, std::chrono::year(2018) / 9 / 12});
    const auto* months = finding::table(report, "contacts-by-month");
    REQUIRE(months != nullptr);
    CHECK(numbers(months->rows.at(8)) == std::vector<double>{120, 150});
    CHECK(numbers(months->rows.at(9)) == std::vector<double>{-1, -1});
}

TEST_CASE("causes of patients and of social care's clients stand in tables of their own", "[report]") {
    const auto report = sample::report(Language::English);
    const auto* health = finding::table(report, "cause-by-service-health");
    REQUIRE(health != nullptr);
    CHECK(finding::table(report, "cause-by-service-social") == nullptr);  // the sample has none
    CHECK(numbers(health->rows.back()) == std::vector<double>{900, 600, 399, 0, 1899});
}

TEST_CASE("a share of a few is not written as none", "[report]") {
    CHECK(share(1, 400).number->decimals == 1);
    CHECK(share(2, 400).number->decimals == 0);
    CHECK(share(0, 400).number->decimals == 0);
    CHECK_FALSE(share(0, 0).number.has_value());
}

TEST_CASE("a year that is not over is said to end on the as-of day", "[report]") {
    const auto report = report_of(sample::figures(), sample::reference(), Language::English,
                                  {store::Position{1}, std::chrono::year(2018) / 9 / 12});
    CHECK(report.subtitle == "Figures for 1 January 2018 to 12 September 2018");
}
