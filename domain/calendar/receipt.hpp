#pragma once
// When the receiver of what we send is presumed to have it, unless something else is shown.

#include <optional>
#include <string_view>

#include "domain/calendar/date.hpp"

namespace vastine::domain {

// By code of the set `channel`: a letter on the 7th day from posting (434/2003 §59), an electronic message
// on the 3rd (13/2003 §19). The day does not move off a day off: it is no deadline, a deadline may start
// from it. Nothing for channels that leave no presumption: what is said is heard at once.
[[nodiscard]] std::optional<Date> presumed_received_on(std::string_view channel, Date sent_on);

}  // namespace vastine::domain
