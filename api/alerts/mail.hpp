#pragma once
// The mail of the morning: how many dates have reached which mark, and a link. No personal data, no diary
// number and no case stands in it: mail is read on many screens and kept on many servers. The mail of an
// emergency says which colleague opened which case number and when, and no more of it.

#include <string>

#include "domain/alerts/alerts.hpp"
#include "domain/schema/reference.pb.h"

namespace vastine::api {

struct Letterhead {
    std::string from;        // the sender's plain address; its domain is the right side of every Message-ID
    std::string public_url;  // where people reach the service, no slash at its end
};

// What an SMTP server is given.
struct Envelope {
    std::string from;
    std::string to;
    std::string content;  // RFC 5322, plain text in UTF-8 as quoted-printable, lines end in CRLF
};

// In the user's language. The same mail, user and letterhead give the same bytes, whenever it is asked for:
// a repeated attempt repeats the message.
// `opener`: of an emergency, who opened the file; null when nobody knows them any more.
[[nodiscard]] Envelope written(const domain::AlertMail& mail, const SetUser& to, const Letterhead& head,
                               const SetUser* opener = nullptr);

}  // namespace vastine::api
