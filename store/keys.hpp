#pragma once
// The contract of what an administrator does with the keys of a store. What a person reads of them is in
// no answer of these: a share is handed out once, and no other key ever leaves.
//
// Threads: every function may be called from any thread at once, while others append and read: neither is
// refused for it. Two rotations take turns.
// Errors: Fault when the disk fails: what was begun is then there whole or not at all, and the call may be
// made again. CannotOpen when a key file cannot be written or a token does not answer.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace vastine::store {

struct EscrowPlan {
    unsigned shares = 5;
    unsigned needed = 3;  // 2 to `shares`
};

struct KeysStatus {
    struct Escrowed {
        std::string set;  // which shares, as they say themselves
        EscrowPlan plan;
    };
    std::string master;              // where the master key is, in words
    std::optional<Escrowed> escrow;  // nothing: without the master key all is lost
    std::uint64_t living = 0;        // data keys, those made ahead included
    std::uint64_t destroyed = 0;
    bool rotation_unfinished = false;  // a rotation of the area keys was interrupted; the next one ends it
};

struct Rotated {
    std::uint64_t wrapped_anew = 0;  // data keys
    std::uint64_t unopened = 0;      // that did not open before either, and were left as they are
};

struct Restored {
    std::string set;
    std::uint64_t opened = 0;  // living data keys that open under what was restored
    std::uint64_t unopened = 0;
};

class Keys {
public:
    using Progress = std::function<void(std::uint64_t done, std::uint64_t all)>;
    // Called once with a text for each share. When it throws, nothing was changed.
    using HandOut = std::function<void(const std::vector<std::string>& shares)>;

    virtual ~Keys() = default;
    [[nodiscard]] virtual KeysStatus status() const = 0;

    // New area keys and a new key for the secrets: every data key is wrapped anew, a piece at a time, and the
    // log is not touched. What was wrapped before is overwritten and its room given back.
    virtual Rotated rotate_area_keys(const Progress& progress) = 0;
    // A new master key of the same kind: in the key file, or in the token that the key file names.
    virtual void rotate_master_key() = 0;
    // A new master key in the token that `description` names (store/FORMAT.md); the key file says so then.
    virtual void move_master_key_to_token(const std::filesystem::path& description) = 0;
    // A new master key in the key file, for a store that leaves its token.
    virtual void move_master_key_to_file() = 0;

    // A new escrow key, of which only shares exist. Shares of an earlier one open nothing from then on.
    virtual void renew_escrow(const EscrowPlan& plan, const HandOut& hand_out) = 0;
};

}  // namespace vastine::store
