// Reports of every kind, made of logs: what they print, and what an attacker can compute from their public
// forms. The attack knows nothing of tables: what each cell counts is learnt from reports with one case more.
#include <catch2/catch.hpp>
#include <functional>
#include <iostream>
#include <map>
#include <random>
#include <set>

#include "projections/report/disclosure.hpp"
#include "projections/report/reports.hpp"
#include "tests/projections/report/finding.hpp"
#include "tests/projections/written_log.hpp"

using namespace vastine;
using namespace vastine::projections;
using namespace vastine::projections::tests;
using domain::Area;
using domain::Language;
namespace report = vastine::projections::report;
using report::finding::section;
using report::finding::table;

namespace {

using Place = std::array<std::string, 3>;  // table, row, column

void each_table(const std::vector<report::Section>& sections,
                const std::function<void(const report::Table&)>& use) {
    for (const auto& section : sections) {
        for (const auto& block : section.blocks) {
            if (const auto* table = std::get_if<report::Table>(&block)) use(*table);
        }
        each_table(section.subsections, use);
    }
}
std::vector<double> row(const report::Table& table, const std::string& id) {
    std::vector<double> out;
    for (const auto& each : table.rows) {
        if (each.id != id) continue;
        for (const auto& cell : each.cells) out.push_back(cell.number ? cell.number->value : -1);
    }
    return out;
}
void write_authorities(WrittenLog& log) {
    for (const auto* id : {"avi-esavi", "eoa"}) {
        AuthoritySet event;
        event.mutable_given()->set_authority_id(id);
        event.mutable_given()->mutable_name()->set_fi(id);
        event.mutable_given()->set_valid_from("2010-01-01");
        log.add("reference-authorities", event);
    }
}

report::Report made(const WrittenLog& log, const report::ReportQuery& query,
                    Language language = Language::English, const std::string& on = "2018-12-31") {
    Live live(log);
    const bool legal = query.kind == report::Kind::Legal ||
                       (query.kind == report::Kind::Summary && query.area == Area::Legal);
    return live.model().read([&](const Views& views) {
        return report::report(views, viewer(legal ? LAWYER : OMBUDSMAN), query, language,
                              {views.position, day(on)});
    });
}
const report::ReportQuery legal_year{report::Kind::Legal, Area::Legal, calendar_year(2018)};

}  // namespace

// ---- the legal account ----

TEST_CASE("the legal account tells reminders, complaints and requests apart and their flow sums",
          "[report][legal]") {
    WrittenLog log;
    write_units(log);
    write_authorities(log);
    log.add("reminder-" + uuid(1), reminder())
        .add("reminder-" + uuid(1), reply_sent("2018-03-20", 19, true, {"well-founded", "not-founded"}))
        .add("reminder-" + uuid(2), reminder({.arrived_on = "2017-11-01", .maker = "relative"}))
        .add("reminder-" + uuid(2), reply_sent("2018-02-20", 111, false))
        .add("reminder-" + uuid(2), reopened("2018-06-01", "2018-07-01"))
        .add("complaint-" + uuid(3), complaint({.cause = "conduct"}))
        .add("authority-request-" + uuid(4), request("avi-esavi", "statement", "2018-04-01"))
        .add("authority-request-" + uuid(4), request_reply_sent("2018-03-25", 24, true))
        .add("authority-request-" + uuid(5), request("eoa", "clarification", "2018-04-01"));
    const auto account = made(log, legal_year);
    CHECK(account.kind == "legal");
    CHECK(account.period == "2018");
    const auto* flow = table(account, "legal-flow");
    REQUIRE(flow != nullptr);
    CHECK(row(*flow, "opening-balance") == std::vector<double>{1, 0, 0});
    CHECK(row(*flow, "registered") == std::vector<double>{1, 1, 2});
    CHECK(row(*flow, "reopened") == std::vector<double>{1, 0, 0});
    CHECK(row(*flow, "to-handle") == std::vector<double>{3, 1, 2});
    CHECK(row(*flow, "closed") == std::vector<double>{2, 0, 1});
    CHECK(row(*flow, "closing-balance") == std::vector<double>{1, 1, 1});
    const auto* causes = table(account, "legal-cause");
    REQUIRE(causes != nullptr);
    CHECK(row(*causes, "care") == std::vector<double>{1, 0, 1});
    CHECK(row(*causes, "conduct") == std::vector<double>{0, 1, 1});
    CHECK(row(*causes, "total") == std::vector<double>{1, 1, 2});
    const auto* bands = table(account, "legal-answer-bands");
    REQUIRE(bands != nullptr);
    CHECK(row(*bands, "15-28") == std::vector<double>{1, 0, 1});
    CHECK(row(*bands, "over-100") == std::vector<double>{1, 0, 0});
    const auto* answers = table(account, "legal-answers");
    REQUIRE(answers != nullptr);
    CHECK(row(*answers, "kept-share") == std::vector<double>{50, -1, 100});
    CHECK(row(*answers, "answer-days-longest") == std::vector<double>{111, -1, 24});
    const auto* requests = table(account, "requests-by-authority-and-kind");
    REQUIRE(requests != nullptr);
    CHECK(row(*requests, "avi-esavi.statement") == std::vector<double>{1, 1, 1, 100, 24});
    CHECK(row(*requests, "eoa.clarification") == std::vector<double>{1, 0, -1, -1, -1});
    const auto* outcomes = table(account, "reminder-outcome");
    REQUIRE(outcomes != nullptr);
    // Taken up again, the second reminder's outcome still counts with the answer that left.
    CHECK(row(*outcomes, "total").front() == 3);
}

