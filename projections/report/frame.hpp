#pragma once
// What reports of every kind begin with: title and period, where their figures come from, the mark of an
// internal form, the organisation's own notes; and the composers that their tables are made with.

#include <string>
#include <string_view>

#include "projections/report/tables.hpp"

namespace vastine::projections::report {

class Frame {
public:
    Frame(const domain::Reference& reference, domain::Language language, const Period& period, AsOf as_of);

    // The first and the last day that are counted: of a period that is not over, the as-of day.
    [[nodiscard]] domain::Date from() const { return period_.first / 1; }
    [[nodiscard]] domain::Date until() const { return until_; }
    [[nodiscard]] const domain::Reference& reference() const { return reference_; }
    [[nodiscard]] const Period& period() const { return period_; }
    [[nodiscard]] AsOf as_of() const { return as_of_; }
    // Of the last day counted.
    [[nodiscard]] const std::string& code_version() const { return code_version_; }

    // In its internal form, without sections yet.
    [[nodiscard]] Report begun(std::string_view title) const;
    // For who does not work in the area: that there is nothing to see.
    void say_not_yours(Report& report) const;

    // For figures counted here, at the position of the report.
    [[nodiscard]] const Composer& own() const { return own_; }
    // For what another area released; `source` takes {date}, {position} and {codes}.
    [[nodiscard]] Composer released(std::string_view source, const ReleasedTotals& totals) const;

private:
    [[nodiscard]] Composer composer(std::string_view source, domain::Date on, std::uint64_t position,
                                    const std::string& codes) const;
    void add_notes(Report& report) const;

    const domain::Reference& reference_;
    domain::Language language_;
    Period period_;
    AsOf as_of_;
    domain::Date until_;
    std::string code_version_;
    Composer own_;
};

}  // namespace vastine::projections::report
