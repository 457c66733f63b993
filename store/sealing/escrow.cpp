#include "store/sealing/escrow.hpp"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <set>
#include <stdexcept>

#include "store/bytes.hpp"
#include "store/sealing/cipher.hpp"
#include "store/store.hpp"

namespace vastine::store::sealing {
namespace {

constexpr std::uint8_t escrow_format = 1;
static_assert(Key::size == crypto_box_SECRETKEYBYTES && Key::size == crypto_box_PUBLICKEYBYTES);

void set_up() {
    if (sodium_init() < 0) throw std::runtime_error("the cryptographic library did not start");
}
const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* bytes_of(std::string& text) {
    return reinterpret_cast<unsigned char*>(text.data());
}

bool is_private_half(const Escrow& escrow, const Key& key) {
    std::array<std::uint8_t, Key::size> public_key{};
    return crypto_scalarmult_base(public_key.data(), key.data()) == 0 && public_key == escrow.public_key;
}

}  // namespace

std::string encode_escrow(const Escrow& escrow) {
    std::string bytes;
    put_u8(bytes, escrow_format);
    bytes.append(escrow.set.begin(), escrow.set.end());
    put_u8(bytes, escrow.shares);
    put_u8(bytes, escrow.needed);
    bytes.append(escrow.public_key.begin(), escrow.public_key.end());
    return bytes;
}

Escrow decode_escrow(std::string_view bytes) {
    Escrow escrow;
    constexpr std::size_t size = 1 + sizeof escrow.set + 2 + sizeof escrow.public_key;
    if (bytes.size() != size || bytes[0] != static_cast<char>(escrow_format)) {
        throw Corruption("the escrow's row is damaged");
    }
    bytes.remove_prefix(1);
    std::copy_n(bytes.begin(), escrow.set.size(), escrow.set.begin());
    bytes.remove_prefix(escrow.set.size());
    escrow.shares = static_cast<std::uint8_t>(bytes[0]);
    escrow.needed = static_cast<std::uint8_t>(bytes[1]);
    std::copy_n(bytes.begin() + 2, escrow.public_key.size(), escrow.public_key.begin());
    return escrow;
}

NewEscrow make_escrow(const EscrowPlan& plan) {
    set_up();
    NewEscrow made;
    Key private_key;
    crypto_box_keypair(made.escrow.public_key.data(), private_key.data());
    fill_random(made.escrow.set);
    auto parts = split_key(private_key, plan.shares, plan.needed);
    made.escrow.shares = static_cast<std::uint8_t>(plan.shares);
    made.escrow.needed = static_cast<std::uint8_t>(plan.needed);
    for (auto& part : parts) {
        made.shares.push_back(
            {made.escrow.set, made.escrow.shares, made.escrow.needed, {part.number, std::move(part.value)}});
    }
    return made;
}

std::string seal_for_escrow(const Escrow& escrow, std::string_view name, const Key& key) {
    set_up();
    std::string plain;
    plain.reserve(name.size() + 2 + Key::size);
    put_text(plain, std::string(name));
    plain.append(reinterpret_cast<const char*>(key.data()), Key::size);
    std::string sealed(plain.size() + crypto_box_SEALBYTES, '\0');
    const int failed = crypto_box_seal(bytes_of(sealed), bytes_of(std::string_view(plain)), plain.size(),
                                       escrow.public_key.data());
    wipe(plain);
    if (failed != 0) throw std::runtime_error("the cryptographic library failed");
    return sealed;
}

std::optional<Key> open_escrowed(const Escrow& escrow, const Key& private_key, std::string_view name,
                                 std::string_view sealed) {
    set_up();
    std::string head;
    put_text(head, std::string(name));
    if (sealed.size() != crypto_box_SEALBYTES + head.size() + Key::size) return std::nullopt;
    std::string plain(head.size() + Key::size, '\0');
    std::optional<Key> key;
    if (crypto_box_seal_open(bytes_of(plain), bytes_of(sealed), sealed.size(), escrow.public_key.data(),
                             private_key.data()) == 0 &&
        plain.starts_with(head)) {
        key.emplace(std::span<const std::uint8_t, Key::size>(bytes_of(plain) + head.size(), Key::size));
    }
    wipe(plain);
    return key;
}

Key join_shares(const Escrow& escrow, const std::vector<Share>& shares) {
    set_up();
    std::set<std::uint8_t> numbers;
    std::vector<const KeyShare*> enough;
    for (const auto& share : shares) {
        if (share.set != escrow.set) {
            throw CannotOpen(fmt::format(
                "Share {} is of set {}, and the escrow of this store is set {}: shares of an earlier "
                "escrow, or of another organisation, open nothing here.",
                share.key.number, set_text(share.set), set_text(escrow.set)));
        }
        if (!numbers.insert(share.key.number).second) {
            throw CannotOpen(fmt::format("Share {} was given twice.", share.key.number));
        }
        if (enough.size() < escrow.needed) enough.push_back(&share.key);
    }
    if (enough.size() < escrow.needed) {
        throw CannotOpen(fmt::format("{} shares of set {} are needed, and {} were given.", escrow.needed,
                                     set_text(escrow.set), enough.size()));
    }
    auto key = join_key(enough);
    if (!is_private_half(escrow, key)) {
        throw CannotOpen(
            "These shares do not give the escrow key: at least one is not what was handed out, although its "
            "checks are right.");
    }
    return key;
}

}  // namespace vastine::store::sealing