TEST_CASE("every table of every kind says what it counts, and every heading is a text", "[report][legal]") {
    WrittenLog log;
    write_units(log);
    write_authorities(log);
    for (unsigned i = 1; i < 9; ++i) {
        log.add("reminder-" + uuid(i), reminder({.arrived_on = i < 4 ? "2017-03-01" : "2018-03-01"}));
        log.add("reminder-" + uuid(i), reply_sent(i < 4 ? "2017-03-21" : "2018-03-21", 20, true));
        log.add("contact-" + uuid(100 + i), contact({.contacted_on = i < 4 ? "2017-03-01" : "2018-03-01"}));
    }
    for (const auto language : {Language::Finnish, Language::Swedish, Language::English}) {
        for (const auto& query :
             {legal_year, report::ReportQuery{report::Kind::Annual, Area::Ombudsman, calendar_year(2018)},
              report::ReportQuery{report::Kind::Summary, Area::Ombudsman, calendar_year(2018)},
              report::ReportQuery{report::Kind::Summary, Area::Legal, calendar_year(2018)}}) {
            const auto page = report::to_html(made(log, query, language));
            CHECK(page.find("legal_account.") == std::string::npos);
            CHECK(page.find("{during}") == std::string::npos);
            each_table(made(log, query, language).sections, [](const report::Table& each) {
                INFO(each.id);
                CHECK_FALSE(each.definition.empty());
                CHECK_FALSE(each.source.empty());
            });
        }
    }
}

