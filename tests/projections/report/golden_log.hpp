#pragma once
// The log of the golden models: literal events, with code sets of its own, so that what a model of it says
// depends on the program and on nothing that an organisation may change. Never edit it: a new thing to hold
// is a log of its own.

#include <array>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "tests/projections/report/proposals.hpp"
#include "tests/projections/report/totals.hpp"
#include "tests/projections/written_log.hpp"

namespace vastine::projections::report::golden {

using namespace vastine::projections::tests;

inline void set_name(Text& name, const std::string& word) {
    name.set_fi(word + " (fi)");
    name.set_sv(word + " (sv)");
    name.set_en(word + " (en)");
}

struct CodeGiven {
    std::string code;
    std::string applies_to = {};
    std::string valid_until = {};
    std::vector<std::string> successors = {};
};
inline CodeSetPublished code_set(const std::string& name, const std::vector<CodeGiven>& codes,
                                 std::uint32_t version = 1, const std::string& from = "2010-01-01") {
    CodeSetPublished event;
    event.set_version(version);
    event.mutable_given()->set_code_set(name);
    set_name(*event.mutable_given()->mutable_name(), name);
    event.mutable_given()->set_valid_from(from);
    for (const auto& given : codes) {
        auto& code = *event.mutable_given()->add_codes();
        code.set_code(given.code);
        set_name(*code.mutable_name(), given.code);
        if (!given.applies_to.empty()) code.add_applies_to(given.applies_to);
        code.set_valid_until(given.valid_until);
        for (const auto& to : given.successors) code.add_successors(to);
    }
    return event;
}

inline void write_reference(WrittenLog& log) {
    const std::vector<std::pair<std::string, std::vector<CodeGiven>>> sets{
        {"sector", {{"health"}, {"social"}, {"both"}}},
        {"maker", {{"client"}, {"relative"}, {"authority"}}},
        {"channel", {{"phone"}, {"letter"}, {"visit"}}},
        {"nature", {{"dissatisfaction"}}},
        {"ownership", {{"public"}}},
        {"language", {{"fi"}}},
        {"cause_contact",
         {{"patient-care", "health"}, {"patient-records", "health"}, {"social-decision", "social"}}},
        {"service_task", {{"hospital"}, {"dental"}, {"families"}}},
        {"measure", {{"advice"}, {"mediation"}, {"inquiry"}}},
        {"request_kind", {{"statement"}, {"clarification"}}},
        {"reminder_outcome", {{"well-founded"}, {"partly"}, {"not-founded"}}},
        {"proposal_answer", {{"accepted"}, {"partly"}, {"no"}}},
        {"proposal_progress", {{"under-way"}, {"done"}}},
        {"publication_receiver", {{"municipality"}}},
        {"report_section", {{"services-dental"}, {"development"}, {"proposals"}}},
        {"report-note", {{"invented"}}}};
    for (const auto& [name, codes] : sets) log.add("reference-codes", code_set(name, codes));
    log.add("reference-codes", code_set("cause", {{"care"}, {"conduct"}, {"wait"}}))
        .add("reference-codes", code_set("cause",
                                         {{"care"},
                                          {"conduct"},
                                          {"wait", "", "2017-12-31", {"access", "queue"}},
                                          {"access"},
                                          {"queue"}},
                                         2, "2018-01-01"));
    const auto placed = [&](const std::string& id, const std::string& parent, const std::string& sector) {
        auto event = unit(id, parent, sector);
        set_name(*event.mutable_given()->mutable_name(), id);
        return event;
    };
    auto ended = placed("vanha", "", "health");
    ended.mutable_given()->set_valid_until("2017-12-31");
    ended.mutable_given()->add_successors("sairaala");
    log.add("reference-units", placed("sairaala", "", "health"))
        .add("reference-units", placed("osasto", "sairaala", "health"))
        .add("reference-units", placed("poliklinikka", "sairaala", "health"))
        .add("reference-units", placed("perhe", "", "social"))
        .add("reference-units", placed("neuvola", "perhe", "social"))
        .add("reference-units", placed("henkilosto", "", ""))
        .add("reference-units", ended);
    for (const auto* id : {"avi-esavi", "eoa"}) {
        AuthoritySet event;
        event.mutable_given()->set_authority_id(id);
        set_name(*event.mutable_given()->mutable_name(), id);
        event.mutable_given()->set_valid_from("2010-01-01");
        log.add("reference-authorities", event);
    }
    log.add("reference-users", user(uuid(0xcc), {.role = HEAD_OMBUDSMAN}));
}

inline std::string date_of(int year, unsigned number) {
    return fmt::format("{}-{:02}-{:02}", year, 1 + number * 5 % 12, 1 + number * 7 % 28);
}

// Patterns of different lengths, so that most combinations come and some are few.
inline void write_contacts(WrittenLog& log) {
    const std::array<MatterGiven, 5> matters{
        {{},
         {.causes = {"patient-records"}, .service_task = "dental"},
         {.sectors = {"social"},
          .causes = {"social-decision"},
          .measures = {"advice", "mediation"},
          .unit = "neuvola",
          .service_task = "families"},
         {.sectors = {"health", "social"}, .causes = {"patient-care", "social-decision"}},
         {.measures = {"inquiry"}, .unit = "poliklinikka"}}};
    const std::array<const char*, 3> channels{"phone", "letter", "visit"};
    const std::array<const char*, 4> makers{"client", "client", "relative", "authority"};
    const std::array<const char*, 3> municipalities{"Helsinki", "Helsinki", "Inkoo"};
    unsigned number = 0;
    for (const auto& [year, count] : {std::pair(2016, 25U), {2017, 34U}, {2018, 61U}}) {
        for (unsigned i = 0; i < count; ++i) {
            ++number;
            ContactGiven given{.contacted_on = date_of(year, number),
                               .channel = channels[number % 3],
                               .who = makers[number % 4],
                               .municipality = municipalities[number % 3],
                               .department = number % 5 == 2 ? "perhe" : "sairaala",
                               .recorded = number % 6 == 0,
                               .matters = {matters[number % 5]}};
            if (number % 7 == 0) given.matters.push_back(matters[(number + 1) % 5]);
            if (number % 11 == 0) {
                given.first = false;
                given.matters.clear();
                given.follows_up = {{uuid(1000 + number - 1), "m1"}};
            }
            const auto stream = "contact-" + uuid(1000 + number);
            log.add(stream, contact(given));
            if (number % 13 == 0) log.destroy_key(stream);
        }
    }
}

inline void write_cases(WrittenLog& log) {
    const std::array<CaseGiven, 5> places{{{.unit = "osasto", .department = "sairaala"},
                                           {.unit = "neuvola", .department = "perhe", .sector = "social"},
                                           {.unit = "poliklinikka", .department = "sairaala"},
                                           {.unit = "osasto", .department = "sairaala"},
                                           {.unit = {}, .department = "henkilosto", .sector = {}}}};
    const std::array<const char*, 3> makers{"client", "client", "relative"};
    const std::array<std::vector<std::string>, 3> outcomes{
        {{"well-founded"}, {"partly", "not-founded"}, {"not-founded"}}};
    unsigned number = 0;
    for (const auto& [year, count] : {std::pair(2016, 21U), {2017, 27U}, {2018, 58U}}) {
        for (unsigned i = 0; i < count; ++i) {
            ++number;
            auto given = places[number % 19 == 0 ? 4 : number % 4];
            if (year < 2018 && number % 8 == 0) given = {.unit = "vanha", .department = "vanha"};
            given.arrived_on = date_of(year, number);
            given.maker = makers[number % 3];
            given.cause = number % 4 == 2 && year == 2018 ? "conduct"
                          : number % 9 == 0               ? (year < 2018 ? "wait" : "queue")
                          : number % 5 == 0               ? "conduct"
                                                          : "care";
            const auto left_on =
                domain::to_string(day(given.arrived_on) + std::chrono::days(number * 3 % 70));
            const auto days = number * 3 % 70;
            if (number % 6 == 1) {
                log.add("complaint-" + uuid(2000 + number),
                        complaint(given, number % 12 == 1 ? "eoa" : "avi-esavi"));
                continue;
            }
            if (number % 6 == 4) {
                const auto stream = "authority-request-" + uuid(2000 + number);
                log.add(stream, request(number % 12 == 4 ? "eoa" : "avi-esavi",
                                        number % 5 == 0 ? "clarification" : "statement", left_on, given));
                if (number % 4 != 0) log.add(stream, request_reply_sent(left_on, days, number % 10 != 0));
                continue;
            }
            const auto stream = "reminder-" + uuid(2000 + number);
            log.add(stream, reminder(given));
            if (number % 7 != 0) log.add(stream, reply_sent(left_on, days, days <= 28, outcomes[number % 3]));
            if (number % 7 == 3) log.add(stream, closed(left_on));
            if (number % 21 == 3) log.add(stream, reopened(left_on, left_on));
        }
    }
}

inline TotalsReleased released(int year, std::uint64_t family, std::uint64_t hospital) {
    TotalsReleased event;
    event.mutable_given()->set_area("legal");
    event.mutable_given()->set_year(static_cast<std::uint32_t>(year));
    event.set_position(20);
    event.set_as_of_on(std::to_string(year) + "-12-31");
    event.set_code_version("1");
    auto& totals = *event.mutable_totals();
    *totals.Add() = total("reminder+complaint.registered", "", "", family + hospital + 3);
    *totals.Add() = total("reminder+complaint.registered", "department", "perhe", family);
    *totals.Add() = total("reminder+complaint.registered", "department", "sairaala", hospital);
    *totals.Add() = total("reminder+complaint.registered", "department", "henkilosto", 3);
    *totals.Add() = total("reminder+complaint.registered", "cause", "care", family + 3);
    *totals.Add() = total("reminder+complaint.registered", "cause", "conduct", hospital);
    *totals.Add() = total("reminder+complaint.registered", "maker", "client", family + hospital + 3);
    *totals.Add() = total("authority-request.registered", "", "", 20);
    *totals.Add() = total("authority-request.registered", "authority", "avi-esavi", 12);
    *totals.Add() = total("authority-request.registered", "authority", "eoa", 8);
    *totals.Add() = total("reminder.registered", "", "", family);
    *totals.Add() = total("complaint.registered", "", "", hospital + 3);
    for (auto& answers : totals_of_answers()) *totals.Add() = std::move(answers);
    return event;
}

inline void write(WrittenLog& log) {
    write_reference(log);
    write_contacts(log);
    write_cases(log);
    log.add("reference-totals", released(2017, 120, 60)).add("reference-totals", released(2018, 90, 75));
}

// What people wrote for the annual report: every kind of thing they can write, also in another language.
inline Content content() {
    using domain::Language;
    Content out;
    out.of_publication = true;
    out.edition = 2;
    out.signed_on = "2019-02-01";
    out.what_changed = "Taulukko 3 laskettiin uudelleen.";
    out.texts = {{"summary", "Yhteydenottoja oli {{key/contacts}}, ja **kiire** näkyi.", Language::Finnish},
                 {"services-dental", "Vad som sades om tandvården:\n\n- köer\n- [mera](https://example.fi)",
                  Language::Swedish},
                 {"development", "### Laki\n\n> Uusi laki.\n\n1. *ensin*\n2. sitten", Language::Finnish}};
    out.examples = {{"measures", "Omainen kysyi, kuka päättää.", Language::Finnish}};
    out.proposals = {proposal("p1", "Vastatkaa nopeammin.", "Sairaala", Language::Finnish)};
    out.earlier_period = "2017";
    auto answered = proposal("p1", "Kertokaa jonosta.", "Sairaala", Language::Finnish);
    answered.answer = "partly";
    answered.measures = "Ett nytt skift";
    answered.measures_language = Language::Swedish;
    answered.done_by = "2018-12-31";
    answered.follow_ups = {{"under-way", "Skiftet har börjat.", "2018-06-01", Language::Swedish},
                           {"under-way", "Hakijoita on.", "2018-09-01", Language::Finnish},
                           {"done", "", "2018-12-01"}};
    auto accepted = proposal("p2", "Kouluttakaa.", "Sairaala", Language::Finnish);
    accepted.answer = "accepted";
    out.earlier_proposals = {answered, accepted};
    out.steps = {{"StatementRecorded", "2019-03-01", "Lautakunta", "§ 12", "Lautakunta puoltaa.", {}, 2},
                 {"NotingRecorded", "2019-04-01", "Aluehallitus", "§ 77", {}, {}, 2},
                 {"SendingRecorded", "2019-04-20", "Inkoo", {}, "municipality", {}, 2}};
    return out;
}

}  // namespace vastine::projections::report::golden
