#include "projections/report/disclosure.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <stdexcept>

#include "projections/report/linear_system.hpp"
#include "projections/report/prose.hpp"
#include "projections/report/tables.hpp"
#include "projections/report/writing.hpp"

namespace vastine::projections::report {
namespace {

using domain::text;

// ---- ids ----

constexpr std::string_view kDividing = "|=%";

std::string escaped(std::string_view words) {
    static constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const char letter : words) {
        if (kDividing.find(letter) == std::string_view::npos) {
            out += letter;
        } else {
            const auto code = static_cast<unsigned char>(letter);
            out += {'%', digits[code >> 4U], digits[code & 15U]};
        }
    }
    return out;
}

// An id taken apart: what, and "name=code" for each dimension. The parts stay escaped.
struct Parts {
    std::string what;
    std::vector<std::string> by;
    [[nodiscard]] std::string id() const {
        auto out = what;
        for (const auto& dimension : by) out += "|" + dimension;
        return out;
    }
};
Parts taken_apart(const std::string& id) {
    Parts out;
    std::size_t from = id.find('|');
    out.what = id.substr(0, from);
    while (from != std::string::npos) {
        const auto until = id.find('|', from + 1);
        out.by.push_back(id.substr(from + 1, until == std::string::npos ? until : until - from - 1));
        from = until;
    }
    return out;
}

// ---- what a report tells ----

struct Variable {
    std::string id;
    std::optional<double> value;  // unknown where an earlier publication suppressed it
    bool suppressed = false;
    bool printed = true;  // or only a sum that two tables have in common and neither prints
};

// Every count of a report and every sum between them. A figure has one variable wherever it stands; two
// different numbers under one id are two figures.
class Told {
public:
    explicit Told(const Report& report) : year_(report.year) {
        for (const auto& section : report.sections) add(section);
        add_kinds_together();
        add_sums_of_dimensions();
        add_sums_of_kinds();
        add_balances();
    }

    [[nodiscard]] const std::vector<Variable>& variables() const { return variables_; }
    [[nodiscard]] const std::vector<Sum>& sums() const { return sums_; }
    // Of a figure that the report holds.
    [[nodiscard]] std::size_t place(const std::string& id, double value) const {
        return places_.at({id, value});
    }
    [[nodiscard]] const std::size_t* place(const std::string& id) const {
        const auto found = first_.find(id);
        return found == first_.end() ? nullptr : &found->second;
    }
    // A count that names no figure is one of its table only.
    [[nodiscard]] std::string id_of(const Table& table, const Row& row, std::size_t column) const {
        const auto& cell = row.cells[column];
        if (!cell.figure.empty()) return cell.figure;
        return figure_id("table:" + table.id, year_, {{"row", row.id}, {"column", table.columns[column].id}});
    }

private:
    std::size_t add(const std::string& id, std::optional<double> value, bool suppressed) {
        const std::pair<std::string, double> key{id, value.value_or(-1)};
        if (const auto found = places_.find(key); found != places_.end()) return found->second;
        const auto place = variables_.size();
        variables_.push_back({id, value, suppressed});
        const auto period = period_of(id);
        if (period.size() == 15) periods_.insert(period);  // 2018-01/2018-04
        places_.emplace(key, place);
        first_.try_emplace(id, place);
        return place;
    }
    void add(const std::vector<Named>& named) {
        for (const auto& each : named) add(each.figure, each.value, false);
    }
    void add(const Section& section) {
        for (const auto& block : section.blocks) {
            if (const auto* paragraph = std::get_if<Paragraph>(&block)) {
                add(paragraph->named);
            } else if (const auto* list = std::get_if<BulletList>(&block)) {
                for (const auto& item : list->named) add(item);
            } else if (const auto* key = std::get_if<KeyFigures>(&block)) {
                for (const auto& figure : key->figures) {
                    add(figure.from);
                    if (figure.figure.empty()) continue;
                    add(figure.figure, figure.suppressed ? std::nullopt : std::optional(figure.number.value),
                        figure.suppressed);
                }
            } else if (const auto* table = std::get_if<Table>(&block)) {
                add(*table);
            }
        }
        for (const auto& below : section.subsections) add(below);
    }
    void add(const Table& table) {
        add(table.named);
        for (const auto& mark : table.marks) add(mark.from);
        for (const auto& each : table.breaks) add(each.named);
        using Places = std::vector<std::optional<std::size_t>>;
        const auto total_column = std::find_if(table.columns.begin(), table.columns.end(),
                                               [](const Column& column) { return column.id == "total"; });
        const auto total_at = static_cast<std::size_t>(total_column - table.columns.begin());
        std::vector<Places> above;
        for (const auto& row : table.rows) {
            Places places(row.cells.size());
            for (std::size_t i = 0; i < row.cells.size(); ++i) {
                const auto& cell = row.cells[i];
                add(cell.from);
                const bool count = cell.number ? cell.number->unit == Measure::Count
                                               : cell.suppressed && !cell.figure.empty();
                if (!count) continue;
                places[i] =
                    add(id_of(table, row, i), cell.number ? std::optional(cell.number->value) : std::nullopt,
                        cell.suppressed);
            }
            if (total_at < places.size() && places[total_at]) {
                Sum sum;
                for (std::size_t i = 0; i < places.size(); ++i) {
                    if (places[i]) sum[*places[i]] += i == total_at ? -1 : 1;
                }
                keep(std::move(sum));
            }
            if (!row.total) {
                above.push_back(std::move(places));
                continue;
            }
            for (std::size_t i = 0; i < places.size(); ++i) {
                if (!places[i]) continue;
                Sum sum{{*places[i], -1}};
                for (const auto& each : above) {
                    if (i < each.size() && each[i]) sum[*each[i]] += 1;
                }
                keep(std::move(sum));
            }
        }
    }

