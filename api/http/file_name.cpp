#include "api/http/file_name.hpp"

#include <fmt/format.h>

namespace vastine::api {

std::string disposition(Shown shown, const std::string& file_name) {
    std::string out = shown == Shown::Inline ? "inline" : "attachment";
    out += "; filename*=UTF-8''";
    for (const char c : file_name) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                           c == '.' || c == '-' || c == '_';
        out += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return out;
}

}  // namespace vastine::api
