#include "tools/commands/output_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstring>
#include <iostream>

#include "tools/commands/commands.hpp"

namespace vastine::tools {

OutputFile::OutputFile(const std::filesystem::path& path) : path_(path) {
    if (path_.empty()) return;
    // Made with its mode before anything is in it.
    const int descriptor = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (descriptor < 0 || ::fchmod(descriptor, S_IRUSR | S_IWUSR) != 0) {
        throw Failure(fmt::format("{}: {}", path_.string(), std::strerror(errno)));
    }
    ::close(descriptor);
    file_.open(path_, std::ios::binary | std::ios::trunc);
}

std::ostream& OutputFile::stream() {
    return path_.empty() ? std::cout : file_;
}

void OutputFile::finish() {
    stream().flush();
    if (!stream())
        throw Failure(fmt::format("{}: not everything could be written",
                                  path_.empty() ? "standard output" : path_.string()));
}

}  // namespace vastine::tools
