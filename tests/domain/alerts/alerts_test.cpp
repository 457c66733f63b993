#include "domain/alerts/alerts.hpp"

#include <catch2/catch.hpp>

using namespace vastine;
using namespace vastine::domain;
using namespace std::chrono_literals;

namespace {

const std::string liisa = "a0000000-0000-4000-8000-000000000001";
const std::string matti = "a0000000-0000-4000-8000-000000000002";
const std::string one_case = "c0000000-0000-4000-8000-000000000001";
const std::string other_case = "c0000000-0000-4000-8000-000000000002";

const Instant monday = Date(std::chrono::year(2026) / 3 / 2) + 5h + 30min;

Occasion occasion(const std::string& mark, const std::string& on = "2026-03-30",
                  const std::string& case_id = one_case, const std::string& what = "answer",
                  const std::string& id = "") {
    Occasion occasion;
    occasion.set_case_id(case_id);
    occasion.set_mark(mark);
    occasion.set_on(on);
    occasion.set_what(mark == "idle" || mark == "hand-over" ? "" : what);
    occasion.set_id(id);
    return occasion;
}

SetUser user(const std::string& user_id, const std::string& email) {
    SetUser user;
    user.set_user_id(user_id);
    user.set_email(email);
    user.set_active(true);
    return user;
}

Reference users(const std::vector<SetUser>& all) {
    Reference reference;
    for (const auto& one : all) {
        UserSet set;
        *set.mutable_given() = one;
        set.set_user_id(one.user_id());
        reference.apply(set);
    }
    return reference;
}
Reference both() {
    return users({user(liisa, "liisa@example.fi"), user(matti, "matti@example.fi")});
}

// The stream as it grows; ids are m1, m2 ...
struct Told {
    Alerts alerts;
    unsigned ids = 0;

    AlertsComposed compose(const std::string& morning, std::vector<Hearer> hearers,
                           const Reference& reference = both()) {
        return domain::compose(alerts, *parse_date(morning), std::move(hearers), reference,
                               [&] { return "m" + std::to_string(++ids); });
    }
    AlertsComposed on(const std::string& morning, std::vector<Hearer> hearers,
                      const Reference& reference = both()) {
        auto composed = compose(morning, std::move(hearers), reference);
        alerts.apply(composed, {monday, monday});
        return composed;
    }
    void attempt(const std::string& id, std::string_view outcome, Instant at, std::string_view reason = "",
                 std::uint32_t code = 0) {
        attempt(id, outcome, Alerts::When{at, at}, reason, code);
    }
    void attempt(const std::string& id, std::string_view outcome, const Alerts::When& when,
                 std::string_view reason = "", std::uint32_t code = 0) {
        AlertAttempted attempted;
        attempted.set_message_id(id);
        attempted.set_outcome(std::string(outcome));
        attempted.set_reason(std::string(reason));
        attempted.set_smtp_code(code);
        alerts.apply(attempted, when);
    }
    [[nodiscard]] std::string due(Instant now) const {
        const auto* const mail = alerts.due(now);
        return mail == nullptr ? "" : mail->message_id;
    }
};

std::vector<std::string> marks_of(const AlertsComposed& composed, const std::string& user_id) {
    std::vector<std::string> marks;
    for (const auto& alert : composed.alerts()) {
        if (alert.user_id() != user_id) continue;
        for (const auto& one : alert.occasions()) marks.push_back(one.mark());
    }
    return marks;
}
using Marks = std::vector<std::string>;

}  // namespace

// ---- what is told ----

TEST_CASE("a person gets one message a morning with everything in it", "[alerts]") {
    Told told;
    const auto composed = told.on("2026-03-02", {{liisa, {occasion("overdue"), occasion("idle")}},
                                                 {matti, {occasion("due-soon", "2026-03-09", other_case)}}});
    REQUIRE(composed.alerts_size() == 2);
    CHECK(composed.morning() == "2026-03-02");
    CHECK(marks_of(composed, liisa) == Marks{"overdue", "idle"});
    CHECK(marks_of(composed, matti) == Marks{"due-soon"});
    REQUIRE(told.alerts.mails().size() == 2);
    CHECK(told.alerts.mail("m1")->by_mark.at("overdue") == 1);
    CHECK(told.alerts.mail("m1")->occasions == 2);
}

TEST_CASE("an occasion is told once for ever", "[alerts]") {
    Told told;
    told.on("2026-03-02", {{liisa, {occasion("overdue")}}});
    CHECK(told.on("2026-03-03", {{liisa, {occasion("overdue")}}}).alerts_size() == 0);
    // Whoever has the case by then has it on the work list.
    CHECK(told.on("2026-03-04", {{matti, {occasion("overdue")}}}).alerts_size() == 0);
}

