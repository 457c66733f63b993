#pragma once
// A QR code as SVG.

#include <pugixml.hpp>
#include <string>
#include <string_view>

namespace vastine::api::rendering {

// Appended to the parent: an image with this name for who does not see it, a module one unit wide, with the
// quiet zone around. Throws std::length_error for more than 2953 bytes, which no code holds.
pugi::xml_node add_qr_code(pugi::xml_node parent, std::string_view content, std::string_view name);

// The same as a file.
[[nodiscard]] std::string qr_code_svg(std::string_view content, std::string_view name);

}  // namespace vastine::api::rendering
