#include "domain/calendar/explanation.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

using namespace vastine::domain;
using Lines = std::vector<std::string>;

namespace {

Date day(const std::string& text) {
    return parse_date(text).value();
}

Lines explained(const std::string& start, const Period& period, Language language,
                const Calendar& calendar = finnish_days_off()) {
    return explain(count_period(period, day(start), working_days(calendar)), language);
}

}  // namespace

TEST_CASE("an end that moved says over what, and by which act", "[explanation]") {
    CHECK(explained("2026-03-20", {14, PeriodUnit::Day}, Language::Finnish) ==
          Lines{"Laskenta alkaa pe 20.3.2026. Alkamispäivää ei lueta mukaan.",
                "14 päivää tästä eteenpäin on pe 3.4.2026.",
                "Päivä ei ole työpäivä, joten se siirtyy seuraavaan työpäivään (laki 150/1930, 5 §). Yli "
                "mennään: pe 3.4.2026 (pitkäperjantai), la 4.4.2026 (lauantai), su 5.4.2026 "
                "(pääsiäispäivä), ma 6.4.2026 (toinen pääsiäispäivä).",
                "Viimeinen päivä on ti 7.4.2026."});
    CHECK(explained("2026-06-05", {2, PeriodUnit::Week}, Language::Swedish) ==
          Lines{"Räkningen börjar fre 5.6.2026. Begynnelsedagen räknas inte med.",
                "2 veckor framåt är fre 19.6.2026.",
                "Dagen är ingen arbetsdag och flyttas till nästa arbetsdag (lag 150/1930, 5 §). Dagar som "
                "hoppas över: fre 19.6.2026 (midsommarafton), lör 20.6.2026 (midsommardagen), sön "
                "21.6.2026 (söndag).",
                "Sista dagen är mån 22.6.2026."});
    CHECK(explained("2026-12-24", {1, PeriodUnit::Week}, Language::English, swedish_days_off()) ==
          Lines{"Counting starts from Thu 2026-12-24. The start day is not counted.",
                "1 week on from there is Thu 2026-12-31.",
                "That is no working day, so it moves to the next one (Sweden's act 1930:173, section 2). "
                "Passed over: Thu 2026-12-31 (New Year's Eve), Fri 2027-01-01 (New Year's Day), Sat "
                "2027-01-02 (Saturday), Sun 2027-01-03 (Sunday).",
                "The last day is Mon 2027-01-04."});
}

TEST_CASE("an end that did not move says nothing of moving", "[explanation]") {
    CHECK(explained("2026-03-02", {1, PeriodUnit::Day}, Language::English) ==
          Lines{"Counting starts from Mon 2026-03-02. The start day is not counted.",
                "1 day on from there is Tue 2026-03-03.", "The last day is Tue 2026-03-03."});
}

TEST_CASE("a month that was too short is said to be so", "[explanation]") {
    CHECK(explained("2024-01-31", {1, PeriodUnit::Month}, Language::Finnish) ==
          Lines{"Laskenta alkaa ke 31.1.2024. Alkamispäivää ei lueta mukaan.",
                "1 kuukausi tästä eteenpäin on to 29.2.2024.",
                "Kuukaudessa ei ole vastaavaa päivää, joten aika päättyy kuukauden viimeisenä päivänä.",
                "Viimeinen päivä on to 29.2.2024."});
}

TEST_CASE("working days name the feasts left out and count the weekends", "[explanation]") {
    CHECK(explained("2026-04-01", {5, PeriodUnit::WorkingDay}, Language::English) ==
          Lines{"Counting starts from Wed 2026-04-01. The start day is not counted.",
                "Days off are not counted: Fri 2026-04-03 (Good Friday), Sun 2026-04-05 (Easter Sunday), Mon "
                "2026-04-06 (Easter Monday).",
                "Other Saturdays and Sundays are not counted either. Their number: 1.",
                "5 working days on from there is Fri 2026-04-10.", "The last day is Fri 2026-04-10."});
}

TEST_CASE("a closing day is explained by its own reason and by no act", "[explanation]") {
    ClosingDay closing{day("2026-05-15"), {}, {}, {}};
    closing.reason.set_fi("koulutuspäivä");
    const auto own = working_days(finnish_days_off()).with({closing});
    const auto lines =
        explain(count_period({2, PeriodUnit::Week}, day("2026-05-01"), own), Language::Finnish);
    REQUIRE(lines.size() == 4);
    CHECK(lines[2] ==
          "Päivä ei ole työpäivä, joten se siirtyy seuraavaan työpäivään. Yli mennään: pe 15.5.2026 "
          "(koulutuspäivä), la 16.5.2026 (lauantai), su 17.5.2026 (sunnuntai).");
}

TEST_CASE("every rule of every calendar has a name in three languages, and none holds a comma",
          "[explanation]") {
    for (const Calendar* calendar : calendars())
        for (const DayOffRule& rule : calendar->rules)
            for (const Language language : {Language::Finnish, Language::Swedish, Language::English}) {
                const std::string name = day_off_name(rule.name, language);
                CAPTURE(std::string(rule.name), name);
                CHECK_FALSE(name.empty());
                CHECK(name.find_first_of(",\"\n") == std::string::npos);
            }
}
