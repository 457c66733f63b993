#pragma once
// The warning when something that tells who a person is gets typed into what is meant to be anonymous.

#include <string>
#include <vector>

#include "domain/cases/days.hpp"

namespace vastine::domain {

// A text and the path of its field. Does not own the text.
struct Typed {
    std::string field;
    const std::string* text;
};

// NeedsConfirmation for every text that looks as if it held an identity code, a telephone number, an
// e-mail or a street address. Names the field and the kind of identifier, never what was typed.
[[nodiscard]] Permitted stays_anonymous(const std::vector<Typed>& texts);

}  // namespace vastine::domain
