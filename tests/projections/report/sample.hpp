#pragma once
// A small report, counted by hand, for the tests of its forms.

#include "domain/reference/reference.hpp"
#include "projections/report/annual_report.hpp"
#include "tests/projections/report/totals.hpp"

namespace vastine::projections::report::sample {

inline domain::Reference reference() {
    domain::Reference out;
    for (const auto& command : domain::default_reference_commands()) {
        if (const auto* set = dynamic_cast<const PublishCodeSet*>(command.get())) {
            CodeSetPublished event;
            *event.mutable_given() = *set;
            event.set_version(1);
            out.apply(event);
        } else if (const auto* authority = dynamic_cast<const SetAuthority*>(command.get())) {
            AuthoritySet event;
            *event.mutable_given() = *authority;
            out.apply(event);
        }
    }
    const auto unit = [&](const char* id, const char* fi) {
        UnitSet event;
        auto& given = *event.mutable_given();
        given.set_unit_id(id);
        given.mutable_name()->set_fi(fi);
        given.mutable_name()->set_sv(std::string(fi) + " (sv)");
        given.mutable_name()->set_en(std::string(fi) + " (en)");
        given.set_valid_from("2015-01-01");
        out.apply(event);
    };
    unit("perhe", "Perhe- ja sosiaalipalvelut");
    unit("sairaala", "Sairaala-, kuntoutus- ja <hoivapalvelut> & muut");
    return out;
}

inline Division division(std::string set, Whole of, std::vector<Count> counts) {
    Division out;
    out.code_set = std::move(set);
    out.of = of;
    for (const auto& count : counts) out.denominator += count.count;
    out.counts = std::move(counts);
    return out;
}

inline ReleasedTotals legal_year(int year, std::uint64_t family, std::uint64_t hospital) {
    ReleasedTotals out;
    out.area = domain::Area::Legal;
    out.year = year;
    out.position = {900};
    out.as_of_on = "2019-01-15";
    out.code_version = "codes-1";
    out.totals = totals_of_answers();
    const auto add = [&](const char* measure, const char* dimension, const char* code, std::uint64_t count) {
        out.totals.push_back(total(measure, dimension, code, count));
    };
    add("reminder+complaint.registered", "", "", family + hospital);
    add("reminder+complaint.registered", "department", "perhe", family);
    add("reminder+complaint.registered", "department", "sairaala", hospital);
    add("reminder+complaint.registered", "cause", "care", family);
    add("reminder+complaint.registered", "cause", "conduct", hospital);
    add("reminder+complaint.registered", "maker", "client", family + hospital);
    add("authority-request.registered", "", "", 20);
    add("authority-request.registered", "authority", "avi-esavi", 12);
    add("authority-request.registered", "authority", "valvira", 8);
    add("reminder.registered", "", "", family);
    add("complaint.registered", "", "", hospital);
    return out;
}

inline AnnualFigures figures() {
    AnnualFigures out;
    out.area = domain::Area::Ombudsman;
    out.query.period = calendar_year(2018);
    auto& counts = out.ombudsman.emplace();
    counts.year = 2018;
    counts.contacts = 1565;
    counts.first = 1377;
    counts.follow_ups = 188;
    counts.recorded = 120;
    counts.matters = 1899;
    counts.minutes = 45000;
    for (unsigned month = 1; month <= 12; ++month) {
        const auto code = std::string("2018-") + (month < 10 ? "0" : "") + std::to_string(month);
        counts.months.push_back({code, month == 12 ? 245U : 120U, month == 12 ? 249U : 150U});
    }
    counts.sector = division("sector", Whole::Contacts, {{"health", 988}, {"social", 430}, {"both", 147}});
    for (int year = 2014; year <= 2018; ++year) {
        YearOfContacts entry;
        entry.year = year;
        if (year == 2016) {
            entry.contacts = 1700;
            entry.first = 1500;
            entry.follow_ups = 200;
            entry.matters = 2028;
            entry.sector = division("sector", Whole::Contacts, {{"health", 1200}, {"social", 500}});
        }
        if (year == 2018) {
            entry.contacts = 1565;
            entry.first = 1377;
            entry.follow_ups = 188;
            entry.matters = 1899;
            entry.sector = counts.sector;
        }
        counts.years.push_back(entry);
    }
    counts.who = division("maker", Whole::Contacts, {{"client", 1200}, {"relative", 300}, {"", 65}});
    counts.channel = division("channel", Whole::Contacts, {{"phone", 1065}, {"email", 400}, {"visit", 100}});
    counts.nature = division("nature", Whole::Contacts, {{"dissatisfaction", 1000}, {"information", 565}});
    counts.language = division("language", Whole::Contacts, {{"fi", 1400}, {"sv", 100}, {"other", 65}});
    counts.municipality =
        division("municipality", Whole::Contacts, {{"Helsinki", 1500}, {"=HYPERLINK(\"x\")", 45}, {"", 20}});
    counts.municipality.gone = 20;
    counts.ownership = division("ownership", Whole::Contacts, {{"public", 1500}, {"private", 65}});
    counts.department = division("unit", Whole::Contacts, {{"perhe", 800}, {"sairaala", 765}});
    counts.matter_sector = division("sector", Whole::Matters, {{"health", 1272}, {"social", 627}});
    counts.cause = division("cause_contact", Whole::Matters,
                            {{"patient-care", 900}, {"patient-records", 600}, {"patient-injury", 399}});
    counts.cause_mentions = counts.cause;
    counts.cause_mentions.several = true;
    counts.service_task = division("service_task", Whole::Matters, {{"hospital", 1000}, {"families", 899}});
    counts.provider = division("provider", Whole::Matters, {{"own", 1899}});
    counts.measure = division("measure", Whole::Matters, {{"advice", 1700}, {"mediation", 20}});
    counts.measure.several = true;
    counts.cause_by_service = {"service_task",
                               "cause_contact",
                               Whole::Matters,
                               1899,
                               {{"hospital", "patient-care", 900},
                                {"hospital", "patient-injury", 100},
                                {"families", "patient-records", 600},
                                {"families", "patient-injury", 299}}};
    counts.cause_by_sector = {"sector",
                              "cause_contact",
                              Whole::Matters,
                              1899,
                              {{"health", "patient-care", 900},
                               {"health", "patient-injury", 372},
                               {"social", "patient-records", 600},
                               {"social", "patient-injury", 27}}};
    out.released_before = {legal_year(2016, 400, 176), legal_year(2017, 300, 231)};
    out.released = legal_year(2018, 224, 181);
    return out;
}

inline Report report(domain::Language language = domain::Language::Finnish) {
    return report_of(figures(), reference(), language,
                     {store::Position{4567}, std::chrono::year(2019) / 2 / 3});
}

}  // namespace vastine::projections::report::sample