    // What does not hold in truth is no way to compute anything: only sums that come out are kept.
    void keep(Sum sum) {
        std::erase_if(sum, [](const auto& term) { return term.second == 0; });
        if (sum.size() < 2) return;
        double total = 0;
        for (const auto& [place, sign] : sum) {
            if (!variables_[place].value) {
                sums_.push_back(std::move(sum));
                return;
            }
            total += sign * *variables_[place].value;
        }
        if (std::abs(total) < 0.5) sums_.push_back(std::move(sum));
    }

    std::size_t add_unprinted(const std::string& id, const std::vector<std::size_t>& parts) {
        std::optional<double> sum = 0;
        for (const auto part : parts) {
            const auto& value = variables_[part].value;
            sum = sum && value ? std::optional(*sum + *value) : std::nullopt;
        }
        const auto place = variables_.size();
        variables_.push_back({id, sum, false, false});
        first_.emplace(id, place);
        return place;
    }

    // Counts by a dimension sum to the count without it, whether that is printed or only common to two
    // such sums: a cross has a margin even where no table shows one.
    void add_sums_of_dimensions() {
        // The margins of margins too, up to the whole; a round for each dimension.
        for (bool more = true; more;) {
            more = false;
            for (const auto& [id, groups] : margins()) {
                if (first_.contains(id)) continue;
                add_unprinted(id, groups.begin()->second);
                more = true;
            }
        }
        for (const auto& [id, groups] : margins()) {
            for (const auto& [name, places] : groups) {
                // One part that is as great as the whole may be so by chance. Where a table shows nothing
                // but that part, its own sum says it; of places of care all are shown, so the only one of a
                // department is the department.
                if (places.size() == 1 && name != "exact_unit") continue;
                Sum sum{{first_.at(id), -1}};
                for (const auto each : places) sum[each] += 1;
                keep(std::move(sum));
            }
        }
    }
    // Of each margin, what sums to it, by the dimension summed over.
    using Margins = std::map<std::string, std::map<std::string, std::vector<std::size_t>>>;
    [[nodiscard]] Margins margins() const {
        Margins out;
        for (const auto& [id, place] : first_) {
            const auto parts = taken_apart(id);
            for (std::size_t i = 0; i < parts.by.size(); ++i) {
                const auto name = parts.by[i].substr(0, parts.by[i].find('='));
                if (name.empty() || name.back() == '*' || name == "year") continue;
                auto margin = parts;
                margin.by.erase(margin.by.begin() + static_cast<std::ptrdiff_t>(i));
                const bool within = name == "month" && add_to_periods(margin, parts.by[i], place, out);
                if (!within) out[margin.id()][name].push_back(place);
                if (name == "month") add_longer_periods(parts, i, place, out);
            }
        }
        return out;
    }
    // A month counts to each period of the report that holds it (year=2018-01/2018-04) instead of to its
    // calendar year, of which such a report tells no whole. False when there is none.
    bool add_to_periods(const Parts& margin, const std::string& month, std::size_t place,
                        Margins& margins) const {
        const auto iso = month.substr(month.find('=') + 1);
        bool any = false;
        for (const auto& period : periods_) {
            if (iso < period.substr(0, 7) || iso > period.substr(8)) continue;
            auto longer = margin;
            for (auto& dimension : longer.by) {
                if (dimension.starts_with("year=")) dimension = "year=" + period;
            }
            const auto id = longer.id();
            if (!first_.contains(id)) continue;
            margins[id]["month"].push_back(place);
            any = true;
        }
        return any;
    }
    // Months make quarters (2018-Q1) and thirds of a year (2018-T1).
    void add_longer_periods(const Parts& parts, std::size_t at, std::size_t place, Margins& margins) const {
        const auto& month = parts.by[at];  // month=2018-03
        if (month.size() != 13) return;
        const int number = (month[11] - '0') * 10 + (month[12] - '0') - 1;
        const auto period = [&](const std::string& name, char letter, int months) {
            auto longer = parts;
            longer.by[at] = name + "=" + month.substr(6, 5) + std::string(1, letter) +
                            std::to_string(number / months + 1);
            const auto id = longer.id();
            if (first_.contains(id)) margins[id]["month"].push_back(place);
        };
        period("quarter", 'Q', 3);
        period("third", 'T', 4);
    }
    // Where the two kinds are printed by something and their sum is not, it can still be common to tables.
    void add_kinds_together() {
        std::map<std::string, std::array<std::string, 2>> together;  // what: the parts' what
        for (const auto& [id, place] : first_) {
            const auto what = taken_apart(id).what;
            const auto plus = what.find('+');
            const auto dot = what.find('.');
            if (plus == std::string::npos || dot == std::string::npos || dot < plus) continue;
            together[what] = {what.substr(0, plus) + what.substr(dot), what.substr(plus + 1)};
        }
        for (const auto& [what, kinds] : together) {
            std::map<std::string, std::vector<std::size_t>> sums;
            for (const auto& [id, place] : first_) {
                auto parts = taken_apart(id);
                if (parts.what != kinds[0]) continue;
                parts.what = kinds[1];
                const auto* other = this->place(parts.id());
                parts.what = what;
                if (other != nullptr && !first_.contains(parts.id())) sums[parts.id()] = {place, *other};
            }
            for (const auto& [id, parts] : sums) add_unprinted(id, parts);
        }
    }
    // "reminder+complaint.registered" is the sum of its two.
    void add_sums_of_kinds() {
        for (const auto& [id, place] : first_) {
            const auto parts = taken_apart(id);
            const auto plus = parts.what.find('+');
            const auto dot = parts.what.find('.');
            if (plus == std::string::npos || dot == std::string::npos || dot < plus) continue;
            auto one = parts;
            one.what = parts.what.substr(0, plus) + parts.what.substr(dot);
            auto other = parts;
            other.what = parts.what.substr(plus + 1);
            const auto* first = this->place(one.id());
            const auto* second = this->place(other.id());
            if (first != nullptr && second != nullptr) keep({{place, -1}, {*first, 1}, {*second, 1}});
        }
    }
    // Open before, and arrived, less answered: open after, when nothing left without an answer.
    void add_balances() {
        for (const auto& [id, place] : first_) {
            const auto parts = taken_apart(id);
            const auto dot = parts.what.find(".open");
            if (dot == std::string::npos || parts.by.size() != 1) continue;
            const auto kind = parts.what.substr(0, dot);
            const int year = std::atoi(parts.by[0].substr(parts.by[0].find('=') + 1).c_str());
            const auto* arrived = this->place(figure_id(kind + ".registered", year));
            const auto* answered = this->place(figure_id(kind + ".answered", year));
            const auto* after = this->place(figure_id(kind + ".open", year + 1));
            if (arrived == nullptr || answered == nullptr || after == nullptr) continue;
            keep({{place, 1}, {*arrived, 1}, {*answered, -1}, {*after, -1}});
        }
        // What there was to handle was settled, or is open when the next period begins.
        for (const auto& [id, place] : first_) {
            const auto parts = taken_apart(id);
            const auto dot = parts.what.find(".to-handle");
            if (dot == std::string::npos || parts.by.size() != 1) continue;
            const auto kind = parts.what.substr(0, dot);
            const auto period = period_of(id);
            const auto* closed = this->place(figure_id(kind + ".closed", period));
            const auto* after = this->place(figure_id(kind + ".open", next_start(period)));
            if (closed != nullptr && after != nullptr) keep({{place, -1}, {*closed, 1}, {*after, 1}});
        }
    }
    // When the period after begins: "2019" after "2018", "2018-05" after "2018-01/2018-04".
    static std::string next_start(const std::string& period) {
        int year = std::atoi(period.c_str());
        if (period.size() != 15) return std::to_string(year + 1);
        year = std::atoi(period.c_str() + 8);
        const int month = std::atoi(period.c_str() + 13) + 1;
        if (month > 12) return std::to_string(year + 1);
        return std::to_string(year) + (month < 10 ? "-0" : "-") + std::to_string(month);
    }

