#pragma once
// What people wrote, as elements of a page.

#include <functional>
#include <pugixml.hpp>

#include "projections/report/report.hpp"

namespace vastine::projections::report {

// How a page writes a run's words; the look around them (strong, emphasis, link) is there already.
using WriteWords = std::function<void(pugi::xml_node, const Run&)>;

// Headings below one of `level`; from h6 on they stay h6.
void write_passages(pugi::xml_node parent, const std::vector<Passage>& passages, int level,
                    const WriteWords& words);
// Words with their new lines, between what stands inline beside them.
void write_lines(pugi::xml_node parent, std::string_view words);

}  // namespace vastine::projections::report
