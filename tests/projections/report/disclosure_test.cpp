// The public form, attacked: an attacker reads what was published, knows of every case only that it exists
// or not, and solves for what was suppressed. The attack shares no code with what it attacks.
#include "projections/report/disclosure.hpp"

#include <glpk.h>

#include <boost/json.hpp>
#include <catch2/catch.hpp>
#include <cmath>
#include <functional>
#include <iostream>
#include <map>
#include <random>
#include <set>

#include "projections/report/linear_system.hpp"
#include "projections/report/tables.hpp"
#include "tests/projections/report/finding.hpp"
#include "tests/projections/report/sample.hpp"

using namespace vastine;
using namespace vastine::projections::report;
namespace json = boost::json;

namespace {

// ---- a report of random cases ----

// One kind of case there can be: who, what, where, when.
struct Sort {
    std::size_t department = 0;
    std::size_t cause = 0;
    std::size_t maker = 0;
    std::size_t month = 0;
    std::size_t kind = 0;
    std::size_t year = 0;
};
using Counts = std::vector<int>;                   // of each sort
using Counted = std::function<bool(const Sort&)>;  // what a cell counts
using Place = std::array<std::string, 3>;          // table, row, column

struct World {
    std::size_t departments = 3;
    std::size_t causes = 3;
    std::size_t makers = 2;
    std::size_t months = 4;
    std::vector<Sort> sorts;
};

World world(std::mt19937& random) {
    World out;
    out.departments = 2 + random() % 3;
    out.causes = 2 + random() % 3;
    out.makers = 2 + random() % 2;
    out.months = 2 + random() % 3;
    for (std::size_t year = 0; year < 2; ++year)
        for (std::size_t kind = 0; kind < 2; ++kind)
            for (std::size_t month = 0; month < out.months; ++month)
                for (std::size_t maker = 0; maker < out.makers; ++maker)
                    for (std::size_t cause = 0; cause < out.causes; ++cause)
                        for (std::size_t department = 0; department < out.departments; ++department)
                            out.sorts.push_back({department, cause, maker, month, kind, year});
    return out;
}

Counts cases(const World& world, std::mt19937& random) {
    Counts out(world.sorts.size());
    const auto number = 5 + random() % 300;
    // Uneven, as cases are: most fall on the first of everything.
    for (std::size_t i = 0; i < number; ++i) {
        const auto a = random() % out.size();
        const auto b = random() % out.size();
        ++out[random() % 3 == 0 ? a : std::min(a, b) % (1 + out.size() / 2)];
    }
    return out;
}

const std::array<std::string, 2> kKinds{"reminder", "complaint"};

std::string code(const std::string& name, std::size_t number) {
    return name + std::to_string(number);
}
std::string month(std::size_t number) {
    return "2018-0" + std::to_string(number + 1);
}

struct Made {
    Report report;
    std::map<Place, Counted> counted;
};

class Making {
public:
    Making(const World& world, const Counts& counts, unsigned tables)
        : world_(world), counts_(counts), tables_(tables) {}

    Made make() {
        made_.report.year = 2018;
        made_.report.title = "Random";
        Section section{"all", "All", {}, {}};
        const auto put = [&](unsigned number, Table table) {
            if ((tables_ >> number & 1U) != 0) {
                section.blocks.emplace_back(std::move(table));
            } else {
                std::erase_if(made_.counted, [&](const auto& cell) { return cell.first[0] == table.id; });
            }
        };
        put(0, departments_by_year());
        put(1, division("cause", world_.causes, [](const Sort& sort) { return sort.cause; }));
        put(2, division("maker", world_.makers, [](const Sort& sort) { return sort.maker; }));
        put(3, kinds_by_year());
        put(4, months_by_kind());
        put(5, cross("cause-by-department", 0, world_.departments, Sums::Rows));
        put(6, cross("parts-1", 0, 1, Sums::Rows));
        put(6, cross("parts-2", 1, world_.departments, Sums::Rows));
        put(7, cross("whole", 0, world_.departments, Sums::Both));
        put(8, by_month("month-by-department"));
        put(9, others());
        if ((tables_ >> 10U & 1U) != 0) {
            const auto all = [](const Sort& sort) { return sort.year == 1; };
            KeyFigures key{"key", {}};
            key.figures.push_back({"all",
                                   "All",
                                   {number(all), Measure::Count, 0},
                                   {},
                                   figure_id("reminder+complaint.registered", 2018)});
            made_.counted[{"key", "all", "value"}] = all;
            section.blocks.emplace_back(std::move(key));
        }
        made_.report.sections.push_back(std::move(section));
        return std::move(made_);
    }

private:
    enum class Sums { Rows, Both };

    [[nodiscard]] double number(const Counted& counted) const {
        int out = 0;
        for (std::size_t i = 0; i < counts_.size(); ++i) {
            if (counted(world_.sorts[i])) out += counts_[i];
        }
        return out;
    }
    void cell(const Table& table, Row& row, const std::string& figure, Counted counted) {
        row.cells.push_back({Number{number(counted), Measure::Count, 0}, figure});
        made_.counted[{table.id, row.id, table.columns[row.cells.size() - 1].id}] = std::move(counted);
    }
    static std::string both(int year, const Dimensions& by = {}) {
        return figure_id("reminder+complaint.registered", year, by);
    }

