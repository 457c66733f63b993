#pragma once
// A zip archive as the files in it, in their order.

#include <cstdint>
#include <string>
#include <vector>

namespace vastine::api::rendering {

struct ZippedFile {
    std::string name;
    std::string content;
};

// Both throw Failed. Every file bears the same moment, in seconds since 1970, so the same files are the same
// bytes.
[[nodiscard]] std::vector<ZippedFile> unzipped(const std::string& archive);
[[nodiscard]] std::string zipped(const std::vector<ZippedFile>& files, std::int64_t moment);

}  // namespace vastine::api::rendering
