#pragma once
// What a file is, found from its content and never believed: what may be kept with a case, and how its name
// must end.

#include <string>
#include <string_view>

#include "domain/result.hpp"

namespace vastine::api {

// So many first bytes tell what a file is.
inline constexpr std::size_t told_by_bytes = std::size_t{64} << 10U;

// The media type of a file that begins like this. Refused: what is not one of the kinds of documents,
// pictures and messages that are kept (programs and pages with scripts are none), and what its name does not
// say it is. Throws std::runtime_error where libmagic does not work.
[[nodiscard]] domain::Result<std::string> file_type(std::string_view beginning, std::string_view file_name);

// Shown by a browser by itself, and holds nothing that runs: PDF, pictures, plain text.
[[nodiscard]] bool shown_inline(std::string_view media_type);

}  // namespace vastine::api
