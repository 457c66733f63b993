#include "api/http/origin.hpp"

#include <algorithm>

namespace vastine::api {

std::string origin_of(const std::string& public_url, const Request& request) {
    if (!public_url.empty()) return public_url;
    const auto host = request.headers.get("Host");
    const bool plain = !host.empty() && std::all_of(host.begin(), host.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
               c == '-' || c == ':' || c == '[' || c == ']';
    });
    return "https://" + (plain ? std::string(host) : "localhost");
}

}  // namespace vastine::api
