#pragma once
// What an operator says about the mails of the morning.

#include <chrono>
#include <filesystem>
#include <stdexcept>
#include <string>

namespace vastine::api {

struct SmtpServer {
    std::string url;                      // smtp://host:587
    std::string user;                     // empty: no login
    std::filesystem::path password_file;  // mode 0600; its first line
    std::filesystem::path authority;      // PEM; empty: those that the system trusts
    std::chrono::seconds connecting{30};
    // RFC 5321 §4.5.3.2.6: whoever gives up earlier on the answer to the message's end makes duplicates.
    std::chrono::seconds answering{600};
};

struct AlertSettings {
    SmtpServer smtp;
    std::string from;                                                   // a plain address
    std::chrono::minutes set_time = std::chrono::minutes(7 * 60 + 30);  // in Finland, on working days
};

// Says what is wrong with the settings and what to do, for the person at the terminal.
struct CannotSend : std::runtime_error {
    using std::runtime_error::runtime_error;
};

}  // namespace vastine::api
