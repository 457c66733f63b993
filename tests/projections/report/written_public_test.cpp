// What people wrote, in the public form.
#include <catch2/catch.hpp>

#include "projections/report/disclosure.hpp"
#include "projections/report/prose.hpp"
#include "projections/report/written_sections.hpp"
#include "tests/projections/report/finding.hpp"
#include "tests/projections/report/sample.hpp"

using namespace vastine;
using namespace vastine::projections::report;
using domain::Language;

namespace {

Report written(const projections::AnnualFigures& figures, const Content& content) {
    auto report = report_of(figures, sample::reference(), Language::English,
                            {store::Position{4567}, std::chrono::year(2019) / 2 / 3}, content);
    add_written(report, content, sample::reference());
    return report;
}
Content content(std::uint32_t edition, std::string markdown) {
    Content out;
    out.of_publication = true;
    out.edition = edition;
    out.signed_on = "2019-02-03";
    out.texts = {{"volumes", std::move(markdown), Language::English}};
    return out;
}

}  // namespace

TEST_CASE("a figure that a text names is suppressed where its table's is", "[report][written]") {
    auto figures = sample::figures();
    figures.ombudsman->sector = sample::division("sector", projections::Whole::Contacts,
                                                 {{"health", 1414}, {"social", 147}, {"both", 4}});
    figures.ombudsman->years.back().sector = figures.ombudsman->sector;
    const auto made = public_form(written(figures, content(1, "Both: {{sector/both/count}}.")), {});
    const auto* volumes = finding::section(made.sections, "volumes");
    REQUIRE(volumes != nullptr);
    CHECK(plain(finding::blocks<Prose>(*volumes).at(0)) == "Both: ...");  // the mark, and the full stop
}

TEST_CASE("the public form of a draft is marked as a draft too", "[report][written]") {
    const auto draft = public_form(written(sample::figures(), content(0, "Words.")), {});
    CHECK(draft.mark == "Draft");
    CHECK(draft.notices.at(1).id == "draft");
    CHECK(public_form(written(sample::figures(), content(1, "Words.")), {}).mark.empty());
}
