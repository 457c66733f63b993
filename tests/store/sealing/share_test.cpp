// A share as it is typed in again years later: whatever is mistyped is told, and by its line.

#include "store/sealing/share.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "store/sealing/cipher.hpp"
#include "store/store.hpp"

namespace vastine::store::sealing {
namespace {

Share a_share() {
    return {{0x5f, 0x3a, 0x91, 0xc2}, 5, 3, {2, Key::random()}};
}

// Of what a share says; blanks between groups say nothing.
std::vector<std::size_t> signs_in(const std::string& text) {
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != ' ' && text[i] != '\n') places.push_back(i);
    }
    return places;
}

}  // namespace

TEST_CASE("a share reads as it was printed", "[share]") {
    const auto share = a_share();
    const auto read = read_share(share_text(share), "2");
    CHECK(read.set == share.set);
    CHECK(read.shares == 5);
    CHECK(read.needed == 3);
    CHECK(read.key.number == 2);
    CHECK(same_key(read.key.value, share.key.value));
}

TEST_CASE("how a share was typed makes no difference to it", "[share]") {
    const auto share = a_share();
    std::string typed = "# kept in the safe of the archive\r\n\r\n";
    for (const char c : share_text(share)) {
        if (c == ' ') continue;
        if (c == '\n') typed += '\r';
        typed += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    }
    CHECK(same_key(read_share(typed, "2").key.value, share.key.value));
}

TEST_CASE("every single wrong character of a share is told", "[share]") {
    const auto text = share_text(a_share());
    for (const auto place : signs_in(text)) {
        for (const char other : std::string("0123456789abcdefglo")) {
            if (text[place] == other) continue;
            auto typo = text;
            typo[place] = other;
            INFO("'" << other << "' at " << place);
            REQUIRE_THROWS_AS(read_share(typo, "2"), CannotOpen);
        }
    }
}

TEST_CASE("characters that are missing or exchanged are told", "[share]") {
    const auto text = share_text(a_share());
    const auto places = signs_in(text);
    for (std::size_t i = 0; i < places.size(); ++i) {
        auto shorter = text;
        shorter.erase(places[i], 1);
        INFO("at " << places[i]);
        REQUIRE_THROWS_AS(read_share(shorter, "2"), CannotOpen);
        if (i + 1 == places.size() || text[places[i]] == text[places[i + 1]]) continue;
        auto exchanged = text;
        std::swap(exchanged[places[i]], exchanged[places[i + 1]]);
        REQUIRE_THROWS_AS(read_share(exchanged, "2"), CannotOpen);
    }
}

TEST_CASE("the line of a mistake is named", "[share]") {
    auto text = share_text(a_share());
    // The first digit of the third line of digits.
    const auto place = text.find("\n3  ") + 4;
    text[place] = text[place] == '0' ? '1' : '0';
    CHECK_THROWS_WITH(read_share(text, "boxes/b.txt"),
                      Catch::Contains("boxes/b.txt") && Catch::Contains("line 3"));
}

TEST_CASE("lines of two shares do not make one", "[share]") {
    const auto one = share_text(a_share());
    const auto other = share_text({{0x5f, 0x3a, 0x91, 0xc2}, 5, 3, {4, Key::random()}});
    const auto cut = one.find("\n3  ");
    CHECK_THROWS_WITH(read_share(one.substr(0, cut) + other.substr(other.find("\n3  ")), "2"),
                      Catch::Contains("line 3, 4"));
}

TEST_CASE("a refusal repeats nothing of the share", "[share]") {
    const auto share = a_share();
    auto text = share_text(share);
    const auto group = text.substr(text.find("\n1  ") + 4, 4);
    text[text.find("\n1  ") + 6] = 'x';
    try {
        static_cast<void>(read_share(text, "2"));
        FAIL("it was taken");
    } catch (const CannotOpen& refused) {
        CHECK(std::string(refused.what()).find(group.substr(0, 2)) == std::string::npos);
    }
}

TEST_CASE("what is no share says what a share begins with", "[share]") {
    CHECK_THROWS_WITH(read_share("", "1"), Catch::Contains("vastine escrow share 1"));
    CHECK_THROWS_WITH(read_share("vastine key 1\n00", "1"), Catch::Contains("no share"));
    const auto text = share_text(a_share());
    CHECK_THROWS_WITH(read_share(text + text, "1"), Catch::Contains("lines of digits"));
}

}  // namespace vastine::store::sealing
