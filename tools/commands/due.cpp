#include <fmt/format.h>

#include <boost/json.hpp>
#include <fstream>
#include <iostream>
#include <memory>

#include "domain/calendar/explanation.hpp"
#include "tools/commands/calendar_options.hpp"
#include "tools/commands/commands.hpp"
#include "tools/commands/due_column.hpp"
#include "tools/commands/output_file.hpp"
#include "tools/commands/target.hpp"

namespace vastine::tools {

namespace {

struct Options {
    std::string from;
    unsigned count = 0;
    std::string unit;
    CalendarOptions calendar;
    bool explain = false;
    bool json = false;
    std::string csv;
    std::string column;
    std::string name = "due";
    char delimiter = ',';
    std::filesystem::path output;

    [[nodiscard]] domain::Period period() const {
        return {count, domain::parse_period_unit(unit).value()};  // checked when the command line was read
    }
};

boost::json::array listed(const std::vector<domain::DayOff>& days, domain::Language language) {
    boost::json::array list;
    for (const auto& day : days) {
        list.push_back({{"date", domain::to_string(day.date)},
                        {"id", day.name},
                        {"name", domain::name_of(day, language)}});
    }
    return list;
}

void run_on_date(const Options& options) {
    const auto start = domain::parse_date(options.from);
    if (!start) throw Failure(fmt::format("--from: '{}' is no date; write it as 2026-03-31", options.from));
    if (!can_start(*start)) throw Failure(fmt::format("--from: the calendar is known for {}", known_years()));
    const auto counted =
        domain::count_period(options.period(), *start, domain::working_days(options.calendar.days_off()));
    const auto language = options.calendar.language_or(terminal_language());
    const auto lines = options.explain ? domain::explain(counted, language) : std::vector<std::string>();
    if (!options.json) {
        fmt::print("{}\n", domain::to_string(counted.ends_on));
        for (const auto& line : lines) fmt::print("{}\n", line);
        return;
    }
    boost::json::object answer{{"due", domain::to_string(counted.ends_on)},
                               {"from", domain::to_string(counted.start)},
                               {"count", counted.period.count},
                               {"unit", domain::code_of(counted.period.unit)},
                               {"calendar", counted.calendar},
                               {"counted_to", domain::to_string(counted.counted_to)},
                               {"skipped", listed(counted.skipped, language)},
                               {"moved_over", listed(counted.moved_over, language)}};
    if (options.explain) answer["explanation"] = boost::json::array(lines.begin(), lines.end());
    fmt::print("{}\n", boost::json::serialize(answer));
}

void run_on_csv(const Options& options) {
    std::ifstream file;
    if (options.csv != "-") {
        file.open(options.csv, std::ios::binary);
        if (!file) throw Failure(fmt::format("{} could not be read", options.csv));
    }
    std::ios::sync_with_stdio(false);
    OutputFile output(options.output);
    const auto rows = append_due_column(options.csv == "-" ? std::cin : file, output.stream(),
                                        {options.column, options.name, options.delimiter, options.period()},
                                        domain::working_days(options.calendar.days_off()));
    output.finish();
    if (rows.without_date == 0) return;
    std::string lines;
    for (const auto line : rows.first_lines_without_date)
        lines += (lines.empty() ? "" : ", ") + std::to_string(line);
    const auto further = rows.without_date - rows.first_lines_without_date.size();
    if (further > 0) lines += fmt::format(" and {} more", further);
    fmt::print(stderr,
               "vastine: {} of {} rows have no date of {} in column {} and are left without one: line {}\n",
               rows.without_date, rows.rows, known_years(), options.column, lines);
}

}  // namespace

void add_due(CLI::App& app) {
    auto* command = app.add_subcommand(
        "due", "the last day of a period, of one date or of a column of a CSV file; needs no data folder");
    auto options = std::make_shared<Options>();
    auto* start = command->add_option_group("start");
    auto* from = start->add_option("--from", options->from, "the day the period starts, as 2026-03-31");
    auto* csv =
        start->add_option("--csv", options->csv, "a CSV file with a header line, or - for standard input");
    start->require_option(1);
    command
        ->add_option(
            "--count", options->count,
            "how many; the start day is not counted, an end on a day off moves to the next working day")
        ->required()
        ->check(CLI::Range(0, 100'000));
    command->add_option("--unit", options->unit, "day, week, month, year or working-day")
        ->required()
        ->check(CLI::IsMember({"day", "week", "month", "year", "working-day"}));
    add_calendar_options(*command, options->calendar,
                         "language of what is explained: fi, sv or en (default: the terminal's)");
    command->add_flag("--explain", options->explain, "and why, a sentence a line")->excludes(csv);
    command->add_flag("--json", options->json, "as JSON, with the days passed over")->excludes(csv);
    auto* column = command->add_option("--column", options->column, "the column with the dates");
    for (auto* option :
         {column, command->add_option("--name", options->name, "name of the column to append (default: due)"),
          command->add_option("--delimiter", options->delimiter, "between values (default: a comma)"),
          command->add_option("--output", options->output,
                              "file to write, mode 0600 (default: standard output)")}) {
        option->needs(csv)->excludes(from);
    }
    csv->needs(column);
    command->footer(
        "Dates in a CSV file may also be Finnish (31.3.2026) or carry a time, whose day in Finland counts.\n"
        "A row without such a date gets an empty value, is counted on stderr with its line, and the exit\n"
        "code is 0 all the same. A file whose quotation marks do not match is refused.");
    command->callback([options] { options->csv.empty() ? run_on_date(*options) : run_on_csv(*options); });
}

}  // namespace vastine::tools
