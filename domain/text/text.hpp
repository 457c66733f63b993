#pragma once
// One catalogue of texts for the whole product, in Finnish, Swedish and English. The TOML files of
// domain/data/texts are compiled into the executable; a test keeps ids, languages and placeholders
// complete and finds texts nobody uses.

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "domain/result.hpp"
#include "domain/schema/values.pb.h"

namespace vastine::domain {

enum class Language { Finnish, Swedish, English };

[[nodiscard]] std::optional<Language> parse_language(std::string_view code);  // fi, sv, en
[[nodiscard]] std::string_view code_of(Language language);

// The text with its named placeholders {name} filled in, and the words that go with a number
// (message.hpp). An unknown id throws std::out_of_range:
// it is a bug, and the catalogue test finds it.
[[nodiscard]] std::string text(std::string_view id, Language language,
                               const std::map<std::string, std::string>& args = {});
[[nodiscard]] bool has_text(std::string_view id);
// The text in the language, or in the next one it has: Finnish, Swedish, English.
[[nodiscard]] const std::string& in_language(const Text& text, Language language);
[[nodiscard]] const std::string& in_language(const Label& label, Language language);
// The refusal's own text, with its labels in the language.
[[nodiscard]] std::string text(const Rejection& rejection, Language language);
// The refusal in one line: its text, its field before it, and every further field error after it.
[[nodiscard]] std::string explain(const Rejection& rejection, Language language);

}  // namespace vastine::domain
