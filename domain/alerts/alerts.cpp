#include "domain/alerts/alerts.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace vastine::domain {

namespace {

// From the mildest to the most pressing. Idle and hand-over are no marks of a date.
constexpr std::array<std::string_view, 5> marks{"due-soon", "due-today", "overdue", "escalated", "critical"};

// From 1; 0 for what is no mark of a date.
unsigned rank(std::string_view mark) {
    const auto* const found = std::ranges::find(marks, mark);
    return found == marks.end() ? 0 : static_cast<unsigned>(found - marks.begin()) + 1;
}

// What the marks of one date have in common; of anything else, what tells it apart from all others.
std::string name_of(const Occasion& occasion, std::string_view user_id) {
    std::string name;
    name.reserve(96);
    name.append(occasion.case_id()).append("|").append(occasion.on()).append("|");
    if (rank(occasion.mark()) > 0) return name.append(occasion.what()).append("|").append(occasion.id());
    name.append("|").append(occasion.mark());
    if (occasion.mark() == "hand-over") name.append("|").append(user_id);
    return name;
}

// Failures that the next message would meet too.
bool of_the_server(std::string_view reason) {
    constexpr std::array all{alert::no_connection, alert::no_starttls, alert::certificate, alert::login,
                             alert::server};
    return std::ranges::find(all, reason) != all.end();
}

// A plain ASCII address: what else there may be would need an extension of the mail server's, and nothing
// in it may end a header line.
bool usable(std::string_view address) {
    const auto at = address.rfind('@');
    if (at == std::string_view::npos || at == 0 || at + 1 == address.size() || address.size() > 254) {
        return false;
    }
    return std::ranges::all_of(address, [](char c) {
        constexpr std::string_view special = "<>()[],;:\\\"";
        return c > ' ' && c < '\x7f' && special.find(c) == std::string_view::npos;
    });
}

}  // namespace

std::chrono::minutes Alerts::delay_after(std::uint32_t failures) {
    auto delay = shortest_delay;
    for (std::uint32_t i = 1; i < failures && delay < longest_delay; ++i) delay *= 2;
    return std::min(delay, longest_delay);
}

void Alerts::apply(const google::protobuf::Message& event, const When& when) {
    if (event.GetDescriptor() == AlertsComposed::descriptor()) {
        take(static_cast<const AlertsComposed&>(event), when);
    } else if (event.GetDescriptor() == AlertAttempted::descriptor()) {
        take(static_cast<const AlertAttempted&>(event), when);
    } else if (event.GetDescriptor() == EmergencyAlerted::descriptor()) {
        take(static_cast<const EmergencyAlerted&>(event), when);
    }
}

void Alerts::take(const AlertsComposed& composed, const When& when) {
    const Date morning = parse_date(composed.morning()).value_or(Date{});
    mornings_.insert(morning);
    const auto from = std::min(when.recorded_at, when.now);
    for (const auto& alert : composed.alerts()) {
        AlertMail mail;
        mail.message_id = alert.message_id();
        mail.user_id = alert.user_id();
        mail.morning = morning;
        mail.composed_at = when.recorded_at;
        mail.next_attempt_at = from;
        mail.occasions = static_cast<std::uint32_t>(alert.occasions_size());
        for (const auto& occasion : alert.occasions()) {
            ++mail.by_mark[occasion.mark()];
            tell(occasion, alert.user_id());
        }
        wait_with(std::move(mail));
    }
    for (const auto& skipped : composed.skipped()) {
        AlertMail mail;
        mail.user_id = skipped.user_id();
        mail.morning = morning;
        mail.composed_at = when.recorded_at;
        mail.occasions = skipped.occasions();
        mail.state = AlertMail::State::Skipped;
        mail.last_reason = skipped.reason();
        mails_.push_back(std::move(mail));
    }
}

void Alerts::take(const EmergencyAlerted& alerted, const When& when) {
    const auto mail_to = [&](const std::string& user_id) {
        AlertMail mail;
        mail.user_id = user_id;
        mail.morning = helsinki_date(when.recorded_at);
        mail.composed_at = when.recorded_at;
        mail.next_attempt_at = std::min(when.recorded_at, when.now);
        mail.occasions = 1;
        mail.emergency_case = alerted.case_id();
        mail.opened_by = alerted.opened_by();
        return mail;
    };
    for (const auto& alert : alerted.alerts()) {
        auto mail = mail_to(alert.user_id());
        mail.message_id = alert.message_id();
        wait_with(std::move(mail));
    }
    for (const auto& skipped : alerted.skipped()) {
        auto mail = mail_to(skipped.user_id());
        mail.state = AlertMail::State::Skipped;
        mail.last_reason = skipped.reason();
        mails_.push_back(std::move(mail));
    }
}

void Alerts::wait_with(AlertMail mail) {
    by_id_.emplace(mail.message_id, mails_.size());
    waiting_.insert(mails_.size());
    mails_.push_back(std::move(mail));
}

