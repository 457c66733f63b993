#pragma once
// The project's files as a map from path (relative to its top, '/' between) to content: the rules read
// nothing else, so that a test can seed a tree with a defect.

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace vastine::architecture {

using Tree = std::map<std::string, std::string>;

// Everything that is ours: not what Git ignores (build, data, node_modules), nor Git's own.
[[nodiscard]] Tree read_tree(const std::filesystem::path& top);

}  // namespace vastine::architecture
