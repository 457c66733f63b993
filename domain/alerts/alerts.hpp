#pragma once
// Who was told what, and what became of each message: the fold of the stream reference-alerts, and the rules
// by which a morning's messages are made and sent. Pure: instants and ids come in.
//
// An occasion is told once for ever. A message is kept until the mail server has taken it, or has refused it
// for good, and nobody asks again; it never gives up by itself.

#include <google/protobuf/message.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "domain/calendar/date.hpp"
#include "domain/reference/reference.hpp"
#include "domain/result.hpp"
#include "domain/schema/alerts.pb.h"

namespace vastine::domain {

// Names as they stand in the events.
namespace alert {
inline constexpr std::string_view sent = "sent", refused = "refused", later = "later", unknown = "unknown";
inline constexpr std::string_view no_connection = "no-connection", no_starttls = "no-starttls",
                                  certificate = "certificate", login = "login", server = "server",
                                  lost = "lost", message = "message", retry = "retry";
inline constexpr std::string_view inactive = "inactive", unwanted = "unwanted", no_address = "no-address";
}  // namespace alert

// One person's message: of one morning, or of a case file that was opened in an emergency.
struct AlertMail {
    enum class State { Waiting, Sent, Refused, Skipped };
    std::string message_id;  // empty when skipped: nothing was composed
    std::string user_id;
    Date morning;
    Instant composed_at;
    std::map<std::string, std::uint32_t, std::less<>> by_mark;  // how many occasions of each
    std::uint32_t occasions = 0;
    std::string emergency_case;  // empty: of a morning
    std::string opened_by;       // of an emergency
    State state = State::Waiting;
    std::uint32_t attempts = 0;  // those made; a wish for one is none
    std::string last_outcome;    // empty: not tried yet
    std::string last_reason;
    std::uint32_t last_code = 0;
    Instant next_attempt_at;     // while it waits
    std::uint32_t failures = 0;  // in a row, since the last wish for another attempt
};

class Alerts {
public:
    // One minute after the first failure, then twice as long each time.
    static constexpr std::chrono::minutes shortest_delay{1};
    static constexpr std::chrono::minutes longest_delay{60};
    [[nodiscard]] static std::chrono::minutes delay_after(std::uint32_t failures);

    // When an event was recorded, and what the clock says now: an event of the future (the clock was set
    // back) counts as of now, or nothing would be tried until that future.
    struct When {
        Instant recorded_at;
        Instant now;
    };
    // Takes the next event of the stream; passes over what is none of alerts.
    void apply(const google::protobuf::Message& event, const When& when);

    [[nodiscard]] bool composed(Date morning) const { return mornings_.contains(morning); }
    // Whether this or a more pressing mark of the same date was told. A hand-over waits for one person, so
    // it is told again when it is offered to another.
    [[nodiscard]] bool told(const Occasion& occasion, std::string_view user_id) const;

    // In the order of composing; those skipped stand among them.
    [[nodiscard]] const std::vector<AlertMail>& mails() const { return mails_; }
    [[nodiscard]] const AlertMail* mail(std::string_view message_id) const;
    [[nodiscard]] std::size_t waiting() const { return waiting_.size(); }

    // What is to be sent now, oldest first; null when nothing is. While the server cannot be reached the one
    // message that found this out is tried again, not every other as well.
    [[nodiscard]] const AlertMail* due(Instant now) const;

private:
    void take(const AlertsComposed& composed, const When& when);
    void take(const AlertAttempted& attempted, const When& when);
    void take(const EmergencyAlerted& alerted, const When& when);
    void wait_with(AlertMail mail);
    void tell(const Occasion& occasion, std::string_view user_id);

    std::unordered_map<std::string, unsigned> told_;  // a date of a case, and its most pressing mark
    std::set<Date> mornings_;
    std::vector<AlertMail> mails_;
    std::map<std::string, std::size_t, std::less<>> by_id_;
    std::set<std::size_t> waiting_;
    std::optional<Instant> unreachable_until_;
};

// What somebody is to hear of.
struct Hearer {
    std::string user_id;
    std::vector<Occasion> occasions;
};

// Why nothing can be sent to the user: inactive, unwanted or no-address. Empty when it can. Null: inactive.
[[nodiscard]] std::string_view why_silent(const SetUser* user);

// The morning's messages: one for each person who has something that was not told before. Whom nothing can be
// sent to is named as skipped, and what they would have heard counts as untold. An empty morning is one too.
// `users` has the addresses opened. `new_id` gives a fresh UUID at each call.
[[nodiscard]] AlertsComposed compose(const Alerts& alerts, Date morning, std::vector<Hearer> hearers,
                                     const Reference& users, const std::function<std::string()>& new_id);

// Tells of a case file opened in an emergency: each of `hearers` but the one who opened it.
[[nodiscard]] EmergencyAlerted alert_of_emergency(const std::string& case_id, const std::string& opened_by,
                                                  const std::vector<std::string>& hearers,
                                                  const Reference& users,
                                                  const std::function<std::string()>& new_id);

// Somebody wants another attempt now. Refused for a message that nobody knows (NotFound) or that was sent
// (WrongState).
[[nodiscard]] Result<AlertAttempted> retried(const Alerts& alerts, std::string_view message_id);

}  // namespace vastine::domain
