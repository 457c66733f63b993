// The frozen formats of blobs, byte for byte (store/FORMAT.md). When one of these fails, the code is wrong:
// data that was written with these bytes is out there.

#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "store/event_store.hpp"
#include "store/sealing/cipher.hpp"
#include "store/stored_blob.hpp"
#include "tests/store/format/golden.hpp"

namespace vastine::store {
namespace {

using golden::hex;

const std::string organisation(golden::organisation.begin(), golden::organisation.end());
const std::string blob = "\xC0\xC1\xC2\xC3\xC4\xC5\xC6\xC7\xC8\xC9\xCA\xCB\xCC\xCD\xCE\xCF";

std::string manifest_bytes() {
    return encode_manifest({organisation, "reminder-6f1c", blob, KeyId{258},
                            Instant(std::chrono::microseconds(1'772'323'200'123'456)),
                            std::string(32, '\x0a') + std::string(32, '\x0b')});
}

}  // namespace

TEST_CASE("what a chunk is bound to is the bytes it always was", "[golden]") {
    CHECK(hex(chunk_bound("reminder-6f1c", KeyId{258}, blob, 3, ChunkPlace::Inner)) ==
          "0000000d72656d696e6465722d366631630000000000000102c0c1c2c3c4c5c6c7c8c9cacbcccdcecf0000000000000003"
          "00");
    CHECK(hex(chunk_bound("reminder-6f1c", KeyId{258}, blob, 4, ChunkPlace::Last)) ==
          "0000000d72656d696e6465722d366631630000000000000102c0c1c2c3c4c5c6c7c8c9cacbcccdcecf0000000000000004"
          "01");
}

TEST_CASE("the last chunk is a block, padded to the next 4096 bytes", "[golden]") {
    CHECK(encode_last_chunk("content") == std::string("\0\0\0\7content", 11) + std::string(4085, '\0'));
    CHECK(encode_last_chunk(std::string(4092, 'c')).size() == 4096);
    CHECK(encode_last_chunk(std::string(4093, 'c')).size() == 8192);
    CHECK(encode_last_chunk("").size() == 4096);
    CHECK(chunk_size == 65536);
    CHECK(encode_last_chunk(std::string(chunk_size, 'c')).size() == 69632);
    CHECK(decode_last_chunk(encode_last_chunk("content")) == "content");
    CHECK(decode_last_chunk(encode_last_chunk("")).empty());
}

TEST_CASE("a sealed chunk is the bytes it always was", "[golden]") {
    const auto box = sealing::seal_box(golden::key(), golden::nonce,
                                       chunk_bound("reminder-6f1c", KeyId{258}, blob, 0, ChunkPlace::Last),
                                       encode_last_chunk("content"));
    CHECK(box.size() == 12 + 4096 + 16);
    CHECK(hex(box.substr(0, 28)) == "a0a1a2a3a4a5a6a7a8a9aaabe6187c2a26a46ccb070bf3d3077ac0de");
    CHECK(hex(box.substr(box.size() - 16)) == "2eea49fca59a1273d94aa9e16cd18d8c");
    CHECK(hex(sealing::sha256(box)) == "17337a5f62472278c2da65c8465b35f5a37808871ca0bea54af7c3927994809b");
}

TEST_CASE("a manifest is the bytes it always was, and its hash the blob's name", "[golden]") {
    CHECK(
        hex(manifest_bytes()) ==
        "01112233445566478899aabbccddeeff00000d72656d696e6465722d36663163c0c1c2c3c4c5c6c7c8c9cacbcccdcecf0000"
        "00000000010200064beb26c54240"
        "0000000000000002"
        "0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a"
        "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b");
    CHECK(hex(sealing::sha256(manifest_bytes())) ==
          "f494dbbf025df99cc9181d46b3ccda2d32091e57bd7347a7cf6960c23ef0519b");
    const auto bytes = manifest_bytes();
    const auto manifest = decode_manifest(bytes);
    CHECK(manifest.organisation == organisation);
    CHECK(manifest.stream == "reminder-6f1c");
    CHECK(manifest.blob == blob);
    CHECK(manifest.key == KeyId{258});
    CHECK(manifest.written_at.time_since_epoch().count() == 1'772'323'200'123'456);
    CHECK(manifest.chunks() == 2);
    CHECK(manifest.hash(1) == std::string(32, '\x0b'));
}

TEST_CASE("cut or lengthened manifests are corruption, wherever they are cut", "[golden]") {
    const auto bytes = manifest_bytes();
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        REQUIRE_THROWS_AS(decode_manifest(std::string_view(bytes).substr(0, size)), Corruption);
    }
    CHECK_THROWS_AS(decode_manifest(bytes + std::string(32, '\x0c')), Corruption);
    auto newer = bytes;
    newer[0] = 2;
    CHECK_THROWS_AS(decode_manifest(newer), Corruption);
    // None without a chunk: even nothing at all is sealed, so that it is known to be all.
    CHECK_THROWS_AS(decode_manifest(encode_manifest({organisation, "s", blob, KeyId{1}, Instant{}, {}})),
                    Corruption);
}

TEST_CASE("last chunks with other lengths or padding are corruption", "[golden]") {
    const auto plain = encode_last_chunk("content");
    for (const std::size_t size : {std::size_t{0}, std::size_t{3}, std::size_t{11}, std::size_t{4095}}) {
        REQUIRE_THROWS_AS(decode_last_chunk(std::string_view(plain).substr(0, size)), Corruption);
    }
    CHECK_THROWS_AS(decode_last_chunk(plain + std::string(4096, '\0')), Corruption);
    auto padded = plain;
    padded.back() = 1;
    CHECK_THROWS_AS(decode_last_chunk(padded), Corruption);
    CHECK_THROWS_AS(decode_last_chunk(encode_last_chunk(std::string(chunk_size + 1, 'c'))), Corruption);
}

TEST_CASE("what a record is sealed for never opens as a chunk", "[golden]") {
    // A record is bound to its stream's name in front, which is never empty; a chunk to an empty one.
    const auto bound = chunk_bound("s", KeyId{1}, blob, 0, ChunkPlace::Last);
    CHECK(bound.substr(0, 2) == std::string(2, '\0'));
    std::string record;
    put_bound(record, "s", Version{1}, "vastine.Assigned", KeyId{1});
    CHECK(record.substr(0, 2) != std::string(2, '\0'));
}

}  // namespace vastine::store
