#include "store/stored_blob.hpp"

#include "store/bytes.hpp"

namespace vastine::store {
namespace {

constexpr std::size_t padded_to = 4096;

}  // namespace

std::string encode_manifest(const Manifest& manifest) {
    std::string out;
    out.reserve(64 + manifest.stream.size() + manifest.hashes.size());
    put_u8(out, manifest_format);
    out.append(manifest.organisation);
    put_text(out, manifest.stream);
    out.append(manifest.blob);
    put_u64(out, manifest.key.value);
    put_u64(out, static_cast<std::uint64_t>(manifest.written_at.time_since_epoch().count()));
    put_u64(out, manifest.chunks());
    out.append(manifest.hashes);
    return out;
}

Manifest decode_manifest(std::string_view bytes) {
    Reader reader(bytes);
    Manifest manifest;
    if (reader.u8() != manifest_format) throw Corruption("a manifest of an unknown format");
    manifest.organisation = reader.take(std::tuple_size_v<Organisation>);
    manifest.stream = reader.text();
    manifest.blob = reader.take(std::tuple_size_v<BlobId>);
    manifest.key = KeyId{reader.u64()};
    manifest.written_at = Instant(std::chrono::microseconds(static_cast<std::int64_t>(reader.u64())));
    const auto chunks = reader.u64();
    manifest.hashes = reader.rest();
    if (chunks == 0 || manifest.hashes.size() % blob_hash_size != 0 || manifest.chunks() != chunks) {
        throw Corruption("a manifest that does not hold what it counts");
    }
    return manifest;
}

std::string chunk_bound(std::string_view stream, KeyId key, std::string_view blob, std::uint64_t number,
                        ChunkPlace place) {
    std::string out;
    out.reserve(stream.size() + 48);
    // A record is bound to its stream's name, which is never empty: what is sealed for the one never opens
    // as the other, though both are sealed under one key.
    put_text(out, {});
    put_text(out, stream);
    put_u64(out, key.value);
    out.append(blob);
    put_u64(out, number);
    put_u8(out, static_cast<std::uint8_t>(place));
    return out;
}

std::string encode_last_chunk(std::string_view content) {
    std::string out;
    out.reserve(content.size() + padded_to + 4);
    put_block(out, content);
    out.resize((out.size() + padded_to - 1) / padded_to * padded_to, '\0');
    return out;
}

std::string_view decode_last_chunk(std::string_view plain) {
    Reader reader(plain);
    const auto content = reader.block();
    if (content.size() > chunk_size || plain.size() % padded_to != 0 || reader.rest().size() >= padded_to ||
        reader.rest().find_first_not_of('\0') != std::string_view::npos) {
        throw Corruption("a last chunk that is not as it is written");
    }
    return content;
}

}  // namespace vastine::store
