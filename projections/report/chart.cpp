#include "projections/report/chart.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <numeric>
#include <sstream>
#include <stdexcept>

#include "projections/report/markup.hpp"
#include "projections/report/notes.hpp"
#include "projections/report/style.hpp"
#include "projections/report/writing.hpp"

namespace vastine::projections::report {
namespace {

constexpr double kWidth = 760;
constexpr double kLineHeight = 15;
constexpr double kLetter = 7.2;  // as wide as a letter of 13 pixels is taken to be

// A series' points stand beside each other in `groups`: a row of bars, the points of a year.
struct Group {
    std::string id;
    std::string label;
    std::vector<Cell> values;  // one a series
    std::vector<const Mark*> marks;
    Cell total;                    // of a divided bar, where the table prints it
    std::size_t break_before = 0;  // number of the note
};
struct Drawing {
    std::string id;
    std::vector<std::string> series;
    std::vector<Group> groups;
    double highest = 0;
    Measure unit = Measure::Count;
    domain::Language language;
    std::vector<const Mark*> marks = {};
};

std::vector<const Row*> rows_of(const Chart& chart, const Table& table) {
    std::vector<const Row*> out;
    for (const auto& row : table.rows) {
        if (chart.rows.empty() && !row.total) out.push_back(&row);
    }
    for (const auto& id : chart.rows) {
        const auto found =
            std::find_if(table.rows.begin(), table.rows.end(), [&](const Row& row) { return row.id == id; });
        // A row of a ranking may be left out of another year's table.
        if (found != table.rows.end()) out.push_back(&*found);
    }
    return out;
}

Drawing drawing_of(const Chart& chart, const Table& table, domain::Language language) {
    Drawing out{chart.id, {}, {}, 0, Measure::Count, language};
    std::vector<std::size_t> places;
    for (const auto& id : chart.columns) {
        const auto found = std::find_if(table.columns.begin(), table.columns.end(),
                                        [&](const Column& column) { return column.id == id; });
        if (found == table.columns.end()) throw std::out_of_range("chart " + chart.id + ": no column " + id);
        places.push_back(static_cast<std::size_t>(found - table.columns.begin()));
    }
    const auto total = std::find_if(table.columns.begin(), table.columns.end(),
                                    [](const Column& column) { return column.id == "total"; });
    const auto take = [&](Group& group, const Row& row, std::size_t place) {
        const auto& cell = group.values.emplace_back(row.cells[place]);
        group.marks.push_back(mark_of(table, row.id, table.columns[place].id));
        if (group.marks.back() != nullptr) out.marks.push_back(group.marks.back());
        if (!cell.number) return;
        out.highest = std::max(out.highest, cell.number->value);
        out.unit = cell.number->unit;
    };
    const auto known = [](const Group& group) {
        return std::any_of(group.values.begin(), group.values.end(),
                           [](const Cell& cell) { return cell.number || cell.suppressed; });
    };
    const bool of_time = chart.shape == Shape::Trend;
    const auto rows = rows_of(chart, table);
    if (chart.rows_are_series) {
        for (const auto* row : rows) out.series.push_back(row->heading);
        for (const auto place : places) {
            const auto& column = table.columns[place];
            Group group{column.id, column.heading, {}, {}, {}, break_before(table, column.id)};
            for (const auto* row : rows) take(group, *row, place);
            if (of_time || known(group)) out.groups.push_back(std::move(group));
        }
    } else {
        for (const auto place : places) out.series.push_back(table.columns[place].heading);
        for (const auto* row : rows) {
            Group group{row->id, row->heading, {}, {}, {}, break_before(table, row->id)};
            for (const auto place : places) take(group, *row, place);
            if (total != table.columns.end()) {
                group.total = row->cells[static_cast<std::size_t>(total - table.columns.begin())];
            }
            if (of_time || known(group)) out.groups.push_back(std::move(group));
        }
    }
    // A year of which nothing is known keeps its place between others, but none before or after them.
    while (!out.groups.empty() && !known(out.groups.back())) out.groups.pop_back();
    out.groups.erase(out.groups.begin(), std::find_if(out.groups.begin(), out.groups.end(), known));
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
    for (const auto& [key, value] : attributes) with(node, key, value);
    return node;
}

pugi::xml_node words(pugi::xml_node parent, const char* css_class, double x, double y,
                     const std::string& text) {
    auto node = shape(parent, "text", {{"class", css_class}, {"x", number(x)}, {"y", number(y)}});
    node.text().set(printable(text).c_str());
    return node;
}
void line(pugi::xml_node parent, const char* css_class, double x1, double y1, double x2, double y2) {
    shape(parent, "line",
          {{"class", css_class},
           {"x1", number(x1)},
           {"y1", number(y1)},
           {"x2", number(x2)},
           {"y2", number(y2)}});
}
pugi::xml_node box(pugi::xml_node parent, const std::string& css_class, double x, double y, double width,
                   double height) {
    return shape(parent, "rect",
                 {{"class", css_class},
                  {"x", number(x)},
                  {"y", number(y)},
                  {"width", number(width)},
                  {"height", number(height)}});
}

// Letters are counted as code points; the widths of fonts differ, so the margins are generous.
std::size_t letters(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}
double width_of(std::string_view text) {
    return kLetter * static_cast<double>(letters(text));
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
double longest_line(const std::vector<std::string>& lines) {
    double out = 0;
    for (const auto& each : lines) out = std::max(out, width_of(each));
    return out;
}

// How the parts of a bar differ without colour, in their order.
constexpr const char* kFills[] = {"solid", "hatched", "outlined", "dotted",
                                  "pale",  "crossed", "dusky",    "striped"};

// The latest series is solid, the one before hatched, older ones outlined.
std::string fill_of_series(std::size_t series, std::size_t count) {
    switch (count - series) {
        case 1:
            return "solid";
        case 2:
            return "hatched";
        default:
            return "outlined";
    }
}
std::string fill_of_part(std::size_t part) {
    return kFills[part % std::size(kFills)];
}

// A name in the document for each way of filling that is a pattern.
void patterns(pugi::xml_node svg, const Drawing& drawing) {
    auto all = svg.append_child("defs");
    const auto begun = [&](const char* name, const char* size, const char* turned) {
        auto node = shape(all, "pattern",
                          {{"id", drawing.id + "-" + name},
                           {"width", size},
                           {"height", size},
                           {"patternUnits", "userSpaceOnUse"},
                           {"patternTransform", turned}});
        shape(node, "rect", {{"class", "hatch-ground"}, {"width", size}, {"height", size}});
        return node;
    };
    auto hatched = begun("hatched", "6", "rotate(45)");
    line(hatched, "hatch-line", 1.5, 0, 1.5, 6);
    auto dotted = begun("dotted", "6", "rotate(0)");
    shape(dotted, "circle", {{"class", "hatch-dot"}, {"cx", "3"}, {"cy", "3"}, {"r", "1.4"}});
    auto crossed = begun("crossed", "7", "rotate(45)");
    line(crossed, "hatch-line", 0, 3.5, 7, 3.5);
    line(crossed, "hatch-line", 3.5, 0, 3.5, 7);
    auto striped = begun("striped", "5", "rotate(0)");
    line(striped, "hatch-line", 0, 2.5, 5, 2.5);
    auto withheld = begun("withheld", "8", "rotate(-45)");
    line(withheld, "hatch-faint", 4, 0, 4, 8);
}

void bar(pugi::xml_node svg, const Drawing& drawing, const std::string& fill, double x, double y,
         double width, double height) {
    auto node = box(svg, fill, x, y, width, height);
    if (fill == "hatched" || fill == "dotted" || fill == "crossed" || fill == "striped") {
        with(node, "fill", "url(#" + drawing.id + "-" + fill + ")");
    }
}

// Over the bars when it fits there on one line, else over all the width.
double legend_left(const Drawing& drawing, double left) {
    double wide = 0;
    for (const auto& name : drawing.series) wide += 23 + width_of(name) + 24;
    return left + wide > kWidth ? 0 : left;
}

// Returns the height used. Names that do not fit beside each other go on to the next line.
double legend(pugi::xml_node svg, const Drawing& drawing, double left,
              const std::function<std::string(std::size_t)>& fill) {
    if (drawing.series.size() < 2) return 0;
    double x = left;
    double y = 4;
    for (std::size_t i = 0; i < drawing.series.size(); ++i) {
        const double wide = 23 + width_of(drawing.series[i]) + 24;
        if (x > left && x + wide > kWidth) {
            x = left;
            y += 20;
        }
        bar(svg, drawing, fill(i), x, y, 16, 12);
        words(svg, "label", x + 23, y + 11, drawing.series[i]);
        x += wide;
    }
    return y + 26;
}

// A round step that cuts the axis into five or fewer; a count has whole steps.
double step_of(double highest, Measure unit) {
    const bool whole = unit == Measure::Count;
    const double rough = (whole ? std::max(highest, 1.0) : highest > 0 ? highest : 1.0) / 5;
    const double power = std::pow(10, std::floor(std::log10(rough)));
    for (const double factor : {1.0, 2.0, 2.5, 5.0, 10.0}) {
        const double step = factor * power;
        if (step < rough * (1 - 1e-9)) continue;
        if (!whole || (step >= 1 && std::floor(step) == step)) return step;
    }
    return whole ? std::max(1.0, 10 * power) : 10 * power;
}

void place(pugi::xml_node svg, double height) {
    with(svg, "viewBox", fmt::format("0 0 {:.0f} {:.0f}", kWidth, height));
}

struct Scale {
    double left;
    double right;
    double top;
    double plot;
    double ceiling;
    [[nodiscard]] double y(double value) const { return top + plot * (1 - value / ceiling); }
    [[nodiscard]] double bottom() const { return top + plot; }
};
constexpr double kAxisLeft = 56;

Scale axis(pugi::xml_node svg, const Drawing& drawing, double top, double right) {
    const double step = step_of(drawing.highest, drawing.unit);
    const Scale scale{kAxisLeft, right, top, 230,
                      step * std::max(1.0, std::ceil(drawing.highest / step - 1e-9))};
    const int decimals = step >= 1 && std::floor(step) == step ? 0
                         : step * 10 == std::floor(step * 10)  ? 1
                                                               : 2;
    for (double tick = 0; tick <= scale.ceiling + step / 2; tick += step) {
        line(svg, tick == 0 ? "axis" : "grid", scale.left, scale.y(tick), right, scale.y(tick));
        words(svg, "tick", scale.left - 8, scale.y(tick) + 4,
              written({tick, drawing.unit, decimals}, drawing.language));
    }
    return scale;
}

void break_line(pugi::xml_node svg, const Scale& scale, double x, std::size_t note) {
    line(svg, "break", x, scale.top - 8, x, scale.bottom());
    words(svg, "note middle", x, scale.top - 12, break_sign(note));
}

// Under the axis, in letters small enough to fit; where none are, every second, third … is named.
void names_below(pugi::xml_node svg, const Drawing& drawing, const Scale& scale,
                 const std::function<double(std::size_t)>& x, double share) {
    std::size_t most = 0;
    for (const auto& group : drawing.groups) most = std::max(most, letters(group.label));
    struct Size {
        const char* css;
        double letter;
    };
    static constexpr Size sizes[] = {
        {"label middle", kLetter}, {"label middle small", 6.6}, {"label middle tiny", 6}};
    const auto* size = std::begin(sizes);
    const auto wide = [&] { return static_cast<double>(most) * size->letter + 4; };
    while (wide() > share && size + 1 != std::end(sizes)) ++size;
    const auto every = wide() <= share ? 1 : static_cast<std::size_t>(std::ceil((wide() + 4) / share));
    for (std::size_t i = 0; i < drawing.groups.size(); i += every) {
        words(svg, size->css, x(i), scale.bottom() + 18, drawing.groups[i].label);
    }
}

void columns(pugi::xml_node svg, const Drawing& drawing) {
    const auto fill = [&](std::size_t i) { return fill_of_series(i, drawing.series.size()); };
    const auto scale = axis(svg, drawing, legend(svg, drawing, kAxisLeft, fill) + 22, kWidth);
    const double share =
        (kWidth - scale.left) / static_cast<double>(std::max<std::size_t>(drawing.groups.size(), 1));
    const double thickness = std::min(56.0, share * 0.78 / static_cast<double>(drawing.series.size()));
    const auto middle = [&](std::size_t i) { return scale.left + share * (static_cast<double>(i) + 0.5); };
    for (std::size_t g = 0; g < drawing.groups.size(); ++g) {
        const auto& group = drawing.groups[g];
        if (group.break_before > 0 && g > 0)
            break_line(svg, scale, middle(g) - share / 2, group.break_before);
        double x = middle(g) - thickness * static_cast<double>(drawing.series.size()) / 2;
        for (std::size_t s = 0; s < group.values.size(); ++s, x += thickness) {
            if (!group.values[s].number && !group.values[s].suppressed) continue;
            const double y = scale.y(bar_value(group.values[s]));
            bar(svg, drawing, fill(s), x + 1, y, thickness - 2, scale.bottom() - y);
            words(svg, thickness < 20 ? "value middle tiny" : "value middle", x + thickness / 2, y - 5,
                  written(group.values[s], drawing.language));
        }
    }
    names_below(svg, drawing, scale, middle, share);
    place(svg, scale.bottom() + 28);
}

// The name of a row left of its bars, in as many lines as it takes.
constexpr double kNamesRight = 270;
constexpr std::size_t kNameLetters = 36;
void name_of_row(pugi::xml_node svg, const std::vector<std::string>& lines, double y, double high,
                 double right) {
    double line_y = y + (high - kLineHeight * static_cast<double>(lines.size())) / 2 + 11.5;
    for (const auto& each : lines) {
        words(svg, "label end", right - 10, line_y, each);
        line_y += kLineHeight;
    }
}

void bars(pugi::xml_node svg, const Drawing& drawing) {
    constexpr double left = kNamesRight;
    constexpr double right = 70;
    const auto fill = [&](std::size_t i) { return fill_of_series(i, drawing.series.size()); };
    double y = legend(svg, drawing, legend_left(drawing, left), fill) + 4;
    const double scale = (kWidth - left - right) / (drawing.highest > 0 ? drawing.highest : 1.0);
    const double thickness = drawing.series.size() > 1 ? 17 : 20;
    const double first = y;
    for (const auto& group : drawing.groups) {
        const auto lines = wrapped(group.label, kNameLetters);
        const double bars_high = thickness * static_cast<double>(group.values.size());
        const double high = std::max(bars_high, kLineHeight * static_cast<double>(lines.size()));
        name_of_row(svg, lines, y, high, left);
        double bar_y = y + (high - bars_high) / 2;
        for (std::size_t s = 0; s < group.values.size(); ++s, bar_y += thickness) {
            if (!group.values[s].number && !group.values[s].suppressed) continue;
            const double width = bar_value(group.values[s]) * scale;
            bar(svg, drawing, fill(s), left, bar_y + 1.5, std::max(width, 0.5), thickness - 3);
            auto said = written(group.values[s], drawing.language);
            if (group.marks[s] != nullptr) said += " " + group.marks[s]->sign;
            words(svg, "value", left + width + 6, bar_y + thickness / 2 + 4.2, said);
        }
        y += high + 9;
    }
    line(svg, "axis", left, first - 3, left, y - 6);
    place(svg, y);
}

// What a reader of a divided bar compares are its parts; a suppressed one has no width of its own, so that
// the length of the bar does not tell it.
void stacked(pugi::xml_node svg, const Drawing& drawing) {
    constexpr double left = kNamesRight;
    constexpr double right = 70;
    double y = legend(svg, drawing, legend_left(drawing, left), fill_of_part) + 4;
    double longest = 0;
    for (const auto& group : drawing.groups) {
        double sum = 0;
        for (const auto& each : group.values) sum += bar_value(each);
        longest = std::max(longest, sum);
    }
    const double scale = (kWidth - left - right) / (longest > 0 ? longest : 1.0);
    constexpr double thickness = 26;
    const double first = y;
    for (const auto& group : drawing.groups) {
        const auto lines = wrapped(group.label, kNameLetters);
        const double high = std::max(thickness, kLineHeight * static_cast<double>(lines.size()));
        name_of_row(svg, lines, y, high, left);
        const double bar_y = y + (high - thickness) / 2;
        double x = left;
        bool suppressed = false;
        for (std::size_t s = 0; s < group.values.size(); ++s) {
            suppressed = suppressed || group.values[s].suppressed;
            if (!group.values[s].number) continue;
            const double width = group.values[s].number->value * scale;
            if (width <= 0) continue;
            const auto fill = fill_of_part(s);
            bar(svg, drawing, fill, x, bar_y + 2, width, thickness - 4);
            const auto said = written(group.values[s], drawing.language);
            if (width_of(said) + 8 <= width) {
                words(
                    svg,
                    fill == "solid" || fill == "dusky" ? "value middle on-solid" : "value middle on-pattern",
                    x + width / 2, bar_y + thickness / 2 + 4.5, said);
            }
            x += width;
        }
        std::string end;
        if (group.total.number) end = written(group.total, drawing.language);
        if (suppressed) end += (end.empty() ? "" : " ") + std::string(kSuppressedMark);
        if (!end.empty()) words(svg, "value total", x + 7, bar_y + thickness / 2 + 4.5, end);
        y += high + 8;
    }
    line(svg, "axis", left, first - 3, left, y - 5);
    place(svg, y);
}

// ---- trend ----

constexpr std::size_t kPaths = 6;  // ways to draw a line, each with its own dash and point

void point(pugi::xml_node svg, std::size_t series, double x, double y) {
    const auto at = [&](double dx, double dy) { return number(x + dx) + "," + number(y + dy) + " "; };
    const auto css = "point path-" + std::to_string(series % kPaths + 1);
    constexpr double r = 4;
    switch (series % kPaths) {
        case 0:
            shape(svg, "circle", {{"class", css}, {"cx", number(x)}, {"cy", number(y)}, {"r", number(r)}});
            break;
        case 1:
            box(svg, css + " hollow", x - 3.6, y - 3.6, 7.2, 7.2);
            break;
        case 2:
            shape(svg, "polygon", {{"class", css}, {"points", at(0, -4.8) + at(4.6, 3.6) + at(-4.6, 3.6)}});
            break;
        case 3:
            shape(svg, "circle",
                  {{"class", css + " hollow"}, {"cx", number(x)}, {"cy", number(y)}, {"r", number(r)}});
            break;
        case 4:
            shape(svg, "polygon", {{"class", css}, {"points", at(0, -5) + at(5, 0) + at(0, 5) + at(-5, 0)}});
            break;
        default:
            shape(svg, "polygon",
                  {{"class", css + " hollow"}, {"points", at(0, 4.8) + at(4.6, -3.6) + at(-4.6, -3.6)}});
    }
}

struct EndLabel {
    std::size_t series;
    std::vector<std::string> lines;
    double x = 0;  // of the last point
    double y = 0;
    double top = 0;
    [[nodiscard]] double high() const { return kLineHeight * static_cast<double>(lines.size()) + 3; }
};

// Names stand at the ends of their lines, pushed apart as far as they would lie on each other.
void push_apart(std::vector<EndLabel>& labels, double top, double bottom) {
    std::stable_sort(labels.begin(), labels.end(),
                     [](const EndLabel& a, const EndLabel& b) { return a.y < b.y; });
    double free = top;
    for (auto& label : labels) {
        label.top = std::max(free, label.y - label.high() / 2);
        free = label.top + label.high();
    }
    double limit = bottom;
    for (auto label = labels.rbegin(); label != labels.rend(); ++label) {
        label->top = std::min(label->top, limit - label->high());
        limit = label->top;
    }
}

void trend(pugi::xml_node svg, const Drawing& drawing) {
    constexpr std::size_t label_letters = 26;
    std::vector<EndLabel> labels;
    double labels_wide = 0;
    double labels_high = 0;
    for (std::size_t s = 0; s < drawing.series.size(); ++s) {
        const Group* last = nullptr;
        for (const auto& group : drawing.groups) {
            if (group.values[s].number) last = &group;
        }
        auto said = drawing.series[s];
        if (last != nullptr && drawing.series.size() > 1) {
            said += " " + written(last->values[s], drawing.language);
            // A line that ends before the others says when.
            if (last != &drawing.groups.back()) said += " (" + last->label + ")";
        }
        labels.push_back({s, wrapped(said, label_letters)});
        labels_wide = std::max(labels_wide, longest_line(labels.back().lines));
        labels_high += labels.back().high();
    }
    const bool one = drawing.series.size() == 1;
    const double right = one ? kWidth - 24 : kWidth - std::min(labels_wide, 215.0) - 40;
    const double top = 26 + std::max(0.0, (labels_high - 240) / 2);
    const auto scale = axis(svg, drawing, top, right);
    const auto count = drawing.groups.size();
    const double inset = std::min(30.0, (right - scale.left) / 12);
    const double share =
        (right - scale.left - 2 * inset) / static_cast<double>(std::max<std::size_t>(count, 2) - 1);
    const auto x = [&](std::size_t i) {
        return count == 1 ? (scale.left + right) / 2 : scale.left + inset + share * static_cast<double>(i);
    };
    for (std::size_t g = 1; g < count; ++g) {
        const auto note = drawing.groups[g].break_before;
        if (note > 0) break_line(svg, scale, x(g) - share / 2, note);
    }
    names_below(svg, drawing, scale, x, share);
    constexpr std::size_t many = 40;
    for (std::size_t s = 0; s < drawing.series.size(); ++s) {
        const auto css = "path path-" + std::to_string(s % kPaths + 1);
        std::string points;
        int joined = 0;
        // A line goes only from year to year: across what is not known or not told it would say something.
        const auto end_line = [&] {
            if (joined > 1) shape(svg, "polyline", {{"class", css}, {"points", points}});
            points.clear();
            joined = 0;
        };
        for (std::size_t g = 0; g < count; ++g) {
            const auto& cell = drawing.groups[g].values[s];
            if (!cell.number || drawing.groups[g].break_before > 0) end_line();
            if (!cell.number) continue;
            points += number(x(g)) + "," + number(scale.y(cell.number->value)) + " ";
            ++joined;
        }
        end_line();
    }
    for (std::size_t s = 0; s < drawing.series.size(); ++s) {
        for (std::size_t g = 0; g < count; ++g) {
            const auto& cell = drawing.groups[g].values[s];
            if (!cell.number) continue;
            const double y = scale.y(cell.number->value);
            if (count <= many) point(svg, s, x(g), y);
            if (one && count <= many / 2) {
                words(svg, "value middle", x(g), y - 10, written(cell, drawing.language));
            }
            labels[s].x = x(g);
            labels[s].y = y;
        }
    }
    for (std::size_t g = 0; g < count; ++g) {
        const auto& values = drawing.groups[g].values;
        if (std::any_of(values.begin(), values.end(), [](const Cell& cell) { return cell.suppressed; })) {
            words(svg, "value middle", x(g), scale.bottom() - 6, std::string(kSuppressedMark));
        }
    }
    if (!one) {
        std::erase_if(labels, [](const EndLabel& label) { return label.y <= 0; });
        push_apart(labels, 2, scale.bottom() + 26);
        for (const auto& label : labels) {
            const double middle = label.top + label.high() / 2;
            if (label.x >= x(count - 1) - 1) line(svg, "leader", label.x + 8, label.y, right + 14, middle);
            double y = label.top + 12.5;
            for (const auto& each : label.lines) {
                words(svg, "label", right + 20, y, each);
                y += kLineHeight;
            }
        }
    }
    place(svg, scale.bottom() + 28);
}

// ---- heat map ----

constexpr int kShades = 5;

int shade_of(double value, double highest) {
    if (value <= 0 || highest <= 0) return 0;
    return std::min(kShades, static_cast<int>(std::ceil(kShades * value / highest - 1e-9)));
}

double shade_legend(pugi::xml_node svg, const Drawing& drawing, double left, double y) {
    const bool whole = drawing.unit == Measure::Count && drawing.highest >= kShades;
    double x = left;
    for (int shade = 1; shade <= kShades; ++shade) {
        const double least = drawing.highest * (shade - 1) / kShades;
        const double most = drawing.highest * shade / kShades;
        const auto say = [&](double value) {
            return written({value, drawing.unit, whole || drawing.highest >= kShades ? 0 : 1},
                           drawing.language);
        };
        const auto said = whole ? say(std::floor(least + 1e-9) + 1) + "–" + say(std::floor(most + 1e-9))
                                : say(least) + "–" + say(most);
        box(svg, "cell shade-" + std::to_string(shade), x, y, 22, 14);
        words(svg, "small", x + 28, y + 11.5, said);
        x += 28 + width_of(said) + 16;
    }
    y += 24;
    std::vector<std::pair<std::string, std::string>> seen;
    for (const auto* mark : drawing.marks) {
        const std::pair each{mark->sign, mark->text};
        if (std::find(seen.begin(), seen.end(), each) != seen.end()) continue;
        seen.push_back(each);
        if (mark->framed) box(svg, "frame", left + 1, y + 1, 20, 13);
        words(svg, "small", left + 28, y + 11.5, mark->sign + " " + mark->text);
        y += 22;
    }
    return y;
}

void heat_map(pugi::xml_node svg, const Drawing& drawing) {
    const auto count = std::max<std::size_t>(drawing.series.size(), 1);
    double names_wide = 90;
    for (const auto& group : drawing.groups) {
        names_wide = std::max(names_wide, longest_line(wrapped(group.label, kNameLetters)) + 14);
    }
    const double left = std::min(names_wide, kNamesRight);
    constexpr double narrow = 74;
    double wide = std::min(104.0, (kWidth - left) / static_cast<double>(count));
    // Headings that do not fit over their columns lean; the last one needs room to the right.
    const bool lean = [&] {
        if (wide < narrow) return true;
        for (const auto& each : drawing.series) {
            for (const auto& word : wrapped(each, 1)) {
                if (width_of(word) > wide) return true;
            }
        }
        return false;
    }();
    constexpr double sine = 0.643;  // of 40 degrees
    constexpr double cosine = 0.766;
    double top = 0;
    if (lean) {
        double longest = 0;
        for (const auto& each : drawing.series) longest = std::max(longest, longest_line(wrapped(each, 26)));
        top = longest * sine + 26;
        wide = std::min(wide, (kWidth - left - longest * cosine * 0.9) / (static_cast<double>(count) - 0.5));
        for (std::size_t s = 0; s < drawing.series.size(); ++s) {
            const double x = left + wide * (static_cast<double>(s) + 0.5);
            auto y = top - 8;
            const auto lines = wrapped(drawing.series[s], 26);
            for (std::size_t i = 0; i < lines.size(); ++i) {
                const double down =
                    kLineHeight * (static_cast<double>(i) - static_cast<double>(lines.size() - 1));
                auto text = words(svg, "label", x, y + down / cosine, lines[i]);
                with(text, "transform", fmt::format("rotate(-40 {:.1f} {:.1f})", x, y + down / cosine));
            }
        }
    } else {
        std::size_t most = 1;
        const auto fits = static_cast<std::size_t>((wide - 6) / kLetter);
        for (const auto& each : drawing.series) most = std::max(most, wrapped(each, fits).size());
        top = kLineHeight * static_cast<double>(most) + 8;
        for (std::size_t s = 0; s < drawing.series.size(); ++s) {
            const auto lines = wrapped(drawing.series[s], fits);
            double y = top - 8 - kLineHeight * static_cast<double>(lines.size() - 1);
            for (const auto& each : lines) {
                words(svg, "label middle", left + wide * (static_cast<double>(s) + 0.5), y, each);
                y += kLineHeight;
            }
        }
    }
    double y = top;
    std::vector<std::array<double, 3>> frames;
    for (const auto& group : drawing.groups) {
        const auto lines = wrapped(group.label, kNameLetters);
        const double high = std::max(30.0, kLineHeight * static_cast<double>(lines.size()) + 6);
        name_of_row(svg, lines, y, high, left);
        for (std::size_t s = 0; s < group.values.size(); ++s) {
            const auto& cell = group.values[s];
            const double x = left + wide * static_cast<double>(s);
            const int shade = cell.number ? shade_of(cell.number->value, drawing.highest) : 0;
            // A rule of the style sheet would go before the pattern.
            auto field =
                box(svg, cell.suppressed ? "cell" : "cell shade-" + std::to_string(shade), x, y, wide, high);
            if (cell.suppressed) with(field, "fill", "url(#" + drawing.id + "-withheld)");
            auto said = written(cell, drawing.language);
            if (group.marks[s] != nullptr) {
                said += " " + group.marks[s]->sign;
                if (group.marks[s]->framed) frames.push_back({x, y, high});
            }
            words(svg, shade > 3 ? "value middle on-solid" : "value middle", x + wide / 2, y + high / 2 + 4.5,
                  said);
        }
        y += high;
    }
    for (const auto& [x, frame_y, high] : frames) {
        box(svg, "frame-ground", x + 3, frame_y + 3, wide - 6, high - 6);
        box(svg, "frame", x + 1.5, frame_y + 1.5, wide - 3, high - 3);
    }
    place(svg, shade_legend(svg, drawing, left, y + 14) + 4);
}

void draw_shape(pugi::xml_node svg, const Chart& chart, const Drawing& drawing) {
    if (chart.shape != Shape::Trend) patterns(svg, drawing);
    switch (chart.shape) {
        case Shape::Columns:
            return columns(svg, drawing);
        case Shape::Bars:
            return bars(svg, drawing);
        case Shape::Trend:
            return trend(svg, drawing);
        case Shape::Stacked:
            return stacked(svg, drawing);
        case Shape::HeatMap:
            return heat_map(svg, drawing);
    }
}

void draw_described(pugi::xml_node parent, const Chart& chart, const Drawing& drawing) {
    auto svg = shape(parent, "svg",
                     {{"xmlns", "http://www.w3.org/2000/svg"},
                      {"role", "img"},
                      {"aria-labelledby", chart.id + "-title " + chart.id + "-desc"}});
    with(element(svg, "title", chart.title), "id", chart.id + "-title");
    with(element(svg, "desc", chart.description), "id", chart.id + "-desc");
    draw_shape(svg, chart, drawing);
}

}  // namespace

std::string_view name_of(Shape shape) {
    switch (shape) {
        case Shape::Columns:
            return "columns";
        case Shape::Bars:
            return "bars";
        case Shape::Trend:
            return "trend";
        case Shape::Stacked:
            return "stacked";
        case Shape::HeatMap:
            return "heat-map";
    }
    throw std::logic_error("a shape without a name");
}

std::string drawn_alone(const Chart& chart, const Table& table, domain::Language language) {
    pugi::xml_document document;
    auto svg = shape(document, "svg", {{"xmlns", "http://www.w3.org/2000/svg"}});
    svg.append_child("style").text().set((std::string(kDrawingFont) + std::string(kDrawingStyle)).c_str());
    draw_shape(svg, chart, drawing_of(chart, table, language));
    std::ostringstream out;
    document.save(out, " ", pugi::format_indent | pugi::format_no_declaration, pugi::encoding_utf8);
    return out.str();
}

void draw(pugi::xml_node parent, const Chart& chart, const std::string& caption, const Table& table,
          domain::Language language) {
    const auto drawing = drawing_of(chart, table, language);
    auto figure = shape(parent, "figure", {{"id", chart.id}, {"class", "chart"}});
    element(figure, "figcaption", caption);
    // On a narrow screen the chart keeps its size and is scrolled, by keyboard too.
    auto frame = shape(figure, "div",
                       {{"class", "scroll"}, {"role", "region"}, {"tabindex", "0"}, {"aria-label", caption}});
    draw_described(frame, chart, drawing);
}

std::string drawn_inline(const Chart& chart, const Table& table, domain::Language language) {
    pugi::xml_document document;
    draw_described(document, chart, drawing_of(chart, table, language));
    std::ostringstream out;
    document.save(out, "", pugi::format_raw | pugi::format_no_declaration, pugi::encoding_utf8);
    return out.str();
}

}  // namespace vastine::projections::report
