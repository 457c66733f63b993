#pragma once
// Signed notes, c2sp.org/signed-note: a text, an empty line, and a line for each signature. Ed25519 only.

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "store/proof/proven.hpp"
#include "store/sealing/key.hpp"

namespace vastine::store::proof {

struct Signature {
    std::string name;
    std::uint32_t key_id = 0;
    std::string bytes;
};

struct Note {
    std::string text;  // with its last line's end
    std::vector<Signature> signatures;
};
[[nodiscard]] Proven<Note> parse_note(std::string_view note);

// The public half, as it is given away: NAME+ID+KEY, the id in hexadecimal, the key in base 64.
class VerifierKey {
public:
    [[nodiscard]] static Proven<VerifierKey> parse(std::string_view text);
    VerifierKey(std::string name, std::string_view public_key);  // 32 bytes; a name that parse() takes

    [[nodiscard]] const std::string& name() const { return name_; }
    [[nodiscard]] std::uint32_t id() const { return id_; }
    [[nodiscard]] std::string text() const;

    // The text of a note that this key signed. Signatures of others are passed over, as the
    // specification has it; one of this key that does not hold refuses the note.
    [[nodiscard]] Proven<std::string> open(std::string_view note) const;

private:
    [[nodiscard]] bool holds(std::string_view text, std::string_view signature) const;

    std::string name_;
    std::string public_key_;
    std::uint32_t id_ = 0;
};

class SigningKey {
public:
    // The seed is the private key of RFC 8032.
    SigningKey(std::string name, const sealing::Key& seed);

    [[nodiscard]] const VerifierKey& verifier() const { return verifier_; }
    // The whole note. The text ends with a line's end, and is UTF-8 without other control characters.
    [[nodiscard]] std::string sign(const std::string& text) const;

private:
    struct Private;
    std::shared_ptr<const Private> private_;
    VerifierKey verifier_;
};

}  // namespace vastine::store::proof
