#pragma once
// One sign-in at the provider from its beginning to who came of it: the authorization code flow of OpenID
// Connect Core 1.0 §3.1 with state, nonce and PKCE (RFC 7636, S256). What ties its two ends together is a
// secret in the browser's cookie; state, nonce and verifier are hashes of it, so that nothing is kept here
// meanwhile.

#include <memory>
#include <optional>
#include <semaphore>
#include <string>
#include <vector>

#include "api/login/openid/provider.hpp"

namespace vastine::api::openid {

// What went wrong, in the words of an address: the page for signing in says it.
enum class Fault {
    Away,         // the provider does not answer
    Refused,      // it says no, or the person did
    Stale,        // this browser has not begun what ends here, or too long ago
    NotBelieved,  // the token is not what was asked for
    NoRole,       // no group of theirs has one
    Impossible,   // their groups' roles do not go together
    Closed,       // the administrator has closed the account
    TooMany,      // failures from this address
};
[[nodiscard]] std::string_view name_of(Fault fault);

// Who signed in, as the provider tells it.
struct Person {
    std::string login;
    std::string name;
    std::string email;
    std::string language;  // fi, sv, en; empty: it does not say
    std::vector<std::string> groups;
    std::string subject;
    std::string session;  // the provider's name of theirs; may be empty
};

class SignIn {
public:
    // `public_url`: https://host, where the browser comes back to.
    SignIn(Provider& provider, std::string public_url);

    struct Begun {
        std::string secret;   // for the browser to keep until it comes back
        std::string address;  // to send it to
    };
    [[nodiscard]] tl::expected<Begun, Fault> begin();

    // What the provider sent the browser back with, and what the browser kept.
    struct Returned {
        std::string secret;
        std::string state;
        std::string code;
        std::string issuer;  // RFC 9207; empty: it does not say
        std::string error;
    };
    [[nodiscard]] tl::expected<Person, Fault> finish(const Returned& returned);

    // Where one signs out at the provider too; empty: nowhere. Without any token in it (RP-Initiated
    // Logout 1.0).
    [[nodiscard]] std::string sign_out_address() const;

    // Whose sessions the provider says are over (Back-Channel Logout 1.0 §2.4); nothing: it is not to be
    // believed.
    struct Ended {
        std::string subject;
        std::string session;
    };
    [[nodiscard]] std::optional<Ended> ended(std::string_view logout_token);

private:
    [[nodiscard]] std::string redirect_uri() const;
    [[nodiscard]] tl::expected<Person, Fault> person_of(std::string_view id_token, const std::string& nonce);

    Provider& provider_;
    std::string public_url_;
    // A provider that is slow holds so many workers and no more; the others go on with what else there is.
    std::counting_semaphore<2> asking_{2};
};

}  // namespace vastine::api::openid
