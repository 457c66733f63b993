#include "api/checkpoints/checkpoint_desk.hpp"

#include <spdlog/spdlog.h>

#include <typeinfo>
#include <utility>

namespace vastine::api {

CheckpointDesk::~CheckpointDesk() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_all();
    if (thread_.joinable()) thread_.join();
}

void CheckpointDesk::start() {
    thread_ = std::thread([this] { run(); });
}

void CheckpointDesk::run() {
    std::unique_lock lock(mutex_);
    while (true) {
        const bool last = stopping_;
        lock.unlock();
        take();
        if (last) return;
        lock.lock();
        changed_.wait_for(lock, every_, [this] { return stopping_; });
    }
}

// A service without checkpoints serves on: whoever keeps them notices that none came, and the log says why.
void CheckpointDesk::take() noexcept {
    try {
        const auto taken = checkpoints_.take();
        if (taken.fresh > 0) spdlog::info("checkpoints: {} signed", taken.fresh);
    } catch (const store::CannotSign& wrong) {
        spdlog::error("checkpoints: {}", wrong.what());
    } catch (const store::Fault& fault) {
        spdlog::error("checkpoints: fault: {}", fault.what());
    } catch (const std::exception& error) {
        // Its text may hold anything: what threw is named by type only.
        spdlog::error("checkpoints: unexpected {}", typeid(error).name());
    }
}

}  // namespace vastine::api
