#include "projections/concentration.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <iostream>
#include <random>

#include "tests/projections/written_log.hpp"

namespace vastine::projections::tests {
namespace {

using Table = std::vector<std::vector<CellCount>>;

// Four units by four causes that differ in size and divide alike, ten earlier years like this one.
Table even_table() {
    const std::vector<std::uint64_t> units{40, 60, 80, 100};
    const std::vector<std::uint64_t> causes{1, 2, 3, 4};
    Table table;
    for (const auto unit : units) {
        auto& row = table.emplace_back();
        for (const auto cause : causes) row.push_back({unit * cause / 10, unit * cause, 10});
    }
    return table;
}
Verdict verdict(const Table& table, std::size_t row, std::size_t column) {
    return judged(table)[row][column].verdict;
}

}  // namespace

// ---- the tests of bare numbers ----

TEST_CASE("Fisher's exact test gives the published values", "[concentration]") {
    // Fisher's lady tasting tea, The Design of Experiments (1935): all four cups, and three or more of four.
    CHECK(more_than_whole(4, 4, 4, 8) == Approx(1.0 / 70));
    CHECK(more_than_whole(3, 4, 4, 8) == Approx(17.0 / 70));
    // Fisher's twins of convicts (1935): of 13 monozygotic, 10 were convicted too; of 17 dizygotic, 2.
    CHECK(more_than_whole(10, 13, 12, 30) == Approx(0.000465).epsilon(0.001));
    CHECK(more_than_whole(0, 4, 4, 8) == 1);
    CHECK(more_than_whole(2, 3, 3, 4) == 1);  // fewer than two it cannot be
    CHECK(more_than_whole(4, 3, 5, 9) == 0);  // more than the row it cannot be
}

TEST_CASE("the exact binomial test gives the published values", "[concentration]") {
    // Two Poisson counts under equal rates: the sign test's own tables, P(X >= 8 of 10) and P(X >= 9 of 10).
    CHECK(more_than_before(8, 2, 1) == Approx(56.0 / 1024));
    CHECK(more_than_before(9, 1, 1) == Approx(11.0 / 1024));
    // Five sixes or more in ten throws of a fair die: 0.0155 in every table of the binomial distribution.
    CHECK(more_than_before(5, 5, 5) == Approx(0.01546).epsilon(0.001));
    CHECK(more_than_before(0, 7, 3) == 1);
}

TEST_CASE("discoveries are those of Benjamini and Hochberg's own example", "[concentration]") {
    // Their paper's fifteen p-values of a study of myocardial infarction (1995, section 4.1): four at 5 %.
    const std::vector<double> p{0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344,
                                0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000};
    const auto found = discoveries(p, 0.05);
    CHECK(std::count(found.begin(), found.end(), true) == 4);
    CHECK(found[3]);
    CHECK_FALSE(found[4]);
    CHECK(discoveries({}, 0.05).empty());
}

// ---- verdicts ----

TEST_CASE("a table whose units divide alike, as ever, holds single cases", "[concentration]") {
    const auto table = even_table();
    for (const auto& row : judged(table)) {
        for (const auto& cell : row) {
            CHECK((cell.verdict == Verdict::SingleCases || cell.verdict == Verdict::TooFew));
        }
    }
}

TEST_CASE("a planted concentration is found, and said to be what it is", "[concentration]") {
    auto table = even_table();
    SECTION("more than elsewhere and than before is systematic") {
        table[1][0].now = 30;
        CHECK(verdict(table, 1, 0) == Verdict::Systematic);
    }
    SECTION("more than elsewhere, as it always was") {
        table[1][0] = {30, 300, 10};
        CHECK(verdict(table, 1, 0) == Verdict::MoreThanElsewhere);
    }
    SECTION("more than before, as everywhere") {
        for (auto& row : table) {
            for (auto& cell : row) cell.before /= 3;
        }
        CHECK(verdict(table, 3, 3) == Verdict::MoreThanBefore);
    }
    SECTION("without a comparable past it can only be more than elsewhere") {
        table[1][0] = {30, 0, 0};
        const auto found = judged(table);
        CHECK(found[1][0].verdict == Verdict::MoreThanElsewhere);
        CHECK_FALSE(found[1][0].p_before);
    }
}

TEST_CASE("fewer than five cases are too few to say, however rare they were", "[concentration]") {
    auto table = even_table();
    table[0][0] = {4, 0, 10};
    CHECK(verdict(table, 0, 0) == Verdict::TooFew);
    table[0][0] = {25, 0, 10};
    CHECK(verdict(table, 0, 0) == Verdict::Systematic);
}

TEST_CASE("the verdict is the same in whatever order units and causes stand", "[concentration]") {
    const auto seed = std::random_device()();
    INFO("seed " << seed);
    std::mt19937 random(seed);
    auto table = even_table();
    table[1][0].now = 30;
    table[2][3].now = 60;
    const auto straight = judged(table);
    std::vector<std::size_t> rows{0, 1, 2, 3};
    std::vector<std::size_t> columns{0, 1, 2, 3};
    for (int round = 0; round < 20; ++round) {
        std::shuffle(rows.begin(), rows.end(), random);
        std::shuffle(columns.begin(), columns.end(), random);
        Table mixed;
        for (const auto row : rows) {
            auto& out = mixed.emplace_back();
            for (const auto column : columns) out.push_back(table[row][column]);
        }
        const auto found = judged(mixed);
        for (std::size_t r = 0; r < rows.size(); ++r) {
            for (std::size_t c = 0; c < columns.size(); ++c)
                CHECK(found[r][c] == straight[rows[r]][columns[c]]);
        }
    }
}

TEST_CASE("of pure noise at most about the stated share is brought forward", "[concentration]") {
    const auto seed = std::random_device()();
    std::cout << "concentration: seed " << seed << '\n';
    std::mt19937 random(seed);
    constexpr int tables = 600;
    int with_discovery = 0;  // where nothing is there, any discovery is a false one
    for (int round = 0; round < tables; ++round) {
        const auto rows = std::uniform_int_distribution<std::size_t>(2, 12)(random);
        const auto columns = std::uniform_int_distribution<std::size_t>(2, 8)(random);
        const auto periods = std::uniform_int_distribution<unsigned>(1, 10)(random);
        std::vector<double> rate_of_column(columns);
        for (auto& rate : rate_of_column) rate = std::uniform_real_distribution<>(0.2, 3)(random);
        Table table;
        for (std::size_t r = 0; r < rows; ++r) {
            const auto size = std::uniform_real_distribution<>(0.5, 8)(random);
            auto& row = table.emplace_back();
            for (const auto rate : rate_of_column) {
                std::poisson_distribution<std::uint64_t> draw(size * rate);
                CellCount cell{draw(random), 0, periods};
                for (unsigned i = 0; i < periods; ++i) cell.before += draw(random);
                row.push_back(cell);
            }
        }
        bool any = false;
        for (const auto& row : judged(table)) {
            for (const auto& cell : row) {
                any = any || (cell.verdict != Verdict::TooFew && cell.verdict != Verdict::SingleCases);
            }
        }
        with_discovery += any ? 1 : 0;
    }
    // Three standard errors of six hundred draws above the stated rate.
    const double share = static_cast<double>(with_discovery) / tables;
    CHECK(share <
          false_discovery_rate + 3 * std::sqrt(false_discovery_rate * (1 - false_discovery_rate) / tables));
}

// ---- of cases ----

namespace {

class Cases {
public:
    explicit Cases(WrittenLog& log) : log_(log) {}
    Cases& add(int count, const std::string& month, CaseGiven given) {
        given.arrived_on = month + "-10";
        for (int i = 0; i < count; ++i) {
            last_ = "reminder-" + uuid(++number_);
            log_.add(last_, reminder(given));
        }
        return *this;
    }
    [[nodiscard]] const std::string& last() const { return last_; }

private:
    WrittenLog& log_;
    std::string last_;
    unsigned number_ = 0;
};

Concentration found(const WrittenLog& log, const FiguresQuery& query = {calendar_year(2018)},
                    const std::string& on = "2018-12-31") {
    Live live(log);
    return live.model().read([&](const Views& views) {
        return concentration(views, viewer(LAWYER), {views.position, day(on)}, query);
    });
}
const ConcentrationRow* row_of(const Concentration& all, const std::string& unit) {
    const auto found =
        std::find_if(all.rows.begin(), all.rows.end(), [&](const auto& row) { return row.unit == unit; });
    return found == all.rows.end() ? nullptr : &*found;
}
std::size_t column_of(const Concentration& all, const std::string& cause) {
    return static_cast<std::size_t>(std::find(all.causes.begin(), all.causes.end(), cause) -
                                    all.causes.begin());
}

const CaseGiven ward{.unit = "sairaala-osasto", .cause = "conduct"};
const CaseGiven other_ward{.unit = "sairaala-osasto-1", .cause = "care"};
const CaseGiven clinic{.unit = "perhe-neuvola", .department = "perhe-sosiaali", .cause = "care"};

}  // namespace

TEST_CASE("cases are counted by exact unit and cause, this period against the same months before",
          "[concentration]") {
    WrittenLog log;
    write_units(log);
    Cases cases(log);
    cases.add(2, "2015-01", clinic).add(20, "2018-03", ward).add(2, "2017-03", ward).add(1, "2017-11", ward);
    cases.add(20, "2018-02", other_ward).add(20, "2017-02", other_ward).add(30, "2018-04", clinic);
    const FiguresQuery spring{{std::chrono::year(2018) / 1, std::chrono::year(2018) / 6}};
    const auto all = found(log, spring);
    CHECK(all.whole == 70);
    CHECK(all.periods == 3);
    const auto* row = row_of(all, "sairaala-osasto");
    REQUIRE(row != nullptr);
    CHECK(row->department == "sairaala");
    const auto at = column_of(all, "conduct");
    CHECK(row->cells.at(at).now == 20);
    CHECK(row->cells[at].before == 2);
    CHECK(row->judged[at].verdict == Verdict::Systematic);
    // In the order of the organisation, not of size.
    REQUIRE(all.rows.size() == 3);
    CHECK(all.rows[2].unit == "perhe-neuvola");
}

TEST_CASE("a case whose key is gone falls back to its department and is counted as such", "[concentration]") {
    WrittenLog log;
    write_units(log);
    Cases cases(log);
    cases.add(6, "2018-03", ward);
    log.destroy_key(cases.last());
    const auto all = found(log);
    CHECK(all.key_gone == 1);
    const auto* known = row_of(all, "sairaala-osasto");
    const auto* unknown = row_of(all, "");
    REQUIRE(known != nullptr);
    REQUIRE(unknown != nullptr);
    CHECK(known->count == 5);
    CHECK(unknown->count == 1);
    CHECK(unknown->department == "sairaala");
}

TEST_CASE("destroying the past brings no unit forward", "[concentration]") {
    const auto verdict_of_ward = [](bool destroyed) {
        WrittenLog log;
        write_units(log);
        Cases cases(log);
        cases.add(1, "2016-01", clinic);
        for (int i = 0; i < 12; ++i) {
            cases.add(1, "2017-03", ward);
            if (destroyed) log.destroy_key(cases.last());
        }
        cases.add(14, "2018-03", ward).add(14, "2018-03", clinic).add(14, "2017-03", clinic);
        const auto all = found(log);
        const auto* row = row_of(all, "sairaala-osasto");
        return row->judged.at(column_of(all, "conduct")).verdict;
    };
    CHECK(verdict_of_ward(false) == Verdict::MoreThanElsewhere);
    CHECK(verdict_of_ward(true) == Verdict::MoreThanElsewhere);
}

TEST_CASE("a unit that succeeds another has its past; one that came of a split has none to compare",
          "[concentration]") {
    const auto with_successors = [](const std::vector<std::string>& successors) {
        WrittenLog log;
        write_units(log);
        auto old = unit("vanha-osasto", "sairaala", "health");
        old.mutable_given()->set_valid_until("2017-12-31");
        for (const auto& id : successors) old.mutable_given()->add_successors(id);
        log.add("reference-units", old);
        for (const auto& id : successors) {
            auto fresh = unit(id, "sairaala", "health");
            fresh.mutable_given()->set_valid_from("2018-01-01");
            log.add("reference-units", fresh);
        }
        Cases cases(log);
        cases.add(1, "2016-01", clinic);
        cases.add(8, "2017-03", {.unit = "vanha-osasto"}).add(8, "2018-03", {.unit = successors.front()});
        const auto all = found(log);
        return row_of(all, successors.front())->cells.at(0);
    };
    const auto only = with_successors({"uusi-osasto"});
    CHECK(only.before == 8);
    CHECK(only.periods == 2);
    const auto split = with_successors({"uusi-1", "uusi-2"});
    CHECK(split.periods == 0);
    CHECK(split.before == 0);
}

TEST_CASE("of a period that is not over, the same months of earlier years are compared", "[concentration]") {
    WrittenLog log;
    write_units(log);
    Cases cases(log);
    cases.add(1, "2017-01", clinic).add(5, "2017-03", ward).add(9, "2017-10", ward).add(6, "2018-03", ward);
    const auto all = found(log, {calendar_year(2018)}, "2018-06-15");
    const auto* row = row_of(all, "sairaala-osasto");
    REQUIRE(row != nullptr);
    CHECK(row->cells.at(column_of(all, "conduct")).before == 5);
}

TEST_CASE("across the wall nothing is counted", "[concentration]") {
    WrittenLog log;
    write_units(log);
    Cases(log).add(6, "2018-03", ward);
    Live live(log);
    const auto all = live.model().read([&](const Views& views) {
        return concentration(views, viewer(OMBUDSMAN), {views.position, day("2018-12-31")},
                             {calendar_year(2018)});
    });
    CHECK(all.whole == 0);
    CHECK(all.rows.empty());
}

}  // namespace vastine::projections::tests
