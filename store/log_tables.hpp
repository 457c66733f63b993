#pragma once
// Keys of the tables of a log (store/FORMAT.md).

#include <cstdint>
#include <string>
#include <string_view>

#include "store/bytes.hpp"
#include "store/record.hpp"

namespace vastine::store {

inline std::string stream_prefix(std::string_view stream) {
    std::string key(stream);
    key.push_back('\0');  // no stream's name contains it, so no stream is another's prefix
    return key;
}
inline std::string stream_key(std::string_view stream, Version version) {
    auto key = stream_prefix(stream);
    put_u64(key, version.value);
    return key;
}
inline std::string command_key(std::string_view actor, std::string_view command_id) {
    std::string key;
    put_text(key, actor);
    key.append(command_id);
    return key;
}
inline std::string tree_key(unsigned level, std::uint64_t index) {
    std::string key;
    put_u8(key, static_cast<std::uint8_t>(level));
    put_u64(key, index);
    return key;
}

}  // namespace vastine::store
