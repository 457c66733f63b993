#include "projections/figures.hpp"

#include <catch2/catch.hpp>

#include "projections/case_figures.hpp"
#include "projections/totals.hpp"
#include "tests/projections/written_log.hpp"

namespace vastine::projections::tests {
namespace {

std::string contact_stream(unsigned number) {
    return "contact-" + uuid(number);
}
std::string reminder_stream(unsigned number) {
    return "reminder-" + uuid(number);
}

OmbudsmanFigures contacts_of(const WrittenLog& log,
                             FiguresQuery query = {.period = calendar_year(2018), .years = 5}) {
    Live live(log);
    return live.figures(ombudsman_figures, viewer(OMBUDSMAN), "2018-12-31", query);
}
LegalFigures cases_of(const WrittenLog& log,
                      FiguresQuery query = {.period = calendar_year(2018), .years = 5}) {
    Live live(log);
    return live.figures(legal_figures, viewer(LAWYER), "2018-12-31", query);
}

// ---- contacts ----

TEST_CASE("a contact counts once and its matters each", "[figures]") {
    WrittenLog log;
    log.add(contact_stream(1), contact({.matters = {{}, {.causes = {"patient-conduct"}}}}))
        .add(contact_stream(2), contact());
    const auto figures = contacts_of(log);
    CHECK(figures.contacts == 2);
    CHECK(figures.matters == 3);
    CHECK(figures.who.denominator == 2);
    CHECK(figures.who.of == Whole::Contacts);
    CHECK(figures.cause.denominator == 3);
    CHECK(figures.cause.of == Whole::Matters);
    CHECK(figures.cause.of_code("patient-care") == 2);
    CHECK(figures.cause.of_code("patient-conduct") == 1);
}

TEST_CASE("a first contact is told apart from a follow-up, which counts no matter again", "[figures]") {
    WrittenLog log;
    log.add(contact_stream(1), contact())
        .add(contact_stream(2), contact({.first = false, .matters = {}, .follows_up = {{uuid(1), "m1"}}}));
    const auto figures = contacts_of(log);
    CHECK(figures.contacts == 2);
    CHECK(figures.first == 1);
    CHECK(figures.follow_ups == 1);
    CHECK(figures.matters == 1);
}

TEST_CASE("a contact that becomes a client matter stays one contact", "[figures]") {
    WrittenLog log;
    ClientMatterRecorded recorded;
    recorded.mutable_given()->mutable_client_record()->set_asked("Kysymys");
    log.add(contact_stream(1), contact()).add(contact_stream(1), recorded);
    const auto figures = contacts_of(log);
    CHECK(figures.contacts == 1);
    CHECK(figures.matters == 1);
    CHECK(figures.recorded == 1);
}

TEST_CASE("health and social together is both, and the sectors sum to the contacts", "[figures]") {
    WrittenLog log;
    log.add(contact_stream(1), contact({.matters = {{.sectors = {"health"}}}}))
        .add(contact_stream(2), contact({.matters = {{.sectors = {"social"}}}}))
        .add(contact_stream(3), contact({.matters = {{.sectors = {"social"}}, {.sectors = {"health"}}}}))
        .add(contact_stream(4), contact({.matters = {{.sectors = {"early-education"}}}}))
        .add(contact_stream(5), contact({.matters = {{.sectors = {"early-education", "health"}}}}));
    const auto figures = contacts_of(log);
    CHECK(figures.sector.of_code("health") == 1);
    CHECK(figures.sector.of_code("social") == 1);
    CHECK(figures.sector.of_code("both") == 1);
    CHECK(figures.sector.of_code("early-education") == 1);
    CHECK(figures.sector.of_code("health+early-education") == 1);
    CHECK(figures.sector.denominator == 5);
    CHECK(figures.matter_sector.denominator == 6);
    CHECK(figures.matter_sector.of_code("both") == 0);
}

TEST_CASE("a matter added later counts, and changes the sector of its contact", "[figures]") {
    WrittenLog log;
    MatterAdded added;
    *added.mutable_given()->mutable_matter() = matter({.sectors = {"social"}, .causes = {"social-decision"}});
    added.set_matter_id("m2");
    added.add_sectors("health");
    added.add_sectors("social");
    log.add(contact_stream(1), contact()).add(contact_stream(2), contact()).add(contact_stream(1), added);
    const auto figures = contacts_of(log);
    CHECK(figures.contacts == 2);
    CHECK(figures.matters == 3);
    CHECK(figures.sector.of_code("both") == 1);
    CHECK(figures.cause.of_code("social-decision") == 1);
    CHECK(figures.cause.of_code("patient-care") == 2);
}

TEST_CASE("a corrected contact counts as corrected, and once", "[figures]") {
    WrittenLog log;
    const auto right = contact({.contacted_on = "2018-05-02", .channel = "visit", .matters = {{}, {}}});
    ContactCorrected corrected;
    *corrected.mutable_given()->mutable_contact() = right.given();
    *corrected.mutable_coarse() = right.coarse();
    corrected.set_first(true);
    corrected.add_sectors("health");
    log.add(contact_stream(1), contact()).add(contact_stream(1), corrected);
    const auto figures = contacts_of(log);
    CHECK(figures.contacts == 1);
    CHECK(figures.matters == 2);
    CHECK(figures.channel.of_code("phone") == 0);
    CHECK(figures.channel.of_code("visit") == 1);
    CHECK(figures.months[2].contacts == 0);
    CHECK(figures.months[4].contacts == 1);
}

TEST_CASE("every cause named is a mention, only the first is the primary one", "[figures]") {
    WrittenLog log;
    log.add(contact_stream(1), contact({.matters = {{.causes = {"patient-care", "patient-conduct"}}}}));
    const auto figures = contacts_of(log);
    CHECK(figures.cause.counts == std::vector<Count>{{"patient-care", 1}});
    CHECK(figures.cause_mentions.several);
    CHECK(figures.cause_mentions.of_code("patient-conduct") == 1);
    CHECK(figures.cause_mentions.denominator == 1);
}

TEST_CASE("a measure counts once for a matter, also when it was taken later", "[figures]") {
    WrittenLog log;
    AdviceAdded advice;
    advice.mutable_given()->add_measures("unit-inquiry");
    advice.mutable_given()->add_measures("advice");
    advice.mutable_given()->set_minutes(25);
    log.add(contact_stream(1), contact({.matters = {{.measures = {"advice"}}, {.measures = {}}}}))
        .add(contact_stream(1), advice);
    const auto figures = contacts_of(log);
    CHECK(figures.measure.of_code("advice") == 1);
    CHECK(figures.measure.of_code("unit-inquiry") == 1);
    CHECK(figures.measure.several);
    CHECK(figures.minutes == 35);
}

TEST_CASE("a measure of a follow-up belongs to the matter it follows", "[figures]") {
    WrittenLog log;
    AdviceAdded advice;
    advice.mutable_given()->add_measures("mediation");
    log.add(contact_stream(1), contact())
        .add(contact_stream(2), contact({.first = false, .matters = {}, .follows_up = {{uuid(1), "m1"}}}))
        .add(contact_stream(2), advice);
    CHECK(contacts_of(log).measure.of_code("mediation") == 1);
}

TEST_CASE("contacts count in their month, and years show the same months", "[figures]") {
    WrittenLog log;
    log.add(contact_stream(1), contact({.contacted_on = "2018-01-31"}))
        .add(contact_stream(2), contact({.contacted_on = "2018-10-01"}))
        .add(contact_stream(3), contact({.contacted_on = "2017-02-01"}))
        .add(contact_stream(4), contact({.contacted_on = "2017-11-01"}))
        .add(contact_stream(5), contact({.contacted_on = "2012-02-01"}));
    const auto whole = contacts_of(log);
    CHECK(whole.months.size() == 12);
    CHECK(whole.months[0] == MonthOfContacts{"2018-01", 1, 1});
    CHECK(whole.years.size() == 5);
    CHECK(whole.years.front().year == 2014);
    CHECK(whole.years[3].contacts == 2);
    CHECK(whole.years[4].contacts == 2);
    const auto part =
        contacts_of(log, {.period = {std::chrono::year(2018) / 1, std::chrono::year(2018) / 9}, .years = 2});
    CHECK(part.months.size() == 9);
    CHECK(part.contacts == 1);
    CHECK(part.years[0].contacts == 1);
}

TEST_CASE(
    "figures are the same after a key is destroyed; the municipality is then not stated, and said to be so",
    "[figures]") {
    WrittenLog log;
    write_units(log);
    log.add(contact_stream(1), contact()).add(contact_stream(2), contact());
    const auto before = contacts_of(log);
    log.destroy_key(contact_stream(1));
    const auto after = contacts_of(log);
    CHECK(before.municipality.of_code("Helsinki") == 2);
    CHECK(after.municipality.of_code("Helsinki") == 1);
    CHECK(after.municipality.of_code("") == 1);
    CHECK(after.municipality.gone == 1);
    for (const auto division :
         {&OmbudsmanFigures::sector, &OmbudsmanFigures::who, &OmbudsmanFigures::channel,
          &OmbudsmanFigures::nature, &OmbudsmanFigures::language, &OmbudsmanFigures::ownership,
          &OmbudsmanFigures::department, &OmbudsmanFigures::cause, &OmbudsmanFigures::measure,
          &OmbudsmanFigures::service_task}) {
        CHECK(before.*division == after.*division);
    }
    CHECK(before.months == after.months);
    CHECK(before.cause_by_service == after.cause_by_service);
}

TEST_CASE("an imported contact counts like one logged here", "[figures]") {
    WrittenLog log;
    log.add(contact_stream(1), imported({.unit = "perhe-neuvola",
                                         .department = "perhe-sosiaali",
                                         .cause = "social-decision",
                                         .maker = "relative",
                                         .sector = "social"},
                                        "2018-03-02", 1, true));
    const auto figures = contacts_of(log);
    CHECK(figures.contacts == 1);
    CHECK(figures.matters == 1);
    CHECK(figures.first == 1);
    CHECK(figures.sector.of_code("social") == 1);
    CHECK(figures.who.of_code("relative") == 1);
    CHECK(figures.cause.of_code("social-decision") == 1);
    CHECK(figures.months[2].contacts == 1);
}

TEST_CASE("every figure says its position, date and code version", "[figures]") {
    WrittenLog log;
    log.add(contact_stream(1), contact());
    const auto basis = contacts_of(log).basis;
    CHECK(basis.position() == log.head().value);
    CHECK(basis.as_of_on() == "2018-12-31");
    CHECK_FALSE(basis.definition().empty());
}

// ---- reminders, complaints, requests ----

TEST_CASE("reminders and complaints count by department, primary cause and maker", "[figures]") {
    WrittenLog log;
    write_units(log);
    auto two_causes = reminder({.cause = "conduct", .maker = "relative"});
    two_causes.mutable_given()->mutable_opening()->add_other_causes("care");
    log.add(reminder_stream(1), reminder())
        .add(reminder_stream(2), two_causes)
        .add("complaint-" + uuid(3), complaint({.unit = "perhe-neuvola", .department = "perhe-sosiaali"}));
    const auto figures = cases_of(log);
    CHECK(figures.reminders.registered == 2);
    CHECK(figures.complaints.registered == 1);
    CHECK(figures.complaints.authority.of_code("avi-esavi") == 1);
    const auto& both = figures.reminders_and_complaints;
    CHECK(both.department.counts == std::vector<Count>{{"sairaala", 2}, {"perhe-sosiaali", 1}});
    CHECK(both.cause.counts == std::vector<Count>{{"care", 2}, {"conduct", 1}});
    CHECK(both.cause.denominator == 3);
    CHECK(both.maker.of_code("relative") == 1);
    CHECK(both.months[2] == Count{"2018-03", 3});
}

TEST_CASE("answer times are told by median, mean and longest, and by whether the date was kept",
          "[figures]") {
    WrittenLog log;
    write_units(log);
    unsigned number = 0;
    for (const auto& [days, kept] : {std::pair(10U, true), std::pair(20U, true), std::pair(90U, false)}) {
        log.add(reminder_stream(++number), reminder());
        log.add(reminder_stream(number), reply_sent("2018-06-01", days, kept));
    }
    const auto figures = cases_of(log).reminders;
    CHECK(figures.answered == 3);
    CHECK(figures.kept == 2);
    CHECK(figures.answer_days_median == 20);
    CHECK(figures.answer_days_mean == Approx(40));
    CHECK(figures.answer_days_longest == 90);
}

TEST_CASE("kept with pauses credited is a figure beside kept, and totals release both", "[figures]") {
    WrittenLog log;
    write_units(log);
    auto credited = reply_sent("2018-06-01", 40, false);
    credited.mutable_facts()->set_kept_credited(true);
    log.add(reminder_stream(1), reminder()).add(reminder_stream(1), credited);
    log.add(reminder_stream(2), reminder()).add(reminder_stream(2), reply_sent("2018-06-01", 20, true));
    log.add(reminder_stream(3), reminder()).add(reminder_stream(3), reply_sent("2018-06-01", 90, false));
    const auto figures = cases_of(log).reminders;
    CHECK(figures.kept == 1);
    CHECK(figures.kept_credited == 2);
    CHECK(figures.years.back().kept_credited == 2);
    Live live(log);
    ReleaseTotals given;
    given.set_area("legal");
    given.set_year(2018);
    const auto released =
        live.model().read([&](const Views& views) { return totals(views, given, day("2018-12-31")); });
    const auto of = [&](const std::string& measure) {
        for (const auto& total : released.totals()) {
            if (total.measure() == measure) return total.count();
        }
        return std::uint64_t{999};
    };
    CHECK(of("reminder.kept") == 1);
    CHECK(of("reminder.kept_credited") == 2);
}

TEST_CASE("answers count in the year they left, whenever the case arrived", "[figures]") {
    WrittenLog log;
    write_units(log);
    log.add(reminder_stream(1), reminder({.arrived_on = "2017-12-20"}))
        .add(reminder_stream(1), reply_sent("2018-01-10", 21, true));
    const auto figures = cases_of(log).reminders;
    CHECK(figures.registered == 0);
    CHECK(figures.answered == 1);
    CHECK(figures.years[3].registered == 1);
    CHECK(figures.years[3].answered == 0);
}

TEST_CASE("the closing balance is the opening balance and what came less what was settled", "[figures]") {
    WrittenLog log;
    write_units(log);
    log.add(reminder_stream(1), reminder({.arrived_on = "2017-11-01"}))   // open over both ends
        .add(reminder_stream(2), reminder({.arrived_on = "2017-12-01"}))  // answered in the year
        .add(reminder_stream(2), reply_sent("2018-02-01", 62, false))
        .add(reminder_stream(3), reminder({.arrived_on = "2018-05-01"}))  // came and was answered
        .add(reminder_stream(3), reply_sent("2018-05-20", 19, true))
        .add(reminder_stream(4), reminder({.arrived_on = "2018-12-20"}))  // came and is open
        .add(reminder_stream(5), imported({.arrived_on = "2016-01-01"}, "2017-03-01", 400, false));
    const auto figures = cases_of(log).reminders;
    CHECK(figures.opening_balance == 2);
    CHECK(figures.registered == 2);
    CHECK(figures.answered == 2);
    CHECK(figures.closing_balance == 2);
}

TEST_CASE("a case taken up again is open again, and closing after the answer settles it only once",
          "[figures]") {
    WrittenLog log;
    write_units(log);
    log.add(reminder_stream(1), reminder())
        .add(reminder_stream(1), reply_sent("2018-03-20", 19, true))
        .add(reminder_stream(1), closed("2018-04-01"))
        .add(reminder_stream(1), reopened("2018-11-01", "2018-11-29"));
    CHECK(cases_of(log).reminders.closing_balance == 1);
    log.add(reminder_stream(1), reply_sent("2018-11-20", 19, true));
    const auto figures = cases_of(log).reminders;
    CHECK(figures.closing_balance == 0);
    CHECK(figures.answered == 2);
    CHECK(figures.registered == 1);
}

TEST_CASE("a withdrawn case is settled without an answer", "[figures]") {
    WrittenLog log;
    write_units(log);
    Withdrawn withdrawn;
    withdrawn.mutable_given()->set_withdrawn_on("2018-03-10");
    log.add(reminder_stream(1), reminder()).on("2018-03-10").add(reminder_stream(1), withdrawn);
    const auto figures = cases_of(log).reminders;
    CHECK(figures.answered == 0);
    CHECK(figures.closing_balance == 0);
}

TEST_CASE("outcomes count for each matter of a reminder and each part of a ruling", "[figures]") {
    WrittenLog log;
    write_units(log);
    RulingRecorded ruling;
    ruling.mutable_given()->set_ruled_on("2018-06-01");
    ruling.mutable_given()->add_parts()->set_outcome("reprimand");
    ruling.mutable_given()->add_parts()->set_outcome("attention-drawn");
    *ruling.mutable_facts() = facts("2018-06", 92, true);
    log.add(reminder_stream(1), reminder())
        .add(reminder_stream(1), reply_sent("2018-03-20", 19, true, {"well-founded", "not-founded"}))
        .add("complaint-" + uuid(2), complaint())
        .add("complaint-" + uuid(2), ruling);
    const auto figures = cases_of(log);
    CHECK(figures.reminders.outcome.denominator == 2);
    CHECK(figures.reminders.outcome.of_code("well-founded") == 1);
    CHECK(figures.complaints.outcome.of_code("reprimand") == 1);
    CHECK(figures.complaints.outcome.of == Whole::Rulings);
}

TEST_CASE("an imported case counts like one registered here, and a correction counts instead of it",
          "[figures]") {
    WrittenLog log;
    write_units(log);
    auto event = imported({.arrived_on = "2018-02-01"}, "2018-03-01", 28, true);
    event.mutable_given()->set_outcome("partly");
    log.add(reminder_stream(1), event);
    const auto first = cases_of(log).reminders;
    CHECK(first.registered == 1);
    CHECK(first.answered == 1);
    CHECK(first.answer_days_median == 28);
    CHECK(first.outcome.of_code("partly") == 1);
    const auto right = imported({.arrived_on = "2018-02-01", .cause = "records"}, "2018-03-11", 38, false);
    ImportCorrected corrected;
    *corrected.mutable_given() = right.given();
    *corrected.mutable_coarse() = right.coarse();
    *corrected.mutable_facts() = right.facts();
    log.add(reminder_stream(1), corrected);
    const auto second = cases_of(log).reminders;
    CHECK(second.registered == 1);
    CHECK(second.answered == 1);
    CHECK(second.kept == 0);
    CHECK(second.answer_days_median == 38);
    CHECK(second.cause.counts == std::vector<Count>{{"records", 1}});
    CHECK(second.outcome.counts.empty());
}

TEST_CASE("a corrected opening counts as corrected", "[figures]") {
    WrittenLog log;
    write_units(log);
    OpeningCorrected corrected;
    *corrected.mutable_given()->mutable_opening() = opening({.arrived_on = "2018-02-27", .cause = "access"});
    *corrected.mutable_coarse() = coarse("2018-02-27", "perhe-sosiaali");
    log.add(reminder_stream(1), reminder()).add(reminder_stream(1), corrected);
    const auto figures = cases_of(log).reminders;
    CHECK(figures.registered == 1);
    CHECK(figures.cause.of_code("access") == 1);
    CHECK(figures.department.of_code("perhe-sosiaali") == 1);
    CHECK(figures.months[1].count == 1);
}

// ---- the flow of cases, and years in today's units and codes ----

TEST_CASE("what was open, arrived and was taken up again is what was settled and what is left open",
          "[figures]") {
    WrittenLog log;
    write_units(log);
    log.add(reminder_stream(1), reminder({.arrived_on = "2017-11-01"}))
        .add(reminder_stream(1), reply_sent("2018-02-01", 92, false))
        .add(reminder_stream(2), reminder({.arrived_on = "2018-03-01"}))
        .add(reminder_stream(2), reply_sent("2018-03-20", 19, true))
        .add(reminder_stream(2), reopened("2018-05-02", "2018-06-01"))
        .add(reminder_stream(3), reminder({.arrived_on = "2018-04-01"}))
        .add(reminder_stream(4), reminder({.arrived_on = "2017-06-01"}))
        .add(reminder_stream(4), reply_sent("2017-06-20", 19, true))
        .add(reminder_stream(4), reopened("2018-06-02", "2018-07-01"))
        .add(reminder_stream(4), reply_sent("2018-06-20", 18, true))
        .add(reminder_stream(4), closed("2018-07-01"));
    const auto reminders = cases_of(log).reminders;
    CHECK(reminders.opening_balance == 1);
    CHECK(reminders.registered == 2);
    CHECK(reminders.reopened == 2);
    CHECK(reminders.closed == 3);
    CHECK(reminders.closing_balance == 2);
    CHECK(reminders.opening_balance + reminders.registered + reminders.reopened - reminders.closed ==
          reminders.closing_balance);
}

TEST_CASE("a month typed before the one it follows breaks no balance", "[figures]") {
    CountedCase counted;
    counted.month = month_of_text("2018-03");
    counted.settle(month_of_text("2018-02"));  // typed before the arrival
    counted.take_up(month_of_text("2018-06"));
    counted.settle(month_of_text("2018-05"));  // typed before it was taken up
    for (Month from = month_of_text("2018-01"); from < month_of_text("2018-09"); ++from) {
        for (Month until = from; until < month_of_text("2018-09"); ++until) {
            const auto turned = counted.turned_between(from, until);
            const int arrived = counted.month >= from && counted.month < until ? 1 : 0;
            CHECK((counted.open_at_start_of(from) ? 1 : 0) + arrived + static_cast<int>(turned.taken_up) -
                      static_cast<int>(turned.settled) ==
                  (counted.open_at_start_of(until) ? 1 : 0));
        }
    }
}

TEST_CASE("every answer stands in one band of days", "[figures]") {
    WrittenLog log;
    write_units(log);
    unsigned number = 0;
    for (const auto days : {0U, 14U, 15U, 28U, 29U, 60U, 61U, 100U, 101U, 400U}) {
        const auto stream = reminder_stream(++number);
        log.add(stream, reminder()).add(stream, reply_sent("2018-04-01", days, days <= 28));
    }
    const auto reminders = cases_of(log).reminders;
    CHECK(reminders.answered_within == std::array<std::uint64_t, 5>{2, 2, 2, 2, 2});
    REQUIRE(reminders.answers_by_department.size() == 1);
    const auto& answers = reminders.answers_by_department.front();
    CHECK(answers.code == "sairaala");
    CHECK(answers.registered == 10);
    CHECK(answers.answered == 10);
    CHECK(answers.kept == 4);
    CHECK(answers.days_median == 45);
}

TEST_CASE("a period may cross a year, and its months of earlier years cross theirs", "[figures]") {
    WrittenLog log;
    log.add(contact_stream(1), contact({.contacted_on = "2017-11-01"}))
        .add(contact_stream(2), contact({.contacted_on = "2018-02-01"}))
        .add(contact_stream(3), contact({.contacted_on = "2018-03-01"}))
        .add(contact_stream(4), contact({.contacted_on = "2016-12-31"}))
        .add(contact_stream(5), contact({.contacted_on = "2016-10-31"}));
    const Period winter{std::chrono::year(2017) / 11, std::chrono::year(2018) / 2};
    CHECK(winter.valid());
    CHECK(winter.year() == 2018);
    CHECK_FALSE(winter.is_calendar_year());
    CHECK(period_text(winter) == "2017-11/2018-02");
    CHECK(period_text(calendar_year(2018)) == "2018");
    CHECK_FALSE(Period{std::chrono::year(2017) / 1, std::chrono::year(2018) / 1}.valid());
    const auto figures = contacts_of(log, {winter, 2});
    CHECK(figures.contacts == 2);
    REQUIRE(figures.months.size() == 4);
    CHECK(figures.months.front() == MonthOfContacts{"2017-11", 1, 1});
    CHECK(figures.months.back() == MonthOfContacts{"2018-02", 1, 1});
    CHECK(figures.years.front().year == 2017);
    CHECK(figures.years.front().contacts == 1);
}

namespace {

CodeSetPublished causes(std::uint32_t version, const std::string& from,
                        const std::map<std::string, std::vector<std::string>>& successors,
                        const std::vector<std::string>& codes) {
    CodeSetPublished event;
    event.set_version(version);
    event.mutable_given()->set_code_set("cause");
    event.mutable_given()->set_valid_from(from);
    for (const auto& each : codes) {
        auto& code = *event.mutable_given()->add_codes();
        code.set_code(each);
        code.mutable_name()->set_fi(each);
        const auto found = successors.find(each);
        if (found == successors.end()) continue;
        code.set_valid_until("2017-12-31");
        for (const auto& to : found->second) code.add_successors(to);
    }
    return event;
}

}  // namespace

TEST_CASE("years are counted in today's units and codes where there is one successor only", "[figures]") {
    WrittenLog log;
    const auto ended = [](const std::string& id, const std::vector<std::string>& successors) {
        auto event = unit(id);
        event.mutable_given()->set_valid_until("2017-12-31");
        for (const auto& to : successors) event.mutable_given()->add_successors(to);
        return event;
    };
    log.add("reference-units", unit("uusi"))
        .add("reference-units", unit("a"))
        .add("reference-units", unit("b"))
        .add("reference-units", ended("vanha", {"uusi"}))
        .add("reference-units", ended("jaettu", {"a", "b"}))
        .add("reference-codes", causes(1, "2010-01-01", {}, {"care", "tone", "wait"}))
        .add("reference-codes",
             causes(2, "2018-01-01", {{"tone", {"conduct"}}, {"wait", {"access", "queue"}}},
                    {"care", "tone", "wait", "conduct", "access", "queue"}));
    const auto add = [&](unsigned number, const std::string& on, const std::string& department,
                         const std::string& cause) {
        log.add(reminder_stream(number),
                reminder({.arrived_on = on, .unit = {}, .department = department, .cause = cause}));
    };
    add(1, "2017-03-01", "vanha", "tone");
    add(2, "2017-03-01", "jaettu", "wait");
    add(3, "2018-03-01", "uusi", "conduct");
    add(4, "2018-03-01", "a", "access");
    const auto both = cases_of(log).reminders_and_complaints;
    const auto& before = both.years[3];
    REQUIRE(before.year == 2017);
    CHECK(before.department.counts == std::vector<Count>{{"jaettu", 1}, {"uusi", 1}});
    CHECK(before.cause.counts == std::vector<Count>{{"conduct", 1}, {"wait", 1}});
    CHECK(before.department.carried ==
          std::vector<Carried>{{"vanha", "uusi", {}}, {"jaettu", "", {"a", "b"}}});
    CHECK(before.cause.carried ==
          std::vector<Carried>{{"tone", "conduct", {}}, {"wait", "", {"access", "queue"}}});
    CHECK(both.department.carried.empty());
    // In the report of the year itself they were what they were then.
    const auto then = cases_of(log, {calendar_year(2017), 1}).reminders_and_complaints;
    CHECK(then.department.of_code("vanha") == 1);
    CHECK(then.cause.of_code("tone") == 1);
}

// ---- the wall ----

TEST_CASE("figures of an area count for those who work there and for the board, not across the wall",
          "[figures]") {
    WrittenLog log;
    write_units(log);
    log.add(reminder_stream(1), reminder()).add(contact_stream(2), contact());
    Live live(log);
    const FiguresQuery query{.period = calendar_year(2018)};
    const auto contacts = [&](Role role) {
        return live.figures(ombudsman_figures, viewer(role), "2018-12-31", query).contacts;
    };
    const auto reminders = [&](Role role) {
        return live.figures(legal_figures, viewer(role), "2018-12-31", query).reminders.registered;
    };
    CHECK(contacts(OMBUDSMAN) == 1);
    CHECK(contacts(BOARD) == 1);
    CHECK(contacts(LAWYER) == 0);
    CHECK(contacts(UNIT_HEAD) == 0);
    CHECK(contacts(ADMINISTRATOR) == 0);
    CHECK(contacts(AUDITOR) == 0);
    CHECK(reminders(LAWYER) == 1);
    CHECK(reminders(BOARD) == 1);
    CHECK(reminders(OMBUDSMAN) == 0);
    CHECK(reminders(HEAD_OMBUDSMAN) == 0);
    CHECK(reminders(ADMINISTRATOR) == 0);
}

TEST_CASE("what is released crosses the wall, the newest for the year, and nothing else does", "[totals]") {
    WrittenLog log;
    write_units(log);
    log.add(reminder_stream(1), reminder()).add("complaint-" + uuid(2), complaint());
    ReleaseTotals release;
    release.set_area("legal");
    release.set_year(2018);
    const auto release_now = [&] {
        Live live(log);
        log.add("reference-totals", live.model().read([&](const Views& views) {
            return totals(views, release, day("2018-12-31"));
        }));
    };
    const auto report = [&] {
        Live live(log);
        return live.model().read([&](const Views& views) {
            return annual_figures(views, viewer(OMBUDSMAN), {views.position, day("2018-12-31")},
                                  Language::English, domain::Area::Ombudsman,
                                  {.period = calendar_year(2018)});
        });
    };
    CHECK_FALSE(report().released);
    const auto counted_at = log.head();
    release_now();
    log.add(reminder_stream(3), reminder());
    auto figures = report();
    REQUIRE(figures.released);
    CHECK(figures.ombudsman);
    CHECK_FALSE(figures.legal);
    CHECK(figures.released->count("reminder.registered") == 1);
    CHECK(figures.released->count("reminder+complaint.registered", "department", "sairaala") == 2);
    CHECK(figures.released->position == counted_at);
    CHECK(figures.released->as_of_on == "2018-12-31");
    CHECK(figures.released->division("complaint.registered", "authority") ==
          std::vector<std::pair<std::string, std::uint64_t>>{{"avi-esavi", 1}});
    release_now();
    CHECK(report().released->count("reminder.registered") == 2);
}

TEST_CASE("the ombudsmen release contacts and matters apart", "[totals]") {
    WrittenLog log;
    write_units(log);
    log.add(contact_stream(1), contact({.matters = {{}, {.sectors = {"social"}}}}));
    ReleaseTotals release;
    release.set_area("ombudsman");
    release.set_year(2018);
    Live live(log);
    const auto event =
        live.model().read([&](const Views& views) { return totals(views, release, day("2018-12-31")); });
    log.add("reference-totals", event);
    Live later(log);
    const auto released = later.model().read(
        [&](const Views& views) { return released_totals(views, domain::Area::Ombudsman, 2018); });
    REQUIRE(released);
    CHECK(released->count("contact.contacts") == 1);
    CHECK(released->count("contact.matters") == 2);
    CHECK(released->count("contact.contacts", "sector", "both") == 1);
}

}  // namespace
}  // namespace vastine::projections::tests
