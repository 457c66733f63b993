// Each rule over a tree with one seeded defect: a rule that finds nothing would pass for ever.
#include "tests/architecture/rules.hpp"

#include <catch2/catch.hpp>

using namespace vastine::architecture;

namespace {

using Rule = Findings (*)(const Tree&);

std::string one(Rule rule, const Tree& tree) {
    const Findings findings = rule(tree);
    INFO((findings.size() > 1 ? findings[1] : ""));
    CHECK(findings.size() == 1);
    return findings.empty() ? "nothing found" : findings.front();
}
bool none(Rule rule, const Tree& tree) {
    return rule(tree).empty();
}

}  // namespace

TEST_CASE("an include to the right is found", "[rules]") {
    CHECK(one(includes_turn_left,
              {{"domain/a.cpp", "#include \"domain/b.hpp\"\n#include \"store/b.hpp\"\n"}}) ==
          "domain/a.cpp:2: domain may not know store/b.hpp");
    CHECK(one(includes_turn_left, {{"store/a.hpp", "  #  include <projections/b.hpp>"}}) ==
          "store/a.hpp:1: store may not know projections/b.hpp");
    CHECK(one(includes_turn_left, {{"api/a.hpp", "#include \"tools/b.hpp\""}}) ==
          "api/a.hpp:1: api may not know tools/b.hpp");
    CHECK(one(includes_turn_left, {{"api/a.hpp", "#include \"tests/b.hpp\""}}) ==
          "api/a.hpp:1: \"tests/b.hpp\" is not named from the top");
    CHECK(one(includes_turn_left, {{"api/a.hpp", "#include \"b.hpp\""}}) ==
          "api/a.hpp:1: \"b.hpp\" is not named from the top");
    CHECK(
        none(includes_turn_left, {{"tools/a.cpp", "#include \"domain/b.hpp\"\n#include <vector>\n"},
                                  {"api/a.cpp", "#include \"api/a.hpp\"\n// #include \"tools/b.hpp\"\n"},
                                  {"tests/a.cpp", "#include \"tools/b.hpp\"\n#include \"tests/b.hpp\"\n"}}));
}

TEST_CASE("a library outside its fence is found", "[rules]") {
    CHECK(one(fences_hold, {{"projections/a.cpp", "#include <rocksdb/db.h>"}}) ==
          "projections/a.cpp:1: rocksdb/db.h stays behind its fence");
    CHECK_FALSE(none(fences_hold, {{"tools/a.cpp", "#include <boost/asio/io_context.hpp>"}}));
    CHECK_FALSE(none(fences_hold, {{"store/a.cpp", "#include <boost/beast/http.hpp>"}}));
    CHECK_FALSE(none(fences_hold, {{"store/engine/a.cpp", "#include <openssl/evp.h>"}}));
    CHECK_FALSE(none(fences_hold, {{"api/routes/a.cpp", "#include <openssl/evp.h>"}}));
    CHECK_FALSE(none(fences_hold, {{"api/routes/a.cpp", "#include <qpdf/QPDF.hh>"}}));
    CHECK_FALSE(none(fences_hold, {{"api/routes/openid.cpp", "#include <cjose/cjose.h>"}}));
    CHECK_FALSE(none(fences_hold, {{"api/accounts.cpp", "#include <liboath/oath.h>"}}));
    CHECK_FALSE(none(fences_hold, {{"projections/report/html.cpp", "#include <cmark.h>"}}));
    CHECK_FALSE(none(fences_hold, {{"api/reading.cpp", "#include <libvoikko/voikko.h>"}}));
    CHECK_FALSE(none(fences_hold, {{"projections/search/index.cpp", "#include <libstemmer.h>"}}));
    CHECK(
        none(fences_hold, {{"store/engine/a.cpp", "#include <rocksdb/db.h>"},
                           {"store/sealing/a.cpp", "#include <openssl/evp.h>"},
                           {"store/proof/a.cpp", "#include <openssl/sha.h>"},
                           {"api/server/tls.cpp", "#include <openssl/ssl.h>\n#include <boost/asio/ssl.hpp>"},
                           {"api/login/session.cpp", "#include <openssl/rand.h>"},
                           {"api/login_session.hpp", "#include <openssl/rand.h>"},
                           {"tests/store/a.cpp", "#include <rocksdb/db.h>"}}));
}

TEST_CASE("a clock, a file or a thread in the domain is found", "[rules]") {
    CHECK(one(the_pure_stay_pure, {{"domain/a.cpp", "\n#include <fstream>"}}) ==
          "domain/a.cpp:2: the domain is pure");
    CHECK_FALSE(none(the_pure_stay_pure, {{"domain/a.cpp", "#include <thread>"}}));
    CHECK_FALSE(none(the_pure_stay_pure, {{"domain/a.cpp", "auto t = std::chrono::system_clock::now();"}}));
    CHECK_FALSE(
        none(the_pure_stay_pure, {{"projections/a.cpp", "auto t = std::chrono::steady_clock::now();"}}));
    CHECK(none(the_pure_stay_pure,
               {{"api/a.cpp", "#include <thread>\nauto t = std::chrono::system_clock::now();"}}));
}

TEST_CASE("a store that knows a case is found", "[rules]") {
    CHECK(one(the_store_knows_no_case, {{"store/a.cpp", "#include \"domain/schema/reminder.pb.h\""}}) ==
          "store/a.cpp:1: the store may not know domain/schema/reminder.pb.h");
    CHECK(none(the_store_knows_no_case, {{"store/a.cpp", "#include \"domain/schema/options.pb.h\""}}));
}

