#include "domain/cases/anonymity.hpp"

#include "domain/cases/refusals.hpp"
#include "domain/identifiers/identifiers.hpp"

namespace vastine::domain {

namespace {

std::string_view warning_of(Identifier identifier) {
    switch (identifier) {
        case Identifier::IdentityCode:
            return "contact.looks_like_identity_code";
        case Identifier::Phone:
            return "contact.looks_like_phone";
        case Identifier::Email:
            return "contact.looks_like_email";
        case Identifier::Address:
            return "contact.looks_like_address";
    }
    return "";
}

}  // namespace

Permitted stays_anonymous(const std::vector<Typed>& texts) {
    Refusals refusals;
    for (const auto& typed : texts) {
        for (const auto identifier : identifiers_in(*typed.text)) {
            refusals.add(Reason::NeedsConfirmation, std::string(warning_of(identifier)), typed.field);
        }
    }
    return refusals.result();
}

}  // namespace vastine::domain
