#include "store/proof/witness_file.hpp"

#include <fcntl.h>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>

#include "store/event_store.hpp"
#include "store/proof/note.hpp"

namespace vastine::store::proof {
namespace {

constexpr std::string_view signature_mark = "\xE2\x80\x94 ";
constexpr std::string_view taken_mark = "taken ";

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const auto end = text.find('\n');
        auto line = text.substr(0, end);
        if (line.ends_with('\r')) line.remove_suffix(1);
        lines.push_back(line);
        text.remove_prefix(end == text.npos ? text.size() : end + 1);
    }
    return lines;
}

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

[[noreturn]] void fail(const std::filesystem::path& path, std::string_view what) {
    throw Fault(fmt::format("the witness file {} {}: {}", path.string(), what, std::strerror(errno)));
}

// Whether the file ends as append() leaves it: with an empty line, or not begun.
bool ends_whole(int file, std::int64_t size) {
    if (size == 0) return true;
    char last[2] = {};
    return size >= 2 && ::pread(file, last, 2, size - 2) == 2 && last[0] == '\n' && last[1] == '\n';
}

// A signature that was cut off may still be base 64; none that is in use is shorter than Ed25519's.
bool is_whole(const std::string& note) {
    const auto parsed = parse_note(note);
    return parsed && parsed->signatures.back().bytes.size() >= 64;
}

}  // namespace

// A block is lines without an empty one between. The text of a checkpoint is one, its signatures the next.
Witness parse_witness(std::string_view text) {
    Witness witness;
    const auto lines = lines_of(text);
    const auto block = [&](std::size_t& at) {
        std::string out;
        for (; at < lines.size() && !lines[at].empty(); ++at) out.append(lines[at]).append("\n");
        return out;
    };
    for (std::size_t at = 0; at < lines.size();) {
        if (lines[at].empty()) {
            ++at;
            continue;
        }
        Witnessed found;
        if (lines[at].starts_with(taken_mark)) found.taken_at = lines[at++].substr(taken_mark.size());
        found.line = at + 1;
        found.note = block(at);
        const auto signatures = at + 1;
        const bool is_signed =
            !found.note.empty() && signatures < lines.size() && lines[signatures].starts_with(signature_mark);
        if (!is_signed) {
            witness.torn_lines.push_back(found.line);
            continue;
        }
        at = signatures;
        found.note += "\n" + block(at);
        if (!is_whole(found.note)) {
            witness.torn_lines.push_back(found.line);
            continue;
        }
        witness.notes.push_back(std::move(found));
    }
    return witness;
}

std::string WitnessFile::text() const {
    std::error_code error;
    if (!std::filesystem::exists(path_, error)) return {};
    std::ifstream in(path_, std::ios::binary);
    std::string text((std::istreambuf_iterator<char>(in)), {});
    if (!in) fail(path_, "cannot be read");
    return text;
}

void WitnessFile::append(Instant at, const std::vector<std::string>& notes) {
    const Descriptor file(::open(path_.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0644));
    if (file.number() < 0) fail(path_, "cannot be written");
    // A copy of the service on another folder may be given the same file.
    if (::flock(file.number(), LOCK_EX) != 0) fail(path_, "cannot be locked");
    struct stat about {};
    if (::fstat(file.number(), &about) != 0) fail(path_, "cannot be read");
    std::string text = ends_whole(file.number(), about.st_size) ? "" : "\ncut off\n\n";
    const auto second = std::chrono::floor<std::chrono::seconds>(at);
    for (const auto& note : notes) {
        text += fmt::format("{}{:%Y-%m-%dT%H:%M:%SZ}\n{}\n", taken_mark, second, note);
    }
    const auto written = ::write(file.number(), text.data(), text.size());
    if (written != static_cast<ssize_t>(text.size())) {
        if (written >= 0) errno = ENOSPC;
        fail(path_, "cannot be written");
    }
    if (::fsync(file.number()) != 0) fail(path_, "cannot be written");
    if (about.st_size != 0) return;
    const auto folder = path_.has_parent_path() ? path_.parent_path() : std::filesystem::path(".");
    const Descriptor parent(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (parent.number() < 0 || ::fsync(parent.number()) != 0) fail(path_, "cannot be written");
}

}  // namespace vastine::store::proof
