#include "domain/text/message.hpp"

#include <unicode/messagepattern.h>
#include <unicode/plurrule.h>

#include <memory>
#include <optional>
#include <stdexcept>

namespace vastine::domain {

namespace {

using Pattern = icu::MessagePattern;

std::string utf8(const icu::UnicodeString& text) {
    std::string out;
    text.toUTF8String(out);
    return out;
}

Pattern parsed(std::string_view text) {
    UErrorCode status = U_ZERO_ERROR;
    Pattern pattern(status);
    UParseError place;
    pattern.parse(icu::UnicodeString::fromUTF8(std::string(text)), &place, status);
    if (U_FAILURE(status)) throw std::runtime_error("no message: " + std::string(text));
    return pattern;
}

const icu::PluralRules& rules_of(Language language) {
    const auto made = [](const char* code) {
        UErrorCode status = U_ZERO_ERROR;
        std::unique_ptr<icu::PluralRules> rules(icu::PluralRules::forLocale(icu::Locale(code), status));
        if (U_FAILURE(status)) throw std::runtime_error(std::string("ICU: ") + u_errorName(status));
        return rules;
    };
    static const auto finnish = made("fi");
    static const auto swedish = made("sv");
    static const auto english = made("en");
    switch (language) {
        case Language::Finnish:
            return *finnish;
        case Language::Swedish:
            return *swedish;
        case Language::English:
            return *english;
    }
    return *finnish;
}

// The number behind what is printed: digits in groups. Nothing when it is another thing, or has decimals.
std::optional<int> number_in(std::string_view printed, Language language) {
    const std::string_view group = language == Language::English ? "," : "\u00a0";
    int number = 0;
    bool any = false;
    while (!printed.empty()) {
        if (any && printed.starts_with(group)) {
            printed.remove_prefix(group.size());
            continue;
        }
        if (printed.front() < '0' || printed.front() > '9') return std::nullopt;
        // Above a million no language tells numbers apart by their words.
        number = number > 1'000'000 ? number : number * 10 + (printed.front() - '0');
        any = true;
        printed.remove_prefix(1);
    }
    return any ? std::optional(number) : std::nullopt;
}

class Filling {
public:
    Filling(const Pattern& pattern, const std::map<std::string, std::string>& args, Language language)
        : pattern_(pattern), args_(args), language_(language) {}

    // One message from its start: the whole, or the words of one choice, where # is `counted`.
    void message(int start, const std::string& counted, std::string& out) const {
        int done = pattern_.getPart(start).getLimit();
        for (int at = start + 1;; ++at) {
            const auto& part = pattern_.getPart(at);
            const auto type = part.getType();
            if (type == UMSGPAT_PART_TYPE_INSERT_CHAR) continue;
            copy(done, part.getIndex(), out);
            if (type == UMSGPAT_PART_TYPE_MSG_LIMIT) return;
            done = part.getLimit();
            if (type == UMSGPAT_PART_TYPE_REPLACE_NUMBER) out += counted;
            if (type != UMSGPAT_PART_TYPE_ARG_START) continue;
            const int limit = pattern_.getLimitPartIndex(at);
            argument(at, limit, out);
            done = pattern_.getPart(limit).getLimit();
            at = limit;
        }
    }

private:
    void copy(int from, int until, std::string& out) const {
        out += utf8(pattern_.getPatternString().tempSubStringBetween(from, until));
    }
    void argument(int at, int limit, std::string& out) const {
        const auto found = args_.find(utf8(pattern_.getSubstring(pattern_.getPart(at + 1))));
        if (found == args_.end()) {
            copy(pattern_.getPart(at).getIndex(), pattern_.getPart(limit).getLimit(), out);
        } else if (pattern_.getPart(at).getArgType() == UMSGPAT_ARG_TYPE_PLURAL) {
            choice(at + 2, limit, found->second, out);
        } else {
            out += found->second;
        }
    }
    // selector, its exact number if it has one ("=0"), message; and again.
    void choice(int at, int limit, const std::string& counted, std::string& out) const {
        const auto number = number_in(counted, language_);
        const auto keyword = number ? utf8(rules_of(language_).select(*number)) : std::string("other");
        int chosen = -1;
        while (at < limit) {
            const auto selector = utf8(pattern_.getSubstring(pattern_.getPart(at)));
            ++at;
            const auto type = pattern_.getPartType(at);
            const bool exact = type == UMSGPAT_PART_TYPE_ARG_INT || type == UMSGPAT_PART_TYPE_ARG_DOUBLE;
            if (exact) {
                const auto value = pattern_.getNumericValue(pattern_.getPart(at));
                ++at;
                if (number && value == *number) return message(at, counted, out);
            } else if (selector == keyword || (chosen < 0 && selector == "other")) {
                chosen = at;
            }
            at = pattern_.getLimitPartIndex(at) + 1;
        }
        message(chosen, counted, out);
    }

    const Pattern& pattern_;
    const std::map<std::string, std::string>& args_;
    Language language_;
};

}  // namespace

bool depends_on_number(std::string_view text) {
    return text.find(", plural,") != std::string_view::npos;
}

std::string fill_message(std::string_view text, const std::map<std::string, std::string>& args,
                         Language language) {
    const auto pattern = parsed(text);
    std::string out;
    Filling(pattern, args, language).message(0, {}, out);
    return out;
}

std::set<std::string> message_arguments(std::string_view text) {
    const auto pattern = parsed(text);
    std::set<std::string> names;
    for (int at = 0; at < pattern.countParts(); ++at) {
        if (pattern.getPartType(at) == UMSGPAT_PART_TYPE_ARG_NAME)
            names.insert(utf8(pattern.getSubstring(pattern.getPart(at))));
    }
    return names;
}

}  // namespace vastine::domain
