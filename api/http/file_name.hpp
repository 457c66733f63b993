#pragma once
// How an answer names its file.

#include <string>

namespace vastine::api {

enum class Shown { Inline, AsDownload };
// Content-Disposition, with the name as RFC 8187 writes it.
[[nodiscard]] std::string disposition(Shown shown, const std::string& file_name);

}  // namespace vastine::api
