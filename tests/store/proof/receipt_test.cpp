// Receipts over trees of many sizes, and every way of altering one.

#include "store/proof/receipt.hpp"

#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <random>

#include "store/bytes.hpp"
#include "store/stored_record.hpp"

namespace vastine::store::proof {
namespace {

const Organisation organisation{0x7b, 0x6f, 0xb0, 0xc2, 0x4a, 0x5e, 0x4d, 0x1c,
                                0x9f, 0x2a, 0x0d, 0x3c, 0x1b, 0x2a, 0x4e, 0x5f};
const std::string organisation_text = "7b6fb0c2-4a5e-4d1c-9f2a-0d3c1b2a4e5f";

sealing::Key seed() {
    sealing::Key key;
    for (std::size_t i = 0; i < sealing::Key::size; ++i) key.data()[i] = static_cast<std::uint8_t>(i);
    return key;
}

std::string leaf(std::uint64_t position) {
    Record record;
    record.position = Position{position};
    record.stream = StreamId{fmt::format("reminder-{}", position)};
    record.version = Version{1};
    record.type = "vastine.ReminderRegistered";
    record.key = KeyId{position};
    record.recorded_at = Instant(std::chrono::microseconds(1'700'000'000'000'000));
    record.actor = "actor";
    record.command_id = "command";
    record.facts = "facts";
    record.sealed = fmt::format("sealed {}", position);
    const auto bytes = encode_record(organisation, record);
    return leaf_of(decode_record(bytes));
}

// A log of so many records, its tree and the key that signs it.
struct Signed {
    std::map<std::pair<unsigned, std::uint64_t>, Hash> nodes;
    Frontier frontier;
    SigningKey key{origin_of_log(organisation_text), seed()};

    explicit Signed(std::uint64_t size) {
        for (std::uint64_t position = 1; position <= size; ++position) {
            frontier.add(leaf_hash(leaf(position)),
                         [&](unsigned level, std::uint64_t index, const Hash& hash) {
                             nodes[{level, index}] = hash;
                         });
        }
    }
    [[nodiscard]] Receipt receipt(std::uint64_t position) const {
        const auto reader = [this](unsigned level, std::uint64_t index) { return nodes.at({level, index}); };
        return {leaf(position), Position{position}, inclusion_proof(position - 1, frontier.size(), reader),
                key.sign(to_text(
                    {key.verifier().name(), {Position{frontier.size()}, to_bytes(frontier.root())}}))};
    }
    [[nodiscard]] std::vector<VerifierKey> keys() const { return {key.verifier()}; }
    [[nodiscard]] Proven<Registered> check(const std::string& text) const {
        const auto parsed = parse_receipt(text);
        if (!parsed) return tl::unexpected(parsed.error());
        return check_receipt(*parsed, keys());
    }
};

}  // namespace

TEST_CASE("a receipt proves position, stream and time, in logs of random sizes", "[receipt]") {
    const auto random_seed = std::random_device()();
    INFO("seed " << random_seed);
    std::mt19937 random(random_seed);
    for (int round = 0; round < 40; ++round) {
        const std::uint64_t size = random() % 300 + 1;
        const std::uint64_t position = random() % size + 1;
        INFO("record " << position << " of " << size);
        const Signed log(size);
        const auto proven = log.check(to_text(log.receipt(position)));
        REQUIRE(proven);
        CHECK(proven->organisation == organisation_text);
        CHECK(proven->position.value == position);
        CHECK(proven->stream.value == fmt::format("reminder-{}", position));
        CHECK(proven->type == "vastine.ReminderRegistered");
        CHECK(proven->recorded_at.time_since_epoch().count() == 1'700'000'000'000'000);
        CHECK(proven->head.position.value == size);
    }
}

TEST_CASE("no letter of a receipt can be changed, and none left out", "[receipt]") {
    const Signed log(11);
    const auto text = to_text(log.receipt(6));
    REQUIRE(log.check(text));
    for (std::size_t at = 0; at < text.size(); ++at) {
        auto altered = text;
        altered[at] = static_cast<char>(altered[at] ^ 1);
        INFO("byte " << at);
        REQUIRE_FALSE(log.check(altered).has_value());
        // The end of the last line is all that a copy may lose.
        if (at + 1 < text.size()) REQUIRE_FALSE(log.check(text.substr(0, at)).has_value());
    }
}

TEST_CASE("a receipt stands in a letter: words above and below, lines as mail ends them", "[receipt]") {
    const Signed log(5);
    std::string letter = "Muistutus on kirjattu.\n\n" + to_text(log.receipt(2)) + "\nTerveisin\n";
    for (std::size_t at = 0; (at = letter.find('\n', at)) != std::string::npos; at += 2) {
        letter.insert(at, "\r");
    }
    CHECK(log.check(letter));
}

TEST_CASE("a receipt that proves nothing says why", "[receipt]") {
    const Signed log(5);
    const auto sound = log.receipt(2);
    const auto why = [&](const Receipt& receipt) { return check_receipt(receipt, log.keys()).error().why; };
    SECTION("the record of another") {
        auto other = sound;
        other.leaf = leaf(3);
        CHECK_THAT(why(other), Catch::Contains("another position"));
        other = sound;
        other.leaf.back() = 'x';
        CHECK_THAT(why(other), Catch::Contains("does not lead from the record"));
    }
    SECTION("a checkpoint from before the record") {
        auto early = log.receipt(5);
        early.checkpoint = Signed(4).receipt(1).checkpoint;
        CHECK_THAT(why(early), Catch::Contains("before the record was there"));
    }
    SECTION("another's public key") {
        const SigningKey other("vastine/another/log", seed());
        const auto checked = check_receipt(sound, std::vector{other.verifier()});
        CHECK_THAT(checked.error().why, Catch::Contains("of another"));
    }
    SECTION("the same name, another key") {
        const SigningKey other(log.key.verifier().name(), sealing::Key::random());
        const auto checked = check_receipt(sound, std::vector{other.verifier()});
        CHECK_THAT(checked.error().why, Catch::Contains("not signed by the key"));
    }
    SECTION("another organisation's record under this one's checkpoint") {
        auto foreign = sound;
        foreign.leaf[1] = 'x';
        CHECK_THAT(why(foreign), Catch::Contains("another organisation"));
    }
    SECTION("no receipt") {
        CHECK_THAT(parse_receipt("Dear client\n").error().why, Catch::Contains("tlog-proof"));
    }
}

// Frozen: receipts are kept in drawers for decades.
TEST_CASE("a receipt is these bytes", "[receipt][golden]") {
    CHECK(to_text(Signed(3).receipt(2)) ==
          "c2sp.org/tlog-proof@v1\n"
          "extra AXtvsMJKXk0cnyoNPBsqTl8AAAAAAAAAAgAKcmVtaW5kZXItMgAAAAAAAAABABp2YXN0aW5lLlJlbWluZGVy"
          "UmVnaXN0ZXJlZAAAAAAAAAACAAYKJBgeQAAABWFjdG9yAAdjb21tYW5kBpSqy2bWLnQqkujV8egr2dKoyhvoh0QgH7"
          "5j0PUAdQLMzfELss9wY6PtKMcD4k3LP9OeUnjJUOdvHRfGmwt72A==\n"
          "index 1\n"
          "KXDybOISBUGoj6RGl3EhxG1AHLeTpa/UPh8ayxfPuQ4=\n"
          "D5w9PHbBLTrcSoy54FjE7ks7v8UvfW7xL4dlmQG81bo=\n"
          "\n"
          "vastine/7b6fb0c2-4a5e-4d1c-9f2a-0d3c1b2a4e5f/log\n"
          "3\n"
          "2zKhOK7D2Dl13neHTolp4jQD9r5xukqhBKXVwOT3J18=\n"
          "\n"
          "— vastine/7b6fb0c2-4a5e-4d1c-9f2a-0d3c1b2a4e5f/log mdnByHN77wByvhrzrjh6hz+bNc1Iiz4H8U9hnGd"
          "LAMjxxUpck/zask6YsKYwj8Gn9JHTOEIlrWQo1yyGnefHLC3HngI=\n");
}

}  // namespace vastine::store::proof
