#pragma once
// Gives the organisation's own diary numbers, 2026-000001 and on, one series for each area and year.
// Threads: both may be called from any thread at once.

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

    // A number that no case of the area holds and that this object has not given before, unless it was
    // given back. A duplicate cannot come about: the store holds a claim for every number.
    [[nodiscard]] std::string next(const std::string& area, int year);
    // Of a command that was refused, so that the register has no hole that somebody must explain. A hole
    // stays only where another took the number after it meanwhile.
    void give_back(const std::string& area, const std::string& number);

private:
    const store::EventStore& events_;
    std::mutex mutex_;
    std::map<std::pair<std::string, int>, std::uint64_t> last_;
};

}  // namespace vastine::api
