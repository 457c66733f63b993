#pragma once
// Fields and lines of CSV files (RFC 4180), for programs and for spreadsheets.

#include <string>
#include <vector>

namespace vastine::projections {

// Quoted where it must be. What a spreadsheet would run as a formula is disarmed by an apostrophe: free text
// may stand among ids.
[[nodiscard]] std::string csv_field(const std::string& text);
// Ends in CRLF, as RFC 4180 has it.
[[nodiscard]] std::string csv_line(const std::vector<std::string>& fields);

}  // namespace vastine::projections
