// Arbitrary bytes as what somebody hands in as a proof: refused, or understood and written back as the same.

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "store/proof/base64.hpp"
#include "store/proof/checkpoint.hpp"
#include "store/proof/receipt.hpp"
#include "store/proof/witness_file.hpp"

namespace {

using namespace vastine::store::proof;

void must(bool holds) {
    if (!holds) std::abort();
}

const VerifierKey& key() {
    static const VerifierKey made("vastine/7b6fb0c2-4a5e-4d1c-9f2a-0d3c1b2a4e5f/log", std::string(32, 'k'));
    return made;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    if (const auto decoded = from_base64(bytes)) must(to_base64(*decoded) == bytes);
    if (const auto parsed = VerifierKey::parse(bytes)) must(parsed->text() == bytes);
    // Nobody has the private half of this key.
    must(!key().open(bytes));
    if (const auto note = parse_note(bytes)) {
        const auto checkpoint = parse_checkpoint(note->text);
        if (checkpoint) must(note->text.starts_with(to_text(*checkpoint)));
    }
    for (const auto& witnessed : parse_witness(bytes).notes) must(parse_note(witnessed.note).has_value());
    if (const auto receipt = parse_receipt(bytes)) {
        const auto again = parse_receipt(to_text(*receipt));
        must(again.has_value());
        must(again->leaf == receipt->leaf && again->position == receipt->position &&
             again->path == receipt->path && again->checkpoint == receipt->checkpoint);
        must(!check_receipt(*receipt, {&key(), 1}));
    }
    return 0;
}
