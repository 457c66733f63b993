#pragma once
// The catalogue behind text(): read once from TOML. Nested tables; a table with the strings fi, sv and en
// is one text, and its id is the dotted path to it.

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "domain/schema/values.pb.h"
#include "domain/text/text.hpp"

namespace vastine::domain {

class Catalogue {
public:
    // Adds the texts of one file. Throws std::runtime_error that names the file and the place when it is
    // no TOML, a text lacks a language or is empty, a value is no text, or an id stands twice.
    void add(std::string_view file, std::string_view toml);

    [[nodiscard]] const Text* find(std::string_view id) const;
    [[nodiscard]] const std::map<std::string, Text, std::less<>>& texts() const { return texts_; }

private:
    std::map<std::string, Text, std::less<>> texts_;
};

// Every file of domain/data/texts.
[[nodiscard]] const Catalogue& catalogue();

// {name} becomes the argument of that name; a placeholder without an argument stays as it is, and an
// argument's own braces are never read as placeholders. A text that depends on a number is a message
// (message.hpp); only for these the language matters.
[[nodiscard]] std::string fill(std::string_view text, const std::map<std::string, std::string>& args,
                               Language language = Language::Finnish);
[[nodiscard]] std::set<std::string> placeholders(std::string_view text);

}  // namespace vastine::domain
