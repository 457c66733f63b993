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

std::string_view counts_of(Whole whole) {
    switch (whole) {
        case Whole::Contacts:
            return "contacts";
        case Whole::Matters:
            return "matters";
        case Whole::Cases:
            return "cases";
        case Whole::Answers:
            return "answers";
        case Whole::Rulings:
            return "rulings";
    }
    return "";
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
Named named(std::string figure, std::uint64_t count) {
    return {std::move(figure), static_cast<double>(count)};
}
Cell counted(const Named& figure) {
    return {Number{figure.value, Measure::Count, 0}, figure.figure};
}
Cell share(const Named& part, const Named& whole) {
    auto out = share(static_cast<std::uint64_t>(part.value), static_cast<std::uint64_t>(whole.value));
    if (out.number) out.from = {part, whole};
    return out;
}
Cell share(std::uint64_t part, std::uint64_t whole) {
    if (whole == 0) return {};
    const double percent = 100.0 * static_cast<double>(part) / static_cast<double>(whole);
    // A few are not none: what would round to nought keeps a decimal.
    return {Number{percent, Measure::Percent, part > 0 && percent < 0.5 ? 1 : 0}};
}
Cell days(double value, int decimals, const Named& of) {
    return {Number{value, Measure::Days, decimals}, {}, {of}};
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
    args.try_emplace("year", written(period_, language_));
    args.try_emplace("during", during(period_, language_));
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
    out.by_size = true;
    auto counts = division.counts;
    not_stated_last(counts);
    const auto what = texts.counts.empty() ? counts_of(division.of) : texts.counts;
    const auto whole = figure(what, division.denominator);
    const auto dimension = division.code_set + (division.several ? "*" : "");
    for (const auto& [code, number] : counts) {
        const auto row = code.empty() ? "not-stated" : code;
        const auto part = figure(what, number, {{dimension, row}});
        out.rows.push_back({row, name(division.code_set, code), {counted(part), share(part, whole)}});
    }
    if (!division.several) {
        out.rows.push_back(
            {"total", say("report.column.total"), {counted(whole), share(whole, whole)}, true});
    }
    out.named = {whole};
    const std::string mark(kSuppressedMark);
    out.definition = say(texts.definition, {{"total", count(division.denominator)}});
    out.definition_without = say(texts.definition, {{"total", mark}});
    if (division.several) {
        const auto several = say(division.of == Whole::Contacts ? "report.definition.several_contacts"
                                                                : "report.definition.several");
        out.definition += " " + several;
        out.definition_without += " " + several;
    }
    if (division.gone > 0) {
        out.named.push_back(figure(what, division.gone, {{dimension, "not-stated"}, {"gone*", "yes"}}));
        out.definition += " " + say("report.definition.gone", {{"count", count(division.gone)}});
        out.definition_without += " " + say("report.definition.gone", {{"count", mark}});
    }
    return out;
}

void Composer::add_division(std::vector<Block>& blocks, Table table) const {
    if (std::ranges::count(table.rows, false, &Row::total) > 2)
        blocks.emplace_back(chart(table, Shape::Bars, {"count"}));
    blocks.emplace_back(std::move(table));
}
Section Composer::divided(std::string id, std::string_view heading_id, const DivisionTexts& texts,
                          const Division& division) const {
    Section out{std::move(id), say(heading_id), {}, {}};
    add_division(out.blocks, this->division(texts, division));
    return out;
}

Named Composer::figure(std::string_view what, std::uint64_t count, const Dimensions& by) const {
    return named(figure_id(what, period_text(period_), by), count);
}
Named Composer::figure_in(int year, std::string_view what, std::uint64_t count, const Dimensions& by) const {
    return named(figure_id(what, period_text(period_.ending_in(year)), by), count);
}
Named Composer::figure_of_month(const std::string& month, std::string_view what, std::uint64_t count,
                                const Dimensions& by) const {
    auto dimensions = by;
    dimensions.emplace_back("month", month);
    return named(figure_id(what, month.substr(0, 4), dimensions), count);
}

Column Composer::year_column(int year) const {
    return {std::to_string(year), year_heading(year)};
}
std::string Composer::year_heading(int year) const {
    const auto of = period_.ending_in(year);
    const auto last = std::to_string(year);
    return of.first.year() == of.last.year() ? last
                                             : std::to_string(static_cast<int>(of.first.year())) + "–" + last;
}

namespace {

std::string month_of(std::chrono::year_month at, domain::Language language) {
    return month_name(static_cast<unsigned>(at.month()), language);
}
std::string year_of(std::chrono::year_month at) {
    return std::to_string(static_cast<int>(at.year()));
}
// "tammi" of "tammikuu": of a range in Finnish only its last month is named whole.
std::string shortened(std::string month, domain::Language language) {
    constexpr std::string_view ending = "kuu";
    if (language == domain::Language::Finnish && month.ends_with(ending)) {
        month.resize(month.size() - ending.size());
    }
    return month;
}

}  // namespace

std::string written(const Period& period, domain::Language language) {
    const auto& [first, last] = period;
    if (period.is_calendar_year()) return year_of(last);
    if (first == last) return month_of(last, language) + " " + year_of(last);
    if (first.year() != last.year()) {
        return month_of(first, language) + " " + year_of(first) + " – " + month_of(last, language) + " " +
               year_of(last);
    }
    return shortened(month_of(first, language), language) + "–" + month_of(last, language) + " " +
           year_of(last);
}

std::string during(const Period& period, domain::Language language) {
    if (period.is_calendar_year()) {
        return domain::text("legal_account.during.year", language, {{"year", written(period, language)}});
    }
    if (language != domain::Language::Finnish) {
        return domain::text("legal_account.during.months", language, {{"months", written(period, language)}});
    }
    // Every Finnish month ends in "kuu": the last one named takes the case.
    const auto& [first, last] = period;
    const auto in = month_of(last, language) + "ssa " + year_of(last);
    if (first == last) return in;
    if (first.year() == last.year()) return shortened(month_of(first, language), language) + "–" + in;
    return domain::text("legal_account.during.months", language, {{"months", written(period, language)}});
}

std::string id_of(std::string_view code) {
    return code.empty() ? "not-stated" : std::string(code);
}
std::vector<std::string> column_ids(const Table& table) {
    std::vector<std::string> out;
    for (const auto& column : table.columns) out.push_back(column.id);
    return out;
}
std::vector<std::string> without_total(const Table& table) {
    auto out = column_ids(table);
    std::erase(out, "total");
    return out;
}

BulletList top_causes(const Composer& composer, const Division& cause, std::string_view what) {
    constexpr std::size_t most = 3;
    BulletList out;
    for (const auto& [code, count] : cause.counts) {
        if (code.empty() || out.items.size() == most) continue;
        out.items.push_back(composer.say("report.sentence.top_cause",
                                         {{"cause", composer.name(cause.code_set, code)},
                                          {"count", composer.count(count)},
                                          {"share", composer.percent(count, cause.denominator)}}));
        out.named.push_back({composer.figure(what, count, {{cause.code_set, code}}),
                             composer.figure(what, cause.denominator)});
    }
    return out;
}

Chart Composer::chart(const Table& table, Shape shape, std::vector<std::string> columns) const {
    Chart out{table.id + "-chart", shape, table.id, std::move(columns), table.caption, {}};
    out.description = described(out, table, language_);
    return out;
}

}  // namespace vastine::projections::report
