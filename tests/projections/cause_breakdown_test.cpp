#include "projections/cause_breakdown.hpp"

#include <catch2/catch.hpp>

#include "tests/projections/written_log.hpp"

namespace vastine::projections::tests {
namespace {

// kind|cause|unit|period -> count
std::map<std::string, std::uint64_t> cells(const CauseBreakdown& breakdown) {
    std::map<std::string, std::uint64_t> all;
    for (const auto& cell : breakdown.cells()) {
        all[cell.kind() + '|' + cell.cause() + '|' + cell.unit() + '|' + cell.period()] = cell.count();
    }
    return all;
}
using Cells = std::map<std::string, std::uint64_t>;

TEST_CASE("contacts and matters are counted apart", "[cause_breakdown]") {
    WrittenLog log;
    write_units(log);
    log.add("contact-" + uuid(1),
            contact({.matters = {{.causes = {"patient-care"}}, {.causes = {"patient-conduct"}}}}))
        .add("contact-" + uuid(2), contact({.matters = {{.causes = {"patient-care"}}}}));
    Live live(log);
    const auto found = live.ask(cause_breakdown, viewer(OMBUDSMAN), "2018-12-31", CauseBreakdownQuery{});
    CHECK(cells(found.message) == Cells{{"contact|patient-care|sairaala-osasto|2018-03", 2},
                                        {"matter|patient-care|sairaala-osasto|2018-03", 2},
                                        {"matter|patient-conduct|sairaala-osasto|2018-03", 1}});
}

TEST_CASE("a follow-up counts as a contact under the matter it follows, and no matter again",
          "[cause_breakdown]") {
    WrittenLog log;
    write_units(log);
    log.add("contact-" + uuid(1),
            contact({.matters = {{.causes = {"patient-care"}}, {.causes = {"patient-conduct"}}}}))
        .add("contact-" + uuid(2), contact({.first = false, .matters = {}, .follows_up = {{uuid(1), "m2"}}}));
    Live live(log);
    const auto found =
        cells(live.ask(cause_breakdown, viewer(OMBUDSMAN), "2018-12-31", CauseBreakdownQuery{}).message);
    CHECK(found.at("contact|patient-conduct|sairaala-osasto|2018-03") == 1);
    CHECK(found.at("matter|patient-conduct|sairaala-osasto|2018-03") == 1);
}

TEST_CASE("cases are broken down by month, quarter or year", "[cause_breakdown]") {
    WrittenLog log;
    write_units(log);
    log.add("reminder-" + uuid(1), reminder({.arrived_on = "2018-03-31"}))
        .add("reminder-" + uuid(2), reminder({.arrived_on = "2018-04-01"}))
        .add("reminder-" + uuid(3), imported({.arrived_on = "2018-06-30"}, "2018-07-01", 1, true));
    Live live(log);
    const auto by = [&](PeriodLength length) {
        CauseBreakdownQuery query;
        query.period = length;
        return cells(live.ask(cause_breakdown, viewer(LAWYER), "2018-12-31", query).message);
    };
    CHECK(by(PeriodLength::Month) == Cells{{"reminder|care|sairaala-osasto|2018-03", 1},
                                           {"reminder|care|sairaala-osasto|2018-04", 1},
                                           {"reminder|care|sairaala-osasto|2018-06", 1}});
    CHECK(by(PeriodLength::Quarter) ==
          Cells{{"reminder|care|sairaala-osasto|2018-Q1", 1}, {"reminder|care|sairaala-osasto|2018-Q2", 2}});
    CHECK(by(PeriodLength::Year) == Cells{{"reminder|care|sairaala-osasto|2018", 3}});
}

TEST_CASE("a case of several units counts once, under the first that was asked for", "[cause_breakdown]") {
    WrittenLog log;
    write_units(log);
    auto two = reminder();
    two.mutable_given()->mutable_opening()->add_units("perhe-neuvola");
    log.add("reminder-" + uuid(1), two);
    Live live(log);
    const auto in = [&](const std::string& unit) {
        CauseBreakdownQuery query;
        query.unit = unit;
        return cells(live.ask(cause_breakdown, viewer(LAWYER), "2018-12-31", query).message);
    };
    CHECK(in("") == Cells{{"reminder|care|sairaala-osasto|2018-03", 1}});
    CHECK(in("perhe-sosiaali") == Cells{{"reminder|care|perhe-neuvola|2018-03", 1}});
    CHECK(in("sairaala-osasto-1").empty());
}

TEST_CASE("a case whose key is gone counts under its department, and the breakdown says so",
          "[cause_breakdown]") {
    WrittenLog log;
    write_units(log);
    log.add("reminder-" + uuid(1), reminder()).add("reminder-" + uuid(2), reminder());
    log.add("contact-" + uuid(3), contact());
    log.destroy_key("reminder-" + uuid(1)).destroy_key("contact-" + uuid(3));
    Live live(log);
    const auto all = live.ask(cause_breakdown, viewer(LAWYER), "2018-12-31", CauseBreakdownQuery{}).message;
    CHECK(cells(all) ==
          Cells{{"reminder|care|sairaala|2018-03", 1}, {"reminder|care|sairaala-osasto|2018-03", 1}});
    CHECK(all.fallen_back() == 1);
    // Below the department nobody can tell any more: not counted, but said.
    CauseBreakdownQuery query;
    query.unit = "sairaala-osasto";
    const auto below = live.ask(cause_breakdown, viewer(LAWYER), "2018-12-31", query).message;
    CHECK(cells(below) == Cells{{"reminder|care|sairaala-osasto|2018-03", 1}});
    CHECK(below.fallen_back() == 1);
    const auto contacts =
        live.ask(cause_breakdown, viewer(OMBUDSMAN), "2018-12-31", CauseBreakdownQuery{}).message;
    CHECK(cells(contacts) ==
          Cells{{"contact|patient-care|sairaala|2018-03", 1}, {"matter|patient-care|sairaala|2018-03", 1}});
    CHECK(contacts.fallen_back() == 1);
}

TEST_CASE("the way down to the cases is for those who may open them", "[cause_breakdown]") {
    WrittenLog log;
    write_units(log);
    log.add("reminder-" + uuid(1), reminder())
        .add("reminder-" + uuid(2),
             reminder({.unit = "perhe-neuvola", .department = "perhe-sosiaali", .sector = "social"}));
    Live live(log);
    CauseBreakdownQuery down;
    down.drill_down = true;
    const auto whole = live.ask(cause_breakdown, viewer(LAWYER), "2018-12-31", down);
    CHECK(whole.message.rows_size() == 2);
    CHECK(whole.case_ids.size() == 2);
    const auto social = live.ask(cause_breakdown, viewer(LAWYER, {}, {"social"}), "2018-12-31", down);
    CHECK(social.message.cells_size() == 2);  // totals of the whole area
    CHECK(ids(social.message.rows()) == std::vector{uuid(2)});
    CHECK(social.case_ids == std::vector{uuid(2)});
    CHECK(live.ask(cause_breakdown, viewer(LAWYER), "2018-12-31", CauseBreakdownQuery{}).case_ids.empty());
}

TEST_CASE("the wall: a breakdown counts the own area only", "[cause_breakdown]") {
    WrittenLog log;
    write_units(log);
    log.add("reminder-" + uuid(1), reminder()).add("contact-" + uuid(2), contact());
    Live live(log);
    const auto own =
        live.ask(cause_breakdown, viewer(OMBUDSMAN), "2018-12-31", CauseBreakdownQuery{}).message;
    CHECK(own.cells_size() == 2);
    for (const auto& cell : own.cells()) {
        CHECK((cell.kind() == "contact" || cell.kind() == "matter"));
    }
    const auto legal =
        live.ask(cause_breakdown, viewer(REGISTRAR), "2018-12-31", CauseBreakdownQuery{}).message;
    CHECK(cells(legal) == Cells{{"reminder|care|sairaala-osasto|2018-03", 1}});
    CHECK(live.ask(cause_breakdown, viewer(ADMINISTRATOR), "2018-12-31", CauseBreakdownQuery{})
              .message.cells_size() == 0);
}

TEST_CASE("a breakdown keeps to the months and causes asked for", "[cause_breakdown]") {
    WrittenLog log;
    write_units(log);
    log.add("reminder-" + uuid(1), reminder({.arrived_on = "2018-01-10"}))
        .add("reminder-" + uuid(2), reminder({.arrived_on = "2018-02-10"}))
        .add("reminder-" + uuid(3), reminder({.arrived_on = "2018-02-11", .cause = "conduct"}))
        .add("complaint-" + uuid(4), complaint({.arrived_on = "2018-02-12"}));
    Live live(log);
    const auto found = live.ask(
        cause_breakdown, viewer(LAWYER), "2018-12-31",
        CauseBreakdownQuery{
            .kinds = {"reminder"}, .causes = {"care"}, .first_month = "2018-02", .last_month = "2018-02"});
    CHECK(cells(found.message) == Cells{{"reminder|care|sairaala-osasto|2018-02", 1}});
}

}  // namespace
}  // namespace vastine::projections::tests
