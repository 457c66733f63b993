// A rotation begins and ends exactly between reading what is wrapped and taking the key that wraps it, in
// whichever order a reader does the two.

#include <catch2/catch.hpp>

#include "store/engine/memory_engine.hpp"
#include "store/sealing/cipher.hpp"
#include "store/sealing/key_ring.hpp"

namespace vastine::store::sealing {
namespace {

using engine::Family;

enum class When { Before, After };

// Does something once, right before or after the next read of a table.
class InterruptedEngine final : public engine::Engine {
public:
    void at_next_read(Family family, When when, std::function<void()> work) const {
        family_ = family;
        when_ = when;
        work_ = std::move(work);
    }
    void write(const engine::Batch& batch) override { memory_.write(batch); }
    void write_unsynced(const engine::Batch& batch) override { memory_.write(batch); }
    [[nodiscard]] std::optional<std::string> get(Family family, std::string_view key) const override {
        interrupt(family, When::Before);
        auto value = memory_.get(family, key);
        interrupt(family, When::After);
        return value;
    }
    void scan(Family family, std::string_view from, std::string_view until,
              const engine::Entry& entry) const override {
        interrupt(family, When::Before);
        std::vector<std::pair<std::string, std::string>> found;
        memory_.scan(family, from, until, [&](std::string_view key, std::string_view value) {
            found.emplace_back(key, value);
            return true;
        });
        interrupt(family, When::After);
        for (const auto& [key, value] : found) {
            if (!entry(key, value)) return;
        }
    }
    [[nodiscard]] std::optional<std::pair<std::string, std::string>> last(
        Family family, std::string_view from, std::string_view until) const override {
        return memory_.last(family, from, until);
    }
    [[nodiscard]] bool faulted() const override { return false; }
    void reopen() override {}
    void reclaim(Family) override {}

private:
    void interrupt(Family family, When when) const {
        if (work_ && family == family_ && when == when_) std::exchange(work_, nullptr)();
    }

    engine::MemoryEngine memory_;
    mutable Family family_{};
    mutable When when_{};
    mutable std::function<void()> work_;
};

struct Open {
    InterruptedEngine engine;
    std::unique_ptr<KeyRing> ring;
    PoolKey given;
    PoolKey neighbour;

    Open() {
        const auto master = Key::random();
        KeyRing::create(engine, master, {});
        const auto open = [&] {
            ring = std::make_unique<KeyRing>(
                engine, Key(std::span<const std::uint8_t, Key::size>(master.data(), Key::size)), "keys");
        };
        open();
        given = ring->take(WrapArea::Legal);
        neighbour = ring->take(WrapArea::Legal);
        ring->put("token", "its hash");
        open();  // which remembers no key
    }
};

}  // namespace

TEST_CASE("a key that is read while a rotation ends opens all the same", "[keys][rotation]") {
    const auto when = GENERATE(When::Before, When::After);
    const Open open;
    SECTION("alone") {}
    SECTION("with the run of ids it belongs to") {
        REQUIRE(open.ring->find(open.neighbour.id));
    }
    open.engine.at_next_read(Family::Keys, when, [&] { open.ring->rotate_area_keys({}); });
    const auto found = open.ring->find(open.given.id);
    REQUIRE(found);
    CHECK(same_key(*found, *open.given.key));
    CHECK(open.ring->find(open.neighbour.id));
}

TEST_CASE("a key that is destroyed while it is read is remembered by nobody", "[keys][rotation]") {
    const auto when = GENERATE(When::Before, When::After);
    const Open open;
    open.engine.at_next_read(Family::Keys, when, [&] {
        open.ring->rotate_area_keys({});
        open.ring->destroy(open.given.id);
    });
    // Whoever asked before it was destroyed may still have been answered.
    const auto asked_before = open.ring->find(open.given.id);
    CHECK((asked_before == nullptr || when == When::After));
    CHECK_FALSE(open.ring->find(open.given.id));
}

TEST_CASE("a secret that is read while a rotation ends opens all the same", "[keys][rotation]") {
    const auto when = GENERATE(When::Before, When::After);
    const Open open;
    open.engine.at_next_read(Family::Secrets, when, [&] { open.ring->rotate_area_keys({}); });
    CHECK(open.ring->get("token") == "its hash");
    open.engine.at_next_read(Family::Secrets, when, [&] { open.ring->rotate_area_keys({}); });
    CHECK(open.ring->scan("tok").size() == 1);
}

}  // namespace vastine::store::sealing
