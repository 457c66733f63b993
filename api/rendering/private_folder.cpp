#include "api/rendering/private_folder.hpp"

#include <stdlib.h>

#include <fstream>
#include <iterator>

#include "api/rendering/rendering.hpp"

namespace vastine::api::rendering {

PrivateFolder::PrivateFolder() {
    std::error_code failed;
    auto name = (std::filesystem::temp_directory_path(failed) / "vastine-XXXXXX").string();
    // mkdtemp writes over the six, and gives mode 0700.
    if (failed || ::mkdtemp(name.data()) == nullptr) throw Failed("no temporary folder can be made");
    path_ = name;
}

PrivateFolder::~PrivateFolder() {
    std::error_code left;
    std::filesystem::remove_all(path_, left);
}

void PrivateFolder::write(const std::string& name, const std::string& content) const {
    std::ofstream file(path_ / name, std::ios::binary);
    file << content;
    file.close();
    if (!file) throw Failed("the temporary folder takes no file");
}

std::string PrivateFolder::read(const std::string& name) const {
    std::ifstream file(path_ / name, std::ios::binary);
    if (!file) throw Failed(name + " was not made");
    std::string out{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    if (file.bad()) throw Failed(name + " cannot be read");
    return out;
}

}  // namespace vastine::api::rendering
