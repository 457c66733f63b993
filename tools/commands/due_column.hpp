#pragma once
// A CSV file with a column of due dates appended.

#include <cstdint>
#include <istream>
#include <ostream>
#include <string>
#include <vector>

#include "domain/calendar/period.hpp"

namespace vastine::tools {

// Whether the calendars are known for the day; a period may end beyond them.
[[nodiscard]] bool can_start(domain::Date date);
[[nodiscard]] std::string known_years();  // 1950-2150

struct DueColumn {
    std::string from;  // the column the dates are read from
    std::string name;  // of the column that is appended
    char delimiter = ',';
    domain::Period period;
};

struct DueRows {
    std::uint64_t rows = 0;
    std::uint64_t without_date = 0;
    std::vector<std::uint64_t> first_lines_without_date;  // at most twenty; lines are counted from 1
};

// Every row leaves as it came, byte for byte, with one value more; a row that is short of values is filled
// up first, empty lines are left out. Constant memory. Throws Failure for a file without that column, with
// a column of the new name, or that is no sound CSV; what is written by then is of no use.
DueRows append_due_column(std::istream& input, std::ostream& output, const DueColumn& column,
                          const domain::WorkingDays& working);

}  // namespace vastine::tools
