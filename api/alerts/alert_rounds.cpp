#include "api/alerts/alert_rounds.hpp"

#include <spdlog/spdlog.h>

#include <utility>

#include "api/execution.hpp"
#include "domain/alerts/morning.hpp"

namespace vastine::api {

namespace {

namespace alert = domain::alert;

std::string_view name_of(Delivery::Outcome outcome) {
    switch (outcome) {
        case Delivery::Outcome::Sent:
            return alert::sent;
        case Delivery::Outcome::Refused:
            return alert::refused;
        case Delivery::Outcome::Later:
            return alert::later;
        case Delivery::Outcome::Unknown:
            return alert::unknown;
    }
    return {};
}

}  // namespace

void AlertRounds::turn() {
    record();
    compose();
    while (!around_.stopping() && send_next()) {
    }
}

void AlertRounds::compose() {
    const auto morning = domain::morning_at(around_.now(), set_time_);
    if (!morning) return;
    if (around_.ledger.read([&](const domain::Alerts& alerts) { return alerts.composed(*morning); })) return;
    int messages = 0;
    int skipped = 0;
    const bool composed = around_.ledger.compose(*morning, [&](const domain::Alerts& alerts) {
        auto all = domain::compose(alerts, *morning, around_.occasions(*morning),
                                   around_.directory.everyone()->reference, new_uuid);
        messages = all.alerts_size();
        skipped = all.skipped_size();
        return all;
    });
    if (composed) {
        spdlog::info("alerts of {}: {} messages, {} people skipped", domain::to_string(*morning), messages,
                     skipped);
    }
}

bool AlertRounds::send_next() {
    const auto now = around_.now();
    const auto mail = around_.ledger.read([&](const domain::Alerts& alerts) {
        const auto* const due = alerts.due(now);
        return due == nullptr ? std::nullopt : std::optional(*due);
    });
    if (!mail) return false;
    // The address is the one that the user has now.
    const auto everyone = around_.directory.everyone();
    const auto* const user = everyone->reference.user(mail->user_id);
    Delivery delivery{Delivery::Outcome::Refused, 0, domain::why_silent(user)};
    if (delivery.reason.empty())
        delivery = around_.deliver(written(*mail, *user, head_, everyone->reference.user(mail->opened_by)));
    AlertAttempted attempted;
    attempted.set_message_id(mail->message_id);
    attempted.set_outcome(std::string(name_of(delivery.outcome)));
    attempted.set_smtp_code(delivery.code);
    attempted.set_reason(std::string(delivery.reason));
    unrecorded_ = std::move(attempted);
    around_.counted(delivery.outcome);
    if (delivery.outcome != Delivery::Outcome::Sent) {
        spdlog::warn("alert {}: {} {} {}", mail->message_id, name_of(delivery.outcome), delivery.reason,
                     delivery.code);
    }
    record();
    return true;
}

void AlertRounds::record() {
    if (!unrecorded_) return;
    around_.ledger.attempted(*unrecorded_);
    unrecorded_.reset();
}

}  // namespace vastine::api
