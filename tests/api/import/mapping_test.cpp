#include "api/import/mapping.hpp"

#include <catch2/catch.hpp>

using namespace vastine::api::import;

namespace {
const std::string least = "[fields]\nexternal_id = 'id'\nregistered = 'arrived'\n";
}

TEST_CASE("a mapping names columns, tables of values, defaults, formats and zones", "[import][mapping]") {
    const auto mapping = parse_mapping(R"(
source = "old register"
encoding = "latin-1"
delimiter = ";"
zone = "Europe/Stockholm"
formats = ["%d.%m.%Y"]
[fields]
external_id = "Tunnus"
registered = {column = "Saapunut", formats = ["%F"], zone = "UTC"}
answered = "Vastattu"
channel = {column = "Tapa", values = {Kirje = "letter", "Sähköposti" = "email"}, default = "other"}
who = {default = "client"}
[learn]
valid_from = "2010-01-01"
)");
    CHECK(mapping.source == "old register");
    CHECK(mapping.csv.encoding == Encoding::Latin1);
    CHECK(mapping.csv.delimiter == ';');
    CHECK(mapping.fields.at("registered").formats == std::vector<std::string>{"%F"});
    CHECK(mapping.fields.at("registered").zone == "UTC");
    CHECK(mapping.fields.at("closed").formats == std::vector<std::string>{"%d.%m.%Y"});
    CHECK(mapping.fields.at("closed").zone == "Europe/Stockholm");
    CHECK(mapping.fields.at("channel").values.at("Sähköposti") == "email");
    CHECK(mapping.fields.at("who").otherwise == "client");
    CHECK(mapping.day_zone == "Europe/Helsinki");
    CHECK(mapping.learn_valid_from == "2010-01-01");
}

TEST_CASE("a mistake in a mapping is told with its line and what would be right", "[import][mapping]") {
    const auto [toml, says] = GENERATE(table<std::string, std::string>({
        {"[fields]\nexternal_id = 'id'\nregistred = 'x'\n", "line 3: 'registred' is no field"},
        {"encodng = 'utf-8'\n", "line 1: 'encodng' is not known"},
        {"encoding = 'utf-16'\n" + least, "detect, utf-8 or latin-1"},
        {"delimiter = ';;'\n" + least, "one character"},
        {"zone = 'Helsinki'\n" + least, "line 1: the time zone 'Helsinki' is not known"},
        {"formats = ['%d.%m.']\n" + least, "does not name year"},
        {"[fields]\nregistered = 'arrived'\n", "must name a column for external_id"},
        {"[fields]\nexternal_id = 'id'\nregistered = {default = '2018-01-01'}\n", "a column for registered"},
        {least + "cause = {values = {a = 'care'}}\n", "cause needs a column or a default"},
        {least + "cause = {column = 'c', format = '%F'}\n", "'format' means nothing to the field cause"},
        {least + "closed = 'x'\nanswered = 'y'\n", "closed is given twice"},
        {least + "closed = 'x\n", "line 4"},
        {"source = 'x'\n", "[fields] is missing"},
        {least + "[learn]\nvalid_from = 'long ago'\n", "learn.valid_from is no date"},
        {least + "channel = 5\n", "channel must be a column's name or a table"},
    }));
    INFO(toml);
    CHECK_THROWS_WITH(parse_mapping(toml), Catch::Contains(says));
    CHECK_THROWS_AS(parse_mapping(toml), MappingError);
}
