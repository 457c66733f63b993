#include "projections/report/year_tables.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "projections/report/writing.hpp"

namespace vastine::projections::report {
namespace {

std::string id_of(const std::string& code) {
    return code.empty() ? "not-stated" : code;
}

class Breaks {
public:
    Breaks(const Composer& composer, std::string_view set, const std::vector<int>& years)
        : composer_(composer),
          reference_(composer.reference()),
          set_(set),
          years_(years),
          first_day_(composer.period().ending_in(years.front()).first / 1),
          last_day_(composer.period().last / std::chrono::last) {}

    // A unit, code or authority that is not valid any more when the period ends.
    void add_carried(const Carried& carried) {
        const auto end = domain::parse_date(valid_until(carried.from));
        const std::map<std::string, std::string> args{
            {"from", composer_.name(set_, carried.from)},
            {"to", joined(names(carried.to.empty() ? carried.successors : std::vector{carried.to}),
                          composer_.language())},
            {"date", end ? written(*end, composer_.language()) : "–"}};
        const auto* said = !carried.to.empty()          ? "legal_account.break.succeeded"
                           : carried.successors.empty() ? "legal_account.break.ended"
                                                        : "legal_account.break.split";
        add(end ? *end + std::chrono::days(1) : first_day_, composer_.say(said, args));
        if (!carried.to.empty()) explained_.insert(carried.to);
        explained_.insert(carried.successors.begin(), carried.successors.end());
    }
    void add_row(const std::string& code) {
        if (set_ == "unit") {
            add_unit(code);
        } else if (const auto* authority = reference_.authority(code);
                   set_ == "authority" && authority != nullptr) {
            add_began(code, authority->valid_from());
        }
    }
    // Versions of the code set that came into force between the years.
    void add_versions() {
        if (set_ == "unit" || set_ == "authority") return;
        const auto* version = reference_.code_set(set_, last_day_);
        while (version != nullptr) {
            const auto from = domain::parse_date(version->given.valid_from());
            if (!from || *from <= first_day_) return;
            const auto* before = reference_.code_set(set_, *from - std::chrono::days(1));
            if (before == nullptr || before->version == version->version) return;
            add(*from,
                composer_.say("legal_account.break.version",
                              {{"set", domain::in_language(version->given.name(), composer_.language())},
                               {"version", std::to_string(version->version)},
                               {"date", written(*from, composer_.language())}}));
            version = before;
        }
    }
    [[nodiscard]] std::vector<Break> result() const {
        std::vector<Break> out;
        for (const auto& [key, text] : found_) out.push_back({at(key.first), text, {}});
        return out;
    }

private:
    void add(domain::Date on, std::string text) {
        const auto place = found_.size();
        found_.emplace(std::pair(on, place), std::move(text));
    }
    // The first year shown that ends on the day or later: its column is the first of the new series.
    [[nodiscard]] std::string at(domain::Date on) const {
        for (const auto year : years_) {
            if (domain::Date(composer_.period().ending_in(year).last / std::chrono::last) >= on)
                return std::to_string(year);
        }
        return std::to_string(years_.back());
    }
    [[nodiscard]] std::vector<std::string> names(const std::vector<std::string>& codes) const {
        std::vector<std::string> out;
        for (const auto& code : codes) out.push_back(composer_.name(set_, code));
        return out;
    }
    [[nodiscard]] std::string valid_until(const std::string& code) const {
        if (set_ == "unit") {
            const auto* unit = reference_.unit(code);
            return unit == nullptr ? std::string() : unit->given.valid_until();
        }
        if (set_ == "authority") {
            const auto* authority = reference_.authority(code);
            return authority == nullptr ? std::string() : authority->valid_until();
        }
        const auto* entry = reference_.code(set_, code);
        if (entry != nullptr && !entry->valid_until().empty()) return entry->valid_until();
        // Left out of a newer version: it ended the day before that one began.
        const auto* version = reference_.code_set(set_, last_day_);
        const auto from = version == nullptr ? std::nullopt : domain::parse_date(version->given.valid_from());
        return from ? domain::to_string(*from - std::chrono::days(1)) : std::string();
    }
    void add_began(const std::string& code, const std::string& valid_from) {
        const auto from = domain::parse_date(valid_from);
        if (!from || *from <= first_day_ || *from > last_day_ || explained_.contains(code)) return;
        add(*from,
            composer_.say("legal_account.break.began", {{"name", composer_.name(set_, code)},
                                                        {"date", written(*from, composer_.language())}}));
    }
    void add_unit(const std::string& id) {
        const auto* newest = reference_.unit(id, last_day_);
        if (newest == nullptr) return;
        const auto* first = reference_.unit(id, domain::Date{});
        add_began(id, first->given.valid_from());
        // Set again from a later day: another name, or another place in the tree.
        for (const auto* version = newest; version != first;) {
            const auto from = domain::parse_date(version->given.valid_from());
            if (!from || *from <= first_day_) return;
            const auto* before = reference_.unit(id, *from - std::chrono::days(1));
            if (before == version) return;
            add(*from,
                composer_.say("legal_account.break.changed",
                              {{"name", composer_.name(set_, id)},
                               {"before", domain::in_language(before->given.name(), composer_.language())},
                               {"date", written(*from, composer_.language())}}));
            version = before;
        }
    }

