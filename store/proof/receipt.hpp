#pragma once
// That a record stands in a log whose head was signed, without what is in it: c2sp.org/tlog-proof. Its
// extra data is the record's leaf, so that the file is all that a checker needs beside the public key.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "store/proof/checkpoint.hpp"
#include "store/proof/merkle.hpp"

namespace vastine::store::proof {

struct Receipt {
    std::string leaf;  // header and two hashes (FORMAT.md)
    Position position;
    std::vector<Hash> path;
    std::string checkpoint;  // the signed note
};

[[nodiscard]] std::string to_text(const Receipt& receipt);
// Of a text in which a receipt stands, whatever people wrote above it; lines may end as mail ends them.
[[nodiscard]] Proven<Receipt> parse_receipt(std::string_view text);

// What it proves.
struct Registered {
    std::string organisation;  // UUID
    Position position;
    StreamId stream;
    Version version;
    std::string type;
    Instant recorded_at;
    Head head;  // of the checkpoint
};
// `keys`: whoever may sign; the one whose name is the checkpoint's origin counts.
[[nodiscard]] Proven<Registered> check_receipt(const Receipt& receipt, std::span<const VerifierKey> keys);

}  // namespace vastine::store::proof
