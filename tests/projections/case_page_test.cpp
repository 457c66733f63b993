#include "projections/case_page.hpp"

#include <catch2/catch.hpp>

#include "tests/projections/written_log.hpp"

namespace vastine::projections::tests {
namespace {

const std::string stream = "reminder-" + uuid(1);
const CasePageQuery page_1{REMINDER, uuid(1)};

void write_reminder(WrittenLog& log) {
    write_units(log);
    UserSet user;
    user.set_user_id(uuid(0xaa));
    user.mutable_given()->set_user_id(uuid(0xaa));
    user.mutable_given()->set_login("kirjaaja");
    user.mutable_given()->set_name("Kirsi Kirjaaja");
    log.add("reference-users", user)
        .on("2018-03-01")
        .add(stream, reminder())
        .on("2018-03-02")
        .add(stream, assigned(me));
}

TEST_CASE("a case page shows its row, its dates and every event opened", "[case_page]") {
    WrittenLog log;
    write_reminder(log);
    Live live(log);
    const auto page = live.ask(case_page, viewer(LAWYER), "2018-03-25", page_1);
    REQUIRE(page);
    const auto& shown = page->message;
    CHECK(shown.version() == 2);
    CHECK(shown.row().diary_number() == "VAS 1/2018");
    CHECK(shown.row().handler() == me);
    REQUIRE(shown.timeline_size() == 2);
    CHECK(shown.timeline(0).actor_name() == "Kirsi Kirjaaja");
    CHECK(shown.timeline(0).type() == "vastine.ReminderRegistered");
    CHECK(shown.timeline(0).title() == domain::text("event.ReminderRegistered", Language::English));
    CHECK(shown.timeline(0).event_json().find("\"arrived_on\":\"2018-03-01\"") != std::string::npos);
    CHECK(shown.timeline(0).event_json().find("Odotin vastausta viikon") != std::string::npos);
    CHECK(shown.timeline(1).recorded_at().seconds() ==
          noon("2018-03-02").time_since_epoch().count() / 1'000'000);
    REQUIRE(shown.due_dates_size() == 1);
    CHECK(shown.due_dates(0).what() == "answer");
    CHECK(shown.due_dates(0).due_by() == "2018-03-29");
    CHECK(shown.due_dates(0).urgency() == "due-soon");
    CHECK(page->case_ids == std::vector{uuid(1)});
}

TEST_CASE("the stage of a list's row is the one the decider says", "[case_page]") {
    WrittenLog log;
    write_reminder(log);
    Live live(log);
    const auto page = live.ask(case_page, viewer(LAWYER), "2018-03-25", page_1);
    CHECK(page->message.row().stage() == "stage.assigned");
    CHECK(page->message.row().next_step().starts_with("next."));
}

TEST_CASE("a page offers what the case takes now and the viewer may give", "[case_page]") {
    WrittenLog log;
    write_reminder(log);
    Live live(log);
    const auto possible = [&](const domain::Viewer& who) {
        const auto page = live.ask(case_page, who, "2018-03-25", page_1);
        return std::set<std::string>(page->message.possible().begin(), page->message.possible().end());
    };
    const auto registrar = possible(viewer(REGISTRAR));
    const auto head = possible(viewer(UNIT_HEAD, {"sairaala"}));
    CHECK(registrar.contains("acknowledge"));
    CHECK(head.contains("draft"));
    CHECK_FALSE(registrar.contains("draft"));
    CHECK_FALSE(registrar.contains(""));
    CHECK_FALSE(registrar.contains("import"));
}

TEST_CASE("a page that may not be seen cannot be told from one that is not there", "[case_page]") {
    WrittenLog log;
    write_reminder(log);
    log.add(stream, disqualified(uuid(0xee), uuid(0xcc)));
    Live live(log);
    auto closed_to = viewer(LAWYER);
    closed_to.user_id = uuid(0xee);
    CHECK_FALSE(live.ask(case_page, closed_to, "2018-03-25", page_1));
    for (const auto role : {OMBUDSMAN, HEAD_OMBUDSMAN, BOARD, AUDITOR, ADMINISTRATOR}) {
        CHECK_FALSE(live.ask(case_page, viewer(role), "2018-03-25", page_1));
    }
    CHECK_FALSE(live.ask(case_page, viewer(UNIT_HEAD, {"perhe-sosiaali"}), "2018-03-25", page_1));
    CHECK_FALSE(live.ask(case_page, viewer(LAWYER), "2018-03-25", CasePageQuery{REMINDER, uuid(77)}));
    CHECK_FALSE(live.ask(case_page, viewer(LAWYER), "2018-03-25", CasePageQuery{COMPLAINT, uuid(1)}));
}

TEST_CASE("a page as of an older position shows nothing that came later", "[case_page]") {
    WrittenLog log;
    write_reminder(log);
    const auto then = log.head();
    log.on("2018-03-20").add(stream, reply_sent("2018-03-20", 19, true)).add(stream, closed("2018-03-20"));
    ReadModel model(log.events());
    model.catch_up(log.head());
    const auto views = model.as_of(then);
    const auto page =
        case_page(*views, log.events(), viewer(LAWYER), {then, day("2018-03-05")}, Language::Finnish, page_1);
    REQUIRE(page);
    CHECK(page->message.timeline_size() == 2);
    CHECK(page->message.version() == 2);
    CHECK_FALSE(page->message.row().ended());
    CHECK(page->message.due_dates(0).met_on().empty());
}

TEST_CASE("a page whose key is gone shows the facts and names no personal data as shown", "[case_page]") {
    WrittenLog log;
    write_reminder(log);
    log.destroy_key(stream);
    Live live(log);
    const auto page = live.ask(case_page, viewer(LAWYER), "2018-03-25", page_1);
    REQUIRE(page);
    CHECK(page->message.key_gone());
    CHECK(page->message.timeline_size() == 2);
    CHECK(page->message.timeline(0).event_json().find("Odotin") == std::string::npos);
    CHECK(page->message.row().cause() == "care");
    CHECK(page->case_ids.empty());
}

}  // namespace
}  // namespace vastine::projections::tests