    const Composer& composer_;
    const domain::Reference& reference_;
    std::string set_;
    const std::vector<int>& years_;
    domain::Date first_day_;
    domain::Date last_day_;
    std::set<std::string> explained_;  // units that another note names as somebody's successors
    std::map<std::pair<domain::Date, std::size_t>, std::string> found_;
};

}  // namespace

std::vector<std::string> in_usual_order(const Composer& composer, std::string_view set,
                                        std::vector<std::string> codes) {
    std::vector<std::string> usual;
    if (set == "unit") {
        for (const auto* unit : composer.reference().units()) usual.push_back(unit->given.unit_id());
    } else if (set == "authority") {
        for (const auto* authority : composer.reference().authorities())
            usual.push_back(authority->authority_id());
    } else if (const auto* version =
                   composer.reference().code_set(set, composer.period().last / std::chrono::last)) {
        for (const auto& code : version->given.codes()) usual.push_back(code.code());
    }
    const auto rank = [&](const std::string& code) {
        const auto place = std::ranges::find(usual, code) - usual.begin();
        return std::tuple(code.empty(), place, code);
    };
    std::ranges::sort(codes, [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
    return codes;
}

std::vector<Break> breaks(const Composer& composer, std::string_view set, const std::vector<int>& years,
                          const std::vector<std::string>& rows, const std::vector<Carried>& carried) {
    if (years.empty()) return {};
    Breaks out(composer, set, years);
    for (const auto& each : carried) out.add_carried(each);
    for (const auto& row : rows) out.add_row(row);
    out.add_versions();
    return out.result();
}

Table division_by_year(const Composer& composer, const YearTexts& texts,
                       const std::vector<YearDivision>& years) {
    auto table = composer.table(texts.id, texts.caption, texts.row_heading);
    const auto known =
        std::ranges::find_if(years, [](const YearDivision& year) { return year.division->denominator > 0; });
    const std::vector<YearDivision> shown(known == years.end() ? years.end() - 1 : known, years.end());
    const auto& set = shown.back().division->code_set;
    std::vector<int> numbers;
    std::vector<std::string> codes;
    std::vector<Carried> carried;
    for (const auto& [year, division] : shown) {
        numbers.push_back(year);
        table.columns.push_back(composer.year_column(year));
        for (const auto& [code, count] : division->counts) {
            if (std::ranges::find(codes, code) == codes.end()) codes.push_back(code);
        }
        for (const auto& each : division->carried) {
            if (std::ranges::find(carried, each) == carried.end()) carried.push_back(each);
        }
    }
    codes = in_usual_order(composer, set, std::move(codes));
    Row total{"total", composer.say("report.column.total"), {}, true};
    for (const auto& [year, division] : shown) {
        total.cells.push_back(division->denominator > 0
                                  ? counted(composer.figure_in(year, texts.counts, division->denominator))
                                  : unknown());
    }
    for (const auto& code : codes) {
        Row row{id_of(code), composer.name(set, code), {}};
        for (const auto& [year, division] : shown) {
            const auto count = division->of_code(code);
            const bool dash = division->denominator == 0 || (count == 0 && set == "unit");
            row.cells.push_back(
                dash ? unknown() : counted(composer.figure_in(year, texts.counts, count, {{set, row.id}})));
        }
        table.rows.push_back(std::move(row));
    }
    table.rows.push_back(std::move(total));
    table.definition = composer.say(texts.definition);
    table.breaks = breaks(composer, set, numbers, codes, carried);
    return table;
}

std::optional<Table> contacts_by_year(const Composer& composer, const YearTexts& texts,
                                      const OmbudsmanFigures& figures, Division YearOfContacts::*division) {
    std::vector<YearDivision> years;
    for (const auto& each : figures.years) years.push_back({each.year, &(each.*division)});
    if (years.empty()) return std::nullopt;
    auto table = division_by_year(composer, texts, years);
    if (table.columns.size() < 2) return std::nullopt;
    return table;
}

}  // namespace vastine::projections::report
