#include "domain/calendar/receipt.hpp"

#include <catch2/catch.hpp>

using namespace vastine::domain;
using namespace std::chrono_literals;

TEST_CASE("a letter is presumed received on the seventh day from posting", "[receipt]") {
    CHECK(presumed_received_on("letter", Date(2026y / 3 / 2)) == Date(2026y / 3 / 9));
    CHECK(presumed_received_on("letter", Date(2024y / 2 / 23)) == Date(2024y / 3 / 1));
}

TEST_CASE("an electronic message is presumed received on the third day", "[receipt]") {
    CHECK(presumed_received_on("email", Date(2026y / 3 / 2)) == Date(2026y / 3 / 5));
}

TEST_CASE("the day of presumed receipt does not move off a day off", "[receipt]") {
    CHECK(presumed_received_on("letter", Date(2026y / 3 / 27)) == Date(2026y / 4 / 3));  // Good Friday
    CHECK(presumed_received_on("email", Date(2026y / 4 / 1)) == Date(2026y / 4 / 4));    // a Saturday
}

TEST_CASE("other channels leave no presumption", "[receipt]") {
    for (const char* channel : {"phone", "visit", "remote", "other", "", "Letter"})
        CHECK_FALSE(presumed_received_on(channel, Date(2026y / 3 / 2)));
}
