#include <fmt/format.h>

#include <boost/json.hpp>
#include <memory>

#include "domain/calendar/explanation.hpp"
#include "tools/commands/calendar_options.hpp"
#include "tools/commands/commands.hpp"

namespace vastine::tools {

namespace {

struct Options {
    int year = 0;
    CalendarOptions calendar;
    bool json = false;
};

void run(const Options& options) {
    const auto language = options.calendar.language_or(domain::Language::Finnish);
    boost::json::array days;
    if (!options.json) fmt::print("date,name\n");
    for (const auto& [date, rule] : domain::named_days(options.calendar.days_off(), options.year)) {
        const auto name = domain::day_off_name(rule, language);
        if (options.json) {
            days.push_back({{"date", domain::to_string(date)}, {"id", rule}, {"name", name}});
        } else {
            fmt::print("{},{}\n", domain::to_string(date), name);  // no name has a comma: a test
        }
    }
    if (options.json) fmt::print("{}\n", boost::json::serialize(days));
}

}  // namespace

void add_calendar(CLI::App& app) {
    auto* command = app.add_subcommand("calendar", "the named days off of a year, as CSV: date,name");
    auto options = std::make_shared<Options>();
    command->add_option("year", options->year, "a year of 1950-2150")
        ->required()
        ->check(CLI::Range(domain::first_known_year, domain::last_known_year));
    add_calendar_options(*command, options->calendar, "language of the names: fi (default), sv or en");
    command->add_flag("--json", options->json, "as JSON");
    command->footer("Saturdays and Sundays are off too and not listed for themselves.");
    command->callback([options] { run(*options); });
}

}  // namespace vastine::tools
