#pragma once
// A lock that is given in the order in which it was asked for: whoever takes it again and again, as a
// rotation does for its next piece, does not starve those who ask once.

#include <condition_variable>
#include <cstdint>
#include <mutex>

namespace vastine::store::sealing {

class Turns {
public:
    void lock() {
        std::unique_lock lock(mutex_);
        const auto mine = next_++;
        changed_.wait(lock, [&] { return mine == served_; });
    }
    void unlock() {
        const std::lock_guard lock(mutex_);
        ++served_;
        changed_.notify_all();
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::uint64_t next_ = 0;
    std::uint64_t served_ = 0;
};

}  // namespace vastine::store::sealing
