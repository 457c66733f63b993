#pragma once
// Letters filled from a case: the table of fields that a template may name, and what each says. A letter is
// Markdown; what people wrote stands in it as words, whatever signs are in them.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/reference/reference.hpp"
#include "domain/schema/casework.pb.h"
#include "domain/schema/reminder.pb.h"
#include "domain/schema/values.pb.h"
#include "domain/text/text.hpp"

namespace vastine::domain {

// What a letter can be told of a case; empty where the case does not say.
struct LetterCase {
    Opening opening;
    std::string due_by;     // of the answer
    std::string authority;  // id
    std::string authority_diary_number;
    std::optional<RequestStatement> statement;  // the newest that waits
    std::string statement_due_by;
    std::string reply;
    std::vector<MatterOutcome> outcomes;
    std::string signer;
    std::optional<Transfer> transfer;
    std::string handler;  // user id
};

// {{name}} in a template; the id of its label is "letter.field." and the name.
[[nodiscard]] std::span<const std::string_view> letter_fields();

struct Letter {
    std::string markdown;
    // Fields that the case does not have, or that there are none of, each once, as the template names them.
    // They stay in the text as they were written, so that nobody sends a gap without seeing it.
    std::vector<std::string> missing;
};
[[nodiscard]] Letter fill(std::string_view markdown, const LetterCase& of, const Reference& reference,
                          Language language);

// Fields named in the template that there are none of, each once.
[[nodiscard]] std::vector<std::string> unknown_letter_fields(std::string_view markdown);

// The letter with values made up, of no case: what whoever writes a template looks at. What the organisation
// has said of itself is its own.
[[nodiscard]] Letter fill_with_samples(std::string_view markdown, const Reference& reference,
                                       Language language);

// What a field is called, for who is told that it is missing; the name itself when there is no such field.
[[nodiscard]] std::string letter_field_label(std::string_view name, Language language);

}  // namespace vastine::domain
