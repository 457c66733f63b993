#pragma once
// The public form of a report: small counts suppressed, and with them whatever would let a reader compute
// one back.
//
// What is guarded against: a reader who knows every table, key figure and sentence of the report, every
// sum that holds between them (rows, columns, months and years, kinds and their sum, the same figure in two
// tables), that a suppressed count is a whole number and not nought, and earlier publications, also of
// periods that make up this one or with it another (three thirds and their year). Two proofs
// are made before a report is handed out: by exact elimination, that no suppressed count is a combination
// of printed ones; by linear programming, that none is squeezed to one value by what is printed around it,
// and, as far as figures beside it can bring that about, that a small one could as well not be small.
//
// What is not: a reader's own knowledge of the people counted; the difference between two publications of
// a figure that is printed in both; what is not printed at all, such as a total less one of its parts.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "projections/report/report.hpp"

namespace vastine::projections::report {

// "contacts|year=2018|sector=health": what is counted, then by what, each letter that divides escaped.
// A count by fewer dimensions is the sum over the one left out, unless that one's name ends in '*': there
// one may count under several codes.
using Dimensions = std::vector<std::pair<std::string, std::string>>;
[[nodiscard]] std::string figure_id(std::string_view what, int year, const Dimensions& by = {});
// Of another period than a calendar year: "contacts|year=2018-01/2018-04". A month is of its calendar
// year, whatever period it is printed with, and counts to every period that holds it.
[[nodiscard]] std::string figure_id(std::string_view what, std::string_view period,
                                    const Dimensions& by = {});

// What a publication showed: the counts, and the ids of those it suppressed.
struct Publication {
    std::vector<Named> shown;
    std::vector<std::string> suppressed;
    std::vector<std::string> unprinted;  // sums that several of its tables have in common and none shows
    // What every figure was in truth, for who knows; no reader does. Empty: not known.
    std::vector<Named> truth;
    // Sums that hold between its figures, each with a sign, nought in all.
    std::vector<std::vector<std::pair<std::string, int>>> sums;
};
[[nodiscard]] Publication publication_of(const Report& report);
// And with what it kept back, from the internal form it was made of, counted again as of its position.
// Without that, two guesses about which suppressed numbers are still the same stand in for the knowledge;
// of random pairs whose figures moved in between, an attacker who knows exactly which did not gained a
// cell in one of a hundred.
[[nodiscard]] Publication publication_of(const Report& published, const Report& internal);
// The figures of a public form, and where they come from, read back from its JSON. Throws
// std::invalid_argument when it is none.
[[nodiscard]] Report report_of_json(std::string_view json);

struct Suppression {
    int threshold = 5;
    std::vector<Publication> earlier = {};  // of the same report, or of others that tell of the same figures
};

// Pure. A share, a median or a mean is printed only when all that it is computed from is. Rows and columns
// that stood in order of size stand in order of their ids where a table holds a suppressed figure. What was
// suppressed earlier stays suppressed; what an earlier publication printed is taken as known to the reader.
[[nodiscard]] Report public_form(const Report& internal, const Suppression& how);

}  // namespace vastine::projections::report
