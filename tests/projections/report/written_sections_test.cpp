// What people wrote comes into the report: where it is read, whose it is, and what became of proposals.
#include "projections/report/written_sections.hpp"

#include <catch2/catch.hpp>

#include "projections/report/prose.hpp"
#include "tests/projections/report/finding.hpp"
#include "tests/projections/report/proposals.hpp"
#include "tests/projections/report/sample.hpp"

using namespace vastine;
using namespace vastine::projections::report;
using domain::Language;
namespace publication = domain::publication;

namespace {

WrittenText text(std::string section, std::string markdown, Language language = Language::English) {
    return {std::move(section), std::move(markdown), language};
}
ProposalItem to_hospital(std::string id, std::string markdown) {
    return proposal(std::move(id), std::move(markdown), "Hospital services", Language::English);
}
Report written(const Content& content, Language language = Language::English) {
    auto report = report_of(sample::figures(), sample::reference(), language,
                            {store::Position{4567}, std::chrono::year(2019) / 2 / 3}, content);
    add_written(report, content, sample::reference());
    return report;
}
Content signed_content() {
    Content out;
    out.of_publication = true;
    out.edition = 1;
    out.signed_on = "2019-02-03";
    return out;
}
const Notice* notice(const Report& report, const std::string& id) {
    for (const auto& each : report.notices) {
        if (each.id == id) return &each;
    }
    return nullptr;
}
std::vector<std::string> said(const Item& item, const std::string& term) {
    for (const auto& fact : item.facts) {
        if (fact.term != term) continue;
        std::vector<std::string> out;
        for (const auto& each : fact.said) out.push_back(each.text);
        return out;
    }
    return {};
}
std::vector<std::string> said_in(const Item& item, Language language) {
    std::vector<std::string> out;
    for (const auto& fact : item.facts) {
        for (const auto& each : fact.said) {
            if (each.language == language) out.push_back(each.text);
        }
    }
    return out;
}

}  // namespace

TEST_CASE("without words the report is as it was counted", "[report][written]") {
    CHECK(to_json(written({})) == to_json(sample::report(Language::English)));
}

TEST_CASE("a draft in which nothing is written yet is marked as a draft", "[report][written]") {
    Content empty;
    empty.of_publication = true;
    const auto report = written(empty);
    CHECK(report.mark == domain::text("report.draft.mark", Language::English));
    REQUIRE(notice(report, "draft") != nullptr);
}

TEST_CASE("what an addressee answered and did since keeps the language it is in", "[report][written]") {
    auto content = signed_content();
    auto answered = to_hospital("p1", "Answer sooner.");
    answered.answer = "accepted";
    answered.measures = "Ett nytt skift";
    answered.measures_language = Language::Swedish;
    answered.follow_ups = {{"under-way", "Skiftet har börjat.", "2018-06-01", Language::Swedish},
                           {"done", "It works.", "2018-12-01", Language::English}};
    content.proposals = {answered};
    const auto report = written(content);
    const auto items = finding::blocks<Item>(*finding::section(report.sections, "proposals"));
    REQUIRE(items.size() == 1);
    CHECK(said_in(items.at(0), Language::Swedish) ==
          std::vector<std::string>{"Ett nytt skift", "Skiftet har börjat."});
    // No sentence is of two languages.
    CHECK(said(items.at(0), "What has been done") ==
          std::vector<std::string>{"1 June 2018: Under way", "Skiftet har börjat.",
                                   "1 December 2018: Done. It works."});
    CHECK(said_in(items.at(0), Language::English).empty());
}

TEST_CASE("what a correction changed keeps the language it is in", "[report][written]") {
    auto content = signed_content();
    content.edition = 2;
    content.what_changed = "Tabell 3.";
    content.what_changed_language = Language::Swedish;
    CHECK(written(content).notices.front().language == Language::Swedish);
    CHECK_FALSE(written(content, Language::Swedish).notices.front().language);
}

