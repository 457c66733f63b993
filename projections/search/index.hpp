#pragma once
// The inverted index: which cases hold which words. Nothing of it is ever written to a disk. A word that
// no case holds any more is forgotten with its forms.
//
// Forms belong to the vocabulary, not to the cases: a stem leads to the words that share it, and words to
// cases. So a word is analysed once, however many cases hold it.
//
// Threads: none of its own; the caller locks.

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "projections/search/words.hpp"

namespace vastine::projections::search {

// How a word was found. Of several words the weakest says how a case was found.
enum class Match : std::uint8_t { None, ByPrefix, ByStem, Exactly };

// One thing that must be found in a case.
struct Asked {
    Shape shape = Shape::Word;
    std::string term;
    std::vector<std::string> stems;
};
// What a person typed, as things to find. Nothing: no word in it.
[[nodiscard]] std::vector<Asked> asked(std::string_view text, Analyser& analyser);

// What a word must be to be marked for what was asked.
class Marking {
public:
    Marking(const Asked& asked, std::unordered_set<std::string> of_same_stem)
        : asked_(asked), of_same_stem_(std::move(of_same_stem)) {}
    [[nodiscard]] Match of(const Token& token) const;

private:
    Asked asked_;
    std::unordered_set<std::string> of_same_stem_;
};

class Index {
public:
    struct Found {
        std::string stream;
        Match match = Match::None;
    };

    // Those of the words that no case held before: put() needs their forms.
    [[nodiscard]] std::vector<std::string> unknown(const std::unordered_set<std::string>& words) const;
    // The words of a case, in place of those it had.
    void put(const std::string& stream, const std::unordered_set<std::string>& words,
             const std::unordered_map<std::string, Stems>& forms);
    void remove(const std::string& stream);

    // Cases that hold everything asked, in no order.
    [[nodiscard]] std::vector<Found> find(const std::vector<Asked>& all) const;
    [[nodiscard]] std::vector<Marking> marking(const std::vector<Asked>& all) const;

    [[nodiscard]] std::size_t cases() const { return numbers_.size(); }
    [[nodiscard]] std::size_t words() const { return by_text_.size(); }
    [[nodiscard]] bool knows(const std::string& word) const { return by_text_.contains(word); }
    [[nodiscard]] std::size_t bytes() const;  // about

private:
    using Number = std::uint32_t;
    using WordsOfStem = std::unordered_map<std::string, std::vector<Number>>;
    struct Word {
        std::string text;
        std::vector<Number> cases;  // in order
        std::vector<const WordsOfStem::value_type*> stems;
    };
    struct Case {
        std::string stream;  // empty: free for another one
        std::vector<Number> words;
    };
    using Matches = std::vector<Match>;  // by case

    Number number_of_word(const std::string& text, const std::unordered_map<std::string, Stems>& forms);
    Number number_of_case(const std::string& stream);
    void forget(Number word);
    void take_words(Number number);
    void mark(Number word, Match match, Matches& matches) const;
    void mark_alike(const Asked& asked, Matches& matches) const;
    [[nodiscard]] Matches matches(const Asked& asked) const;

    std::deque<Word> words_;
    std::vector<Number> free_words_;
    std::map<std::string_view, Number> by_text_;
    WordsOfStem by_stem_;  // whose entries stay where they are
    std::deque<Case> cases_;
    std::vector<Number> free_cases_;
    std::unordered_map<std::string_view, Number> numbers_;
};

}  // namespace vastine::projections::search
