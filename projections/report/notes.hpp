#pragma once
// What stands behind a number and under a table: signs of verdicts and what they mean, numbered breaks.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "projections/report/report.hpp"

namespace vastine::projections::report {

// nullptr: no verdict.
[[nodiscard]] const Mark* mark_of(const Table& table, std::string_view row, std::string_view column);
// Each sign with its meaning, once, in the order in which they were given.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> signs_of(const Table& table);

// Number of the note on the break before this row or column, from one; nought: none.
[[nodiscard]] std::size_t break_before(const Table& table, std::string_view id);
// "1)", as it stands behind the heading, in the chart and before the note.
[[nodiscard]] std::string break_sign(std::size_t number);

// All that is written under a table, in its order: what is counted, signs, breaks, where the figures come
// from, that some are suppressed.
struct Note {
    enum class Kind { Definition, Sign, Break, Source, Suppression };
    Kind kind;
    std::string text;
};
[[nodiscard]] std::vector<Note> notes_under(const Table& table);

}  // namespace vastine::projections::report
