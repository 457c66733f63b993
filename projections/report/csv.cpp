#include <fmt/format.h>

#include "projections/report/report.hpp"

namespace vastine::projections::report {
namespace {

// A field that a spreadsheet would run as a formula is disarmed: free text such as a municipality's
// name may stand among the ids.
std::string field(const std::string& text) {
    std::string value = text;
    if (!value.empty() && std::string_view("=+-@\t\r").find(value.front()) != std::string_view::npos) {
        value.insert(0, "'");
    }
    if (value.find_first_of(",\"\r\n") == std::string::npos) return value;
    std::string quoted = "\"";
    for (const char letter : value) {
        if (letter == '"') quoted += '"';
        quoted += letter;
    }
    return quoted + '"';
}

class Lines {
public:
    void add(const std::string& section, const std::string& table, const std::string& row,
             const std::string& column, const Number& number) {
        text_ += fmt::format("{},{},{},{},{:.{}f},{}\r\n", field(section), field(table), field(row),
                             field(column), number.value, number.decimals, name_of(number.unit));
    }
    void add_suppressed(const std::string& section, const std::string& table, const std::string& row,
                        const std::string& column) {
        add(section, table, row, column, kSuppressedMark, "suppressed");
    }
    void add(const std::string& section, const std::string& table, const std::string& row,
             const std::string& column, std::string_view value, std::string_view unit) {
        text_ += fmt::format("{},{},{},{},{},{}\r\n", field(section), field(table), field(row), field(column),
                             value, unit);
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

}  // namespace

std::string to_csv(const Report& report) {
    Lines lines;
    lines.add("report", "basis", "year", "value", {static_cast<double>(report.year), Measure::Count, 0});
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

}  // namespace vastine::projections::report
