#include "projections/concentration.hpp"

#include <algorithm>
#include <array>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/hypergeometric.hpp>
#include <map>
#include <numeric>
#include <set>

#include "projections/case_figures.hpp"
#include "projections/sight.hpp"

namespace vastine::projections {

// ---- the tests ----

double more_than_whole(std::uint64_t count, std::uint64_t row, std::uint64_t column, std::uint64_t whole) {
    const auto least = row + column > whole ? row + column - whole : 0;
    if (count <= least) return 1;
    if (count > std::min(row, column)) return 0;
    const boost::math::hypergeometric_distribution<double> blind(
        static_cast<unsigned>(row), static_cast<unsigned>(column), static_cast<unsigned>(whole));
    return boost::math::cdf(boost::math::complement(blind, static_cast<unsigned>(count - 1)));
}

double more_than_before(std::uint64_t now, std::uint64_t before, unsigned periods) {
    if (now == 0) return 1;
    const boost::math::binomial_distribution<double> same(static_cast<double>(now + before),
                                                          1.0 / (periods + 1.0));
    return boost::math::cdf(boost::math::complement(same, static_cast<double>(now - 1)));
}

std::vector<bool> discoveries(const std::vector<double>& p_values, double rate) {
    auto sorted = p_values;
    std::ranges::sort(sorted);
    double greatest = -1;  // the greatest p-value that is still a discovery
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        if (sorted[i] <= rate * static_cast<double>(i + 1) / static_cast<double>(sorted.size()))
            greatest = sorted[i];
    }
    std::vector<bool> out(p_values.size());
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = p_values[i] <= greatest;
    return out;
}

namespace {

Verdict verdict_of(bool more_than_elsewhere, bool more_than_before) {
    if (more_than_elsewhere && more_than_before) return Verdict::Systematic;
    if (more_than_elsewhere) return Verdict::MoreThanElsewhere;
    return more_than_before ? Verdict::MoreThanBefore : Verdict::SingleCases;
}

}  // namespace

std::vector<std::vector<Judgement>> judged(const std::vector<std::vector<CellCount>>& table) {
    std::vector<std::vector<Judgement>> out(table.size());
    if (table.empty()) return out;
    std::vector<std::uint64_t> columns(table.front().size());
    std::vector<std::uint64_t> rows;
    for (const auto& row : table) {
        rows.push_back(0);
        for (std::size_t i = 0; i < row.size(); ++i) {
            rows.back() += row[i].now;
            columns[i] += row[i].now;
        }
    }
    const auto whole = std::accumulate(rows.begin(), rows.end(), std::uint64_t{0});
    // One family: first the p-value against the whole of every cell, then that against its past.
    std::vector<double> p_values;
    for (std::size_t r = 0; r < table.size(); ++r) {
        for (std::size_t c = 0; c < columns.size(); ++c) {
            const auto& cell = table[r][c];
            auto& judgement = out[r].emplace_back();
            judgement.expected = whole == 0 ? 0
                                            : static_cast<double>(rows[r]) * static_cast<double>(columns[c]) /
                                                  static_cast<double>(whole);
            const bool judge = cell.now >= least_judged;
            if (judge) judgement.p_whole = more_than_whole(cell.now, rows[r], columns[c], whole);
            p_values.push_back(judgement.p_whole);
            if (cell.periods == 0) continue;
            judgement.p_before = judge ? more_than_before(cell.now, cell.before, cell.periods) : 1.0;
            p_values.push_back(*judgement.p_before);
        }
    }
    const auto found = discoveries(p_values, false_discovery_rate);
    std::size_t at = 0;
    for (std::size_t r = 0; r < table.size(); ++r) {
        for (std::size_t c = 0; c < columns.size(); ++c) {
            const bool elsewhere = found[at++];
            const bool before = table[r][c].periods > 0 && found[at++];
            if (table[r][c].now >= least_judged) out[r][c].verdict = verdict_of(elsewhere, before);
        }
    }
    return out;
}

// ---- the cases ----

