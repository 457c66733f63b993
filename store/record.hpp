#pragma once
// A stored event. Its bytes are frozen: see store/FORMAT.md and the golden bytes in tests/store.

#include <chrono>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace vastine::store {

using Instant = std::chrono::sys_time<std::chrono::microseconds>;

struct StreamId {
    std::string value;  // category, '-', opaque id: reminder-6f1c...
    auto operator<=>(const StreamId&) const = default;
    [[nodiscard]] std::string_view category() const;
};
// Number of events in a stream; the first event has version 1, an empty stream is at 0.
struct Version {
    std::uint64_t value = 0;
    auto operator<=>(const Version&) const = default;
};
// Place in the whole log, gapless from 1; 0 is before everything.
struct Position {
    std::uint64_t value = 0;
    auto operator<=>(const Position&) const = default;
};
struct KeyId {
    std::uint64_t value = 0;
    auto operator<=>(const KeyId&) const = default;
};

struct Record {
    Position position;
    StreamId stream;
    Version version;
    std::string type;  // full name of the event's message: vastine.ReminderRegistered
    KeyId key;
    Instant recorded_at;  // never decreases along the log
    std::string actor;    // opaque user id
    std::string command_id;
    std::string facts;   // serialised message holding only its FACT fields
    std::string sealed;  // nonce, ciphertext and tag of details, personal parts and request hash
};

}  // namespace vastine::store
