#pragma once
// The clock of a case's answer. It starts at arrival, also when the case is entered later, or anew when the
// case is reopened. The law knows no pause: while a completion is awaited only the own target waits, and the
// answer is measured by calendar days from arrival all the same (Casework::calendar_due).

#include <string>

#include "domain/cases/casework.hpp"

namespace vastine::domain::casework {

// Days waited, and whether the date was kept: by the calendar, and with the days of pauses and extensions
// credited. Without a due date nothing was late.
[[nodiscard]] AnswerFacts answer_facts(const Casework& work, Date end, const Reference& reference);

// The answer, statements and inquiries still open that the policies in force today give another date. Left
// out are dates that were said: those of an authority, agreed ones, and extensions that the client was told
// of.
[[nodiscard]] std::vector<DueMoved> moved_by_policies(const Casework& work, std::string_view policy,
                                                      const Context& context);

// ---- evolving; each is a step of the clock's story ----

void start_clock(Casework& work, std::optional<Date> on, const Due* due);
void pause_clock(Casework& work, const std::string& on);
// due: the own target from now on.
void resume_clock(Casework& work, const std::string& on, std::uint32_t days, const Due* due);
void extend_clock(Casework& work, const std::string& on, std::uint32_t days, const Due& due);
// A later date of an authority for what it asked: its own to move, so what is kept is measured by it too.
void move_clock(Casework& work, const std::string& on, const Due& due);
// Today's policy was applied to it.
void recompute_clock(Casework& work, const Due& due);
// Of an answer that was given while the clock waited.
void stop_clock(Casework& work, const std::string& on, std::uint32_t credited_days);
// The opening was corrected; its arrival is the corrected one already.
void correct_clock(Casework& work, bool ran_from_arrival, const Due* due);

}  // namespace vastine::domain::casework