TEST_CASE("a reorganisation and a split code are noted under the table, where the series breaks",
          "[report][legal]") {
    WrittenLog log;
    const auto ended = [](const std::string& id, const std::vector<std::string>& successors) {
        auto event = unit(id);
        event.mutable_given()->set_valid_until("2017-12-31");
        for (const auto& to : successors) event.mutable_given()->add_successors(to);
        return event;
    };
    auto fresh = unit("uusi");
    fresh.mutable_given()->set_valid_from("2018-01-01");
    log.add("reference-units", fresh).add("reference-units", unit("a")).add("reference-units", unit("b"));
    log.add("reference-units", ended("vanha", {"uusi"})).add("reference-units", ended("jaettu", {"a", "b"}));
    const auto causes = [](std::uint32_t version, const std::string& from, bool split) {
        CodeSetPublished event;
        event.set_version(version);
        event.mutable_given()->set_code_set("cause");
        event.mutable_given()->mutable_name()->set_en("Cause");
        event.mutable_given()->set_valid_from(from);
        for (const auto* id : {"care", "wait", "access", "queue"}) {
            if (!split && (std::string(id) == "access" || std::string(id) == "queue")) continue;
            auto& code = *event.mutable_given()->add_codes();
            code.set_code(id);
            code.mutable_name()->set_en(id);
            if (!split || std::string(id) != "wait") continue;
            code.set_valid_until("2017-12-31");
            code.add_successors("access");
            code.add_successors("queue");
        }
        return event;
    };
    log.add("reference-codes", causes(1, "2010-01-01", false))
        .add("reference-codes", causes(2, "2018-01-01", true));
    unsigned number = 0;
    const auto add = [&](const std::string& on, const std::string& department, const std::string& cause) {
        log.add("reminder-" + uuid(++number),
                reminder({.arrived_on = on, .unit = {}, .department = department, .cause = cause}));
    };
    add("2017-03-01", "vanha", "care");
    add("2017-03-01", "jaettu", "wait");
    add("2018-03-01", "uusi", "access");
    add("2018-03-01", "a", "care");
    const auto account = made(log, legal_year);
    const auto* departments = table(account, "legal-by-department");
    REQUIRE(departments != nullptr);
    CHECK(row(*departments, "uusi") == std::vector<double>{1, 1});
    CHECK(row(*departments, "jaettu") == std::vector<double>{1, -1});
    CHECK(row(*departments, "a") == std::vector<double>{-1, 1});
    CHECK(row(*departments, "total") == std::vector<double>{2, 2});
    const auto says = [](const report::Table& of, const std::string& words) {
        return std::any_of(of.breaks.begin(), of.breaks.end(), [&](const report::Break& each) {
            return each.at == "2018" && each.text.find(words) != std::string::npos;
        });
    };
    CHECK(says(*departments, "vanha ended on 31 December 2017; its figures count with its successor: uusi"));
    CHECK(says(*departments, "jaettu ended on 31 December 2017 and was split: a and b"));
    const auto* by_cause = table(account, "legal-cause-by-year");
    REQUIRE(by_cause != nullptr);
    CHECK(row(*by_cause, "wait") == std::vector<double>{1, 0});
    CHECK(says(*by_cause, "wait ended on 31 December 2017 and was split: access and queue"));
    CHECK(says(*by_cause, "version 2 has been in use from 1 January 2018"));
}

TEST_CASE("the section on concentrations marks what is found and states the test", "[report][legal]") {
    WrittenLog log;
    write_units(log);
    unsigned number = 0;
    const auto add = [&](int count, const std::string& month, const CaseGiven& given) {
        auto each = given;
        each.arrived_on = month + "-10";
        for (int i = 0; i < count; ++i) log.add("reminder-" + uuid(++number), reminder(each));
    };
    const CaseGiven ward{.unit = "sairaala-osasto", .cause = "conduct"};
    const CaseGiven clinic{.unit = "perhe-neuvola", .department = "perhe-sosiaali", .cause = "care"};
    add(2, "2016-01", clinic);
    add(2, "2017-03", ward);
    add(20, "2018-03", ward);
    add(30, "2018-04", clinic);
    add(30, "2017-04", clinic);
    const auto account = made(log, legal_year);
    const auto* cells = table(account, "concentration");
    REQUIRE(cells != nullptr);
    REQUIRE_FALSE(cells->marks.empty());
    CHECK(cells->marks.front().row == "sairaala/sairaala-osasto");
    CHECK(cells->marks.front().column == "conduct");
    CHECK(cells->marks.front().text == "Systematic: more than elsewhere and more than before");
    const auto* systematic = section(account, "systematic");
    REQUIRE(systematic != nullptr);
    const auto charted =
        std::any_of(systematic->blocks.begin(), systematic->blocks.end(), [](const auto& block) {
            const auto* chart = std::get_if<report::Chart>(&block);
            return chart != nullptr && chart->shape == report::Shape::HeatMap;
        });
    CHECK(charted);
    const auto page = report::to_html(account);
    CHECK(page.find("Benjamini") != std::string::npos);
    CHECK(page.find("numbers of clients are not known") != std::string::npos);
    // The verdict survives publication: none of what it compares is small.
    const auto published = report::public_form(account, {});
    const auto* shown = table(published, "concentration");
    REQUIRE(shown != nullptr);
    CHECK_FALSE(shown->marks.empty());
}

