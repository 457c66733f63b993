// The key database: every key is found, in whatever order it is asked for.

#include "store/sealing/key_ring.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

#include "store/engine/memory_engine.hpp"

namespace vastine::store::sealing {
namespace {

struct OpenRing {
    engine::MemoryEngine engine;
    std::unique_ptr<KeyRing> ring;
    std::vector<PoolKey> given;

    OpenRing() {
        const auto master = Key::random();
        KeyRing::create(engine, master, {});
        ring = std::make_unique<KeyRing>(
            engine, Key(std::span<const std::uint8_t, Key::size>(master.data(), Key::size)), "keys");
    }
    void take(std::size_t count) {
        // Two areas by turns: their runs of ids lie apart, and a log names them by turns too.
        for (std::size_t i = 0; i < count; ++i) {
            given.push_back(ring->take(i % 2 == 0 ? WrapArea::Legal : WrapArea::Ombudsman));
        }
    }
    void check_found(const PoolKey& key) const {
        const auto found = ring->find(key.id);
        REQUIRE(found);
        REQUIRE(std::equal(found->data(), found->data() + Key::size, key.key->data()));
    }
};

}  // namespace

TEST_CASE("every key is found as it was given, one after the other and at random", "[keys]") {
    OpenRing open;
    open.take(5000);
    for (const auto& key : open.given) open.check_found(key);
    std::shuffle(open.given.begin(), open.given.end(), std::mt19937_64(5));
    for (const auto& key : open.given) open.check_found(key);
}

TEST_CASE("a key given out after its neighbours were read is found too", "[keys]") {
    OpenRing open;
    for (int round = 0; round < 20; ++round) {
        open.take(30);
        for (const auto& key : open.given) open.check_found(key);
    }
}

TEST_CASE("a destroyed key is gone at once, whether it or its neighbours were read before", "[keys]") {
    OpenRing open;
    open.take(100);
    for (std::size_t i = 0; i < open.given.size(); i += 2) open.check_found(open.given[i]);
    for (std::size_t i = 0; i < open.given.size(); i += 3) open.ring->destroy(open.given[i].id);
    for (int round = 0; round < 2; ++round) {
        for (std::size_t i = 0; i < open.given.size(); ++i) {
            if (i % 3 == 0) {
                CHECK(open.ring->find(open.given[i].id) == nullptr);
            } else {
                open.check_found(open.given[i]);
            }
        }
    }
}

TEST_CASE("a stored key that is longer than a key is damaged", "[keys]") {
    OpenRing open;
    open.take(1);
    std::string id;
    for (int shift = 56; shift >= 0; shift -= 8) {
        id.push_back(static_cast<char>(open.given[0].id.value >> shift));
    }
    engine::Batch batch;
    batch.put(engine::Family::Keys, id, *open.engine.get(engine::Family::Keys, id) + "x");
    open.engine.write(batch);
    CHECK_THROWS_AS(open.ring->find(open.given[0].id), Corruption);
}

}  // namespace vastine::store::sealing
