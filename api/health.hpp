#pragma once
// What an operator wants to know of the installation beyond the log: the data folder and its disk, the last
// backup, the certificate.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "store/record.hpp"

namespace vastine::api {

struct ServiceHealthBasis {
    store::Instant started_at{};
    std::filesystem::path directory{};    // the data folder; empty: everything is in memory
    std::filesystem::path certificate{};  // empty: none is served
    bool mail = false;                    // mails of the morning are sent
};

struct FolderSize {
    std::string name;  // log, access, blobs, keys
    std::uint64_t bytes = 0;
};
// Those of the data folder's parts that are there. A file that goes away meanwhile counts nothing.
[[nodiscard]] std::vector<FolderSize> folder_sizes(const std::filesystem::path& directory);

// Backups are made from outside. Whatever makes them touches the file `last-backup` in the data folder when
// it has ended well; that file's time is this. Nothing when there is no such file.
[[nodiscard]] std::optional<store::Instant> last_backup(const std::filesystem::path& directory);

}  // namespace vastine::api