// ---- the summary ----

TEST_CASE("the summary sets the period beside the same months of the year before", "[report][summary]") {
    WrittenLog log;
    write_units(log);
    unsigned number = 0;
    const auto add = [&](int count, const std::string& on) {
        for (int i = 0; i < count; ++i) {
            log.add("contact-" + uuid(++number), contact({.contacted_on = on}));
            log.add("reminder-" + uuid(++number), reminder({.arrived_on = on}));
        }
    };
    add(7, "2018-02-01");
    add(5, "2018-04-30");
    add(9, "2018-05-01");
    add(6, "2017-02-01");
    add(8, "2017-06-01");
    const Period third{std::chrono::year(2018) / 1, std::chrono::year(2018) / 4};
    const auto contacts = made(log, {report::Kind::Summary, Area::Ombudsman, third});
    CHECK(contacts.period == "2018-01/2018-04");
    CHECK(contacts.title.find("January–April 2018") != std::string::npos);
    const auto* months = table(contacts, "contacts-by-month-and-year");
    REQUIRE(months != nullptr);
    CHECK(row(*months, "02") == std::vector<double>{6, 7});
    CHECK(row(*months, "04") == std::vector<double>{0, 5});
    CHECK(row(*months, "total") == std::vector<double>{6, 12});
    const auto cases = made(log, {report::Kind::Summary, Area::Legal, third});
    const auto* departments = table(cases, "legal-by-department");
    REQUIRE(departments != nullptr);
    CHECK(row(*departments, "sairaala") == std::vector<double>{6, 12});
    CHECK(section(cases, "method") != nullptr);
    CHECK(made(log, {report::Kind::Summary, Area::Legal, third}, Language::Finnish)
              .title.find("tammi–huhtikuu 2018") != std::string::npos);
}

// ---- the attack ----

