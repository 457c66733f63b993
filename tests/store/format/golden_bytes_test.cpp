// The frozen formats, byte for byte (store/FORMAT.md). When one of these fails, the code is wrong: data
// that was written with these bytes is out there.

#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "domain/schema/casework.pb.h"
#include "store/event_store.hpp"
#include "store/proof/merkle.hpp"
#include "store/sealing/cipher.hpp"
#include "store/sealing/field_split.hpp"
#include "store/sealing/frame.hpp"
#include "store/stored_record.hpp"
#include "tests/store/format/golden.hpp"

namespace vastine::store {
namespace {

using golden::hex;

DocumentEntered test_event() {
    DocumentEntered event;
    event.mutable_given()->set_direction("incoming");
    event.mutable_given()->set_dated_on("2026-03-01");
    event.mutable_given()->set_title("Kirje äidiltä");
    event.set_document_id("d1");
    return event;
}

Record test_record() {
    const auto parts = sealing::split(test_event());
    const std::string request_hash = sealing::sha256("request");
    Record record;
    record.position = Position{7};
    record.stream = StreamId{"reminder-6f1c"};
    record.version = Version{3};
    record.type = "vastine.DocumentEntered";
    record.key = KeyId{258};
    record.recorded_at = Instant(std::chrono::microseconds(1'772'323'200'123'456));
    record.actor = "u1";
    record.command_id = "c1";
    record.facts = parts.facts;
    std::string bound;
    put_bound(bound, record.stream.value, record.version, record.type, record.key);
    record.sealed = sealing::seal_box(golden::key(), golden::nonce, bound,
                                      sealing::encode_frame({request_hash, parts.details, parts.personal}));
    return record;
}

}  // namespace

TEST_CASE("the parts of an event are the bytes they always were", "[golden]") {
    const auto parts = sealing::split(test_event());
    CHECK(hex(parts.facts) == "0a0a0a08696e636f6d696e6712026431");
    CHECK(hex(parts.details) == "0a0c120a323032362d30332d3031");
    CHECK(hex(parts.personal) == "0a11220f4b69726a6520c3a46964696c74c3a4");
}

TEST_CASE("a sealed frame is the bytes it always was", "[golden]") {
    CHECK(hex(sealing::encode_frame({{}, "dd", "ppp"})) ==
          "010000000264640000000370707000000000000000000000000000000000000000000000000000000000000000000000"
          "00000000000000000000000000000000");
    CHECK(hex(sealing::encode_frame({std::string(32, 'h'), "dd", "ppp"})) ==
          "026868686868686868686868686868686868686868686868686868686868686868000000026464000000037070700000"
          "00000000000000000000000000000000");
    CHECK(sealing::encode_frame({{}, std::string(55, 'd'), {}}).size() == 64);
    CHECK(sealing::encode_frame({{}, std::string(56, 'd'), {}}).size() == 128);
}

TEST_CASE("a box is AES-256-GCM as NIST's test case 16 has it, nonce in front and tag behind", "[golden]") {
    // McGrew and Viega, test case 16: 256-bit key, 96-bit nonce, associated data.
    const auto from_hex = [](std::string_view text) {
        std::string out;
        for (std::size_t i = 0; i < text.size(); i += 2) {
            out.push_back(static_cast<char>(std::stoi(std::string(text.substr(i, 2)), nullptr, 16)));
        }
        return out;
    };
    const auto key_bytes = from_hex("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308");
    std::array<std::uint8_t, 32> key{};
    std::copy(key_bytes.begin(), key_bytes.end(), key.begin());
    const auto nonce_bytes = from_hex("cafebabefacedbaddecaf888");
    sealing::Nonce nonce{};
    std::copy(nonce_bytes.begin(), nonce_bytes.end(), nonce.begin());
    const auto plain = from_hex(
        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16a"
        "edf5"
        "aa0de657ba637b39");
    const auto bound = from_hex("feedfacedeadbeeffeedfacedeadbeefabaddad2");
    const auto box = sealing::seal_box(sealing::Key(key), nonce, bound, plain);
    CHECK(hex(box) ==
          "cafebabefacedbaddecaf888"
          "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5"
          "f61e63"
          "93ba7a0abcc9f662"
          "76fc6ece0f4e1768cddf8853bb2d551b");
    std::string opened;
    CHECK(sealing::open_box(sealing::Key(key), bound, box, opened));
    CHECK(opened == plain);
    CHECK_FALSE(sealing::open_box(sealing::Key(key), "another stream", box, opened));
}

TEST_CASE("a record is the bytes it always was", "[golden]") {
    CHECK(hex(encode_record(golden::organisation, test_record())) ==
          "01112233445566478899aabbccddeeff000000000000000007000d72656d696e6465722d366631630000000000000003"
          "001776617374696e652e446f63756d656e74456e7465726564000000000000010200064beb26c5424000027531000263"
          "31000000100a0a0a08696e636f6d696e67120264310000009ca0a1a2a3a4a5a6a7a8a9aaabe40724945190266e6ab22b"
          "eb8f09f86d9a9e7093a92b5c2d1e5e12b9efd08811957647ffa1285f2f55ae34fa3f57b3ca6a2b774862d00974507c04"
          "15cd02efd5947f210654cc88943746ff188fceccbacd0baba4c5c1997aee753e9ab19a4d948f842bab03ae8f9b9edb06"
          "508588ed28245061aede359b3c2fcfdea4b455f24dc356121330f4184a1e32e5cca16571cc");
}

TEST_CASE("a record's leaf is the hash it always was", "[golden]") {
    const auto bytes = encode_record(golden::organisation, test_record());
    const auto stored = decode_record(bytes);
    const auto leaf = proof::record_leaf(stored.header, stored.facts, stored.sealed);
    CHECK(hex(proof::to_bytes(leaf)) == "5e269cdad06f84958109aa7cdf12ff017e374c56add6565c217492507a85c6a3");
    // And it is what the page says: 0x00, header, SHA-256 of the facts, SHA-256 of what is sealed.
    CHECK(leaf == proof::leaf_hash(std::string(stored.header) + sealing::sha256(stored.facts) +
                                   sealing::sha256(stored.sealed)));
}

TEST_CASE("a record decodes to what was encoded, and views lie where the page says", "[golden]") {
    const auto record = test_record();
    const auto bytes = encode_record(golden::organisation, record);
    const auto stored = decode_record(bytes);
    Record again;
    stored.copy_to(again);
    CHECK(again.stream == record.stream);
    CHECK(again.sealed == record.sealed);
    CHECK(again.recorded_at == record.recorded_at);
    std::string bound;
    put_bound(bound, record.stream.value, record.version, record.type, record.key);
    CHECK(stored.bound == bound);
    std::string plain;
    REQUIRE(sealing::open_box(golden::key(), stored.bound, stored.sealed, plain));
    CHECK(sealing::decode_frame(plain).request_hash == sealing::sha256("request"));
}

TEST_CASE("cut or lengthened record bytes are corruption, wherever they are cut", "[golden]") {
    const auto bytes = encode_record(golden::organisation, test_record());
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        REQUIRE_THROWS_AS(decode_record(std::string_view(bytes).substr(0, size)), Corruption);
    }
    CHECK_THROWS_AS(decode_record(bytes + '\0'), Corruption);
}

TEST_CASE("frames with other formats, lengths or padding are corruption", "[golden]") {
    auto frame = sealing::encode_frame({{}, "dd", "ppp"});
    for (std::size_t size = 0; size < 14; ++size) {
        REQUIRE_THROWS_AS(sealing::decode_frame(std::string_view(frame).substr(0, size)), Corruption);
    }
    CHECK_THROWS_AS(sealing::decode_frame(frame + std::string(64, '\0')), Corruption);
    auto padded = frame;
    padded.back() = 1;
    CHECK_THROWS_AS(sealing::decode_frame(padded), Corruption);
    frame[0] = 3;
    CHECK_THROWS_AS(sealing::decode_frame(frame), Corruption);
}

}  // namespace vastine::store
