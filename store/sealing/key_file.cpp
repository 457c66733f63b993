#include "store/sealing/key_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>

#include "store/sealing/cipher.hpp"
#include "store/store.hpp"

namespace vastine::store::sealing {
namespace {

constexpr std::string_view first_line = "vastine key 1\n";
constexpr std::size_t file_size = first_line.size() + 2 * Key::size + 1;

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

}  // namespace

Key create_key_file(const std::filesystem::path& path) {
    const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (file.number() < 0) {
        throw CannotOpen(fmt::format("The key file {} cannot be made: {}.", path.string(), why()));
    }
    Key key = Key::random();
    std::string text(first_line);
    text.reserve(file_size);
    for (std::size_t i = 0; i < Key::size; ++i)
        fmt::format_to(std::back_inserter(text), "{:02x}", key.data()[i]);
    text += '\n';
    const bool written =
        ::fchmod(file.number(), 0600) == 0 &&
        ::write(file.number(), text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
        ::fsync(file.number()) == 0;
    wipe(text);
    const auto folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
    const Descriptor parent(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!written || parent.number() < 0 || ::fsync(parent.number()) != 0) {
        throw CannotOpen(fmt::format("The key file {} cannot be written: {}.", path.string(), why()));
    }
    return key;
}

Key read_key_file(const std::filesystem::path& path) {
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.number() < 0) {
        if (errno == ENOENT) {
            throw CannotOpen(
                fmt::format("The key file {} is missing. Without it nothing sealed can be read. Put the file "
                            "of this organisation in its place, or name it with --key-file.",
                            path.string()));
        }
        throw CannotOpen(fmt::format("The key file {} cannot be read: {}.", path.string(), why()));
    }
    struct stat about {};
    if (::fstat(file.number(), &about) != 0) {
        throw CannotOpen(fmt::format("The key file {} cannot be read: {}.", path.string(), why()));
    }
    if ((about.st_mode & 077) != 0) {
        throw CannotOpen(
            fmt::format("The key file {0} can be read by others (mode {1:04o}). Run: chmod 600 {0}",
                        path.string(), about.st_mode & 07777));
    }
    std::string text(file_size + 1, '\0');
    const ssize_t size = ::read(file.number(), text.data(), text.size());
    const auto refuse = [&]() -> CannotOpen {
        wipe(text);
        return CannotOpen(fmt::format(
            "{} is no key file of this software, or damaged. Restore it from where you keep its copy.",
            path.string()));
    };
    if (size != static_cast<ssize_t>(file_size) || !text.starts_with(first_line)) throw refuse();
    Key key;
    for (std::size_t i = 0; i < Key::size; ++i) {
        unsigned byte = 0;
        for (const char digit : {text[first_line.size() + 2 * i], text[first_line.size() + 2 * i + 1]}) {
            const bool number = digit >= '0' && digit <= '9';
            if (!number && (digit < 'a' || digit > 'f')) throw refuse();
            byte = byte << 4 | static_cast<unsigned>(number ? digit - '0' : digit - 'a' + 10);
        }
        key.data()[i] = static_cast<std::uint8_t>(byte);
    }
    wipe(text);
    return key;
}

}  // namespace vastine::store::sealing
