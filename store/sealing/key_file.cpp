#include "store/sealing/key_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "store/sealing/cipher.hpp"
#include "store/store.hpp"

namespace vastine::store::sealing {
namespace {

constexpr std::size_t longest = 4096;

class Descriptor {
public:
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    [[nodiscard]] int number() const { return number_; }

private:
    int number_;
};

std::string why() {
    return std::strerror(errno);
}

bool sync_folder_of(const std::filesystem::path& path) {
    const auto folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
    const Descriptor parent(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    return parent.number() >= 0 && ::fsync(parent.number()) == 0;
}

}  // namespace

void create_private_file(const std::filesystem::path& path, std::string_view text) {
    const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (file.number() < 0) {
        throw CannotOpen(fmt::format("The key file {} cannot be made: {}.", path.string(), why()));
    }
    const bool written =
        ::fchmod(file.number(), 0600) == 0 &&
        ::write(file.number(), text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
        ::fsync(file.number()) == 0;
    if (!written || !sync_folder_of(path)) {
        throw CannotOpen(fmt::format("The key file {} cannot be written: {}.", path.string(), why()));
    }
}

std::string read_private_file(const std::filesystem::path& path, const PrivateFile& about_it) {
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.number() < 0) {
        if (errno == ENOENT) {
            throw CannotOpen(
                fmt::format("The {} {} is missing. {}", about_it.what, path.string(), about_it.missing));
        }
        throw CannotOpen(fmt::format("The {} {} cannot be read: {}.", about_it.what, path.string(), why()));
    }
    struct stat about {};
    if (::fstat(file.number(), &about) != 0) {
        throw CannotOpen(fmt::format("The {} {} cannot be read: {}.", about_it.what, path.string(), why()));
    }
    if ((about.st_mode & 077) != 0) {
        throw CannotOpen(fmt::format("The {0} {1} can be read by others (mode {2:04o}). Run: chmod 600 {1}",
                                     about_it.what, path.string(), about.st_mode & 07777));
    }
    std::string text(longest + 1, '\0');
    const ssize_t size = ::read(file.number(), text.data(), text.size());
    if (size < 0 || size > static_cast<ssize_t>(longest)) {
        wipe(text);
        throw CannotOpen(fmt::format("The {} {} cannot be read.", about_it.what, path.string()));
    }
    text.resize(static_cast<std::size_t>(size));
    return text;
}

void replace_private_file(const std::filesystem::path& from, const std::filesystem::path& to) {
    if (::rename(from.c_str(), to.c_str()) != 0 || !sync_folder_of(to)) {
        throw CannotOpen(
            fmt::format("The key file {} cannot be put in the place of {}: {}. It is the one "
                        "that counts now: keep it.",
                        from.string(), to.string(), why()));
    }
}

}  // namespace vastine::store::sealing
