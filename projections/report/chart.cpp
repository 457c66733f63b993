#include "projections/report/chart.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <sstream>
#include <stdexcept>

#include "projections/report/style.hpp"
#include "projections/report/writing.hpp"

namespace vastine::projections::report {
namespace {

constexpr double kWidth = 760;
constexpr double kLineHeight = 15;

struct Group {
    std::string label;
    std::vector<Cell> values;  // one a series
};
struct Drawing {
    std::string id;
    std::vector<std::string> series;
    std::vector<Group> groups;
    double highest = 0;
    domain::Language language;
};

Drawing drawing_of(const Chart& chart, const Table& table, domain::Language language) {
    Drawing out{chart.id, {}, {}, 0, language};
    std::vector<std::size_t> places;
    for (const auto& id : chart.columns) {
        const auto found = std::find_if(table.columns.begin(), table.columns.end(),
                                        [&](const Column& column) { return column.id == id; });
        if (found == table.columns.end()) throw std::out_of_range("chart " + chart.id + ": no column " + id);
        places.push_back(static_cast<std::size_t>(found - table.columns.begin()));
        out.series.push_back(found->heading);
    }
    for (const auto& row : table.rows) {
        if (row.total) continue;
        Group group{row.heading, {}};
        bool known = false;
        for (const auto place : places) {
            const auto& cell = group.values.emplace_back(row.cells[place]);
            known = known || cell.number || cell.suppressed;
            if (cell.number) out.highest = std::max(out.highest, cell.number->value);
        }
        if (known) out.groups.push_back(std::move(group));
    }
    return out;
}

// A suppressed figure has no bar, only its mark where the bar would begin.
double bar_value(const Cell& cell) {
    return cell.number ? cell.number->value : 0;
}

std::string number(double value) {
    return fmt::format("{:.1f}", value);
}

pugi::xml_node shape(pugi::xml_node parent, const char* name,
                     std::initializer_list<std::pair<const char*, std::string>> attributes) {
    auto node = parent.append_child(name);
    for (const auto& [key, value] : attributes) node.append_attribute(key) = value.c_str();
    return node;
}

void words(pugi::xml_node parent, const char* css_class, double x, double y, const std::string& text) {
    shape(parent, "text", {{"class", css_class}, {"x", number(x)}, {"y", number(y)}})
        .text()
        .set(text.c_str());
}

// Letters are counted as code points; the widths of fonts differ, so the margins are generous.
std::size_t letters(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::vector<std::string> wrapped(const std::string& text, std::size_t width) {
    std::vector<std::string> lines{""};
    std::size_t start = 0;
    while (start <= text.size()) {
        const auto end = std::min(text.find(' ', start), text.size());
        const auto word = text.substr(start, end - start);
        auto& line = lines.back();
        if (line.empty()) {
            line = word;
        } else if (letters(line) + 1 + letters(word) <= width) {
            line += " " + word;
        } else {
            lines.push_back(word);
        }
        start = end + 1;
    }
    return lines;
}

// The latest series is solid, the one before hatched, older ones outlined.
std::string fill_class(std::size_t series, std::size_t count) {
    switch (count - series) {
        case 1:
            return "solid";
        case 2:
            return "hatched";
        default:
            return "outlined";
    }
}

void pattern(pugi::xml_node svg, const Drawing& drawing) {
    if (drawing.series.size() < 2) return;
    auto node = shape(svg.append_child("defs"), "pattern",
                      {{"id", drawing.id + "-hatching"},
                       {"width", "6"},
                       {"height", "6"},
                       {"patternUnits", "userSpaceOnUse"},
                       {"patternTransform", "rotate(45)"}});
    shape(node, "rect", {{"class", "hatch-ground"}, {"width", "6"}, {"height", "6"}});
    shape(node, "line", {{"class", "hatch-line"}, {"x1", "1.5"}, {"y1", "0"}, {"x2", "1.5"}, {"y2", "6"}});
}

void bar(pugi::xml_node svg, const Drawing& drawing, std::size_t series, double x, double y, double width,
         double height) {
    const auto css_class = fill_class(series, drawing.series.size());
    auto node = shape(svg, "rect",
                      {{"class", css_class},
                       {"x", number(x)},
                       {"y", number(y)},
                       {"width", number(width)},
                       {"height", number(height)}});
    if (css_class == "hatched") {
        node.append_attribute("fill") = ("url(#" + drawing.id + "-hatching)").c_str();
    }
}

// Returns the height used.
double legend(pugi::xml_node svg, const Drawing& drawing, double x) {
    if (drawing.series.size() < 2) return 0;
    for (std::size_t i = 0; i < drawing.series.size(); ++i) {
        bar(svg, drawing, i, x, 4, 16, 12);
        words(svg, "label", x + 23, 15, drawing.series[i]);
        x += 23 + 8.0 * static_cast<double>(letters(drawing.series[i])) + 24;
    }
    return 30;
}

// A round step that cuts the axis into five or fewer.
double step_of(double highest) {
    const double rough = std::max(highest, 1.0) / 5;
    const double power = std::pow(10, std::floor(std::log10(rough)));
    for (const double factor : {1.0, 2.0, 2.5, 5.0, 10.0}) {
        const double step = factor * power;
        if (step >= rough && (step >= 1 && std::floor(step) == step)) return step;
    }
    return std::max(1.0, 10 * power);
}

void place(pugi::xml_node svg, double height) {
    svg.append_attribute("viewBox") = fmt::format("0 0 {:.0f} {:.0f}", kWidth, height).c_str();
}

void columns(pugi::xml_node svg, const Drawing& drawing) {
    constexpr double left = 48;
    const double top = legend(svg, drawing, left) + 22;
    constexpr double plot = 230;
    const double step = step_of(drawing.highest);
    const double ceiling = step * std::max(1.0, std::ceil(drawing.highest / step));
    const auto height_of = [&](double value) { return plot * value / ceiling; };
    for (double tick = 0; tick <= ceiling + step / 2; tick += step) {
        const double y = top + plot - height_of(tick);
        shape(svg, "line",
              {{"class", tick == 0 ? "axis" : "grid"},
               {"x1", number(left)},
               {"y1", number(y)},
               {"x2", number(kWidth)},
               {"y2", number(y)}});
        words(svg, "tick", left - 8, y + 4, written({tick, Measure::Count, 0}, drawing.language));
    }
    const double share =
        (kWidth - left) / static_cast<double>(std::max<std::size_t>(drawing.groups.size(), 1));
    const double thickness = std::min(56.0, share * 0.78 / static_cast<double>(drawing.series.size()));
    for (std::size_t g = 0; g < drawing.groups.size(); ++g) {
        const auto& group = drawing.groups[g];
        const double middle = left + share * (static_cast<double>(g) + 0.5);
        double x = middle - thickness * static_cast<double>(drawing.series.size()) / 2;
        for (std::size_t s = 0; s < group.values.size(); ++s, x += thickness) {
            if (!group.values[s].number && !group.values[s].suppressed) continue;
            const double height = height_of(bar_value(group.values[s]));
            bar(svg, drawing, s, x + 1, top + plot - height, thickness - 2, height);
            words(svg, "value middle", x + thickness / 2, top + plot - height - 5,
                  written(group.values[s], drawing.language));
        }
        words(svg, "label middle", middle, top + plot + 18, group.label);
    }
    place(svg, top + plot + 28);
}

void bars(pugi::xml_node svg, const Drawing& drawing) {
    constexpr double left = 270;
    constexpr double right = 70;
    constexpr double label_letters = 36;
    double y = legend(svg, drawing, left) + 4;
    const double scale = (kWidth - left - right) / std::max(drawing.highest, 1.0);
    const double thickness = drawing.series.size() > 1 ? 17 : 20;
    const double first = y;
    for (const auto& group : drawing.groups) {
        const auto lines = wrapped(group.label, static_cast<std::size_t>(label_letters));
        const double bars_high = thickness * static_cast<double>(group.values.size());
        const double words_high = kLineHeight * static_cast<double>(lines.size());
        const double high = std::max(bars_high, words_high);
        double line_y = y + (high - words_high) / 2 + 11.5;
        for (const auto& line : lines) {
            words(svg, "label end", left - 10, line_y, line);
            line_y += kLineHeight;
        }
        double bar_y = y + (high - bars_high) / 2;
        for (std::size_t s = 0; s < group.values.size(); ++s, bar_y += thickness) {
            if (!group.values[s].number && !group.values[s].suppressed) continue;
            const double width = bar_value(group.values[s]) * scale;
            bar(svg, drawing, s, left, bar_y + 1.5, std::max(width, 0.5), thickness - 3);
            words(svg, "value", left + width + 6, bar_y + thickness / 2 + 4.2,
                  written(group.values[s], drawing.language));
        }
        y += high + 9;
    }
    shape(svg, "line",
          {{"class", "axis"},
           {"x1", number(left)},
           {"y1", number(first - 3)},
           {"x2", number(left)},
           {"y2", number(y - 6)}});
    place(svg, y);
}

}  // namespace

namespace {

void draw_shape(pugi::xml_node svg, const Chart& chart, const Drawing& drawing) {
    pattern(svg, drawing);
    if (chart.shape == Shape::Columns) {
        columns(svg, drawing);
    } else {
        bars(svg, drawing);
    }
}

}  // namespace

std::string drawn_alone(const Chart& chart, const Table& table, domain::Language language) {
    pugi::xml_document document;
    auto svg = shape(document, "svg", {{"xmlns", "http://www.w3.org/2000/svg"}});
    svg.append_child("style").text().set(std::string(kDrawingStyle).c_str());
    draw_shape(svg, chart, drawing_of(chart, table, language));
    std::ostringstream out;
    document.save(out, " ", pugi::format_indent | pugi::format_no_declaration, pugi::encoding_utf8);
    return out.str();
}

void draw(pugi::xml_node parent, const Chart& chart, const std::string& caption, const Table& table,
          domain::Language language) {
    const auto drawing = drawing_of(chart, table, language);
    auto figure = shape(parent, "figure", {{"id", chart.id}, {"class", "chart"}});
    figure.append_child("figcaption").text().set(caption.c_str());
    // On a narrow screen the chart keeps its size and is scrolled, by keyboard too.
    auto frame = shape(figure, "div",
                       {{"class", "scroll"}, {"role", "region"}, {"tabindex", "0"}, {"aria-label", caption}});
    auto svg = shape(frame, "svg",
                     {{"xmlns", "http://www.w3.org/2000/svg"},
                      {"role", "img"},
                      {"aria-labelledby", chart.id + "-title " + chart.id + "-desc"}});
    shape(svg, "title", {{"id", chart.id + "-title"}}).text().set(chart.title.c_str());
    shape(svg, "desc", {{"id", chart.id + "-desc"}}).text().set(chart.description.c_str());
    draw_shape(svg, chart, drawing);
}

}  // namespace vastine::projections::report
