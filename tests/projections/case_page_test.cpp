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

TEST_CASE("what we sent shows the day on which it is presumed to have come", "[case_page]") {
    WrittenLog log;
    write_reminder(log);
    const auto notified = [](const std::string& channel) {
        Notified event;
        event.mutable_given()->set_notified_on("2018-03-05");
        event.mutable_given()->set_channel(channel);
        return event;
    };
    log.add(stream, notified("letter"))
        .add(stream, notified("email"))
        .add(stream, notified("phone"))
        .add(stream, reply_sent("2018-03-20", 19, true));  // by letter
    Live live(log);
    const auto page = live.ask(case_page, viewer(LAWYER), "2018-03-25", page_1)->message;
    std::vector<std::string> presumed;
    for (const auto& entry : page.timeline()) presumed.push_back(entry.presumed_received_on());
    CHECK(presumed == std::vector<std::string>{"", "", "2018-03-12", "2018-03-08", "", "2018-03-27"});
}

// ---- the clock ----

std::vector<std::string> story(const CasePage& page) {
    std::vector<std::string> all;
    for (const auto& entry : page.clock()) all.push_back(entry.on() + ' ' + entry.what());
    return all;
}

TEST_CASE("a page tells the clock's story, and that the date was missed while the clock ran", "[case_page]") {
    WrittenLog log;
    write_reminder(log);
    log.add(stream, completion_asked("2018-03-10"))
        .add(stream, completion_received("2018-03-15", 5, due("2018-04-03", "2018-03-06")));
    const auto asked_on = [&](const std::string& on) {
        Live live(log);
        return live.ask(case_page, viewer(LAWYER), on, page_1)->message;
    };
    const std::vector<std::string> told{"2018-03-01 started", "2018-03-10 paused", "2018-03-15 resumed"};
    CHECK(story(asked_on("2018-04-03")) == told);
    auto missed = told;
    missed.emplace_back("2018-04-04 missed");
    CHECK(story(asked_on("2018-04-04")) == missed);
    CHECK(asked_on("2018-04-04").clock(3).text() == "The due date, 3 April 2018, passed without an answer.");
    CHECK(asked_on("2018-06-01").clock(2).days() == 5);
    CHECK(asked_on("2018-06-01").clock(2).due_by() == "2018-04-03");
    log.add(stream, extended("2018-04-10", "2018-05-10", 37))
        .add(stream, reply_sent("2018-05-08", 68, false));
    missed.emplace_back("2018-04-10 extended");
    missed.emplace_back("2018-05-08 satisfied");
    CHECK(story(asked_on("2018-06-01")) == missed);
}

TEST_CASE("a date is not missed while the clock waits", "[case_page]") {
    WrittenLog log;
    write_reminder(log);
    log.add(stream, completion_asked("2018-03-10"));
    Live live(log);
    const auto page = live.ask(case_page, viewer(LAWYER), "2018-04-15", page_1)->message;
    CHECK(story(page) == std::vector<std::string>{"2018-03-01 started", "2018-03-10 paused"});
    CHECK(page.row().paused_on() == "2018-03-10");
    REQUIRE(page.due_dates_size() >= 1);
    CHECK(page.due_dates(0).paused_on() == "2018-03-10");
    CHECK(page.due_dates(0).urgency() == "on-track");
}

TEST_CASE("a date tells its marks, and in the reader's language why it is that day", "[case_page]") {
    WrittenLog log;
    write_reminder(log);
    ReadModel model(log.events());
    model.catch_up(log.head());
    std::set<std::string> said;
    for (const auto language : {Language::Finnish, Language::Swedish, Language::English}) {
        const auto page = model.read([&](const Views& views) {
            return case_page(views, log.events(), viewer(LAWYER), {views.position, day("2018-03-25")},
                             language, page_1);
        });
        REQUIRE(page);
        const auto& answer = page->message.due_dates(0);
        CHECK(answer.warn_on() == "2018-03-22");
        CHECK(answer.escalate_on() == "2018-03-31");
        CHECK(answer.critical_on() == "2018-04-30");
        REQUIRE_FALSE(answer.why().empty());
        said.insert(answer.why(0));
        CHECK_FALSE(page->message.clock(0).text().empty());
    }
    CHECK(said.size() == 3);
}

