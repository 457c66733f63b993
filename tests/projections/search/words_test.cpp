// What a word shares with its other forms, and what it does not.

#include "projections/search/words.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

namespace vastine::projections::search::tests {
namespace {

std::vector<std::string> terms(const std::string& text, Shape shape, Side side = Side::Case) {
    std::vector<std::string> out;
    for (const auto& token : tokens_of(text, side)) {
        if (token.shape == shape) out.push_back(token.term);
    }
    return out;
}

// A case that holds the one word is found by the other.
bool finds(Analyser& analyser, const std::string& asked, const std::string& held) {
    const auto of = analyser.stems_of(held);
    return std::ranges::any_of(analyser.stems_of(asked).own, [&](const std::string& stem) {
        return std::ranges::find(of.own, stem) != of.own.end() ||
               std::ranges::find(of.parts, stem) != of.parts.end();
    });
}

TEST_CASE("a Finnish word is found by any of its forms, from both sides", "[search]") {
    Analyser analyser;
    for (const auto& [one, other] :
         std::vector<std::pair<std::string, std::string>>{{"muistutuksesta", "muistutus"},
                                                          {"hammashoitolassa", "hammashoito"},
                                                          {"kantelijalle", "kantelija"},
                                                          {"virtaselta", "virtanen"},
                                                          {"hyvinvointialueen", "hyvinvointialueella"},
                                                          {"selvityspyyntöä", "selvityspyyntö"},
                                                          {"lastensuojelun", "lastensuojelu"},
                                                          {"kotihoidossa", "kotihoito"},
                                                          {"lääkäreiltä", "lääkäri"},
                                                          {"vanhuksen", "vanhus"},
                                                          {"jonotusajat", "jonotusaika"},
                                                          {"kohtelusta", "kohtelu"},
                                                          {"potilasasiavastaavalle", "potilasasiavastaava"},
                                                          {"terveysasemalla", "terveysasema"},
                                                          {"asiakasmaksuja", "asiakasmaksu"}}) {
        INFO(one << " " << other);
        CHECK(finds(analyser, one, other));
        CHECK(finds(analyser, other, one));
    }
}

TEST_CASE("a compound is found by each of its parts, a part not by the compound", "[search]") {
    Analyser analyser;
    CHECK(finds(analyser, "virhe", "hoitovirhe"));
    CHECK(finds(analyser, "virheen", "hoitovirheestä"));
    CHECK(finds(analyser, "hoito", "hammashoitovirheistä"));
    CHECK(finds(analyser, "hoitovirhe", "hammashoitovirheistä"));
    CHECK_FALSE(finds(analyser, "hoitovirhe", "virhe"));
    CHECK_FALSE(finds(analyser, "hoitovirhe", "hoito"));
}

TEST_CASE("a Swedish word is found by its other forms", "[search]") {
    Analyser analyser;
    for (const auto& [one, other] :
         std::vector<std::pair<std::string, std::string>>{{"klagomålet", "klagomålen"},
                                                          {"anmärkningarna", "anmärkning"},
                                                          {"patienterna", "patienten"},
                                                          {"besvären", "besvär"},
                                                          {"köerna", "kö"},
                                                          {"bemötandet", "bemötande"},
                                                          {"avgifterna", "avgift"},
                                                          {"barnskyddet", "barnskydd"},
                                                          {"besluten", "beslut"},
                                                          {"tandläkarens", "tandläkare"},
                                                          {"hälsovårdscentralens", "hälsovårdscentral"}}) {
        INFO(one << " " << other);
        CHECK(finds(analyser, one, other));
        CHECK(finds(analyser, other, one));
    }
}

TEST_CASE("a Swedish compound is found by what it begins and ends with, a part not by the compound",
          "[search]") {
    Analyser analyser;
    for (const auto& [part, whole] :
         std::vector<std::pair<std::string, std::string>>{{"vård", "tandvården"},
                                                          {"fel", "vårdfel"},
                                                          {"felet", "läkemedelsfel"},
                                                          {"skada", "patientskadan"},
                                                          {"omsorg", "äldreomsorgen"},
                                                          {"avgifter", "klientavgift"},
                                                          {"beslut", "socialvårdsbeslut"},
                                                          {"personal", "vårdpersonalen"},
                                                          {"skydd", "barnskyddet"},
                                                          {"ombudet", "patientombud"}}) {
        INFO(part << " " << whole);
        CHECK(finds(analyser, part, whole));
        CHECK_FALSE(finds(analyser, whole, part));
    }
    // No compounds, although words stand in them.
    CHECK_FALSE(finds(analyser, "takt", "kontakt"));
    CHECK_FALSE(finds(analyser, "handling", "förhandling"));
    CHECK_FALSE(finds(analyser, "ren", "besvären"));
}

TEST_CASE("ä, ö and å are letters of their own, however they are encoded", "[search]") {
    Analyser analyser;
    CHECK_FALSE(finds(analyser, "näin", "nain"));
    CHECK_FALSE(finds(analyser, "saari", "sääri"));
    CHECK_FALSE(finds(analyser, "talli", "tälli"));
    CHECK_FALSE(finds(analyser, "mal", "mål"));
    CHECK_FALSE(finds(analyser, "vard", "vård"));
    CHECK_FALSE(finds(analyser, "lakare", "läkare"));
    CHECK(terms("SÄÄRI", Shape::Word) == std::vector<std::string>{"sääri"});
    CHECK(terms("sa\xcc\x88"
                "a\xcc\x88ri",
                Shape::Word) == std::vector<std::string>{"sääri"});
    CHECK(terms("Åbo, ÖSTERBOTTEN", Shape::Word) == std::vector<std::string>{"åbo", "österbotten"});
}

TEST_CASE("a day is the same day however it is written", "[search]") {
    const std::vector<std::string> first{
        "\x01"
        "2026-03-01"};
    for (const std::string text : {"1.3.2026", "01.03.2026", "(2026-03-01)", "1. maaliskuuta 2026",
                                   "den 1 mars 2026", "1 March 2026"}) {
        INFO(text);
        CHECK(terms(text, Shape::Day) == first);
        CHECK(terms(text, Shape::Month) == std::vector<std::string>{"\x02"
                                                                    "2026-03"});
        CHECK(terms(text, Shape::Month, Side::Question).empty());
    }
    for (const std::string text : {"maaliskuu 2026", "maaliskuussa 2026", "mars 2026", "2026-03"}) {
        INFO(text);
        CHECK(terms(text, Shape::Month) == std::vector<std::string>{"\x02"
                                                                    "2026-03"});
    }
    CHECK(terms("31.2.2026", Shape::Day).empty());
    CHECK(terms("1.3.26", Shape::Day).empty());
}

TEST_CASE("a number is held whole and from each of its separators on", "[search]") {
    CHECK(terms("Asia HVA/123/2026.", Shape::Number) == std::vector<std::string>{"hva/123/2026", "123/2026"});
    CHECK(terms("HVA/123/2026", Shape::Number, Side::Question) == std::vector<std::string>{"hva/123/2026"});
    CHECK(terms("sana-sana", Shape::Number).empty());
}

TEST_CASE("places are counted in the units that browsers count in", "[search]") {
    const auto tokens = tokens_of("\xf0\x9f\x98\x80 äö", Side::Case);
    REQUIRE(tokens.size() == 1);
    CHECK(tokens.front().begin == 3);
    CHECK(tokens.front().end == 5);
}

TEST_CASE("bytes that are no text, and words without end, do no harm", "[search]") {
    Analyser analyser;
    CHECK(tokens_of("\xff\xfe\x80", Side::Case).size() <= 1);
    CHECK(tokens_of("", Side::Case).empty());
    CHECK(tokens_of("-- // ...", Side::Question).empty());
    CHECK(analyser.stems_of(std::string(100'000, 'a')).own.empty());
}

}  // namespace
}  // namespace vastine::projections::search::tests