    static std::string period_of(const std::string& id) {
        const auto from = id.find("|year=");
        if (from == std::string::npos) return {};
        const auto until = id.find('|', from + 1);
        return id.substr(from + 6, until == std::string::npos ? until : until - from - 6);
    }

    int year_;
    std::set<std::string> periods_;  // other than calendar years
    std::vector<Variable> variables_;
    std::map<std::pair<std::string, double>, std::size_t> places_;
    std::map<std::string, std::size_t> first_;
    std::vector<Sum> sums_;
};

// ---- periods that make up another ----

// "contacts|year=2018-01/2018-04|sector=health" is what is counted, and over which months: a year, months of
// a year, a month, a quarter or a third of one.
struct OverMonths {
    std::string what;  // the id without its period
    int first = 0;     // of all months there are
    int end = 0;       // the one after its last
};
std::optional<OverMonths> over_months(const std::string& id) {
    const auto month = [](std::string_view iso) {  // 2018-03
        return std::atoi(iso.data()) * 12 + std::atoi(iso.data() + 5) - 1;
    };
    const auto parts = taken_apart(id);
    // Open at a moment, and with it what there was to handle, is no number of what happened in a period.
    if (parts.what.find(".open") != std::string::npos || parts.what.find(".to-handle") != std::string::npos)
        return std::nullopt;
    OverMonths out{parts.what, 0, 0};
    bool within_year = false;
    for (const auto& dimension : parts.by) {
        const auto is = dimension.find('=');
        const auto name = dimension.substr(0, is);
        const auto of = dimension.substr(is + 1);
        if (name == "month" && of.size() == 7) {
            out.first = month(of);
            out.end = out.first + 1;
        } else if ((name == "quarter" || name == "third") && of.size() == 7) {
            const int months = name == "quarter" ? 3 : 4;
            out.first = std::atoi(of.c_str()) * 12 + (of[6] - '1') * months;
            out.end = out.first + months;
        } else if (name == "year") {
            if (within_year) continue;
            const bool calendar = of.size() == 4;
            out.first = calendar ? std::atoi(of.c_str()) * 12 : month(of);
            out.end = calendar ? out.first + 12 : of.size() == 15 ? month(of.substr(8)) + 1 : 0;
            continue;
        } else {
            out.what += "|" + dimension;
            continue;
        }
        within_year = true;
    }
    if (out.end <= out.first) return std::nullopt;
    return out;
}

// Every way in which periods make up another, whoever published them: months are the nodes of a graph and
// each published period is an edge from its first month to the one after its last, so that every closed walk
// is such a sum. The walks that a spanning tree closes are enough, for each other is made of them.
class Periods {
public:
    struct Edge {
        int first = 0;
        int end = 0;
        std::optional<std::size_t> place;  // nothing: an earlier publication printed it
        std::optional<double> value;
        std::size_t publication = 0;  // in order of time: the last is being made
        bool printed = true;
    };
    void add(const std::string& what, const Edge& edge) { edges_[what].push_back(edge); }

