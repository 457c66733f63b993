#pragma once
#include <cstdlib>
#include <filesystem>
#include <stdexcept>

namespace vastine::store::test {

// A folder in memory, where it can be: the faults are played, no real disk is asked.
class MemoryFolder {
public:
    MemoryFolder() {
        const std::filesystem::path shared = "/dev/shm";
        const auto parent =
            std::filesystem::is_directory(shared) ? shared : std::filesystem::temp_directory_path();
        auto pattern = (parent / "vastine-faults-XXXXXX").string();
        if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
        path = pattern;
    }
    MemoryFolder(const MemoryFolder&) = delete;
    MemoryFolder& operator=(const MemoryFolder&) = delete;
    ~MemoryFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path, ignored);
    }
    std::filesystem::path path;
};

}  // namespace vastine::store::test
