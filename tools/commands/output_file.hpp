#pragma once
// Where a command writes: standard output, or a file that only its owner reads.

#include <filesystem>
#include <fstream>
#include <ostream>

namespace vastine::tools {

class OutputFile {
public:
    // An empty path is standard output. A file is made with mode 0600, since what is written there may be
    // personal, and under another name until finish(): what stood there stays when the command fails.
    // Throws Failure when it cannot be made.
    explicit OutputFile(const std::filesystem::path& path);
    ~OutputFile();
    OutputFile(const OutputFile&) = delete;
    OutputFile& operator=(const OutputFile&) = delete;

    [[nodiscard]] std::ostream& stream();
    // Throws Failure when not everything reached the file.
    void finish();

private:
    std::filesystem::path path_;
    std::filesystem::path written_;  // path_ itself where that is no file to be replaced: a pipe, a link
    bool finished_ = false;
    std::ofstream file_;
};

}  // namespace vastine::tools
