#pragma once
// The escrow: a key pair whose public half stands in the key database, so that new area keys can be kept for
// it at any time, and whose private half exists only as shares.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/keys.hpp"
#include "store/sealing/share.hpp"

namespace vastine::store::sealing {

struct Escrow {
    ShareSet set{};
    std::uint8_t shares = 0;
    std::uint8_t needed = 0;
    std::array<std::uint8_t, Key::size> public_key{};
};

// The row of `meta` (store/FORMAT.md). Decoding throws Corruption.
[[nodiscard]] std::string encode_escrow(const Escrow& escrow);
[[nodiscard]] Escrow decode_escrow(std::string_view bytes);

struct NewEscrow {
    Escrow escrow;
    std::vector<Share> shares;
};
// The private half is gone when it returns. Throws std::invalid_argument for a plan that is none.
[[nodiscard]] NewEscrow make_escrow(const EscrowPlan& plan);

// What the key stands in, for the row `name`.
[[nodiscard]] std::string seal_for_escrow(const Escrow& escrow, std::string_view name, const Key& key);
// Nothing when it was not sealed for this escrow and row.
[[nodiscard]] std::optional<Key> open_escrowed(const Escrow& escrow, const Key& private_key,
                                               std::string_view name, std::string_view sealed);

// The private half from shares. Throws CannotOpen, which says what is wrong: too few, of another set, one
// twice.
[[nodiscard]] Key join_shares(const Escrow& escrow, const std::vector<Share>& shares);

}  // namespace vastine::store::sealing