namespace {

struct Place {
    std::string department;
    std::string unit;
    auto operator<=>(const Place&) const = default;
};

class Counting {
public:
    Counting(const Views& views, AsOf as_of, const FiguresQuery& query)
        : views_(views),
          last_day_(query.period.last / std::chrono::last),
          crosswalk_(views.reference, last_day_),
          years_(query.years >= most_years_compared ? most_years_compared + 1 : std::max(query.years, 1)),
          first_(month_at(query.period.first)),
          last_(std::min(month_at(query.period.last), static_cast<int>(month_of_day(day_of(as_of.on))))) {}

    void count(const CountedCase& counted) {
        if (counted.month == no_month) return;
        if (!earliest_ || counted.month < *earliest_) earliest_ = counted.month;
        for (int ago = 0; ago < years_; ++ago) {
            const int month = counted.month + 12 * ago;
            if (month < first_ || month > last_) continue;
            add(counted, ago);
            return;
        }
    }

    [[nodiscard]] Concentration result() {
        Concentration out;
        out.periods = periods();
        out.key_gone = key_gone_;
        out.key_gone_before = key_gone_before_;
        for (const auto& [from, carried] : carried_) out.carried.push_back(carried);
        out.causes = causes();
        for (const auto& place : places()) out.rows.push_back(row(place, out));
        std::vector<std::vector<CellCount>> table;
        for (const auto& row : out.rows) table.push_back(row.cells);
        auto judgements = judged(table);
        for (std::size_t i = 0; i < out.rows.size(); ++i) out.rows[i].judged = std::move(judgements[i]);
        return out;
    }

private:
    using Cell = std::pair<Place, std::string>;

    static int month_at(std::chrono::year_month at) {
        return month_of_year(static_cast<int>(at.year()), static_cast<unsigned>(at.month()));
    }

    std::string carry(std::string_view set, const std::string& code) {
        const std::pair<std::string, std::string> key(set, code);
        auto found = codes_.find(key);
        if (found == codes_.end()) {
            auto carried = crosswalk_.carried(set, code);
            const auto to = carried.to.empty() ? code : carried.to;
            if (to != code || carried.to.empty()) carried_.emplace(key, std::move(carried));
            found = codes_.emplace(key, to).first;
        }
        return found->second;
    }

    void add(const CountedCase& counted, int ago) {
        const auto& dictionary = *views_.dictionary;
        const auto& entry = views_.cases->entry(counted.row);
        Place place{carry("unit", dictionary.units.name(counted.department)), {}};
        const auto units = views_.cases->units_at(entry.scope);
        if (!entry.key_gone && !units.empty()) {
            const auto unit = carry("unit", dictionary.units.name(units.front()));
            if (unit != place.department) place.unit = unit;
        }
        const auto cause = carry("cause", dictionary.codes.name(counted.cause));
        if (ago == 0) {
            ++now_[{place, cause}];
            key_gone_ += entry.key_gone ? 1 : 0;
        } else if (entry.key_gone) {
            add_before(unknown_before_[{place.department, cause}], ago);
            ++key_gone_before_;
        } else {
            add_before(before_[{place, cause}], ago);
        }
    }

    using ByPeriod = std::array<std::uint64_t, most_years_compared>;  // the last one before first
    static void add_before(ByPeriod& counts, int ago) { ++counts[static_cast<std::size_t>(ago) - 1]; }
    template <class Counts, class Key>
    static std::uint64_t sum(const Counts& counts, const Key& key, unsigned periods) {
        const auto found = counts.find(key);
        if (found == counts.end()) return 0;
        return std::accumulate(found->second.begin(), found->second.begin() + periods, std::uint64_t{0});
    }