    Table departments_by_year() {
        Table out{"departments", "", "", {{"2017", ""}, {"2018", ""}}, {}, {}, {}};
        for (std::size_t d = 0; d <= world_.departments; ++d) {
            const bool total = d == world_.departments;
            Row row{total ? "total" : code("d", d), "", {}, total};
            for (std::size_t year = 0; year < 2; ++year) {
                cell(out, row,
                     both(2017 + static_cast<int>(year), total ? Dimensions{} : Dimensions{{"unit", row.id}}),
                     [=](const Sort& sort) { return sort.year == year && (total || sort.department == d); });
            }
            out.rows.push_back(std::move(row));
        }
        return out;
    }
    Table division(const std::string& name, std::size_t size, std::function<std::size_t(const Sort&)> of) {
        Table out{name, "", "", {{"count", ""}, {"share", ""}}, {}, {}, {}};
        out.by_size = true;
        const Named whole{both(2018), number([](const Sort& sort) { return sort.year == 1; })};
        for (std::size_t i = 0; i <= size; ++i) {
            const bool total = i == size;
            Row row{total ? "total" : code(name.substr(0, 1), i), "", {}, total};
            const auto id = both(2018, total ? Dimensions{} : Dimensions{{name, row.id}});
            cell(out, row, id, [=](const Sort& sort) { return sort.year == 1 && (total || of(sort) == i); });
            const Named part{id, row.cells[0].number->value};
            Cell share;
            if (whole.value > 0) {
                share.number = Number{100 * part.value / whole.value, Measure::Percent, 0};
                share.from = {part, whole};
            }
            row.cells.push_back(std::move(share));
            out.rows.push_back(std::move(row));
        }
        return out;
    }
    Table kinds_by_year() {
        Table out{"kinds", "", "", {{"2017", ""}, {"2018", ""}}, {}, {}, {}};
        for (std::size_t kind = 0; kind < 3; ++kind) {
            const std::string what = kind < 2 ? kKinds[kind] : "reminder+complaint";
            Row row{what, "", {}};
            for (std::size_t year = 0; year < 2; ++year) {
                cell(out, row, figure_id(what + ".registered", 2017 + static_cast<int>(year)),
                     [=](const Sort& sort) { return sort.year == year && (kind == 2 || sort.kind == kind); });
            }
            out.rows.push_back(std::move(row));
        }
        return out;
    }
    Table months_by_kind() {
        Table out{"months", "", "", {{"reminder", ""}, {"complaint", ""}}, {}, {}, {}};
        for (std::size_t m = 0; m <= world_.months; ++m) {
            const bool total = m == world_.months;
            Row row{total ? "total" : month(m), "", {}, total};
            for (std::size_t kind = 0; kind < 2; ++kind) {
                cell(out, row,
                     figure_id(kKinds[kind] + ".registered", 2018,
                               total ? Dimensions{} : Dimensions{{"month", row.id}}),
                     [=](const Sort& sort) {
                         return sort.year == 1 && sort.kind == kind && (total || sort.month == m);
                     });
            }
            out.rows.push_back(std::move(row));
        }
        return out;
    }
    Table cross(const std::string& id, std::size_t from, std::size_t until, Sums sums) {
        Table out{id, "", "", {}, {}, {}, {}};
        out.by_size = true;
        for (std::size_t d = from; d < until; ++d) out.columns.push_back({code("d", d), ""});
        if (sums == Sums::Both) out.columns.push_back({"total", ""});
        for (std::size_t c = 0; c <= world_.causes; ++c) {
            const bool total = c == world_.causes;
            Row row{total ? "total" : code("c", c), "", {}, total};
            for (std::size_t d = from; d < until + (sums == Sums::Both ? 1 : 0); ++d) {
                const bool all = d == until;
                Dimensions by;
                if (!total) by.emplace_back("cause", row.id);
                if (!all) by.emplace_back("unit", code("d", d));
                cell(out, row, both(2018, by), [=](const Sort& sort) {
                    return sort.year == 1 && (total || sort.cause == c) && (all || sort.department == d);
                });
            }
            out.rows.push_back(std::move(row));
        }
        return out;
    }
    Table by_month(const std::string& id) {
        Table out{id, "", "", {}, {}, {}, {}};
        for (std::size_t d = 0; d < world_.departments; ++d) out.columns.push_back({code("d", d), ""});
        for (std::size_t m = 0; m < world_.months; ++m) {
            Row row{month(m), "", {}};
            for (std::size_t d = 0; d < world_.departments; ++d) {
                cell(out, row, both(2018, {{"unit", code("d", d)}, {"month", row.id}}),
                     [=](const Sort& sort) {
                         return sort.year == 1 && sort.month == m && sort.department == d;
                     });
            }
            out.rows.push_back(std::move(row));
        }
        return out;
    }
    // The first cause, the others together, and their sum. The figures of the others have no id: they
    // stand in this table only.
    Table others() {
        Table out{"others", "", "", {{"c0", ""}, {"other-causes", ""}, {"total", ""}}, {}, {}, {}};
        for (std::size_t d = 0; d <= world_.departments; ++d) {
            const bool total = d == world_.departments;
            Row row{total ? "total" : code("d", d), "", {}, total};
            const Dimensions here = total ? Dimensions{} : Dimensions{{"unit", row.id}};
            auto first = here;
            first.emplace_back("cause", "c0");
            const auto there = [=](const Sort& sort) {
                return sort.year == 1 && (total || sort.department == d);
            };
            cell(out, row, both(2018, first),
                 [=](const Sort& sort) { return there(sort) && sort.cause == 0; });
            cell(out, row, {}, [=](const Sort& sort) { return there(sort) && sort.cause != 0; });
            cell(out, row, both(2018, here), there);
            out.rows.push_back(std::move(row));
        }
        return out;
    }

    const World& world_;
    const Counts& counts_;
    unsigned tables_;
    Made made_;
};

// ---- the attacker ----

struct Published {
    std::map<Place, double> shown;
    std::set<Place> suppressed;
};

Published read(const std::string& text) {
    Published out;
    const auto report = json::parse(text);
    for (const auto& block : report.at("sections").at(0).at("blocks").as_array()) {
        const std::string id(block.at("id").as_string());
        if (block.at("type") == "key-figures") {
            for (const auto& figure : block.at("figures").as_array()) {
                const Place place{id, std::string(figure.at("id").as_string()), "value"};
                if (figure.at("number").is_null()) {
                    out.suppressed.insert(place);
                } else {
                    out.shown[place] = figure.at("number").at("value").to_number<double>();
                }
            }
            continue;
        }
        for (const auto& row : block.at("rows").as_array()) {
            for (std::size_t i = 0; i < row.at("cells").as_array().size(); ++i) {
                const auto& cell = row.at("cells").at(i);
                const Place place{id, std::string(row.at("id").as_string()),
                                  std::string(block.at("columns").at(i).at("id").as_string())};
                if (cell.is_null()) continue;
                if (cell.as_object().contains("suppressed")) {
                    out.suppressed.insert(place);
                } else {
                    out.shown[place] = cell.at("value").to_number<double>();
                }
            }
        }
    }
    return out;
}

// Elimination in a field of a large prime: a combination that exists in whole numbers exists there too.
class Solver {
public:
    explicit Solver(std::size_t unknowns) : unknowns_(unknowns) {}

