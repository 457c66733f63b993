#include "domain/text/text.hpp"

#include <stdexcept>

#include "domain/text/catalogue.hpp"

namespace vastine::domain {

std::optional<Language> parse_language(std::string_view code) {
    if (code == "fi") return Language::Finnish;
    if (code == "sv") return Language::Swedish;
    if (code == "en") return Language::English;
    return std::nullopt;
}

std::string_view code_of(Language language) {
    switch (language) {
        case Language::Finnish:
            return "fi";
        case Language::Swedish:
            return "sv";
        case Language::English:
            return "en";
    }
    return "fi";
}

std::string text(std::string_view id, Language language, const std::map<std::string, std::string>& args) {
    const Text* const found = catalogue().find(id);
    if (!found) throw std::out_of_range("no text has the id " + std::string(id));
    return fill(in_language(*found, language), args);
}

bool has_text(std::string_view id) {
    return catalogue().find(id) != nullptr;
}

// An organisation may name its own units and codes in one language only; that name is then shown in
// every language, Finnish before Swedish before English.
const std::string& in_language(const Text& text, Language language) {
    const std::string& asked = language == Language::Finnish   ? text.fi()
                               : language == Language::Swedish ? text.sv()
                                                               : text.en();
    if (!asked.empty()) return asked;
    if (!text.fi().empty()) return text.fi();
    return text.sv().empty() ? text.en() : text.sv();
}

namespace {

void explain(const Rejection& rejection, Language language, std::string& all) {
    if (!all.empty()) all += ' ';
    if (!rejection.field.empty()) all += rejection.field + ": ";
    all += text(rejection.text, language, rejection.args);
    for (const Rejection& further : rejection.more) explain(further, language, all);
}

}  // namespace

std::string explain(const Rejection& rejection, Language language) {
    std::string all;
    explain(rejection, language, all);
    return all;
}

}  // namespace vastine::domain
