#pragma once
// Wraps all keys anew while the service goes on: a thread of its own for as long as that takes.
//
// Threads: every function may be called from any thread at once.

#include <functional>
#include <mutex>
#include <optional>
#include <thread>

#include "store/store.hpp"

namespace vastine::api {

class RotationDesk {
public:
    enum class State { None, Running, Finished, Failed };
    struct Rotation {
        State state = State::None;
        std::uint64_t done = 0;  // of `all`
        std::uint64_t all = 0;
        store::Instant ended_at{};
        store::Rotated rotated;
    };

    // `store` outlives the desk.
    RotationDesk(store::Store& store, std::function<store::Instant()> now)
        : store_(store), now_(std::move(now)) {}
    // Waits for one that runs: what it has begun opens either way, but is better ended.
    ~RotationDesk();
    RotationDesk(const RotationDesk&) = delete;
    RotationDesk& operator=(const RotationDesk&) = delete;

    // Of the area keys, then of the master key. One that runs already goes on.
    void start();
    [[nodiscard]] Rotation last() const;

private:
    void run() noexcept;

    store::Store& store_;
    const std::function<store::Instant()> now_;
    mutable std::mutex mutex_;
    Rotation last_;
    std::thread thread_;
};

}  // namespace vastine::api
