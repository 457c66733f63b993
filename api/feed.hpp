#pragma once
// The live feed: Server-Sent Events with position, type and case of every event its reader may see.
// The log itself is the queue: a feed keeps a position and reads on from there when its client has
// taken the last piece, so a slow client costs no memory and none misses anything.

#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <optional>

#include "api/http/message.hpp"
#include "domain/access/access.hpp"
#include "projections/read_model.hpp"
#include "store/event_store.hpp"

namespace vastine::api {

class Feeds {
public:
    Feeds(const store::EventStore& events, projections::ReadModel& model) : events_(events), model_(model) {}

    // Who is listening, asked again before every piece: nothing once the session or the right is gone,
    // which ends the feed.
    using Listener = std::function<std::optional<domain::Viewer>()>;
    [[nodiscard]] std::shared_ptr<BodySource> open(store::Position after, Listener listener);

    // The read model has moved: wakes who waits. Any thread; does the reading itself.
    void advance();
    // Somebody else to tell at every advance(); set before there are any.
    void also(std::function<void()> told) { told_ = std::move(told); }
    // Wakes everybody with an empty comment, so that closed connections and sessions are noticed.
    void beat();
    void close_all();
    [[nodiscard]] std::size_t open_feeds() const;

private:
    class Feed;
    [[nodiscard]] std::vector<std::shared_ptr<Feed>> living() const;

    const store::EventStore& events_;
    projections::ReadModel& model_;
    std::function<void()> told_;
    mutable std::mutex mutex_;
    mutable std::list<std::weak_ptr<Feed>> feeds_;
};

}  // namespace vastine::api
