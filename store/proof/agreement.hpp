#pragma once
// Whether a log is the one that a checkpoint speaks of, and two checkpoints of one history.

#include <vector>

#include "store/proof/checkpoint.hpp"
#include "store/proof/witness_file.hpp"
#include "store/provable.hpp"

namespace vastine::store::proof {

// Each proves its answer by a consistency proof taken from the log. An empty history agrees with every
// other; a log shorter than a checkpoint with none. A tree that does not lead to the log's own head throws
// Corruption.
[[nodiscard]] Proven<void> agrees(const Provable& log, const Head& kept);
// `later` is at least as long as `earlier`, and the log as long as both.
[[nodiscard]] Proven<void> one_history(const Provable& log, const Head& earlier, const Head& later);

struct Compared {
    std::size_t checkpoints = 0;  // of this log
    Position first{};
    Position last{};
};
// All checkpoints among the notes that are of the key's log: each signed by the key, and in agreement with
// the log; so any two of them are of one history. Notes of other logs are passed over.
[[nodiscard]] Proven<Compared> compare(const Provable& log, const VerifierKey& key,
                                       const std::vector<Witnessed>& notes);

}  // namespace vastine::store::proof
