#include "api/alerts/alert_ledger.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "api/execution.hpp"
#include "api/json.hpp"

namespace vastine::api {

namespace {

using domain::AlertMail;

const store::StreamId stream{"reference-alerts"};
// Who composes and sends: the service itself.
const std::string desk = "7a1e57a1-0000-4000-8000-000000000001";

std::string_view name_of(AlertMail::State state) {
    switch (state) {
        case AlertMail::State::Waiting:
            return "waiting";
        case AlertMail::State::Sent:
            return "sent";
        case AlertMail::State::Refused:
            return "refused";
        case AlertMail::State::Skipped:
            return "skipped";
    }
    return {};
}

AlertLog::Entry entry_of(const AlertMail& mail) {
    AlertLog::Entry entry;
    entry.set_message_id(mail.message_id);
    entry.set_user_id(mail.user_id);
    entry.set_morning(domain::to_string(mail.morning));
    entry.set_occasions(mail.occasions);
    entry.set_state(std::string(name_of(mail.state)));
    entry.set_attempts(mail.attempts);
    entry.set_last_outcome(mail.last_outcome);
    entry.set_last_code(mail.last_code);
    entry.set_last_reason(mail.last_reason);
    if (mail.state == AlertMail::State::Waiting)
        *entry.mutable_next_attempt_at() = timestamp(mail.next_attempt_at);
    return entry;
}

}  // namespace

void AlertLedger::catch_up() {
    const auto now = now_();
    events_.read_stream(stream, version_, [&](const store::Record& record) {
        alerts_.apply(*events_.open(record, store::Depth::Details).event, {record.recorded_at, now});
        version_ = record.version;
        return true;
    });
}

AlertLedger::Written AlertLedger::append(std::unique_ptr<google::protobuf::Message> event,
                                         const std::string& actor) {
    store::Append append;
    append.actor = actor;
    append.command_id = new_uuid();
    append.streams.push_back({stream, version_, store::KeyArea::Reference, {}});
    append.streams.back().events.push_back(std::move(event));
    const auto appended = events_.append(std::move(append));
    if (!appended) {
        if (appended.error().refusal == store::Refusal::StaleVersion) return Written::NotAnyMore;
        throw store::Fault("the stream of alerts takes no more events");
    }
    catch_up();
    if (written_) written_(appended->last);
    woken_ = true;
    changed_.notify_all();
    return Written::Yes;
}

bool AlertLedger::compose(domain::Date morning,
                          const std::function<AlertsComposed(const domain::Alerts& alerts)>& compose) {
    const std::scoped_lock lock(mutex_);
    for (;;) {
        catch_up();
        if (alerts_.composed(morning)) return false;
        auto composed = std::make_unique<AlertsComposed>(compose(alerts_));
        if (append(std::move(composed), desk) == Written::Yes) return true;
    }
}

void AlertLedger::attempted(const AlertAttempted& attempted) {
    const std::scoped_lock lock(mutex_);
    for (;;) {
        catch_up();
        if (append(std::make_unique<AlertAttempted>(attempted), desk) == Written::Yes) return;
    }
}

void AlertLedger::emergency(const EmergencyAlerted& alerted) {
    const std::scoped_lock lock(mutex_);
    for (;;) {
        catch_up();
        if (append(std::make_unique<EmergencyAlerted>(alerted), desk) == Written::Yes) return;
    }
}

domain::Result<AlertLog::Entry> AlertLedger::retry(const std::string& message_id, const std::string& actor) {
    const std::scoped_lock lock(mutex_);
    for (;;) {
        catch_up();
        auto wish = domain::retried(alerts_, message_id);
        if (!wish) return tl::unexpected(std::move(wish.error()));
        if (append(std::make_unique<AlertAttempted>(std::move(*wish)), actor) == Written::Yes) {
            return entry_of(*alerts_.mail(message_id));
        }
    }
}

AlertLog AlertLedger::log(const std::string& cursor, std::size_t limit) {
    return read([&](const domain::Alerts& alerts) {
        AlertLog log;
        const auto& mails = alerts.mails();
        // Rows are only ever added at the end, so a count of those before names a place for ever.
        std::size_t before = mails.size();
        if (!cursor.empty()) std::from_chars(cursor.data(), cursor.data() + cursor.size(), before);
        before = std::min(before, mails.size());
        for (; before > 0 && limit > 0; --before, --limit) *log.add_entries() = entry_of(mails[before - 1]);
        if (before > 0) log.set_next_cursor(std::to_string(before));
        log.set_waiting(alerts.waiting());
        return log;
    });
}

void AlertLedger::wait(std::chrono::milliseconds at_most) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, at_most, [&] { return woken_; });
    woken_ = false;
}

void AlertLedger::wake() {
    const std::scoped_lock lock(mutex_);
    woken_ = true;
    changed_.notify_all();
}

}  // namespace vastine::api
