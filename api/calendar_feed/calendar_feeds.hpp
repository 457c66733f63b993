#pragma once
// The calendars that people subscribe to: who made each, and the hash of the secret in its address. Kept in
// the key database like bearer tokens; nothing of it enters the log.
//
// Threads: every function may be called from any thread at once.

#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/result.hpp"
#include "store/store.hpp"

namespace vastine::api {

class CalendarFeeds {
public:
    CalendarFeeds(store::Secrets& secrets, std::function<store::Instant()> now)
        : secrets_(secrets), now_(std::move(now)) {}

    struct Feed {
        std::string feed_id;
        std::string user_id;
        std::string label;
        store::Instant created_at;
        std::optional<store::Instant> read_at;  // last, to the hour
    };
    struct NewFeed {
        std::string secret;  // shown once: vsc_...
        Feed feed;
    };
    // At most 20 a user; a label of 1 to 120 characters.
    [[nodiscard]] domain::Result<NewFeed> create(const std::string& user_id, const std::string& label);
    [[nodiscard]] std::vector<Feed> feeds_of(const std::string& user_id) const;  // the oldest first
    // Counts as a reading. Nothing for a secret that is unknown or revoked.
    [[nodiscard]] std::optional<Feed> read(std::string_view secret);
    // False when the user has no such feed.
    [[nodiscard]] bool revoke(const std::string& user_id, std::string_view feed_id);

private:
    store::Secrets& secrets_;
    std::function<store::Instant()> now_;
    std::mutex changing_;  // so that a reading does not bring back what was just revoked
};

}  // namespace vastine::api
