#pragma once
// What each webhook was told so far, and the secrets it is told with: kept in the key database, so that
// neither is lost with a restart nor stands in the log, where a notice about a notice would never end.
//
// Threads: one at a time.

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "store/store.hpp"

namespace vastine::api {

struct Progress {
    // Everything up to here was delivered or was not meant for it; of the next record so many notices too.
    store::Position position;
    std::uint64_t notices = 0;
    std::string url;  // where the attempts were made
    bool active = true;
    std::uint32_t attempts = 0;  // of the notice that waits
    enum class Trouble { None, NoAnswer, NotTrusted, NotEncrypted, Status, Gone };
    Trouble trouble = Trouble::None;  // of the last attempt
    unsigned status = 0;              // of Trouble::Status
    std::optional<store::Instant> next_attempt_at;
};

class DeliveryBook {
public:
    // Reads what is kept.
    explicit DeliveryBook(store::Secrets& secrets);

    // Null when it never had a secret: only then begins what it is told.
    [[nodiscard]] Progress* progress(const std::string& webhook_id);
    // Synced when it returns.
    void keep(const std::string& webhook_id);
    void begin(const std::string& webhook_id, Progress progress);

    // The new one, shown once; earlier ones sign beside it for another day.
    [[nodiscard]] std::string new_secret(const std::string& webhook_id, store::Instant at);
    // Those that sign now, the newest first.
    [[nodiscard]] std::vector<std::string> secrets(const std::string& webhook_id, store::Instant at) const;

    static constexpr std::chrono::hours overlap{24};

private:
    store::Secrets& secrets_;
    std::map<std::string, Progress> progress_;
};

}  // namespace vastine::api
