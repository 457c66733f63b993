#pragma once
// A folder for one rendering: only this process's user reads it, and nothing of it stays.

#include <filesystem>
#include <string>

namespace vastine::api::rendering {

class PrivateFolder {
public:
    PrivateFolder();  // throws Failed
    ~PrivateFolder();
    PrivateFolder(const PrivateFolder&) = delete;
    PrivateFolder& operator=(const PrivateFolder&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    // Both throw Failed.
    void write(const std::string& name, const std::string& content) const;
    [[nodiscard]] std::string read(const std::string& name) const;

private:
    std::filesystem::path path_;
};

}  // namespace vastine::api::rendering
