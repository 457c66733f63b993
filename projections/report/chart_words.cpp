// What a chart shows, for who does not see it: enough to know what a look at it tells, from what its table
// prints and nothing else.

#include <algorithm>

#include "projections/report/tables.hpp"
#include "projections/report/writing.hpp"

namespace vastine::projections::report {
namespace {

using domain::text;
using Args = std::map<std::string, std::string>;

struct Point {
    const Row* row;
    const Column* column;
    const Cell* cell;
};

// As drawn: rows that are sums only where they are named.
std::vector<std::vector<Point>> points_of(const Chart& chart, const Table& table) {
    std::vector<std::vector<Point>> out;
    for (const auto& row : table.rows) {
        const bool drawn = chart.rows.empty()
                               ? !row.total
                               : std::find(chart.rows.begin(), chart.rows.end(), row.id) != chart.rows.end();
        if (!drawn) continue;
        auto& line = out.emplace_back();
        for (std::size_t i = 0; i < row.cells.size(); ++i) {
            const auto& column = table.columns[i];
            if (std::find(chart.columns.begin(), chart.columns.end(), column.id) == chart.columns.end())
                continue;
            line.push_back({&row, &column, &row.cells[i]});
        }
    }
    return out;
}

std::string label_of(const Point& point, const Chart& chart) {
    return chart.columns.size() > 1 ? point.row->heading + ", " + point.column->heading : point.row->heading;
}

std::string_view words_of(Shape shape) {
    switch (shape) {
        case Shape::Columns:
            return "document.chart.columns";
        case Shape::Bars:
            return "document.chart.bars";
        case Shape::Stacked:
            return "document.chart.stacked";
        case Shape::HeatMap:
            return "document.chart.heat_map";
        case Shape::Trend:
            return "document.chart.trend";
    }
    return "";
}

std::string extremes(const Chart& chart, const std::vector<std::vector<Point>>& points,
                     domain::Language language) {
    const Point* highest = nullptr;
    const Point* lowest = nullptr;
    for (const auto& line : points) {
        for (const auto& point : line) {
            if (!point.cell->number) continue;
            const auto value = point.cell->number->value;
            if (highest == nullptr || value > highest->cell->number->value) highest = &point;
            if (lowest == nullptr || value < lowest->cell->number->value) lowest = &point;
        }
    }
    if (highest == nullptr) return {};
    return text(words_of(chart.shape), language,
                {{"highest", written(*highest->cell, language)},
                 {"label", label_of(*highest, chart)},
                 {"lowest", written(*lowest->cell, language)},
                 {"lowest_label", label_of(*lowest, chart)}});
}

// Of each line where it begins and where it ends.
std::string courses(const Chart& chart, const std::vector<std::vector<Point>>& points,
                    domain::Language language) {
    std::vector<std::vector<Point>> lines;
    if (chart.rows_are_series) {
        lines = points;
    } else if (!points.empty()) {
        lines.resize(points.front().size());
        for (const auto& row : points) {
            for (std::size_t i = 0; i < row.size() && i < lines.size(); ++i) lines[i].push_back(row[i]);
        }
    }
    std::string out;
    for (const auto& line : lines) {
        std::vector<Point> known;
        for (const auto& point : line) {
            if (point.cell->number) known.push_back(point);
        }
        if (known.empty()) continue;
        const auto at = [&](const Point& point) {
            return chart.rows_are_series ? point.column->heading : point.row->heading;
        };
        const auto& first = known.front();
        const auto& last = known.back();
        const Args args{{"name", chart.rows_are_series ? first.row->heading : first.column->heading},
                        {"first", written(*first.cell, language)},
                        {"first_label", at(first)},
                        {"last", written(*last.cell, language)},
                        {"last_label", at(last)}};
        out +=
            " " + text(known.size() > 1 ? "document.chart.course" : "document.chart.single", language, args);
    }
    return out.empty() ? out : text(words_of(chart.shape), language) + out;
}

std::string breaks(const Chart& chart, const Table& table, domain::Language language) {
    std::string out;
    for (const auto& each : table.breaks) {
        std::string label;
        if (chart.rows_are_series) {
            for (const auto& column : table.columns) {
                if (column.id == each.at) label = column.heading;
            }
        } else {
            for (const auto& row : table.rows) {
                if (row.id == each.at) label = row.heading;
            }
        }
        if (!label.empty()) out += " " + text("document.chart.breaks", language, {{"label", label}});
    }
    return out;
}

std::string marked(const Table& table, const std::vector<std::vector<Point>>& points,
                   domain::Language language) {
    constexpr std::size_t most = 12;
    std::vector<std::pair<std::string, std::vector<std::string>>> by_meaning;
    for (const auto& line : points) {
        for (const auto& point : line) {
            for (const auto& mark : table.marks) {
                if (!mark.framed || mark.row != point.row->id || mark.column != point.column->id) continue;
                auto found = std::find_if(by_meaning.begin(), by_meaning.end(),
                                          [&](const auto& each) { return each.first == mark.text; });
                if (found == by_meaning.end()) found = by_meaning.insert(found, {mark.text, {}});
                found->second.push_back(point.row->heading + " – " + point.column->heading + " " +
                                        written(*point.cell, language));
            }
        }
    }
    std::string out;
    for (const auto& [meaning, places] : by_meaning) {
        std::string list;
        for (std::size_t i = 0; i < std::min(places.size(), most); ++i) {
            list += (i == 0 ? "" : "; ") + places[i];
        }
        if (places.size() > most) {
            list = text("document.chart.marked_more", language,
                        {{"list", list}, {"count", std::to_string(places.size() - most)}});
        }
        out += " " + text("document.chart.marked", language,
                          {{"count", std::to_string(places.size())}, {"meaning", meaning}, {"list", list}});
    }
    return out;
}

}  // namespace

std::string described(const Chart& chart, const Table& table, domain::Language language) {
    const auto points = points_of(chart, table);
    auto out =
        chart.shape == Shape::Trend ? courses(chart, points, language) : extremes(chart, points, language);
    const bool in_time = chart.shape == Shape::Trend || chart.shape == Shape::Columns;
    if (!out.empty() && in_time) out += breaks(chart, table, language);
    if (!out.empty() && chart.shape == Shape::HeatMap) out += marked(table, points, language);
    if (!out.empty()) out += " " + text("document.chart.all", language);
    bool suppressed = false;
    for (const auto& line : points) {
        for (const auto& point : line) suppressed = suppressed || point.cell->suppressed;
    }
    if (suppressed) {
        out += (out.empty() ? "" : " ") +
               text("report.suppressed.chart", language, {{"mark", std::string(kSuppressedMark)}});
    }
    return out;
}

}  // namespace vastine::projections::report
