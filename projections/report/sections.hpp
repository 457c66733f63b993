#pragma once
// The sections of the annual report, each from the figures it prints.

#include <map>

#include "projections/report/tables.hpp"

namespace vastine::projections::report {

// Figures of the legal area for several years, as it released them.
struct LegalYears {
    std::map<int, ReleasedTotals> years;
    [[nodiscard]] const ReleasedTotals* year(int year) const;
};
[[nodiscard]] LegalYears released_years(const AnnualFigures& figures);
// What is open when one period ends is open when the next one begins: one figure, called by the year or the
// month that begins. `prefix`: a kind of case, or several.
[[nodiscard]] Named open_at(std::string_view prefix, std::chrono::year_month start, std::uint64_t count);
// A division as a release holds it.
[[nodiscard]] Division division_of(const ReleasedTotals& totals, std::string_view measure,
                                   std::string_view dimension, std::string code_set, Whole of);

// The days between which figures of a report are compared.
struct Compared {
    domain::Date from;
    domain::Date until;
};
// How it is counted, and which codes and departments changed in between.
[[nodiscard]] Section method_section(const Composer& composer, const Compared& compared);

[[nodiscard]] Section volumes_section(const Composer& composer, const OmbudsmanFigures& figures);
[[nodiscard]] Section people_section(const Composer& composer, const OmbudsmanFigures& figures);
[[nodiscard]] Section causes_section(const Composer& composer, const OmbudsmanFigures& figures);
// A subsection "services-<service task>" for each service that has matters: there its words are put.
[[nodiscard]] Section services_section(const Composer& composer, const OmbudsmanFigures& figures);
[[nodiscard]] Section measures_section(const Composer& composer, const OmbudsmanFigures& figures);
// Tables of contacts for the appendix.
[[nodiscard]] std::vector<Block> contact_appendix(const Composer& composer, const OmbudsmanFigures& figures);

[[nodiscard]] Section legal_section(const Composer& composer, const LegalYears& years);
[[nodiscard]] std::vector<Block> legal_appendix(const Composer& composer, const LegalYears& years);
// The ombudsmen's released totals, in the legal area's report.
[[nodiscard]] Section released_contacts_section(const Composer& composer, const ReleasedTotals& totals);

}  // namespace vastine::projections::report
