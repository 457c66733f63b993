#include "api/import/moment.hpp"

#include <catch2/catch.hpp>

using namespace vastine;
using api::import::MomentReader;

namespace {

const std::string helsinki = "Europe/Helsinki";

std::string day(const MomentReader& reader, const char* text) {
    const auto moment = reader.read(text);
    return moment ? domain::to_string(moment->day) : "no date";
}

}  // namespace

TEST_CASE("usual ways of writing a date are understood", "[import][moment]") {
    const MomentReader reader({}, helsinki, helsinki);
    for (const char* text : {"2018-03-01", "1.3.2018", "01.03.2018", "2018-03-01 10:15",
                             "2018-03-01T10:15:30", "2018-03-01T08:15:30Z", "2018-03-01 10:15:30.123+02:00",
                             "1.3.2018 10:15", "2018-03-01 10:15:30+0200"}) {
        INFO(text);
        CHECK(day(reader, text) == "2018-03-01");
    }
}

TEST_CASE("what is no date is not guessed at", "[import][moment]") {
    const MomentReader reader({}, helsinki, helsinki);
    for (const char* text : {"2018-02-30", "31.4.2018", "2018-13-01", "yesterday", "2018", "2018-03-01x",
                             "1/2/2018", "2018-03-01 25:00", ""}) {
        INFO(text);
        CHECK_FALSE(reader.read(text));
    }
}

TEST_CASE("a bare date has no time of day", "[import][moment]") {
    CHECK_FALSE(MomentReader({}, helsinki, helsinki).read("2018-03-01")->at);
}

TEST_CASE("the stored day is the Finnish one whatever offset the value has", "[import][moment]") {
    const MomentReader reader({}, helsinki, helsinki);
    CHECK(day(reader, "2018-03-01 23:30:00+01:00") == "2018-03-02");
    CHECK(day(reader, "2018-07-01T21:30:00Z") == "2018-07-02");
    CHECK(day(MomentReader({}, helsinki, "Europe/Amsterdam"), "2018-03-01 23:30:00+01:00") == "2018-03-01");
}

TEST_CASE("a value without an offset is in the named zone, summer time included", "[import][moment]") {
    const MomentReader amsterdam({"%F %T"}, "Europe/Amsterdam", helsinki);
    CHECK(*amsterdam.read("2018-01-10 12:00:00")->at ==
          *MomentReader({}, helsinki, helsinki).read("2018-01-10T11:00:00Z")->at);
    CHECK(*amsterdam.read("2018-07-10 12:00:00")->at ==
          *MomentReader({}, helsinki, helsinki).read("2018-07-10T10:00:00Z")->at);
}

TEST_CASE("an hour that was skipped is no time and one that came twice is the first", "[import][moment]") {
    const MomentReader reader({"%F %T"}, helsinki, helsinki);
    CHECK_FALSE(reader.read("2018-03-25 03:30:00"));
    CHECK(*reader.read("2018-10-28 03:30:00")->at ==
          *MomentReader({}, helsinki, helsinki).read("2018-10-28T00:30:00Z")->at);
}

TEST_CASE("a format or a zone that is not known is refused with its name", "[import][moment]") {
    CHECK_THROWS_WITH(MomentReader({"%Q"}, helsinki, helsinki), Catch::Contains("%Q"));
    CHECK_THROWS_WITH(MomentReader({"%d.%m."}, helsinki, helsinki), Catch::Contains("year"));
    CHECK_THROWS_WITH(MomentReader({}, "Europe/Helsingfors", helsinki), Catch::Contains("Helsingfors"));
}
