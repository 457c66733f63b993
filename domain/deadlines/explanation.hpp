#pragma once
// Why a date is what it is, in words. Everything said stands in the Due itself or in the policy version that
// it names: the calendar and the policies of today are not asked, and the answer is the same for ever.

#include <string>
#include <string_view>
#include <vector>

#include "domain/cases/casework.hpp"
#include "domain/reference/reference.hpp"
#include "domain/text/text.hpp"

namespace vastine::domain {

// One sentence for each step, in order: from what it runs and that this day is left out; the rule, its
// version and its ground; the days counted; the pauses credited; the days off passed over and the move at the
// end; the hour of closing. Of a date that was said (a letter's, an agreed one) it says who said it. Never
// empty for a Due with a date.
[[nodiscard]] std::vector<std::string> why(const casework::DueItem& item, Language language,
                                           const Reference& reference);

// One line of the clock's story: "Clock paused on 9 March 2026 …".
[[nodiscard]] std::string told(const casework::ClockStep& step, Language language);

}  // namespace vastine::domain
