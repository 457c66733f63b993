#pragma once
// Who wraps the keys that wrap others: a key in a file, or one that never leaves its token.
//
// Threads: every function may be called from any thread at once.
// Errors: CannotOpen when a token does not do what it is asked; it says why, and no secret.

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "store/sealing/key.hpp"

namespace vastine::store::sealing {

class MasterKey {
public:
    virtual ~MasterKey() = default;

    // A box (store/FORMAT.md); `bound` names the row in which it stands.
    [[nodiscard]] virtual std::string wrap(std::string_view bound, const Key& key) const = 0;
    // Nothing when the box is not this key's, or of another row.
    [[nodiscard]] virtual std::optional<Key> unwrap(std::string_view bound, std::string_view box) const = 0;

    // What the key database keeps to know this key again, and whether it was this key that gave it.
    [[nodiscard]] virtual std::string check() const = 0;
    [[nodiscard]] virtual bool recognises(std::string_view check) const = 0;

    // What stands in the key file for it. Wipe it.
    [[nodiscard]] virtual std::string file_text() const = 0;
    // A new key of the same kind. One in a token is kept there from now on, used or not.
    [[nodiscard]] virtual std::unique_ptr<MasterKey> successor() const = 0;
    // Where it is, for a person.
    [[nodiscard]] virtual std::string described() const = 0;
};

}  // namespace vastine::store::sealing
