// The rules over the real tree.
#include <catch2/catch.hpp>

#include "tests/architecture/rules.hpp"

using namespace vastine::architecture;

namespace {

const Tree& house() {
    static const Tree tree = read_tree(VASTINE_SOURCE_DIR);
    return tree;
}

void holds(const Findings& findings) {
    for (const std::string& finding : findings) FAIL_CHECK(finding);
    SUCCEED();
}

}  // namespace

TEST_CASE("the tree that is checked is the project's", "[architecture]") {
    CHECK(house().size() > 100);
    CHECK(house().contains("domain/schema/options.proto"));
    CHECK(house().contains("domain/data/texts/reference.toml"));
    CHECK(house().contains("tests/architecture/rules.cpp"));
}

TEST_CASE("each room knows only the rooms to its left", "[architecture]") {
    holds(includes_turn_left(house()));
}
TEST_CASE("libraries stay behind their fences", "[architecture]") {
    holds(fences_hold(house()));
}
TEST_CASE("the domain is pure, and nothing that is folded reads a clock", "[architecture]") {
    holds(the_pure_stay_pure(house()));
}
TEST_CASE("the store does not know what a reminder is", "[architecture]") {
    holds(the_store_knows_no_case(house()));
}
TEST_CASE("only what tools expect stands beside the rooms", "[architecture]") {
    holds(top_level_is_known(house()));
}
TEST_CASE("no file is a dumping ground, and names are snake_case", "[architecture]") {
    holds(names_say_something(house()));
}
TEST_CASE("each room has a README of one screen", "[architecture]") {
    holds(rooms_have_a_readme(house()));
}
TEST_CASE("a test stands where its subject stands", "[architecture]") {
    holds(tests_mirror_the_rooms(house()));
}
TEST_CASE("every header begins with #pragma once", "[architecture]") {
    holds(headers_are_guarded(house()));
}
TEST_CASE("there are no macros but the tests'", "[architecture]") {
    holds(no_macros_outside_tests(house()));
}
TEST_CASE("no line of C++ is longer than 110 characters", "[architecture]") {
    holds(lines_are_short(house()));
}
TEST_CASE("nothing is left undone in the text", "[architecture]") {
    holds(nothing_is_left_undone(house()));
}
TEST_CASE("nothing names the place where it was made", "[architecture]") {
    holds(nothing_names_the_workplace(house()));
}
