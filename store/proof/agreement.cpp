#include "store/proof/agreement.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "store/event_store.hpp"
#include "store/proof/merkle.hpp"

namespace vastine::store::proof {

Proven<void> one_history(const Provable& log, const Head& earlier, const Head& later) {
    const auto old_size = earlier.position;
    const auto size = later.position;
    if (old_size == size) {
        if (earlier.root == later.root) return {};
        return unproven(fmt::format("there are two different histories of {} records", size.value));
    }
    if (old_size.value == 0) {
        if (to_hash(earlier.root) == root_of(0, {})) return {};
        return unproven("a log without records has another root");
    }
    std::vector<Hash> path;
    for (const auto& hash : log.consistency_proof(old_size, size)) path.push_back(to_hash(hash));
    if (verify_consistency(old_size.value, to_hash(earlier.root), size.value, to_hash(later.root), path)) {
        return {};
    }
    return unproven(
        fmt::format("the first {} records are not what they were when it was signed", old_size.value));
}

Proven<void> agrees(const Provable& log, const Head& kept) {
    const auto now = log.head();
    if (kept.position > now.position) {
        return unproven(fmt::format("the log ends at record {}, but was already at {} when it was signed",
                                    now.position.value, kept.position.value));
    }
    return one_history(log, kept, now);
}

Proven<Compared> compare(const Provable& log, const VerifierKey& key, const std::vector<Witnessed>& notes) {
    Compared compared;
    for (const auto& witnessed : notes) {
        if (witnessed.note.substr(0, witnessed.note.find('\n')) != key.name()) continue;
        const auto refuse = [&](const Unproven& reason) {
            const auto taken =
                witnessed.taken_at.empty() ? std::string() : fmt::format(", taken {}", witnessed.taken_at);
            return unproven(
                fmt::format("the checkpoint in line {}{}: {}", witnessed.line, taken, reason.why));
        };
        const auto checkpoint = open_checkpoint(witnessed.note, key);
        if (!checkpoint) return refuse(checkpoint.error());
        if (const auto agreed = agrees(log, checkpoint->head); !agreed) return refuse(agreed.error());
        const auto position = checkpoint->head.position;
        compared.first = compared.checkpoints == 0 ? position : std::min(compared.first, position);
        compared.last = std::max(compared.last, position);
        ++compared.checkpoints;
    }
    return compared;
}

}  // namespace vastine::store::proof