    // How many earlier periods lie wholly after a month.
    [[nodiscard]] unsigned periods_since(int month) const {
        unsigned out = 0;
        for (int ago = 1; ago < years_; ++ago) out += first_ - 12 * ago >= month ? 1 : 0;
        return out;
    }
    // Those that began when there were cases already: of a part of a period too little is known.
    [[nodiscard]] unsigned periods() const { return earliest_ ? periods_since(*earliest_) : 0; }
    // A unit or code that began later has no past before; what succeeds another has that one's.
    [[nodiscard]] unsigned periods_of(const Place& place, const std::string& cause, unsigned all) const {
        const auto& unit = place.unit.empty() ? place.department : place.unit;
        for (const auto& [key, carried] : carried_) {
            const auto& shared = carried.successors;
            const auto& mine = key.first == "unit" ? unit : cause;
            // Part of its past stands under the name of what was split: not comparable.
            if (std::ranges::find(shared, mine) != shared.end()) return 0;
        }
        if (succeeds("unit", unit)) return all;
        const auto* first = views_.reference.unit(unit, domain::Date{});
        const auto since = first == nullptr ? std::nullopt : domain::parse_date(first->given.valid_from());
        return since ? std::min(all, periods_since(month_of_day(day_of(*since)))) : all;
    }
    [[nodiscard]] bool succeeds(std::string_view set, const std::string& code) const {
        return std::ranges::any_of(
            carried_, [&](const auto& each) { return each.first.first == set && each.second.to == code; });
    }

    [[nodiscard]] std::vector<std::string> causes() const {
        std::set<std::string> met;
        for (const auto& [cell, count] : now_) met.insert(cell.second);
        std::vector<std::string> out;
        const auto* set = views_.reference.code_set("cause", last_day_);
        if (set != nullptr) {
            for (const auto& code : set->given.codes()) {
                if (met.erase(code.code()) > 0) out.push_back(code.code());
            }
        }
        const bool not_stated = met.erase("") > 0;
        out.insert(out.end(), met.begin(), met.end());
        if (not_stated) out.emplace_back();
        return out;
    }
    [[nodiscard]] std::vector<Place> places() const {
        std::map<std::string, std::size_t> order;
        for (const auto* unit : views_.reference.units()) order.emplace(unit->given.unit_id(), order.size());
        const auto rank = [&](const std::string& id) {
            const auto found = order.find(id);
            return found == order.end() ? order.size() + (id.empty() ? 1 : 0) : found->second;
        };
        std::set<Place> met;
        for (const auto& [cell, count] : now_) met.insert(cell.first);
        std::vector<Place> out(met.begin(), met.end());
        std::ranges::stable_sort(out, [&](const Place& a, const Place& b) {
            if (a.department != b.department) return rank(a.department) < rank(b.department);
            // The cases of which no unit is known stand behind the department's units.
            if (a.unit.empty() != b.unit.empty()) return b.unit.empty();
            return rank(a.unit) < rank(b.unit);
        });
        return out;
    }
    [[nodiscard]] ConcentrationRow row(const Place& place, Concentration& out) const {
        ConcentrationRow row{place.department, place.unit, 0, {}, {}};
        for (const auto& cause : out.causes) {
            CellCount cell;
            cell.now = of(now_, {place, cause});
            cell.periods = periods_of(place, cause, out.periods);
            cell.before = sum(before_, Cell{place, cause}, cell.periods) +
                          sum(unknown_before_, std::pair(place.department, cause), cell.periods);
            row.count += cell.now;
            row.cells.push_back(cell);
        }
        out.whole += row.count;
        return row;
    }
    static std::uint64_t of(const std::map<Cell, std::uint64_t>& counts, const Cell& cell) {
        const auto found = counts.find(cell);
        return found == counts.end() ? 0 : found->second;
    }

    const Views& views_;
    domain::Date last_day_;
    Crosswalk crosswalk_;
    int years_;
    int first_;
    int last_;
    std::optional<int> earliest_;
    std::map<Cell, std::uint64_t> now_;
    std::map<Cell, ByPeriod> before_;
    std::map<std::pair<std::string, std::string>, ByPeriod> unknown_before_;  // department, cause
    std::map<std::pair<std::string, std::string>, std::string> codes_;
    std::map<std::pair<std::string, std::string>, Carried> carried_;  // set, code
    std::uint64_t key_gone_ = 0;
    std::uint64_t key_gone_before_ = 0;
};

}  // namespace

Concentration concentration(const Views& views, const domain::Viewer& viewer, AsOf as_of,
                            const FiguresQuery& query) {
    Counting counting(views, as_of, query);
    SightOfFigures visible(views, viewer, domain::Area::Legal);
    if (visible.any()) {
        for (const auto& counted : views.figures->all()) {
            if (counted.kind != AUTHORITY_REQUEST && visible.of(counted.row)) counting.count(counted);
        }
    }
    return counting.result();
}

}  // namespace vastine::projections
