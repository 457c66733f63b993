#pragma once
// A password from the terminal (not shown, asked twice) or from a pipe (its first line): never from the
// command line, which every process of the machine can read.

#include <string>

namespace vastine::tools {

// Throws Failure when the two differ or the input ends.
[[nodiscard]] std::string read_password(const std::string& whose);
// One visible line; nothing but the answer is read.
[[nodiscard]] std::string ask(const std::string& what, const std::string& otherwise);
[[nodiscard]] bool at_a_terminal();

}  // namespace vastine::tools
