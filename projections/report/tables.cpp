#include "projections/report/tables.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "projections/report/writing.hpp"

namespace vastine::projections::report {
namespace {

std::vector<std::string> parts(std::string_view code) {
    std::vector<std::string> out;
    while (true) {
        const auto plus = code.find('+');
        out.emplace_back(code.substr(0, plus));
        if (plus == std::string_view::npos) return out;
        code.remove_prefix(plus + 1);
    }
}

// What is not stated stands last, whatever its number.
void not_stated_last(std::vector<Count>& counts) {
    std::stable_partition(counts.begin(), counts.end(),
                          [](const Count& count) { return !count.code.empty(); });
}

}  // namespace

Cell counted(std::uint64_t count) {
    return {Number{static_cast<double>(count), Measure::Count, 0}};
}
Cell share(std::uint64_t part, std::uint64_t whole) {
    if (whole == 0) return {};
    const double percent = 100.0 * static_cast<double>(part) / static_cast<double>(whole);
    // A few are not none: what would round to nought keeps a decimal.
    return {Number{percent, Measure::Percent, part > 0 && percent < 0.5 ? 1 : 0}};
}
Cell days(double value, int decimals) {
    return {Number{value, Measure::Days, decimals}};
}
Cell unknown() {
    return {};
}

std::vector<Count> sums(const Cross& cross, Side side) {
    std::map<std::string, std::uint64_t> totals;
    for (const auto& cell : cross.cells) totals[side == Side::Row ? cell.row : cell.column] += cell.count;
    std::vector<Count> out;
    for (const auto& [code, count] : totals) out.push_back({code, count});
    std::stable_sort(out.begin(), out.end(),
                     [](const Count& a, const Count& b) { return a.count > b.count; });
    not_stated_last(out);
    return out;
}

std::uint64_t at(const Cross& cross, std::string_view row, std::string_view column) {
    const auto found = std::find_if(cross.cells.begin(), cross.cells.end(), [&](const Cross::Cell& cell) {
        return cell.row == row && cell.column == column;
    });
    return found == cross.cells.end() ? 0 : found->count;
}

std::string Composer::say(std::string_view text_id) const {
    return say(text_id, {});
}
std::string Composer::say(std::string_view text_id, std::map<std::string, std::string> args) const {
    args.try_emplace("year", std::to_string(year_));
    return domain::text(text_id, language_, args);
}
std::string Composer::count(std::uint64_t number) const {
    return written(number, language_);
}
std::string Composer::percent(std::uint64_t part, std::uint64_t whole) const {
    const auto cell = share(part, whole);
    return cell.number ? written(*cell.number, language_) : "–";
}

std::string Composer::name(std::string_view set, std::string_view code) const {
    if (code.empty()) return say("report.row.not_stated");
    if (set == "month") {
        if (const auto date = domain::parse_date(std::string(code) + "-01")) {
            return month_name(static_cast<unsigned>(std::chrono::year_month_day(*date).month()), language_);
        }
    }
    const Text* name = nullptr;
    if (set == "unit" || set == "department") {
        if (const auto* unit = reference_.unit(code)) name = &unit->given.name();
    } else if (set == "authority") {
        if (const auto* authority = reference_.authority(code)) name = &authority->name();
    } else if (set == "sector" && code == "both") {
        return say("report.row.both");
    } else if (set == "sector" && code.find('+') != std::string_view::npos) {
        std::vector<std::string> names;
        for (const auto& part : parts(code)) names.push_back(this->name(set, part));
        return joined(names, language_);
    } else if (const auto* entry = reference_.code(set, code)) {
        name = &entry->name();
    }
    if (name == nullptr) return std::string(code);
    const auto& written_name = domain::in_language(*name, language_);
    return written_name.empty() ? std::string(code) : written_name;
}

Table Composer::table(std::string id, std::string_view caption_id, std::string_view row_heading_id) const {
    return {std::move(id), say(caption_id), say(row_heading_id), {}, {}, {}, source_};
}
Column Composer::column(std::string id, std::string_view heading_id) const {
    return {std::move(id), say(heading_id)};
}

Table Composer::division(const DivisionTexts& texts, const Division& division) const {
    auto out = table(texts.id, texts.caption, texts.row_heading);
    out.columns = {column("count", texts.number_heading), column("share", "report.column.share")};
    auto counts = division.counts;
    not_stated_last(counts);
    for (const auto& [code, number] : counts) {
        out.rows.push_back({code.empty() ? "not-stated" : code,
                            name(division.code_set, code),
                            {counted(number), share(number, division.denominator)}});
    }
    if (!division.several) {
        out.rows.push_back(
            {"total",
             say("report.column.total"),
             {counted(division.denominator), share(division.denominator, division.denominator)},
             true});
    }
    out.definition = say(texts.definition, {{"total", count(division.denominator)}});
    if (division.several) {
        out.definition += " " + say(division.of == Whole::Contacts ? "report.definition.several_contacts"
                                                                   : "report.definition.several");
    }
    if (division.gone > 0) {
        out.definition += " " + say("report.definition.gone", {{"count", count(division.gone)}});
    }
    return out;
}

Chart Composer::chart(const Table& table, Shape shape, std::vector<std::string> columns) const {
    Chart out{table.id + "-chart", shape, table.id, std::move(columns), table.caption, {}};
    struct Extreme {
        Number number;
        std::string label;
    };
    std::optional<Extreme> highest;
    std::optional<Extreme> lowest;
    for (const auto& row : table.rows) {
        if (row.total) continue;
        for (std::size_t i = 0; i < row.cells.size(); ++i) {
            const auto& id = table.columns[i].id;
            if (!row.cells[i].number ||
                std::find(out.columns.begin(), out.columns.end(), id) == out.columns.end()) {
                continue;
            }
            const auto label =
                out.columns.size() > 1 ? row.heading + ", " + table.columns[i].heading : row.heading;
            const auto& number = *row.cells[i].number;
            if (!highest || number.value > highest->number.value) highest = Extreme{number, label};
            if (!lowest || number.value < lowest->number.value) lowest = Extreme{number, label};
        }
    }
    if (highest) {
        out.description = say(shape == Shape::Columns ? "report.chart.columns" : "report.chart.bars",
                              {{"highest", written(highest->number, language_)},
                               {"label", highest->label},
                               {"lowest", written(lowest->number, language_)},
                               {"lowest_label", lowest->label}});
    }
    return out;
}

}  // namespace vastine::projections::report
