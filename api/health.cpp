#include "api/health.hpp"

#include <array>
#include <chrono>
#include <system_error>

namespace vastine::api {

namespace fs = std::filesystem;

std::vector<FolderSize> folder_sizes(const fs::path& directory) {
    std::vector<FolderSize> sizes;
    for (const auto* name : {"log", "access", "blobs", "keys"}) {
        std::error_code none;
        fs::recursive_directory_iterator entries(directory / name, none);
        if (none) continue;
        auto& size = sizes.emplace_back(FolderSize{name, 0});
        while (entries != fs::recursive_directory_iterator()) {
            std::error_code gone;
            const auto bytes = entries->is_regular_file(gone) ? entries->file_size(gone) : 0;
            if (!gone) size.bytes += bytes;
            entries.increment(gone);
            if (gone) break;
        }
    }
    return sizes;
}

std::optional<store::Instant> last_backup(const fs::path& directory) {
    std::error_code none;
    const auto written = fs::last_write_time(directory / "last-backup", none);
    if (none) return std::nullopt;
    return std::chrono::time_point_cast<store::Instant::duration>(fs::file_time_type::clock::to_sys(written));
}

}  // namespace vastine::api
