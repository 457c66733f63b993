#include "store/engine/memory_engine.hpp"

#include <mutex>

namespace vastine::store::engine {

void MemoryEngine::write(const Batch& batch) {
    const std::unique_lock lock(mutex_);
    for (const auto& change : batch.changes()) {
        Table& target = tables_[static_cast<std::size_t>(change.family)];
        if (change.value) {
            target.insert_or_assign(change.key, *change.value);
        } else if (!change.until.empty()) {
            target.erase(target.lower_bound(change.key), target.lower_bound(change.until));
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
    // Copied out in portions, so that a visitor may write or take its time; end to end, so that a portion
    // takes no memory of its own for each entry.
    constexpr std::size_t portion = 256;
    std::string next(from);
    std::string copied;
    std::vector<std::pair<std::size_t, std::size_t>> sizes;  // of key and value
    while (true) {
        copied.clear();
        sizes.clear();
        {
            const std::shared_lock lock(mutex_);
            for (auto at = table(family).lower_bound(next); at != table(family).end() && at->first < until;
                 ++at) {
                copied.append(at->first).append(at->second);
                sizes.emplace_back(at->first.size(), at->second.size());
                if (sizes.size() == portion) break;
            }
        }
        std::string_view rest = copied;
        std::string_view key;
        for (const auto& [key_size, value_size] : sizes) {
            key = rest.substr(0, key_size);
            if (!entry(key, rest.substr(key_size, value_size))) return;
            rest.remove_prefix(key_size + value_size);
        }
        if (sizes.size() < portion) return;
        next.assign(key).push_back('\0');
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
