#pragma once
// A log's head for others to keep, c2sp.org/tlog-checkpoint: whose log, how many records, their root; signed.

#include <string>
#include <string_view>

#include "store/proof/note.hpp"
#include "store/provable.hpp"

namespace vastine::store::proof {

struct Checkpoint {
    std::string origin;  // which log: vastine/ORGANISATION/log or …/access
    Head head;
};

[[nodiscard]] std::string origin_of_log(std::string_view organisation);
[[nodiscard]] std::string origin_of_access_log(std::string_view organisation);

// The text that is signed.
[[nodiscard]] std::string to_text(const Checkpoint& checkpoint);
// Lines after the third are others' and passed over.
[[nodiscard]] Proven<Checkpoint> parse_checkpoint(std::string_view text);

// What the note says, its signature checked. The key's name is the origin.
[[nodiscard]] Proven<Checkpoint> open_checkpoint(std::string_view note, const VerifierKey& key);

}  // namespace vastine::store::proof
