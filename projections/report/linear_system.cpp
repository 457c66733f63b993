#include "projections/report/linear_system.hpp"

#include <glpk.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <memory>
#include <numeric>
#include <stdexcept>

namespace vastine::projections::report {
namespace {

using Line = std::map<std::size_t, std::int64_t>;

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
    const auto of_line = line.at(place);
    const auto of_pivot = pivot.at(place);
    Line out;
    std::int64_t common = 0;
    const auto put = [&](std::size_t at, std::int64_t factor) {
        if (factor == 0) return;
        out.emplace_hint(out.end(), at, factor);
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
            if (other != i && lines[other].contains(pivot)) eliminate(lines[other], lines[i], pivot);
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

std::map<std::size_t, Interval> intervals(const std::vector<Sum>& sums, const std::vector<bool>& unknown,
                                          const std::vector<double>& values,
                                          const std::vector<double>& least) {
    std::map<std::size_t, int> columns;
    std::vector<const Sum*> used;
    for (const auto& sum : sums) {
        bool any = false;
        for (const auto& [place, factor] : sum) {
            if (!unknown[place]) continue;
            any = true;
            columns.try_emplace(place, static_cast<int>(columns.size()) + 1);
        }
        if (any) used.push_back(&sum);
    }
    std::map<std::size_t, Interval> out;
    if (used.empty()) return out;

    glp_term_out(GLP_OFF);
    const std::unique_ptr<glp_prob, Deleting> problem(glp_create_prob());
    glp_add_rows(problem.get(), static_cast<int>(used.size()));
    glp_add_cols(problem.get(), static_cast<int>(columns.size()));
    for (const auto& [place, column] : columns) {
        glp_set_col_bnds(problem.get(), column, GLP_LO, least[place], 0);
    }
    for (std::size_t i = 0; i < used.size(); ++i) {
        std::vector<int> places{0};  // GLPK counts from one
        std::vector<double> factors{0};
        double rest = 0;
        for (const auto& [place, factor] : *used[i]) {
            if (unknown[place]) {
                places.push_back(columns.at(place));
                factors.push_back(factor);
            } else {
                rest -= factor * values[place];
            }
        }
        const int row = static_cast<int>(i) + 1;
        glp_set_row_bnds(problem.get(), row, GLP_FX, rest, rest);
        glp_set_mat_row(problem.get(), row, static_cast<int>(places.size()) - 1, places.data(),
                        factors.data());
    }
    glp_smcp settings;
    glp_init_smcp(&settings);
    settings.msg_lev = GLP_MSG_OFF;
    glp_adv_basis(problem.get(), 0);
    const auto bound = [&](int column, int direction) {
        glp_set_obj_dir(problem.get(), direction);
        glp_set_obj_coef(problem.get(), column, 1);
        const int failed = glp_simplex(problem.get(), &settings);
        const int status = glp_get_status(problem.get());
        const double found = glp_get_obj_val(problem.get());
        glp_set_obj_coef(problem.get(), column, 0);
        if (status == GLP_UNBND) return std::numeric_limits<double>::infinity();
        // The true values are a solution: anything else is a fault of the solver's, not of the figures.
        if (failed != 0 || status != GLP_OPT) throw std::runtime_error("the linear program was not solved");
        return found;
    };
    constexpr double slack = 1e-6;
    for (const auto& [place, column] : columns) {
        const double low = bound(column, GLP_MIN);
        const double high = bound(column, GLP_MAX);
        out[place] = {std::ceil(low - slack), std::floor(high + slack)};
    }
    return out;
}

}  // namespace vastine::projections::report
