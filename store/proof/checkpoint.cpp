#include "store/proof/checkpoint.hpp"

#include <fmt/format.h>

#include <charconv>

#include "store/proof/base64.hpp"
#include "store/proof/merkle.hpp"

namespace vastine::store::proof {
namespace {

// A line off the front, without its end; nothing when there is no whole one.
std::optional<std::string_view> take_line(std::string_view& rest) {
    const auto end = rest.find('\n');
    if (end == rest.npos) return std::nullopt;
    const auto line = rest.substr(0, end);
    rest.remove_prefix(end + 1);
    return line;
}

}  // namespace

std::string origin_of_log(std::string_view organisation) {
    return fmt::format("vastine/{}/log", organisation);
}
std::string origin_of_access_log(std::string_view organisation) {
    return fmt::format("vastine/{}/access", organisation);
}

std::string to_text(const Checkpoint& checkpoint) {
    return fmt::format("{}\n{}\n{}\n", checkpoint.origin, checkpoint.head.position.value,
                       to_base64(checkpoint.head.root));
}

Proven<Checkpoint> parse_checkpoint(std::string_view text) {
    Checkpoint parsed;
    const auto origin = take_line(text);
    if (!origin || origin->empty()) return unproven("it does not say of which log it is");
    parsed.origin = *origin;
    const auto size = take_line(text);
    if (!size) return unproven("it does not say how many records there were");
    auto& count = parsed.head.position.value;
    const auto [end, error] = std::from_chars(size->data(), size->data() + size->size(), count);
    if (error != std::errc() || std::to_string(count) != *size) {
        return unproven("it does not say how many records there were");
    }
    const auto root = take_line(text);
    const auto bytes = root ? from_base64(*root) : std::nullopt;
    if (!bytes || bytes->size() != Hash().size()) return unproven("it has no whole root hash");
    parsed.head.root = *bytes;
    while (!text.empty()) {
        const auto extension = take_line(text);
        if (!extension || extension->empty()) return unproven("it has an empty line inside");
    }
    return parsed;
}

Proven<Checkpoint> open_checkpoint(std::string_view note, const VerifierKey& key) {
    const auto text = key.open(note);
    if (!text) return tl::unexpected(text.error());
    auto checkpoint = parse_checkpoint(*text);
    if (checkpoint && checkpoint->origin != key.name()) {
        return unproven(fmt::format("it speaks of {}, which the key {} does not sign for", checkpoint->origin,
                                    key.name()));
    }
    return checkpoint;
}

}  // namespace vastine::store::proof
