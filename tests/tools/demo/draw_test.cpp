#include "tools/demo/draw.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

using namespace vastine::tools::demo;

TEST_CASE("the same seed deals the same cards", "[demo]") {
    Draw one(7);
    Draw other(7);
    const Shares shares{{"a", 3}, {"b", 1}};
    CHECK(one.deck(shares, 50) == other.deck(shares, 50));
    CHECK(one.uuid() == other.uuid());
}

TEST_CASE("a deck holds exactly as many cards as asked, in proportion", "[demo]") {
    Draw draw(1);
    const auto deck = draw.deck({{"avi", 60}, {"valvira", 25}, {"eoa", 15}}, 90);
    CHECK(deck.size() == 90);
    CHECK(std::count(deck.begin(), deck.end(), "avi") == 54);
}

TEST_CASE("apportioned parts sum to the whole, whatever the weights", "[demo]") {
    for (std::size_t size = 0; size < 40; ++size) {
        const auto parts = apportioned({1, 1, 1}, size);
        CHECK(parts[0] + parts[1] + parts[2] == size);
    }
}
