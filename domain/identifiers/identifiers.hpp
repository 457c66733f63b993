#pragma once
// What in a free text would tell who somebody is: for the warning when it is typed into a contact
// that is meant to stay anonymous. Errs on the side of asking once too often, save for what offices
// write all day: dates, clock times, diary numbers, postal codes, road numbers.

#include <optional>
#include <set>
#include <string_view>

namespace vastine::domain {

enum class Identifier { IdentityCode, Phone, Email, Address };

// Kinds found in a UTF-8 text. The text itself is never given back.
[[nodiscard]] std::set<Identifier> identifiers_in(std::string_view text);

// A Finnish personal identity code, every century sign included (+ - U V W X Y A B C D E F): the date
// exists and the check character is right. Spaces around it are not forgiven.
[[nodiscard]] bool is_identity_code(std::string_view text);

}  // namespace vastine::domain
