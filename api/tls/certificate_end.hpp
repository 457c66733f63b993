#pragma once
// Until when a certificate is good, for who has to renew it in time.

#include <filesystem>
#include <optional>

#include "store/record.hpp"

namespace vastine::api {

// Of the first certificate in the PEM file. Nothing when there is none to be read.
[[nodiscard]] std::optional<store::Instant> certificate_end(const std::filesystem::path& certificate);

}  // namespace vastine::api
