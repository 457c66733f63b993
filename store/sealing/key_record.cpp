#include "store/sealing/key_record.hpp"

#include <fmt/format.h>

#include "store/bytes.hpp"
#include "store/sealing/cipher.hpp"

namespace vastine::store::sealing {
namespace {

constexpr std::uint8_t wrapped_state = 1;
constexpr std::uint8_t destroyed_state = 2;

std::string key_bound(KeyId id, std::uint8_t area) {
    std::string bound;
    bound.reserve(17);
    bound = "data key";
    put_u64(bound, id.value);
    put_u8(bound, area);
    return bound;
}

}  // namespace

std::string area_row(std::uint8_t area) {
    return fmt::format("area-key-{}", area);
}
std::string next_area_row(std::uint8_t area) {
    return "next-" + area_row(area);
}

KeyRecord decode_key_record(std::string_view bytes) {
    if (bytes.empty()) return {};
    const auto state = static_cast<std::uint8_t>(bytes[0]);
    if (state == destroyed_state) return {KeyRecord::State::Destroyed, 0, {}};
    if (state != wrapped_state || bytes.size() < 2) return {};
    return {KeyRecord::State::Wrapped, static_cast<std::uint8_t>(bytes[1]), bytes.substr(2)};
}

std::string encode_key_record(KeyId id, std::uint8_t area, const Key& area_key, const Key& key) {
    std::string record;
    put_u8(record, wrapped_state);
    put_u8(record, area);
    record += wrap(area_key, key_bound(id, area), key);
    return record;
}

std::string encode_destroyed_key() {
    std::string record;
    put_u8(record, destroyed_state);
    return record;
}

std::optional<Key> open_key_record(KeyId id, const KeyRecord& record, const Key& area_key) {
    return unwrap(area_key, key_bound(id, record.area), record.box);
}

std::string secret_bound(std::string_view name) {
    return "secret " + std::string(name);
}

}  // namespace vastine::store::sealing
