#pragma once
// The files of a data folder, compiled into the executable.

#include <map>
#include <string_view>

namespace vastine::domain {

// Path relative to domain/data ("texts/reminder.toml") and content. Lives as long as the program.
[[nodiscard]] const std::map<std::string_view, std::string_view>& embedded_files();

}  // namespace vastine::domain
