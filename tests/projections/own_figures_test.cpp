#include "projections/own_figures.hpp"

#include <catch2/catch.hpp>

#include "tests/projections/written_log.hpp"

namespace vastine::projections::tests {
namespace {

OwnFigures counted(WrittenLog& log, const domain::Viewer& who, const std::string& on) {
    Live live(log);
    return live.figures(own_figures, who, on, OwnFiguresQuery{});
}

TEST_CASE("one's own contacts are counted by day, week and month, and nobody else's", "[own_figures]") {
    WrittenLog log;
    write_units(log);
    // 2018-03-15 is a Thursday.
    log.add("contact-" + uuid(1), contact({.contacted_on = "2018-03-15"}), me)
        .add("contact-" + uuid(2), contact({.contacted_on = "2018-03-12"}), me)
        .add("contact-" + uuid(3), contact({.contacted_on = "2018-03-11"}), me)
        .add("contact-" + uuid(4), contact({.contacted_on = "2018-02-28"}), me)
        .add("contact-" + uuid(5), contact({.contacted_on = "2018-03-15"}));
    const auto figures = counted(log, viewer(OMBUDSMAN), "2018-03-15");
    CHECK(figures.contacts_today() == 1);
    CHECK(figures.contacts_week() == 2);
    CHECK(figures.contacts_month() == 3);
    CHECK(figures.minutes_month() == 30);
    REQUIRE(figures.months_size() == 12);
    CHECK(figures.months(0).month() == "2017-04");
    CHECK(figures.months(11).month() == "2018-03");
    CHECK(figures.months(10).count() == 1);
    REQUIRE(figures.causes_size() == 1);
    CHECK(figures.causes(0).code() == "patient-care");
    CHECK(figures.causes(0).count() == 4);
    CHECK_FALSE(figures.basis().definition().empty());
}

TEST_CASE("a call back that is due today or was is told, one of tomorrow is not", "[own_figures]") {
    WrittenLog log;
    write_units(log);
    log.add("contact-" + uuid(1), contact({.call_back_on = "2018-03-02"}), me)
        .add("contact-" + uuid(2), contact({.call_back_on = "2018-03-03"}), me);
    CHECK(counted(log, viewer(OMBUDSMAN), "2018-03-02").call_backs_due() == 1);
    CHECK(counted(log, viewer(OMBUDSMAN), "2018-03-03").call_backs_due() == 2);
}

TEST_CASE("a handler's open and late cases, answers and kept share are their own", "[own_figures]") {
    WrittenLog log;
    write_units(log);
    const auto add = [&](unsigned number) {
        const auto stream = "reminder-" + uuid(number);
        log.add(stream, reminder({.diary_number = "VAS " + std::to_string(number) + "/2018"}))
            .add(stream, assigned(number == 4 ? uuid(0xcc) : me));
        return stream;
    };
    add(1);
    log.add(add(2), reply_sent("2018-03-20", 19, true));
    log.add(add(3), reply_sent("2018-04-20", 50, false));
    log.add(add(4), reply_sent("2018-03-20", 19, true));
    const auto figures = counted(log, viewer(LAWYER), "2018-04-25");
    CHECK(figures.overdue() == 1);
    CHECK(figures.answer_days_median() == 35);
    CHECK(figures.kept_share() == Approx(0.5));
    CHECK(figures.months(10).count() == 3);
    CHECK(figures.months(10).answered() == 1);
    CHECK(figures.months(10).kept() == 1);
    CHECK(figures.months(11).answered() == 1);
    CHECK(figures.months(11).kept() == 0);
    CHECK(figures.contacts_month() == 0);
}

TEST_CASE("whoever has done nothing has twelve months of nothing", "[own_figures]") {
    WrittenLog log;
    write_units(log);
    const auto figures = counted(log, viewer(LAWYER), "2018-04-25");
    CHECK(figures.months_size() == 12);
    CHECK(figures.open_cases() == 0);
    CHECK(figures.kept_share() == 0);
}

}  // namespace
}  // namespace vastine::projections::tests
