#pragma once
// Dates as an iCalendar (RFC 5545, RFC 7986) that Outlook, Thunderbird and others subscribe to.

#include <string>
#include <string_view>
#include <vector>

#include "api/calendar_feed/own_dates.hpp"
#include "domain/text/text.hpp"

namespace vastine::api {

// All-day events that leave the day free, each with an alarm at nine in the morning of its warning mark;
// none while its clock is paused. A date keeps its UID when it moves. The same dates give the same bytes.
// `base`: what a link to a case begins with, https://host, without a slash at its end.
[[nodiscard]] std::string calendar_text(const std::vector<OwnDate>& dates, domain::Language language,
                                        std::string_view base);

}  // namespace vastine::api
