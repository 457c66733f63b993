#pragma once
// Dates that a case must meet, each with all that made it, so that it can say why without asking today's
// policies or calendar again.

#include <string>
#include <string_view>

#include "domain/calendar/date.hpp"
#include "domain/reference/reference.hpp"
#include "domain/schema/values.pb.h"

namespace vastine::domain {

// From what a period runs. runs_from: arrival, reopening, asking, receipt.
struct Start {
    std::string_view runs_from;
    Date on;
};

// The end of the policy's period from the start, with its marks, moved on by the days of pauses before the
// move at the end. Closing days of the organisation count where the policy minds them. Warning and escalation
// move with the credited days; the critical mark does not, for it says how long somebody has waited. Where
// the due date is later than a mark of lateness, the mark waits for the day after it: nobody is escalated
// who is in time.
[[nodiscard]] Due due_by(const Policy& policy, const Start& start, const Reference& reference,
                         unsigned credited_days = 0);

// A date that somebody said: no period is counted, and it has no marks. said_by: asking, letter, agreement.
[[nodiscard]] Due due_as_said(std::string_view said_by, const std::string& due_by);

// The client was told of a later date. Warning and escalation keep their distance to it; the critical mark
// stays where it is.
[[nodiscard]] Due extended(const Due& due, const std::string& due_by, const std::string& client_told_on);

// The same date some more days of a pause later. A period is counted anew with all its credited days, of a
// date that was said the pause is added to it.
[[nodiscard]] Due credited(const Due& due, unsigned more_days, const Reference& reference);

// The same without any credited days: what a pause of our own is measured against.
[[nodiscard]] Due without_credit(const Due& due);

// The same period from another start, for a corrected arrival; a date that was said stays.
[[nodiscard]] Due from_another_start(const Due& due, Date start);

// A date by a policy of ours, which applying the policy anew may move; not one that was said or extended.
[[nodiscard]] bool by_policy(const Due& due);

}  // namespace vastine::domain
