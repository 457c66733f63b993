#include "projections/report/linear_system.hpp"

#include <glpk.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <memory>
#include <numeric>
#include <optional>
#include <stdexcept>

namespace vastine::projections::report {
namespace {

using Line = std::vector<std::pair<std::size_t, std::int64_t>>;  // by place

// Nought where the line has no such place.
std::int64_t factor_at(const Line& line, std::size_t place) {
    const auto found = std::lower_bound(line.begin(), line.end(), place,
                                        [](const auto& term, std::size_t at) { return term.first < at; });
    return found != line.end() && found->first == place ? found->second : 0;
}

std::int64_t exact(std::int64_t a, std::int64_t x, std::int64_t b, std::int64_t y) {
    std::int64_t left = 0;
    std::int64_t right = 0;
    std::int64_t out = 0;
    if (__builtin_mul_overflow(a, x, &left) || __builtin_mul_overflow(b, y, &right) ||
        __builtin_sub_overflow(left, right, &out)) {
        throw std::overflow_error("sums too large to eliminate");
    }
    return out;
}

// line ← line × pivot's factor − pivot × line's factor, in lowest terms.
void eliminate(Line& line, const Line& pivot, std::size_t place) {
    const auto of_line = factor_at(line, place);
    const auto of_pivot = factor_at(pivot, place);
    Line out;
    out.reserve(line.size() + pivot.size());
    std::int64_t common = 0;
    const auto put = [&](std::size_t at, std::int64_t factor) {
        if (factor == 0) return;
        out.emplace_back(at, factor);
        common = std::gcd(common, factor);
    };
    auto a = line.begin();
    auto b = pivot.begin();
    while (a != line.end() || b != pivot.end()) {
        if (b == pivot.end() || (a != line.end() && a->first < b->first)) {
            put(a->first, exact(a->second, of_pivot, 0, 0));
            ++a;
        } else if (a == line.end() || b->first < a->first) {
            put(b->first, exact(0, 0, b->second, of_line));
            ++b;
        } else {
            put(a->first, exact(a->second, of_pivot, b->second, of_line));
            ++a;
            ++b;
        }
    }
    if (common > 1) {
        for (auto& [at, factor] : out) factor /= common;
    }
    line = std::move(out);
}

struct Deleting {
    void operator()(glp_prob* problem) const { glp_delete_prob(problem); }
};

}  // namespace

std::vector<Determined> determined(const std::vector<Sum>& sums, const std::vector<bool>& unknown) {
    std::vector<Line> lines;
    for (const auto& sum : sums) {
        Line line(sum.begin(), sum.end());
        for (const auto& [place, factor] : line) {
            if (!unknown[place]) continue;
            lines.push_back(std::move(line));
            break;
        }
    }
    for (std::size_t i = 0; i < lines.size(); ++i) {
        std::size_t pivot = unknown.size();
        for (const auto& [place, factor] : lines[i]) {
            if (unknown[place]) {
                pivot = place;
                break;
            }
        }
        if (pivot == unknown.size()) continue;
        for (std::size_t other = 0; other < lines.size(); ++other) {
            if (other != i && factor_at(lines[other], pivot) != 0) eliminate(lines[other], lines[i], pivot);
        }
    }
    std::vector<Determined> out;
    for (const auto& line : lines) {
        Determined found;
        std::size_t unknowns = 0;
        for (const auto& [place, factor] : line) {
            if (unknown[place]) {
                ++unknowns;
                found.place = place;
            } else {
                found.by.push_back(place);
            }
        }
        if (unknowns == 1) out.push_back(std::move(found));
    }
    return out;
}

namespace {

// Unknowns that share a sum, or a sum with one that does: others cannot bound them.
struct Block {
    std::vector<std::size_t> places;
    std::vector<const Sum*> sums;
};
std::vector<Block> blocks(const std::vector<Sum>& sums, const std::vector<bool>& unknown) {
    std::vector<std::size_t> root(unknown.size());
    std::iota(root.begin(), root.end(), std::size_t{0});
    const auto root_of = [&](std::size_t place) {
        while (root[place] != place) place = root[place] = root[root[place]];
        return place;
    };
    const auto first_unknown = [&](const Sum& sum) {
        return std::find_if(sum.begin(), sum.end(), [&](const auto& term) { return unknown[term.first]; });
    };
    std::vector<bool> stands(unknown.size());
    for (const auto& sum : sums) {
        const auto first = first_unknown(sum);
        for (auto term = first; term != sum.end(); ++term) {
            if (!unknown[term->first]) continue;
            stands[term->first] = true;
            root[root_of(term->first)] = root_of(first->first);
        }
    }
    std::map<std::size_t, Block> by_root;
    for (std::size_t place = 0; place < unknown.size(); ++place) {
        if (stands[place]) by_root[root_of(place)].places.push_back(place);
    }
    for (const auto& sum : sums) {
        const auto first = first_unknown(sum);
        if (first != sum.end()) by_root[root_of(first->first)].sums.push_back(&sum);
    }
    std::vector<Block> out;
    for (auto& [place, block] : by_root) out.push_back(std::move(block));
    return out;
}

class Program {
public:
    Program(const Block& block, const std::vector<bool>& unknown, const std::vector<double>& values,
            const std::vector<double>& least)
        : block_(block), problem_(glp_create_prob()) {
        glp_term_out(GLP_OFF);
        glp_add_rows(problem_.get(), static_cast<int>(block.sums.size()));
        glp_add_cols(problem_.get(), static_cast<int>(block.places.size()));
        std::map<std::size_t, int> columns;
        for (const auto place : block.places) {
            const int column = static_cast<int>(columns.size()) + 1;  // GLPK counts from one
            columns.emplace(place, column);
            glp_set_col_bnds(problem_.get(), column, GLP_LO, least[place], 0);
        }
        for (std::size_t i = 0; i < block.sums.size(); ++i) {
            std::vector<int> places{0};
            std::vector<double> factors{0};
            double rest = 0;
            for (const auto& [place, factor] : *block.sums[i]) {
                if (unknown[place]) {
                    places.push_back(columns.at(place));
                    factors.push_back(factor);
                } else {
                    rest -= factor * values[place];
                }
            }
            const int row = static_cast<int>(i) + 1;
            glp_set_row_bnds(problem_.get(), row, GLP_FX, rest, rest);
            glp_set_mat_row(problem_.get(), row, static_cast<int>(places.size()) - 1, places.data(),
                            factors.data());
        }
        glp_init_smcp(&settings_);
        settings_.msg_lev = GLP_MSG_OFF;
        glp_adv_basis(problem_.get(), 0);
    }
    // Of a place of the block by its number in it; each solution on the way widens what was seen of all.
    double bound(std::size_t number, int direction, std::map<std::size_t, Interval>& seen) {
        const int column = static_cast<int>(number) + 1;
        glp_set_obj_dir(problem_.get(), direction);
        glp_set_obj_coef(problem_.get(), column, 1);
        const int failed = glp_simplex(problem_.get(), &settings_);
        const int status = glp_get_status(problem_.get());
        const double found = glp_get_obj_val(problem_.get());
        glp_set_obj_coef(problem_.get(), column, 0);
        if (status == GLP_UNBND) return std::numeric_limits<double>::infinity();
        // The true values are a solution: anything else is a fault of the solver's, not of the figures.
        if (failed != 0 || status != GLP_OPT) throw std::runtime_error("the linear program was not solved");
        for (std::size_t i = 0; i < block_.places.size(); ++i) {
            const double value = glp_get_col_prim(problem_.get(), static_cast<int>(i) + 1);
            auto& interval = seen.at(block_.places[i]);
            interval.least = std::min(interval.least, value);
            interval.greatest = std::max(interval.greatest, value);
        }
        return found;
    }

private:
    const Block& block_;
    std::unique_ptr<glp_prob, Deleting> problem_;
    glp_smcp settings_{};
};

}  // namespace

std::map<std::size_t, Interval> intervals(const std::vector<Sum>& sums, const std::vector<bool>& unknown,
                                          const std::vector<double>& values, const std::vector<double>& least,
                                          std::map<std::size_t, Interval>& seen, const Enough& enough) {
    constexpr double slack = 1e-6;
    const auto whole = [](const Interval& interval) {
        return Interval{std::ceil(interval.least - slack), std::floor(interval.greatest + slack)};
    };
    std::map<std::size_t, Interval> out;
    for (const auto& block : blocks(sums, unknown)) {
        for (const auto place : block.places) seen.try_emplace(place, Interval{values[place], values[place]});
        std::optional<Program> program;
        for (std::size_t i = 0; i < block.places.size(); ++i) {
            const auto place = block.places[i];
            auto& interval = seen.at(place);
            for (const int direction : {GLP_MAX, GLP_MIN}) {
                if (enough(place, whole(interval))) break;
                if (!program) program.emplace(block, unknown, values, least);
                const double found = program->bound(i, direction, seen);
                (direction == GLP_MAX ? interval.greatest : interval.least) = found;
            }
            out[place] = whole(interval);
        }
    }
    return out;
}

}  // namespace vastine::projections::report
