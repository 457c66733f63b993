#include "tools/commands/due_column.hpp"

#include <catch2/catch.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "tools/commands/commands.hpp"

using namespace vastine;
using tools::DueColumn;
using tools::DueRows;

namespace {

struct Result {
    std::string csv;
    DueRows rows;
};

Result appended(const std::string& csv, const DueColumn& column) {
    std::istringstream input(csv);
    std::ostringstream output;
    const auto rows =
        tools::append_due_column(input, output, column, domain::working_days(domain::finnish_days_off()));
    return {output.str(), rows};
}

DueColumn two_weeks(const std::string& from = "arrived", char delimiter = ',') {
    return {from, "due", delimiter, {2, domain::PeriodUnit::Week}};
}

}  // namespace

TEST_CASE("a row leaves as it came, with its due date after it", "[due-column]") {
    const auto result = appended(
        "id,arrived,note\r\n1,2026-03-20,\"a \"\"quoted\"\" one\"\r\n2,2026-03-02,\r\n", two_weeks());
    CHECK(result.csv ==
          "id,arrived,note,due\r\n1,2026-03-20,\"a \"\"quoted\"\" "
          "one\",2026-04-07\r\n2,2026-03-02,,2026-03-16\r\n");
    CHECK(result.rows.rows == 2);
    CHECK(result.rows.without_date == 0);
}

TEST_CASE("a quoted newline stays inside its value", "[due-column]") {
    const auto result = appended(
        "note,arrived\n\"two\nlines, one value\",2026-03-02\n\"last\r\none\",2026-03-03", two_weeks());
    CHECK(result.csv ==
          "note,arrived,due\n\"two\nlines, one "
          "value\",2026-03-02,2026-03-16\n\"last\r\none\",2026-03-03,2026-03-17");
}

TEST_CASE("a cell that is no date leaves the value empty and its line is told", "[due-column]") {
    const auto result = appended(
        "arrived\n2026-03-02\n2026-02-30\n\"two\nlines\"\nsoon\n1949-12-31\n2151-01-01\n2150-12-31\n",
        two_weeks());
    CHECK(
        result.csv ==
        "arrived,due\n2026-03-02,2026-03-16\n2026-02-30,\n\"two\nlines\",\nsoon,\n1949-12-31,\n2151-01-01,\n"
        "2150-12-31,2151-01-14\n");
    CHECK(result.rows.rows == 7);
    CHECK(result.rows.without_date == 5);
    CHECK(result.rows.first_lines_without_date == std::vector<std::uint64_t>{3, 4, 6, 7, 8});
}

TEST_CASE("however many cells are no dates, twenty lines are told", "[due-column]") {
    std::string csv = "arrived\n";
    for (int row = 0; row < 100; ++row) csv += "?\n";
    const auto result = appended(csv, two_weeks());
    CHECK(result.rows.without_date == 100);
    CHECK(result.rows.first_lines_without_date.size() == 20);
}

TEST_CASE("a short row is filled up, so that its due date stands in its column", "[due-column]") {
    const auto result = appended("arrived,a,b\n2026-03-02\n2026-03-02,x,y,too many\n", two_weeks());
    CHECK(result.csv == "arrived,a,b,due\n2026-03-02,,,2026-03-16\n2026-03-02,x,y,too many,\n");
    CHECK(result.rows.without_date == 1);
}

TEST_CASE("Finnish dates and times are read as an import reads them", "[due-column]") {
    const auto result =
        appended("arrived\n2.3.2026\n2026-03-01T22:30:00Z\n2026-07-01 23:59:59+03:00\n", two_weeks());
    CHECK(result.csv ==
          "arrived,due\n2.3.2026,2026-03-16\n2026-03-01T22:30:00Z,2026-03-16\n"
          "2026-07-01 23:59:59+03:00,2026-07-15\n");
}

TEST_CASE("bytes that are not UTF-8 and the mark before the header stay as they are", "[due-column]") {
    CHECK(appended("\xEF\xBB\xBF"
                   "arrived;nimi\n2026-03-02;\xC3\xA4\n",
                   two_weeks("arrived", ';'))
              .csv ==
          "\xEF\xBB\xBF"
          "arrived;nimi;due\n2026-03-02;\xC3\xA4;2026-03-16\n");
    CHECK(appended("arrived,nimi\n2026-03-02,\xE4\n", two_weeks()).csv ==
          "arrived,nimi,due\n2026-03-02,\xE4,2026-03-16\n");
}

TEST_CASE("the new column's name is quoted where it must be", "[due-column]") {
    DueColumn column = two_weeks();
    column.name = "due, \"by law\"";
    CHECK(appended("arrived\n2026-03-02\n", column).csv ==
          "arrived,\"due, \"\"by law\"\"\"\n2026-03-02,2026-03-16\n");
}

TEST_CASE("a file that cannot be taken whole is refused", "[due-column]") {
    CHECK_THROWS_AS(appended("", two_weeks()), tools::Failure);
    CHECK_THROWS_AS(appended("date\n2026-03-02\n", two_weeks()), tools::Failure);
    CHECK_THROWS_AS(appended("arrived,due\n2026-03-02,\n", two_weeks()), tools::Failure);
    CHECK_THROWS_AS(appended("arrived\n\"2026-03-02\n", two_weeks()), tools::Failure);
    CHECK_THROWS_AS(appended("arrived\r2026-03-02\r2026-03-03\r", two_weeks()), tools::Failure);
}
