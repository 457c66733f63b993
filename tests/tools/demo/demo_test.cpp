// The demo end to end: from an empty store through every rule to the published tables on the page.
#include <catch2/catch.hpp>
#include <map>
#include <pugixml.hpp>

#include "api/publications/editions.hpp"
#include "api/publications/unknown_figures.hpp"
#include "projections/deadlines.hpp"
#include "projections/figures.hpp"
#include "tests/tools/demo/made_demo.hpp"

using namespace vastine;
using namespace vastine::tools::demo;
using namespace vastine::tools::demo::tests;
using domain::Area;
using domain::Language;
namespace report = projections::report;

namespace {

// A table of the page, row by row, as it is printed.
std::vector<std::vector<std::string>> printed(const std::string& html, const std::string& id) {
    pugi::xml_document page;
    page.load_string(html.c_str() + std::string_view("<!DOCTYPE html>\n").size());
    std::vector<std::vector<std::string>> rows;
    for (const auto& row : page.select_nodes(("//table[@id='" + id + "']/tbody/tr").c_str())) {
        std::vector<std::string> cells;
        for (const auto& cell : row.node().children()) cells.emplace_back(cell.text().get());
        rows.push_back(std::move(cells));
    }
    return rows;
}

}  // namespace

TEST_CASE("the demo's report prints the table of reminders and complaints to the digit", "[demo]") {
    const auto html = report::to_html(demo().report(of_year(2018)));
    CHECK(
        printed(html, "legal-by-department") ==
        std::vector<std::vector<std::string>>{{"Perhe- ja sosiaalipalvelut", "165", "108", "119"},
                                              {"Sairaala-, kuntoutus- ja hoivapalvelut", "72", "117", "105"},
                                              {"Terveys- ja päihdepalvelut", "336", "306", "181"},
                                              {"Henkilöstö- ja kehittämispalvelut", "3", "–", "–"},
                                              {"Yhteensä", "576", "531", "405"}});
}

TEST_CASE("the demo's report prints the contacts of 2018 to the digit", "[demo]") {
    const auto report = demo().report(of_year(2018));
    const auto html = report::to_html(report);
    CHECK(html.find("1\u00a0565") != std::string::npos);
    CHECK(html.find("1\u00a0899") != std::string::npos);
    CHECK(printed(html, "sector") ==
          std::vector<std::vector<std::string>>{{"Terveydenhuolto", "988", "63\u00a0%"},
                                                {"Sosiaalihuolto", "430", "27\u00a0%"},
                                                {"Terveys- ja sosiaalihuolto yhdessä", "147", "9\u00a0%"},
                                                {"Yhteensä", "1\u00a0565", "100\u00a0%"}});
    const auto causes = printed(html, "cause");
    REQUIRE(causes.size() > 3);
    CHECK(causes[0][0] == "Hoito tai sen tulos");
    CHECK(causes[1][0] == "Potilasasiakirjat, todistukset ja lausunnot");
    CHECK(causes[2][0] == "Epäilty potilas- tai lääkevahinko");
    const auto csv = report::to_csv(report);
    CHECK(csv.find("months,contacts-by-month,total,contacts,1565,count\r\n") != std::string::npos);
    CHECK(csv.find("months,contacts-by-month,total,matters,1899,count\r\n") != std::string::npos);
}

TEST_CASE("the demo's report says that it is a demo", "[demo]") {
    const auto report = demo().report(of_year(2018), Language::English);
    REQUIRE(report.notices.size() == 2);
    CHECK(report.notices[1].text.find("invented") != std::string::npos);
}

TEST_CASE("figures of the demo: the first half of 2016 as published", "[demo]") {
    const auto& made = demo();
    const auto figures = made.model.read([&](const projections::Views& views) {
        projections::FiguresQuery query;
        query.period = {std::chrono::year(2016) / 1, std::chrono::year(2016) / 6};
        return projections::legal_figures(views, made.viewer("registrar"), {views.position, made.today()},
                                          Language::Finnish, query);
    });
    const auto& both = figures.reminders_and_complaints;
    CHECK(both.registered == 219);
    CHECK(both.department.of_code("terveys-paihde") == 114);
    CHECK(both.maker.of_code("client") == 149);
    CHECK(both.maker.of_code("relative") == 57);
    CHECK(figures.requests.authority.of_code("avi-esavi") * 100 == figures.requests.registered * 60);
}

TEST_CASE("figures of the demo: 2,028 matters in January to September 2016", "[demo]") {
    const auto& made = demo();
    const auto figures = made.model.read([&](const projections::Views& views) {
        projections::FiguresQuery query;
        query.period = {std::chrono::year(2016) / 1, std::chrono::year(2016) / 9};
        return projections::ombudsman_figures(views, made.viewer("ombudsman"), {views.position, made.today()},
                                              Language::Finnish, query);
    });
    CHECK(figures.matters == 2028);
    CHECK(figures.matter_sector.of_code("social") * 2 == figures.matter_sector.of_code("health"));
    CHECK(figures.follow_ups > 0);
}

