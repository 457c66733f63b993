#pragma once
// Words that people write in Markdown, as passages of a report: words and their structure, nothing that a
// renderer could take for markup of its own.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/text/text.hpp"
#include "projections/report/report.hpp"

namespace vastine::projections::report {

// Every figure of a report by the name that a text gives it: "table/row/column" of a table's cell,
// "key/figure" of a key figure, in ids. Holds no reference to the report.
class FigureLookup {
public:
    FigureLookup() = default;
    explicit FigureLookup(const Report& report);
    [[nodiscard]] const Cell* find(std::string_view name) const;  // nullptr: there is none
    // Of those there are, the nearest to a name that is not: for who mistyped it. At most three.
    [[nodiscard]] std::vector<std::string> near(std::string_view name) const;

private:
    std::map<std::string, Cell, std::less<>> figures_;
};

// What is longer was refused where it was written; the rest of it is cut off here all the same.
inline constexpr std::size_t kLongestMarkdown = 200'000;

// CommonMark. What a text cannot hold is dropped: HTML (its words stay only where they stand outside tags),
// pictures (their alternative text stays), links other than https: and mailto: (their words stay), rulers.
// Code is plain words. {{name}} is the figure of that name; one that is not known stands as written and is
// a fault. Headings begin at level 1, one below the section's, and skip no level. Nesting deeper than eight
// is flattened. Any bytes are taken; what is not UTF-8 becomes U+FFFD.
[[nodiscard]] Prose prose_of(std::string_view markdown, domain::Language language,
                             const FigureLookup& figures);

// The figures named in vain anywhere in the report, each once, as the writers named them: what must be put
// right before it is signed.
[[nodiscard]] std::vector<std::string> faults_of(const Report& report);

// Its headings as they are written, in their order.
[[nodiscard]] std::vector<std::string> headings_of(const Prose& prose);

// The words alone, paragraphs divided by a line: for a sheet's cell, a preview, a search.
[[nodiscard]] std::string plain(const Prose& prose);

}  // namespace vastine::projections::report