TEST_CASE("a whole report has all its sections in their usual order", "[report][written]") {
    auto content = signed_content();
    content.texts = {text("proposals", "What we propose."), text("development", "Rights developed."),
                     text("summary", "In short.")};
    content.proposals = {to_hospital("p1", "Answer sooner.")};
    content.steps = {{"NotingRecorded", "2019-04-01", "County executive", "§ 77", {}, {}, 1}};
    CHECK(finding::ids(written(content).sections) ==
          std::vector<std::string>{"summary", "basis", "method", "volumes", "people", "causes", "services",
                                   "measures", "legal", "development", "proposals", "handling", "appendix"});
}

TEST_CASE("words are read before the tables and charts they rest on", "[report][written]") {
    auto content = signed_content();
    content.texts = {text("measures", "We mostly advise.")};
    const auto report = written(content);
    const auto* measures = finding::section(report.sections, "measures");
    REQUIRE(measures != nullptr);
    std::size_t words = 0;
    std::size_t evidence = 0;
    for (std::size_t i = 0; i < measures->blocks.size(); ++i) {
        if (std::holds_alternative<Prose>(measures->blocks[i])) words = i;
        const bool shown = std::holds_alternative<Table>(measures->blocks[i]) ||
                           std::holds_alternative<Chart>(measures->blocks[i]);
        if (shown && evidence == 0) evidence = i;
    }
    CHECK(words > 0);
    CHECK(words < evidence);
}

TEST_CASE("the caveat stays the last word of the summary", "[report][written]") {
    auto content = signed_content();
    content.texts = {text("summary", "In short.")};
    const auto report = written(content);
    const auto& blocks = finding::section(report.sections, "summary")->blocks;
    CHECK(std::holds_alternative<Notice>(blocks.back()));
    CHECK(std::holds_alternative<Prose>(blocks.at(blocks.size() - 2)));
}

TEST_CASE("every service task has a section of its own to be written in", "[report][written]") {
    const auto reference = sample::reference();
    for (const auto& code : reference.code_set_versions("service_task").back()->given.codes()) {
        INFO(code.code());
        const auto* section = reference.code("report_section", "services-" + code.code());
        REQUIRE(section != nullptr);
        CHECK(section->name().sv() == code.name().sv());
    }
}

TEST_CASE("what is written of a service stands with its figures, or alone when there are none",
          "[report][written]") {
    auto content = signed_content();
    content.texts = {text("services-hospital", "Wards are full."), text("services-dental", "Queues grew.")};
    const auto report = written(content);
    const auto* hospital = finding::section(report.sections, "services-hospital");
    REQUIRE(hospital != nullptr);
    CHECK(finding::blocks<Paragraph>(*hospital).at(0).text.find("1,000 matters, 53%") == 0);
    CHECK(plain(finding::blocks<Prose>(*hospital).at(0)) == "Wards are full.");
    const auto* dental = finding::section(report.sections, "services-dental");
    REQUIRE(dental != nullptr);
    CHECK(dental->heading == "Dental care");
    CHECK(plain(finding::blocks<Prose>(*dental).at(0)) == "Queues grew.");
    CHECK(finding::section(report.sections, "services")->subsections.back().id == "services-dental");
}

TEST_CASE("a text that names a figure shows the report's own, in the language of the text",
          "[report][written]") {
    auto content = signed_content();
    content.texts = {text("volumes", "All in all {{sector/total/count}} contacts."),
                     text("people", "Kaikkiaan {{sector/total/count}}.", Language::Finnish)};
    const auto report = written(content);
    CHECK(faults_of(report).empty());
    const auto words = finding::blocks<Prose>(*finding::section(report.sections, "volumes")).at(0);
    CHECK(plain(words) == "All in all 1,565 contacts.");
    const auto finnish = finding::blocks<Prose>(*finding::section(report.sections, "people")).at(0);
    CHECK(finnish.language == Language::Finnish);
    CHECK(plain(finnish) == "Kaikkiaan 1\u00a0565.");
}

