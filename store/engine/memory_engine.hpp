#pragma once
#include <array>
#include <map>
#include <shared_mutex>

#include "store/engine/engine.hpp"

namespace vastine::store::engine {

// Everything in memory, for tests and for trying things out: durable as long as it lives.
class MemoryEngine final : public Engine {
public:
    void write(const Batch& batch) override;
    void write_unsynced(const Batch& batch) override { write(batch); }
    [[nodiscard]] std::optional<std::string> get(Family family, std::string_view key) const override;
    void scan(Family family, std::string_view from, std::string_view until,
              const Entry& entry) const override;
    [[nodiscard]] std::optional<std::pair<std::string, std::string>> last(
        Family family, std::string_view from, std::string_view until) const override;
    [[nodiscard]] bool faulted() const override { return false; }
    void reopen() override {}
    void reclaim(Family) override {}

private:
    using Table = std::map<std::string, std::string, std::less<>>;
    [[nodiscard]] const Table& table(Family family) const {
        return tables_[static_cast<std::size_t>(family)];
    }

    mutable std::shared_mutex mutex_;
    std::array<Table, family_count> tables_;
};

}  // namespace vastine::store::engine
