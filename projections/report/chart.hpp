#pragma once
// Charts as inline SVG, legible in black and white: series differ by fill (outline, hatching, solid),
// every bar carries its number.

#include <pugixml.hpp>
#include <string>
#include <string_view>

#include "projections/report/report.hpp"

namespace vastine::projections::report {

[[nodiscard]] std::string_view name_of(Shape shape);  // columns, bars, trend, stacked, heat-map

// Appends a figure element under the caption. Rows that are sums and rows without a number in any drawn
// column are left out. A column id that the table does not have is a bug and throws std::out_of_range.
void draw(pugi::xml_node parent, const Chart& chart, const std::string& caption, const Table& table,
          domain::Language language);

// The drawing alone, for a page that has classes of its own for kDrawingStyle's and takes no style
// attributes. It brings its title and its description; every id in it begins with the chart's.
[[nodiscard]] std::string drawn_inline(const Chart& chart, const Table& table, domain::Language language);

// The same drawing as a file of its own: it brings its style and its measures.
[[nodiscard]] std::string drawn_alone(const Chart& chart, const Table& table, domain::Language language);

}  // namespace vastine::projections::report
