#pragma once
// A short exchange with the provider over HTTPS: its certificate is verified, redirects are not followed, an
// answer that is too long or too slow is none.

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace vastine::api::openid {

struct Exchange {
    std::string url;
    std::filesystem::path authority;  // PEM, believed beside the system's; empty: none
    // Posted as a form; without any it is a GET.
    std::vector<std::pair<std::string, std::string>> form{};
    // Of the client, percent-encoded by the form's rules (RFC 6749 §2.3.1); empty: none.
    std::string user{};
    std::string password{};
    std::chrono::milliseconds patience{5000};
};
struct Fetched {
    unsigned status = 0;
    std::string body;
};

// Nothing: there was no answer that may be believed.
[[nodiscard]] std::optional<Fetched> fetch(const Exchange& exchange);

// As in forms: for user and password of an exchange, and for addresses.
[[nodiscard]] std::string form_encoded(const std::string& text);

}  // namespace vastine::api::openid
