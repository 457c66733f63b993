#include "api/import/csv_reader.hpp"

#include <catch2/catch.hpp>
#include <sstream>

using namespace vastine::api::import;

namespace {

std::vector<CsvRecord> read(const std::string& text, const CsvOptions& options = {}) {
    std::istringstream input(text);
    std::vector<CsvRecord> records;
    read_csv(input, options, [&](CsvRecord& record) {
        records.push_back(std::move(record));
        return true;
    });
    return records;
}

using Values = std::vector<std::string>;

}  // namespace

TEST_CASE("a record ends with LF, CRLF or the end of the file", "[import][csv]") {
    for (const char* text : {"a,b\nc,d\n", "a,b\r\nc,d\r\n", "a,b\r\nc,d"}) {
        const auto records = read(text);
        REQUIRE(records.size() == 2);
        CHECK(records[0].values == Values{"a", "b"});
        CHECK(records[1].values == Values{"c", "d"});
        CHECK(records[1].line == 2);
    }
}

TEST_CASE("a quoted value holds delimiters, newlines and doubled quotation marks", "[import][csv]") {
    const auto records = read("h1,h2\n\"a, \"\"b\"\"\r\nc\",d\ne,f\n");
    REQUIRE(records.size() == 3);
    CHECK(records[1].values == Values{"a, \"b\"\r\nc", "d"});
    CHECK(records[1].line == 2);
    CHECK(records[2].line == 4);
}

TEST_CASE("blanks around a value belong to it and empty lines are no records", "[import][csv]") {
    const auto records = read("a,b\n\n  c ,d\n\r\n\ne,\n");
    REQUIRE(records.size() == 3);
    CHECK(records[1].values == Values{"  c ", "d"});
    CHECK(records[1].line == 3);
    CHECK(records[2].values == Values{"e", ""});
    CHECK(records[2].line == 6);
}

TEST_CASE("a byte order mark is no part of the first column's name", "[import][csv]") {
    CHECK(read("\xEF\xBB\xBFid,b\n")[0].values == Values{"id", "b"});
}

TEST_CASE("UTF-16 is named as such rather than read as rubbish", "[import][csv]") {
    CHECK_THROWS_WITH(read(std::string("\xFF\xFEi\0d\0", 6)), Catch::Contains("UTF-16"));
}

TEST_CASE("Latin-1 is found out by the first value that is not ASCII", "[import][csv]") {
    const auto records = read("nimi,kunta\nplain,Turku\nM\xE4kinen,J\xE4rvenp\xE4\xE4\n");
    REQUIRE(records.size() == 3);
    CHECK(records[2].values == Values{"Mäkinen", "Järvenpää"});
    CHECK(records[2].damage == Damage::None);
}

TEST_CASE("Windows' additions to Latin-1 become what they show", "[import][csv]") {
    CsvOptions options;
    options.encoding = Encoding::Latin1;
    CHECK(read("\x80 5,\x93x\x94\n", options)[0].values == Values{"€ 5", "“x”"});
}

TEST_CASE("in a UTF-8 file a value that is not UTF-8 spoils its own record only", "[import][csv]") {
    const auto records = read("n\nMäkinen\nM\xE4kinen\nOja\n");
    REQUIRE(records.size() == 4);
    CHECK(records[1].damage == Damage::None);
    CHECK(records[2].damage == Damage::NotUtf8);
    CHECK(records[3].damage == Damage::None);
}

TEST_CASE("overlong forms and surrogates are not UTF-8", "[import][csv]") {
    CsvOptions options;
    options.encoding = Encoding::Utf8;
    for (const char* bytes : {"\xC0\xAF", "\xE0\x80\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xC3"}) {
        CHECK(read(std::string(bytes) + "\n", options)[0].damage == Damage::NotUtf8);
    }
}

TEST_CASE("a file that ends inside a quoted value damages its last record", "[import][csv]") {
    const auto records = read("a,b\nc,d\ne,\"f\n");
    REQUIRE(records.size() == 3);
    CHECK(records[1].damage == Damage::None);
    CHECK(records[2].damage == Damage::NotClosed);
    CHECK(records[2].line == 3);
}

TEST_CASE("a record over the limit is given up and reading goes on at the next line", "[import][csv]") {
    CsvOptions options;
    options.record_bytes_max = 100;
    std::string text = "a,b\n\"not closed,d\n";
    for (int i = 0; i < 20; ++i) text += "x" + std::to_string(i) + ",y\n";
    const auto records = read(text, options);
    REQUIRE(records.size() > 2);
    CHECK(records[1].damage == Damage::TooLong);
    CHECK(records[1].line == 2);
    CHECK(records.back().values == Values{"x19", "y"});
    CHECK(records.back().line == 22);
}

TEST_CASE("a line longer than the limit is one damaged record", "[import][csv]") {
    CsvOptions options;
    options.record_bytes_max = 1000;
    const auto records = read("a,b\n" + std::string(300'000, 'x') + ",y\nc,d\n", options);
    REQUIRE(records.size() == 3);
    CHECK(records[1].damage == Damage::TooLong);
    CHECK(records[2].values == Values{"c", "d"});
    CHECK(records[2].line == 3);
}

TEST_CASE("records are the same wherever the reading buffer ends", "[import][csv]") {
    // The buffer is 64 KiB: with rows of 7 bytes its end falls on every place of a row in turn.
    std::string text = "a,b\r\n";
    for (int i = 0; i < 50'000; ++i) text += "\"1\",2\r\n";
    const auto records = read(text);
    REQUIRE(records.size() == 50'001);
    for (std::size_t i = 1; i < records.size(); ++i) {
        REQUIRE(records[i].values == Values{"1", "2"});
        REQUIRE(records[i].line == i + 1);
    }
}

TEST_CASE("another delimiter is one setting", "[import][csv]") {
    CsvOptions options;
    options.delimiter = ';';
    CHECK(read("a;b,c\n", options)[0].values == Values{"a", "b,c"});
}

TEST_CASE("the reader stops where it is told to, and an exception comes through", "[import][csv]") {
    std::istringstream input("a\nb\nc\n");
    int seen = 0;
    read_csv(input, {}, [&](CsvRecord&) { return ++seen < 2; });
    CHECK(seen == 2);
    std::istringstream again("a\nb\n");
    CHECK_THROWS_AS(read_csv(again, {}, [](CsvRecord&) -> bool { throw std::domain_error("stop"); }),
                    std::domain_error);
}
