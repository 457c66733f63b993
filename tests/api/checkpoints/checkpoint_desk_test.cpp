#include "api/checkpoints/checkpoint_desk.hpp"

#include <catch2/catch.hpp>
#include <thread>

#include "store/proof/agreement.hpp"
#include "tests/store/test_stores.hpp"

namespace vastine::api {
namespace {

using store::test::append_of;
using store::test::Folder;
using store::test::uuid;

struct Signed {
    Folder folder;
    std::unique_ptr<store::Store> store = store::Store::in_memory();
    CheckpointSettings settings{{folder.path() / "witness", folder.path() / "public-keys"},
                                std::chrono::hours(1)};
    unsigned next = 1;

    std::unique_ptr<store::Checkpoints> signer;

    CheckpointDesk desk() {
        signer =
            std::make_unique<store::Checkpoints>(*store, settings.files, [] { return store::Instant{}; });
        return {*signer, settings.every};
    }
    void record() {
        REQUIRE(store->events().append(
            append_of({.stream = "reminder-" + uuid(next), .command_id = uuid(next)})));
        ++next;
    }
    // Where the newest checkpoint of the event log stands; 0: there is none.
    [[nodiscard]] std::uint64_t newest() const {
        const auto witness = store::proof::WitnessFile(settings.files.witness).read();
        store::Checkpoints checkpoints(*store, settings.files, [] { return store::Instant{}; });
        return store::proof::compare(store->events(), checkpoints.public_keys().events, witness.notes)
            ->last.value;
    }
    void wait_for(std::uint64_t position) const {
        const auto patience = std::chrono::steady_clock::now() + std::chrono::seconds(30);
        while (newest() != position && std::chrono::steady_clock::now() < patience) std::this_thread::yield();
        REQUIRE(newest() == position);
    }
};

}  // namespace

TEST_CASE("a checkpoint is taken at the start and after each interval in which something was recorded",
          "[checkpoints]") {
    Signed signing;
    signing.settings.every = std::chrono::milliseconds(5);
    signing.record();
    auto desk = signing.desk();
    desk.start();
    signing.wait_for(1);
    signing.record();
    signing.wait_for(2);
    // Both logs at the start, then the event log alone: nobody has read anything.
    CHECK(store::proof::WitnessFile(signing.settings.files.witness).read().notes.size() == 3);
}

TEST_CASE("a service that ends in good order leaves nothing unsigned", "[checkpoints]") {
    Signed signing;
    {
        auto desk = signing.desk();
        desk.start();
        signing.record();
    }
    CHECK(signing.newest() == 1);
}

TEST_CASE("a witness file that cannot be written stops nothing else", "[checkpoints]") {
    Signed signing;
    signing.settings.files.witness = signing.folder.path() / "missing" / "witness";
    {
        auto desk = signing.desk();
        desk.start();
    }
    signing.record();
    CHECK(signing.store->healthy());
}

}  // namespace vastine::api
