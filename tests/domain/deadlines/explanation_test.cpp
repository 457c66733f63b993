#include "domain/deadlines/explanation.hpp"

#include <catch2/catch.hpp>

#include "domain/deadlines/due_date.hpp"

namespace vastine::domain {

namespace {

using Lines = std::vector<std::string>;

Date day(const std::string& text) {
    return parse_date(text).value();
}

Policy policy(std::uint32_t count, const std::string& unit, const std::string& name = "reminder.answer") {
    Policy made;
    made.version = 2;
    made.given.set_policy(name);
    made.given.set_target_count(count);
    made.given.set_target_unit(unit);
    made.given.set_ground("Kohtuullinen aika.");
    return made;
}
Reference knowing(const Policy& policy) {
    Reference reference;
    PolicySet event;
    *event.mutable_given() = policy.given;
    event.set_version(policy.version);
    reference.apply(event);
    return reference;
}

casework::DueItem item(const std::string& what, const Due& due) {
    casework::DueItem item;
    item.what = what;
    item.due = due;
    return item;
}

void says(const casework::DueItem& item, const Reference& reference, const Lines& fi, const Lines& sv,
          const Lines& en) {
    CHECK(why(item, Language::Finnish, reference) == fi);
    CHECK(why(item, Language::Swedish, reference) == sv);
    CHECK(why(item, Language::English, reference) == en);
}

}  // namespace

TEST_CASE("a reminder that came on a Friday is answered in four weeks, and says so", "[explanation]") {
    const auto rule = policy(28, "day");
    const auto reference = knowing(rule);
    says(item("answer", due_by(rule, {"arrival", day("2026-03-27")}, reference)), reference,
         {"Aika alkaa saapumisesta 27.3.2026. Alkamispäivää ei lasketa.",
          "Sääntö reminder.answer, versio 2: 28 päivää. Peruste: Kohtuullinen aika.",
          "Laskun mukaan aika päättyy 24.4.2026.", "Määräpäivä on 24.4.2026, joka on työpäivä."},
         {"Tiden börjar vid ankomsten den 27 mars 2026. Begynnelsedagen räknas inte.",
          "Regel reminder.answer, version 2: 28 dagar. Grund: Kohtuullinen aika.",
          "Enligt räkningen går tiden ut den 24 april 2026.",
          "Förfallodagen är den 24 april 2026, som är en arbetsdag."},
         {"The time runs from the arrival on 27 March 2026. That day is not counted.",
          "Rule reminder.answer, version 2: 28 days. Ground: Kohtuullinen aika.",
          "By the count the time ends on 24 April 2026.", "The due date is 24 April 2026, a working day."});
}

TEST_CASE("an end on Midsummer Eve says which days it was moved over", "[explanation]") {
    auto rule = policy(4, "week");
    rule.given.clear_ground();
    const auto reference = knowing(rule);
    says(item("answer", due_by(rule, {"reopening", day("2026-05-22")}, reference)), reference,
         {"Aika alkaa asian avaamisesta uudelleen 22.5.2026. Alkamispäivää ei lasketa.",
          "Sääntö reminder.answer, versio 2: 4 viikkoa.", "Laskun mukaan aika päättyy 19.6.2026.",
          "Vapaapäivien yli siirryttiin: juhannusaatto 19.6.2026, juhannuspäivä 20.6.2026, sunnuntai "
          "21.6.2026. Määräpäivä on seuraava työpäivä 22.6.2026 (laki 150/1930)."},
         {"Tiden börjar när ärendet togs upp på nytt den 22 maj 2026. Begynnelsedagen räknas inte.",
          "Regel reminder.answer, version 2: 4 veckor.", "Enligt räkningen går tiden ut den 19 juni 2026.",
          "Lediga dagar hoppades över: midsommarafton den 19 juni 2026, midsommardagen den 20 juni 2026, "
          "söndag den 21 juni 2026. Förfallodagen är följande arbetsdag, den 22 juni 2026 (lag 150/1930)."},
         {"The time runs from the reopening on 22 May 2026. That day is not counted.",
          "Rule reminder.answer, version 2: 4 weeks.", "By the count the time ends on 19 June 2026.",
          "Days off were passed over: Midsummer Eve 19 June 2026, Midsummer Day 20 June 2026, Sunday 21 June "
          "2026. The due date is the next working day, 22 June 2026 (act 150/1930)."});
}

TEST_CASE("working days say what was left out of them", "[explanation]") {
    auto rule = policy(5, "working-day", "reminder.statement");
    rule.given.set_closes_at("16:15");
    const auto reference = knowing(rule);
    says(item("statement", due_by(rule, {"asking", day("2026-05-11")}, reference)), reference,
         {"Aika alkaa pyynnöstä 11.5.2026. Alkamispäivää ei lasketa.",
          "Sääntö reminder.statement, versio 2: 5 työpäivää. Peruste: Kohtuullinen aika.",
          "Laskun mukaan aika päättyy 19.5.2026.",
          "Työpäiviin ei laskettu lauantaita ja sunnuntaita, joita välissä oli 2.",
          "Työpäiviin ei laskettu näitä vapaapäiviä: helatorstai 14.5.2026.",
          "Määräpäivä on 19.5.2026, joka on työpäivä.", "Viimeisenä päivänä aika päättyy kello 16.15."},
         {"Tiden börjar vid begäran den 11 maj 2026. Begynnelsedagen räknas inte.",
          "Regel reminder.statement, version 2: 5 arbetsdagar. Grund: Kohtuullinen aika.",
          "Enligt räkningen går tiden ut den 19 maj 2026.",
          "Till arbetsdagarna räknades inte lördagar och söndagar; de var 2.",
          "Till arbetsdagarna räknades inte dessa lediga dagar: Kristi himmelsfärdsdag den 14 maj 2026.",
          "Förfallodagen är den 19 maj 2026, som är en arbetsdag.",
          "Den sista dagen går tiden ut klockan 16.15."},
         {"The time runs from the request on 11 May 2026. That day is not counted.",
          "Rule reminder.statement, version 2: 5 working days. Ground: Kohtuullinen aika.",
          "By the count the time ends on 19 May 2026.",
          "Saturdays and Sundays were left out of the working days; there were 2.",
          "These days off were left out of the working days: Ascension Day 14 May 2026.",
          "The due date is 19 May 2026, a working day.", "On the last day the time ends at 16:15."});
}

TEST_CASE("credited days are said, and what the law counts beside them", "[explanation]") {
    const auto rule = policy(28, "day");
    const auto reference = knowing(rule);
    auto credited_item = item("answer", due_by(rule, {"arrival", day("2026-03-02")}, reference, 10));
    credited_item.calendar_due_by = "2026-03-30";
    says(credited_item, reference,
         {"Aika alkaa saapumisesta 2.3.2026. Alkamispäivää ei lasketa.",
          "Sääntö reminder.answer, versio 2: 28 päivää. Peruste: Kohtuullinen aika.",
          "Laskun mukaan aika päättyy 30.3.2026.",
          "Täydennyksen odottamisesta hyvitetään 10 päivää, joten aika päättyy 9.4.2026.",
          "Määräpäivä on 9.4.2026, joka on työpäivä.",
          "Laki ei tunne keskeytystä: ilman omia keskeytyksiä ja jatkoaikoja määräpäivä olisi 30.3.2026, ja "
          "vastausaika raportoidaan sen mukaan."},
         {"Tiden börjar vid ankomsten den 2 mars 2026. Begynnelsedagen räknas inte.",
          "Regel reminder.answer, version 2: 28 dagar. Grund: Kohtuullinen aika.",
          "Enligt räkningen går tiden ut den 30 mars 2026.",
          "För väntan på komplettering räknas 10 dagar till godo, och tiden går därför ut den 9 april 2026.",
          "Förfallodagen är den 9 april 2026, som är en arbetsdag.",
          "Lagen känner inget avbrott: utan egna avbrott och förlängningar vore förfallodagen den 30 mars "
          "2026, och svarstiden rapporteras enligt den."},
         {"The time runs from the arrival on 2 March 2026. That day is not counted.",
          "Rule reminder.answer, version 2: 28 days. Ground: Kohtuullinen aika.",
          "By the count the time ends on 30 March 2026.",
          "Credited for the wait for a completion: 10 days. The time therefore ends on 9 April 2026.",
          "The due date is 9 April 2026, a working day.",
          "The law knows no pause: without pauses and extensions of our own the due date would be 30 March "
          "2026, and the answer time is reported by it."});
}

TEST_CASE("a clock that waits says since when", "[explanation]") {
    const auto rule = policy(28, "day");
    const auto reference = knowing(rule);
    auto waiting = item("answer", due_by(rule, {"arrival", day("2026-03-02")}, reference));
    waiting.paused_on = day("2026-03-09");
    CHECK(why(waiting, Language::Finnish, reference).back() == "Kello odottaa täydennystä 9.3.2026 alkaen.");
    CHECK(why(waiting, Language::Swedish, reference).back() ==
          "Klockan väntar på komplettering sedan den 9 mars 2026.");
    CHECK(why(waiting, Language::English, reference).back() ==
          "The clock has waited for the completion since 9 March 2026.");
}

TEST_CASE("an extension says when the client was told, and what a later pause added", "[explanation]") {
    const auto rule = policy(28, "day");
    const auto reference = knowing(rule);
    const Due first = due_by(rule, {"arrival", day("2026-03-02")}, reference);
    const Due later = extended(first, "2026-04-14", "2026-03-20");
    says(
        item("answer", later), reference,
        {"Määräaikaa jatkettiin: asiakkaalle kerrottiin 20.3.2026, että vastaus tulee viimeistään "
         "14.4.2026."},
        {"Tiden förlängdes: klienten fick den 20 mars 2026 veta att svaret kommer senast den 14 april 2026."},
        {"The time was extended: on 20 March 2026 the client was told that the answer comes by 14 April "
         "2026."});
    const Due paused = credited(later, 5, reference);
    CHECK(paused.due_by() == "2026-04-20");
    CHECK(
        why(item("answer", paused), Language::English, reference) ==
        Lines{"The time was extended: on 20 March 2026 the client was told that the answer comes by 14 April "
              "2026.",
              "Credited for the wait for a completion: 5 days. The time therefore ends on 19 April 2026.",
              "Days off were passed over: Sunday 19 April 2026. The due date is the next working day, 20 "
              "April 2026 (act 150/1930)."});
}

TEST_CASE("a date that was said names whose it is", "[explanation]") {
    const Reference none;
    says(item("answer", due_as_said("letter", "2026-06-20")), none,
         {"Määräpäivän 20.6.2026 on asettanut viranomainen. Vain viranomainen voi siirtää sitä."},
         {"Förfallodagen den 20 juni 2026 har satts av myndigheten. Bara myndigheten kan flytta den."},
         {"The authority set the due date, 20 June 2026. Only the authority can move it."});
    says(item("measure", due_as_said("agreement", "2026-06-30")), none, {"Määräpäivä 30.6.2026 on sovittu."},
         {"Förfallodagen den 30 juni 2026 är avtalad."}, {"The due date, 30 June 2026, was agreed."});
    CHECK(why(item("completion", due_as_said("asking", "2026-03-20")), Language::Finnish, none) ==
          Lines{"Määräpäivä 20.3.2026 annettiin pyynnössä."});
    CHECK(why(item("answer", due_as_said("", "2018-03-20")), Language::Swedish, none) ==
          Lines{"Förfallodagen den 20 mars 2018 finns i uppgifter som hämtats från ett annat system."});
}

TEST_CASE("a date written before it told its steps names its rule, and one whose day is gone is silent",
          "[explanation]") {
    Due old;
    old.set_due_by("2026-03-30");
    old.set_policy("reminder.answer");
    old.set_policy_version(1);
    CHECK(
        why(item("answer", old), Language::English, Reference()) ==
        Lines{"The due date, 30 March 2026, was counted by rule reminder.answer, version 1. The steps of the "
              "count were not written down then."});
    old.clear_due_by();
    CHECK(why(item("answer", old), Language::English, Reference()).empty());
}

TEST_CASE("the explanation asks nothing of today: a later rule or closing day changes no word of it",
          "[explanation]") {
    const auto rule = policy(28, "day");
    auto reference = knowing(rule);
    const auto promised = item("answer", due_by(rule, {"arrival", day("2026-03-27")}, reference));
    const auto before = why(promised, Language::Finnish, reference);
    auto changed = policy(14, "day");
    changed.given.set_ground("Uusi");
    PolicySet event;
    *event.mutable_given() = changed.given;
    event.set_version(3);
    reference.apply(event);
    ClosingDaySet closing;
    closing.mutable_given()->set_closing_day_id("x");
    closing.mutable_given()->set_on("2026-04-24");
    reference.apply(closing);
    CHECK(why(promised, Language::Finnish, reference) == before);
}

TEST_CASE("each step of the clock is told in a line", "[explanation]") {
    const auto in_english = [](const casework::ClockStep& step) { return told(step, Language::English); };
    const auto march = day("2026-03-09");
    CHECK(in_english({"started", march, "2026-04-07", 0}) ==
          "The clock started on 9 March 2026. The due date is 7 April 2026.");
    CHECK(in_english({"paused", march, "2026-04-07", 0}) ==
          "The clock was paused on 9 March 2026 to wait for a completion.");
    CHECK(in_english({"resumed", march, "2026-04-07", 1}) ==
          "The clock resumed on 9 March 2026. Credited for the wait: 1 day. The due date is 7 April 2026.");
    CHECK(
        in_english({"resumed", march, "2026-04-07", 0}) ==
        "The clock resumed on 9 March 2026. Nothing is credited for the wait: the due date is 7 April 2026.");
    CHECK(told({"extended", march, "2026-04-07", 14}, Language::Swedish) ==
          "Tiden förlängdes den 9 mars 2026 med 14 dagar: förfallodagen är den 7 april 2026.");
    CHECK(told({"recomputed", std::nullopt, "2026-04-07", 0}, Language::Finnish) ==
          "Määräaika laskettiin uudelleen voimassa olevalla säännöllä: määräpäivä on 7.4.2026.");
    CHECK(told({"corrected", std::nullopt, "2026-04-07", 0}, Language::Finnish) ==
          "Kirjausta korjattiin: määräpäivä on 7.4.2026.");
    CHECK(told({"satisfied", std::nullopt, "", 0}, Language::Finnish) ==
          "Vastaus annettiin (päivä poistettu). Määräpäivä oli (päivä poistettu).");
    for (const auto* what :
         {"started", "paused", "resumed", "extended", "recomputed", "corrected", "satisfied"})
        for (const auto language : {Language::Finnish, Language::Swedish, Language::English})
            CHECK(told({what, march, "2026-04-07", 3}, language).find('{') == std::string::npos);
}

}  // namespace vastine::domain
