#include <fmt/format.h>

#include <boost/json.hpp>
#include <optional>

#include "projections/csv_line.hpp"
#include "projections/report/report.hpp"

namespace vastine::projections::report {
namespace {

class Lines {
public:
    void add(const std::string& section, const std::string& table, const std::string& row,
             const std::string& column, const Number& number) {
        text_ +=
            fmt::format("{},{},{},{},{:.{}f},{}\r\n", csv_field(section), csv_field(table), csv_field(row),
                        csv_field(column), number.value, number.decimals, name_of(number.unit));
    }
    void add_suppressed(const std::string& section, const std::string& table, const std::string& row,
                        const std::string& column) {
        add(section, table, row, column, kSuppressedMark, "suppressed");
    }
    void add(const std::string& section, const std::string& table, const std::string& row,
             const std::string& column, std::string_view value, std::string_view unit) {
        text_ += fmt::format("{},{},{},{},{},{}\r\n", csv_field(section), csv_field(table), csv_field(row),
                             csv_field(column), value, unit);
    }
    void add(const Section& section) {
        for (const auto& block : section.blocks) {
            if (const auto* table = std::get_if<Table>(&block)) {
                for (const auto& row : table->rows) {
                    for (std::size_t i = 0; i < row.cells.size(); ++i) {
                        if (row.cells[i].suppressed) {
                            add_suppressed(section.id, table->id, row.id, table->columns[i].id);
                            continue;
                        }
                        if (!row.cells[i].number) continue;
                        add(section.id, table->id, row.id, table->columns[i].id, *row.cells[i].number);
                    }
                }
            } else if (const auto* key = std::get_if<KeyFigures>(&block)) {
                for (const auto& figure : key->figures) {
                    if (figure.suppressed) {
                        add_suppressed(section.id, key->id, figure.id, "value");
                    } else {
                        add(section.id, key->id, figure.id, "value", figure.number);
                    }
                }
            }
        }
        for (const auto& below : section.subsections) add(below);
    }
    [[nodiscard]] const std::string& text() const { return text_; }

private:
    std::string text_ = "section,table,row,column,value,unit\r\n";
};

// "2018-01/2018-04": the months of a report that is not of a year.
struct Months {
    int first;
    int last;
};
std::optional<Months> months_of(const Report& report) {
    if (report.period.size() != 15) return std::nullopt;
    const auto month = [&](std::size_t at) {
        return (report.period[at] - '0') * 10 + (report.period[at + 1] - '0');
    };
    return Months{month(5), month(13)};
}

// What an id means: table,kind,id,label,definition.
class Dictionary {
public:
    explicit Dictionary(const Report& report) : report_(report) {}
    std::string write() {
        basis("year", "document.data.year");
        if (months_of(report_)) {
            basis("first-month", "document.data.first_month");
            basis("last-month", "document.data.last_month");
        }
        basis("position", "report.page.position");
        basis("level", "document.data.level");
        if (report_.level == Level::Public) basis("threshold", "document.data.threshold");
        for (const auto& section : report_.sections) add(section);
        return text_;
    }

private:
    void basis(const std::string& id, std::string_view text_id) {
        add("basis", "row", id, domain::text(text_id, report_.language), {});
    }
    void add(const std::string& table, std::string_view kind, const std::string& id, const std::string& label,
             const std::string& definition) {
        text_ += fmt::format("{},{},{},{},{}\r\n", csv_field(table), kind, csv_field(id), csv_field(label),
                             csv_field(definition));
    }
    void add(const Section& section) {
        add({}, "section", section.id, section.heading, {});
        for (const auto& block : section.blocks) {
            if (const auto* table = std::get_if<Table>(&block)) add(*table);
            if (const auto* key = std::get_if<KeyFigures>(&block)) {
                for (const auto& figure : key->figures)
                    add(key->id, "key", figure.id, figure.label, figure.note);
            }
        }
        for (const auto& below : section.subsections) add(below);
    }
    void add(const Table& table) {
        auto definition = table.definition;
        for (const auto& words : {table.source, table.note}) {
            if (!words.empty()) definition += (definition.empty() ? "" : " ") + words;
        }
        add(table.id, "table", table.id, table.caption, definition);
        for (const auto& column : table.columns) add(table.id, "column", column.id, column.heading, {});
        for (const auto& row : table.rows) add(table.id, "row", row.id, row.heading, {});
        for (const auto& mark : table.marks) {
            add(table.id, "mark", mark.row + "/" + mark.column, mark.sign, mark.text);
        }
        for (const auto& each : table.breaks) add(table.id, "break", each.at, {}, each.text);
    }

