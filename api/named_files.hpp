#pragma once
// Which stored files the log speaks of: those of published reports and those attached to documents. What it
// names must be there, and what nothing names need not be.

#include <chrono>
#include <cstdint>

#include "store/store.hpp"

namespace vastine::api {

// How many of the files that the log names are there. One that is named and is not there, though the key of
// its stream lives, is damage: throws store::Corruption with its place in the log.
[[nodiscard]] std::uint64_t count_named_files(store::Store& store);

// A document, or an edition, comes after its files.
inline constexpr std::chrono::hours orphan_after{24};

// Removes what is older than that and named by no event: sent for a document that nobody entered, made for an
// edition whose signature was taken back, left by a process that stopped in between; and what cannot be read
// any more. A retracted document's file stays as long as its case does: it was part of it. Throws what the
// store throws.
store::Reaped reap_orphan_files(store::Store& store, store::Instant now);

}  // namespace vastine::api
