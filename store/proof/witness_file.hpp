#pragma once
// The file that checkpoints are appended to, for somebody else to keep: it can be mailed, printed or written
// to another machine. Format: FORMAT.md.

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "store/record.hpp"

namespace vastine::store::proof {

struct Witnessed {
    std::string note;      // the signed note, whole
    std::string taken_at;  // as the file says; not signed, for people
    std::size_t line = 0;  // where the note begins, from 1
};
struct Witness {
    std::vector<Witnessed> notes;         // in the file's order
    std::vector<std::size_t> torn_lines;  // where something begins that is no note: a write that was cut off
};

// Of the file's text, or of one checkpoint that somebody kept. Lines may end as mail ends them.
[[nodiscard]] Witness parse_witness(std::string_view text);

class WitnessFile {
public:
    explicit WitnessFile(std::filesystem::path path) : path_(std::move(path)) {}

    // Empty when there is no file. Throws Fault when it cannot be read.
    [[nodiscard]] std::string text() const;
    [[nodiscard]] Witness read() const { return parse_witness(text()); }
    // Adds the notes behind what is there, whole and synced when it returns. Nothing that stood there is
    // changed: what an earlier write left half is closed off by a line that says so. Throws Fault.
    void append(Instant at, const std::vector<std::string>& notes);

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

}  // namespace vastine::store::proof
