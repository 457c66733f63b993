#include "tools/commands/calendar_options.hpp"

#include <vector>

namespace vastine::tools {

const domain::Calendar& CalendarOptions::days_off() const {
    return *domain::find_calendar(calendar);  // checked when the command line was read
}

domain::Language CalendarOptions::language_or(domain::Language otherwise) const {
    return domain::parse_language(language).value_or(otherwise);
}

void add_calendar_options(CLI::App& command, CalendarOptions& options, const std::string& language_help) {
    std::vector<std::string> names;
    for (const auto* calendar : domain::calendars()) names.emplace_back(calendar->name);
    command.add_option("--calendar", options.calendar, "fi Finland (default), sv Sweden, ax Åland")
        ->check(CLI::IsMember(names));
    command.add_option("--lang", options.language, language_help)->check(CLI::IsMember({"fi", "sv", "en"}));
}

}  // namespace vastine::tools