    // Only sums that come out are kept. What changed between two publications breaks those that mix them,
    // so the tree is grown once from each of these, on to those nearest to it in time. What no table shows
    // comes last: it may be the sum of some only, which stands where the sum of all does.
    [[nodiscard]] std::vector<Sum> sums(std::size_t publications) const {
        std::set<Sum> out;
        for (const auto& [what, edges] : edges_) {
            if (edges.size() < 2) continue;
            bool all_hold = false;
            for (std::size_t from = publications; from-- > 0 && !all_hold;) {
                if (std::none_of(edges.begin(), edges.end(),
                                 [&](const Edge& edge) { return edge.publication == from; })) {
                    continue;
                }
                all_hold = grow(edges, from, out);
            }
        }
        return {out.begin(), out.end()};
    }

private:
    // True when every closed walk came out.
    static bool grow(const std::vector<Edge>& edges, std::size_t from, std::set<Sum>& out) {
        std::map<int, std::vector<const Edge*>> tree;  // by each of its ends
        bool all_hold = true;
        const auto take = [&](const Edge& edge) {
            const auto walk = way(tree, edge.first, edge.end);
            if (!walk) {
                tree[edge.first].push_back(&edge);
                tree[edge.end].push_back(&edge);
                return;
            }
            Sum sum;
            double total = 0;
            bool known = true;
            const auto step = [&](const Edge& on, int sign) {
                if (on.place) sum[*on.place] += sign;
                known = known && on.value;
                total += sign * on.value.value_or(0);
            };
            for (const auto& [on, sign] : *walk) step(*on, sign);
            step(edge, -1);
            if (known && std::abs(total) > 0.5) {
                all_hold = false;
                return;
            }
            std::erase_if(sum, [](const auto& term) { return term.second == 0; });
            if (!sum.empty()) out.insert(std::move(sum));
        };
        std::vector<const Edge*> order;
        for (const auto& edge : edges) order.push_back(&edge);
        std::ranges::stable_sort(order, {}, [&](const Edge* edge) {
            const auto at = edge->publication;
            return std::pair(!edge->printed, at > from ? at - from : from - at);
        });
        for (const auto* edge : order) take(*edge);
        return all_hold;
    }
    using Walk = std::vector<std::pair<const Edge*, int>>;
    // From one month to another along the tree, each edge with its direction.
    static std::optional<Walk> way(const std::map<int, std::vector<const Edge*>>& tree, int from, int to) {
        std::map<int, std::pair<const Edge*, int>> reached_by{{from, {nullptr, 0}}};
        std::vector<int> next{from};
        for (std::size_t i = 0; i < next.size() && !reached_by.contains(to); ++i) {
            const auto edges = tree.find(next[i]);
            if (edges == tree.end()) continue;
            for (const auto* edge : edges->second) {
                const bool forward = edge->first == next[i];
                const int other = forward ? edge->end : edge->first;
                if (reached_by.try_emplace(other, edge, forward ? 1 : -1).second) next.push_back(other);
            }
        }
        if (!reached_by.contains(to)) return std::nullopt;
        Walk out;
        for (int at = to; at != from;) {
            const auto& [edge, sign] = reached_by.at(at);
            out.emplace_back(edge, sign);
            at = sign > 0 ? edge->first : edge->end;
        }
        return out;
    }

    std::map<std::string, std::vector<Edge>> edges_;
};

// ---- what to suppress ----

class Plan {
public:
    Plan(const Told& told, const Suppression& how) : told_(told), how_(how) {
        const auto& variables = told_.variables();
        hidden_.resize(variables.size());
        known_.resize(variables.size());
        for (std::size_t i = 0; i < variables.size(); ++i) hidden_[i] = small(i);
        for (const auto& publication : how_.earlier) add_earlier(publication);
        if (!how_.earlier.empty()) add_what_follows();
        add_periods();
        do {
            while ((!all_the_same_.empty() && hide_what_tells(all_the_same_)) ||
                   hide_what_tells(some_changed_)) {
            }
        } while (hide_what_squeezes());
    }
    [[nodiscard]] bool hidden(const std::string& id, double value) const {
        return hidden_[told_.place(id, value)];
    }
    [[nodiscard]] bool hidden(const std::vector<Named>& named) const {
        return std::any_of(named.begin(), named.end(),
                           [&](const Named& each) { return hidden(each.figure, each.value); });
    }
    // A mean of 20 and a mean of 21 tell the one that came between.
    [[nodiscard]] bool hidden_by_difference(const std::vector<Named>& named) const {
        for (const auto& publication : how_.earlier) {
            for (const auto& before : publication.shown) {
                for (const auto& now : named) {
                    const auto moved = std::abs(now.value - before.value);
                    if (now.figure == before.figure && moved > 0.5 && moved < how_.threshold - 0.5)
                        return true;
                }
            }
        }
        return false;
    }

private:
    [[nodiscard]] double value(std::size_t place) const { return told_.variables()[place].value.value_or(0); }
    [[nodiscard]] bool small(std::size_t place) const {
        return printed(place) && value(place) > 0.5 && value(place) < how_.threshold - 0.5;
    }
    // Suppressing what an earlier publication printed would protect nothing.
    [[nodiscard]] bool may_be_hidden(std::size_t place) const {
        return printed(place) && !hidden_[place] && !known_[place];
    }
    [[nodiscard]] bool printed(std::size_t place) const { return told_.variables()[place].printed; }
    // The least loss first: the smallest number; a nought only when nothing else is left.
    [[nodiscard]] double loss(std::size_t place) const {
        return value(place) < 0.5 ? std::numeric_limits<double>::max() : value(place);
    }