TEST_CASE("two people may hear of the same occasion on the same morning", "[alerts]") {
    Told told;
    const auto composed =
        told.on("2026-03-02", {{liisa, {occasion("escalated")}}, {matti, {occasion("escalated")}}});
    CHECK(composed.alerts_size() == 2);
}

TEST_CASE("each mark of a date is told as it is reached", "[alerts]") {
    Told told;
    for (const auto* mark : {"due-soon", "due-today", "overdue", "escalated", "critical"}) {
        CAPTURE(mark);
        CHECK(marks_of(told.on("2026-03-02", {{liisa, {occasion(mark)}}}), liisa) == Marks{mark});
    }
}

TEST_CASE("after a more pressing mark the milder ones of that date are not told", "[alerts]") {
    // So a clock set back, or a server that was down for a while, tells nothing that is behind.
    Told told;
    told.on("2026-03-02", {{liisa, {occasion("overdue")}}});
    CHECK(told.on("2026-02-27", {{liisa, {occasion("due-today")}}}).alerts_size() == 0);
    CHECK(told.on("2026-02-26", {{liisa, {occasion("due-soon")}}}).alerts_size() == 0);
}

TEST_CASE("a date that was moved is told anew", "[alerts]") {
    Told told;
    told.on("2026-03-02", {{liisa, {occasion("overdue", "2026-02-27")}}});
    CHECK(marks_of(told.on("2026-03-20", {{liisa, {occasion("due-soon", "2026-03-27")}}}), liisa) ==
          Marks{"due-soon"});
}

TEST_CASE("dates of one case are told apart", "[alerts]") {
    Told told;
    told.on("2026-03-02", {{liisa, {occasion("overdue", "2026-02-27", one_case, "statement", "s1")}}});
    const auto composed =
        told.on("2026-03-03", {{liisa,
                                {occasion("overdue", "2026-02-27", one_case, "statement", "s2"),
                                 occasion("overdue", "2026-02-27", one_case, "answer"),
                                 occasion("overdue", "2026-02-27", one_case, "statement", "s1")}}});
    CHECK(marks_of(composed, liisa) == Marks{"overdue", "overdue"});
}

TEST_CASE("a quiet case is told once for each time it went quiet", "[alerts]") {
    Told told;
    told.on("2026-03-02", {{liisa, {occasion("idle", "2026-01-02")}}});
    CHECK(told.on("2026-03-03", {{liisa, {occasion("idle", "2026-01-02")}}}).alerts_size() == 0);
    CHECK(told.on("2026-06-03", {{liisa, {occasion("idle", "2026-04-02")}}}).alerts_size() == 1);
}

TEST_CASE("a hand-over offered to another person on the same day is told to that one too", "[alerts]") {
    Told told;
    told.on("2026-03-02", {{liisa, {occasion("hand-over", "2026-03-02")}}});
    CHECK(told.on("2026-03-03", {{liisa, {occasion("hand-over", "2026-03-02")}}}).alerts_size() == 0);
    CHECK(told.on("2026-03-03", {{matti, {occasion("hand-over", "2026-03-02")}}}).alerts_size() == 1);
}

TEST_CASE("a morning with nothing to tell is a morning that was", "[alerts]") {
    Told told;
    CHECK_FALSE(told.alerts.composed(*parse_date("2026-03-02")));
    CHECK(told.on("2026-03-02", {}).alerts_size() == 0);
    CHECK(told.alerts.composed(*parse_date("2026-03-02")));
    CHECK(told.alerts.mails().empty());
}

// ---- whom nothing is sent to ----

TEST_CASE("who is inactive, wants no mail or has no address is skipped, visibly", "[alerts]") {
    auto unwilling = user(matti, "matti@example.fi");
    unwilling.set_no_alerts(true);
    auto gone = user("a0000000-0000-4000-8000-000000000003", "gone@example.fi");
    gone.set_active(false);
    Told told;
    const auto composed = told.on("2026-03-02",
                                  {{liisa, {occasion("overdue")}},
                                   {matti, {occasion("overdue", "2026-02-02", other_case), occasion("idle")}},
                                   {gone.user_id(), {occasion("critical")}},
                                   {"a0000000-0000-4000-8000-000000000004", {occasion("critical")}}},
                                  users({user(liisa, ""), unwilling, gone}));
    CHECK(composed.alerts_size() == 0);
    REQUIRE(composed.skipped_size() == 4);
    CHECK(composed.skipped(0).reason() == "no-address");
    CHECK(composed.skipped(1).reason() == "unwanted");
    CHECK(composed.skipped(1).occasions() == 2);
    CHECK(composed.skipped(2).reason() == "inactive");
    CHECK(composed.skipped(3).reason() == "inactive");
    REQUIRE(told.alerts.mails().size() == 4);
    CHECK(told.alerts.mails()[0].state == AlertMail::State::Skipped);
    CHECK(told.alerts.mails()[0].last_reason == "no-address");
    CHECK(told.alerts.waiting() == 0);
}

