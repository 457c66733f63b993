#pragma once
// A share of the escrow key as somebody keeps it on paper, and types it in again years later. Each line ends
// with a check of itself and of what the head says: any one wrong, missing or exchanged pair of characters is
// told, with its line.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "store/sealing/shamir.hpp"

namespace vastine::store::sealing {

using ShareSet = std::array<std::uint8_t, 4>;  // random; tells the shares of one escrow key from another's

struct Share {
    ShareSet set{};
    std::uint8_t shares = 0;
    std::uint8_t needed = 0;
    KeyShare key;
};

[[nodiscard]] std::string set_text(const ShareSet& set);

// Wipe it.
[[nodiscard]] std::string share_text(const Share& share);
// Blanks, empty lines, lines that begin with '#' and capital letters make no difference. Throws CannotOpen,
// which says what is wrong; `from` says which share it is.
[[nodiscard]] Share read_share(std::string_view text, const std::string& from);

}  // namespace vastine::store::sealing