    void add_earlier(const Publication& publication) {
        const auto count = told_.variables().size();
        std::map<std::string, double> shown;
        for (const auto& each : publication.shown) {
            shown.emplace(each.figure, each.value);
            const auto* place = told_.place(each.figure);
            if (place != nullptr && std::abs(value(*place) - each.value) < 0.5) known_[*place] = true;
        }
        // What both suppress is taken for one unknown: if the number changed since, the reader knows less.
        std::map<std::string, std::size_t> unknown;
        const auto add = [&](const std::string& id) {
            const auto* place = told_.place(id);
            unknown[id] = place != nullptr
                              ? *place
                              : count + only_earlier_.try_emplace(id, only_earlier_.size()).first->second;
            return place;
        };
        for (const auto& id : publication.unprinted) add(id);
        for (const auto& id : publication.suppressed) {
            const auto* place = add(id);
            if (place != nullptr && printed(*place)) hidden_[*place] = true;
        }
        std::vector<std::pair<Sum, std::optional<bool>>> sums;
        for (const auto& terms : publication.sums) {
            Sum sum;
            double total = 0;
            bool known = true;
            for (const auto& [id, sign] : terms) {
                if (const auto found = unknown.find(id); found != unknown.end()) {
                    sum[found->second] += sign;
                    known = known && found->second < count;
                    if (found->second < count) total += sign * value(found->second);
                } else if (const auto printed_then = shown.find(id); printed_then != shown.end()) {
                    total += sign * printed_then->second;
                }
            }
            if (sum.empty()) continue;
            sums.emplace_back(std::move(sum), known ? std::optional(std::abs(total) < 0.5) : std::nullopt);
        }
        if (publication.truth.empty()) {
            add_guesses(sums);
            return;
        }
        std::set<std::size_t> changed;
        for (const auto& then : publication.truth) {
            const auto* place = told_.place(then.figure);
            if (place != nullptr && std::abs(value(*place) - then.value) > 0.5) changed.insert(*place);
        }
        add_parted(sums, changed);
    }

    // Thirds of a year that were published, and the year: whichever reports they stand in. A report of one
    // month says the same of it under two ids.
    void add_periods() {
        for (auto& sum : sums_of_periods(true)) {
            if (!all_the_same_.empty()) all_the_same_.push_back(sum);
            some_changed_.push_back(std::move(sum));
        }
    }
    [[nodiscard]] std::vector<Sum> sums_of_periods(bool with_unprinted) {
        const auto count = told_.variables().size();
        Periods periods;
        for (std::size_t i = 0; i < count; ++i) {
            const auto& variable = told_.variables()[i];
            if (*told_.place(variable.id) != i || !(with_unprinted || variable.printed)) continue;
            if (const auto over = over_months(variable.id))
                periods.add(over->what, {over->first, over->end, i, variable.value, how_.earlier.size(),
                                         variable.printed});
        }
        for (std::size_t number = 0; number < how_.earlier.size(); ++number) {
            const auto& publication = how_.earlier[number];
            for (const auto& each : publication.shown) {
                if (const auto over = over_months(each.figure))
                    periods.add(over->what, {over->first, over->end, std::nullopt, each.value, number});
            }
            std::map<std::string_view, double> truth;
            for (const auto& each : publication.truth) truth.emplace(each.figure, each.value);
            const auto add_unknown = [&](const std::string& id, bool is_printed) {
                const auto over = over_months(id);
                if (!over) return;
                const auto then = truth.find(id);
                const auto value = then == truth.end() ? std::nullopt : std::optional(then->second);
                const auto* now = told_.place(id);
                const bool changed = now != nullptr && value && std::abs(*value - this->value(*now)) > 0.5;
                if (now != nullptr && !changed) return;  // the same unknown, which stands there already
                const auto name = changed ? "then " + std::to_string(*now) : id;
                const auto place =
                    count + only_earlier_.try_emplace(name, only_earlier_.size()).first->second;
                periods.add(over->what, {over->first, over->end, place, value, number, is_printed});
            };
            for (const auto& id : publication.suppressed) add_unknown(id, true);
            if (!with_unprinted) continue;
            for (const auto& id : publication.unprinted) add_unknown(id, false);
        }
        return periods.sums(how_.earlier.size() + 1);
    }

    // What can be computed from figures known by now is known by now, even where no table showed it yet.
    // Of sums that no table shows a reader may not know that they are whole: nothing is given up for them.
    void add_what_follows() {
        auto sums = told_.sums();
        sums.insert(sums.end(), some_changed_.begin(), some_changed_.end());
        for (auto& sum : sums_of_periods(false)) sums.push_back(std::move(sum));
        auto unknown = known_;
        unknown.flip();
        unknown.resize(unknown.size() + only_earlier_.size(), true);
        for (const auto& told : determined(sums, unknown)) {
            if (told.place < known_.size()) known_[told.place] = true;
        }
    }

    // Which of the numbers that both suppress are still the same, the earlier publication does not say.
    // Two guesses are guarded against: that all are, and that those are not which stand only in sums that
    // no longer come out.
    void add_guesses(const std::vector<std::pair<Sum, std::optional<bool>>>& sums) {
        std::set<std::size_t> same;
        std::set<std::size_t> changed;
        for (const auto& [sum, holds] : sums) {
            all_the_same_.push_back(sum);
            if (!holds) continue;
            for (const auto& [place, sign] : sum) (*holds ? same : changed).insert(place);
        }
        std::erase_if(changed, [&](std::size_t place) { return same.contains(place); });
        add_parted(sums, changed);
    }
    // Sums in which what changed is another unknown than today's.
    void add_parted(const std::vector<std::pair<Sum, std::optional<bool>>>& sums,
                    const std::set<std::size_t>& changed) {
        const auto count = told_.variables().size();
        for (const auto& [sum, holds] : sums) {
            auto& parted = some_changed_.emplace_back();
            for (const auto& [place, sign] : sum) {
                if (changed.contains(place)) {
                    const auto id = "then " + std::to_string(place);
                    parted[count + only_earlier_.try_emplace(id, only_earlier_.size()).first->second] += sign;
                } else {
                    parted[place] += sign;
                }
            }
        }
    }

    [[nodiscard]] std::vector<bool> unknowns() const {
        std::vector<bool> out(told_.variables().size() + only_earlier_.size(), true);
        for (std::size_t i = 0; i < told_.variables().size(); ++i) {
            out[i] = (hidden_[i] || !printed(i)) && !known_[i];
        }
        return out;
    }