TEST_CASE("what could be told to nobody is told when there is an address", "[alerts]") {
    Told told;
    told.on("2026-03-02", {{liisa, {occasion("overdue")}}}, users({user(liisa, "")}));
    CHECK(told.on("2026-03-03", {{liisa, {occasion("overdue")}}}).alerts_size() == 1);
}

TEST_CASE("an address that no plain mail can go to counts as none", "[alerts]") {
    for (const auto* address :
         {"liisa", "@example.fi", "liisa@", "liisa@example.fi\r\nBcc: all@example.fi", "<liisa@example.fi>",
          "liisa @example.fi", "äiti@example.fi", "liisa@example.fi,matti@example.fi"}) {
        CAPTURE(address);
        const auto one = user(liisa, address);
        CHECK(why_silent(&one) == "no-address");
    }
    const auto one = user(liisa, "liisa.o'neill+work@xn--hyvinvointialue-0.example.fi");
    CHECK(why_silent(&one).empty());
}

// ---- what becomes of a message ----

TEST_CASE("a message waits until the server has taken it", "[alerts]") {
    Told told;
    told.on("2026-03-02", {{liisa, {occasion("overdue")}}});
    CHECK(told.due(monday) == "m1");
    told.attempt("m1", "sent", monday, "", 250);
    CHECK(told.due(monday + 24h * 365).empty());
    CHECK(told.alerts.waiting() == 0);
    CHECK(told.alerts.mail("m1")->state == AlertMail::State::Sent);
    CHECK(told.alerts.mail("m1")->attempts == 1);
    CHECK(told.alerts.mail("m1")->last_code == 250);
}

