#pragma once
// Local accounts: passwords, sessions, bearer tokens. Everything kept is a hash in the key database
// (Argon2id for passwords, BLAKE2b for random 256-bit secrets); nothing of it enters the log.
// Sessions live in memory only: a restart ends them, which is what one wants of a restart.
//
// Threads: every function may be called from any thread at once.

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "domain/result.hpp"
#include "domain/schema/login.pb.h"
#include "store/store.hpp"

namespace vastine::api {

// Cost of one password check. Interactive is libsodium's 64 MiB; Least is for tests only.
enum class PasswordCost { Interactive, Least };

struct SessionLimits {
    std::chrono::minutes idle{30};
    std::chrono::hours absolute{10};
    std::size_t per_user_max = 20;
};

// How somebody has shown who they are.
enum class SignedInBy { Password, SecondFactor, Provider };

// What is noted of a session when it opens, so that its owner knows it again.
struct Opening {
    SignedInBy by = SignedInBy::Password;
    std::string browser;           // Firefox; empty: unknown
    std::string system;            // Windows; empty: unknown
    std::string provider_subject;  // who it is to the provider; empty: it was not there
    std::string provider_session;  // the provider's own name of the session; may be empty
};

// Who knows a new password. One that somebody else chose must be changed by its owner before anything else.
enum class ChosenBy { Owner, SomebodyElse };

class Accounts {
public:
    Accounts(store::Secrets& secrets, std::function<store::Instant()> now,
             PasswordCost cost = PasswordCost::Interactive, SessionLimits limits = {});
    ~Accounts();

    // ---- passwords ----
    // 12 to 200 characters. Ends the user's sessions; tokens stay.
    [[nodiscard]] domain::Result<std::monostate> set_password(const std::string& user_id,
                                                              std::string_view password, ChosenBy chosen_by);
    // The same work whether or not the user (nothing: an unknown login) exists or has a password.
    [[nodiscard]] bool verify(const std::optional<std::string>& user_id, std::string_view password);

    // ---- sessions of people ----
    struct Session {
        std::string user_id;
        store::Instant expires_at;  // the earlier of idle and absolute
        std::string key;            // names the session in limits and feeds; not the secret
        // The session is open for changing the password and nothing else. It ends with that.
        bool password_change_required = false;
        SignedInBy by = SignedInBy::Password;
    };
    struct OpenedSession {
        std::string secret;      // the cookie's value
        std::string csrf_token;  // derived from the secret; another for every session
        store::Instant expires_at;
        bool password_change_required = false;
    };
    [[nodiscard]] OpenedSession open_session(const std::string& user_id, Opening opening = {});
    // Nothing when unknown or expired; otherwise counts as use.
    [[nodiscard]] std::optional<Session> session(std::string_view secret);
    [[nodiscard]] std::string csrf_token(std::string_view secret) const;
    [[nodiscard]] bool csrf_matches(std::string_view secret, std::string_view csrf_token) const;
    void close_session(std::string_view secret);
    void close_sessions_of(const std::string& user_id);
    // One as its owner sees it in the list of their own.
    struct ListedSession {
        std::string session_id;  // the beginning of its key
        std::string key;
        store::Instant opened_at;
        store::Instant used_at;
        store::Instant expires_at;
        Opening opening;
    };
    // The last used first.
    [[nodiscard]] std::vector<ListedSession> sessions_of(const std::string& user_id) const;
    // False when the user has no such session.
    [[nodiscard]] bool close_session_of(const std::string& user_id, std::string_view session_id);
    // All but the one of this key.
    void close_other_sessions(const std::string& user_id, std::string_view key);
    // Those that came from the provider under this name of a session, or all of the subject without one.
    void close_sessions_of_provider(std::string_view subject, std::string_view session);
    [[nodiscard]] std::size_t open_sessions() const;
    // Is the session of this key still open? Not a use.
    [[nodiscard]] bool is_open(std::string_view key) const;

    // ---- bearer tokens of integrations ----
    struct Token {
        std::string token_id;
        std::string user_id;
        std::string label;
        store::Instant created_at;
        store::Instant expires_at;
        std::set<TokenScope> scopes;
    };
    struct NewToken {
        std::string secret;  // shown once: vst_...
        Token token;
    };
    // With at least one scope.
    [[nodiscard]] domain::Result<NewToken> create_token(const std::string& user_id, const std::string& label,
                                                        std::chrono::days valid,
                                                        const std::set<TokenScope>& scopes);
    [[nodiscard]] std::optional<Token> token(std::string_view secret);
    [[nodiscard]] std::vector<Token> tokens_of(const std::string& user_id) const;
    // False when the user has no such token.
    [[nodiscard]] bool revoke_token(const std::string& user_id, std::string_view token_id);

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

}  // namespace vastine::api