    void learn(std::vector<std::uint64_t> line) {
        const auto lead = reduce(line);
        if (lead == unknowns_) return;
        const auto inverse = power(line[lead], kPrime - 2);
        for (auto& factor : line) factor = factor * inverse % kPrime;
        known_.emplace(lead, std::move(line));
    }
    [[nodiscard]] bool knows(std::vector<std::uint64_t> line) const { return reduce(line) == unknowns_; }

    static constexpr std::uint64_t kPrime = 2'147'483'647;

private:
    std::size_t reduce(std::vector<std::uint64_t>& line) const {
        std::size_t lead = unknowns_;
        for (std::size_t i = 0; i < unknowns_; ++i) {
            if (line[i] == 0) continue;
            const auto found = known_.find(i);
            if (found == known_.end()) {
                lead = std::min(lead, i);
                continue;
            }
            const auto factor = kPrime - line[i];
            for (std::size_t j = i; j < unknowns_; ++j) {
                line[j] = (line[j] + factor * found->second[j]) % kPrime;
            }
        }
        return lead;
    }
    static std::uint64_t power(std::uint64_t number, std::uint64_t exponent) {
        std::uint64_t out = 1;
        for (; exponent > 0; exponent /= 2, number = number * number % kPrime) {
            if (exponent % 2 == 1) out = out * number % kPrime;
        }
        return out;
    }

    std::size_t unknowns_;
    std::map<std::size_t, std::vector<std::uint64_t>> known_;
};

std::vector<std::uint64_t> line_of(const World& world, const Counted& counted, std::size_t publication,
                                   std::size_t publications) {
    std::vector<std::uint64_t> out(world.sorts.size() * publications);
    for (std::size_t i = 0; i < world.sorts.size(); ++i) {
        out[publication * world.sorts.size() + i] = counted(world.sorts[i]) ? 1 : 0;
    }
    return out;
}
double truth(const World& world, const Counts& counts, const Counted& counted) {
    double out = 0;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        if (counted(world.sorts[i])) out += counts[i];
    }
    return out;
}
std::string name(const Place& place) {
    return place[0] + "/" + place[1] + "/" + place[2];
}

// The least and the greatest that a suppressed cell can be when no count of any sort of case is below
// nought and every suppressed cell that is not a nought is one at least.
bool is_pinned(const World& world, const Counts& counts, const Made& made, const Published& published,
               const Place& target) {
    glp_term_out(GLP_OFF);
    auto* problem = glp_create_prob();
    glp_add_cols(problem, static_cast<int>(world.sorts.size()));
    for (int i = 1; i <= static_cast<int>(world.sorts.size()); ++i)
        glp_set_col_bnds(problem, i, GLP_LO, 0, 0);
    const auto add = [&](const Place& place, int type, double value) {
        std::vector<int> places{0};
        std::vector<double> factors{0};
        for (std::size_t i = 0; i < world.sorts.size(); ++i) {
            if (!made.counted.at(place)(world.sorts[i])) continue;
            places.push_back(static_cast<int>(i) + 1);
            factors.push_back(1);
        }
        const int row = glp_add_rows(problem, 1);
        glp_set_row_bnds(problem, row, type, value, value);
        glp_set_mat_row(problem, row, static_cast<int>(places.size()) - 1, places.data(), factors.data());
        if (place == target) {
            for (std::size_t i = 1; i < places.size(); ++i) glp_set_obj_coef(problem, places[i], 1);
        }
    };
    for (const auto& [place, value] : published.shown) {
        if (made.counted.contains(place)) add(place, GLP_FX, value);
    }
    for (const auto& place : published.suppressed) {
        // A nought is suppressed only where nothing else protects; the attacker is told where.
        if (made.counted.contains(place)) {
            add(place, GLP_LO, truth(world, counts, made.counted.at(place)) > 0 ? 1 : 0);
        }
    }
    std::array<double, 2> bounds{};
    for (const int direction : {GLP_MIN, GLP_MAX}) {
        glp_set_obj_dir(problem, direction);
        glp_smcp settings;
        glp_init_smcp(&settings);
        settings.msg_lev = GLP_MSG_OFF;
        glp_simplex(problem, &settings);
        bounds[direction == GLP_MIN ? 0 : 1] =
            glp_get_status(problem) == GLP_UNBND ? 1e9 : glp_get_obj_val(problem);
    }
    glp_delete_prob(problem);
    return bounds[1] - bounds[0] < 0.9;
}

struct Score {
    std::size_t reports = 0;
    std::size_t cells = 0;
    std::size_t small = 0;
    std::size_t suppressed = 0;
};

void check_small_are_suppressed(const World& world, const Counts& counts, const Made& made,
                                const Published& published, Score& score) {
    for (const auto& [place, counted] : made.counted) {
        const auto value = truth(world, counts, counted);
        const bool suppressed = published.suppressed.contains(place);
        INFO(name(place) << " is " << value);
        if (value > 0 && value < 5) {
            CHECK(suppressed);
            ++score.small;
        }
        if (!suppressed) CHECK(published.shown.at(place) == value);
        // A share stands beside its count or not at all.
        if (suppressed && place[2] == "count") {
            CHECK_FALSE(published.shown.contains({place[0], place[1], "share"}));
        }
        ++score.cells;
        score.suppressed += suppressed ? 1 : 0;
    }
}

