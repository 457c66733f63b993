#pragma once
// Which stored files the log speaks of: those of reports. What it names must be there, and what nothing names
// need not be.

#include <chrono>
#include <cstdint>

#include "store/store.hpp"

namespace vastine::api {

// How many of the files that the log names are there. One that is named and is not there, though the key of
// its stream lives, is damage: throws store::Corruption with its place in the log.
[[nodiscard]] std::uint64_t count_named_files(store::Store& store);

// The event that names them comes after its files.
inline constexpr std::chrono::hours orphan_after{24};

// Removes what is older than that and named by no event: made for an edition whose signature was taken back,
// or left by a process that stopped in between; and what cannot be read any more. Throws what the store
// throws.
store::Reaped reap_orphan_files(store::Store& store, store::Instant now);

}  // namespace vastine::api
