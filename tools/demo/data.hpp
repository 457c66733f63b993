#pragma once
// The demo's data files, domain/data/demo. They are part of the program: a mistake in one is a bug and
// throws std::runtime_error with the place.

#include <toml++/toml.h>

#include <string>

#include "tools/demo/draw.hpp"

namespace vastine::tools::demo {

[[nodiscard]] toml::table read_data(std::string_view file);
[[nodiscard]] const toml::table& table_at(const toml::table& data, std::string_view dotted_path);
[[nodiscard]] std::uint64_t number_at(const toml::table& data, std::string_view dotted_path);
[[nodiscard]] std::string text_at(const toml::table& data, std::string_view dotted_path);
// { code = weight, ... }, by code.
[[nodiscard]] Shares shares_at(const toml::table& data, std::string_view dotted_path);
[[nodiscard]] std::vector<std::string> texts_at(const toml::table& data, std::string_view dotted_path);

}  // namespace vastine::tools::demo
