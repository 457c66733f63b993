#include "store/proof/receipt.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "store/event_store.hpp"
#include "store/proof/base64.hpp"
#include "store/stored_record.hpp"
#include "store/uuid_text.hpp"

namespace vastine::store::proof {
namespace {

constexpr std::string_view first_line = "c2sp.org/tlog-proof@v1";
constexpr std::size_t path_longest = 64;

// No receipt has a carriage return of its own.
std::string with_plain_ends(std::string_view text) {
    std::string out(text);
    std::erase(out, '\r');
    return out;
}

std::string_view take_line(std::string_view& rest) {
    const auto end = rest.find('\n');
    const auto line = rest.substr(0, end);
    rest.remove_prefix(end == rest.npos ? rest.size() : end + 1);
    return line;
}

// What follows the word and a space.
std::optional<std::string_view> said(std::string_view line, std::string_view word) {
    if (!line.starts_with(word) || line.substr(word.size(), 1) != " ") return std::nullopt;
    return line.substr(word.size() + 1);
}

}  // namespace

std::string to_text(const Receipt& receipt) {
    auto text = fmt::format("{}\nextra {}\nindex {}\n", first_line, to_base64(receipt.leaf),
                            receipt.position.value - 1);
    for (const auto& hash : receipt.path) text += to_base64(to_bytes(hash)) + "\n";
    return text + "\n" + receipt.checkpoint;
}

Proven<Receipt> parse_receipt(std::string_view given) {
    const auto plain = with_plain_ends(given);
    std::string_view rest = plain;
    while (!rest.empty() && take_line(rest) != first_line) {
    }
    if (rest.empty()) return unproven(fmt::format("it has no line \"{}\"", first_line));
    Receipt receipt;
    const auto extra = said(take_line(rest), "extra");
    const auto leaf = extra ? from_base64(*extra) : std::nullopt;
    if (!leaf) return unproven("it does not say which record it is about");
    receipt.leaf = *leaf;
    const auto index = said(take_line(rest), "index");
    std::uint64_t number = 0;
    if (index) std::from_chars(index->data(), index->data() + index->size(), number);
    if (!index || std::to_string(number) != *index || number == UINT64_MAX) {
        return unproven("it does not say where in the log the record stands");
    }
    receipt.position = Position{number + 1};
    for (auto line = take_line(rest); !line.empty(); line = take_line(rest)) {
        const auto hash = from_base64(line);
        if (!hash || hash->size() != Hash().size() || receipt.path.size() == path_longest) {
            return unproven("its path to the checkpoint is damaged");
        }
        receipt.path.push_back(to_hash(*hash));
    }
    // To the end of the signatures; people may have written below them too.
    const auto signatures = rest.find("\n\n");
    const auto end = signatures == rest.npos ? rest.npos : rest.find("\n\n", signatures + 2);
    receipt.checkpoint = rest.substr(0, end == rest.npos ? end : end + 1);
    if (!receipt.checkpoint.ends_with('\n')) receipt.checkpoint += '\n';
    return receipt;
}

Proven<Registered> check_receipt(const Receipt& receipt, std::span<const VerifierKey> keys) {
    const auto note = parse_note(receipt.checkpoint);
    if (!note) return unproven("the checkpoint: " + note.error().why);
    const auto said_origin = note->text.substr(0, note->text.find('\n'));
    const auto key = std::ranges::find(keys, said_origin, &VerifierKey::name);
    if (key == keys.end()) {
        return unproven(
            fmt::format("the checkpoint is of {}, and the public key given is of another", said_origin));
    }
    const auto checkpoint = open_checkpoint(receipt.checkpoint, *key);
    if (!checkpoint) return unproven("the checkpoint: " + checkpoint.error().why);
    StoredRecord record;
    try {
        record = decode_leaf(receipt.leaf);
    } catch (const Corruption&) {
        return unproven("it does not say which record it is about");
    }
    Registered registered{uuid_text(record.organisation),
                          record.position,
                          StreamId{std::string(record.stream)},
                          record.version,
                          std::string(record.type),
                          record.recorded_at,
                          checkpoint->head};
    if (checkpoint->origin != origin_of_log(registered.organisation)) {
        return unproven("the record is of another organisation than the checkpoint");
    }
    if (record.position != receipt.position) return unproven("the record is of another position");
    if (receipt.position > checkpoint->head.position) {
        return unproven("the checkpoint was signed before the record was there");
    }
    if (!verify_inclusion(leaf_hash(receipt.leaf), receipt.position.value - 1,
                          checkpoint->head.position.value, receipt.path, to_hash(checkpoint->head.root))) {
        return unproven("its path does not lead from the record to the checkpoint: one of them was altered");
    }
    return registered;
}

}  // namespace vastine::store::proof