TEST_CASE("every demo login works with the stated password", "[demo]") {
    auto& made = demo();
    CHECK(made.summary.logins.size() == 14);
    for (const auto& login : made.summary.logins) {
        const auto user = made.viewer(login.login).user_id;
        CHECK(made.accounts.verify(user, made.summary.password));
    }
}

TEST_CASE("work lists of the demo have something to show around today", "[demo]") {
    auto& made = demo();
    const auto today = made.today();
    const auto overview = made.model.read([&](const projections::Views& views) {
        projections::DeadlinesQuery query;
        return projections::deadlines(views, made.store->events(), made.viewer("registrar"),
                                      {views.position, today}, Language::Finnish, query)
            .message;
    });
    CHECK(made.summary.open == 14);
    CHECK(overview.due_soon() >= 1);
    CHECK(overview.overdue() >= 2);
}

TEST_CASE("the demo can be made on any day of the year", "[demo]") {
    const std::vector<domain::Date> days{std::chrono::year(2026) / 1 / 1, std::chrono::year(2027) / 6 / 25,
                                         std::chrono::year(2028) / 2 / 29};
    for (const auto today : days) {
        INFO(domain::to_string(today));
        const MadeDemo made(today);
        CHECK(made.summary.contacts > 3000);
    }
}

TEST_CASE("a demo is made only where nothing is", "[demo]") {
    auto& made = demo();
    const auto again = make_demo(made.execution, made.accounts);
    REQUIRE_FALSE(again);
    CHECK(again.error().text == "demo.not_empty");
}

TEST_CASE("the legal area reads its own figures and the ombudsmen's released totals", "[demo]") {
    const auto html = report::to_html(demo().report(of_year(2018, Area::Legal)));
    CHECK(printed(html, "legal-by-department").back() ==
          std::vector<std::string>{"Yhteensä", "576", "531", "405"});
    CHECK(printed(html, "sector").front() == std::vector<std::string>{"Terveydenhuolto", "988", "63\u00a0%"});
}

TEST_CASE("who does not work in an area gets a report without its figures", "[demo]") {
    const auto csv = demo().model.read([](const projections::Views& views) {
        return report::to_csv(report::report(views, demo().viewer("lawyer"), of_year(2018), Language::English,
                                             {views.position, demo().today()}));
    });
    CHECK(csv.find("1565") == std::string::npos);
    CHECK(csv.find("576") == std::string::npos);
}

TEST_CASE(
    "the demo has a published report of each area, the draft after one and the signed one after the other",
    "[demo]") {
    auto& made = demo();
    CHECK(made.summary.publications == 4);
    const auto stages = made.model.read([](const projections::Views& views) {
        std::map<std::string, std::string> out;
        for (const auto* shelved : views.publications->all()) {
            out[shelved->opened().publication_kind() + " " + shelved->opened().first_month()] =
                domain::publication::stage_text(shelved->facts);
        }
        return out;
    });
    CHECK(stages == std::map<std::string, std::string>{{"annual 2016-01", "publication.stage.published"},
                                                       {"annual 2018-01", "publication.stage.draft"},
                                                       {"legal 2017-01", "publication.stage.published"},
                                                       {"legal 2018-01", "publication.stage.signed"}});
}

TEST_CASE("the demo's draft names figures that are there, and shows what became of the proposals before it",
          "[demo]") {
    auto& made = demo();
    const api::Editions editions(*made.store, made.model);
    const auto draft = made.model.read([](const projections::Views& views) {
        std::string id;
        for (const auto* shelved : views.publications->all()) {
            if (shelved->facts.stage == domain::publication::Stage::Draft) id = shelved->id;
        }
        return id;
    });
    CHECK(api::unknown_figures(editions, made.model, draft, made.today()).empty());
    for (const auto language : {Language::Finnish, Language::Swedish}) {
        const auto content = made.model.read(
            [&](const projections::Views& views) { return editions.content(views, draft, language); });
        CHECK(content.texts.size() == 1);
        CHECK(content.texts.at(0).language == language);
        CHECK(content.earlier_period == "2016");
        std::vector<std::string> answers;
        for (const auto& each : content.earlier_proposals) answers.push_back(each.answer);
        CHECK(answers == std::vector<std::string>{"accepted", "partly", "accepted"});
        CHECK(content.earlier_proposals.at(1).follow_ups.at(0).progress == "done");
    }
    // It waits for somebody other than its author.
    const auto lacking =
        domain::publication::missing(editions.state(draft, made.store->events().head().position));
    REQUIRE(lacking.size() == 1);
    CHECK(lacking.at(0).text == "publication.example_unconfirmed");
}
