#pragma once
// The bytes of a stored record (store/FORMAT.md). They are written once and never re-serialised.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "store/record.hpp"

namespace vastine::store {

using Organisation = std::array<std::uint8_t, 16>;  // the UUID of the organisation whose log this is

constexpr std::uint8_t record_format = 1;

// A record in place: every view points into the bytes it was decoded from.
struct StoredRecord {
    std::string_view organisation;
    Position position;
    std::string_view stream;
    Version version;
    std::string_view type;
    KeyId key;
    Instant recorded_at;
    std::string_view actor;
    std::string_view command_id;
    std::string_view facts;
    std::string_view sealed;

    std::string_view header;  // all before the facts: what the leaf of the tree begins with
    std::string_view bound;   // stream, version, type and key id: what the seal is bound to

    void copy_to(Record& record) const;  // reuses the record's memory
};

// Throws Corruption when the bytes are no record of this format.
[[nodiscard]] StoredRecord decode_record(std::string_view bytes);
// The same of what the tree was given for it, which has hashes where facts and sealed parts were: those stay
// empty.
[[nodiscard]] StoredRecord decode_leaf(std::string_view leaf);
[[nodiscard]] std::string leaf_of(const StoredRecord& record);
[[nodiscard]] std::string encode_record(const Organisation& organisation, const Record& record);

// The associated data of the seal: the same bytes as StoredRecord::bound.
void put_bound(std::string& out, std::string_view stream, Version version, std::string_view type, KeyId key);

}  // namespace vastine::store
