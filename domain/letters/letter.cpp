#include "domain/letters/letter.hpp"

#include <algorithm>
#include <array>

#include "domain/calendar/date.hpp"
#include "domain/calendar/explanation.hpp"

namespace vastine::domain {

namespace {

struct Asked {
    const LetterCase& of;
    const Reference& reference;
    Language language;
};

// What somebody typed is no markup: a sign that would make some stands for itself. Lines stay lines.
std::string plain_words(std::string_view text) {
    constexpr std::string_view signs = "\\`*_{}[]<>#|~&";
    std::string escaped;
    bool line_begins = true;
    for (const char c : text) {
        const bool begins_a_list = line_begins && (c == '-' || c == '+' || c == '=');
        if (signs.find(c) != std::string_view::npos || begins_a_list) escaped += '\\';
        escaped += c;
        if (c != ' ' && c != '\t') line_begins = c == '\n';
    }
    return escaped;
}

std::string day(const std::string& iso, Language language) {
    const auto date = parse_date(iso);
    return date ? written(*date, language) : std::string();
}

std::string unit_name(const std::string& id, const Asked& asked) {
    const auto* unit = asked.reference.unit(id);
    if (unit == nullptr) return plain_words(id);
    return plain_words(in_language(unit->given.name(), asked.language));
}

std::string joined(const std::vector<std::string>& parts, std::string_view between) {
    std::string all;
    for (const auto& part : parts) {
        if (part.empty()) continue;
        if (!all.empty()) all += between;
        all += part;
    }
    return all;
}

const Person& recipient_of(const Opening& opening) {
    return opening.maker_person().name().empty() ? opening.client() : opening.maker_person();
}

std::string outcomes(const Asked& asked) {
    std::vector<std::string> paragraphs;
    for (const auto& outcome : asked.of.outcomes) {
        const auto* code = asked.reference.code("reminder_outcome", outcome.outcome());
        const auto name = code == nullptr ? outcome.outcome() : in_language(code->name(), asked.language);
        paragraphs.push_back("**" + plain_words(name) + ".** " + plain_words(outcome.reasons()));
    }
    return joined(paragraphs, "\n\n");
}

struct Field {
    std::string_view name;
    std::string (*say)(const Asked&);  // empty: the case does not have it
};

// The table. What a template may name is here and nowhere else.
constexpr std::array fields{
    Field{"diary_number", [](const Asked& a) { return plain_words(a.of.opening.diary_number()); }},
    Field{"arrived_on", [](const Asked& a) { return day(a.of.opening.arrived_on(), a.language); }},
    Field{"due_by", [](const Asked& a) { return day(a.of.due_by, a.language); }},
    Field{"units",
          [](const Asked& a) {
              std::vector<std::string> names;
              for (const auto& unit : a.of.opening.units()) names.push_back(unit_name(unit, a));
              return joined(names, ", ");
          }},
    Field{"subject", [](const Asked& a) { return plain_words(a.of.opening.subject()); }},
    Field{"client", [](const Asked& a) { return plain_words(a.of.opening.client().name()); }},
    Field{"recipient",
          [](const Asked& a) {
              const auto& person = recipient_of(a.of.opening);
              return joined({plain_words(person.name()), plain_words(person.address())}, "\\\n");
          }},
    Field{"authority",
          [](const Asked& a) {
              const auto* authority = a.reference.authority(a.of.authority);
              if (authority == nullptr) return plain_words(a.of.authority);
              return plain_words(in_language(authority->name(), a.language));
          }},
    Field{"authority_diary_number", [](const Asked& a) { return plain_words(a.of.authority_diary_number); }},
    Field{"statement_unit",
          [](const Asked& a) { return a.of.statement ? unit_name(a.of.statement->unit(), a) : ""; }},
    Field{"statement_question",
          [](const Asked& a) { return a.of.statement ? plain_words(a.of.statement->question()) : ""; }},
    Field{"statement_due_by", [](const Asked& a) { return day(a.of.statement_due_by, a.language); }},
    Field{"reply", [](const Asked& a) { return plain_words(a.of.reply); }},
    Field{"outcomes", outcomes},
    Field{"signer", [](const Asked& a) { return plain_words(a.of.signer); }},
    Field{"transferred_to",
          [](const Asked& a) { return a.of.transfer ? plain_words(a.of.transfer->to()) : ""; }},
    Field{
        "transferred_on",
        [](const Asked& a) { return a.of.transfer ? day(a.of.transfer->transferred_on(), a.language) : ""; }},
    Field{"handler",
          [](const Asked& a) {
              const auto* user = a.reference.user(a.of.handler);
              return user == nullptr ? std::string() : plain_words(user->name());
          }},
    Field{"organisation",
          [](const Asked& a) {
              return plain_words(in_language(a.reference.organisation().name(), a.language));
          }},
    Field{"letterhead",
          [](const Asked& a) {
              return plain_words(in_language(a.reference.organisation().letterhead(), a.language));
          }},
};

constexpr std::array said_by_the_organisation{std::string_view("organisation"),
                                              std::string_view("letterhead")};

const Field* find(std::string_view name) {
    const auto found = std::ranges::find(fields, name, &Field::name);
    return found == fields.end() ? nullptr : &*found;
}

}  // namespace

std::span<const std::string_view> letter_fields() {
    static const auto names = [] {
        std::array<std::string_view, fields.size()> all;
        std::ranges::transform(fields, all.begin(), &Field::name);
        return all;
    }();
    return names;
}

namespace {

// `say` gives what stands in a field's place; empty: it stays, and is missing.
template <class Say>
Letter filled(std::string_view markdown, Say say) {
    Letter letter;
    while (true) {
        const auto open = markdown.find("{{");
        const auto close = open == std::string_view::npos ? open : markdown.find("}}", open);
        if (close == std::string_view::npos) break;
        letter.markdown += markdown.substr(0, open);
        const auto name = markdown.substr(open + 2, close - open - 2);
        const auto* field = find(name);
        const auto said = field == nullptr ? std::string() : say(*field);
        if (said.empty()) {
            letter.markdown += markdown.substr(open, close + 2 - open);
            if (std::ranges::find(letter.missing, name) == letter.missing.end())
                letter.missing.emplace_back(name);
        } else {
            letter.markdown += said;
        }
        markdown.remove_prefix(close + 2);
    }
    letter.markdown += markdown;
    return letter;
}

}  // namespace

Letter fill(std::string_view markdown, const LetterCase& of, const Reference& reference, Language language) {
    const Asked asked{of, reference, language};
    return filled(markdown, [&](const Field& field) { return field.say(asked); });
}

Letter fill_with_samples(std::string_view markdown, const Reference& reference, Language language) {
    const LetterCase of;
    const Asked asked{of, reference, language};
    return filled(markdown, [&](const Field& field) {
        if (std::ranges::find(said_by_the_organisation, field.name) != said_by_the_organisation.end())
            if (auto said = field.say(asked); !said.empty()) return said;
        return text("letter.sample." + std::string(field.name), language);
    });
}

std::vector<std::string> unknown_letter_fields(std::string_view markdown) {
    return filled(markdown, [](const Field& field) { return std::string(field.name); }).missing;
}

std::string letter_field_label(std::string_view name, Language language) {
    if (find(name) == nullptr) return std::string(name);
    return text("letter.field." + std::string(name), language);
}

}  // namespace vastine::domain
