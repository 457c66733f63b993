#pragma once
// The second factor of local accounts: codes of an authenticator (TOTP, RFC 6238: SHA-1, 30 seconds, six
// digits), and recovery codes for who has lost it. The secret is sealed among the store's secrets, of
// recovery codes only hashes are kept; nothing of it enters the log.
//
// Threads: every function may be called from any thread at once.

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/result.hpp"
#include "store/store.hpp"

namespace vastine::api {

class SecondFactors {
public:
    SecondFactors(store::Secrets& secrets, std::function<store::Instant()> now);
    ~SecondFactors();

    struct State {
        store::Instant since;
        std::size_t recovery_codes_left = 0;
    };
    // Nothing: it is off. One that was begun and never confirmed is off.
    [[nodiscard]] std::optional<State> state(const std::string& user_id) const;
    [[nodiscard]] bool is_on(const std::string& user_id) const;

    struct Begun {
        std::string secret;   // base32
        std::string address;  // otpauth://totp/…
    };
    // A new secret, which takes the place of one that was begun before and counts from confirm() on. Refused
    // while the second factor is on.
    [[nodiscard]] domain::Result<Begun> begin(const std::string& user_id, std::string_view login);
    // Ten recovery codes, when `code` is of the secret begun.
    [[nodiscard]] domain::Result<std::vector<std::string>> confirm(const std::string& user_id,
                                                                   std::string_view code);
    // Of now or one step beside it, and each once only; or a recovery code, which is used up by it. False
    // when the second factor is off.
    [[nodiscard]] bool check(const std::string& user_id, std::string_view code);
    // New ones in place of those there are; none when the second factor is off.
    [[nodiscard]] std::vector<std::string> renew_recovery_codes(const std::string& user_id);
    void switch_off(const std::string& user_id);

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

// Of how many seconds a code is, and how far beside the clock it may lie.
inline constexpr unsigned totp_step_seconds = 30;

// The step that a code of this raw secret belongs to, at `unix_seconds` or one step beside; nothing: it is
// none.
[[nodiscard]] std::optional<std::uint64_t> totp_step(std::string_view secret, std::int64_t unix_seconds,
                                                     std::string_view code);

}  // namespace vastine::api
