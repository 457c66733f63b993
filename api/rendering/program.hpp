#pragma once
// Runs another program of the system on files of a private folder.

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "api/rendering/private_folder.hpp"

namespace vastine::api::rendering {

struct Program {
    std::string name;     // looked for in PATH
    std::string package;  // of Debian, said when it is not there
};

struct Run {
    std::vector<std::string> arguments;
    std::chrono::milliseconds at_most{30'000};
    std::int64_t today = 0;  // what the program takes for now, in seconds since 1970 (SOURCE_DATE_EPOCH)
};

// Waits until it has ended with 0; throws Failed when it is missing, fails or takes too long, and then it is
// ended with everything it started. It works in the folder, which is its home and its place for temporary
// files; of this process it inherits PATH and nothing else: no open file, no signal mask, no environment.
// Where the kernel allows it, it has a network of its own with nobody in it.
void run(const Program& program, const PrivateFolder& folder, const Run& how);

}  // namespace vastine::api::rendering
