#pragma once
// Gives the organisation's own diary numbers, 2026-000001 and on, one series for each area and year.
// Threads: next() may be called from any thread at once.

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <utility>

#include "store/event_store.hpp"

namespace vastine::api {

class DiaryNumbers {
public:
    explicit DiaryNumbers(const store::EventStore& events) : events_(events) {}

    // A number that no case of the area holds and that this object has not given before. Gaps may
    // stay where a command was refused; a duplicate cannot come about, since the store holds a claim
    // for every number.
    [[nodiscard]] std::string next(const std::string& area, int year);

private:
    const store::EventStore& events_;
    std::mutex mutex_;
    std::map<std::pair<std::string, int>, std::uint64_t> last_;
};

}  // namespace vastine::api
