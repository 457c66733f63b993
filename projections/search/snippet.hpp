#pragma once
// The piece of a case's text that shows why it was found.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "projections/search/case_texts.hpp"
#include "projections/search/index.hpp"

namespace vastine::projections::search {

struct Snippet {
    Where where = Where::Text;
    std::string text;
    std::vector<std::uint32_t> marks;  // begin and end of each word found, in UTF-16 units of the text
};

// Of the text that holds most of what was asked, and holds it best. Nothing: none holds any of it.
[[nodiscard]] std::optional<Snippet> best_snippet(const std::vector<CaseText>& texts,
                                                  const std::vector<Marking>& asked);

}  // namespace vastine::projections::search
