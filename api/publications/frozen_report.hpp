#pragma once
// A published report read back from its frozen JSON: key figures, tables and charts, with the words that
// stand at them. What people wrote in it is left out: whoever wants to read that reads the report itself.

#include <string_view>

#include "projections/report/report.hpp"

namespace vastine::api {

// Throws std::invalid_argument when it is not the JSON of a public form.
[[nodiscard]] projections::report::Report frozen_report(std::string_view json);

}  // namespace vastine::api
