#pragma once
// What a text is made of for searching: words as typed, numbers with their separators, days and months.
// And what a word has in common with its other forms: Finnish and Swedish base forms and parts of compounds,
// English stems. ä, ö and å are letters of their own: case is folded, nothing else.

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace vastine::projections::search {

enum class Shape {
    Word,    // one word, or one group of digits
    Number,  // with separators: HVA/123/2026
    Day,     // 2026-03-01, however it was written
    Month,   // 2026-03
};
struct Token {
    Shape shape = Shape::Word;
    std::string term;       // folded; of days and months the ISO form behind a mark no word begins with
    std::size_t begin = 0;  // in UTF-16 units of the text
    std::size_t end = 0;
};

// A case holds more than was written: with a day its month, with a number what follows each separator.
enum class Side { Case, Question };
// In the order of their beginnings. What is part of a number, a day or a month also stands by itself.
[[nodiscard]] std::vector<Token> tokens_of(std::string_view text, Side side);

// What a word shares with others. `own` are those of the whole word; `parts` those of what a compound is
// made of: "virhe" finds "hoitovirheestä", and "hoitovirhe" does not find every "virhe".
struct Stems {
    std::vector<std::string> own;
    std::vector<std::string> parts;
};

// Holds the dictionaries. Their handles are not safe to share: one thread at a time.
class Analyser {
public:
    // Throws std::runtime_error when the Finnish or the Swedish dictionary is not installed.
    Analyser();
    ~Analyser();
    Analyser(const Analyser&) = delete;
    Analyser& operator=(const Analyser&) = delete;

    [[nodiscard]] Stems stems_of(const std::string& folded_word);

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

}  // namespace vastine::projections::search
