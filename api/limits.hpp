#pragma once
// How often a stranger may knock. All counts live in memory and forget what has not knocked lately.
// Threads: every function may be called from any thread at once.

#include <chrono>
#include <cstddef>
#include <mutex>
#include <string>
#include <unordered_map>

#include "store/record.hpp"

namespace vastine::api {

// So many a second on average, twice that in a burst, for each key.
class RateLimit {
public:
    explicit RateLimit(double per_second) : per_second_(per_second) {}
    [[nodiscard]] bool take(const std::string& key, store::Instant at);

private:
    struct Bucket {
        double tokens;
        store::Instant at;
    };
    void forget_full(store::Instant at);

    double per_second_;
    std::mutex mutex_;
    std::unordered_map<std::string, Bucket> buckets_;
};

// After so many failures within five minutes a key pauses for as long as its last failure is younger
// than that.
class Failures {
public:
    static constexpr std::chrono::minutes window{5};

    explicit Failures(std::size_t most) : most_(most) {}
    [[nodiscard]] bool pausing(const std::string& key, store::Instant at);
    void failed(const std::string& key, store::Instant at);
    void succeeded(const std::string& key);

private:
    struct Count {
        std::size_t failures = 0;
        store::Instant last;
    };
    std::size_t most_;
    std::mutex mutex_;
    std::unordered_map<std::string, Count> counts_;
};

}  // namespace vastine::api
