#pragma once
// What the commands that count with dates have in common: which calendar, which language.

#include <CLI/CLI.hpp>
#include <string>

#include "domain/calendar/days_off.hpp"
#include "domain/text/text.hpp"

namespace vastine::tools {

struct CalendarOptions {
    std::string calendar = "fi";
    std::string language;  // empty: not given

    [[nodiscard]] const domain::Calendar& days_off() const;
    [[nodiscard]] domain::Language language_or(domain::Language otherwise) const;
};
void add_calendar_options(CLI::App& command, CalendarOptions& options, const std::string& language_help);

}  // namespace vastine::tools