unsigned some_tables(std::mt19937& random) {
    return static_cast<unsigned>(random());
}

void attack_one(unsigned seed, bool with_bounds, Score& score) {
    std::mt19937 random(seed);
    const auto where = world(random);
    const auto counts = cases(where, random);
    const auto made = Making(where, counts, some_tables(random)).make();
    const auto text = to_json(public_form(made.report, {}));
    const auto published = read(text);
    INFO("seed " << seed);
    check_small_are_suppressed(where, counts, made, published, score);
    Solver solver(where.sorts.size());
    for (const auto& [place, value] : published.shown) {
        if (made.counted.contains(place)) solver.learn(line_of(where, made.counted.at(place), 0, 1));
    }
    for (const auto& place : published.suppressed) {
        if (!made.counted.contains(place)) continue;
        INFO(name(place));
        CHECK_FALSE(solver.knows(line_of(where, made.counted.at(place), 0, 1)));
        if (with_bounds) CHECK_FALSE(is_pinned(where, counts, made, published, place));
    }
    ++score.reports;
}

void attack_pair(unsigned seed, Score& score) {
    std::mt19937 random(seed);
    const auto where = world(random);
    const auto before = cases(where, random);
    auto after = before;
    for (auto changes = random() % 4; changes > 0; --changes) {
        auto& count = after[random() % after.size()];
        count = std::max(0, count + static_cast<int>(random() % 9) - 3);
    }
    const auto tables = some_tables(random);
    const auto first = Making(where, before, tables).make();
    const auto second = Making(where, after, random() % 2 == 0 ? tables : some_tables(random)).make();
    const auto first_text = to_json(public_form(first.report, {}));
    const auto second_text =
        to_json(public_form(second.report, {5, {publication_of(report_of_json(first_text), first.report)}}));
    const auto first_published = read(first_text);
    const auto second_published = read(second_text);
    INFO("seed " << seed);
    check_small_are_suppressed(where, after, second, second_published, score);
    const auto count = where.sorts.size();
    Solver solver(2 * count);
    Solver first_alone(count);
    for (const auto& [place, value] : first_published.shown) {
        if (!first.counted.contains(place)) continue;
        solver.learn(line_of(where, first.counted.at(place), 0, 2));
        first_alone.learn(line_of(where, first.counted.at(place), 0, 1));
    }
    for (const auto& [place, value] : second_published.shown) {
        if (second.counted.contains(place)) solver.learn(line_of(where, second.counted.at(place), 1, 2));
    }
    // And somebody told the attacker which figures did not change between the two.
    for (const auto& [place, counted] : first.counted) {
        if (!second.counted.contains(place) ||
            truth(where, before, counted) != truth(where, after, counted)) {
            continue;
        }
        auto line = line_of(where, counted, 0, 2);
        for (std::size_t i = 0; i < count; ++i) line[count + i] = line[i] == 0 ? 0 : Solver::kPrime - 1;
        solver.learn(std::move(line));
    }
    for (const auto& place : first_published.suppressed) {
        if (!first.counted.contains(place)) continue;
        INFO("first: " << name(place));
        CHECK_FALSE(solver.knows(line_of(where, first.counted.at(place), 0, 2)));
    }
    for (const auto& place : second_published.suppressed) {
        if (!second.counted.contains(place)) continue;
        // A figure that no table showed before, and that the first publication told all the same.
        const auto& counted = second.counted.at(place);
        if (first_alone.knows(line_of(where, counted, 0, 1)) &&
            truth(where, before, counted) == truth(where, after, counted)) {
            continue;
        }
        INFO("second: " << name(place));
        CHECK_FALSE(solver.knows(line_of(where, second.counted.at(place), 1, 2)));
    }
    ++score.reports;
}

void attack(unsigned reports, unsigned pairs) {
    const auto seed = std::random_device()();
    std::cout << "disclosure: first seed " << seed << '\n';
    Score score;
    for (unsigned i = 0; i < reports; ++i) attack_one(seed + i, i % 10 == 0, score);
    for (unsigned i = 0; i < pairs; ++i) attack_pair(seed + i, score);
    std::cout << "disclosure: " << score.reports << " reports, " << score.cells << " cells, " << score.small
              << " small, " << score.suppressed << " suppressed\n";
    // A form that suppresses everything keeps every secret and tells nobody anything.
    CHECK(score.suppressed < score.cells * 9 / 10);
}

std::vector<std::string> printed(const Row& row) {
    std::vector<std::string> out;
    for (const auto& cell : row.cells) {
        out.push_back(cell.suppressed ? ".."
                      : cell.number   ? std::to_string(std::lround(cell.number->value))
                                      : "-");
    }
    return out;
}

}  // namespace

TEST_CASE("an attacker who solves the linear system of a public report recovers no suppressed cell",
          "[report][disclosure]") {
    attack(300, 100);
}

TEST_CASE(
    "an attacker who solves the linear systems of thousands of public reports recovers no suppressed cell",
    "[.][disclosure-full]") {
    attack(5000, 2000);
}

namespace {

// Departments by name, with a total; "-" is a cell of which nothing is known.
Report small_report(std::vector<std::pair<std::string, int>> departments) {
    Report out;
    out.year = 2016;
    out.language = domain::Language::English;
    Table table{"departments", "Departments", "Department", {{"2016", "2016"}}, {}, {}, {}};
    table.by_size = true;
    int sum = 0;
    for (const auto& [id, count] : departments) {
        table.rows.push_back(
            {id,
             id,
             {counted(named(figure_id("cases", 2016, {{"unit", id}}), static_cast<std::uint64_t>(count)))}});
        sum += count;
    }
    const auto whole = named(figure_id("cases", 2016), static_cast<std::uint64_t>(sum));
    table.rows.push_back({"total", "Total", {counted(whole)}, true});
    table.definition = "Of all " + std::to_string(sum) + ".";
    table.definition_without = "Of all.";
    table.named = {whole};
    Section section{"departments-section", "Departments", {}, {}};
    section.blocks.emplace_back(Chart{"chart", Shape::Bars, "departments", {"2016"}, "Departments", "old"});
    section.blocks.emplace_back(std::move(table));
    out.sections.push_back(std::move(section));
    return out;
}
std::map<std::string, std::string> by_row(const Report& report, const std::string& id = "departments") {
    std::map<std::string, std::string> out;
    for (const auto& row : finding::table(report, id)->rows) out[row.id] = printed(row).at(0);
    return out;
}
using Rows = std::map<std::string, std::string>;

}  // namespace

