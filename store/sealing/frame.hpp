#pragma once
// What is inside a seal: details, personal part and, with the first event of a command, the hash of the
// request, padded so that the length says little. Bytes: store/FORMAT.md.

#include <string>
#include <string_view>

namespace vastine::store::sealing {

struct Frame {
    std::string_view request_hash;  // 32 bytes, or empty
    std::string_view details;
    std::string_view personal;
};

[[nodiscard]] std::string encode_frame(const Frame& frame);
// Views into the plain bytes. Throws Corruption when they are no frame.
[[nodiscard]] Frame decode_frame(std::string_view plain);

}  // namespace vastine::store::sealing
