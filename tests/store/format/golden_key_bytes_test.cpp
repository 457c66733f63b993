// The frozen formats of keys, byte for byte (store/FORMAT.md). When one of these fails, the code is wrong:
// data that was written with these bytes, and shares that were printed so, are out there.

#include <catch2/catch.hpp>

#include "store/bytes.hpp"
#include "store/engine/memory_engine.hpp"
#include "store/sealing/escrow.hpp"
#include "store/sealing/file_key.hpp"
#include "store/sealing/kept_keys.hpp"
#include "store/sealing/key_record.hpp"
#include "store/sealing/key_ring.hpp"
#include "tests/store/format/golden.hpp"

namespace vastine::store {
namespace {

using engine::Family;
using golden::hex;
using sealing::Key;

std::string from_hex(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); i += 2) {
        out.push_back(static_cast<char>(std::stoi(std::string(text.substr(i, 2)), nullptr, 16)));
    }
    return out;
}

Key key_of(std::uint8_t byte) {
    std::array<std::uint8_t, Key::size> bytes{};
    bytes.fill(byte);
    return Key(bytes);
}

sealing::Share golden_share() {
    return {{0x5f, 0x3a, 0x91, 0xc2}, 5, 3, {2, golden::key()}};
}

}  // namespace

TEST_CASE("a key file is the bytes it always was", "[golden]") {
    const std::string text =
        "vastine key 1\n000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f\n";
    CHECK(sealing::FileKey(golden::key()).file_text() == text);
    const auto read = sealing::FileKey::from_text(text);
    REQUIRE(read);
    CHECK(hex(read->check()) == "2fc77d57892a5f88");
}

TEST_CASE("a share is the text it always was", "[golden]") {
    CHECK(sealing::share_text(golden_share()) ==
          "vastine escrow share 1\n"
          "set 5f3a91c2 share 2 of 5 needed 3\n"
          "1  0001 0203 0405 0607  92f6\n"
          "2  0809 0a0b 0c0d 0e0f  df0e\n"
          "3  1011 1213 1415 1617  0906\n"
          "4  1819 1a1b 1c1d 1e1f  44fe\n");
}

TEST_CASE("shares give the key they always gave", "[golden]") {
    // Computed by another program: over GF(2^8) with 0x11D, the key's byte i plus x times 0xA0+i plus x
    // squared times 7i+3.
    std::vector<sealing::KeyShare> shares(3);
    const std::pair<std::uint8_t, const char*> known[] = {
        {1, "a3aab1b8bf868d949be2e9f0f7fec5ccd3da21282f363d040b121960676e757c"},
        {3, "f2ddac83964968173ab899e6f3dc0d227f5066495c2302ddf08fae2c39166748"},
        {4, "8a1fbd2843f14ec605c37cf49f0a9207891c188de66ed163a02897513aaf0d98"}};
    std::vector<const sealing::KeyShare*> given;
    for (std::size_t i = 0; i < shares.size(); ++i) {
        const auto bytes = from_hex(known[i].second);
        shares[i].number = known[i].first;
        std::copy(bytes.begin(), bytes.end(), shares[i].value.data());
        given.push_back(&shares[i]);
    }
    CHECK(sealing::same_key(sealing::join_key(given), golden::key()));
}

TEST_CASE("the escrow's row is the bytes it always was", "[golden]") {
    sealing::Escrow escrow{{0x5f, 0x3a, 0x91, 0xc2}, 5, 3, {}};
    for (std::size_t i = 0; i < escrow.public_key.size(); ++i) {
        escrow.public_key[i] = static_cast<std::uint8_t>(0xE0 + i);
    }
    const auto bytes = sealing::encode_escrow(escrow);
    CHECK(hex(bytes) == "015f3a91c20503e0e1e2e3e4e5e6e7e8e9eaebecedeeeff0f1f2f3f4f5f6f7f8f9fafbfcfdfeff");
    CHECK(sealing::decode_escrow(bytes).public_key == escrow.public_key);
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        REQUIRE_THROWS_AS(sealing::decode_escrow(std::string_view(bytes).substr(0, size)), Corruption);
    }
}