TEST_CASE("a small count is suppressed, and the least of the others with it, so that no sum gives it away",
          "[report][disclosure]") {
    const auto made = public_form(small_report({{"a", 336}, {"b", 165}, {"c", 72}, {"d", 3}}), {});
    CHECK(by_row(made) == Rows{{"a", "336"}, {"b", "165"}, {"c", ".."}, {"d", ".."}, {"total", "576"}});
}

TEST_CASE("a report without small counts is published whole, and a nought is shown", "[report][disclosure]") {
    const auto made = public_form(small_report({{"a", 336}, {"b", 5}, {"c", 0}}), {});
    CHECK(by_row(made) == Rows{{"a", "336"}, {"b", "5"}, {"c", "0"}, {"total", "341"}});
    CHECK(finding::table(made, "departments")->note.empty());
    CHECK(made.level == Level::Public);
    CHECK(made.notices.front().id == "public");
}

TEST_CASE("the threshold is the publisher's choice", "[report][disclosure]") {
    const auto made = public_form(small_report({{"a", 336}, {"b", 9}, {"c", 30}}), {10, {}});
    CHECK(by_row(made) == Rows{{"a", "336"}, {"b", ".."}, {"c", ".."}, {"total", "375"}});
}

TEST_CASE("two suppressed counts that could only be one each are not left alone", "[report][disclosure]") {
    // Noughts are printed: were only the two ones suppressed, their sum of two would tell both.
    const auto made = public_form(small_report({{"a", 40}, {"b", 1}, {"c", 1}}), {});
    CHECK(by_row(made) == Rows{{"a", ".."}, {"b", ".."}, {"c", ".."}, {"total", "42"}});
}

TEST_CASE("a nought is suppressed only when nothing else protects", "[report][disclosure]") {
    // The whole is known from an earlier publication, and only the nought is left to stand beside.
    Publication earlier;
    earlier.shown = {{figure_id("cases", 2016), 3}};
    const auto made = public_form(small_report({{"a", 3}, {"b", 0}}), {5, {earlier}});
    CHECK(by_row(made) == Rows{{"a", ".."}, {"b", ".."}, {"total", ".."}});
}

TEST_CASE("the order of rows does not tell how great a suppressed figure is", "[report][disclosure]") {
    const auto made = public_form(small_report({{"z", 40}, {"y", 30}, {"x", 20}, {"b", 3}}), {});
    std::vector<std::string> order;
    for (const auto& row : finding::table(made, "departments")->rows) order.push_back(row.id);
    CHECK(order == std::vector<std::string>{"b", "x", "y", "z", "total"});
}

TEST_CASE("what a definition or a chart says of a suppressed figure goes with it", "[report][disclosure]") {
    const auto made = public_form(small_report({{"a", 2}, {"b", 1}}), {});
    CHECK(by_row(made) == Rows{{"a", ".."}, {"b", ".."}, {"total", ".."}});
    CHECK(finding::table(made, "departments")->definition == "Of all.");
    // Nothing is left to draw.
    CHECK(made.sections.front().blocks.size() == 1);
    const auto some = public_form(small_report({{"a", 336}, {"b", 165}, {"c", 72}, {"d", 3}}), {});
    const auto& chart = std::get<Chart>(some.sections.front().blocks.front());
    CHECK(chart.description.find("the least 165 (b)") != std::string::npos);
    CHECK(chart.description.find("..") != std::string::npos);
}

TEST_CASE("a median of few is suppressed, and so is a sentence that names it", "[report][disclosure]") {
    auto figures = sample::figures();
    for (auto& total : figures.released->totals) {
        if (total.measure() == "reminder.answered" || total.measure() == "reminder.kept") total.set_count(4);
    }
    const auto internal = report_of(figures, sample::reference(), domain::Language::English,
                                    {store::Position{4567}, std::chrono::year(2019) / 2 / 3});
    CHECK(to_html(internal).find("28.4") != std::string::npos);
    const auto made = public_form(internal, {});
    const auto answers = by_row(made, "legal-answers");
    for (const auto* row : {"answered", "kept", "kept-share", "answer-days-median", "answer-days-mean",
                            "answer-days-longest"}) {
        INFO(row);
        CHECK(answers.at(row) == "..");
    }
    const auto html = to_html(made);
    CHECK(html.find("28.4") == std::string::npos);
    CHECK(html.find("NaN") == std::string::npos);
}

TEST_CASE("a mean that moved by a few answers since the last publication is suppressed",
          "[report][disclosure]") {
    const auto internal = sample::report(domain::Language::English);
    CHECK(by_row(public_form(internal, {}), "legal-answers").at("answer-days-mean") == "28");
    Publication earlier;
    earlier.shown = {{figure_id("reminder.answered", 2018), 39}};
    CHECK(by_row(public_form(internal, {5, {earlier}}), "legal-answers").at("answer-days-mean") == "..");
}

TEST_CASE("what an earlier publication suppressed stays suppressed", "[report][disclosure]") {
    const auto first = public_form(small_report({{"a", 336}, {"b", 20}, {"d", 3}}), {});
    CHECK(by_row(first) == Rows{{"a", "336"}, {"b", ".."}, {"d", ".."}, {"total", "359"}});
    const auto second = public_form(small_report({{"a", 336}, {"b", 20}, {"d", 30}}),
                                    {5, {publication_of(report_of_json(to_json(first)))}});
    CHECK(by_row(second) == Rows{{"a", "336"}, {"b", ".."}, {"d", ".."}, {"total", "386"}});
}