TEST_CASE("each failure waits twice as long as the one before, an hour at most", "[alerts]") {
    Told told;
    told.on("2026-03-02", {{liisa, {occasion("overdue")}}});
    auto at = monday;
    for (const auto delay : {1min, 2min, 4min, 8min, 16min, 32min, 60min, 60min, 60min}) {
        told.attempt("m1", "later", at, "message", 451);
        CHECK(told.due(at + delay - 1s).empty());
        CHECK(told.due(at + delay) == "m1");
        at += delay;
    }
    CHECK(told.alerts.mail("m1")->attempts == 9);
    CHECK(Alerts::delay_after(4'000'000'000) == 60min);
}

TEST_CASE("a message whose answer was lost is sent again, and never given up", "[alerts]") {
    Told told;
    told.on("2026-03-02", {{liisa, {occasion("overdue")}}});
    auto at = monday;
    for (int i = 0; i < 1000; ++i, at += 1h) told.attempt("m1", "unknown", at, "lost");
    CHECK(told.due(at) == "m1");
    CHECK(told.alerts.mail("m1")->last_outcome == "unknown");
}

TEST_CASE("what the server refuses for good is not tried again until somebody asks", "[alerts]") {
    Told told;
    told.on("2026-03-02", {{liisa, {occasion("overdue")}}});
    told.attempt("m1", "refused", monday, "message", 550);
    CHECK(told.due(monday + 24h * 365).empty());
    const auto wish = retried(told.alerts, "m1");
    REQUIRE(wish);
    told.alerts.apply(*wish, {monday + 48h, monday + 48h});
    CHECK(told.due(monday + 48h) == "m1");
    CHECK(told.alerts.mail("m1")->attempts == 1);
    CHECK(told.alerts.mail("m1")->failures == 0);
}

TEST_CASE("a wish for another attempt does not wait for the delay", "[alerts]") {
    Told told;
    told.on("2026-03-02", {{liisa, {occasion("overdue")}}});
    for (int i = 0; i < 9; ++i) told.attempt("m1", "later", monday, "no-connection");
    CHECK(told.due(monday + 59min).empty());
    told.alerts.apply(*retried(told.alerts, "m1"), {monday + 1min, monday + 1min});
    CHECK(told.due(monday + 1min) == "m1");
}

TEST_CASE("a message that was sent, or that there is not, is not sent again", "[alerts]") {
    Told told;
    told.on("2026-03-02", {{liisa, {occasion("overdue")}}});
    told.attempt("m1", "sent", monday, "", 250);
    CHECK(retried(told.alerts, "m1").error().reason == Reason::WrongState);
    CHECK(retried(told.alerts, "m9").error().reason == Reason::NotFound);
    // What another sender met meanwhile does not undo it.
    told.attempt("m1", "later", monday, "no-connection");
    CHECK(told.alerts.mail("m1")->state == AlertMail::State::Sent);
}

TEST_CASE("while the server cannot be reached one message knocks for all", "[alerts]") {
    for (const auto* reason : {"no-connection", "no-starttls", "certificate", "login", "server"}) {
        CAPTURE(reason);
        Told told;
        told.on("2026-03-02", {{liisa, {occasion("overdue")}}, {matti, {occasion("overdue")}}});
        told.attempt("m1", "later", monday, reason);
        CHECK(told.due(monday + 59s).empty());
        CHECK(told.due(monday + 1min) == "m1");
        told.attempt("m1", "later", monday + 1min, reason);
        CHECK(told.due(monday + 3min - 1s).empty());
        CHECK(told.due(monday + 3min) == "m1");
        told.attempt("m1", "sent", monday + 3min, "", 250);
        CHECK(told.due(monday + 3min) == "m2");
    }
}

TEST_CASE("what the server says of one message keeps no other from being sent", "[alerts]") {
    Told told;
    told.on("2026-03-02", {{liisa, {occasion("overdue")}}, {matti, {occasion("overdue")}}});
    told.attempt("m1", "later", monday, "message", 450);
    CHECK(told.due(monday) == "m2");
    told.attempt("m2", "unknown", monday, "lost");
    CHECK(told.due(monday).empty());
    CHECK(told.due(monday + 1min) == "m1");
}

TEST_CASE("a clock set back makes no message wait longer than the longest delay", "[alerts]") {
    Told told;
    told.on("2026-03-02", {{liisa, {occasion("overdue")}}});
    // Recorded while the clock was a year ahead, and read again when it is right.
    told.attempt("m1", "later", Alerts::When{monday + 24h * 365, monday}, "no-connection");
    CHECK(told.due(monday + 59s).empty());
    CHECK(told.due(monday + 1min) == "m1");
    // Read while the clock was ahead; then it was set back.
    told.attempt("m1", "later", monday + 24h * 365, "no-connection");
    CHECK(told.due(monday + 2min) == "m1");
}

TEST_CASE("the message carries the time it was composed, whatever the clock says later", "[alerts]") {
    Told told;
    const auto composed = told.compose("2026-03-02", {{liisa, {occasion("overdue")}}});
    told.alerts.apply(composed, {monday, monday - 48h});
    CHECK(told.alerts.mail("m1")->composed_at == monday);
    CHECK(told.due(monday - 48h) == "m1");
}

TEST_CASE("the same events give the same state whoever reads them", "[alerts]") {
    Told told;
    const auto composed =
        told.on("2026-03-02", {{liisa, {occasion("overdue")}}, {matti, {occasion("idle")}}});
    told.attempt("m1", "sent", monday, "", 250);
    told.attempt("m2", "later", monday, "message", 451);
    Told again;
    again.alerts.apply(composed, {monday, monday});
    again.attempt("m1", "sent", monday, "", 250);
    again.attempt("m2", "later", monday, "message", 451);
    CHECK(again.due(monday + 30s) == told.due(monday + 30s));
    CHECK(again.due(monday + 1min) == "m2");
    CHECK(again.compose("2026-03-03", {{liisa, {occasion("overdue")}}}).alerts_size() == 0);
}

TEST_CASE("events of other streams are passed over", "[alerts]") {
    Alerts alerts;
    alerts.apply(UserSet(), {monday, monday});
    CHECK(alerts.mails().empty());
}

// ---- files opened in an emergency ----

TEST_CASE("an emergency is told at once to everybody but the one who opened the file",
          "[alerts][emergency]") {
    Told told;
    int ids = 0;
    const auto alerted = alert_of_emergency("c1", liisa, {liisa, matti, "gone"}, both(),
                                            [&] { return "e" + std::to_string(++ids); });
    REQUIRE(alerted.alerts_size() == 1);
    CHECK(alerted.alerts(0).user_id() == matti);
    REQUIRE(alerted.skipped_size() == 1);
    CHECK(alerted.skipped(0).reason() == alert::inactive);
    told.alerts.apply(alerted, {monday, monday});
    CHECK(told.due(monday) == "e1");
    const auto* mail = told.alerts.mail("e1");
    REQUIRE(mail != nullptr);
    CHECK(mail->emergency_case == "c1");
    CHECK(mail->opened_by == liisa);
    told.attempt("e1", alert::sent, monday);
    CHECK(told.due(monday).empty());
    // Of a morning it is none, and the next one tells its own.
    CHECK_FALSE(told.alerts.composed(helsinki_date(monday)));
}
