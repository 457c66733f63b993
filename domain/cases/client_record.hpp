#pragma once
// The record that 739/2023 §11 asks for when a contact is more than general advice: who, on what ground
// somebody acts for them, in which languages, what was asked and advised, and who wrote it.

#include <google/protobuf/repeated_field.h>

#include <optional>
#include <string>
#include <string_view>

#include "domain/cases/days.hpp"
#include "domain/cases/decider.hpp"
#include "domain/schema/contact.pb.h"

namespace vastine::domain::contact {

// Does the law ask for a record before this measure? Advice and guiding elsewhere are general advice.
[[nodiscard]] bool needs_record(std::string_view measure);
// The first of them that does; null: none.
[[nodiscard]] const std::string* first_needing_record(
    const google::protobuf::RepeatedPtrField<std::string>& measures);

// What the system calls a client who gives no number: the same for the same contact.
[[nodiscard]] std::string temporary_id(std::string_view case_id);

// What the contact itself says already.
struct Said {
    std::string_view language;
    std::optional<Date> contacted_on;
};
// Beyond what the schema requires of a record. `path` is where it stands in the command, with its dot.
[[nodiscard]] Permitted record_complete(const ClientRecord& record, const std::string& path, const Said& said,
                                        const Context& context);
// Fills in what was not typed: the contact's language, and an id for a client who gave none.
void complete(ClientRecord& record, const std::string& language, const Context& context);

}  // namespace vastine::domain::contact
