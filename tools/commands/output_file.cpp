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
    const auto there = std::filesystem::symlink_status(path_).type();
    const bool replaced =
        there == std::filesystem::file_type::not_found || there == std::filesystem::file_type::regular;
    written_ = replaced ? path_.string() + ".part" : path_.string();
    // Made with its mode before anything is in it.
    const int descriptor =
        ::open(written_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (descriptor < 0 || (replaced && ::fchmod(descriptor, S_IRUSR | S_IWUSR) != 0)) {
        throw Failure(fmt::format("{}: {}", path_.string(), std::strerror(errno)));
    }
    ::close(descriptor);
    file_.open(written_, std::ios::binary | std::ios::trunc);
}

OutputFile::~OutputFile() {
    std::error_code ignored;
    if (!finished_ && written_ != path_) std::filesystem::remove(written_, ignored);
}

std::ostream& OutputFile::stream() {
    return path_.empty() ? std::cout : file_;
}

void OutputFile::finish() {
    stream().flush();
    if (!stream())
        throw Failure(fmt::format("{}: not everything could be written",
                                  path_.empty() ? "standard output" : path_.string()));
    if (written_ != path_) std::filesystem::rename(written_, path_);
    finished_ = true;
}

}  // namespace vastine::tools