TEST_CASE("what an earlier publication printed protects nothing when it is suppressed now",
          "[report][disclosure]") {
    const auto first = public_form(small_report({{"a", 50}, {"b", 20}, {"d", 7}}), {});
    CHECK(by_row(first) == Rows{{"a", "50"}, {"b", "20"}, {"d", "7"}, {"total", "77"}});
    // b, the least, is known by now; the total is new.
    const auto second = public_form(small_report({{"a", 50}, {"b", 20}, {"d", 3}}),
                                    {5, {publication_of(report_of_json(to_json(first)))}});
    CHECK(by_row(second) == Rows{{"a", "50"}, {"b", "20"}, {"d", ".."}, {"total", ".."}});
}

namespace {

// Departments of a period, with their sum.
Report report_of_period(const std::string& period, const std::map<std::string, int>& departments) {
    Report out;
    out.year = 2018;
    out.period = period;
    Table table{"departments", "", "", {{"count", ""}}, {}, {}, {}};
    std::uint64_t sum = 0;
    for (const auto& [id, count] : departments) {
        sum += static_cast<std::uint64_t>(count);
        table.rows.push_back({id,
                              id,
                              {counted(named(figure_id("cases", period, {{"unit", id}}),
                                             static_cast<std::uint64_t>(count)))}});
    }
    table.rows.push_back({"total", "", {counted(named(figure_id("cases", period), sum))}, true});
    out.sections.push_back({"s", "S", {std::move(table)}, {}});
    return out;
}
Publication published(const Report& internal, const std::vector<Publication>& earlier = {}) {
    const auto shown = public_form(internal, {5, earlier});
    return publication_of(report_of_json(to_json(shown)), internal);
}

}  // namespace

TEST_CASE("thirds of a year that were published do not tell the suppressed one when the year is published",
          "[report][disclosure][periods]") {
    const auto first = published(report_of_period("2018-01/2018-04", {{"a", 20}, {"b", 30}, {"c", 40}}));
    const auto second = published(report_of_period("2018-05/2018-08", {{"a", 2}, {"b", 30}, {"c", 40}}));
    const auto last = published(report_of_period("2018-09/2018-12", {{"a", 20}, {"b", 30}, {"c", 40}}));
    CHECK(second.suppressed.size() == 2);
    const auto year = report_of_period("2018", {{"a", 42}, {"b", 90}, {"c", 120}});
    CHECK(by_row(public_form(year, {5, {first, last}})).at("a") == "42");
    CHECK(by_row(public_form(year, {5, {first, second, last}})) ==
          Rows{{"a", ".."}, {"b", ".."}, {"c", "120"}, {"total", "252"}});
    // In whichever order, and when some are of more than a third.
    const auto whole = published(year);
    CHECK(by_row(public_form(report_of_period("2018-01/2018-08", {{"a", 22}, {"b", 60}, {"c", 80}}),
                             {5, {first, second}})) ==
          Rows{{"a", ".."}, {"b", ".."}, {"c", "80"}, {"total", "162"}});
    CHECK(by_row(public_form(report_of_period("2018-05/2018-08", {{"a", 2}, {"b", 30}, {"c", 40}}),
                             {5, {whole, first}})) ==
          Rows{{"a", ".."}, {"b", ".."}, {"c", "40"}, {"total", "72"}});
    const auto rest = report_of_period("2018-09/2018-12", {{"a", 20}, {"b", 30}, {"c", 40}});
    CHECK(by_row(public_form(rest, {5, {whole, first, second}})) ==
          Rows{{"a", ".."}, {"b", ".."}, {"c", "40"}, {"total", "90"}});
}

TEST_CASE("what changed since a third was published is no way to compute another third",
          "[report][disclosure][periods]") {
    const auto first = published(report_of_period("2018-01/2018-04", {{"a", 20}, {"b", 30}, {"c", 40}}));
    const auto second = published(report_of_period("2018-05/2018-08", {{"a", 2}, {"b", 30}, {"c", 40}}));
    const auto last = published(report_of_period("2018-09/2018-12", {{"a", 20}, {"b", 30}, {"c", 40}}));
    // Since then one came to light of each in the first third: a's year less two thirds is three.
    CHECK(by_row(public_form(report_of_period("2018", {{"a", 43}, {"b", 91}, {"c", 120}}),
                             {5, {first, second, last}})) ==
          Rows{{"a", "43"}, {"b", "91"}, {"c", "120"}, {"total", "254"}});
    // But where nothing changed with b, it and with it a is computed.
    CHECK(by_row(public_form(report_of_period("2018", {{"a", 43}, {"b", 90}, {"c", 120}}),
                             {5, {first, second, last}})) ==
          Rows{{"a", ".."}, {"b", ".."}, {"c", "120"}, {"total", "253"}});
}

