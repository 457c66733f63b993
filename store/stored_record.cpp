#include "store/stored_record.hpp"

#include "store/bytes.hpp"
#include "store/proof/merkle.hpp"

namespace vastine::store {

void StoredRecord::copy_to(Record& record) const {
    record.position = position;
    record.stream.value.assign(stream);
    record.version = version;
    record.type.assign(type);
    record.key = key;
    record.recorded_at = recorded_at;
    record.actor.assign(actor);
    record.command_id.assign(command_id);
    record.facts.assign(facts);
    record.sealed.assign(sealed);
}

void put_bound(std::string& out, std::string_view stream, Version version, std::string_view type, KeyId key) {
    put_text(out, stream);
    put_u64(out, version.value);
    put_text(out, type);
    put_u64(out, key.value);
}

std::string encode_record(const Organisation& organisation, const Record& record) {
    std::string out;
    out.reserve(128 + record.stream.value.size() + record.type.size() + record.facts.size() +
                record.sealed.size());
    put_u8(out, record_format);
    for (const std::uint8_t byte : organisation) put_u8(out, byte);
    put_u64(out, record.position.value);
    put_bound(out, record.stream.value, record.version, record.type, record.key);
    put_u64(out, static_cast<std::uint64_t>(record.recorded_at.time_since_epoch().count()));
    put_text(out, record.actor);
    put_text(out, record.command_id);
    put_block(out, record.facts);
    put_block(out, record.sealed);
    return out;
}

namespace {

StoredRecord read_header(Reader& reader, std::string_view bytes) {
    StoredRecord record;
    if (reader.u8() != record_format) throw Corruption("a record of an unknown format");
    record.organisation = reader.take(std::tuple_size_v<Organisation>);
    record.position = Position{reader.u64()};
    const char* const bound_begin = reader.rest().data();
    record.stream = reader.text();
    record.version = Version{reader.u64()};
    record.type = reader.text();
    record.key = KeyId{reader.u64()};
    record.bound = {bound_begin, static_cast<std::size_t>(reader.rest().data() - bound_begin)};
    record.recorded_at = Instant(std::chrono::microseconds(static_cast<std::int64_t>(reader.u64())));
    record.actor = reader.text();
    record.command_id = reader.text();
    record.header = bytes.substr(0, bytes.size() - reader.rest().size());
    return record;
}

}  // namespace

StoredRecord decode_record(std::string_view bytes) {
    Reader reader(bytes);
    auto record = read_header(reader, bytes);
    record.facts = reader.block();
    record.sealed = reader.block();
    reader.expect_end();
    return record;
}

StoredRecord decode_leaf(std::string_view leaf) {
    Reader reader(leaf);
    auto record = read_header(reader, leaf);
    reader.take(2 * proof::Hash().size());
    reader.expect_end();
    return record;
}

std::string leaf_of(const StoredRecord& record) {
    return std::string(record.header) + proof::to_bytes(proof::sha256(record.facts)) +
           proof::to_bytes(proof::sha256(record.sealed));
}

}  // namespace vastine::store
