#pragma once
// From figures to tables and charts: names in the report's language, shares with their whole, sums.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "domain/reference/reference.hpp"
#include "projections/figures.hpp"
#include "projections/report/disclosure.hpp"
#include "projections/report/report.hpp"

namespace vastine::projections::report {

// What every table of one report is made with.
class Composer {
public:
    // `until`: the last day counted; what a month after it holds is not known yet.
    Composer(const domain::Reference& reference, domain::Language language, const Period& period,
             domain::Date until, std::string source)
        : reference_(reference),
          language_(language),
          period_(period),
          until_(until),
          source_(std::move(source)) {}

    // Every text may name {year}, the period in words, and {during}, the same as a sentence says it.
    [[nodiscard]] std::string say(std::string_view text_id) const;
    [[nodiscard]] std::string say(std::string_view text_id, std::map<std::string, std::string> args) const;
    [[nodiscard]] std::string count(std::uint64_t number) const;
    [[nodiscard]] std::string percent(std::uint64_t part, std::uint64_t whole) const;
    // A code's name: of a code set, or of a unit, authority, municipality or month. A code that nobody
    // names any more is printed as it is.
    [[nodiscard]] std::string name(std::string_view set, std::string_view code) const;

    [[nodiscard]] Table table(std::string id, std::string_view caption_id,
                              std::string_view row_heading_id) const;
    [[nodiscard]] Column column(std::string id, std::string_view heading_id) const;

    // Rows of number and share, with their sum unless one can stand under several codes.
    struct DivisionTexts {
        std::string id;
        std::string_view caption;
        std::string_view row_heading;
        std::string_view number_heading;
        std::string_view definition;   // takes {total}
        std::string_view counts = {};  // what, in ids of figures; empty: by the whole of the division
    };
    [[nodiscard]] Table division(const DivisionTexts& texts, const Division& division) const;

    // The table of a division; before it bars of its numbers when it divides into more than two.
    void add_division(std::vector<Block>& blocks, Table table) const;
    // A section of its own.
    [[nodiscard]] Section divided(std::string id, std::string_view heading_id, const DivisionTexts& texts,
                                  const Division& division) const;

    // Of this report's period, and of the same months of another year.
    [[nodiscard]] Named figure(std::string_view what, std::uint64_t count, const Dimensions& by = {}) const;
    [[nodiscard]] Named figure_in(int year, std::string_view what, std::uint64_t count,
                                  const Dimensions& by = {}) const;
    // Of a month of the report, by its ISO form.
    [[nodiscard]] Named figure_of_month(const std::string& month, std::string_view what, std::uint64_t count,
                                        const Dimensions& by = {}) const;
    // A column for the same months of a year: "2018", or "2017–2018" of months in two years.
    [[nodiscard]] Column year_column(int year) const;
    [[nodiscard]] std::string year_heading(int year) const;

    // A bar or column chart of a table that stands in the same section.
    [[nodiscard]] Chart chart(const Table& table, Shape shape, std::vector<std::string> columns) const;

    [[nodiscard]] domain::Language language() const { return language_; }
    [[nodiscard]] int year() const { return period_.year(); }
    [[nodiscard]] const Period& period() const { return period_; }
    [[nodiscard]] bool has_come(std::string_view month) const { return month <= domain::month_of(until_); }
    [[nodiscard]] const domain::Reference& reference() const { return reference_; }

private:
    const domain::Reference& reference_;
    domain::Language language_;
    Period period_;
    domain::Date until_;
    std::string source_;
};

// A period in words: "2018", "tammi–elokuu 2018", "syyskuu 2017 – elokuu 2018"; and as a sentence says it:
// "vuonna 2018", "tammi–elokuussa 2018".
[[nodiscard]] std::string written(const Period& period, domain::Language language);
[[nodiscard]] std::string during(const Period& period, domain::Language language);

// Of a row or column: what is not stated has an id too.
[[nodiscard]] std::string id_of(std::string_view code);
[[nodiscard]] std::vector<std::string> column_ids(const Table& table);
[[nodiscard]] std::vector<std::string> without_total(const Table& table);  // ids of the other columns

[[nodiscard]] Named named(std::string figure, std::uint64_t count);
[[nodiscard]] Cell counted(std::uint64_t count);
[[nodiscard]] Cell counted(const Named& figure);
[[nodiscard]] Cell share(std::uint64_t part, std::uint64_t whole);  // a dash of nothing
[[nodiscard]] Cell share(const Named& part, const Named& whole);
[[nodiscard]] Cell days(double days, int decimals, const Named& of);
[[nodiscard]] Cell unknown();

// The three greatest causes with their number and share; none when no cause is stated. `what`: of whole, in
// ids of figures.
[[nodiscard]] BulletList top_causes(const Composer& composer, const Division& cause, std::string_view what);

// What a chart shows, in words: its greatest and its least number among those its table prints.
[[nodiscard]] std::string described(const Chart& chart, const Table& table, domain::Language language);

// Codes of one side of a cross, in order of their sums, greatest first; what is not stated last.
enum class Side { Row, Column };
[[nodiscard]] std::vector<Count> sums(const Cross& cross, Side side);
[[nodiscard]] std::uint64_t at(const Cross& cross, std::string_view row, std::string_view column);

}  // namespace vastine::projections::report
