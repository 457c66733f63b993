#include "store/engine/memory_engine.hpp"

#include <mutex>

namespace vastine::store::engine {

void MemoryEngine::write(const Batch& batch) {
    const std::unique_lock lock(mutex_);
    for (const auto& change : batch.changes()) {
        Table& target = tables_[static_cast<std::size_t>(change.family)];
        if (change.value) {
            target.insert_or_assign(change.key, *change.value);
        } else {
            target.erase(change.key);
        }
    }
}

std::optional<std::string> MemoryEngine::get(Family family, std::string_view key) const {
    const std::shared_lock lock(mutex_);
    const auto found = table(family).find(key);
    if (found == table(family).end()) return std::nullopt;
    return found->second;
}

void MemoryEngine::scan(Family family, std::string_view from, std::string_view until,
                        const Entry& entry) const {
    // Copied out in portions, so that a visitor may write or take its time.
    constexpr std::size_t portion = 256;
    std::string next(from);
    while (true) {
        std::vector<std::pair<std::string, std::string>> copied;
        {
            const std::shared_lock lock(mutex_);
            for (auto at = table(family).lower_bound(next); at != table(family).end() && at->first < until;
                 ++at) {
                copied.emplace_back(*at);
                if (copied.size() == portion) break;
            }
        }
        for (const auto& [key, value] : copied) {
            if (!entry(key, value)) return;
        }
        if (copied.size() < portion) return;
        next = copied.back().first + '\0';
    }
}

std::optional<std::pair<std::string, std::string>> MemoryEngine::last(Family family, std::string_view from,
                                                                      std::string_view until) const {
    const std::shared_lock lock(mutex_);
    auto at = table(family).lower_bound(until);
    if (at == table(family).begin()) return std::nullopt;
    --at;
    if (at->first < from) return std::nullopt;
    return *at;
}

}  // namespace vastine::store::engine
