#include "projections/search/snippet.hpp"

#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>

namespace vastine::projections::search {

namespace {

constexpr std::size_t before_first = 60;
constexpr std::size_t longest = 200;

struct Marked {
    std::size_t begin = 0;
    std::size_t end = 0;
};
struct Marks {
    unsigned weight = 0;  // how much of what was asked is there, and how well
    std::vector<Marked> words;
    std::vector<Token> tokens;
};

Marks marks_in(const std::string& text, const std::vector<Marking>& asked) {
    Marks marks;
    marks.tokens = tokens_of(text, Side::Case);
    for (const auto& marking : asked) {
        auto best = Match::None;
        for (const auto& token : marks.tokens) {
            const auto match = marking.of(token);
            if (match == Match::None) continue;
            best = std::max(best, match);
            marks.words.push_back({token.begin, token.end});
        }
        constexpr unsigned one_more = 4;  // outweighs how well another was found
        if (best != Match::None) marks.weight += one_more + static_cast<unsigned>(best);
    }
    // One mark where several things asked stand in the same place.
    std::ranges::sort(marks.words, [](const Marked& a, const Marked& b) {
        return a.begin != b.begin ? a.begin < b.begin : a.end > b.end;
    });
    std::vector<Marked> apart;
    for (const auto& word : marks.words) {
        if (apart.empty() || word.begin >= apart.back().end) apart.push_back(word);
    }
    marks.words = std::move(apart);
    return marks;
}

Snippet cut(Where where, const std::string& text, const Marks& marks) {
    const auto whole = icu::UnicodeString::fromUTF8(text);
    const auto length = static_cast<std::size_t>(whole.length());
    const auto& first = marks.words.front();
    std::size_t begin = 0;
    std::size_t end = length;
    if (length > longest) {
        // Between words, never inside one.
        begin = first.begin;
        for (const auto& token : marks.tokens) {
            if (token.begin + before_first >= first.begin) {
                begin = std::min(begin, token.begin);
                break;
            }
        }
        if (first.begin <= before_first) begin = 0;
        end = first.end;
        for (const auto& token : marks.tokens) {
            if (token.end <= begin + longest) end = std::max(end, token.end);
        }
        if (begin + longest >= length) end = length;
    }
    icu::UnicodeString piece(whole, static_cast<int>(begin), static_cast<int>(end - begin));
    for (int i = 0; i < piece.length(); ++i) {
        if (u_iscntrl(piece[i])) piece.setCharAt(i, u' ');
    }
    if (begin > 0) piece.insert(0, u"… ", 2);
    if (end < length) piece.append(u" …", 2);
    Snippet snippet{where, {}, {}};
    piece.toUTF8String(snippet.text);
    const std::size_t moved = begin > 0 ? 2 : 0;
    for (const auto& word : marks.words) {
        if (word.begin < begin || word.end > end) continue;
        snippet.marks.push_back(static_cast<std::uint32_t>(word.begin - begin + moved));
        snippet.marks.push_back(static_cast<std::uint32_t>(word.end - begin + moved));
    }
    return snippet;
}

}  // namespace

std::optional<Snippet> best_snippet(const std::vector<CaseText>& texts, const std::vector<Marking>& asked) {
    const CaseText* best = nullptr;
    Marks of_best;
    for (const auto& text : texts) {
        auto marks = marks_in(text.text, asked);
        if (marks.weight <= of_best.weight) continue;
        best = &text;
        of_best = std::move(marks);
    }
    if (best == nullptr) return std::nullopt;
    return cut(best->where, best->text, of_best);
}

}  // namespace vastine::projections::search
