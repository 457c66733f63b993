#pragma once
// The key file holds the master key: one line that names the format, one with 64 hexadecimal digits.

#include <filesystem>

#include "store/sealing/key.hpp"

namespace vastine::store::sealing {

// Makes the file with mode 0600, synced, and returns its key. Throws CannotOpen when it is there.
Key create_key_file(const std::filesystem::path& path);
// Throws CannotOpen when the file is missing, no key file, or open to group or others.
Key read_key_file(const std::filesystem::path& path);

}  // namespace vastine::store::sealing
