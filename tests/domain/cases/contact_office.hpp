#pragma once
// The ombudsmen's office that the tests of contacts and of field checks work in: the county's default
// reference data, three units and three people.

#include <google/protobuf/message.h>

#include "domain/reference/reference.hpp"

namespace vastine::domain::testing {

inline constexpr auto ombudsman = "11111111-1111-4111-8111-111111111111";
inline constexpr auto other_ombudsman = "22222222-2222-4222-8222-222222222222";
inline constexpr auto lawyer = "33333333-3333-4333-8333-333333333333";
inline constexpr auto retired = "44444444-4444-4444-8444-444444444444";

inline void add_unit(Reference& reference, const char* id, const char* parent, const char* from) {
    UnitSet event;
    event.mutable_given()->set_unit_id(id);
    event.mutable_given()->set_parent(parent);
    event.mutable_given()->set_valid_from(from);
    reference.apply(event);
}

inline void add_user(Reference& reference, const char* id, Role role, bool active) {
    UserSet event;
    event.mutable_given()->set_user_id(id);
    event.mutable_given()->set_login(id);
    event.mutable_given()->set_name("Nimi");
    event.mutable_given()->add_roles(role);
    event.mutable_given()->set_active(active);
    event.set_user_id(id);
    reference.apply(event);
}

inline Reference made_office() {
    Reference reference;
    for (const auto& command : default_reference_commands()) {
        if (const auto* codes = dynamic_cast<const PublishCodeSet*>(command.get())) {
            CodeSetPublished event;
            *event.mutable_given() = *codes;
            event.set_version(1);
            reference.apply(event);
        } else if (const auto* policy = dynamic_cast<const SetPolicy*>(command.get())) {
            PolicySet event;
            *event.mutable_given() = *policy;
            event.set_version(1);
            reference.apply(event);
        } else if (const auto* retention = dynamic_cast<const SetRetention*>(command.get())) {
            RetentionSet event;
            *event.mutable_given() = *retention;
            event.set_version(1);
            reference.apply(event);
        } else if (const auto* authority = dynamic_cast<const SetAuthority*>(command.get())) {
            AuthoritySet event;
            *event.mutable_given() = *authority;
            reference.apply(event);
        }
    }
    add_unit(reference, "sairaala", "", "2000-01-01");
    add_unit(reference, "osasto-3", "sairaala", "2000-01-01");
    add_unit(reference, "tuleva", "", "2030-01-01");
    add_user(reference, ombudsman, OMBUDSMAN, true);
    add_user(reference, other_ombudsman, OMBUDSMAN, true);
    add_user(reference, lawyer, LAWYER, true);
    add_user(reference, retired, OMBUDSMAN, false);
    return reference;
}

inline const Reference& office() {
    static const Reference reference = made_office();
    return reference;
}

}  // namespace vastine::domain::testing
