#pragma once
// One look at the clock and the ledger: composes the morning when its time has come, and sends what is due.
// What it works with is given to it, so that a test is its mail server and its clock.

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "api/alerts/alert_ledger.hpp"
#include "api/alerts/mail.hpp"
#include "api/alerts/smtp.hpp"
#include "api/directory.hpp"

namespace vastine::api {

class AlertRounds {
public:
    struct Surroundings {
        AlertLedger& ledger;
        const Directory& directory;
        std::function<std::vector<domain::Hearer>(domain::Date)> occasions;
        std::function<Delivery(const Envelope&)> deliver;
        std::function<store::Instant()> now;
        std::function<bool()> stopping;  // asked between two messages
        std::function<void(Delivery::Outcome)> counted = [](Delivery::Outcome) {};
    };
    AlertRounds(Surroundings around, Letterhead head, std::chrono::minutes set_time)
        : around_(std::move(around)), head_(std::move(head)), set_time_(set_time) {}

    // Throws what the store throws. Then nothing more was sent: what was answered last is kept and recorded
    // first of all next time, so that a full disk does not send one message again and again.
    void turn();

private:
    void compose();
    [[nodiscard]] bool send_next();
    void record();

    Surroundings around_;
    Letterhead head_;
    std::chrono::minutes set_time_;
    std::optional<AlertAttempted> unrecorded_;
};

}  // namespace vastine::api
