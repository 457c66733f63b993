#include <boost/json.hpp>
#include <stdexcept>

#include "projections/report/chart.hpp"
#include "projections/report/report.hpp"

namespace vastine::projections::report {
namespace {

namespace json = boost::json;

json::object to_value(const Number& number) {
    json::object out;
    if (number.decimals == 0) {
        out["value"] = static_cast<std::int64_t>(number.value < 0 ? number.value - 0.5 : number.value + 0.5);
    } else {
        out["value"] = number.value;
    }
    out["unit"] = name_of(number.unit);
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
    json::object out{{"heading", notice.heading}, {"text", notice.text}};
    if (!notice.id.empty()) out["id"] = notice.id;
    if (!notice.items.empty()) out["items"] = json::array(notice.items.begin(), notice.items.end());
    if (notice.language) out["language"] = domain::code_of(*notice.language);
    return out;
}

std::string_view name_of(Passage::Kind kind) {
    switch (kind) {
        case Passage::Kind::Paragraph:
            return "paragraph";
        case Passage::Kind::Heading:
            return "heading";
        case Passage::Kind::Bullets:
            return "bullets";
        case Passage::Kind::Numbered:
            return "numbered";
        case Passage::Kind::Item:
            return "item";
        case Passage::Kind::Quote:
            return "quote";
    }
    throw std::logic_error("a passage without a name");
}

json::object to_value(const Run& run) {
    if (!run.names.empty()) {
        json::object out{{"names", run.names}};
        out["figure"] = run.figure ? to_value(*run.figure) : nullptr;
        return out;
    }
    json::object out{{"text", run.text}};
    if (run.strong) out["strong"] = true;
    if (run.emphasis) out["emphasis"] = true;
    if (!run.link.empty()) out["link"] = run.link;
    return out;
}

json::object to_value(const Passage& passage) {
    json::object out{{"type", name_of(passage.kind)}};
    const bool heading = passage.kind == Passage::Kind::Heading;
    if (heading) out["level"] = passage.level;
    if (passage.kind == Passage::Kind::Numbered) out["first"] = passage.level;
    if (heading || passage.kind == Passage::Kind::Paragraph) {
        json::array runs;
        for (const auto& run : passage.runs) runs.push_back(to_value(run));
        out["runs"] = std::move(runs);
        return out;
    }
    json::array parts;
    for (const auto& part : passage.parts) parts.push_back(to_value(part));
    out["parts"] = std::move(parts);
    return out;
}

json::object to_value(const Prose& prose) {
    json::array passages;
    for (const auto& passage : prose.passages) passages.push_back(to_value(passage));
    json::object out{{"language", domain::code_of(prose.language)}, {"passages", std::move(passages)}};
    if (!prose.faults.empty()) out["faults"] = json::array(prose.faults.begin(), prose.faults.end());
    return out;
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
        json::array marks;
        for (const auto& mark : table.marks) {
            json::object out{
                {"row", mark.row}, {"column", mark.column}, {"sign", mark.sign}, {"text", mark.text}};
            if (!mark.framed) out["framed"] = false;
            marks.push_back(std::move(out));
        }
        json::array breaks;
        for (const auto& each : table.breaks) {
            breaks.push_back(json::object{{"at", each.at}, {"text", each.text}});
        }
        return {{"type", "table"},
                {"id", table.id},
                {"caption", table.caption},
                {"row_heading", table.row_heading},
                {"columns", std::move(columns)},
                {"rows", std::move(rows)},
                {"definition", table.definition},
                {"source", table.source},
                {"note", table.note},
                {"marks", std::move(marks)},
                {"breaks", std::move(breaks)}};
    }
    json::object operator()(const Chart& chart) const {
        json::object out{{"type", "chart"},
                         {"id", chart.id},
                         {"shape", name_of(chart.shape)},
                         {"table", chart.table},
                         {"columns", json::array(chart.columns.begin(), chart.columns.end())},
                         {"title", chart.title},
                         {"description", chart.description}};
        if (!chart.rows.empty()) out["rows"] = json::array(chart.rows.begin(), chart.rows.end());
        if (chart.rows_are_series) out["rows_are_series"] = true;
        return out;
    }
    json::object operator()(const Prose& prose) const {
        auto out = to_value(prose);
        out["type"] = "prose";
        return out;
    }
    json::object operator()(const Item& item) const {
        json::array facts;
        for (const auto& fact : item.facts) {
            json::array said;
            for (const auto& words : fact.said) {
                json::object each{{"text", words.text}};
                if (words.language) each["language"] = domain::code_of(*words.language);
                said.push_back(std::move(each));
            }
            facts.push_back(json::object{{"term", fact.term}, {"said", std::move(said)}});
        }
        return {{"type", "item"},
                {"id", item.id},
                {"heading", item.heading},
                {"text", to_value(item.text)},
                {"facts", std::move(facts)}};
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

std::string_view name_of(Measure unit) {
    switch (unit) {
        case Measure::Count:
            return "count";
        case Measure::Percent:
            return "percent";
        case Measure::Days:
            return "days";
        case Measure::Ratio:
            return "ratio";
    }
    throw std::logic_error("a unit without a name");
}

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
    if (!report.kind.empty()) out["kind"] = report.kind;
    if (!report.period.empty()) out["period"] = report.period;
    const bool is_public = report.level == Level::Public;
    out["level"] = is_public ? "public" : "internal";
    if (is_public) out["threshold"] = report.threshold;
    out["template"] = kTemplate;
    return json::serialize(out) + "\n";
}

}  // namespace vastine::projections::report
