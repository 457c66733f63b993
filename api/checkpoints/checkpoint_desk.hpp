#pragma once
// The service's own thread that has a checkpoint taken of both logs: when it starts, after each interval, and
// when it ends in good order.

#include <condition_variable>
#include <mutex>
#include <thread>

#include "api/checkpoints/settings.hpp"

namespace vastine::api {

class CheckpointDesk {
public:
    // `store` outlives the desk.
    CheckpointDesk(store::Store& store, const CheckpointSettings& settings,
                   std::function<store::Instant()> now);
    // Takes the last one and waits until that is done.
    ~CheckpointDesk();

    // Once.
    void start();

    // For whoever wants one at once, or a receipt; any thread.
    [[nodiscard]] store::Checkpoints& checkpoints() { return checkpoints_; }

private:
    void run();
    void take() noexcept;

    store::Checkpoints checkpoints_;
    const std::chrono::milliseconds every_;
    std::mutex mutex_;
    std::condition_variable changed_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace vastine::api
