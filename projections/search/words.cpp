#include "projections/search/words.hpp"

#include <libstemmer.h>
#include <libvoikko/voikko.h>
#include <unicode/brkiter.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <hunspell/hunspell.hxx>
#include <optional>
#include <stdexcept>

#include "domain/calendar/date.hpp"

namespace vastine::projections::search {

namespace {

using icu::UnicodeString;

constexpr std::size_t longest_analysed_bytes = 120;
// No folded word begins with a control character.
constexpr char day_mark = '\x01';
constexpr char month_mark = '\x02';

std::string folded(const UnicodeString& text) {
    UErrorCode error = U_ZERO_ERROR;
    const auto* fold = icu::Normalizer2::getNFKCCasefoldInstance(error);
    std::string out;
    fold->normalize(text, error).toUTF8String(out);
    return out;
}

icu::BreakIterator& word_breaks() {
    static thread_local const auto breaks = [] {
        UErrorCode error = U_ZERO_ERROR;
        std::unique_ptr<icu::BreakIterator> made(
            icu::BreakIterator::createWordInstance(icu::Locale("fi"), error));
        if (U_FAILURE(error)) throw std::runtime_error("ICU has no word boundaries");
        return made;
    }();
    return *breaks;
}

bool ends_a_chunk(char16_t c) {
    return u_isUWhiteSpace(c) || u_iscntrl(c) ||
           std::u16string_view(u",;()[]{}<>\"'“”„»«|").find(c) != std::u16string_view::npos;
}
bool separates(char16_t c) {
    return std::u16string_view(u"/-.:_–‐‑").find(c) != std::u16string_view::npos;
}
bool digits(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::string two(unsigned number) {
    return (number < 10 ? "0" : "") + std::to_string(number);
}
std::optional<std::string> iso_day(const std::string& year, unsigned month, unsigned day) {
    const auto iso = year + '-' + two(month) + '-' + two(day);
    return domain::parse_date(iso) ? std::optional(iso) : std::nullopt;
}

std::vector<std::string> split(const std::string& text, char at) {
    std::vector<std::string> parts{""};
    for (const char c : text) {
        if (c == at) {
            parts.emplace_back();
        } else {
            parts.back() += c;
        }
    }
    return parts;
}

// 1.3.2026, 01.03.2026, 2026-03-01
std::optional<std::string> day_in(const std::string& chunk) {
    if (chunk.size() == 10 && chunk[4] == '-')
        return domain::parse_date(chunk) ? std::optional(chunk) : std::nullopt;
    const auto parts = split(chunk, '.');
    if (parts.size() != 3 || !std::ranges::all_of(parts, digits) || parts[2].size() != 4) return std::nullopt;
    if (parts[0].size() > 2 || parts[1].size() > 2) return std::nullopt;
    return iso_day(parts[2], static_cast<unsigned>(std::stoul(parts[1])),
                   static_cast<unsigned>(std::stoul(parts[0])));
}
// 2026-03
std::optional<std::string> month_in(const std::string& chunk) {
    if (chunk.size() != 7 || chunk[4] != '-' || !domain::parse_date(chunk + "-01")) return std::nullopt;
    return chunk;
}

// The number of a month's name in any form of it, 0 of another word.
unsigned month_named(const std::string& word) {
    static constexpr std::array finnish{"tammikuu", "helmikuu", "maaliskuu", "huhtikuu",
                                        "toukokuu", "kesäkuu",  "heinäkuu",  "elokuu",
                                        "syyskuu",  "lokakuu",  "marraskuu", "joulukuu"};
    static constexpr std::array swedish{"januari",   "februari", "mars",     "april",
                                        "maj",       "juni",     "juli",     "augusti",
                                        "september", "oktober",  "november", "december"};
    static constexpr std::array english{"january",   "february", "march",    "april",
                                        "may",       "june",     "july",     "august",
                                        "september", "october",  "november", "december"};
    for (unsigned i = 0; i < 12; ++i) {
        if (word.starts_with(finnish[i]) || word == swedish[i] || word == english[i]) return i + 1;
    }
    return 0;
}

void add_words(const UnicodeString& text, std::vector<Token>& out) {
    auto& breaks = word_breaks();
    breaks.setText(text);
    auto begin = breaks.first();
    for (auto end = breaks.next(); end != icu::BreakIterator::DONE; begin = end, end = breaks.next()) {
        if (breaks.getRuleStatus() == UBRK_WORD_NONE) continue;
        auto term = folded(text.tempSubStringBetween(begin, end));
        if (!term.empty())
            out.push_back({Shape::Word, std::move(term), static_cast<std::size_t>(begin),
                           static_cast<std::size_t>(end)});
    }
}

void add_chunk(const UnicodeString& text, int begin, int end, Side side, std::vector<Token>& out) {
    while (begin < end && (separates(text[begin]) || u_ispunct(text[begin]))) ++begin;
    while (begin < end && (separates(text[end - 1]) || u_ispunct(text[end - 1]))) --end;
    bool digit = false;
    bool separator = false;
    for (int i = begin; i < end; ++i) {
        digit = digit || u_isdigit(text[i]);
        separator = separator || separates(text[i]);
    }
    if (!digit || !separator) return;
    const auto chunk = folded(text.tempSubStringBetween(begin, end));
    const auto add = [&](Shape shape, std::string term) {
        out.push_back(
            {shape, std::move(term), static_cast<std::size_t>(begin), static_cast<std::size_t>(end)});
    };
    add(Shape::Number, chunk);
    // 123/2026 of HVA/123/2026
    bool separator_behind = false;
    for (int i = end - 1; side == Side::Case && i > begin; --i) {
        if (!separates(text[i])) continue;
        if (separator_behind) {
            out.push_back({Shape::Number, folded(text.tempSubStringBetween(i + 1, end)),
                           static_cast<std::size_t>(i + 1), static_cast<std::size_t>(end)});
        }
        separator_behind = true;
    }
    if (const auto day = day_in(chunk)) {
        add(Shape::Day, day_mark + *day);
        if (side == Side::Case) add(Shape::Month, month_mark + day->substr(0, 7));
    } else if (const auto month = month_in(chunk)) {
        add(Shape::Month, month_mark + *month);
    }
}

void add_chunks(const UnicodeString& text, Side side, std::vector<Token>& out) {
    int begin = 0;
    for (int i = 0; i <= text.length(); ++i) {
        if (i < text.length() && !ends_a_chunk(text[i])) continue;
        if (i > begin) add_chunk(text, begin, i, side, out);
        begin = i + 1;
    }
}

// maaliskuussa 2026; 1. maaliskuuta 2026. The words are in order.
void add_named_months(std::size_t words, Side side, std::vector<Token>& out) {
    for (std::size_t i = 0; i + 1 < words; ++i) {
        const auto month = month_named(out[i].term);
        const auto year = out[i + 1].term;
        if (month == 0 || year.size() != 4 || !digits(year)) continue;
        const auto end = out[i + 1].end;
        const auto day = i == 0 || !digits(out[i - 1].term) || out[i - 1].term.size() > 2 ||
                                 out[i - 1].end + 2 < out[i].begin
                             ? std::nullopt
                             : iso_day(year, month, static_cast<unsigned>(std::stoul(out[i - 1].term)));
        if (day) out.push_back({Shape::Day, day_mark + *day, out[i - 1].begin, end});
        if (!day || side == Side::Case)
            out.push_back({Shape::Month, month_mark + year + '-' + two(month), out[i].begin, end});
    }
}

}  // namespace

std::vector<Token> tokens_of(std::string_view text, Side side) {
    const auto whole =
        UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
    std::vector<Token> out;
    add_words(whole, out);
    const auto words = out.size();
    add_named_months(words, side, out);
    add_chunks(whole, side, out);
    std::ranges::stable_sort(out, {}, &Token::begin);
    return out;
}

// ---- forms of a word ----

struct Analyser::Inside {
    VoikkoHandle* voikko = nullptr;
    sb_stemmer* swedish = sb_stemmer_new("swedish", "UTF_8");
    sb_stemmer* english = sb_stemmer_new("english", "UTF_8");
    sb_stemmer* finnish = sb_stemmer_new("finnish", "UTF_8");  // of what Voikko does not know: rare names
    std::unique_ptr<Hunspell> swedish_words;

