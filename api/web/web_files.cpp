#include "api/web/web_files.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "api/secret.hpp"

namespace vastine::api {

namespace {

// What index.html holds in place of what each answer fills in.
constexpr std::string_view nonce_mark = "__NONCE__";
constexpr std::string_view language_mark = "__LANGUAGE__";
constexpr std::string_view no_script_mark = "__NO_SCRIPT__";

std::string replaced(std::string text, std::string_view mark, const std::string& by) {
    for (auto at = text.find(mark); at != text.npos; at = text.find(mark, at + by.size())) {
        text.replace(at, mark.size(), by);
    }
    return text;
}

// Whether Accept-Encoding takes the coding: it is named there, and not with quality 0.
bool takes(std::string_view header, std::string_view coding) {
    while (!header.empty()) {
        const auto end = std::min(header.find(','), header.size());
        std::string item(header.substr(0, end));
        header.remove_prefix(std::min(end + 1, header.size()));
        std::erase(item, ' ');
        const auto name = item.substr(0, item.find(';'));
        if (name == coding) return !item.ends_with(";q=0") && !item.ends_with(";q=0.0");
    }
    return false;
}

}  // namespace

Response application_page(const WebFile& index, domain::Language language) {
    const auto nonce = random_secret();
    const std::string code(domain::code_of(language));
    Response response;
    response.headers.set("Content-Type", std::string(index.media));
    response.headers.set(
        "Content-Security-Policy",
        "default-src 'none'; script-src 'self'; style-src 'nonce-" + nonce +
            "'; connect-src 'self'; img-src 'self' data:; font-src 'self'; manifest-src 'self'; "
            "worker-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'");
    response.headers.set("Cross-Origin-Opener-Policy", "same-origin");
    response.headers.set("Content-Language", code);
    response.body =
        replaced(replaced(replaced(std::string(index.plain), nonce_mark, nonce), language_mark, code),
                 no_script_mark, domain::text("page.no_script", language));
    return response;
}

Response asset(const WebFile& file, std::string_view accept_encoding) {
    Response response;
    response.headers.set("Content-Type", std::string(file.media));
    response.headers.set("Cache-Control", "public, max-age=31536000, immutable");
    response.headers.set("Vary", "Accept-Encoding");
    // A worker is held to the policy that its own script came with.
    response.headers.set("Content-Security-Policy",
                         "default-src 'none'; script-src 'self'; connect-src 'self'; frame-ancestors 'none'");
    if (!file.brotli.empty() && takes(accept_encoding, "br")) {
        response.headers.set("Content-Encoding", "br");
        response.body = file.brotli;
    } else if (!file.gzip.empty() && takes(accept_encoding, "gzip")) {
        response.headers.set("Content-Encoding", "gzip");
        response.body = file.gzip;
    } else {
        response.body = file.plain;
    }
    return response;
}

bool page_of_the_application(const Request& request, std::string_view first_segment) {
    static constexpr std::array<std::string_view, 5> others{"api", "assets", "calendar", "health", "metrics"};
    return (request.method == "GET" || request.method == "HEAD") &&
           std::find(others.begin(), others.end(), first_segment) == others.end() &&
           request.headers.get("Accept").find("text/html") != std::string_view::npos;
}

}  // namespace vastine::api
