#pragma once
// A row of the key database's `keys`: a data key wrapped by its area's key, or that it was destroyed.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "store/record.hpp"
#include "store/sealing/key.hpp"

namespace vastine::store::sealing {

// Under which key-encryption key a data key stands: a KeyArea, or an area of the access log (frozen).
enum class WrapArea : std::uint8_t {
    Reference = 1,
    Ombudsman = 2,
    Legal = 3,
    AccessOmbudsman = 17,
    AccessLegal = 18,
    AccessReference = 19,
};
inline constexpr WrapArea wrap_areas[] = {WrapArea::Reference,   WrapArea::Ombudsman,
                                          WrapArea::Legal,       WrapArea::AccessOmbudsman,
                                          WrapArea::AccessLegal, WrapArea::AccessReference};
// Rows of `meta`: the area's key, and the one that a rotation is putting in its place.
[[nodiscard]] std::string area_row(std::uint8_t area);
[[nodiscard]] std::string next_area_row(std::uint8_t area);

struct KeyRecord {
    enum class State { Wrapped, Destroyed, Damaged };
    State state = State::Damaged;
    std::uint8_t area = 0;
    std::string_view box;
};
[[nodiscard]] KeyRecord decode_key_record(std::string_view bytes);
[[nodiscard]] std::string encode_key_record(KeyId id, std::uint8_t area, const Key& area_key, const Key& key);
[[nodiscard]] std::string encode_destroyed_key();
// Nothing when it is not wrapped by this key.
[[nodiscard]] std::optional<Key> open_key_record(KeyId id, const KeyRecord& record, const Key& area_key);

// What a secret's box is bound to.
[[nodiscard]] std::string secret_bound(std::string_view name);

}  // namespace vastine::store::sealing
