#pragma once
#include "tests/store/test_stores.hpp"

namespace vastine::store::test {

// A folder in memory, where it can be: the faults are played, no real disk is asked.
class MemoryFolder : public Folder {
public:
    MemoryFolder() : Folder(parent()) {}

private:
    static std::filesystem::path parent() {
        const std::filesystem::path shared = "/dev/shm";
        return std::filesystem::is_directory(shared) ? shared : std::filesystem::temp_directory_path();
    }
};

}  // namespace vastine::store::test