    const Report& report_;
    std::string text_ = "table,kind,id,label,definition\r\n";
};

namespace json = boost::json;

struct Described {
    std::string_view name;
    std::string_view text_id;
};
json::object file_of(const Report& report, std::string_view url, std::string_view description,
                     std::initializer_list<Described> columns) {
    json::array all;
    for (const auto& column : columns) {
        json::object each{{"name", column.name},
                          {"titles", column.name},
                          {"dc:description", domain::text(column.text_id, report.language,
                                                          {{"mark", std::string(kSuppressedMark)}})},
                          {"datatype", "string"}};
        if (column.name == "value") {
            each["datatype"] =
                json::object{{"base", "decimal"}, {"format", json::object{{"decimalChar", "."}}}};
            // What stands there and is no number.
            each["null"] = json::array{kSuppressedMark, "internal", "public"};
        }
        all.push_back(std::move(each));
    }
    return {{"url", url},
            {"dc:description", domain::text(description, report.language)},
            {"tableSchema", json::object{{"columns", std::move(all)}}}};
}

}  // namespace

std::string to_csv(const Report& report) {
    Lines lines;
    lines.add("report", "basis", "year", "value", {static_cast<double>(report.year), Measure::Count, 0});
    if (const auto months = months_of(report)) {
        lines.add("report", "basis", "first-month", "value", std::to_string(months->first), "month");
        lines.add("report", "basis", "last-month", "value", std::to_string(months->last), "month");
    }
    lines.add("report", "basis", "position", "value",
              {static_cast<double>(report.provenance.position), Measure::Count, 0});
    const bool is_public = report.level == Level::Public;
    lines.add("report", "basis", "level", "value", is_public ? "public" : "internal", "level");
    if (is_public) {
        lines.add("report", "basis", "threshold", "value",
                  {static_cast<double>(report.threshold), Measure::Count, 0});
    }
    for (const auto& section : report.sections) lines.add(section);
    return lines.text();
}

std::string to_dictionary_csv(const Report& report) {
    return Dictionary(report).write();
}

std::string to_csv_metadata(const Report& report) {
    const std::string language(domain::code_of(report.language));
    json::object out{
        {"@context", json::array{"http://www.w3.org/ns/csvw", json::object{{"@language", language}}}},
        {"dc:title", report.title},
        {"dc:description", report.subtitle},
        {"dc:language", language},
        {"dc:date", report.provenance.as_of_on},
        {"dc:temporal", report.period.empty() ? std::to_string(report.year) : report.period},
        {"dc:source",
         fmt::format("log position {}, {}", report.provenance.position, report.provenance.code_version)},
        {"dc:accessRights", report.level == Level::Public ? "public" : "internal"}};
    out["tables"] = json::array{file_of(report, "figures.csv", "document.data.figures",
                                        {{"section", "document.data.section"},
                                         {"table", "document.data.table"},
                                         {"row", "document.data.row"},
                                         {"column", "document.data.column"},
                                         {"value", "document.data.value"},
                                         {"unit", "document.data.unit"}}),
                                file_of(report, "dictionary.csv", "document.data.dictionary",
                                        {{"table", "document.data.table"},
                                         {"kind", "document.data.kind"},
                                         {"id", "document.data.id"},
                                         {"label", "document.data.label"},
                                         {"definition", "document.data.definition"}})};
    return json::serialize(out) + "\n";
}

}  // namespace vastine::projections::report
