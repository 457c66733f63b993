#pragma once
// One request that becomes a command for each of several cases, each by its own version.

#include <string>

#include "domain/schema/options.pb.h"

namespace vastine::api {

// The command id of one case's command follows from the caller's key: the same request again finds every
// command that was taken, and gives those that were not.
[[nodiscard]] std::string command_id_of_each(const std::string& key, const std::string& case_id);

// The kind of that name (reminder, contact ...) whose cases take the command, or NO_KIND.
[[nodiscard]] Kind kind_that_takes(const std::string& name, std::string_view command_path);

}  // namespace vastine::api
