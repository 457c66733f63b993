#pragma once
// A page of our own making, printed by a browser as a tagged PDF. One is printed at a time: see
// rendering.hpp.

#include <string>
#include <vector>

#include "domain/calendar/date.hpp"
#include "domain/text/text.hpp"

namespace vastine::api::rendering {

struct Printed {
    std::string html;  // whole, with a policy that forbids scripts and addresses
    std::string title;
    std::string subject;  // may be empty
    domain::Language language = domain::Language::Finnish;
    domain::Date on;                    // the day the file bears
    std::vector<std::string> headings;  // as they are written: the outline beside the page says them so
};

// Seconds. The same page gives the same bytes in one installation. Throws Failed.
[[nodiscard]] std::string print(const Printed& page);

}  // namespace vastine::api::rendering
