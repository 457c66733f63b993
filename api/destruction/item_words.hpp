#pragma once
// Why an item stands on a destruction list as it does, in a reader's words.

#include <string>
#include <string_view>
#include <vector>

#include "domain/destruction/list.hpp"
#include "domain/reference/reference.hpp"
#include "domain/text/text.hpp"

namespace vastine::api {

// A sentence a line, read in their order: when its handling ended, how long it is kept and on what ground,
// what follows. Days are said while the list's key lives. Never empty.
[[nodiscard]] std::vector<std::string> words_of(const domain::destruction::Item& item,
                                                const domain::Reference& reference, domain::Date today,
                                                domain::Language language);

// As the API says it: waiting, to-archive, withheld, held-back, cleared, destroyed.
[[nodiscard]] std::string_view code_of(domain::destruction::Fate fate);

}  // namespace vastine::api