TEST_CASE("an offered hand-over is taken by the one it is offered to, and let be by whoever it concerns",
          "[case_page]") {
    WrittenLog log;
    write_reminder(log);
    log.add(stream, offered(uuid(0xcc), uuid(0xee)));
    Live live(log);
    const auto may = [&](const std::string& who, const std::string& path) {
        auto viewing = viewer(LAWYER);
        viewing.user_id = who;
        const auto page = live.ask(case_page, viewing, "2018-03-25", page_1)->message;
        CHECK(page.hand_over_to() == uuid(0xcc));
        return std::find(page.possible().begin(), page.possible().end(), path) != page.possible().end();
    };
    CHECK(may(uuid(0xcc), "accept-hand-over"));
    CHECK(may(uuid(0xcc), "decline-hand-over"));
    CHECK_FALSE(may(me, "accept-hand-over"));
    CHECK(may(me, "decline-hand-over"));
    CHECK_FALSE(may(uuid(0xee), "accept-hand-over"));
    CHECK(may(uuid(0xee), "decline-hand-over"));
    CHECK_FALSE(may(uuid(0xdd), "accept-hand-over"));
    CHECK_FALSE(may(uuid(0xdd), "decline-hand-over"));
}

TEST_CASE("two complaints about one matter name each other, to those who may open both", "[case_page]") {
    WrittenLog log;
    write_units(log);
    log.on("2018-03-01")
        .add("complaint-" + uuid(1), complaint({.diary_number = "VAS 1/2018"}))
        .add("complaint-" + uuid(2), complaint({.diary_number = "VAS 2/2018"}));
    Linked linked;
    linked.mutable_given()->set_other(uuid(2));
    linked.mutable_given()->set_relation("same-matter");
    log.on("2018-03-02").add("complaint-" + uuid(1), linked);
    Live live(log);
    const auto related = [&](unsigned number) {
        return live.ask(case_page, viewer(LAWYER), "2018-03-25", CasePageQuery{COMPLAINT, uuid(number)});
    };
    const auto one = related(1);
    REQUIRE(one->message.related_size() == 1);
    CHECK(one->message.related(0).row().diary_number() == "VAS 2/2018");
    CHECK(one->message.related(0).relation() == "same-matter");
    CHECK(one->message.related(0).given_here());
    CHECK(one->case_ids == std::vector{uuid(1), uuid(2)});
    const auto other = related(2);
    REQUIRE(other->message.related_size() == 1);
    CHECK(other->message.related(0).row().diary_number() == "VAS 1/2018");
    CHECK_FALSE(other->message.related(0).given_here());

    log.add("complaint-" + uuid(2), disqualified(me, uuid(0xcc)));
    Live later(log);
    CHECK(later.ask(case_page, viewer(LAWYER), "2018-03-25", CasePageQuery{COMPLAINT, uuid(1)})
              ->message.related()
              .empty());
}

TEST_CASE("the target of a merge and the complaint of a request say so too", "[case_page]") {
    WrittenLog log;
    write_units(log);
    Merged merged;
    merged.mutable_given()->set_into(uuid(2));
    auto asked = request("valvira", "clarification", "2018-04-01");
    asked.mutable_given()->set_complaint_id(uuid(2));
    log.on("2018-03-01")
        .add("complaint-" + uuid(1), complaint({}))
        .add("complaint-" + uuid(2), complaint({}))
        .add("authority-request-" + uuid(3), asked)
        .add("complaint-" + uuid(1), merged);
    const auto relations_of = [&](Kind kind, unsigned number) {
        Live live(log);
        std::vector<std::string> all;
        const auto page =
            live.ask(case_page, viewer(LAWYER), "2018-03-25", CasePageQuery{kind, uuid(number)});
        for (const auto& related : page->message.related())
            all.push_back(related.relation() + (related.given_here() ? " of " : " from ") +
                          related.row().case_id());
        return all;
    };
    CHECK(relations_of(COMPLAINT, 2) == std::vector{"complaint from " + uuid(3), "merged from " + uuid(1)});
    CHECK(relations_of(COMPLAINT, 1) == std::vector{"merged of " + uuid(2)});
    // The request's complaint was named wrong.
    RequestCorrected corrected;
    corrected.mutable_given()->set_authority("valvira");
    corrected.mutable_given()->set_complaint_id(uuid(1));
    corrected.set_authority_now("valvira");
    log.add("authority-request-" + uuid(3), corrected);
    CHECK(relations_of(COMPLAINT, 2) == std::vector{"merged from " + uuid(1)});
    CHECK(relations_of(AUTHORITY_REQUEST, 3) == std::vector{"complaint of " + uuid(1)});
}

}  // namespace
}  // namespace vastine::projections::tests
