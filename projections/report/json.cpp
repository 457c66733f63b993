#include <boost/json.hpp>

#include "projections/report/report.hpp"

namespace vastine::projections::report {
namespace {

namespace json = boost::json;

json::object to_value(const Number& number) {
    static constexpr std::string_view units[] = {"count", "percent", "days"};
    json::object out;
    if (number.decimals == 0) {
        out["value"] = static_cast<std::int64_t>(number.value < 0 ? number.value - 0.5 : number.value + 0.5);
    } else {
        out["value"] = number.value;
    }
    out["unit"] = units[static_cast<std::size_t>(number.unit)];
    out["decimals"] = number.decimals;
    return out;
}

// Nothing known is null; what is suppressed says so, which is neither nought nor nothing. The same figure
// has the same name in every table and every report.
json::value to_value(const Cell& cell) {
    if (!cell.number && !cell.suppressed) return nullptr;
    auto out = cell.number ? to_value(*cell.number) : json::object{{"suppressed", true}};
    if (!cell.figure.empty()) out["figure"] = cell.figure;
    return out;
}

json::object to_value(const Notice& notice) {
    return {{"heading", notice.heading}, {"text", notice.text}};
}

struct ToValue {
    json::object operator()(const Paragraph& paragraph) const {
        return {{"type", "paragraph"}, {"text", paragraph.text}};
    }
    json::object operator()(const BulletList& list) const {
        return {{"type", "list"}, {"items", json::array(list.items.begin(), list.items.end())}};
    }
    json::object operator()(const Notice& notice) const {
        auto out = to_value(notice);
        out["type"] = "notice";
        return out;
    }
    json::object operator()(const KeyFigures& key) const {
        json::array figures;
        for (const auto& figure : key.figures) {
            json::object out{
                {"id", figure.id},
                {"label", figure.label},
                {"number", figure.suppressed ? json::value(nullptr) : json::value(to_value(figure.number))},
                {"note", figure.note}};
            if (!figure.figure.empty()) out["figure"] = figure.figure;
            if (figure.suppressed) out["suppressed"] = true;
            figures.push_back(std::move(out));
        }
        return {{"type", "key-figures"}, {"id", key.id}, {"figures", std::move(figures)}};
    }
    json::object operator()(const Table& table) const {
        json::array columns;
        for (const auto& column : table.columns) {
            columns.push_back(json::object{{"id", column.id}, {"heading", column.heading}});
        }
        json::array rows;
        for (const auto& row : table.rows) {
            json::array cells;
            for (const auto& cell : row.cells) cells.push_back(to_value(cell));
            rows.push_back(json::object{
                {"id", row.id}, {"heading", row.heading}, {"total", row.total}, {"cells", std::move(cells)}});
        }
        return {{"type", "table"},
                {"id", table.id},
                {"caption", table.caption},
                {"row_heading", table.row_heading},
                {"columns", std::move(columns)},
                {"rows", std::move(rows)},
                {"definition", table.definition},
                {"source", table.source},
                {"note", table.note}};
    }
    json::object operator()(const Chart& chart) const {
        return {{"type", "chart"},
                {"id", chart.id},
                {"shape", chart.shape == Shape::Columns ? "columns" : "bars"},
                {"table", chart.table},
                {"columns", json::array(chart.columns.begin(), chart.columns.end())},
                {"title", chart.title},
                {"description", chart.description}};
    }
};

json::object to_value(const Section& section) {
    json::array blocks;
    for (const auto& block : section.blocks) blocks.push_back(std::visit(ToValue{}, block));
    json::array subsections;
    for (const auto& below : section.subsections) subsections.push_back(to_value(below));
    return {{"id", section.id},
            {"heading", section.heading},
            {"blocks", std::move(blocks)},
            {"subsections", std::move(subsections)}};
}

}  // namespace

std::string to_json(const Report& report) {
    json::array notices;
    for (const auto& notice : report.notices) notices.push_back(to_value(notice));
    json::array sections;
    for (const auto& section : report.sections) sections.push_back(to_value(section));
    json::object out{{"title", report.title},
                     {"subtitle", report.subtitle},
                     {"year", report.year},
                     {"language", std::string(domain::code_of(report.language))},
                     {"basis", json::object{{"position", report.provenance.position},
                                            {"as_of_on", report.provenance.as_of_on},
                                            {"code_version", report.provenance.code_version}}},
                     {"mark", report.mark},
                     {"notices", std::move(notices)},
                     {"sections", std::move(sections)}};
    const bool is_public = report.level == Level::Public;
    out["level"] = is_public ? "public" : "internal";
    if (is_public) out["threshold"] = report.threshold;
    return json::serialize(out) + "\n";
}

}  // namespace vastine::projections::report