    // With what an earlier publication tells. False when nothing had to be added.
    bool hide_what_tells(const std::vector<Sum>& earlier) {
        auto sums = told_.sums();
        sums.insert(sums.end(), earlier.begin(), earlier.end());
        for (bool added = false;; added = true) {
            bool more = false;
            for (const auto& told : determined(sums, unknowns())) {
                if (told.place < hidden_.size() && !printed(told.place)) continue;
                std::optional<std::size_t> best;
                bool broken = false;
                for (const auto place : told.by) {
                    if (place >= hidden_.size()) continue;
                    broken = broken || (hidden_[place] && !known_[place]);
                    if (may_be_hidden(place) && (!best || loss(place) < loss(*best))) best = place;
                }
                if (broken || !best) continue;
                hidden_[*best] = true;
                more = true;
            }
            if (!more) return added;
        }
    }

    // False when nothing had to be added.
    bool hide_what_squeezes() {
        std::vector<double> least(told_.variables().size());
        std::vector<double> values(told_.variables().size());
        for (std::size_t i = 0; i < values.size(); ++i) {
            values[i] = value(i);
            // Noughts are printed, so a reader takes a suppressed figure for one at least.
            least[i] = values[i] > 0.5 && printed(i) ? 1 : 0;
        }
        auto unknown = unknowns();
        unknown.resize(values.size());
        const auto pinned = [](const Interval& interval) { return interval.greatest - interval.least < 0.5; };
        const auto told_small = [&](std::size_t place, const Interval& interval) {
            return small(place) && (interval.greatest < how_.threshold - 0.5 ||
                                    interval.greatest - interval.least < how_.threshold - 1.5);
        };
        const auto safe = [&](std::size_t place, const Interval& interval) {
            return !printed(place) || (!pinned(interval) && !told_small(place, interval));
        };
        // Where nothing beside could be suppressed, how small it may be told to be is not asked.
        std::map<std::size_t, bool> helpless;
        const auto enough = [&](std::size_t place, const Interval& interval) {
            if (safe(place, interval)) return true;
            if (pinned(interval)) return false;
            const auto [known, is_new] = helpless.try_emplace(place, false);
            if (is_new) known->second = !nearest(place, unknown, 2);
            return known->second;
        };
        bool more = false;
        for (const auto& [place, interval] : intervals(told_.sums(), unknown, values, least, seen_, enough)) {
            if (safe(place, interval)) continue;
            // To one value it must not come, at any price; to be told small is worth what stands beside.
            const auto best = nearest(place, unknown, pinned(interval) ? unknown.size() : 2);
            if (!best) continue;
            if (*best < hidden_.size()) hidden_[*best] = true;
            more = true;
        }
        return more;
    }
    // The cheapest figure that can still be suppressed in the sums around this one, or around those that
    // share a sum with it. Nothing when another of them has just been.
    [[nodiscard]] std::optional<std::size_t> nearest(std::size_t place, const std::vector<bool>& unknown,
                                                     std::size_t steps) const {
        std::set<std::size_t> reached{place};
        std::set<std::size_t> asked;
        for (; reached != asked && steps > 0; --steps) {
            asked = reached;
            std::optional<std::size_t> best;
            for (const auto& sum : told_.sums()) {
                if (std::none_of(sum.begin(), sum.end(),
                                 [&](const auto& term) { return asked.contains(term.first); })) {
                    continue;
                }
                for (const auto& [each, sign] : sum) {
                    if (hidden_[each] && !known_[each] && !unknown[each]) return hidden_.size();
                    if (unknown[each]) reached.insert(each);
                    if (may_be_hidden(each) && (!best || loss(each) < loss(*best))) best = each;
                }
            }
            if (best) return best;
        }
        return std::nullopt;
    }

    const Told& told_;
    const Suppression& how_;
    std::vector<bool> hidden_;
    std::vector<bool> known_;  // printed by an earlier publication
    std::map<std::string, std::size_t> only_earlier_;
    std::vector<Sum> all_the_same_;
    std::vector<Sum> some_changed_;
    std::map<std::size_t, Interval> seen_;  // in solutions that hold however much more is suppressed
};

// ---- the public form ----

// What is a sum stands last, before it what is not stated and what is gathered under "other ...".
int rank(const std::string& id) {
    return id == "total" ? 3 : id == "not-stated" ? 2 : id.starts_with("other-") ? 1 : 0;
}
bool before(const std::string& a, const std::string& b) {
    return rank(a) != rank(b) ? rank(a) < rank(b) : a < b;
}

void order_by_id(Table& table) {
    std::stable_sort(table.rows.begin(), table.rows.end(), [](const Row& a, const Row& b) {
        return a.total != b.total ? b.total : before(a.id, b.id);
    });
    std::vector<std::size_t> places(table.columns.size());
    for (std::size_t i = 0; i < places.size(); ++i) places[i] = i;
    std::stable_sort(places.begin(), places.end(), [&](std::size_t a, std::size_t b) {
        return before(table.columns[a].id, table.columns[b].id);
    });
    const auto columns = table.columns;
    for (std::size_t i = 0; i < places.size(); ++i) table.columns[i] = columns[places[i]];
    for (auto& row : table.rows) {
        const auto cells = row.cells;
        for (std::size_t i = 0; i < cells.size(); ++i) row.cells[i] = cells[places[i]];
    }
}

class Publishing {
public:
    Publishing(const Report& internal, const Suppression& how)
        : internal_(internal), how_(how), told_(internal), plan_(told_, how) {}

