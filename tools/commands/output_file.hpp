#pragma once
// Where a command writes: standard output, or a file that only its owner reads.

#include <filesystem>
#include <fstream>
#include <ostream>

namespace vastine::tools {

class OutputFile {
public:
    // An empty path is standard output. A file is made with mode 0600, since what is written there may be
    // personal. Throws Failure when it cannot be made.
    explicit OutputFile(const std::filesystem::path& path);

    [[nodiscard]] std::ostream& stream();
    // Throws Failure when not everything reached the file.
    void finish();

private:
    std::filesystem::path path_;
    std::ofstream file_;
};

}  // namespace vastine::tools
