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
    return fill(in_language(*found, language), args, language);
}

bool has_text(std::string_view id) {
    return catalogue().find(id) != nullptr;
}

namespace {

// An organisation may name its own units and codes in one language only; that name is then shown in
// every language, Finnish before Swedish before English.
const std::string& first_known(Language language, const std::string& fi, const std::string& sv,
                               const std::string& en) {
    const std::string& asked = language == Language::Finnish ? fi : language == Language::Swedish ? sv : en;
    if (!asked.empty()) return asked;
    if (!fi.empty()) return fi;
    return sv.empty() ? en : sv;
}

}  // namespace

const std::string& in_language(const Text& text, Language language) {
    return first_known(language, text.fi(), text.sv(), text.en());
}

const std::string& in_language(const Label& label, Language language) {
    return first_known(language, label.fi, label.sv, label.en);
}

std::string text(const Rejection& rejection, Language language) {
    auto args = rejection.args;
    for (const auto& [name, label] : rejection.labels) args[name] = in_language(label, language);
    return text(rejection.text, language, args);
}

namespace {

void explain(const Rejection& rejection, Language language, std::string& all) {
    if (!all.empty()) all += ' ';
    if (!rejection.field.empty()) all += rejection.field + ": ";
    all += text(rejection, language);
    for (const Rejection& further : rejection.more) explain(further, language, all);
}

}  // namespace

std::string explain(const Rejection& rejection, Language language) {
    std::string all;
    explain(rejection, language, all);
    return all;
}

}  // namespace vastine::domain