    Report make() {
        Report out = internal_;
        out.level = Level::Public;
        out.threshold = how_.threshold;
        // A draft is one at any level.
        const auto draft = std::ranges::find(out.notices, "draft", &Notice::id);
        out.mark = draft == out.notices.end() ? std::string() : draft->heading;
        std::erase_if(out.notices, [](const Notice& notice) { return notice.id == "internal"; });
        out.notices.insert(out.notices.begin(),
                           {say("report.suppressed.heading"), say("report.suppressed.text"), "public"});
        for (auto& section : out.sections) suppress(section);
        // Words say of a figure what its table says of it by now, whatever they were made from.
        const FigureLookup shown(out);
        for (auto& section : out.sections) refer(section, shown);
        return out;
    }

private:
    [[nodiscard]] std::string say(std::string_view id) const {
        return text(id, internal_.language,
                    {{"mark", std::string(kSuppressedMark)},
                     {"most", written(static_cast<std::uint64_t>(how_.threshold - 1), internal_.language)}});
    }

    void suppress(Section& section) {
        for (auto& block : section.blocks) {
            if (auto* table = std::get_if<Table>(&block)) {
                suppress(*table);
            } else if (auto* key = std::get_if<KeyFigures>(&block)) {
                for (auto& figure : key->figures) suppress(figure);
            } else if (auto* list = std::get_if<BulletList>(&block)) {
                suppress(*list);
            }
        }
        std::erase_if(section.blocks, [&](const Block& block) {
            if (const auto* paragraph = std::get_if<Paragraph>(&block)) {
                return plan_.hidden(paragraph->named) || plan_.hidden_by_difference(paragraph->named);
            }
            const auto* list = std::get_if<BulletList>(&block);
            return list != nullptr && list->items.empty();
        });
        // Charts last: they say what their tables show by now.
        std::erase_if(section.blocks, [&](Block& block) {
            auto* chart = std::get_if<Chart>(&block);
            if (chart == nullptr) return false;
            const auto* table = table_of(section, chart->table);
            if (table == nullptr || table->note.empty()) return false;
            chart->description = described(*chart, *table, internal_.language);
            return !shows_anything(*chart, *table);
        });
        for (auto& below : section.subsections) suppress(below);
    }
    static void refer(Section& section, const FigureLookup& shown) {
        for (auto& block : section.blocks) {
            if (auto* prose = std::get_if<Prose>(&block)) refer(prose->passages, shown);
            if (auto* item = std::get_if<Item>(&block)) refer(item->text.passages, shown);
        }
        for (auto& below : section.subsections) refer(below, shown);
    }
    static void refer(std::vector<Passage>& passages, const FigureLookup& shown) {
        for (auto& passage : passages) {
            for (auto& run : passage.runs) {
                if (!run.figure) continue;
                const auto* now = shown.find(run.names);
                run.figure = now != nullptr ? *now : Cell{std::nullopt, {}, {}, true};
            }
            refer(passage.parts, shown);
        }
    }
    static const Table* table_of(const Section& section, const std::string& id) {
        for (const auto& block : section.blocks) {
            if (const auto* table = std::get_if<Table>(&block); table != nullptr && table->id == id)
                return table;
        }
        return nullptr;
    }
    static bool shows_anything(const Chart& chart, const Table& table) {
        const auto among = [](const std::vector<std::string>& ids, const std::string& id) {
            return std::find(ids.begin(), ids.end(), id) != ids.end();
        };
        for (const auto& row : table.rows) {
            if (chart.rows.empty() ? row.total : !among(chart.rows, row.id)) continue;
            for (std::size_t i = 0; i < row.cells.size(); ++i) {
                if (row.cells[i].number && among(chart.columns, table.columns[i].id)) return true;
            }
        }
        return false;
    }

    void suppress(Table& table) {
        bool any = false;
        for (auto& row : table.rows) {
            for (std::size_t i = 0; i < row.cells.size(); ++i) {
                auto& cell = row.cells[i];
                if (!cell.number) continue;
                const bool count = cell.number->unit == Measure::Count;
                cell.suppressed =
                    (count && plan_.hidden(told_.id_of(table, row, i), cell.number->value)) ||
                    plan_.hidden(cell.from) ||
                    (cell.number->unit == Measure::Days && plan_.hidden_by_difference(cell.from));
                if (!cell.suppressed) continue;
                if (count) cell.figure = told_.id_of(table, row, i);
                cell.number.reset();
                cell.from.clear();
                any = true;
            }
        }
        suppress_verdicts(table);
        std::erase_if(table.breaks, [&](const Break& each) { return plan_.hidden(each.named); });
        if (plan_.hidden(table.named)) {
            table.definition = table.definition_without;
            table.named.clear();
        }
        if (!any) return;
        table.note = say("report.suppressed.note");
        if (table.by_size) order_by_id(table);
    }
    // A verdict compares its cell with others: it goes when any of them is not printed, whatever it says, so
    // that where there is none nothing can be told from that either. One that says "too few to judge" of a
    // suppressed cell would say that the cell is small; of a printed one the number says it.
    void suppress_verdicts(Table& table) const {
        std::erase_if(table.marks, [&](const Mark& mark) {
            if (plan_.hidden(mark.from)) return true;
            const auto row = std::find_if(table.rows.begin(), table.rows.end(),
                                          [&](const Row& each) { return each.id == mark.row; });
            if (row == table.rows.end()) return true;
            for (std::size_t i = 0; i < row->cells.size(); ++i) {
                if (table.columns[i].id == mark.column) return !row->cells[i].number;
            }
            return true;
        });
    }
    void suppress(KeyFigure& figure) const {
        figure.suppressed = (!figure.figure.empty() && plan_.hidden(figure.figure, figure.number.value)) ||
                            plan_.hidden(figure.from) ||
                            (figure.number.unit == Measure::Days && plan_.hidden_by_difference(figure.from));
        if (!figure.suppressed) return;
        figure.number.value = std::numeric_limits<double>::quiet_NaN();
        figure.note = say("report.suppressed.figure");
        figure.from.clear();
    }
    void suppress(BulletList& list) const {
        BulletList kept;
        for (std::size_t i = 0; i < list.items.size(); ++i) {
            const auto named = i < list.named.size() ? list.named[i] : std::vector<Named>{};
            if (plan_.hidden(named)) continue;
            kept.items.push_back(list.items[i]);
            kept.named.push_back(named);
        }
        list = std::move(kept);
    }

