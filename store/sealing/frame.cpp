#include "store/sealing/frame.hpp"

#include "store/bytes.hpp"

namespace vastine::store::sealing {
namespace {

constexpr std::uint8_t plain_frame = 1;
constexpr std::uint8_t frame_with_request = 2;
constexpr std::size_t padded_to = 64;
constexpr std::size_t hash_size = 32;

}  // namespace

std::string encode_frame(const Frame& frame) {
    std::string out;
    out.reserve(frame.details.size() + frame.personal.size() + hash_size + 2 * padded_to);
    put_u8(out, frame.request_hash.empty() ? plain_frame : frame_with_request);
    if (!frame.request_hash.empty() && frame.request_hash.size() != hash_size) {
        throw std::invalid_argument("a request hash has 32 bytes");
    }
    out.append(frame.request_hash);
    put_block(out, frame.details);
    put_block(out, frame.personal);
    out.resize((out.size() + padded_to - 1) / padded_to * padded_to, '\0');
    return out;
}

Frame decode_frame(std::string_view plain) {
    Reader reader(plain);
    Frame frame;
    const auto format = reader.u8();
    if (format == frame_with_request) {
        frame.request_hash = reader.take(hash_size);
    } else if (format != plain_frame) {
        throw Corruption("a sealed frame of an unknown format");
    }
    frame.details = reader.block();
    frame.personal = reader.block();
    if (reader.rest().size() >= padded_to ||
        reader.rest().find_first_not_of('\0') != std::string_view::npos) {
        throw Corruption("a sealed frame with something in its padding");
    }
    return frame;
}

}  // namespace vastine::store::sealing