    ~Inside() {
        if (voikko != nullptr) voikkoTerminate(voikko);
        sb_stemmer_delete(swedish);
        sb_stemmer_delete(english);
        sb_stemmer_delete(finnish);
    }
    [[nodiscard]] bool finnish_stems(const std::string& word, Stems& stems) const;
    void swedish_stems(const std::string& word, Stems& stems) const;
    [[nodiscard]] bool begins_swedish_compounds(const std::string& part) const;
};

namespace {

// Stems of all languages are one set: where two meet, a word is found that need not have been.
std::string stem(sb_stemmer* stemmer, const std::string& word) {
    std::vector<sb_symbol> bytes(word.begin(), word.end());
    const auto* found = sb_stemmer_stem(stemmer, bytes.data(), static_cast<int>(bytes.size()));
    return found == nullptr ? word : std::string(found, found + sb_stemmer_length(stemmer));
}

std::string value_of(const voikko_mor_analysis* analysis, const char* name) {
    char* value = voikko_mor_analysis_value_cstr(analysis, name);
    if (value == nullptr) return {};
    std::string out(value);
    voikko_free_mor_analysis_value_cstr(value);
    return out;
}

UnicodeString wide(const std::string& text) {
    return UnicodeString::fromUTF8(text);
}

// "=pppppp=ppppp=ppppppppp": where the parts of a compound begin and end in the word as it was typed.
std::vector<int> ends_of_parts(const std::string& structure) {
    std::vector<int> ends;
    int at = 0;
    for (const char c : structure) {
        if (c == '=') {
            if (at > 0) ends.push_back(at);
        } else {
            ++at;
        }
    }
    ends.push_back(at);
    return ends;
}

// "+asia(asia)+n+ajaja(ajaja)": base forms of the parts; what a suffix goes on to change is none.
void add_bases(const std::string& word_bases, std::vector<std::string>& parts) {
    std::size_t at = 0;
    while ((at = word_bases.find('(', at)) != std::string::npos) {
        const auto end = word_bases.find(')', at);
        if (end == std::string::npos) return;
        const auto base = word_bases.substr(at + 1, end - at - 1);
        const auto next = word_bases.find('(', end);
        const bool changed = next != std::string::npos && word_bases.compare(next, 2, "(+") == 0;
        if (!base.empty() && base.front() != '+' && !changed) parts.push_back(folded(wide(base)));
        at = end;
    }
}

// Neighbouring parts together: "hoitovirhe" of "hammashoitovirheistä".
void add_parts(const UnicodeString& word, const UnicodeString& base, const std::vector<int>& ends,
               std::vector<std::string>& parts) {
    const int last_begin = ends[ends.size() - 2];
    if (ends.back() != word.length() || base.length() <= last_begin) return;
    UnicodeString last;
    base.extractBetween(last_begin, base.length(), last);
    for (std::size_t first = 0; first < ends.size(); ++first) {
        const int begin = first == 0 ? 0 : ends[first - 1];
        for (std::size_t i = first; i < ends.size(); ++i) {
            if (first == 0 && i + 1 == ends.size()) continue;
            const bool to_the_end = i + 1 == ends.size();
            UnicodeString part;
            word.extractBetween(begin, to_the_end ? last_begin : ends[i], part);
            if (to_the_end && begin < last_begin) {
                part += last;
            } else if (to_the_end) {
                part = last;
            }
            parts.push_back(folded(part));
        }
    }
}

// The place where something is done goes with what is done there: hammashoitola, hammashoito.
std::optional<UnicodeString> done_there(const UnicodeString& base) {
    constexpr int shortest = 7;
    const bool place = base.endsWith(u"la", 0, 2) || base.endsWith(u"lä", 0, 2);
    if (!place || base.length() < shortest) return std::nullopt;
    return UnicodeString(base, 0, base.length() - 2);
}

void keep_each_once(std::vector<std::string>& terms) {
    std::ranges::sort(terms);
    terms.erase(std::unique(terms.begin(), terms.end()), terms.end());
}

}  // namespace

bool Analyser::Inside::finnish_stems(const std::string& word, Stems& stems) const {
    auto** analyses = voikkoAnalyzeWordCstr(voikko, word.c_str());
    if (analyses == nullptr) return false;
    const bool known = *analyses != nullptr;
    for (auto** each = analyses; *each != nullptr; ++each) {
        const auto base = wide(value_of(*each, "BASEFORM"));
        if (base.isEmpty()) continue;
        stems.own.push_back(folded(base));
        if (const auto done = done_there(base)) {
            std::string text;
            done->toUTF8String(text);
            if (voikkoSpellCstr(voikko, text.c_str()) == VOIKKO_SPELL_OK) stems.own.push_back(folded(*done));
        }
        const auto ends = ends_of_parts(value_of(*each, "STRUCTURE"));
        if (ends.size() < 2) continue;
        add_bases(value_of(*each, "WORDBASES"), stems.parts);
        add_parts(wide(word), base, ends, stems.parts);
    }
    voikko_free_mor_analysis(analyses);
    return known;
}

// "tand" and "hälso" do, "kon" of "kontakt" does not: they stand before words that much stands before.
bool Analyser::Inside::begins_swedish_compounds(const std::string& part) const {
    // Two, since no word is put before itself.
    return swedish_words->spell(part + "vård") || swedish_words->spell(part + "plats");
}

// A compound is found by what it ends with: "vård" finds "tandvården". What it begins with it is found by
// anyway.
void Analyser::Inside::swedish_stems(const std::string& word, Stems& stems) const {
    if (!swedish_words->spell(word)) return;
    for (const auto& base : swedish_words->stem(word)) stems.own.push_back(folded(wide(base)));
    constexpr int shortest_part = 3;
    const auto letters = wide(word);
    for (int at = shortest_part; at + shortest_part <= letters.length(); ++at) {
        std::string first;
        std::string last;
        letters.tempSubStringBetween(0, at).toUTF8String(first);
        letters.tempSubStringBetween(at).toUTF8String(last);
        if (!swedish_words->spell(last) || !begins_swedish_compounds(first)) continue;
        for (const auto& base : swedish_words->stem(last)) stems.parts.push_back(folded(wide(base)));
        stems.parts.push_back(stem(swedish, last));
    }
}

Analyser::Analyser() : inside_(std::make_unique<Inside>()) {
    const char* error = nullptr;
    inside_->voikko = voikkoInit(&error, "fi", nullptr);
    if (inside_->voikko == nullptr) throw std::runtime_error("Voikko has no Finnish dictionary (voikko-fi)");
    // The Swedish of Finland.
    constexpr const char* rules = "/usr/share/hunspell/sv_FI.aff";
    constexpr const char* words = "/usr/share/hunspell/sv_FI.dic";
    if (!std::filesystem::exists(rules) || !std::filesystem::exists(words))
        throw std::runtime_error("there is no Swedish dictionary (hunspell-sv)");
    inside_->swedish_words = std::make_unique<Hunspell>(rules, words);
}
Analyser::~Analyser() = default;

Stems Analyser::stems_of(const std::string& folded_word) {
    Stems stems;
    const auto word = wide(folded_word);
    if (folded_word.size() > longest_analysed_bytes || word.length() < 2) return stems;
    for (int i = 0; i < word.length(); ++i) {
        if (!u_isalpha(word[i])) return stems;
    }
    const bool known = inside_->finnish_stems(folded_word, stems);
    if (!known) stems.own.push_back(stem(inside_->finnish, folded_word));
    if (!known) inside_->swedish_stems(folded_word, stems);
    stems.own.push_back(stem(inside_->swedish, folded_word));
    stems.own.push_back(stem(inside_->english, folded_word));
    keep_each_once(stems.own);
    keep_each_once(stems.parts);
    return stems;
}

}  // namespace vastine::projections::search
