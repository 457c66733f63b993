#pragma once
// Handing one message to a mail server: SMTP with STARTTLS, never without (RFC 3207), by libcurl. What is
// answered decides what becomes of the message: taken, refused for good, not now, or nobody knows.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "api/alerts/mail.hpp"
#include "api/alerts/settings.hpp"

namespace vastine::api {

struct Delivery {
    enum class Outcome { Sent, Refused, Later, Unknown };
    Outcome outcome = Outcome::Later;
    std::uint32_t code = 0;   // of the server's last reply; 0: none that counts
    std::string_view reason;  // domain::alert; empty when sent

    bool operator==(const Delivery&) const = default;
};

// What was said in one delivery, and what follows from it for the message.
class Conversation {
public:
    enum class End { Good, NoStarttls, Certificate, Login, Otherwise };

    void said(std::string_view command);
    void heard(std::string_view line);  // one line of a reply; the last one of several counts
    // All of the message was handed to the connection: from here on the server may have it.
    void handed_over() { stage_ = Stage::HandedOver; }
    // Sent only when the server has said so, unknown only when it may have the message and has said nothing.
    [[nodiscard]] Delivery judged(End end) const;

private:
    enum class Stage { Meeting, Message, HandedOver };
    Stage stage_ = Stage::Meeting;
    bool parted_ = false;
    std::uint32_t last_ = 0;    // reply of this stage; 0: none yet
    std::uint32_t answer_ = 0;  // to the message as a whole
};

class Smtp {
public:
    // Throws CannotSend when the URL, the password file or the authority is not right.
    explicit Smtp(SmtpServer server);
    ~Smtp();

    // Takes as long as the server does; `cancelled` is asked about once a second and ends it early. Never
    // throws for what the server or the network does. One thread at a time.
    [[nodiscard]] Delivery deliver(const Envelope& envelope, const std::function<bool()>& cancelled = {});

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

}  // namespace vastine::api
