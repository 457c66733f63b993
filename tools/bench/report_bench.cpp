// A full annual report over a million contacts of ten years, in each of its forms, internal and public: from
// the question to the bytes of the file, by the clock on the wall, as the programs that make some forms run
// beside.

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <memory>
#include <random>
#include <string>

#include "api/rendering/rendering.hpp"
#include "domain/reference/reference.hpp"
#include "domain/schema/contact.pb.h"
#include "projections/report/disclosure.hpp"
#include "projections/report/reports.hpp"

namespace vastine::bench {
namespace {

namespace report = projections::report;
using Clock = std::chrono::steady_clock;

constexpr unsigned contacts_counted = 1'000'000;

// Of each, the first are many and the last few: a report of a county has small numbers too.
template <class Array>
std::string pick(const Array& from, std::mt19937& random) {
    std::geometric_distribution<std::size_t> place(0.35);
    return from[std::min(place(random), from.size() - 1)];
}

constexpr std::array sectors = {"health", "social", "early-education"};
constexpr std::array channels = {"phone", "email", "visit", "letter", "remote", "other"};
constexpr std::array makers = {"client", "relative", "guardian", "staff", "authority", "other"};
constexpr std::array natures = {"dissatisfaction", "information", "both"};
constexpr std::array languages = {"fi", "sv", "en", "ru", "ar", "et", "so", "other"};
constexpr std::array causes = {
    "patient-care",   "patient-conduct", "patient-access",  "social-decision",
    "social-service", "patient-injury",  "patient-records", "social-process",
    "social-conduct", "patient-fees",    "social-advice",   "patient-other",
    "social-records", "social-worker",   "social-other",    "early-education-other"};
constexpr std::array measures = {"advice",           "reminder-help", "unit-inquiry",
                                 "guided-elsewhere", "mediation",     "other"};
constexpr std::array services = {"hospital",   "health-station", "dental",       "families",
                                 "home-care",  "emergency",      "older-people", "child-protection",
                                 "disability", "psychiatry"};
constexpr std::array departments = {"sairaala", "terveys-paihde", "perhe-sosiaali", "henkilosto"};
constexpr std::array municipalities = {"Vantaa", "Kerava", "Helsinki", "Tuusula",
                                       "Espoo",  "Sipoo",  "Järvenpää"};
constexpr std::array providers = {"own", "bought", "private", "other-public", "occupational-health"};

ContactLogged contact(std::mt19937& random) {
    const auto year = 2009 + static_cast<int>(random() % 10);
    const auto month = fmt::format("{}-{:02}", year, random() % 12 + 1);
    ContactLogged event;
    auto& given = *event.mutable_given();
    given.set_contacted_on(month + fmt::format("-{:02}", random() % 28 + 1));
    given.set_channel(pick(channels, random));
    given.set_who(pick(makers, random));
    given.set_nature(pick(natures, random));
    given.set_language(pick(languages, random));
    given.set_municipality(pick(municipalities, random));
    given.set_ownership(random() % 9 == 0 ? "private" : "public");
    given.set_minutes(static_cast<unsigned>(random() % 40));
    for (unsigned i = 0; i < 1 + (random() % 5 == 0 ? 1U : 0U); ++i) {
        auto& matter = *given.add_matters();
        matter.add_sectors(pick(sectors, random));
        matter.add_causes(pick(causes, random));
        matter.add_measures(pick(measures, random));
        matter.set_service_task(pick(services, random));
        matter.set_provider(pick(providers, random));
        matter.set_unit(pick(departments, random));
    }
    event.add_sectors(given.matters(0).sectors(0));
    event.mutable_coarse()->set_month(month);
    event.mutable_coarse()->set_department(given.matters(0).unit());
    event.mutable_coarse()->set_language_group(given.language());
    event.set_first(random() % 4 != 0);
    return event;
}

const projections::Views& million_contacts() {
    static const auto made = [] {
        auto views = std::make_unique<projections::Views>(projections::Views::Reread{});
        std::mt19937 random(2018);
        store::Record record;
        record.type = "vastine.ContactLogged";
        record.version = store::Version{1};
        record.actor = "00000001-0000-4000-8000-000000000001";
        for (unsigned number = 1; number <= contacts_counted; ++number) {
            record.position = store::Position{number};
            record.stream = {
                fmt::format("contact-{:08x}-0000-4000-8000-{:012x}", number * 2654435761U, number)};
            views->apply(record, contact(random), false);
        }
        views->settle();
        return views;
    }();
    return *made;
}

report::Report annual() {
    const auto& views = million_contacts();
    domain::Viewer viewer;
    viewer.user_id = "00000001-0000-4000-8000-000000000001";
    viewer.roles = {OMBUDSMAN};
    report::ReportQuery query;
    query.period = projections::calendar_year(2018);
    return report::report(views, viewer, query, domain::Language::Finnish,
                          {views.position, std::chrono::sys_days(std::chrono::year(2019) / 1 / 31)});
}

void report_over_a_million_contacts(benchmark::State& state, const std::string& form, bool is_public,
                                    double target_s) {
    (void)million_contacts();
    double slowest = 0;
    std::string figures;
    for (auto _ : state) {
        const auto begun = Clock::now();
        auto made = annual();
        if (is_public) made = report::public_form(made, {});
        benchmark::DoNotOptimize(api::rendering::render(made, form));
        slowest = std::max(slowest, std::chrono::duration<double>(Clock::now() - begun).count());
        figures = report::to_csv(made);
    }
    state.counters["figures"] = static_cast<double>(std::count(figures.begin(), figures.end(), '\n'));
    std::size_t suppressed = 0;
    for (auto at = figures.find(",suppressed"); at != std::string::npos;
         at = figures.find(",suppressed", at + 1)) {
        ++suppressed;
    }
    state.counters["suppressed"] = static_cast<double>(suppressed);
    state.SetLabel(fmt::format("slowest {:.2f} s; target {:.0f} s: {}", slowest, target_s,
                               slowest < target_s ? "met" : "MISSED"));
}

const bool registered = [] {
    for (const bool is_public : {false, true}) {
        for (const auto& form : api::rendering::forms()) {
            const std::string name(form.name);
            const double target_s = name == "pdf" ? 15 : name == "docx" ? 5 : 2;
            benchmark::RegisterBenchmark(
                fmt::format("report_over_a_million_contacts/{}/{}", name, is_public ? "public" : "internal")
                    .c_str(),
                [=](benchmark::State& state) {
                    report_over_a_million_contacts(state, name, is_public, target_s);
                })
                ->Unit(benchmark::kMillisecond)
                ->UseRealTime()
                ->Iterations(3);
        }
    }
    return true;
}();

}  // namespace
}  // namespace vastine::bench
