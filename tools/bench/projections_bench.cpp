// Projections: how fast every one of them is rebuilt from the log, how long the annual report's figures take
// over a million contacts, and how long the morning run takes over a hundred thousand open cases. Each figure
// stands beside its ceiling, measured in the same run.

#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <time.h>

#include <chrono>
#include <cstdlib>
#include <memory>
#include <string>

#include "domain/alerts/alerts.hpp"
#include "domain/schema/casework.pb.h"
#include "domain/schema/contact.pb.h"
#include "domain/schema/reference.pb.h"
#include "domain/schema/reminder.pb.h"
#include "projections/case_index.hpp"
#include "projections/contact_figures.hpp"
#include "projections/figures.hpp"
#include "projections/occasions.hpp"
#include "projections/read_model.hpp"
#include "store/store.hpp"

namespace vastine::bench {
namespace {

// Time on the processor, not on the wall: the figures are those of one core, whoever else is busy.
double processor_seconds() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

constexpr unsigned events_in_log = 300'000;
constexpr unsigned contacts_counted = 1'000'000;
constexpr double rebuild_target = 300'000;  // events a second, one core
constexpr double figures_target_ms = 100;
constexpr unsigned open_cases = 100'000;
constexpr unsigned staff = 400;
constexpr double morning_target_ms = 1000;

constexpr std::array departments = {"perhe-sosiaali", "sairaala", "terveys-paihde", "henkilosto"};
constexpr std::array sectors = {"health", "social", "early-education"};
constexpr std::array channels = {"phone", "email", "visit", "letter"};
constexpr std::array makers = {"client", "relative", "guardian", "staff"};
constexpr std::array contact_causes = {"patient-care", "patient-conduct", "patient-records",
                                       "social-decision", "social-service"};
constexpr std::array causes = {"care", "service", "conduct", "access", "decision"};
constexpr std::array measures = {"advice", "reminder-help", "unit-inquiry"};
constexpr std::array services = {"hospital", "dental", "families", "home-care"};

template <class Array>
std::string pick(const Array& from, unsigned number) {
    return from[number % from.size()];
}

std::string uuid(unsigned number) {
    return fmt::format("{:08x}-0000-4000-8000-{:012x}", number * 2654435761U, number);
}

ContactLogged contact(unsigned number) {
    const auto month = fmt::format("2018-{:02}", number % 12 + 1);
    ContactLogged event;
    auto& given = *event.mutable_given();
    given.set_contacted_on(month + fmt::format("-{:02}", number % 28 + 1));
    given.set_channel(pick(channels, number));
    given.set_who(pick(makers, number / 3));
    given.set_nature("dissatisfaction");
    given.set_language("fi");
    given.set_municipality("Helsinki");
    given.set_ownership("public");
    given.set_minutes(number % 40);
    given.set_note("Soittaja kysyi, miten hoitopäätöksestä voi valittaa ja kuka siihen vastaa.");
    given.set_diary_number(fmt::format("VAS {}/2018", number));
    for (unsigned i = 0; i < 1 + (number % 5 == 0 ? 1 : 0); ++i) {
        auto& matter = *given.add_matters();
        matter.add_sectors(pick(sectors, number + i));
        matter.add_causes(pick(contact_causes, number / 7 + i));
        matter.add_measures(pick(measures, number / 2));
        matter.set_service_task(pick(services, number / 11));
        matter.set_unit(pick(departments, number) + "-1");
    }
    event.add_sectors(pick(sectors, number));
    event.mutable_coarse()->set_month(month);
    event.mutable_coarse()->set_department(pick(departments, number));
    event.mutable_coarse()->set_language_group("fi");
    event.set_first(number % 4 != 0);
    return event;
}

ReminderRegistered reminder(unsigned number) {
    ReminderRegistered event;
    auto& opening = *event.mutable_given()->mutable_opening();
    opening.set_arrived_on("2018-03-01");
    opening.set_channel(pick(channels, number));
    opening.add_units(pick(departments, number) + "-1");
    opening.add_sectors(pick(sectors, number));
    opening.set_cause(pick(causes, number));
    opening.set_maker(pick(makers, number));
    opening.set_diary_number(fmt::format("VAS {}/2018", number));
    opening.set_subject("Muistutus hoidosta ja kohtelusta osastolla, jossa odotin kolme tuntia.");
    opening.mutable_client()->set_name("Testi Henkilö");
    event.mutable_coarse()->set_month("2018-03");
    event.mutable_coarse()->set_department(pick(departments, number));
    event.mutable_due()->set_due_by("2018-03-29");
    event.mutable_due()->set_policy("reminder.answer");
    return event;
}

// General advice ends when it is saved.
std::vector<std::unique_ptr<google::protobuf::Message>> whole_contact(unsigned number) {
    std::vector<std::unique_ptr<google::protobuf::Message>> events;
    events.push_back(std::make_unique<ContactLogged>(contact(number)));
    auto ended = std::make_unique<HandlingEnded>();
    ended->mutable_given()->set_ended_on(contact(number).given().contacted_on());
    ended->set_month(contact(number).coarse().month());
    events.push_back(std::move(ended));
    return events;
}

// One reminder's way from registration to its end.
std::vector<std::unique_ptr<google::protobuf::Message>> whole_reminder(unsigned number) {
    std::vector<std::unique_ptr<google::protobuf::Message>> events;
    events.push_back(std::make_unique<ReminderRegistered>(reminder(number)));
    auto acknowledged = std::make_unique<ReminderAcknowledged>();
    acknowledged->mutable_given()->set_acknowledged_on("2018-03-02");
    events.push_back(std::move(acknowledged));
    auto assigned = std::make_unique<Assigned>();
    assigned->mutable_given()->set_handler(uuid(number % 20));
    events.push_back(std::move(assigned));
    auto asked = std::make_unique<StatementRequested>();
    asked->mutable_given()->set_unit(pick(departments, number) + "-1");
    asked->mutable_given()->set_asked_on("2018-03-03");
    asked->set_statement_id("s1");
    asked->mutable_due()->set_due_by("2018-03-13");
    events.push_back(std::move(asked));
    auto received = std::make_unique<StatementReceived>();
    received->mutable_given()->set_statement_id("s1");
    received->mutable_given()->set_received_on("2018-03-12");
    received->mutable_given()->set_content(std::string(400, 's'));
    events.push_back(std::move(received));
    auto drafted = std::make_unique<ReplyDrafted>();
    drafted->mutable_given()->set_text(std::string(600, 'v'));
    events.push_back(std::move(drafted));
    auto sent = std::make_unique<ReplySent>();
    sent->mutable_given()->set_sent_on("2018-03-20");
    sent->mutable_facts()->set_month("2018-03");
    sent->mutable_facts()->set_days(19);
    sent->mutable_facts()->set_kept(true);
    events.push_back(std::move(sent));
    auto closed = std::make_unique<Closed>();
    closed->mutable_given()->set_closed_on("2018-03-21");
    closed->set_month("2018-03");
    events.push_back(std::move(closed));
    return events;
}

// A year's mix: five contacts of two events for every reminder of eight.
class MixedLog {
public:
    MixedLog() : store_(store::Store::in_memory()) {
        std::vector<store::StreamAppend> batch;
        unsigned number = 0;
        unsigned written = 0;
        while (written < events_in_log) {
            ++number;
            store::StreamAppend one;
            if (number % 6 == 0) {
                one = {{"reminder-" + uuid(number)}, {}, store::KeyArea::Legal, whole_reminder(number)};
            } else {
                one = {{"contact-" + uuid(number)}, {}, store::KeyArea::Ombudsman, {}};
                one.events = whole_contact(number);
            }
            written += static_cast<unsigned>(one.events.size());
            batch.push_back(std::move(one));
            if (batch.size() == 200) write(batch, number);
        }
        if (!batch.empty()) write(batch, number + 1);
    }
    [[nodiscard]] const store::EventStore& events() const { return store_->events(); }

private:
    void write(std::vector<store::StreamAppend>& batch, unsigned number) {
        store::Append append;
        append.actor = uuid(1);
        append.command_id = uuid(0x80000000U + number);
        append.streams = std::move(batch);
        batch.clear();
        if (!store_->events().append(std::move(append))) std::abort();
    }
    std::unique_ptr<store::Store> store_;
};

const MixedLog& mixed_log() {
    static const MixedLog log;
    return log;
}

double seconds_since(double start) {
    return processor_seconds() - start;
}

void rebuild_every_projection(benchmark::State& state) {
    const auto& events = mixed_log().events();
    const auto head = events.head().position;
    // The ceiling: reading and opening every record as deep as the fold asks, and no fold.
    const auto start = processor_seconds();
    events.read_log({}, head, [&](const store::Record& record) {
        benchmark::DoNotOptimize(events.open(record, projections::Views::depth_of(record)));
        return true;
    });
    const double ceiling = static_cast<double>(head.value) / seconds_since(start);
    double seconds = 0;
    for (auto _ : state) {
        const auto begin = processor_seconds();
        projections::ReadModel model(events);
        model.catch_up(head);
        seconds += seconds_since(begin);
    }
    const double rate = static_cast<double>(head.value) * static_cast<double>(state.iterations()) / seconds;
    state.counters["events_per_s"] = rate;
    state.counters["ceiling_per_s"] = ceiling;
    state.SetLabel(fmt::format("{:.2f} x the rate of reading and opening alone; target {:.0f}: {}",
                               rate / ceiling, rebuild_target, rate >= rebuild_target ? "met" : "MISSED"));
}
BENCHMARK(rebuild_every_projection)->Unit(benchmark::kMillisecond)->MinTime(2);

// A million contacts folded without a store: what the fold alone costs, and what figures are counted from.
const projections::Views& million_contacts() {
    static const auto made = [] {
        auto views = std::make_unique<projections::Views>(projections::Views::Reread{});
        store::Record record;
        record.type = "vastine.ContactLogged";
        record.version = store::Version{1};
        record.actor = uuid(1);
        for (unsigned number = 1; number <= contacts_counted; ++number) {
            record.position = store::Position{number};
            record.stream = {"contact-" + uuid(number)};
            views->apply(record, contact(number), false);
        }
        views->settle();
        return views;
    }();
    return *made;
}

void annual_figures_of_a_million_contacts(benchmark::State& state) {
    const auto& views = million_contacts();
    domain::Viewer viewer;
    viewer.user_id = uuid(7);
    viewer.roles = {OMBUDSMAN};
    projections::FiguresQuery query;
    query.period = projections::calendar_year(2018);
    // The ceiling: touching each column's bytes once.
    const auto start = processor_seconds();
    std::uint64_t sum = 0;
    const auto& contacts = *views.contacts;
    for (const auto* column :
         {&contacts.sector, &contacts.who, &contacts.channel, &contacts.nature, &contacts.language,
          &contacts.ownership, &contacts.department, &contacts.municipality}) {
        for (const auto value : *column) sum += value;
    }
    benchmark::DoNotOptimize(sum);
    const double ceiling_ms = seconds_since(start) * 1000;
    double seconds = 0;
    for (auto _ : state) {
        const auto begin = processor_seconds();
        const auto figures = projections::annual_figures(
            views, viewer, {views.position, std::chrono::sys_days(std::chrono::year(2018) / 12 / 31)},
            domain::Language::Finnish, domain::Area::Ombudsman, query);
        benchmark::DoNotOptimize(figures);
        seconds += seconds_since(begin);
    }
    const double each_ms = seconds * 1000 / static_cast<double>(state.iterations());
    state.counters["contacts"] = static_cast<double>(contacts.size());
    state.counters["ceiling_ms"] = ceiling_ms;
    state.SetLabel(fmt::format("{:.1f} x the time of summing the columns; target {:.0f} ms: {}",
                               each_ms / ceiling_ms, figures_target_ms,
                               each_ms < figures_target_ms ? "met" : "MISSED"));
}
BENCHMARK(annual_figures_of_a_million_contacts)->Unit(benchmark::kMillisecond)->MinTime(1);

// A county's worst year: open reminders in every state of lateness, each with a statement asked, handled by
// four hundred people or by nobody yet; escalation goes to the lawyers.
class OpenCases {
public:
    OpenCases() : views_(projections::Views::Reread{}) {
        for (unsigned number = 0; number < staff; ++number) add_user(number);
        PolicySet idle;
        idle.mutable_given()->set_policy("reminder.idle");
        idle.mutable_given()->set_valid_from("2000-01-01");
        idle.mutable_given()->set_target_count(14);
        idle.mutable_given()->set_target_unit("day");
        idle.set_version(1);
        add("reference-policies", idle);
        PolicySet answer = idle;
        answer.mutable_given()->set_policy("reminder.answer");
        answer.mutable_given()->add_escalated_to(LAWYER);
        add("reference-policies", answer);
        for (unsigned number = 1; number <= open_cases; ++number) add_case(number);
        views_.settle();
    }
    [[nodiscard]] const projections::Views& views() const { return views_; }
    static constexpr std::chrono::sys_days morning = std::chrono::year(2018) / 6 / 4;

private:
    void add_user(unsigned number) {
        UserSet user;
        user.set_user_id(uuid(number));
        user.mutable_given()->set_user_id(uuid(number));
        user.mutable_given()->set_name(fmt::format("Testi {}", number));
        user.mutable_given()->set_email(fmt::format("testi{}@example.org", number));
        user.mutable_given()->set_active(true);
        user.mutable_given()->add_roles(number % 40 == 0 ? LAWYER : number % 40 == 1 ? REGISTRAR : UNIT_HEAD);
        user.mutable_given()->add_units(pick(departments, number) + "-1");
        add("reference-users", user);
        if (number % 20 != 2) return;
        AbsenceSet away;
        away.mutable_given()->set_user_id(uuid(number));
        away.mutable_given()->set_substitute(uuid(number + 1));
        away.mutable_given()->set_first_day("2018-06-01");
        away.mutable_given()->set_last_day("2018-06-29");
        add("reference-absences", away);
    }
    void add_case(unsigned number) {
        const auto stream = "reminder-" + uuid(number);
        const auto arrived = morning - std::chrono::days(number % 100);
        auto registered = reminder(number);
        registered.mutable_given()->mutable_opening()->set_arrived_on(domain::to_string(arrived));
        auto& due = *registered.mutable_due();
        const auto after = [&](int days) { return domain::to_string(arrived + std::chrono::days(days)); };
        due.set_due_by(after(28));
        due.set_warn_on(after(21));
        due.set_escalate_on(after(30));
        due.set_critical_on(after(60));
        due.set_policy_version(1);
        now_ = arrived + std::chrono::hours(12);
        version_ = 0;
        add(stream, registered);
        if (number % 10 != 0) {
            Assigned assigned;
            assigned.mutable_given()->set_handler(uuid(number % staff));
            add(stream, assigned);
        }
        StatementRequested asked;
        asked.mutable_given()->set_unit(pick(departments, number) + "-1");
        asked.mutable_given()->set_asked_on(after(1));
        asked.set_statement_id("s1");
        asked.mutable_due()->set_due_by(after(11));
        add(stream, asked);
    }
    template <class Event>
    void add(const std::string& stream, const Event& event) {
        store::Record record;
        record.type = Event::descriptor()->full_name();
        record.stream = {stream};
        record.actor = uuid(1);
        record.version = store::Version{++version_};
        record.position = store::Position{++position_};
        record.recorded_at = now_;
        views_.apply(record, event, false);
    }
    projections::Views views_;
    store::Instant now_;
    std::uint64_t position_ = 0;
    std::uint64_t version_ = 0;
};

void morning_run_over_a_hundred_thousand_open_cases(benchmark::State& state) {
    static const OpenCases cases;
    const auto& views = cases.views();
    const auto on = projections::day_of(OpenCases::morning);
    // The ceiling: walking the open cases and judging each of their dates, telling nobody.
    const auto start = processor_seconds();
    std::uint64_t late = 0, dates = 0;
    for (const auto row : views.cases->open_rows()) {
        for (const auto& due : views.cases->dues(row)) {
            ++dates;
            late += projections::urgency_of(due, on) >= projections::Urgency::Overdue ? 1 : 0;
        }
    }
    benchmark::DoNotOptimize(late);
    const double ceiling_ms = seconds_since(start) * 1000;
    double seconds = 0, finding = 0;
    std::size_t told = 0, people = 0;
    for (auto _ : state) {
        const auto begin = processor_seconds();
        auto occasions = projections::occasions(views, OpenCases::morning);
        finding += seconds_since(begin);
        // The first morning of all: nothing was told before, so every occasion is in somebody's message.
        std::vector<domain::Hearer> hearers;
        for (auto& to : occasions) hearers.push_back({std::move(to.user_id), std::move(to.occasions)});
        unsigned messages = 0;
        const auto composed = domain::compose({}, OpenCases::morning, std::move(hearers), views.reference,
                                              [&] { return uuid(++messages); });
        seconds += seconds_since(begin);
        told = 0;
        people = static_cast<std::size_t>(composed.alerts_size());
        for (const auto& alert : composed.alerts()) told += static_cast<std::size_t>(alert.occasions_size());
    }
    const double each_ms = seconds * 1000 / static_cast<double>(state.iterations());
    state.counters["open_cases"] = static_cast<double>(views.cases->open_rows().size());
    state.counters["dates"] = static_cast<double>(dates);
    state.counters["occasions"] = static_cast<double>(told);
    state.counters["people"] = static_cast<double>(people);
    state.counters["finding_ms"] = finding * 1000 / static_cast<double>(state.iterations());
    state.counters["ceiling_ms"] = ceiling_ms;
    state.SetLabel(fmt::format("{:.1f} x the time of judging the dates; target {:.0f} ms: {}",
                               each_ms / ceiling_ms, morning_target_ms,
                               each_ms < morning_target_ms ? "met" : "MISSED"));
}
BENCHMARK(morning_run_over_a_hundred_thousand_open_cases)->Unit(benchmark::kMillisecond)->MinTime(1);

}  // namespace
}  // namespace vastine::bench
