#include "tests/architecture/tree.hpp"

#include <fstream>
#include <iterator>
#include <set>

namespace vastine::architecture {

namespace fs = std::filesystem;

Tree read_tree(const fs::path& top) {
    static const std::set<std::string> passed_over{".git",         "build", "data",
                                                   "node_modules", "dist",  "generated"};
    Tree tree;
    for (auto entry = fs::recursive_directory_iterator(top); entry != fs::recursive_directory_iterator();
         ++entry) {
        const std::string name = entry->path().filename().string();
        const std::string path = fs::relative(entry->path(), top).generic_string();
        // domain/data is ours; the data folder that a server made at the top is not.
        if (entry->is_directory() && passed_over.contains(name) && path != "domain/data") {
            entry.disable_recursion_pending();
        } else if (entry->is_regular_file() && !name.ends_with(".swp") && path != ".git") {  // of a worktree
            std::ifstream stream(entry->path(), std::ios::binary);
            tree[path] = {std::istreambuf_iterator<char>(stream), {}};
        }
    }
    return tree;
}

}  // namespace vastine::architecture
