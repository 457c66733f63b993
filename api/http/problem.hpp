#pragma once
// Refusals on the wire: RFC 9457 problem documents in the caller's language. The one place where a
// reason becomes a status.

#include <map>
#include <string>

#include "api/http/message.hpp"
#include "domain/result.hpp"
#include "domain/text/text.hpp"

namespace vastine::api {

// What can be wrong before, around and after a command; the domain's own refusals are Rejections.
enum class Trouble {
    MalformedRequest,
    UnreadableBody,
    UnknownParameter,
    BadParameter,
    BadPurpose,  // X-Purpose
    KeyMissing,  // no Idempotency-Key
    NotSignedIn,
    WrongCredentials,
    SecondFactorRequired,  // the password was right
    WrongCode,
    PasswordsClosed,  // people sign in at the provider
    WrongCsrfToken,
    PasswordChangeRequired,
    SecondFactorSetUpRequired,
    OutsideTokenScope,
    NotAllowed,
    NotFound,
    MethodNotAllowed,
    Timeout,
    TooLarge,
    WrongMediaType,
    PreconditionRequired,
    TooManyRequests,
    TooManyFailedLogins,
    TooManyRenderings,
    HeaderTooLarge,
    ExpectationFailed,
    Internal,
    Busy,
    WarmingUp,
    Faulty,
};

[[nodiscard]] Response problem(Trouble trouble, domain::Language language,
                               const std::map<std::string, std::string>& args = {});
// With each of its errors in `errors`.
[[nodiscard]] Response problem(const domain::Rejection& rejection, domain::Language language);
// The same, as another trouble than its reason is: a body that could not be read at all.
[[nodiscard]] Response problem(Trouble trouble, const domain::Rejection& rejection,
                               domain::Language language);

[[nodiscard]] unsigned status_of(domain::Reason reason);

}  // namespace vastine::api
