#include "api/web/landing.hpp"

namespace vastine::api {

namespace {

constexpr std::string_view style = R"(
:root { color-scheme: light dark; }
body { margin: 0; font: 1.125rem/1.6 system-ui, sans-serif; color: #1b2733; background: #fbfaf7; }
main { max-width: 38rem; margin: 0 auto; padding: 12vh 1.5rem 4rem; }
h1 { font-size: 2.25rem; font-weight: 600; letter-spacing: -0.01em; margin: 0 0 0.25rem; color: #12395b; }
p.lead { font-size: 1.25rem; margin: 0 0 2rem; }
ul { list-style: none; padding: 0; margin: 2rem 0 0; border-top: 1px solid #d9d5cb; }
li { border-bottom: 1px solid #d9d5cb; padding: 0.75rem 0; }
a { color: #0f4c81; text-underline-offset: 0.2em; }
a:focus-visible { outline: 3px solid #0f4c81; outline-offset: 3px; border-radius: 2px; }
footer { margin-top: 3rem; font-size: 0.95rem; color: #4c5966; }
@media (prefers-color-scheme: dark) {
  body { color: #e6e9ec; background: #14191e; }
  h1, a { color: #9cc7ee; }
  a:focus-visible { outline-color: #9cc7ee; }
  ul, li { border-color: #343d46; }
  footer { color: #a9b4be; }
}
)";

std::string escaped(const std::string& text) {
    std::string html;
    for (const char c : text) {
        switch (c) {
            case '&':
                html += "&amp;";
                break;
            case '<':
                html += "&lt;";
                break;
            case '>':
                html += "&gt;";
                break;
            case '"':
                html += "&quot;";
                break;
            default:
                html += c;
        }
    }
    return html;
}

}  // namespace

std::string landing_page(domain::Language language) {
    const auto say = [&](const std::string& id) {
        return escaped(domain::text("web.landing." + id, language));
    };
    std::string page = "<!doctype html>\n<html lang=\"" + std::string(domain::code_of(language)) +
                       "\">\n<head>\n<meta charset=\"utf-8\">\n"
                       "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" +
                       say("title") + "</title>\n<style>" + std::string(style) +
                       "</style>\n</head>\n<body>\n<main>\n";
    page += "<h1>Vastine</h1>\n<p class=\"lead\">" + say("lead") + "</p>\n<p>" + say("what") + "</p>\n<p>" +
            say("secrecy") + "</p>\n<ul>\n<li><a href=\"/published\">" + say("published") +
            "</a></li>\n<li><a href=\"/openapi.json\">" + say("api") +
            "</a></li>\n<li><a href=\"/health/ready\">" + say("health") + "</a></li>\n</ul>\n<footer>" +
            say("footer") + "</footer>\n</main>\n</body>\n</html>\n";
    return page;
}

}  // namespace vastine::api
