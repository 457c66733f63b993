// Checkpoints of a growing log against the log, and against logs that are not it.

#include "store/proof/agreement.hpp"

#include <catch2/catch.hpp>
#include <random>

#include "store/event_store.hpp"
#include "tests/store/test_stores.hpp"

namespace vastine::store::proof {
namespace {

using test::append_of;
using test::Subject;
using test::uuid;
using test::Where;

void grow(Subject& subject, unsigned& next, unsigned count) {
    for (unsigned i = 0; i < count; ++i, ++next) {
        REQUIRE(subject.events().append(
            append_of({.stream = "reminder-" + uuid(next), .command_id = uuid(next)})));
    }
}

}  // namespace

TEST_CASE("any two heads of one log are of one history, by a proof taken from it", "[agreement]") {
    const auto seed = std::random_device()();
    INFO("seed " << seed);
    std::mt19937 random(seed);
    Subject subject(Where::Memory);
    unsigned next = 1;
    std::vector<Head> heads{subject.events().head()};
    for (int i = 0; i < 12; ++i) {
        grow(subject, next, 1 + static_cast<unsigned>(random() % 7));
        heads.push_back(subject.events().head());
    }
    for (std::size_t earlier = 0; earlier < heads.size(); ++earlier) {
        CHECK(agrees(subject.events(), heads[earlier]));
        for (std::size_t later = earlier; later < heads.size(); ++later) {
            INFO(heads[earlier].position.value << " and " << heads[later].position.value);
            CHECK(one_history(subject.events(), heads[earlier], heads[later]));
            auto other = heads[earlier];
            other.root[random() % 32] ^= 1;
            CHECK_FALSE(one_history(subject.events(), other, heads[later]));
            if (earlier == 0) continue;  // nothing contradicts a log without records
            auto another = heads[later];
            another.root[random() % 32] ^= 1;
            CHECK_FALSE(one_history(subject.events(), heads[earlier], another));
        }
    }
}

TEST_CASE("a head that contradicts the log is told without stopping the service", "[agreement]") {
    Subject subject(Where::Memory);
    unsigned next = 1;
    grow(subject, next, 3);
    CHECK_THAT(agrees(subject.events(), {Position{4}, std::string(32, 'x')}).error().why,
               Catch::Contains("ends at record 3, but was already at 4"));
    CHECK_THAT(agrees(subject.events(), {Position{3}, std::string(32, 'x')}).error().why,
               Catch::Contains("two different histories of 3 records"));
    CHECK_THAT(agrees(subject.events(), {Position{2}, std::string(32, 'x')}).error().why,
               Catch::Contains("first 2 records are not what they were"));
    CHECK(subject.store().healthy());
}

TEST_CASE("of many notes those of the log count, and the first that is wrong is named", "[agreement]") {
    Subject subject(Where::Memory);
    unsigned next = 1;
    const SigningKey own("vastine/o/log", sealing::Key::random());
    const SigningKey others("vastine/o/access", sealing::Key::random());
    std::vector<Witnessed> notes;
    for (int i = 0; i < 3; ++i) {
        grow(subject, next, 2);
        notes.push_back(
            {own.sign(to_text({"vastine/o/log", subject.events().head()})), "today", notes.size()});
        notes.push_back({others.sign(to_text({"vastine/o/access", {Position{9}, std::string(32, 'a')}})), "",
                         notes.size()});
    }
    const auto compared = compare(subject.events(), own.verifier(), notes);
    REQUIRE(compared);
    CHECK(compared->checkpoints == 3);
    CHECK(compared->first.value == 2);
    CHECK(compared->last.value == 6);
    CHECK(compare(subject.events(), own.verifier(), {})->checkpoints == 0);

    auto forged = notes;
    const SigningKey impostor("vastine/o/log", sealing::Key::random());
    forged[2].note = impostor.sign(to_text({"vastine/o/log", subject.events().head()}));
    CHECK_THAT(compare(subject.events(), own.verifier(), forged).error().why,
               Catch::Contains("line 2, taken today: it is not signed by the key vastine/o/log+"));
    notes[4].note = own.sign(to_text({"vastine/o/log", {Position{6}, std::string(32, 'x')}}));
    CHECK_THAT(compare(subject.events(), own.verifier(), notes).error().why,
               Catch::Contains("line 4, taken today: there are two different histories"));
}

}  // namespace vastine::store::proof