TEST_CASE("a key that was sealed for an escrow long ago still opens", "[golden]") {
    // The private half is the golden key; sealed once, with chance in it, for the row area-key-3.
    const auto escrow = sealing::decode_escrow(
        from_hex("015f3a91c205038f40c5adb68f25624ae5b214ea767a6ec94d829d3d7b5e1ad1ba6f3e2138285f"));
    const auto opened = sealing::open_escrowed(
        escrow, golden::key(), "area-key-3",
        from_hex("3ef66ddb5234c3ece0b47162eabd60559cfb470cf35a6706cdf906ddf9f93b382a745f627ec115bc72cb071371"
                 "11d4ec96c4f27a97c361e930a0ad839a454db106e538714ae73bfc84fc16b0d44785c7a66bcd9407d54d27b307"
                 "fde6"));
    REQUIRE(opened);
    CHECK(sealing::same_key(*opened, key_of(0x42)));
}

TEST_CASE("a data key is wrapped as it always was", "[golden]") {
    const auto record = from_hex(
        "0103a0a1a2a3a4a5a6a7a8a9aaaba45a3e6f078940fd2027c5914538829c32ee1b52d0f5002ede4c64c43de937"
        "43d92366e59b326c2d561f36ac39bf2d0e");
    const auto decoded = sealing::decode_key_record(record);
    CHECK(decoded.state == sealing::KeyRecord::State::Wrapped);
    CHECK(decoded.area == 3);
    const auto opened = sealing::open_key_record(KeyId{258}, decoded, golden::key());
    REQUIRE(opened);
    CHECK(sealing::same_key(*opened, key_of(0x42)));
    CHECK_FALSE(sealing::open_key_record(KeyId{259}, decoded, golden::key()));
    CHECK(hex(sealing::encode_destroyed_key()) == "02");
}

TEST_CASE("a key database of format 1 opens, keeps its secrets, and is one of format 2 from then on",
          "[golden]") {
    // As it was written before there was a secrets' key: secrets under the master key itself.
    engine::MemoryEngine engine;
    engine::Batch batch;
    batch.put(Family::Meta, "format", "keys 1");
    batch.put(Family::Meta, "organisation", std::string(16, '\x11'));
    batch.put(Family::Meta, "key-check", from_hex("2fc77d57892a5f88"));
    for (const unsigned area : {1, 2, 3, 17, 18, 19}) {
        const auto name = "area-key-" + std::to_string(area);
        batch.put(Family::Meta, name, sealing::wrap(golden::key(), name, key_of(0x42)));
    }
    batch.put(Family::Meta, "index-key", sealing::wrap(golden::key(), "index-key", key_of(0x43)));
    batch.put(Family::Secrets, "password/1",
              sealing::seal_box(golden::key(), golden::nonce, "secret password/1", "hash"));
    batch.put(Family::Keys, u64_bytes(258),
              sealing::encode_key_record(KeyId{258}, 3, key_of(0x42), key_of(0x44)));
    engine.write(batch);

    for (int opening = 0; opening < 2; ++opening) {
        sealing::KeyRing keys(engine, golden::key(), "keys");
        CHECK(keys.get("password/1") == "hash");
        const auto found = keys.find(KeyId{258});
        REQUIRE(found);
        CHECK(sealing::same_key(*found, key_of(0x44)));
        CHECK(engine.get(Family::Meta, "format") == "keys 2");
        std::string plain;
        CHECK_FALSE(sealing::open_box(golden::key(), "secret password/1",
                                      *engine.get(Family::Secrets, "password/1"), plain));
    }
    // The rows that a format 2 has, and no other.
    CHECK(sealing::kept_names(engine) == std::vector<std::string>{"area-key-1", "area-key-17", "area-key-18",
                                                                  "area-key-19", "area-key-2", "area-key-3",
                                                                  "index-key", "secrets-key"});
    CHECK_FALSE(engine.get(Family::Meta, "escrow"));
}

TEST_CASE("a key database of a later format is left alone", "[golden]") {
    engine::MemoryEngine engine;
    sealing::KeyRing::create(engine, golden::key(), golden::organisation);
    engine::Batch batch;
    batch.put(Family::Meta, "format", "keys 3");
    engine.write(batch);
    CHECK_THROWS_WITH(sealing::KeyRing(engine, golden::key(), "keys"), Catch::Contains("newer version"));
}

}  // namespace vastine::store