namespace {

// Publications of random parts of one year, each made against those before it; two tables of each, one of
// them by month in some.
struct OfPeriod {
    std::size_t from = 0;  // months
    std::size_t until = 0;
    Report report;
    std::map<Place, std::vector<std::uint64_t>> lines;
    Published published;
};

constexpr std::size_t kMonths = 12;
constexpr std::size_t kUnits = 3;
constexpr std::size_t kCauses = 2;

std::size_t sort_of(std::size_t month, std::size_t unit, std::size_t cause) {
    return (month * kUnits + unit) * kCauses + cause;
}
std::string iso(std::size_t month) {
    return std::string("2018-") + (month < 9 ? "0" : "") + std::to_string(month + 1);
}

OfPeriod of_period(const std::vector<int>& counts, std::size_t from, std::size_t until, unsigned tables) {
    OfPeriod out{from, until, {}, {}, {}};
    out.report.year = 2018;
    const auto period = from == 0 && until == kMonths ? "2018" : iso(from) + "/" + iso(until - 1);
    const auto cell = [&](const Table& table, Row& row, const std::string& id, const auto& counted) {
        std::vector<std::uint64_t> line(counts.size());
        std::uint64_t number = 0;
        for (std::size_t m = from; m < until; ++m)
            for (std::size_t u = 0; u < kUnits; ++u)
                for (std::size_t c = 0; c < kCauses; ++c) {
                    if (!counted(m, u, c)) continue;
                    line[sort_of(m, u, c)] = 1;
                    number += static_cast<std::uint64_t>(counts[sort_of(m, u, c)]);
                }
        row.cells.push_back(vastine::projections::report::counted(named(id, number)));
        out.lines[{table.id, row.id, table.columns[row.cells.size() - 1].id}] = std::move(line);
    };
    Section section{"s", "S", {}, {}};
    Table cross{"cross", "", "", {}, {}, {}, {}};
    const std::size_t causes = (tables & 1U) != 0 ? kCauses : 0;
    for (std::size_t c = 0; c < causes; ++c) cross.columns.push_back({code("c", c), ""});
    cross.columns.push_back({"total", ""});
    for (std::size_t u = 0; u <= kUnits; ++u) {
        Row row{u == kUnits ? "total" : code("u", u), "", {}, u == kUnits};
        for (std::size_t c = 0; c <= causes; ++c) {
            Dimensions by;
            if (u < kUnits) by.emplace_back("unit", row.id);
            if (c < causes) by.emplace_back("cause", code("c", c));
            cell(cross, row, figure_id("cases", period, by),
                 [&](std::size_t, std::size_t unit, std::size_t cause) {
                     return (u == kUnits || unit == u) && (c == causes || cause == c);
                 });
        }
        cross.rows.push_back(std::move(row));
    }
    section.blocks.emplace_back(std::move(cross));
    if ((tables & 6U) == 6) {
        Table months{"months", "", "", {{"u0", ""}, {"u1", ""}}, {}, {}, {}};
        for (std::size_t m = from; m < until; ++m) {
            Row row{iso(m), "", {}};
            for (std::size_t u = 0; u < 2; ++u) {
                cell(months, row, figure_id("cases", 2018, {{"unit", code("u", u)}, {"month", iso(m)}}),
                     [&](std::size_t month, std::size_t unit, std::size_t) {
                         return month == m && unit == u;
                     });
            }
            months.rows.push_back(std::move(row));
        }
        section.blocks.emplace_back(std::move(months));
    }
    out.report.sections.push_back(std::move(section));
    return out;
}

void attack_periods(unsigned seed, Score& score) {
    std::mt19937 random(seed);
    INFO("seed " << seed);
    std::vector<int> counts(kMonths * kUnits * kCauses);
    for (auto& count : counts) count = random() % 3 == 0 ? 0 : static_cast<int>(random() % 12);
    // Thirds, quarters and any other part, in any order.
    const std::size_t step = random() % 3 == 0 ? 3 : random() % 2 == 0 ? 4 : 1 + random() % 6;
    std::vector<std::pair<std::size_t, std::size_t>> parts{{0, kMonths}};
    for (std::size_t from = 0; from < kMonths; from += step)
        parts.emplace_back(from, std::min(from + step, kMonths));
    const auto any = random() % kMonths;
    parts.emplace_back(any, any + 1 + random() % (kMonths - any));
    std::shuffle(parts.begin(), parts.end(), random);
    std::vector<OfPeriod> made;
    std::vector<Publication> earlier;
    for (const auto& [from, until] : parts) {
        auto next = of_period(counts, from, until, static_cast<unsigned>(random()));
        const auto text = to_json(public_form(next.report, {5, earlier}));
        next.published = read(text);
        earlier.push_back(publication_of(report_of_json(text), next.report));
        made.push_back(std::move(next));
    }
    Solver all(counts.size());
    for (const auto& each : made) {
        for (const auto& [place, value] : each.published.shown) all.learn(each.lines.at(place));
    }
    Solver before(counts.size());
    for (const auto& each : made) {
        for (const auto& place : each.published.suppressed) {
            // What the publications before it told already, no later one can take back.
            if (before.knows(each.lines.at(place))) continue;
            INFO(iso(each.from) << " until " << each.until << ": " << name(place));
            CHECK_FALSE(all.knows(each.lines.at(place)));
        }
        for (const auto& [place, value] : each.published.shown) {
            CHECK((value < 0.5 || value > 4.5));
            before.learn(each.lines.at(place));
        }
        score.suppressed += each.published.suppressed.size();
        score.cells += each.lines.size();
    }
    ++score.reports;
}

}  // namespace

TEST_CASE("an attacker recovers no suppressed cell from publications of periods that make up each other",
          "[report][disclosure][periods]") {
    const auto seed = Catch::rngSeed() != 0 ? Catch::rngSeed() : std::random_device()();
    std::cout << "disclosure of periods: first seed " << seed << '\n';
    Score score;
    // Attacks that once succeeded: a report of one month names it in two ways, and where a month's table
    // shows some units only, their sum stood in the place of the month's.
    for (const unsigned once : {100U, 8024U, 50304U, 50428U}) attack_periods(once, score);
    for (unsigned i = 0; i < 40; ++i) attack_periods(seed + i, score);
    std::cout << "disclosure of periods: " << score.suppressed << " of " << score.cells << " suppressed\n";
    CHECK(score.suppressed < score.cells * 9 / 10);
}

TEST_CASE("only a public form can be an earlier publication", "[report][disclosure]") {
    CHECK_THROWS_AS(report_of_json(to_json(sample::report())), std::invalid_argument);
    CHECK_THROWS_AS(report_of_json("{}"), std::invalid_argument);
    CHECK_THROWS_AS(report_of_json("no report"), std::invalid_argument);
}

