#pragma once
// The bytes of a stored blob (store/FORMAT.md): its manifest, what each chunk's seal is bound to, and what
// is inside the last one.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "store/stored_record.hpp"

namespace vastine::store {

constexpr std::uint8_t manifest_format = 1;
constexpr std::size_t chunk_size = 64 << 10;  // of content
constexpr std::size_t blob_hash_size = 32;

using BlobId = std::array<std::uint8_t, 16>;  // random

// Everything that stands on the disk of one blob, in place. Its SHA-256 is the blob's name, so that whoever
// knows the name knows each chunk and how many there are before the first is opened.
struct Manifest {
    std::string_view organisation;
    std::string_view stream;
    std::string_view blob;  // its id
    KeyId key;
    Instant written_at;
    std::string_view hashes;  // SHA-256 of each chunk as it stands on the disk, one after the other

    [[nodiscard]] std::uint64_t chunks() const { return hashes.size() / blob_hash_size; }
    [[nodiscard]] std::string_view hash(std::uint64_t chunk) const {
        return hashes.substr(chunk * blob_hash_size, blob_hash_size);
    }
};

[[nodiscard]] std::string encode_manifest(const Manifest& manifest);
// Views into the bytes. Throws Corruption when they are no manifest of this format.
[[nodiscard]] Manifest decode_manifest(std::string_view bytes);

// The associated data of a chunk: which one of which blob of which stream under which key, and whether it
// is the last.
enum class ChunkPlace : std::uint8_t { Inner = 0, Last = 1 };
[[nodiscard]] std::string chunk_bound(std::string_view stream, KeyId key, std::string_view blob,
                                      std::uint64_t number, ChunkPlace place);

// What is inside the last chunk: a length, the content and padding, so that the size on the disk says
// little of the document's. Every other chunk is chunk_size bytes of content and nothing else.
[[nodiscard]] std::string encode_last_chunk(std::string_view content);
[[nodiscard]] std::string_view decode_last_chunk(std::string_view plain);  // throws Corruption

}  // namespace vastine::store
