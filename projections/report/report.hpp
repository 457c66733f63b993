#pragma once
// A report as data: sections, paragraphs, key figures, tables, charts. What is said is decided where
// the report is made (annual_report.hpp); how it looks, here. Every renderer is a pure function: the
// same report gives the same bytes.

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "domain/text/text.hpp"

namespace vastine::projections::report {

// What a number counts; decides how it is written ("1 565", "52 %", "26,4") and names it in open data.
enum class Measure { Count, Percent, Days };

struct Number {
    double value = 0;
    Measure unit = Measure::Count;
    int decimals = 0;
};

// An empty cell is printed as a dash: nothing is known, which is not the same as nought.
struct Cell {
    std::optional<Number> number;
};

struct Column {
    std::string id;  // the same in every language: open data and tests refer to it
    std::string heading;
};

struct Row {
    std::string id;
    std::string heading;
    std::vector<Cell> cells;  // one for each column
    bool total = false;       // printed as the sum of the rows above
};

struct Table {
    std::string id;
    std::string caption;
    std::string row_heading;  // heads the column of row headings
    std::vector<Column> columns;
    std::vector<Row> rows;
    std::string definition;  // what is counted and what percentages are of; printed under the table
    std::string source;      // as-of date, log position and code sets; printed under the definition
};

enum class Shape {
    Columns,  // upright, for a course over time
    Bars,     // lying, for a ranking with long names
};

// Drawn from a table of the same section: no figure lives in a chart only.
struct Chart {
    std::string id;
    Shape shape = Shape::Bars;
    std::string table;                 // id of its table
    std::vector<std::string> columns;  // ids of the columns drawn, each a series
    std::string title;
    std::string description;  // in words, for who does not see the picture
};

struct Paragraph {
    std::string text;
};
struct BulletList {
    std::vector<std::string> items;
};
// Set apart from the text: a caveat, the mark of an internal form, a note on invented data.
struct Notice {
    std::string heading;
    std::string text;
};
struct KeyFigure {
    std::string id;
    std::string label;
    Number number;
    std::string note;  // the denominator or the comparison; may be empty
};
struct KeyFigures {
    std::string id;
    std::vector<KeyFigure> figures;
};

using Block = std::variant<Paragraph, BulletList, Notice, KeyFigures, Table, Chart>;

struct Section {
    std::string id;
    std::string heading;
    std::vector<Block> blocks;
    std::vector<Section> subsections;
};

// Where the figures come from: printed on the report and put into every form of it.
struct Provenance {
    std::uint64_t position = 0;  // of the event log
    std::string as_of_on;        // ISO date
    std::string code_version;
};

struct Report {
    std::string title;
    std::string subtitle;
    int year = 0;
    domain::Language language = domain::Language::Finnish;
    Provenance provenance;
    std::vector<Notice> notices;  // before the first section
    std::vector<Section> sections;
};

// One self-contained, accessible page (WCAG 2.1 AA): nothing is loaded from elsewhere.
[[nodiscard]] std::string to_html(const Report& report);
// The model itself, numbers as numbers.
[[nodiscard]] std::string to_json(const Report& report);
// Open data, one line a figure: section,table,row,column,value,unit. Names are the ids, the same in every
// language; RFC 4180, UTF-8, decimal point.
[[nodiscard]] std::string to_csv(const Report& report);

}  // namespace vastine::projections::report
