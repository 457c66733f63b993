#include "api/limits.hpp"

#include <algorithm>

namespace vastine::api {

namespace {

constexpr std::size_t keys_max = 20'000;  // then those that no longer matter are forgotten

double seconds(store::Instant::duration span) {
    return std::chrono::duration<double>(span).count();
}

}  // namespace

bool RateLimit::take(const std::string& key, store::Instant at) {
    const double burst = std::max(1.0, per_second_ * 2);
    const std::scoped_lock lock(mutex_);
    if (buckets_.size() >= keys_max) forget_full(at);
    auto& bucket = buckets_.try_emplace(key, Bucket{burst, at}).first->second;
    bucket.tokens = std::min(burst, bucket.tokens + std::max(0.0, seconds(at - bucket.at)) * per_second_);
    bucket.at = at;
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    return true;
}

void RateLimit::forget_full(store::Instant at) {
    // A bucket is full again two seconds after its last use, whatever the rate.
    std::erase_if(buckets_,
                  [&](const auto& entry) { return at - entry.second.at > std::chrono::seconds(2); });
    if (buckets_.size() >= keys_max) buckets_.clear();
}

bool Failures::pausing(const std::string& key, store::Instant at) {
    const std::scoped_lock lock(mutex_);
    const auto found = counts_.find(key);
    return found != counts_.end() && found->second.failures >= most_ && at - found->second.last < window;
}

void Failures::failed(const std::string& key, store::Instant at) {
    const std::scoped_lock lock(mutex_);
    if (counts_.size() >= keys_max) {
        std::erase_if(counts_, [&](const auto& entry) { return at - entry.second.last >= window; });
    }
    auto& count = counts_[key];
    if (at - count.last >= window) count.failures = 0;
    ++count.failures;
    count.last = at;
}

void Failures::succeeded(const std::string& key) {
    const std::scoped_lock lock(mutex_);
    counts_.erase(key);
}

}  // namespace vastine::api