namespace {

// Lines over whole numbers modulo a prime: what is a combination of what was learnt is known.
class Knowledge {
public:
    using Line = std::vector<std::uint64_t>;
    static constexpr std::uint64_t prime = 2147483647;
    void learn(Line line) {
        reduce(line);
        const auto at = std::find_if(line.begin(), line.end(), [](auto each) { return each != 0; });
        if (at == line.end()) return;
        const auto inverse = power(*at, prime - 2);
        const auto place = static_cast<std::size_t>(at - line.begin());
        for (auto& each : line) each = each * inverse % prime;
        known_.emplace(place, std::move(line));
    }
    [[nodiscard]] bool knows(Line line) const {
        reduce(line);
        return std::all_of(line.begin(), line.end(), [](auto each) { return each == 0; });
    }

private:
    void reduce(Line& line) const {
        for (const auto& [place, other] : known_) {
            const auto factor = line[place];
            if (factor == 0) continue;
            for (std::size_t i = place; i < line.size(); ++i)
                line[i] = (line[i] + (prime - factor) * other[i]) % prime;
        }
    }
    static std::uint64_t power(std::uint64_t number, std::uint64_t exponent) {
        std::uint64_t out = 1;
        for (; exponent > 0; exponent /= 2, number = number * number % prime) {
            if (exponent % 2 == 1) out = out * number % prime;
        }
        return out;
    }
    std::map<std::size_t, Line> known_;
};

// Writes one case of a sort under a number.
using Sort = std::function<void(WrittenLog&, unsigned)>;

std::vector<Sort> sorts_of_cases() {
    std::vector<Sort> out;
    const std::vector<std::pair<std::string, std::string>> units{{"sairaala-osasto", "sairaala"},
                                                                 {"sairaala-osasto-1", "sairaala"},
                                                                 {"perhe-neuvola", "perhe-sosiaali"}};
    for (const auto* on : {"2018-02-05", "2018-03-05", "2017-03-05"}) {
        for (const auto& [unit, department] : units) {
            for (const auto* cause : {"care", "conduct"}) {
                for (const auto* maker : {"client", "relative"}) {
                    const CaseGiven given{.arrived_on = on,
                                          .unit = unit,
                                          .department = department,
                                          .cause = cause,
                                          .maker = maker};
                    const auto answered_on = std::string(on).substr(0, 8) + "25";
                    out.push_back([given](WrittenLog& log, unsigned number) {
                        log.add("complaint-" + uuid(number), complaint(given));
                    });
                    out.push_back([given](WrittenLog& log, unsigned number) {
                        log.add("reminder-" + uuid(number), reminder(given));
                    });
                    // So that nothing is the same as another thing in every case there can be.
                    const auto answered = [&](std::uint32_t days, bool kept,
                                              const std::vector<std::string>& outcomes) {
                        out.push_back([=](WrittenLog& log, unsigned number) {
                            log.add("reminder-" + uuid(number), reminder(given))
                                .add("reminder-" + uuid(number),
                                     reply_sent(answered_on, days, kept, outcomes));
                        });
                    };
                    answered(20, true, {"well-founded"});
                    answered(40, true, {"well-founded", "not-founded"});
                    answered(40, true, {"not-founded"});
                    answered(20, false, {"well-founded", "well-founded"});
                    answered(40, false, {"well-founded"});
                }
            }
        }
        for (const auto* authority : {"avi-esavi", "eoa"}) {
            for (const auto* kind : {"statement", "clarification"}) {
                out.push_back([on = std::string(on), authority, kind](WrittenLog& log, unsigned number) {
                    log.add("authority-request-" + uuid(number),
                            request(authority, kind, on, {.arrived_on = on}));
                });
                for (const auto& [days, kept] :
                     {std::pair(20U, true), {40U, true}, {20U, false}, {40U, false}}) {
                    out.push_back([on = std::string(on), authority, kind, days = days, kept = kept](
                                      WrittenLog& log, unsigned number) {
                        log.add("authority-request-" + uuid(number),
                                request(authority, kind, on, {.arrived_on = on}))
                            .add("authority-request-" + uuid(number),
                                 request_reply_sent(on.substr(0, 8) + "25", days, kept));
                    });
                }
            }
        }
    }
    // From before the years that are shown: open then and later, or answered meanwhile.
    const CaseGiven old{.arrived_on = "2005-05-05"};
    for (const auto* answered_on : {"", "2017-05-05", "2018-05-05"}) {
        out.push_back([old, on = std::string(answered_on)](WrittenLog& log, unsigned number) {
            log.add("reminder-" + uuid(number), reminder(old));
            if (!on.empty()) log.add("reminder-" + uuid(number), reply_sent(on, 4000, false));
        });
        out.push_back([old, on = std::string(answered_on)](WrittenLog& log, unsigned number) {
            log.add("authority-request-" + uuid(number), request("eoa", "statement", "2005-06-05", old));
            if (!on.empty())
                log.add("authority-request-" + uuid(number), request_reply_sent(on, 4000, false));
        });
    }
    out.push_back(
        [old](WrittenLog& log, unsigned number) { log.add("complaint-" + uuid(number), complaint(old)); });
    // Late, but by the own target in time.
    for (const auto* on : {"2018-02-05", "2017-03-05"}) {
        out.push_back([on = std::string(on)](WrittenLog& log, unsigned number) {
            auto reply = reply_sent(on.substr(0, 8) + "25", 40, false);
            reply.mutable_facts()->set_kept_credited(true);
            log.add("reminder-" + uuid(number), reminder({.arrived_on = on}))
                .add("reminder-" + uuid(number), reply);
        });
    }
    // Ended without an answer, in the months that are counted.
    for (const auto* on : {"2018-02-05", "2017-03-05"}) {
        for (const auto* kind : {"reminder-", "complaint-", "authority-request-"}) {
            for (const bool again : {false, true}) {
                out.push_back([on = std::string(on), kind = std::string(kind), again](WrittenLog& log,
                                                                                      unsigned number) {
                    const auto stream = kind + uuid(number);
                    if (kind == "reminder-") log.add(stream, reminder({.arrived_on = on}));
                    if (kind == "complaint-") log.add(stream, complaint({.arrived_on = on}));
                    if (kind == "authority-request-")
                        log.add(stream, request("eoa", "statement", on, {.arrived_on = on}));
                    log.add(stream, closed(on.substr(0, 8) + "27"));
                    if (!again) return;
                    log.add(stream, reopened(on.substr(0, 8) + "28", on))
                        .add(stream, closed(on.substr(0, 8) + "28"));
                });
            }
        }
    }
    return out;
}
std::vector<Sort> sorts_of_contacts() {
    std::vector<Sort> out;
    for (const auto* on : {"2018-02-05", "2018-03-05", "2017-03-05"}) {
        for (const auto* maker : {"client", "relative"}) {
            for (const auto* channel : {"phone", "letter"}) {
                for (const bool first : {true, false}) {
                    out.push_back([=](WrittenLog& log, unsigned number) {
                        ContactGiven given;
                        given.contacted_on = on;
                        given.first = first;
                        given.who = maker;
                        given.channel = channel;
                        log.add("contact-" + uuid(number), contact(given));
                    });
                }
            }
        }
    }
    // How many matters a contact was about, how many causes a matter has and whether anything was done about
    // it, no reader knows: the attack must not find any of them the same in every contact.
    std::vector<std::vector<MatterGiven>> matters{{MatterGiven{}, MatterGiven{}}};
    for (const auto& causes : std::vector<std::vector<std::string>>{
             {"patient-conduct"}, {"patient-care", "patient-conduct"}, {"patient-conduct", "patient-care"}}) {
        MatterGiven each;
        each.causes = causes;
        matters.push_back({each});
    }
    for (const auto& measures : std::vector<std::vector<std::string>>{{}, {"other"}, {"advice", "other"}}) {
        MatterGiven each;
        each.measures = measures;
        matters.push_back({each});
    }
    for (const auto* on : {"2018-02-05", "2018-03-05", "2017-03-05"}) {
        for (const auto* maker : {"client", "relative"}) {
            for (const auto& each : matters) {
                out.push_back([=](WrittenLog& log, unsigned number) {
                    ContactGiven given;
                    given.contacted_on = on;
                    given.who = maker;
                    given.matters = each;
                    log.add("contact-" + uuid(number), contact(given));
                });
            }
        }
    }
    return out;
}

std::map<Place, double> counts_of(const report::Report& from) {
    std::map<Place, double> out;
    each_table(from.sections, [&](const report::Table& each) {
        for (const auto& row : each.rows) {
            for (std::size_t i = 0; i < row.cells.size(); ++i) {
                const auto& number = row.cells[i].number;
                if (number && number->unit == report::Measure::Count)
                    out[{each.id, row.id, each.columns[i].id}] = number->value;
            }
        }
    });
    return out;
}

class Attack {
public:
    Attack(const report::ReportQuery& query, std::vector<Sort> sorts)
        : query_(query), sorts_(std::move(sorts)) {
        // With one case of every sort each table is there; one more of a sort shows where it counts.
        std::vector<int> counts(sorts_.size(), 1);
        const auto every = counts_of(internal(counts));
        for (const auto& [place, value] : every) lines_[place].resize(sorts_.size());
        for (std::size_t i = 0; i < sorts_.size(); ++i) {
            counts[i] = 2;
            for (const auto& [place, value] : counts_of(internal(counts)))
                lines_.at(place)[i] = static_cast<std::uint64_t>(value - every.at(place));
            counts[i] = 1;
        }
    }
    // Tells how many were suppressed of how many.
    std::pair<std::size_t, std::size_t> on(const std::vector<int>& counts) const {
        const auto inside = internal(counts);
        const auto published = report::public_form(inside, {});
        const auto truth = counts_of(inside);
        for (const auto& [place, value] : truth) {
            double sum = 0;
            for (std::size_t i = 0; i < counts.size(); ++i)
                sum += counts[i] * static_cast<double>(line_of(place)[i]);
            INFO(place[0] << "/" << place[1] << "/" << place[2] << " of " << sum);
            REQUIRE(sum == value);  // the attacker knows what a cell counts
        }
        const auto shown = counts_of(published);
        Knowledge knowledge;
        for (const auto& [place, value] : shown) knowledge.learn(line_of(place));
        std::size_t suppressed = 0;
        for (const auto& [place, value] : truth) {
            if (shown.contains(place)) {
                INFO(place[0] << "/" << place[1] << "/" << place[2] << " is " << value);
                CHECK((value == 0 || value >= 5));
                continue;
            }
            ++suppressed;
            // Of a month in which there can be no case the attack knows that there is none; a reader does
            // not.
            const auto line = line_of(place);
            if (std::all_of(line.begin(), line.end(), [](auto each) { return each == 0; })) continue;
            INFO(place[0] << "/" << place[1] << "/" << place[2]);
            CHECK_FALSE(knowledge.knows(line));
        }
        return {suppressed, truth.size()};
    }
    [[nodiscard]] std::size_t sorts() const { return sorts_.size(); }

private:
    [[nodiscard]] report::Report internal(const std::vector<int>& counts) const {
        WrittenLog log;
        write_units(log);
        write_authorities(log);
        unsigned number = 0;
        for (std::size_t i = 0; i < counts.size(); ++i) {
            for (int count = 0; count < counts[i]; ++count) sorts_[i](log, ++number);
        }
        return made(log, query_);
    }
    // A cell that no sort of case counts to is a nought.
    [[nodiscard]] Knowledge::Line line_of(const Place& place) const {
        const auto found = lines_.find(place);
        return found == lines_.end() ? Knowledge::Line(sorts_.size()) : found->second;
    }

