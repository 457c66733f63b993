#pragma once
// Why somebody reads, as the header X-Purpose carries it. A header holds ASCII, so the text is UTF-8
// percent-encoded, with or without RFC 8187's mark before it:
//
//   X-Purpose: tietopyynt%C3%B6 12          X-Purpose: UTF-8''tietopyynt%C3%B6%2012

#include <optional>
#include <string>
#include <string_view>

namespace vastine::api {

// One line of UTF-8 of at most 200 characters, as the access log takes it.
[[nodiscard]] bool is_purpose(std::string_view text);
// The text of the header; nothing when it is not encoded like that or is no purpose.
[[nodiscard]] std::optional<std::string> read_purpose(std::string_view header);
// The header of a purpose.
[[nodiscard]] std::string write_purpose(std::string_view text);

}  // namespace vastine::api
