#pragma once
// The master key as a token holds it: an AES key of 256 bits that cannot be taken out. What is wrapped goes
// to the token and comes back as a box of the same bytes as a key file's (AES-256-GCM).
//
// Threads: one call at a time reaches the token, the others wait: signing in is one for the whole process.
// Errors: CannotOpen with what was asked and what the module answered; neither a PIN nor a key is in it.

#include <filesystem>
#include <mutex>
#include <optional>
#include <string>

#include "store/sealing/master_key.hpp"

namespace vastine::store::sealing {

class TokenModule;

// What a key file says when the key is in a token: no secret (store/FORMAT.md).
struct TokenPlace {
    std::filesystem::path module;  // the maker's library, a whole path
    std::string token;             // the token's label
    std::string key;               // the key's label
    std::filesystem::path pin_file;

    // Nothing when the text is none of this kind. Throws CannotOpen when it is, and is not complete.
    [[nodiscard]] static std::optional<TokenPlace> from_text(std::string_view text);
    [[nodiscard]] std::string text() const;
};

class TokenKey final : public MasterKey {
public:
    // Asks nothing of the token yet.
    explicit TokenKey(TokenPlace place);
    // Makes the key in the token when it has none of this label.
    void make_when_missing() const;

    [[nodiscard]] std::string wrap(std::string_view bound, const Key& key) const override;
    [[nodiscard]] std::optional<Key> unwrap(std::string_view bound, std::string_view box) const override;
    [[nodiscard]] std::string check() const override;
    [[nodiscard]] bool recognises(std::string_view check) const override;
    [[nodiscard]] std::string file_text() const override { return place_.text(); }
    [[nodiscard]] std::unique_ptr<MasterKey> successor() const override;
    [[nodiscard]] std::string described() const override;

private:
    [[nodiscard]] TokenModule& module() const;

    const TokenPlace place_;
    mutable std::shared_ptr<TokenModule> module_;  // loaded with the first call
};

}  // namespace vastine::store::sealing
