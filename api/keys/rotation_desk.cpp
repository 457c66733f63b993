#include "api/keys/rotation_desk.hpp"

#include <spdlog/spdlog.h>

#include <typeinfo>

namespace vastine::api {

RotationDesk::~RotationDesk() {
    if (thread_.joinable()) thread_.join();
}

void RotationDesk::start() {
    const std::lock_guard lock(mutex_);
    if (last_.state == State::Running) return;
    if (thread_.joinable()) thread_.join();
    last_ = {};
    last_.state = State::Running;
    thread_ = std::thread([this] { run(); });
}

RotationDesk::Rotation RotationDesk::last() const {
    const std::lock_guard lock(mutex_);
    return last_;
}

void RotationDesk::run() noexcept {
    auto ended = State::Failed;
    store::Rotated rotated;
    try {
        auto& keys = store_.keys();
        rotated = keys.rotate_area_keys([this](std::uint64_t done, std::uint64_t all) {
            const std::lock_guard lock(mutex_);
            last_.done = done;
            last_.all = all;
        });
        keys.rotate_master_key();
        ended = State::Finished;
        spdlog::info("keys: {} wrapped anew", rotated.wrapped_anew);
    } catch (const store::CannotOpen& wrong) {
        spdlog::error("keys: {}", wrong.what());
    } catch (const store::Fault& fault) {
        spdlog::error("keys: fault: {}", fault.what());
    } catch (const std::exception& error) {
        // Its text may hold anything: what threw is named by type only.
        spdlog::error("keys: unexpected {}", typeid(error).name());
    }
    const auto at = now_();
    const std::lock_guard lock(mutex_);
    last_.state = ended;
    last_.rotated = rotated;
    last_.ended_at = at;
}

}  // namespace vastine::api
