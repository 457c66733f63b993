#pragma once
// Base 64 as RFC 4648 §4 has it, with padding.

#include <optional>
#include <string>
#include <string_view>

namespace vastine::store::proof {

[[nodiscard]] std::string to_base64(std::string_view bytes);
// Nothing unless the text is what to_base64 makes of some bytes: so no two texts say the same.
[[nodiscard]] std::optional<std::string> from_base64(std::string_view text);

}  // namespace vastine::store::proof
