#pragma once
// A report that holds every kind of block and every shape of chart, in any language, written by hand.

#include "projections/report/disclosure.hpp"
#include "projections/report/prose.hpp"
#include "projections/report/tables.hpp"

namespace vastine::projections::report::sample {

inline std::string in(domain::Language language, const char* fi, const char* sv, const char* en) {
    switch (language) {
        case domain::Language::Finnish:
            return fi;
        case domain::Language::Swedish:
            return sv;
        case domain::Language::English:
            return en;
    }
    return {};
}

// Departments by year, with a reorganisation before 2017.
inline Table departments_by_year(domain::Language language) {
    Table out;
    out.id = "departments-by-year";
    out.caption = in(language, "Muistutukset vastuualueittain", "Anmärkningar per ansvarsområde",
                     "Reminders by department");
    out.row_heading = in(language, "Vuosi", "År", "Year");
    const std::vector<std::string> names = {
        in(language, "Perhe- ja sosiaalipalvelut", "Familje- och socialtjänster",
           "Family and social services"),
        in(language, "Sairaala-, kuntoutus- ja hoivapalvelut", "Sjukhus-, rehabiliterings- och vårdtjänster",
           "Hospital, rehabilitation and care"),
        in(language, "Terveyspalvelut ja päihdepalvelut", "Hälsotjänster och missbrukartjänster",
           "Health and substance abuse services"),
        in(language, "Suun terveydenhuolto", "Munhälsovård", "Dental care")};
    const std::vector<std::string> ids = {"family", "hospital", "health", "dental"};
    for (std::size_t i = 0; i < ids.size(); ++i) out.columns.push_back({ids[i], names[i]});
    out.columns.push_back({"total", in(language, "Yhteensä", "Totalt", "Total")});
    const std::vector<std::vector<double>> counts = {
        {96, 140, 120, 41}, {110, 152, 131, 3}, {108, 117, 306, 60}, {119, 105, 181, 58}, {165, 72, 336, 77}};
    for (std::size_t y = 0; y < counts.size(); ++y) {
        const int year = 2014 + static_cast<int>(y);
        Row row{std::to_string(year), std::to_string(year), {}};
        double sum = 0;
        for (std::size_t i = 0; i < ids.size(); ++i) {
            sum += counts[y][i];
            row.cells.push_back(counted(
                Named{figure_id("reminder.registered", year, {{"department", ids[i]}}), counts[y][i]}));
        }
        row.cells.push_back(counted(Named{figure_id("reminder.registered", year), sum}));
        out.rows.push_back(row);
    }
    out.definition = in(language, "Saapuneet muistutukset saapumisvuoden mukaan.",
                        "Inkomna anmärkningar enligt ankomstår.", "Reminders by the year they arrived.");
    out.source = in(language, "Tilanne 31.1.2019.", "Läget 31.1.2019.", "As at 31 January 2019.");
    out.breaks.push_back(
        {"2016",
         in(language,
            "Vastuualueet järjestettiin uudelleen 1.1.2016; luvut eivät ole vertailukelpoisia aiempiin.",
            "Ansvarsområdena omorganiserades 1.1.2016; talen är inte jämförbara med tidigare år.",
            "Departments were reorganised on 1 January 2016; figures before are not comparable.")});
    return out;
}

// Units by cause, with verdicts.
inline Table units_by_cause(domain::Language language) {
    Table out;
    out.id = "units-by-cause";
    out.caption =
        in(language, "Muistutusten syyt yksiköittäin", "Anmärkningarnas orsaker per enhet", "Causes by unit");
    out.row_heading = in(language, "Yksikkö", "Enhet", "Unit");
    const std::vector<std::pair<std::string, std::string>> causes = {
        {"care", in(language, "Hoito", "Vård", "Care")},
        {"service", in(language, "Palvelu", "Service", "Service")},
        {"conduct", in(language, "Kohtelu", "Bemötande", "Conduct")},
        {"access", in(language, "Hoitoon pääsy", "Tillgång till vård", "Access to care")},
        {"decision", in(language, "Päätös", "Beslut", "Decision")},
        {"records", in(language, "Asiakirjamerkinnät", "Journalanteckningar", "Records")}};
    for (const auto& [id, name] : causes) out.columns.push_back({id, name});
    const std::vector<std::pair<std::string, std::string>> units = {
        {"clinic",
         in(language, "Tikkurilan terveysasema", "Dickursby hälsostation", "Tikkurila health station")},
        {"emergency", in(language, "Päivystys ja ensihoidon tilannekeskus", "Jour och lägescentral",
                         "Emergency department")},
        {"home", in(language, "Kotihoito", "Hemvård", "Home care")},
        {"child", in(language, "Lastensuojelu", "Barnskydd", "Child protection")}};
    const std::vector<std::vector<double>> counts = {
        {31, 4, 12, 26, 0, 9}, {58, 3, 33, 17, 2, 6}, {12, 22, 8, 0, 11, 2}, {7, 9, 19, 1, 41, 14}};
    for (std::size_t u = 0; u < units.size(); ++u) {
        Row row{units[u].first, units[u].second, {}};
        for (std::size_t i = 0; i < causes.size(); ++i) {
            row.cells.push_back(
                counted(Named{figure_id("reminder.registered", 2018,
                                        {{"unit", units[u].first}, {"cause", causes[i].first}}),
                              counts[u][i]}));
        }
        out.rows.push_back(row);
    }
    const auto more = in(language, "enemmän kuin sattuma selittää", "mer än slumpen förklarar",
                         "more than chance explains");
    const auto few = in(language, "liian vähän arvioitavaksi", "för få för en bedömning", "too few to judge");
    out.marks = {{"emergency", "conduct", "▲", more},
                 {"child", "decision", "▲", more},
                 {"home", "service", "▲", more, {{"reminder.registered|year=2017|unit=home", 3}}},
                 {"clinic", "service", "○", few, {}, false}};
    out.definition = in(language, "Muistutukset, joissa syy mainittiin.", "Anmärkningar där orsaken nämndes.",
                        "Reminders that named the cause.");
    out.source = in(language, "Tilanne 31.1.2019.", "Läget 31.1.2019.", "As at 31 January 2019.");
    return out;
}

inline Table outcomes(domain::Language language) {
    Table out;
    out.id = "outcomes";
    out.caption = in(language, "Ratkaisut", "Avgöranden", "Outcomes");
    out.row_heading = in(language, "Vastuualue", "Ansvarsområde", "Department");
    out.columns = {{"founded", in(language, "Aiheellinen", "Befogad", "Well-founded")},
                   {"partly", in(language, "Osin aiheellinen", "Delvis befogad", "Partly")},
                   {"not", in(language, "Ei aihetta", "Obefogad", "Not founded")},
                   {"open", in(language, "Kesken", "Öppen", "Open")},
                   {"total", in(language, "Yhteensä", "Totalt", "Total")}};
    const auto row = [&](const char* id, const std::string& name, std::vector<double> counts) {
        Row made{id, name, {}};
        double sum = 0;
        for (const auto count : counts) {
            sum += count;
            made.cells.push_back(counted(static_cast<std::uint64_t>(count)));
        }
        made.cells.push_back(counted(static_cast<std::uint64_t>(sum)));
        out.rows.push_back(made);
    };
    row("family",
        in(language, "Perhe- ja sosiaalipalvelut", "Familje- och socialtjänster", "Family services"),
        {44, 31, 82, 8});
    row("hospital", in(language, "Sairaala", "Sjukhuset", "Hospital"), {12, 20, 37, 6});
    row("health", in(language, "Terveyspalvelut", "Hälsotjänster", "Health services"), {101, 64, 160, 11});
    out.definition = in(language, "Vuonna 2018 saapuneet.", "Inkomna 2018.", "Arrived in 2018.");
    out.source = in(language, "Tilanne 31.1.2019.", "Läget 31.1.2019.", "As at 31 January 2019.");
    return out;
}

inline Chart chart_of(const Table& table, Shape shape, domain::Language language) {
    Chart out{table.id + "-chart", shape, table.id, {}, table.caption, {}};
    for (const auto& column : table.columns) {
        if (column.id != "total") out.columns.push_back(column.id);
    }
    out.description = described(out, table, language);
    return out;
}

inline Report every_block(domain::Language language) {
    Report report;
    report.title = in(language, "Muistutusten ja kantelujen selvitys 2018",
                      "Redogörelse för anmärkningar och klagomål 2018", "Account of reminders 2018");
    report.subtitle = in(language, "Vantaan ja Keravan hyvinvointialue", "Vanda och Kervo välfärdsområde",
                         "Wellbeing services county of Vantaa and Kerava");
    report.year = 2018;
    report.kind = "legal";
    report.period = "2018";
    report.language = language;
    report.provenance = {1900, "2019-01-31", "codes-1"};
    report.mark = in(language, "Sisäinen työversio", "Intern arbetsversion", "Internal working version");
    report.notices.push_back(
        {in(language, "Sisäinen työversio", "Intern arbetsversion", "Internal version"),
         in(language, "Ei julkaistavaksi.", "Inte för publicering.", "Not for publication."), "internal"});
    // Somebody wrote in one language only.
    const auto other =
        language == domain::Language::Swedish ? domain::Language::Finnish : domain::Language::Swedish;
    report.notices.push_back({in(language, "Korjattu painos 2", "Rättad upplaga 2", "Corrected edition 2"),
                              in(other, "Taulukon 2 luvut.", "Siffrorna i tabell 2.", ""),
                              "corrected",
                              {},
                              other});

    Section figures{"figures", in(language, "Luvut", "Siffror", "Figures"), {}, {}};
    figures.blocks.emplace_back(
        Paragraph{in(language, "Muistutuksia tuli enemmän kuin ennen.", "Anmärkningarna blev fler än förr.",
                     "There were more reminders than before."),
                  {}});
    figures.blocks.emplace_back(KeyFigures{"key",
                                           {{"reminders",
                                             in(language, "Muistutukset", "Anmärkningar", "Reminders"),
                                             {650},
                                             "2017: 463",
                                             "reminder.registered|year=2018"}}});
    const auto by_year = departments_by_year(language);
    auto trend = chart_of(by_year, Shape::Trend, language);
    figures.blocks.emplace_back(trend);
    figures.blocks.emplace_back(by_year);
    Section causes{"causes", in(language, "Syyt", "Orsaker", "Causes"), {}, {}};
    const auto crossed = units_by_cause(language);
    causes.blocks.emplace_back(chart_of(crossed, Shape::HeatMap, language));
    causes.blocks.emplace_back(crossed);
    const auto ended = outcomes(language);
    causes.blocks.emplace_back(chart_of(ended, Shape::Stacked, language));
    causes.blocks.emplace_back(ended);
    figures.subsections.push_back(causes);
    report.sections.push_back(figures);

    const FigureLookup lookup(report);
    Section words{
        "words", in(language, "Havainnot ja ehdotukset", "Iakttagelser och förslag", "Observations"), {}, {}};
    words.blocks.emplace_back(prose_of(
        in(language,
           "# Mitä näimme\n\nPäivystyksen muistutuksista *kohtelu* mainittiin "
           "{{units-by-cause/emergency/conduct}} kertaa ja vuonna 2018 tuli **{{key/reminders}}** "
           "muistutusta, "
           "suun terveydenhuollosta {{departments-by-year/2015/dental}} vuonna 2015.\n\n- jonot kasvoivat\n- "
           "puhelin ei vastannut\n  - etenkin aamuisin\n\n> Kukaan ei soittanut takaisin.\n\n## Tarkemmin\n\n"
           "Katso [ohje](https://vakehyva.fi/ohje).",
           "# Vad vi såg\n\nI anmärkningarna om jouren nämndes *bemötande* "
           "{{units-by-cause/emergency/conduct}} "
           "gånger och år 2018 kom **{{key/reminders}}** anmärkningar, om munhälsovården "
           "{{departments-by-year/2015/dental}} år 2015.\n\n- köerna växte\n- ingen svarade\n  - särskilt på "
           "morgonen\n\n> Ingen ringde tillbaka.\n\n## Närmare\n\nSe "
           "[anvisningen](https://vakehyva.fi/anvisning).",
           "# What we saw\n\nOf the emergency department *conduct* was named "
           "{{units-by-cause/emergency/conduct}} "
           "times and **{{key/reminders}}** reminders came in 2018, of dental care "
           "{{departments-by-year/2015/dental}} in 2015.\n\n- queues grew\n- nobody answered\n  - mostly in "
           "the "
           "mornings\n\n> Nobody called back.\n\n## More\n\nSee the [guide](https://vakehyva.fi/guide)."),
        language, lookup));
    Section proposals{"proposals", in(language, "Ehdotukset", "Förslag", "Proposals"), {}, {}};
    Item item;
    item.id = "proposal-1";
    item.heading = in(language, "Ehdotus 1", "Förslag 1", "Proposal 1");
    item.text = prose_of(in(language, "Takaisinsoitto *samana päivänä*.", "Återuppringning *samma dag*.",
                            "Call back *the same day*."),
                         language, lookup);
    item.facts = {
        {in(language, "Kenelle", "Till vem", "Addressee"),
         {{in(language, "Tikkurilan terveysasema", "Dickursby hälsostation", "Tikkurila health station")}}},
        {in(language, "Vastaus", "Svar", "Answer"), {{in(language, "Hyväksytty", "Godkänt", "Accepted")}}},
        {in(language, "Toimenpiteet", "Åtgärder", "Measures"),
         {{in(other, "Uusi puhelinjärjestelmä otettiin käyttöön.", "Ett nytt telefonsystem togs i bruk.", ""),
           other}}},
        {in(language, "Seuranta", "Uppföljning", "Follow-up"),
         {{in(language, "1.3.2018 aloitettu", "1.3.2018 påbörjat", "1 March 2018 begun")},
          {in(other, "Hankinta alkoi.", "Upphandlingen började.", ""), other},
          {in(language, "1.9.2018 tehty", "1.9.2018 klart", "1 September 2018 done")}}}};
    proposals.blocks.emplace_back(item);
    proposals.blocks.emplace_back(
        prose_of(in(other, "Vain suomeksi.", "Endast på svenska.", ""), other, lookup));
    words.subsections.push_back(proposals);
    report.sections.push_back(words);
    return report;
}

}  // namespace vastine::projections::report::sample
