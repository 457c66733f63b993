#pragma once
// Elements of a page, and words made fit to stand in them.

#include <pugixml.hpp>
#include <string>
#include <string_view>

namespace vastine::projections::report {

// Words as XML and a reader can hold them: no control characters but the line feed (a tab is a blank),
// nothing that turns the direction of what follows, U+FFFD for what is not UTF-8 or no character.
[[nodiscard]] std::string printable(std::string_view words);

// Appended to its parent, with printable words in it.
pugi::xml_node element(pugi::xml_node parent, const char* name, std::string_view content = {});
// The node itself, with the attribute.
pugi::xml_node with(pugi::xml_node node, const char* attribute, std::string_view value);

}  // namespace vastine::projections::report
