#pragma once
// What a publication is called, in a reader's words.

#include <string>

#include "domain/schema/publication.pb.h"
#include "domain/text/text.hpp"

namespace vastine::api {

// "2018" of a calendar year, else "tammikuu–elokuu 2018".
[[nodiscard]] std::string period_words(const OpenPublication& opened, domain::Language language);
[[nodiscard]] std::string title_of(const OpenPublication& opened, domain::Language language);

}  // namespace vastine::api
