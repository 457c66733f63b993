#pragma once
// The rules of the house that can be read off its files. Each takes a tree and returns what breaks it,
// one finding a line: "path:line: what is wrong".

#include <string>
#include <vector>

#include "tests/architecture/tree.hpp"

namespace vastine::architecture {

using Findings = std::vector<std::string>;

// domain ← store ← projections ← api ← tools; every include of ours is named from the top.
[[nodiscard]] Findings includes_turn_left(const Tree& tree);
// Which libraries stay behind which walls.
[[nodiscard]] Findings fences_hold(const Tree& tree);
// The domain reads no clock, does no I/O, starts no thread; what is folded reads no clock either.
[[nodiscard]] Findings the_pure_stay_pure(const Tree& tree);
// The store knows of the domain only the schema.
[[nodiscard]] Findings the_store_knows_no_case(const Tree& tree);

[[nodiscard]] Findings top_level_is_known(const Tree& tree);
[[nodiscard]] Findings names_say_something(const Tree& tree);
[[nodiscard]] Findings rooms_have_a_readme(const Tree& tree);
[[nodiscard]] Findings tests_mirror_the_rooms(const Tree& tree);

[[nodiscard]] Findings headers_are_guarded(const Tree& tree);
[[nodiscard]] Findings no_macros_outside_tests(const Tree& tree);
[[nodiscard]] Findings lines_are_short(const Tree& tree);
[[nodiscard]] Findings nothing_is_left_undone(const Tree& tree);
[[nodiscard]] Findings nothing_names_the_workplace(const Tree& tree);

}  // namespace vastine::architecture
