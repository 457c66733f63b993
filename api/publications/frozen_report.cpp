#include "api/publications/frozen_report.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <stdexcept>
#include <string>
#include <utility>

#include "projections/report/chart.hpp"

namespace vastine::api {

namespace json = boost::json;
namespace report = projections::report;

namespace {

std::string text_in(const json::object& object, std::string_view name) {
    const auto* value = object.if_contains(name);
    return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string();
}

bool flag_in(const json::object& object, std::string_view name, bool otherwise) {
    const auto* value = object.if_contains(name);
    return value != nullptr && value->is_bool() ? value->as_bool() : otherwise;
}

// What a frozen file of an earlier version does not have is an empty list.
const json::array& list_in(const json::object& object, std::string_view name) {
    static const json::array none;
    const auto* value = object.if_contains(name);
    return value != nullptr && value->is_array() ? value->as_array() : none;
}

std::vector<std::string> texts_in(const json::object& object, std::string_view name) {
    std::vector<std::string> out;
    for (const auto& each : list_in(object, name)) out.emplace_back(each.as_string());
    return out;
}

report::Measure measure_named(const std::string& name) {
    for (const auto unit : {report::Measure::Count, report::Measure::Percent, report::Measure::Days}) {
        if (report::name_of(unit) == name) return unit;
    }
    return report::Measure::Ratio;
}

report::Number number_of(const json::object& object) {
    report::Number number;
    number.value = object.at("value").to_number<double>();
    number.unit = measure_named(text_in(object, "unit"));
    number.decimals = static_cast<int>(object.at("decimals").to_number<std::int64_t>());
    return number;
}

report::Cell cell_of(const json::value& from) {
    report::Cell cell;
    if (from.is_null()) return cell;
    const auto& object = from.as_object();
    if (object.contains("suppressed")) {
        cell.suppressed = true;
    } else {
        cell.number = number_of(object);
    }
    return cell;
}

report::Table table_of(const json::object& block) {
    report::Table table;
    table.id = text_in(block, "id");
    table.caption = text_in(block, "caption");
    table.row_heading = text_in(block, "row_heading");
    for (const auto& each : block.at("columns").as_array()) {
        table.columns.push_back({text_in(each.as_object(), "id"), text_in(each.as_object(), "heading")});
    }
    for (const auto& each : block.at("rows").as_array()) {
        const auto& object = each.as_object();
        report::Row row{text_in(object, "id"), text_in(object, "heading"), {}, object.at("total").as_bool()};
        for (const auto& cell : object.at("cells").as_array()) row.cells.push_back(cell_of(cell));
        if (row.cells.size() != table.columns.size()) throw std::invalid_argument("cells without columns");
        table.rows.push_back(std::move(row));
    }
    table.definition = text_in(block, "definition");
    table.source = text_in(block, "source");
    table.note = text_in(block, "note");
    for (const auto& each : list_in(block, "marks")) {
        const auto& object = each.as_object();
        table.marks.push_back({text_in(object, "row"),
                               text_in(object, "column"),
                               text_in(object, "sign"),
                               text_in(object, "text"),
                               {},
                               flag_in(object, "framed", true)});
    }
    for (const auto& each : list_in(block, "breaks")) {
        table.breaks.push_back({text_in(each.as_object(), "at"), text_in(each.as_object(), "text"), {}});
    }
    return table;
}

report::Shape shape_named(std::string_view name) {
    using report::Shape;
    constexpr std::array shapes{Shape::Columns, Shape::Bars, Shape::Trend, Shape::Stacked, Shape::HeatMap};
    const auto found =
        std::ranges::find_if(shapes, [&](Shape shape) { return report::name_of(shape) == name; });
    if (found == shapes.end()) throw std::invalid_argument("a chart of no known shape");
    return *found;
}

report::Chart chart_of(const json::object& block) {
    report::Chart chart;
    chart.id = text_in(block, "id");
    chart.shape = shape_named(text_in(block, "shape"));
    chart.table = text_in(block, "table");
    chart.columns = texts_in(block, "columns");
    chart.title = text_in(block, "title");
    chart.description = text_in(block, "description");
    chart.rows = texts_in(block, "rows");
    chart.rows_are_series = flag_in(block, "rows_are_series", false);
    return chart;
}

report::KeyFigures key_figures_of(const json::object& block) {
    report::KeyFigures out;
    out.id = text_in(block, "id");
    for (const auto& each : block.at("figures").as_array()) {
        const auto& object = each.as_object();
        report::KeyFigure figure;
        figure.id = text_in(object, "id");
        figure.label = text_in(object, "label");
        figure.note = text_in(object, "note");
        figure.suppressed = flag_in(object, "suppressed", false);
        if (const auto* number = object.at("number").if_object()) figure.number = number_of(*number);
        out.figures.push_back(std::move(figure));
    }
    return out;
}

report::Section section_of(const json::object& from) {
    report::Section section{text_in(from, "id"), text_in(from, "heading"), {}, {}};
    for (const auto& block : from.at("blocks").as_array()) {
        const auto& object = block.as_object();
        const auto type = text_in(object, "type");
        if (type == "table") section.blocks.emplace_back(table_of(object));
        if (type == "chart") section.blocks.emplace_back(chart_of(object));
        if (type == "key-figures") section.blocks.emplace_back(key_figures_of(object));
    }
    for (const auto& below : from.at("subsections").as_array()) {
        section.subsections.push_back(section_of(below.as_object()));
    }
    return section;
}

}  // namespace

report::Report frozen_report(std::string_view text) {
    try {
        const auto read = json::parse(json::string_view(text.data(), text.size()));
        const auto& whole = read.as_object();
        if (text_in(whole, "level") != "public") throw std::invalid_argument("no public form of a report");
        const auto language = domain::parse_language(text_in(whole, "language"));
        if (!language) throw std::invalid_argument("no language");
        report::Report out;
        out.level = report::Level::Public;
        out.language = *language;
        for (const auto& section : whole.at("sections").as_array()) {
            out.sections.push_back(section_of(section.as_object()));
        }
        return out;
    } catch (const std::invalid_argument&) {
        throw;
    } catch (const std::exception& error) {
        throw std::invalid_argument(error.what());
    }
}

}  // namespace vastine::api
