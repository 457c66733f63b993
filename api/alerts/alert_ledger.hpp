#pragma once
// The stream reference-alerts, folded, and the one way anything is added to it. The desk, the routes and the
// command line all look here.
//
// Threads: every function may be called from any thread at once.

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>

#include "domain/alerts/alerts.hpp"
#include "domain/schema/views.pb.h"
#include "store/event_store.hpp"

namespace vastine::api {

class AlertLedger {
public:
    // `written` is told the position of what was added here.
    AlertLedger(store::EventStore& events, std::function<store::Instant()> now,
                std::function<void(store::Position)> written = {})
        : events_(events), now_(std::move(now)), written_(std::move(written)) {}

    // Runs the query on what the stream says now. Return values, not references.
    template <class Query>
    auto read(Query&& query) {
        const std::scoped_lock lock(mutex_);
        catch_up();
        return query(static_cast<const domain::Alerts&>(alerts_));
    }

    // All of a morning or nothing: nothing when the morning has been composed, by whomever. `compose` gets
    // the state that it composes upon. True when this call composed it.
    bool compose(domain::Date morning,
                 const std::function<AlertsComposed(const domain::Alerts& alerts)>& compose);
    void attempted(const AlertAttempted& attempted);
    // Told as soon as the desk looks again; durable when this returns.
    void emergency(const EmergencyAlerted& alerted);
    // A person asks for another attempt; see domain::retried.
    [[nodiscard]] domain::Result<AlertLog::Entry> retry(const std::string& message_id,
                                                        const std::string& actor);

    // The newest first. `cursor`: next_cursor of the page before, empty for the first one.
    [[nodiscard]] AlertLog log(const std::string& cursor, std::size_t limit);

    // Returns when the stream may have grown since the call of read() before, when wake() is called, or
    // after the time.
    void wait(std::chrono::milliseconds at_most);
    void wake();

private:
    enum class Written { Yes, NotAnyMore };
    void catch_up();
    [[nodiscard]] Written append(std::unique_ptr<google::protobuf::Message> event, const std::string& actor);

    store::EventStore& events_;
    std::function<store::Instant()> now_;
    std::function<void(store::Position)> written_;
    std::mutex mutex_;
    std::condition_variable changed_;
    bool woken_ = false;
    store::Version version_;
    domain::Alerts alerts_;
};

}  // namespace vastine::api
