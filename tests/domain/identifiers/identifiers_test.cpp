#include "domain/identifiers/identifiers.hpp"

#include <catch2/catch.hpp>
#include <string>

using namespace vastine::domain;

namespace {

using Found = std::set<Identifier>;

// An identity code with the right check character, made by the published rule and not by the code tested.
std::string made(const std::string& ddmmyy, char sign, const std::string& number) {
    return ddmmyy + sign + number + "0123456789ABCDEFHJKLMNPRSTUVWXY"[std::stoul(ddmmyy + number) % 31];
}

}  // namespace

TEST_CASE("an identity code is known by date, sign and check character", "[identifiers]") {
    CHECK(is_identity_code("131052-308T"));  // the Digital and Population Data Services Agency's own example
    CHECK(is_identity_code("131052-308t"));
    CHECK_FALSE(is_identity_code("131052-308U"));  // wrong check character
    CHECK_FALSE(is_identity_code("311190-123A"));  // no 31st of November
    CHECK_FALSE(is_identity_code(" 131052-308T"));
    CHECK_FALSE(is_identity_code("131052/308T"));
    CHECK_FALSE(is_identity_code(""));
}

TEST_CASE("every century sign is known, those of 2024 included", "[identifiers]") {
    for (const char sign : std::string("+-YXWVUABCDEF")) {
        INFO(sign);
        CHECK(is_identity_code(made("010203", sign, "002")));
        CHECK(identifiers_in("asiakas " + made("010203", sign, "002") + " kysyi") ==
              Found{Identifier::IdentityCode});
    }
    for (const char sign : std::string("GTZ/*_")) {
        INFO(sign);
        CHECK_FALSE(is_identity_code(made("010203", sign, "002")));
    }
}

TEST_CASE("the 29th of February counts only in a leap year of the code's century", "[identifiers]") {
    CHECK(is_identity_code(made("290200", 'A', "123")));        // 2000
    CHECK_FALSE(is_identity_code(made("290200", '-', "123")));  // 1900
}

TEST_CASE("an identity code is found inside a text, also with one wrong key", "[identifiers]") {
    CHECK(identifiers_in("131052-308T") == Found{Identifier::IdentityCode});
    CHECK(identifiers_in("hetu:131052-308T.") == Found{Identifier::IdentityCode});
    CHECK(identifiers_in("hetu 131052 - 308T") == Found{Identifier::IdentityCode});
    CHECK(identifiers_in("hetu 131052-308U") == Found{Identifier::IdentityCode});
    CHECK(identifiers_in("(010203A0022)").empty());  // ends in a digit and the digit is wrong
    CHECK(identifiers_in("X131052-308T").empty());
    CHECK(identifiers_in("131052-308T5").empty());
}

TEST_CASE("telephone numbers are found as Finns write them", "[identifiers]") {
    for (const char* text :
         {"soita 040 123 4567", "040-1234567", "0401234567", "p. 0457 123 4567", "+358 40 123 4567",
          "+358401234567", "+358 (0)40 123 4567", "00358 40 1234567", "(09) 123 4567", "09 1234 567",
          "014-123 456", "+46 8 123 456 78", "klo 12 0401234567", "0401234567 2026 01 02",
          "tel 050\xC2\xA0"
          "123\xC2\xA0"
          "4567"}) {
        INFO(text);
        CHECK(identifiers_in(text) == Found{Identifier::Phone});
    }
}

TEST_CASE("dates, times, diary numbers and codes are no telephone numbers", "[identifiers]") {
    for (const char* text : {"01.02.2026",
                             "2026-03-01",
                             "01-02-2026",
                             "01 02 2026",
                             "1.2.-05.03.2026",
                             "klo 09.30-10.15",
                             "klo 09:30",
                             "HEL 2018-001234",
                             "HEL 2026-000123 T 06 00 00",
                             "0123456/2026",
                             "dnro 040/2026",
                             "00530 Helsinki",
                             "04250 Kerava",
                             "020 123 4567",
                             "0800 123456",
                             "010 123 4567",
                             "500000",
                             "hinta 0,4012345 euroa",
                             "FI21 1234 5600 0007 85",
                             "ICD F32.0 ja 06",
                             "V/12345/2025",
                             "0.0.0.0"}) {
        INFO(text);
        CHECK(identifiers_in(text).empty());
    }
}

TEST_CASE("e-mail addresses are found", "[identifiers]") {
    for (const char* text :
         {"maija.m@example.fi", "<a@b.co>", "maija(at)example.fi", "kirjoita: matti_m+1@posti.example.com"}) {
        INFO(text);
        CHECK(identifiers_in(text) == Found{Identifier::Email});
    }
    for (const char* text : {"@maininta", "a@b", "hinta 3 @ 5 e", "paikka @ sairaala.", ""}) {
        INFO(text);
        CHECK(identifiers_in(text).empty());
    }
}

TEST_CASE("street addresses are found in Finnish and Swedish", "[identifiers]") {
    for (const char* text : {"asuu Mannerheimintie 5 A 12", "mannerheimintie 5", "Iso Roobertinkatu 10b",
                             "HÄMEENTIE 100", "Pohjoisväylä 3", "Storgatan 7", "bor på Strandvägen 12 B 4",
                             "Kotikuja 1, Espoo", "Pohjoisesplanadi 2"}) {
        INFO(text);
        CHECK(identifiers_in(text) == Found{Identifier::Address});
    }
}

TEST_CASE("roads, dates and counts are no addresses", "[identifiers]") {
    for (const char* text : {"kolari valtatiellä 4", "valtatie 4", "Moottoritie 1", "tie 5", "katu 3",
                             "hoitopolku 5.3.2026", "hoitopolku 10 %", "hoitopolku 12:30",
                             "Hämeentie on pitkä", "diagnoosi 5", "hengitystie 2/2026", "Hämeentie 2026"}) {
        INFO(text);
        CHECK(identifiers_in(text).empty());
    }
}

TEST_CASE("several kinds in one text are all told", "[identifiers]") {
    CHECK(identifiers_in("131052-308T, 040 1234567, a.b@example.fi, Hämeentie 5") ==
          Found{Identifier::IdentityCode, Identifier::Phone, Identifier::Email, Identifier::Address});
}

TEST_CASE("broken bytes and long texts harm nothing", "[identifiers]") {
    CHECK(identifiers_in("\xC3").empty());
    CHECK(identifiers_in("\xFF\xFE 12 \xC2").empty());
    CHECK(identifiers_in(std::string(20000, '0')).empty());
    CHECK(identifiers_in(std::string(20000, '@')).empty());
    CHECK(identifiers_in(std::string(20000, ' ') + "+").empty());
}
