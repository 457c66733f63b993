// The escrow key exists as shares only: enough of them give it back, and fewer or others say so.

#include "store/sealing/escrow.hpp"

#include <bit>
#include <catch2/catch.hpp>

#include "store/sealing/cipher.hpp"
#include "store/store.hpp"

namespace vastine::store::sealing {
namespace {

// The members of the set bits.
std::vector<Share> chosen(const NewEscrow& made, unsigned bits) {
    std::vector<Share> out;
    for (std::size_t i = 0; i < made.shares.size(); ++i) {
        if ((bits >> i & 1U) != 0) out.push_back(read_share(share_text(made.shares[i]), "x"));
    }
    return out;
}

}  // namespace

TEST_CASE("any three of five shares open what was sealed for the escrow, and any two do not", "[escrow]") {
    const auto made = make_escrow({.shares = 5, .needed = 3});
    const auto kept = Key::random();
    const auto sealed = seal_for_escrow(made.escrow, "area-key-3", kept);
    for (unsigned bits = 0; bits < 32; ++bits) {
        INFO("shares " << bits);
        if (std::popcount(bits) < 3) {
            REQUIRE_THROWS_WITH(join_shares(made.escrow, chosen(made, bits)), Catch::Contains("3 shares"));
            continue;
        }
        const auto key = join_shares(made.escrow, chosen(made, bits));
        const auto opened = open_escrowed(made.escrow, key, "area-key-3", sealed);
        REQUIRE(opened);
        REQUIRE(same_key(*opened, kept));
    }
}

TEST_CASE("one share fewer than needed gives another key, which is no escrow key", "[escrow]") {
    auto made = make_escrow({.shares = 5, .needed = 3});
    // Whoever says that two are enough does not make it so.
    made.escrow.needed = 2;
    CHECK_THROWS_WITH(join_shares(made.escrow, chosen(made, 0b00011)), Catch::Contains("do not give"));
}

TEST_CASE("shares of another escrow, one given twice and one that was altered are refused", "[escrow]") {
    const auto made = make_escrow({.shares = 5, .needed = 3});
    const auto other = make_escrow({.shares = 5, .needed = 3});
    auto mixed = chosen(made, 0b00011);
    mixed.push_back(std::move(chosen(other, 0b00100).front()));
    std::swap(mixed.front(), mixed.back());
    CHECK_THROWS_WITH(join_shares(made.escrow, mixed), Catch::Contains(set_text(other.escrow.set)) &&
                                                           Catch::Contains(set_text(made.escrow.set)));
    auto twice = chosen(made, 0b00011);
    twice.push_back(std::move(chosen(made, 0b00010).front()));
    CHECK_THROWS_WITH(join_shares(made.escrow, twice), Catch::Contains("Share 2 was given twice"));
    auto altered = chosen(made, 0b00111);
    altered[1].key.value = Key::random();
    CHECK_THROWS_WITH(join_shares(made.escrow, altered), Catch::Contains("do not give"));
}

TEST_CASE("what is sealed for the escrow opens in its own row, whole, and with its own key only",
          "[escrow]") {
    const auto made = make_escrow({.shares = 3, .needed = 2});
    const auto other = make_escrow({.shares = 3, .needed = 2});
    const auto key = join_shares(made.escrow, chosen(made, 0b011));
    const auto sealed = seal_for_escrow(made.escrow, "area-key-3", Key::random());
    CHECK(open_escrowed(made.escrow, key, "area-key-3", sealed));
    CHECK_FALSE(open_escrowed(made.escrow, key, "area-key-2", sealed));
    CHECK_FALSE(open_escrowed(made.escrow, key, "index-key", sealed));
    CHECK_FALSE(
        open_escrowed(other.escrow, join_shares(other.escrow, chosen(other, 0b101)), "area-key-3", sealed));
    for (std::size_t byte = 0; byte < sealed.size(); ++byte) {
        auto altered = sealed;
        altered[byte] = static_cast<char>(altered[byte] ^ 1);
        REQUIRE_FALSE(open_escrowed(made.escrow, key, "area-key-3", altered));
        REQUIRE_FALSE(open_escrowed(made.escrow, key, "area-key-3", sealed.substr(0, byte)));
    }
}

TEST_CASE("a plan that keeps nothing apart is refused", "[escrow]") {
    CHECK_THROWS_AS(make_escrow({.shares = 5, .needed = 1}), std::invalid_argument);
    CHECK_THROWS_AS(make_escrow({.shares = 2, .needed = 3}), std::invalid_argument);
    CHECK_THROWS_AS(make_escrow({.shares = 256, .needed = 3}), std::invalid_argument);
    CHECK(make_escrow({.shares = 255, .needed = 255}).shares.size() == 255);
}

}  // namespace vastine::store::sealing
