#pragma once
// The web application as files: what the build made of api/web, and how it is answered.

#include <map>
#include <string_view>

#include "api/http/message.hpp"
#include "domain/text/text.hpp"

namespace vastine::api {

// One file in up to three forms; an empty form is not there. The bytes outlive everything.
struct WebFile {
    std::string_view media;
    std::string_view plain;
    std::string_view gzip;
    std::string_view brotli;
};
// By path: index.html, and below assets/ what has a hash of its content in its name.
using WebFiles = std::map<std::string_view, WebFile>;

// Those that were built into the executable. Defined by the build in a library of its own (web_files),
// which only the executable links: nothing else waits for Node.
[[nodiscard]] const WebFiles& embedded_web_files();

// The page that starts the application, in the language, with styles allowed by a nonce of this answer
// alone; never kept by a browser, since its nonce would be kept with it.
[[nodiscard]] Response application_page(const WebFile& index, domain::Language language);
// In the smallest form that the browser takes; to be kept for good, since another content has another name.
[[nodiscard]] Response asset(const WebFile& file, std::string_view accept_encoding);

// Whether a path that no route has is the application's own, which its page will show: somebody has
// typed it, followed a link or loaded the page again. Machines asking for what is not there are told so.
[[nodiscard]] bool page_of_the_application(const Request& request, std::string_view first_segment);

}  // namespace vastine::api
