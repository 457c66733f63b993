#include "store/checkpoints.hpp"

#include <catch2/catch.hpp>
#include <fstream>

#include "store/log_copy.hpp"
#include "store/proof/agreement.hpp"
#include "tests/store/test_stores.hpp"

namespace vastine::store::test {
namespace {

struct Signing {
    Subject subject{Where::Disk};
    Checkpoints checkpoints = over(subject.options().directory / "witness");
    unsigned next = 1;

    Checkpoints over(const std::filesystem::path& witness) {
        return {subject.store(), {witness, subject.options().directory / "public-keys"}, [] {
                    return Instant(std::chrono::microseconds(1'700'000'000'000'000));
                }};
    }
    void grow(unsigned count) {
        for (unsigned i = 0; i < count; ++i, ++next) {
            REQUIRE(subject.events().append(
                append_of({.stream = "reminder-" + uuid(next), .command_id = uuid(next)})));
        }
    }
    void look() {
        PersonalDataRead entry;
        entry.set_user_id("somebody");
        subject.store().access().record(AccessArea::Legal, Instant{}, entry);
    }
    [[nodiscard]] proof::Witness witness() const {
        return proof::WitnessFile(subject.options().directory / "witness").read();
    }
    [[nodiscard]] std::filesystem::path directory() const { return subject.options().directory; }
};

}  // namespace

TEST_CASE("a checkpoint is taken of both logs, and of a log that did not grow no further one",
          "[checkpoints]") {
    Signing signing;
    signing.grow(3);
    const auto first = signing.checkpoints.take();
    CHECK(first.fresh == 2);
    const auto keys = signing.checkpoints.public_keys();
    CHECK(proof::open_checkpoint(first.events, keys.events)->head.position.value == 3);
    CHECK(proof::open_checkpoint(first.access, keys.access)->head.position.value == 0);
    CHECK(signing.checkpoints.take().fresh == 0);
    CHECK(signing.checkpoints.take().events == first.events);
    signing.grow(1);
    CHECK(signing.checkpoints.take().fresh == 1);
    signing.look();
    const auto last = signing.checkpoints.take();
    CHECK(last.fresh == 1);
    CHECK(proof::open_checkpoint(last.access, keys.access)->head.position.value == 1);
    CHECK(signing.witness().notes.size() == 4);
    CHECK(proof::compare(signing.subject.events(), keys.events, signing.witness().notes)->checkpoints == 2);
    CHECK(
        proof::compare(signing.subject.store().access(), keys.access, signing.witness().notes)->checkpoints ==
        2);
}

TEST_CASE("the key is made once, sealed, and its public half lies open", "[checkpoints]") {
    Signing signing;
    const auto key = signing.checkpoints.public_keys().events.text();
    CHECK(signing.over(signing.directory() / "witness").public_keys().events.text() == key);
    std::ifstream in(signing.directory() / "public-keys");
    std::string line;
    std::getline(in, line);
    CHECK(line == key);
    std::getline(in, line);
    CHECK(line == signing.checkpoints.public_keys().access.text());
    in.close();
    // The seed stands nowhere as it is.
    const auto seed = signing.subject.store().secrets().get("checkpoint-key").value();
    signing.subject.close();
    for (const auto& file : std::filesystem::recursive_directory_iterator(signing.directory())) {
        if (!file.is_regular_file()) continue;
        std::ifstream bytes(file.path(), std::ios::binary);
        const std::string content((std::istreambuf_iterator<char>(bytes)), {});
        INFO(file.path());
        CHECK(content.find(seed) == std::string::npos);
    }
}

TEST_CASE("a public key that was swapped in the folder is noticed before anything is signed",
          "[checkpoints]") {
    Signing signing;
    signing.checkpoints.take();
    std::ofstream(signing.directory() / "public-keys") << "vastine/x/log+00000000+AAAA\n";
    signing.grow(1);
    CHECK_THROWS_AS(signing.checkpoints.take(), CannotSign);
    CHECK(signing.witness().notes.size() == 2);
}

TEST_CASE("a log that is not the one whose head was signed is not signed again", "[checkpoints]") {
    Signing signing;
    signing.grow(2);
    (void)signing.checkpoints.public_keys();
    signing.subject.close();
    const auto yesterday = signing.directory().string() + ".yesterday";
    std::filesystem::copy(signing.directory(), yesterday, std::filesystem::copy_options::recursive);
    signing.subject.reopen();
    signing.grow(2);
    const auto kept = signing.directory().parent_path() / "kept-elsewhere";
    signing.over(kept).take();
    signing.subject.close();
    std::filesystem::remove_all(signing.directory());
    std::filesystem::rename(yesterday, signing.directory());
    signing.subject.reopen();
    CHECK_THROWS_WITH(signing.over(kept).take(), Catch::Contains("ends at record 2, but was already at 4") &&
                                                     Catch::Contains("begin another one with --witness"));
    CHECK(proof::WitnessFile(kept).read().notes.size() == 2);
    CHECK(signing.subject.store().healthy());
    // On purpose, and then for all to see: another file.
    CHECK(signing.over(kept.string() + "-2").take().fresh == 2);
}

TEST_CASE("a receipt takes the newest checkpoint that reaches its record, or has one taken",
          "[checkpoints][receipt]") {
    Signing signing;
    signing.grow(2);
    const auto keys = std::vector{signing.checkpoints.public_keys().events};
    const auto first = proof::check_receipt(signing.checkpoints.receipt(Position{1}), keys);
    REQUIRE(first);
    CHECK(first->stream.value == "reminder-" + uuid(1));
    CHECK(first->head.position.value == 2);
    signing.grow(3);
    CHECK(proof::check_receipt(signing.checkpoints.receipt(Position{2}), keys)->head.position.value == 2);
    CHECK(proof::check_receipt(signing.checkpoints.receipt(Position{4}), keys)->head.position.value == 5);
    CHECK_THROWS_AS(signing.checkpoints.receipt(Position{6}), std::out_of_range);
    CHECK_THROWS_AS(signing.checkpoints.receipt(Position{0}), std::out_of_range);
}

TEST_CASE("a receipt is valid, and can be made, when the case's key is destroyed", "[checkpoints][receipt]") {
    Signing signing;
    signing.grow(3);
    const auto keys = std::vector{signing.checkpoints.public_keys().events};
    const auto before = to_text(signing.checkpoints.receipt(Position{2}));
    const auto record = all_records(signing.subject.events())[1];
    signing.subject.assembled().keys().destroy(record.key);
    REQUIRE(signing.subject.events().open(record, Depth::Details).key_gone);
    signing.subject.events().verify({});
    CHECK(proof::check_receipt(proof::parse_receipt(before).value(), keys));
    CHECK(to_text(signing.checkpoints.receipt(Position{2})) == before);
}

TEST_CASE("a receipt says nothing of what is in the case", "[checkpoints][receipt]") {
    Signing signing;
    signing.grow(1);
    auto append = append_of({.stream = "reminder-" + uuid(9), .command_id = uuid(9)});
    append.streams.front().events.clear();
    append.streams.front().events.push_back(registered("Aino Asiakas", 2));
    REQUIRE(signing.subject.events().append(std::move(append)));
    const auto receipt = signing.checkpoints.receipt(Position{2});
    for (const auto* word : {"Aino", "Wound", "ward-7", "2026-03", "care", "letter"}) {
        INFO(word);
        CHECK(receipt.leaf.find(word) == std::string::npos);
    }
    CHECK(receipt.leaf.find("vastine.ReminderRegistered") != std::string::npos);
}

TEST_CASE("keys from before the signing key was made are noticed", "[checkpoints]") {
    Signing signing;
    const auto kept = signing.directory().parent_path() / "kept-elsewhere";
    signing.over(kept).take();
    signing.subject.store().secrets().erase("checkpoint-key");
    std::filesystem::remove(signing.directory() / "public-keys");
    signing.grow(1);
    CHECK_THROWS_WITH(signing.over(kept).take(), Catch::Contains("not signed by the key"));
}

}  // namespace vastine::store::test
