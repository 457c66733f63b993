// Logs drawn at random against a plain count of what was written into them.

#include <catch2/catch.hpp>
#include <random>

#include "projections/figures.hpp"
#include "tests/projections/written_log.hpp"

namespace vastine::projections::tests {
namespace {

struct Naive {
    std::uint64_t contacts = 0, first = 0, matters = 0, reminders = 0, answered = 0, kept = 0, open = 0;
    std::map<std::string, std::uint64_t> channel, cause, sector, reminder_cause, department;
    std::vector<std::uint32_t> days;
};

class Draw {
public:
    explicit Draw(unsigned seed) : random_(seed) {}
    unsigned below(unsigned count) { return std::uniform_int_distribution<unsigned>(0, count - 1)(random_); }
    bool chance(unsigned in) { return below(in) == 0; }
    std::string of(const std::vector<std::string>& from) {
        return from[below(static_cast<unsigned>(from.size()))];
    }

private:
    std::mt19937 random_;
};

std::string some_day(Draw& draw, const std::string& year) {
    return fmt::format("{}-{:02}-{:02}", year, 1 + draw.below(12), 1 + draw.below(28));
}

void write_contact(WrittenLog& log, Draw& draw, unsigned number, Naive& naive) {
    const bool counted = !draw.chance(4);
    ContactGiven given{.contacted_on = some_day(draw, counted ? "2018" : "2017"),
                       .channel = draw.of({"phone", "email", "visit"}),
                       .first = !draw.chance(3),
                       .matters = {}};
    std::set<std::string> sectors;
    for (unsigned i = 0; i < 1 + draw.below(3); ++i) {
        MatterGiven matter{.sectors = {draw.of({"health", "social"})},
                           .causes = {draw.of({"patient-care", "social-decision", "patient-records"})}};
        sectors.insert(matter.sectors.front());
        if (counted) ++naive.cause[matter.causes.front()];
        if (counted) ++naive.matters;
        given.matters.push_back(matter);
    }
    const auto stream = "contact-" + uuid(number);
    log.add(stream, contact(given));
    if (draw.chance(4)) log.destroy_key(stream);
    if (!counted) return;
    ++naive.contacts;
    naive.first += given.first ? 1 : 0;
    ++naive.channel[given.channel];
    ++naive.sector[sectors.size() == 2 ? "both" : *sectors.begin()];
}

void write_case(WrittenLog& log, Draw& draw, unsigned number, Naive& naive) {
    CaseGiven given{.arrived_on = some_day(draw, "2018"),
                    .department = draw.of({"sairaala", "perhe-sosiaali"}),
                    .cause = draw.of({"care", "conduct", "decision"})};
    const auto stream = "reminder-" + uuid(number);
    const bool answered = !draw.chance(3);
    const auto days = draw.below(90);
    const bool kept = days <= 28;
    const auto answered_on = fmt::format("2018-12-{:02}", 1 + draw.below(28));
    if (draw.chance(2)) {
        log.add(stream, imported(given, answered ? answered_on : "", days, kept));
    } else {
        log.add(stream, reminder(given));
        if (answered) log.add(stream, reply_sent(answered_on, days, kept));
        if (answered && draw.chance(2)) log.add(stream, closed(answered_on));
    }
    ++naive.reminders;
    ++naive.reminder_cause[given.cause];
    ++naive.department[given.department];
    naive.open += answered ? 0 : 1;
    if (!answered) return;
    ++naive.answered;
    naive.kept += kept ? 1 : 0;
    naive.days.push_back(days);
}

void check(const Division& division, const std::map<std::string, std::uint64_t>& naive) {
    std::map<std::string, std::uint64_t> counted;
    for (const auto& [code, count] : division.counts) counted[code] = count;
    CHECK(counted == naive);
}

TEST_CASE("the figures of any log are what a plain count of it gives", "[figures][random]") {
    const unsigned first_seed = std::random_device{}();
    for (unsigned seed = first_seed; seed < first_seed + 5; ++seed) {
        CAPTURE(seed);
        Draw draw(seed);
        WrittenLog log;
        write_units(log);
        Naive naive;
        for (unsigned number = 1; number <= 150; ++number) {
            if (draw.chance(2)) {
                write_contact(log, draw, number, naive);
            } else {
                write_case(log, draw, number, naive);
            }
        }
        Live live(log);
        const FiguresQuery query{.period = calendar_year(2018)};
        const auto contacts = live.figures(ombudsman_figures, viewer(OMBUDSMAN), "2018-12-31", query);
        CHECK(contacts.contacts == naive.contacts);
        CHECK(contacts.first == naive.first);
        CHECK(contacts.matters == naive.matters);
        check(contacts.channel, naive.channel);
        check(contacts.cause, naive.cause);
        check(contacts.sector, naive.sector);
        const auto reminders = live.figures(legal_figures, viewer(LAWYER), "2018-12-31", query).reminders;
        CHECK(reminders.registered == naive.reminders);
        CHECK(reminders.answered == naive.answered);
        CHECK(reminders.kept == naive.kept);
        CHECK(reminders.opening_balance == 0);
        CHECK(reminders.closing_balance == naive.open);
        check(reminders.cause, naive.reminder_cause);
        check(reminders.department, naive.department);
        std::sort(naive.days.begin(), naive.days.end());
        const auto size = naive.days.size();
        const auto median =
            size % 2 == 1 ? naive.days[size / 2] : (naive.days[size / 2 - 1] + naive.days[size / 2] + 1) / 2;
        CHECK(reminders.answer_days_median == median);
        CHECK(live.model().rebuild());
    }
}

}  // namespace
}  // namespace vastine::projections::tests
