#pragma once
// The service's own thread that tells people in the morning what waits for them: composes, sends, tries
// again. It reads the projections and the users, and writes nothing but the stream reference-alerts.

#include <atomic>
#include <thread>

#include "api/alerts/alert_rounds.hpp"
#include "api/alerts/settings.hpp"
#include "api/alerts/smtp.hpp"

namespace vastine::api {

struct Services;

class AlertDesk {
public:
    // Throws CannotSend when the settings are not right. `services` outlive the desk and have their public
    // URL.
    AlertDesk(Services& services, const AlertSettings& settings);
    // Stops and waits until it has: at most about a second, whatever the mail server does.
    ~AlertDesk();

    // Once, when the projections stand at the log's head.
    void start();
    void stop_soon();

private:
    void run();

    std::atomic<bool> stopping_ = false;
    AlertLedger& ledger_;
    Smtp smtp_;
    AlertRounds rounds_;
    std::thread thread_;
};

}  // namespace vastine::api
