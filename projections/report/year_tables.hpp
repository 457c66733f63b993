#pragma once
// One dimension over several years, in today's units and codes, with a note wherever the series breaks.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "projections/report/tables.hpp"

namespace vastine::projections::report {

// The same months of one year; the newest is the report's period.
struct YearDivision {
    int year = 0;
    const Division* division = nullptr;
};

struct YearTexts {
    std::string id;
    std::string_view caption;
    std::string_view row_heading;
    std::string_view definition;
    std::string_view counts;  // what, in ids of figures
};

// Rows in the order of the organisation or of the code set, then former ones, then what is not stated; the
// years before the first count are left out. A unit without cases in a year is a dash, a code is a nought.
[[nodiscard]] Table division_by_year(const Composer& composer, const YearTexts& texts,
                                     const std::vector<YearDivision>& years);

// Of the years that a report on contacts compares. Nothing: there is but one to show.
[[nodiscard]] std::optional<Table> contacts_by_year(const Composer& composer, const YearTexts& texts,
                                                    const OmbudsmanFigures& figures,
                                                    Division YearOfContacts::*division);

// Codes in their usual order: that of the organisation, of the code set, or of their names.
[[nodiscard]] std::vector<std::string> in_usual_order(const Composer& composer, std::string_view set,
                                                      std::vector<std::string> codes);

// What changed between the first and the last of the years shown: units and codes that ended, split or began,
// new versions of the code set. `rows`: ids of units or codes that the table shows.
[[nodiscard]] std::vector<Break> breaks(const Composer& composer, std::string_view set,
                                        const std::vector<int>& years, const std::vector<std::string>& rows,
                                        const std::vector<Carried>& carried);

}  // namespace vastine::projections::report
