#pragma once
// A report as data: sections, paragraphs, key figures, tables, charts. What is said is decided where
// the report is made (annual_report.hpp); how it looks, here. Every renderer is a pure function: the
// same report gives the same bytes.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "domain/text/text.hpp"

namespace vastine::projections::report {

// Printed in the place of a suppressed figure, and explained under its table. Statistics Finland's own.
inline constexpr std::string_view kSuppressedMark = "..";

// The template: what a report says of the same figures, its texts and its suppression included. The same log
// position, as-of date, code sets, language, level and template give the same model on every version of the
// program; whatever changes a model raises the number, once for a release. Said in the JSON form.
inline constexpr int kTemplate = 1;

// What a number counts; decides how it is written ("1 565", "52 %", "26,4") and names it in open data.
// Ratio: so many times another number.
enum class Measure { Count, Percent, Days, Ratio };
[[nodiscard]] std::string_view name_of(Measure unit);  // count, percent, days, ratio

struct Number {
    double value = 0;
    Measure unit = Measure::Count;
    int decimals = 0;
};

// A figure that words name or that another is computed from. `figure` says what is counted of what (see
// figure_id in disclosure.hpp): the same figure has the same id wherever it stands.
struct Named {
    std::string figure;
    double value = 0;
};

// An empty cell is printed as a dash: nothing is known, which is not the same as nought. A suppressed one
// has no number either and is printed as a mark of its own (written() in writing.hpp knows both).
struct Cell {
    std::optional<Number> number;
    std::string figure = {};       // of a count; empty: it stands nowhere else
    std::vector<Named> from = {};  // what a share, a median or a mean is computed from
    bool suppressed = false;
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

// A verdict on a cell, printed as a sign behind its number; what the signs mean stands under the table once
// for each text. The public form drops it with its cell, and with any figure it was computed from: `from`
// names them all, also those of a verdict that nothing is out of the ordinary.
struct Mark {
    std::string row;  // ids
    std::string column;
    std::string sign;  // one or two letters that need no colour: "▲"
    std::string text;  // "more than chance explains"
    std::vector<Named> from = {};
    bool framed = true;  // in a heat map: what stands out, not what could not be judged
};
// A row or column before which a series breaks: a reorganisation, new codes. Printed under the table, and a
// line across a chart of a course over time. Left out of the public form when a figure it names is
// suppressed.
struct Break {
    std::string at;  // id of a row or column; empty: the whole table is not comparable with earlier ones
    std::string text;
    std::vector<Named> named = {};
};

struct Table {
    std::string id;
    std::string caption;
    std::string row_heading;  // heads the column of row headings
    std::vector<Column> columns;
    std::vector<Row> rows;
    std::string definition;  // what is counted and what percentages are of; printed under the table
    std::string source;      // as-of date, log position and code sets; printed under the definition
    // For the public form: the figures that the definition names, and what it says when one of them is
    // suppressed.
    std::vector<Named> named = {};
    std::string definition_without = {};
    bool by_size = false;   // the order of rows or columns tells which figure is greater
    std::string note = {};  // that figures were suppressed, and what the mark means; printed under all else
    std::vector<Mark> marks = {};
    std::vector<Break> breaks = {};
};

// What a chart does with a table. In the first three, each drawn column is a series; Stacked divides each
// row's bar by them; a heat map shows them as they stand in the table.
enum class Shape {
    Columns,  // upright, for a course over time
    Bars,     // lying, for a ranking with long names
    Trend,    // a line for each series, named at its end, told apart by dash and point
    Stacked,  // lying, each bar divided, for parts of a whole
    HeatMap,  // a field of numbers, shaded; marks are framed
};

// Drawn from a table of the same section: no figure lives in a chart only.
struct Chart {
    std::string id;
    Shape shape = Shape::Bars;
    std::string table;                 // id of its table
    std::vector<std::string> columns;  // ids of the columns drawn
    std::string title;
    std::string description;             // in words, for who does not see the picture
    std::vector<std::string> rows = {};  // ids of the rows drawn, in their order; empty: all that are no sums
    bool rows_are_series = false;        // of a trend whose table has time in its columns
};

// Words that name figures are left out of the public form when one of the figures is suppressed.
struct Paragraph {
    std::string text;
    std::vector<Named> named = {};
};
struct BulletList {
    std::vector<std::string> items;
    std::vector<std::vector<Named>> named = {};  // of each item; may be shorter
};
// Set apart from the text: a caveat, the mark of an internal form, a note on invented data.
struct Notice {
    std::string heading;
    std::string text;
    // "internal" and "public" belong to one level only; "draft" and "unresolved" stay as long as what they
    // say is true, and are set out more strongly.
    std::string id = {};
    std::vector<std::string> items = {};            // a list below the text
    std::optional<domain::Language> language = {};  // of the text, when it is not the report's
};
struct KeyFigure {
    std::string id;
    std::string label;
    Number number;
    std::string note;  // the denominator or the comparison; may be empty
    std::string figure = {};
    std::vector<Named> from = {};  // also what the note names
    bool suppressed = false;       // then the number is not a number, and the note is empty
};
struct KeyFigures {
    std::string id;
    std::vector<KeyFigure> figures;
};

// What people wrote, made of their Markdown (prose.hpp): words, never markup. A figure that they name is a
// cell of this report; the renderer writes its number in the language of the text.
struct Run {
    std::string text;  // "\n" is a new line of the same paragraph; of a figure: empty
    bool strong = false;
    bool emphasis = false;
    std::string link = {};   // https or mailto; empty: none
    std::string names = {};  // "table/row/column" or "key/figure": as the writer named the figure
    std::optional<Cell> figure = {};
};
struct Passage {
    enum class Kind { Paragraph, Heading, Bullets, Numbered, Item, Quote };
    Kind kind = Kind::Paragraph;
    int level = 1;               // of a heading: below its section's; of a numbered list: its first number
    std::vector<Run> runs = {};  // of a paragraph or a heading
    std::vector<Passage> parts = {};  // Items of a list; what stands in an item or a quote
};
struct Prose {
    domain::Language language = domain::Language::Finnish;  // its own: it may not be the report's
    std::vector<Passage> passages = {};
    std::vector<std::string> faults = {};  // figures that it names and the report does not have
};

// A matter with a number and what is known about it, such as a proposal: its text, then terms with what is
// said of each (addressee, answer, measures, state, what was done since).
struct Item {
    std::string id;
    std::string heading;  // "Proposal 2018/3"
    Prose text = {};
    struct Said {
        std::string text;
        std::optional<domain::Language> language = {};  // when it is not the report's
    };
    struct Fact {
        std::string term;
        std::vector<Said> said;
    };
    std::vector<Fact> facts = {};
};

using Block = std::variant<Paragraph, BulletList, Notice, KeyFigures, Table, Chart, Prose, Item>;

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

// Who may read a report: internal as counted, public with small figures suppressed (disclosure.hpp).
enum class Level { Internal, Public };

struct Report {
    std::string title;
    std::string subtitle;
    int year = 0;
    domain::Language language = domain::Language::Finnish;
    Provenance provenance;
    std::string mark;             // stands on every page of a printed form: "internal"; empty: none
    std::vector<Notice> notices;  // before the first section
    std::vector<Section> sections;
    Level level = Level::Internal;
    int threshold = 0;        // of the public form: counts from one up to below this are suppressed
    std::string kind = {};    // annual, legal, summary; names the report in open data
    std::string period = {};  // "2018" or "2018-01/2018-08"
};

// One self-contained, accessible page (WCAG 2.1 AA): nothing is loaded from elsewhere.
[[nodiscard]] std::string to_html(const Report& report);
// The same for a program that makes a text document of it: plain elements without style, charts as
// pictures beside it, named by their file names. The page names no other file and no address.
struct Picture {
    std::string name;  // "chart-1": chart-1.svg is drawn, the page shows chart-1.png
    std::string svg;
};
struct Document {
    std::string html;
    std::vector<Picture> pictures;
};
[[nodiscard]] Document to_document(const Report& report);
// The model itself, numbers as numbers.
[[nodiscard]] std::string to_json(const Report& report);
// Open data, one line a figure: section,table,row,column,value,unit. Names are the ids, the same in every
// language; RFC 4180, UTF-8, decimal point. The value of a suppressed figure is kSuppressedMark.
[[nodiscard]] std::string to_csv(const Report& report);
// What goes with it: what every id in it means, in the report's language and as a table
// (table,kind,id,label,definition), and both files described as the W3C's "CSV on the Web" asks
// (tabular metadata, JSON), naming them figures.csv and dictionary.csv.
[[nodiscard]] std::string to_dictionary_csv(const Report& report);
[[nodiscard]] std::string to_csv_metadata(const Report& report);

}  // namespace vastine::projections::report