    report::ReportQuery query_;
    std::vector<Sort> sorts_;
    std::map<Place, Knowledge::Line> lines_;
};

// An attack on every kind, and on every year and thinner or denser world again for each seed.
void attack_kinds(std::uint32_t first_seed, std::uint32_t seeds) {
    std::cout << "kinds: first seed " << first_seed << ", " << seeds << " in all\n";
    const Period spring{std::chrono::year(2018) / 1, std::chrono::year(2018) / 4};
    const std::vector<report::ReportQuery> queries{
        legal_year,
        {report::Kind::Summary, Area::Legal, spring},
        {report::Kind::Annual, Area::Ombudsman, calendar_year(2018)},
        {report::Kind::Summary, Area::Ombudsman, spring}};
    std::vector<Attack> attackers;
    for (const auto& query : queries)
        attackers.emplace_back(query, query.area == Area::Legal ? sorts_of_cases() : sorts_of_contacts());
    std::vector<std::pair<std::size_t, std::size_t>> suppressed(queries.size());
    for (std::uint32_t seed = first_seed; seed != first_seed + seeds; ++seed) {
        INFO("seed " << seed);
        std::mt19937 random(seed);
        for (std::size_t i = 0; i < attackers.size(); ++i) {
            // From a thin year to one in which most cells are great.
            for (const unsigned one_in : {12U, 6U, 3U, 1U}) {
                std::vector<int> counts(attackers[i].sorts());
                for (auto& count : counts) {
                    if (random() % one_in == 0) count = static_cast<int>(random() % 9);
                }
                const auto [hidden, all] = attackers[i].on(counts);
                suppressed[i].first += hidden;
                suppressed[i].second += all;
            }
        }
    }
    for (std::size_t i = 0; i < queries.size(); ++i) {
        const auto [hidden, all] = suppressed[i];
        std::cout << "kinds: " << report::name_of(queries[i].kind) << ": " << hidden << " of " << all
                  << " cells suppressed\n";
        CHECK(hidden < all);
    }
}
std::uint32_t given_seed() {
    return Catch::rngSeed() != 0 ? Catch::rngSeed() : std::random_device{}();
}

}  // namespace

TEST_CASE("an attacker recovers no suppressed cell of a report of any kind", "[report][disclosure]") {
    attack_kinds(given_seed(), 1);
}

TEST_CASE("an attacker recovers no suppressed cell of hundreds of reports of any kind", "[.][kinds-full]") {
    attack_kinds(given_seed(), 60);
}
