#pragma once
#include <chrono>

#include "store/checkpoints.hpp"

namespace vastine::api {

struct CheckpointSettings {
    store::Checkpoints::Files files;
    std::chrono::milliseconds every{std::chrono::hours(1)};  // 0: only when somebody asks
};

}  // namespace vastine::api
