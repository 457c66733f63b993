#pragma once
// Shamir's sharing over the bytes of a key: so many shares give it back, and one fewer says nothing of it.

#include <cstdint>
#include <vector>

#include "store/sealing/key.hpp"

namespace vastine::store::sealing {

struct KeyShare {
    std::uint8_t number = 0;  // from 1
    Key value;
};

// 2 <= needed <= shares <= 255, or std::invalid_argument.
[[nodiscard]] std::vector<KeyShare> split_key(const Key& key, unsigned shares, unsigned needed);
// What the shares give together: the key when they are enough, right and each another one. Whether they were
// cannot be seen from it.
[[nodiscard]] Key join_key(const std::vector<const KeyShare*>& shares);

}  // namespace vastine::store::sealing
