#pragma once
// Where the master key is kept: in the key file, or what that says of a token. A new key stands beside it as
// `<file>.next` until the key database is wrapped by it, so that a process killed at any moment leaves the
// right one in one of the two places.

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "store/sealing/master_key.hpp"

namespace vastine::store::sealing {

class TokenKey;

class KeyPlace {
public:
    explicit KeyPlace(std::filesystem::path file) : file_(std::move(file)) {}
    // Nowhere but in memory, for a store that is in memory itself.
    explicit KeyPlace(std::unique_ptr<MasterKey> held) : held_(std::move(held)) {}

    // A key for a store that is being made: that of the token which the key file names, or a new one in a new
    // key file. Throws CannotOpen, as check_free() does, when there is a key file with a key.
    void check_free() const;
    [[nodiscard]] std::unique_ptr<MasterKey> create() const;
    // The key of which `check` is, the one beside included; what was left half done is brought to its end.
    // Once, for a key in memory. Throws CannotOpen when the key file is missing, no key file, open to group
    // or others, or another's; `where` names the key database.
    [[nodiscard]] std::unique_ptr<MasterKey> find(std::string_view check, const std::string& where);

    // Keeps the next key beside, durable, and proves that what stands there is it.
    void put_beside(const MasterKey& next) const;
    // The key beside takes the place. To be called when the key database is wrapped by it.
    void adopt() const;

    [[nodiscard]] const std::filesystem::path& file() const { return file_; }
    [[nodiscard]] std::filesystem::path beside() const { return file_.string() + ".next"; }

private:
    [[nodiscard]] std::unique_ptr<TokenKey> token_named() const;

    std::filesystem::path file_;  // empty: in memory
    std::unique_ptr<MasterKey> held_;
};

// What a key file holds. Throws CannotOpen.
[[nodiscard]] std::unique_ptr<MasterKey> read_master_key(const std::filesystem::path& file);

}  // namespace vastine::store::sealing
