#include "projections/search/index.hpp"

#include <algorithm>
#include <utility>

namespace vastine::projections::search {

namespace {

bool covers(const Token& outer, const Token& inner) {
    return &outer != &inner && outer.begin <= inner.begin && inner.end <= outer.end;
}

// A word of a document and a word that was asked for: both begin alike as typed.
bool prefixed(const Asked& asked, std::string_view word) {
    constexpr std::size_t shortest = 2;
    const bool by_prefix = asked.shape == Shape::Word || asked.shape == Shape::Number;
    return by_prefix && asked.term.size() >= shortest && word.starts_with(asked.term);
}

}  // namespace

std::vector<Asked> asked(std::string_view text, Analyser& analyser) {
    const auto tokens = tokens_of(text, Side::Question);
    std::vector<Asked> all;
    for (const auto& token : tokens) {
        // A date is asked for as a date, a number as a whole: their pieces are not asked for again.
        const bool piece = std::ranges::any_of(
            tokens, [&](const Token& other) { return covers(other, token) && other.shape > token.shape; });
        if (piece) continue;
        Asked one{token.shape, token.term, {}};
        if (token.shape == Shape::Word) one.stems = analyser.stems_of(token.term).own;
        const bool again =
            std::ranges::any_of(all, [&](const Asked& other) { return other.term == one.term; });
        if (!again) all.push_back(std::move(one));
    }
    return all;
}

Match Marking::of(const Token& token) const {
    if (token.term == asked_.term) return Match::Exactly;
    if (of_same_stem_.contains(token.term)) return Match::ByStem;
    return prefixed(asked_, token.term) ? Match::ByPrefix : Match::None;
}

std::vector<std::string> Index::unknown(const std::unordered_set<std::string>& words) const {
    std::vector<std::string> out;
    std::ranges::copy_if(words, std::back_inserter(out), [&](const auto& word) { return !knows(word); });
    return out;
}

Index::Number Index::number_of_word(const std::string& text,
                                    const std::unordered_map<std::string, Stems>& forms) {
    if (const auto known = by_text_.find(text); known != by_text_.end()) return known->second;
    auto number = static_cast<Number>(words_.size());
    if (free_words_.empty()) {
        words_.emplace_back();
    } else {
        number = free_words_.back();
        free_words_.pop_back();
    }
    auto& word = words_[number];
    word.text = text;
    if (const auto of = forms.find(text); of != forms.end()) {
        auto all = of->second.own;
        all.insert(all.end(), of->second.parts.begin(), of->second.parts.end());
        std::ranges::sort(all);
        all.erase(std::unique(all.begin(), all.end()), all.end());
        word.stems.reserve(all.size());
        for (const auto& stem : all) {
            auto& alike = *by_stem_.try_emplace(stem).first;
            alike.second.push_back(number);
            word.stems.push_back(&alike);
        }
    }
    by_text_.emplace(word.text, number);
    return number;
}

Index::Number Index::number_of_case(const std::string& stream) {
    if (const auto known = numbers_.find(stream); known != numbers_.end()) return known->second;
    auto number = static_cast<Number>(cases_.size());
    if (free_cases_.empty()) {
        cases_.emplace_back();
    } else {
        number = free_cases_.back();
        free_cases_.pop_back();
    }
    cases_[number].stream = stream;
    numbers_.emplace(cases_[number].stream, number);
    return number;
}

void Index::forget(Number number) {
    auto& word = words_[number];
    for (const auto* stem : word.stems) {
        const auto alike = by_stem_.find(stem->first);
        std::erase(alike->second, number);
        if (alike->second.empty()) by_stem_.erase(alike);
    }
    by_text_.erase(word.text);
    word = {};
    free_words_.push_back(number);
}

void Index::take_words(Number number) {
    for (const auto word : std::exchange(cases_[number].words, {})) {
        auto& holders = words_[word].cases;
        const auto at = std::ranges::lower_bound(holders, number);
        holders.erase(at);
        if (holders.empty()) forget(word);
    }
}

void Index::put(const std::string& stream, const std::unordered_set<std::string>& words,
                const std::unordered_map<std::string, Stems>& forms) {
    const auto number = number_of_case(stream);
    std::vector<Number> now;
    now.reserve(words.size());
    for (const auto& text : words) now.push_back(number_of_word(text, forms));
    std::ranges::sort(now);
    // The new words first: a word that stays is not forgotten in between.
    auto before = std::exchange(cases_[number].words, {});
    for (const auto word : now) {
        auto& holders = words_[word].cases;
        const auto at = std::ranges::lower_bound(holders, number);
        if (at == holders.end() || *at != number) holders.insert(at, number);
    }
    std::vector<Number> gone;
    std::ranges::set_difference(before, now, std::back_inserter(gone));
    cases_[number].words = std::move(gone);
    take_words(number);
    cases_[number].words = std::move(now);
}

void Index::remove(const std::string& stream) {
    const auto known = numbers_.find(stream);
    if (known == numbers_.end()) return;
    const auto number = known->second;
    take_words(number);
    numbers_.erase(known);
    cases_[number] = {};
    free_cases_.push_back(number);
}

void Index::mark(Number word, Match match, Matches& matches) const {
    for (const auto number : words_[word].cases) matches[number] = std::max(matches[number], match);
}

void Index::mark_alike(const Asked& asked, Matches& matches) const {
    for (const auto& stem : asked.stems) {
        const auto alike = by_stem_.find(stem);
        if (alike == by_stem_.end()) continue;
        for (const auto word : alike->second) mark(word, Match::ByStem, matches);
    }
}

Index::Matches Index::matches(const Asked& asked) const {
    Matches all(cases_.size(), Match::None);
    for (auto word = by_text_.lower_bound(asked.term); word != by_text_.end(); ++word) {
        const bool exact = word->first == asked.term;
        if (!exact && !prefixed(asked, word->first)) break;
        mark(word->second, exact ? Match::Exactly : Match::ByPrefix, all);
    }
    mark_alike(asked, all);
    return all;
}

std::vector<Index::Found> Index::find(const std::vector<Asked>& all) const {
    if (all.empty()) return {};
    Matches weakest(cases_.size(), Match::Exactly);
    for (const auto& one : all) {
        const auto matched = matches(one);
        for (std::size_t i = 0; i < matched.size(); ++i) weakest[i] = std::min(weakest[i], matched[i]);
    }
    std::vector<Found> found;
    for (std::size_t i = 0; i < weakest.size(); ++i) {
        if (weakest[i] != Match::None && !cases_[i].stream.empty())
            found.push_back({cases_[i].stream, weakest[i]});
    }
    return found;
}

std::vector<Marking> Index::marking(const std::vector<Asked>& all) const {
    std::vector<Marking> out;
    for (const auto& one : all) {
        std::unordered_set<std::string> alike;
        for (const auto& stem : one.stems) {
            const auto words = by_stem_.find(stem);
            if (words == by_stem_.end()) continue;
            for (const auto word : words->second) alike.insert(words_[word].text);
        }
        out.emplace_back(one, std::move(alike));
    }
    return out;
}

std::size_t Index::bytes() const {
    constexpr std::size_t node = 64;  // of a map, with what allocation adds
    const auto held = [](const std::string& text) { return text.capacity() > 15 ? text.capacity() + 17 : 0; };
    std::size_t sum = words_.size() * (sizeof(Word) + node) + cases_.size() * (sizeof(Case) + node);
    for (const auto& word : words_) {
        sum += held(word.text) + word.cases.capacity() * sizeof(Number);
        sum += word.stems.capacity() * sizeof(void*);
    }
    for (const auto& one : cases_) sum += held(one.stream) + one.words.capacity() * sizeof(Number);
    for (const auto& [stem, alike] : by_stem_)
        sum += node + sizeof(std::string) + held(stem) + sizeof(alike) + alike.capacity() * sizeof(Number);
    return sum;
}

}  // namespace vastine::projections::search