TEST_CASE("a draft is marked as one and lists plainly what is named in vain", "[report][written]") {
    Content draft;
    draft.of_publication = true;
    draft.texts = {text("volumes", "{{sector/helth/count}} contacts, {{sector/total/count}} in all.")};
    const auto report = written(draft);
    CHECK(report.mark == "Draft, internal");
    REQUIRE(notice(report, "draft") != nullptr);
    const auto* unresolved = notice(report, "unresolved");
    REQUIRE(unresolved != nullptr);
    REQUIRE(unresolved->items.size() == 1);
    CHECK(unresolved->items[0].find("sector/helth/count") != std::string::npos);
    CHECK(unresolved->items[0].find("sector/health/count") != std::string::npos);
    draft.texts = {text("volumes", "Nothing is named.")};
    CHECK(notice(written(draft), "unresolved") == nullptr);
}

TEST_CASE("examples are set apart and said to be composed", "[report][written]") {
    auto content = signed_content();
    content.examples = {text("services-hospital", "A patient waited."), text("causes", "A letter."),
                        text("causes", "A call.")};
    const auto report = written(content);
    const auto* hospital = finding::section(report.sections, "services-hospital");
    const auto one = finding::blocks<Item>(*hospital);
    REQUIRE(one.size() == 1);
    CHECK(one[0].heading == "Example");
    CHECK(plain(one[0].text) == "A patient waited.");
    const auto intro = finding::blocks<Paragraph>(*hospital).back().text;
    CHECK(intro == "The example was composed for this publication and describes nobody's real case.");
    const auto two = finding::blocks<Item>(*finding::section(report.sections, "causes"));
    REQUIRE(two.size() == 2);
    CHECK(two[1].heading == "Example 2");
}

TEST_CASE("a proposal is an item with its addressee and the day it is wanted by", "[report][written]") {
    auto content = signed_content();
    content.proposals = {to_hospital("p1", "Answer *sooner*."), to_hospital("p3", "Write plainly.")};
    const auto report = written(content);
    const auto items = finding::blocks<Item>(*finding::section(report.sections, "proposals"));
    REQUIRE(items.size() == 2);
    CHECK(items[0].heading == "Proposal 1/2018");
    CHECK(plain(items[0].text) == "Answer sooner.");
    CHECK(said(items[0], "Addressed to") == std::vector<std::string>{"Hospital services"});
    CHECK(said(items[0], "About") == std::vector<std::string>{"Observations by service"});
    CHECK(said(items[0], "Wanted by") == std::vector<std::string>{"30 June 2019"});
    // Nobody can have answered what is only now signed.
    CHECK(said(items[0], "Answer").empty());
}

TEST_CASE("last year's proposals come back with what became of them, and the summary says so",
          "[report][written]") {
    auto content = signed_content();
    content.earlier_period = "2017";
    auto accepted = to_hospital("p1", "Answer sooner.");
    accepted.answer = "accepted";
    accepted.measures = "A second secretary.";
    accepted.measures_language = Language::English;
    accepted.done_by = "2018-12-31";
    accepted.follow_ups = {{"under-way", "Recruiting.", "2018-09-01", Language::English},
                           {"done", "", "2018-12-15"}};
    content.earlier_proposals = {accepted, to_hospital("p2", "Write plainly.")};
    const auto report = written(content);
    const auto* earlier = finding::section(report.sections, "earlier-proposals");
    REQUIRE(earlier != nullptr);
    const auto items = finding::blocks<Item>(*earlier);
    REQUIRE(items.size() == 2);
    CHECK(items[0].heading == "Proposal 1/2017");
    CHECK(said(items[0], "Answer") == std::vector<std::string>{"Accepted"});
    CHECK(said(items[0], "Measures") == std::vector<std::string>{"A second secretary."});
    CHECK(said(items[0], "To be done by") == std::vector<std::string>{"31 December 2018"});
    CHECK(said(items[0], "What has been done") ==
          std::vector<std::string>{"1 September 2018: Under way. Recruiting.", "15 December 2018: Done"});
    CHECK(said(items[1], "Answer") == std::vector<std::string>{"No answer yet"});
    CHECK(said(items[1], "What has been done") == std::vector<std::string>{"Nothing has been reported"});
    const std::string told =
        "2 proposals were made the time before (2017). Answers: accepted 1, accepted in part 0, "
        "not accepted 0, not answered 1. Done: 1; under way: 0.";
    CHECK(finding::blocks<Paragraph>(*earlier).at(0).text == told);
    const auto summary = finding::blocks<Paragraph>(*finding::section(report.sections, "summary"));
    CHECK(std::any_of(summary.begin(), summary.end(),
                      [&](const Paragraph& each) { return each.text == told; }));
}

