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
    // `checkpoints` outlive the desk.
    CheckpointDesk(store::Checkpoints& checkpoints, std::chrono::milliseconds every)
        : checkpoints_(checkpoints), every_(every) {}
    // Takes the last one and waits until that is done.
    ~CheckpointDesk();

    // Once.
    void start();

private:
    void run();
    void take() noexcept;

    store::Checkpoints& checkpoints_;
    const std::chrono::milliseconds every_;
    std::mutex mutex_;
    std::condition_variable changed_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace vastine::api
