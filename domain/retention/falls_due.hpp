#pragma once
// When something falls due to be destroyed, and why. Kept are cases, from the end of their handling, and the
// access logs, a month at a time. The time is the schedule's in force (reference-retention) and runs by the
// calendar: "twelve years from 3.2.2014" are over at the end of 3.2.2026, whatever weekday that is, for
// nobody has to do anything on that day. From the next day on it is destroyed at once (739/2023 §12).

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/access/access.hpp"
#include "domain/cases/casework.hpp"
#include "domain/reference/reference.hpp"
#include "domain/schema/destruction.pb.h"
#include "domain/text/text.hpp"

namespace vastine::domain::retention {

// What the rule needs to know of something that is kept.
struct Handling {
    std::string subject;        // code of retention_subject: a kind of case, or an area's access log
    std::uint64_t version = 0;  // of the case's stream; of a log's month 0, for a month that is over stays
    std::optional<Date> begun_on;
    bool ended = false;
    std::optional<Date> ended_on;  // nothing: it goes on, or ended on a day that nobody knows
    std::vector<casework::Hold> holds;
    bool inquiry_open = false;  // somebody waits for a copy, or for an answer
    std::uint32_t documents = 0;
    std::string merged_into;  // id of the case that it was merged into
};
[[nodiscard]] Handling handling(const casework::Casework& work, std::uint64_t version);
// What was merged is handled with the other case, and is not forgotten before it.
[[nodiscard]] Handling with_other(Handling merged, const Handling& other);

// A month of an area's access log. The ombudsmen's is kept as long as the documents it tells of (739/2023
// §12); every log twelve years from its own events (703/2023); and neither is destroyed under a hold.
struct LogMonth {
    Area area = Area::Ombudsman;
    Date last_day;                   // of the month
    std::vector<Handling> tells_of;  // the cases that are still there
};
[[nodiscard]] Handling handling(const LogMonth& month);
[[nodiscard]] std::string_view subject_of(Kind kind);   // empty for what is no case
[[nodiscard]] std::string_view log_subject(Area area);  // access-log-ombudsman ...

enum class Standing {
    GoesOn,      // its handling has not ended
    NeverEnded,  // nor in the whole time that it would have been kept: somebody has forgotten to end it
    EndUnknown,  // it ended on a day that nobody knows
    NoSchedule,  // nobody has decided how long it is kept
    Kept,        // its time runs
    Held,        // its time is over, and a hold keeps it
    Asked,       // its time is over, and somebody waits for an answer from it
    Due,         // to be destroyed
    ToArchive,   // to be transferred: the National Archives have ordered it kept for ever
};
struct Assessment {
    Standing standing = Standing::GoesOn;
    std::optional<Date> ended_on;
    std::optional<Date> last_day;  // of keeping
    std::optional<Date> held_until;
    std::optional<RetentionSchedule> schedule;
};
[[nodiscard]] Assessment assess(const Handling& of, const Reference& reference, Date today);

// The assessment in words, a sentence a line: the end, the time and its ground, what follows. Never empty.
[[nodiscard]] std::vector<std::string> why(const Assessment& assessment, Language language);

// ---- the year's list ----

// What stands of it on the list of a year that is made today: whatever falls due within the year, also what
// is known to be held back then, and what can never fall due by itself. Nothing: it is no matter of that
// list.
[[nodiscard]] std::optional<DestructionItem> item_of(std::string item_id, const Handling& of,
                                                     const Reference& reference, int year, Date today);

// What is found when the item's day has come. A list may have been approved months before.
enum class Step {
    Destroy,
    Wait,      // its last day is not over
    HoldBack,  // and for what reason
};
struct Recheck {
    Step step = Step::Wait;
    std::string_view why;  // code of held_back
};
[[nodiscard]] Recheck recheck(const DestructionItem& item, const Handling& now, const Reference& reference,
                              Date today);

}  // namespace vastine::domain::retention