TEST_CASE("that no proposals were made the time before is said too", "[report][written]") {
    auto content = signed_content();
    content.earlier_period = "2017";
    const auto report = written(content);
    CHECK(finding::blocks<Paragraph>(*finding::section(report.sections, "earlier-proposals")).at(0).text ==
          "No proposals were made the time before (2017).");
}

TEST_CASE("the way of a report is told step by step", "[report][written]") {
    auto content = signed_content();
    content.steps = {
        {"StatementRecorded", "2019-03-12", "Social and health committee", "§ 45", "We *thank*.", {}, 1},
        {"NotingRecorded", "2019-04-01", "County executive", "§ 77", {}, {}, 1},
        {"SendingRecorded", "2019-04-10", "City of Vantaa", {}, "municipality", {}, 1}};
    const auto report = written(content);
    CHECK(report.subtitle.find("Edition 1, signed on 3 February 2019") != std::string::npos);
    const auto* handling = finding::section(report.sections, "handling");
    REQUIRE(handling != nullptr);
    CHECK(finding::blocks<BulletList>(*handling).at(0).items ==
          std::vector<std::string>{"Edition 1, signed on 3 February 2019",
                                   "Noted: County executive, 1 April 2019, § 77",
                                   "Sent for information: City of Vantaa (Municipality), 10 April 2019"});
    const auto statements = finding::blocks<Item>(*handling);
    REQUIRE(statements.size() == 1);
    CHECK(statements[0].heading == "Statement: Social and health committee, 12 March 2019, § 45");
    CHECK(plain(statements[0].text) == "We thank.");
}

TEST_CASE("a corrected edition says first what has changed", "[report][written]") {
    auto content = signed_content();
    content.edition = 2;
    content.what_changed = "Table 3 counted May twice.";
    content.what_changed_language = Language::English;
    const auto report = written(content);
    CHECK(report.notices.front().heading == "Corrected edition 2: what has changed");
    CHECK(report.notices.front().text == "Table 3 counted May twice.");
}

TEST_CASE("nothing that somebody wrote is left out, even of a section that the report does not have",
          "[report][written]") {
    auto content = signed_content();
    content.texts = {text("systematic", "It is systematic."), text("unheard-of", "Words.")};
    const auto report = written(content);
    const auto order = finding::ids(report.sections);
    CHECK(finding::section(report.sections, "systematic") != nullptr);
    CHECK(finding::section(report.sections, "unheard-of") != nullptr);
    CHECK(order.back() == "appendix");
}

TEST_CASE("a report with words is whole in Finnish and Swedish too", "[report][written]") {
    Content draft;
    draft.of_publication = true;
    draft.texts = {text("development", "Sanoja.", Language::Finnish)};
    draft.examples = {text("causes", "Esimerkki.", Language::Finnish)};
    draft.proposals = {to_hospital("p1", "Ehdotus.")};
    draft.earlier_period = "2017";
    draft.earlier_proposals = {to_hospital("p1", "Ehdotus.")};
    for (const auto language : {Language::Finnish, Language::Swedish}) {
        const auto html = to_html(written(draft, language));
        CHECK(html.find(domain::text("report.draft.mark", language)) != std::string::npos);
        CHECK(html.find("{") == html.find("{", 0));
        CHECK(finding::section(written(draft, language).sections, "earlier-proposals") != nullptr);
    }
}
