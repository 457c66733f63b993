#pragma once
// Texts whose words depend on a number, in ICU's message syntax:
//
//   {count, plural, one {# yhteydenotto} other {# yhteydenottoa}}
//
// Arguments come as they are to be printed ("1 565", "1,565"), and # prints the one that is counted. One
// that is no number, as the mark of a suppressed figure is, takes the words of "other".

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "domain/text/text.hpp"

namespace vastine::domain {

[[nodiscard]] bool depends_on_number(std::string_view text);
// {name} too becomes its argument; a placeholder without an argument stays as it is. Throws
// std::runtime_error when the text is no message: the catalogue test finds it.
[[nodiscard]] std::string fill_message(std::string_view text, const std::map<std::string, std::string>& args,
                                       Language language);
[[nodiscard]] std::set<std::string> message_arguments(std::string_view text);

}  // namespace vastine::domain