    const Report& internal_;
    const Suppression& how_;
    Told told_;
    Plan plan_;
};

// ---- an earlier publication, read back ----

namespace json = boost::json;

std::string text_of(const json::object& object, std::string_view key) {
    const auto* found = object.if_contains(key);
    return found != nullptr && found->is_string() ? std::string(found->as_string()) : std::string();
}
std::optional<Number> number_of(const json::object& object) {
    const auto* value = object.if_contains("value");
    if (value == nullptr) return std::nullopt;
    const auto unit = text_of(object, "unit");
    for (const auto each : {Measure::Count, Measure::Percent, Measure::Days, Measure::Ratio}) {
        if (unit == name_of(each)) return Number{value->to_number<double>(), each};
    }
    throw std::invalid_argument("a number of no known unit");
}

Table table_of(const json::object& block) {
    Table out;
    out.id = text_of(block, "id");
    for (const auto& column : block.at("columns").as_array()) {
        out.columns.push_back({text_of(column.as_object(), "id"), {}});
    }
    for (const auto& row : block.at("rows").as_array()) {
        Row read{text_of(row.as_object(), "id"), {}, {}, row.at("total").as_bool()};
        for (const auto& cell : row.at("cells").as_array()) {
            Cell known;
            if (const auto* object = cell.if_object()) {
                known.number = number_of(*object);
                known.figure = text_of(*object, "figure");
                known.suppressed = object->contains("suppressed");
            }
            read.cells.push_back(std::move(known));
        }
        if (read.cells.size() > out.columns.size()) throw std::invalid_argument("more cells than columns");
        out.rows.push_back(std::move(read));
    }
    return out;
}
KeyFigures key_figures_of(const json::object& block) {
    KeyFigures out;
    for (const auto& figure : block.at("figures").as_array()) {
        const auto& object = figure.as_object();
        KeyFigure read;
        read.figure = text_of(object, "figure");
        read.suppressed = object.contains("suppressed");
        if (const auto* number = object.at("number").if_object()) read.number = number_of(*number).value();
        out.figures.push_back(std::move(read));
    }
    return out;
}
Section section_of(const json::object& section) {
    Section out;
    for (const auto& block : section.at("blocks").as_array()) {
        const auto& object = block.as_object();
        const auto type = text_of(object, "type");
        if (type == "table") out.blocks.emplace_back(table_of(object));
        if (type == "key-figures") out.blocks.emplace_back(key_figures_of(object));
    }
    for (const auto& below : section.at("subsections").as_array()) {
        out.subsections.push_back(section_of(below.as_object()));
    }
    return out;
}

}  // namespace

std::string figure_id(std::string_view what, int year, const Dimensions& by) {
    return figure_id(what, std::to_string(year), by);
}
std::string figure_id(std::string_view what, std::string_view period, const Dimensions& by) {
    auto out = escaped(what) + "|year=" + std::string(period);
    auto sorted = by;
    std::sort(sorted.begin(), sorted.end());
    for (const auto& [name, code] : sorted) out += "|" + escaped(name) + "=" + escaped(code);
    return out;
}

namespace {

void add_sums(Publication& publication, const Told& told) {
    for (const auto& sum : told.sums()) {
        auto& terms = publication.sums.emplace_back();
        for (const auto& [place, sign] : sum) terms.emplace_back(told.variables()[place].id, sign);
    }
}

Publication shown_by(const Told& told) {
    Publication out;
    for (const auto& variable : told.variables()) {
        if (!variable.printed) {
            out.unprinted.push_back(variable.id);
        } else if (variable.suppressed) {
            out.suppressed.push_back(variable.id);
        } else if (variable.value) {
            out.shown.push_back({variable.id, *variable.value});
        }
    }
    return out;
}

}  // namespace

Publication publication_of(const Report& report) {
    const Told told(report);
    auto out = shown_by(told);
    add_sums(out, told);
    return out;
}

Publication publication_of(const Report& published, const Report& internal) {
    auto out = shown_by(Told(published));
    const Told told(internal);
    // Of the numbers themselves it can be seen which sums hold; of what is left of them, only guessed.
    add_sums(out, told);
    for (const auto& variable : told.variables()) {
        if (variable.value) out.truth.push_back({variable.id, *variable.value});
        if (!variable.printed) out.unprinted.push_back(variable.id);
    }
    return out;
}

Report report_of_json(std::string_view text) {
    try {
        const auto read = json::parse(json::string_view(text.data(), text.size()));
        if (text_of(read.as_object(), "level") != "public")
            throw std::invalid_argument("not the public form of a report");
        Report report;
        report.year = static_cast<int>(read.at("year").to_number<std::int64_t>());
        for (const auto& [name, into] :
             {std::pair{"kind", &report.kind}, std::pair{"period", &report.period}}) {
            if (const auto* said = read.as_object().if_contains(name)) *into = said->as_string().c_str();
        }
        for (const auto& section : read.at("sections").as_array()) {
            report.sections.push_back(section_of(section.as_object()));
        }
        const auto& basis = read.at("basis");
        report.provenance = {basis.at("position").to_number<std::uint64_t>(),
                             text_of(basis.as_object(), "as_of_on"),
                             text_of(basis.as_object(), "code_version")};
        report.level = Level::Public;
        return report;
    } catch (const std::invalid_argument&) {
        throw;
    } catch (const std::exception& broken) {
        throw std::invalid_argument(std::string("not a report: ") + broken.what());
    }
}

Report public_form(const Report& internal, const Suppression& how) {
    return Publishing(internal, how).make();
}

}  // namespace vastine::projections::report