void Alerts::take(const AlertAttempted& attempted, const When& when) {
    const auto found = by_id_.find(attempted.message_id());
    if (found == by_id_.end()) return;
    auto& mail = mails_[found->second];
    // What the server has taken stays taken, whatever another attempt of the same moment met.
    if (mail.state == AlertMail::State::Sent) return;
    const auto now = std::min(when.recorded_at, when.now);
    const bool wish = attempted.reason() == alert::retry;
    if (!wish) ++mail.attempts;
    mail.failures = wish ? 0 : mail.failures + 1;
    mail.last_outcome = attempted.outcome();
    mail.last_reason = attempted.reason();
    mail.last_code = attempted.smtp_code();
    mail.state = attempted.outcome() == alert::sent      ? AlertMail::State::Sent
                 : attempted.outcome() == alert::refused ? AlertMail::State::Refused
                                                         : AlertMail::State::Waiting;
    unreachable_until_.reset();
    if (mail.state != AlertMail::State::Waiting) {
        waiting_.erase(found->second);
        return;
    }
    waiting_.insert(found->second);
    mail.next_attempt_at = wish ? now : now + delay_after(mail.failures);
    if (of_the_server(mail.last_reason)) unreachable_until_ = mail.next_attempt_at;
}

void Alerts::tell(const Occasion& occasion, std::string_view user_id) {
    auto& most = told_[name_of(occasion, user_id)];
    most = std::max(most, rank(occasion.mark()));
}

bool Alerts::told(const Occasion& occasion, std::string_view user_id) const {
    const auto found = told_.find(name_of(occasion, user_id));
    return found != told_.end() && rank(occasion.mark()) <= found->second;
}

const AlertMail* Alerts::mail(std::string_view message_id) const {
    const auto found = by_id_.find(message_id);
    return found == by_id_.end() ? nullptr : &mails_[found->second];
}

const AlertMail* Alerts::due(Instant now) const {
    // No delay is longer than the longest: a later instant was reckoned before the clock was set back.
    const auto come = [&](Instant at) { return at <= now || at - now > longest_delay; };
    if (unreachable_until_ && !come(*unreachable_until_)) return nullptr;
    for (const auto at : waiting_)
        if (come(mails_[at].next_attempt_at)) return &mails_[at];
    return nullptr;
}

std::string_view why_silent(const SetUser* user) {
    if (user == nullptr || !user->active()) return alert::inactive;
    if (user->no_alerts()) return alert::unwanted;
    return usable(user->email()) ? std::string_view{} : alert::no_address;
}

AlertsComposed compose(const Alerts& alerts, Date morning, std::vector<Hearer> hearers,
                       const Reference& users, const std::function<std::string()>& new_id) {
    AlertsComposed composed;
    composed.set_morning(to_string(morning));
    for (auto& hearer : hearers) {
        std::erase_if(hearer.occasions,
                      [&](const Occasion& occasion) { return alerts.told(occasion, hearer.user_id); });
        if (hearer.occasions.empty()) continue;
        if (const auto reason = why_silent(users.user(hearer.user_id)); !reason.empty()) {
            auto& skipped = *composed.add_skipped();
            skipped.set_user_id(hearer.user_id);
            skipped.set_reason(std::string(reason));
            skipped.set_occasions(static_cast<std::uint32_t>(hearer.occasions.size()));
            continue;
        }
        auto& alert = *composed.add_alerts();
        alert.set_message_id(new_id());
        alert.set_user_id(hearer.user_id);
        alert.mutable_occasions()->Reserve(static_cast<int>(hearer.occasions.size()));
        for (auto& occasion : hearer.occasions) *alert.add_occasions() = std::move(occasion);
    }
    return composed;
}

EmergencyAlerted alert_of_emergency(const std::string& case_id, const std::string& opened_by,
                                    const std::vector<std::string>& hearers, const Reference& users,
                                    const std::function<std::string()>& new_id) {
    EmergencyAlerted alerted;
    alerted.set_case_id(case_id);
    alerted.set_opened_by(opened_by);
    for (const auto& hearer : hearers) {
        if (hearer == opened_by) continue;
        if (const auto reason = why_silent(users.user(hearer)); !reason.empty()) {
            auto& skipped = *alerted.add_skipped();
            skipped.set_user_id(hearer);
            skipped.set_reason(std::string(reason));
            skipped.set_occasions(1);
            continue;
        }
        auto& alert = *alerted.add_alerts();
        alert.set_message_id(new_id());
        alert.set_user_id(hearer);
    }
    return alerted;
}

Result<AlertAttempted> retried(const Alerts& alerts, std::string_view message_id) {
    const auto* const mail = alerts.mail(message_id);
    if (mail == nullptr) return reject(Reason::NotFound, "alert.unknown");
    if (mail->state == AlertMail::State::Sent) return reject(Reason::WrongState, "alert.sent_already");
    AlertAttempted attempted;
    attempted.set_message_id(std::string(message_id));
    attempted.set_outcome(std::string(alert::later));
    attempted.set_reason(std::string(alert::retry));
    return attempted;
}

}  // namespace vastine::domain
