#pragma once
// A small file that its owner alone may read: a key file, a token's PIN.

#include <filesystem>
#include <string>
#include <string_view>

namespace vastine::store::sealing {

// Makes the file with mode 0600, synced with its folder. Throws CannotOpen when it is there.
void create_private_file(const std::filesystem::path& path, std::string_view text);
// Throws CannotOpen when the file is missing, open to group or others, or longer than such a file is. `what`
// it is and what to do when it is `missing`, for the person at the terminal. Wipe what is returned.
struct PrivateFile {
    std::string_view what;
    std::string_view missing;
};
[[nodiscard]] std::string read_private_file(const std::filesystem::path& path, const PrivateFile& file);
// Puts `from` in the place of `to`, which may be there or not; both are in one folder. Durable.
void replace_private_file(const std::filesystem::path& from, const std::filesystem::path& to);

}  // namespace vastine::store::sealing