TEST_CASE("the only place of care of a department does not tell the department's number",
          "[report][disclosure]") {
    auto report = small_report({{"a", 8}, {"b", 3}, {"c", 30}});
    Table places{"places", "", "", {{"count", ""}}, {}, {}, {}};
    for (const auto& [department, count] :
         std::vector<std::pair<std::string, std::uint64_t>>{{"a", 8}, {"c", 30}}) {
        const auto place = department + "1";
        places.rows.push_back(
            {place,
             place,
             {counted(
                 named(figure_id("cases", 2016, {{"unit", department}, {"exact_unit", place}}), count))}});
    }
    report.sections.front().blocks.emplace_back(std::move(places));
    const auto made = public_form(report, {});
    CHECK(by_row(made) == Rows{{"a", ".."}, {"b", ".."}, {"c", "30"}, {"total", "41"}});
    CHECK(by_row(made, "places") == Rows{{"a1", ".."}, {"c1", "30"}});
}

TEST_CASE("months, quarters and thirds of a year sum to each other", "[report][disclosure]") {
    Report report;
    report.year = 2018;
    Section section{"s", "S", {}, {}};
    Table months{"months", "", "", {{"count", ""}}, {}, {}, {}};
    for (const auto* month : {"2018-01", "2018-02", "2018-03"}) {
        months.rows.push_back({month,
                               month,
                               {counted(named(figure_id("cases", 2018, {{"month", month}}),
                                              std::string(month) == "2018-02" ? 2 : 20))}});
    }
    Table quarters{"quarters", "", "", {{"count", ""}}, {}, {}, {}};
    quarters.rows.push_back(
        {"2018-Q1", "", {counted(named(figure_id("cases", 2018, {{"quarter", "2018-Q1"}}), 42))}});
    section.blocks.emplace_back(months);
    section.blocks.emplace_back(quarters);
    report.sections.push_back(section);
    const auto rows = by_row(public_form(report, {}), "months");
    CHECK(rows.at("2018-02") == "..");
    CHECK((rows.at("2018-01") == ".." || rows.at("2018-03") == ".."));
}

TEST_CASE("every table with a suppressed figure explains the mark, in three languages",
          "[report][disclosure]") {
    for (const auto language :
         {domain::Language::Finnish, domain::Language::Swedish, domain::Language::English}) {
        auto figures = sample::figures();
        figures.ombudsman->sector = sample::division("sector", projections::Whole::Contacts,
                                                     {{"health", 1414}, {"social", 147}, {"both", 4}});
        figures.ombudsman->years.back().sector = figures.ombudsman->sector;
        const auto made = public_form(report_of(figures, sample::reference(), language,
                                                {store::Position{4567}, std::chrono::year(2019) / 2 / 3}),
                                      {});
        const auto* sectors = finding::table(made, "sector");
        REQUIRE(sectors != nullptr);
        CHECK(by_row(made, "sector") ==
              Rows{{"both", ".."}, {"health", "1414"}, {"social", ".."}, {"total", "1565"}});
        // The share of what is suppressed is suppressed as well.
        CHECK(sectors->rows.at(0).cells.at(1).suppressed);
        CHECK(sectors->note ==
              domain::text("report.suppressed.note", language, {{"mark", ".."}, {"most", "4"}}));
        // The same figure in another table.
        const auto& years = *finding::table(made, "sector-by-year");
        REQUIRE(years.rows.back().cells.size() == years.columns.size());
        for (std::size_t i = 0; i < years.columns.size(); ++i) {
            const auto& id = years.columns[i].id;
            CHECK(years.rows.back().cells[i].suppressed == (id == "both" || id == "social"));
        }
        const auto html = to_html(made);
        CHECK(html.find(domain::text("report.suppressed.heading", language)) != std::string::npos);
        CHECK(html.find(domain::text("report.internal.heading", language)) == std::string::npos);
        CHECK(html.find(sectors->note) != std::string::npos);
        CHECK(html.find("aria-hidden=\"true\">..</span>") != std::string::npos);
    }
}

TEST_CASE("a suppressed figure is neither nought nor empty in open data and JSON", "[report][disclosure]") {
    const auto made = public_form(small_report({{"a", 336}, {"b", 165}, {"c", 72}, {"d", 3}}), {});
    const auto csv = to_csv(made);
    CHECK(csv.find("\r\nreport,basis,level,value,public,level\r\n") != std::string::npos);
    CHECK(csv.find("\r\nreport,basis,threshold,value,5,count\r\n") != std::string::npos);
    CHECK(csv.find("\r\ndepartments-section,departments,d,2016,..,suppressed\r\n") != std::string::npos);
    const auto read = json::parse(to_json(made));
    CHECK(read.at("level") == "public");
    CHECK(read.at("threshold") == 5);
    // In order of ids: a, b, c, d.
    const auto& cell = read.at("sections").at(0).at("blocks").at(1).at("rows").at(3).at("cells").at(0);
    CHECK(cell.at("suppressed") == true);
    CHECK(cell.at("figure") == "cases|year=2016|unit=d");
    CHECK_FALSE(cell.as_object().contains("value"));
}

TEST_CASE("the internal form says that it is internal in open data and JSON too", "[report][disclosure]") {
    const auto internal = sample::report();
    CHECK(to_csv(internal).find("\r\nreport,basis,level,value,internal,level\r\n") != std::string::npos);
    CHECK(json::parse(to_json(internal)).at("level") == "internal");
}

TEST_CASE("ids of figures keep apart what people typed", "[report][disclosure]") {
    CHECK(figure_id("contacts", 2018, {{"sector", "health"}, {"municipality", "a|b=c%"}}) ==
          "contacts|year=2018|municipality=a%7Cb%3Dc%25|sector=health");
}

TEST_CASE("elimination finds what is determined only by several sums together", "[report][disclosure]") {
    // x + y = a, y + z = b, x + z = c: each is told by the three.
    const std::vector<Sum> sums{
        {{0, 1}, {1, 1}, {3, -1}}, {{1, 1}, {2, 1}, {4, -1}}, {{0, 1}, {2, 1}, {5, -1}}};
    CHECK(determined(sums, {true, true, true, false, false, false}).size() == 3);
    CHECK(determined(sums, {true, true, true, true, false, false}).empty());
}