TEST_CASE("a stranger at the top is found", "[rules]") {
    CHECK(one(top_level_is_known, {{"src/a.cpp", ""}, {"src/b.cpp", ""}}) == "src: not at the top");
    CHECK_FALSE(none(top_level_is_known, {{"notes.txt", ""}}));
    CHECK(none(top_level_is_known, {{"domain/a.cpp", ""}, {"LICENSE", ""}, {".ci/run", ""}}));
}

TEST_CASE("a name that says nothing is found, as a file, a folder or a part", "[rules]") {
    CHECK_FALSE(none(names_say_something, {{"api/util.cpp", ""}}));
    CHECK_FALSE(none(names_say_something, {{"api/helpers/a.cpp", ""}}));
    CHECK_FALSE(none(names_say_something, {{"api/session_manager.hpp", ""}}));
    CHECK_FALSE(none(names_say_something, {{"api/SessionStore.hpp", ""}}));
    CHECK_FALSE(none(names_say_something, {{"api/session-store.cpp", ""}}));
    CHECK(none(names_say_something, {{"store/engine/database_engine.cpp", ""}, {"CMakeLists.txt", ""}}));
}

TEST_CASE("a room without its README, or with more than a screen of it, is found", "[rules]") {
    Tree tree;
    for (const char* room : {"domain", "store", "projections", "api", "tools", "tests"})
        tree[std::string(room) + "/README.md"] = "# Room\n";
    CHECK(none(rooms_have_a_readme, tree));
    tree["store/README.md"] = std::string(71, '\n');
    CHECK(one(rooms_have_a_readme, tree) == "store/README.md: more than a screen");
    tree.erase("store/README.md");
    CHECK(one(rooms_have_a_readme, tree) == "store: no README.md");
}

TEST_CASE("a test that stands nowhere near its subject is found", "[rules]") {
    const std::string subject = "domain/calendar/due.cpp";
    CHECK(none(tests_mirror_the_rooms, {{subject, ""}, {"tests/domain/calendar/due_test.cpp", ""}}));
    CHECK(none(tests_mirror_the_rooms, {{subject, ""}, {"tests/domain/contract/any_test.cpp", ""}}));
    CHECK(none(tests_mirror_the_rooms, {{subject, ""}, {"tests/architecture/rules_test.cpp", ""}}));
    CHECK(one(tests_mirror_the_rooms, {{subject, ""}, {"tests/domain/due/due_test.cpp", ""}}) ==
          "tests/domain/due/due_test.cpp: mirrors no folder of a room");
    CHECK_FALSE(none(tests_mirror_the_rooms, {{subject, ""}, {"tests/due_test.cpp", ""}}));
}

TEST_CASE("an unguarded header is found", "[rules]") {
    CHECK(one(headers_are_guarded, {{"api/a.hpp", "// first\n#pragma once\n"}}) ==
          "api/a.hpp:1: #pragma once comes first");
    CHECK(none(headers_are_guarded, {{"api/a.hpp", "#pragma once\n// then\n"}, {"api/a.cpp", ""}}));
}

TEST_CASE("a macro is found", "[rules]") {
    CHECK(one(no_macros_outside_tests, {{"api/a.cpp", "\n  # define A 1\n"}}) ==
          "api/a.cpp:2: no macros but the tests'");
    CHECK(none(no_macros_outside_tests,
               {{"tests/a.cpp", "#define A 1"}, {"api/a.cpp", "// #define\n#ifdef A\n#endif"}}));
}

TEST_CASE("a long line is found, counted in characters", "[rules]") {
    std::string letters;
    for (int i = 0; i < 110; ++i) letters += "ä";
    CHECK(none(lines_are_short, {{"api/a.cpp", letters + "\n" + letters}}));
    CHECK(one(lines_are_short, {{"api/a.cpp", "\n" + letters + "ö\n"}}) == "api/a.cpp:2: 111 characters");
}

TEST_CASE("what was left undone is found", "[rules]") {
    const std::string word = std::string("TO") + "DO";
    CHECK(one(nothing_is_left_undone, {{"api/a.cpp", "// " + word + ": later"}}) ==
          "api/a.cpp:1: left undone");
    CHECK_FALSE(none(nothing_is_left_undone, {{"tools/run", "# FIX" + std::string("ME")}}));
    CHECK_FALSE(none(nothing_is_left_undone, {{"README.md", word}}));
    CHECK(none(nothing_is_left_undone,
               {{"api/a.cpp", "auto TO" + std::string("DOS = 1;")}, {"api/a.png", word}}));
}

TEST_CASE("the name of a workplace is found", "[rules]") {
    const std::string shared = std::string("sha") + "red";
    CHECK_FALSE(none(nothing_names_the_workplace, {{"README.md", "see ../" + shared + "/domain.md"}}));
    CHECK_FALSE(none(nothing_names_the_workplace, {{"tools/run", "cd /wo" + std::string("rk/main")}}));
    CHECK_FALSE(
        none(nothing_names_the_workplace, {{"api/a.hpp", "// iss" + std::string("ue 2 asks for it")}}));
    CHECK(none(nothing_names_the_workplace, {{"README.md", "the " + shared + " catalogue; /workers"}}));
}
