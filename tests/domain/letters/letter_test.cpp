#include "domain/letters/letter.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

namespace vastine::domain {
namespace {

LetterCase reminder() {
    LetterCase of;
    of.opening.set_diary_number("VAS 12/2026");
    of.opening.set_arrived_on("2026-03-01");
    of.opening.add_units("osasto-1");
    of.opening.mutable_client()->set_name("Aino Esimerkki");
    of.due_by = "2026-03-30";
    return of;
}

Reference reference() {
    Reference known;
    UnitSet unit;
    unit.mutable_given()->set_unit_id("osasto-1");
    unit.mutable_given()->mutable_name()->set_fi("Osasto 1");
    unit.mutable_given()->mutable_name()->set_sv("Avdelning 1");
    unit.mutable_given()->set_valid_from("2000-01-01");
    known.apply(unit);
    return known;
}

std::set<std::string> named_in(std::string_view markdown) {
    std::set<std::string> names;
    for (auto open = markdown.find("{{"); open != std::string_view::npos;
         open = markdown.find("{{", open + 2))
        names.emplace(markdown.substr(open + 2, markdown.find("}}", open) - open - 2));
    return names;
}

TEST_CASE("a letter says what the case says, in the letter's language", "[letters]") {
    const auto swedish = fill("Ärende {{diary_number}}: {{units}}, senast {{due_by}}.", reminder(),
                              reference(), Language::Swedish);
    CHECK(swedish.markdown.find("VAS 12/2026: Avdelning 1, senast ") != std::string::npos);
    CHECK(swedish.markdown.find("2026-03-30") == std::string::npos);
    CHECK(swedish.missing.empty());
}

TEST_CASE("what the case does not have is named once and stays visible in the letter", "[letters]") {
    const auto letter = fill("{{signer}} ja {{signer}}, {{tuntematon}}, {{client}}", reminder(), reference(),
                             Language::Finnish);
    CHECK(letter.missing == std::vector<std::string>{"signer", "tuntematon"});
    CHECK(letter.markdown == "{{signer}} ja {{signer}}, {{tuntematon}}, Aino Esimerkki");
    CHECK(letter_field_label("signer", Language::Swedish) == "undertecknare");
    CHECK(letter_field_label("tuntematon", Language::Swedish) == "tuntematon");
}

TEST_CASE("what somebody typed is words and no markup, and names no field", "[letters]") {
    auto of = reminder();
    of.opening.set_subject("# Otsikko <script> [linkki](https://x) {{client}}\n- kohta\n= viiva");
    const auto letter = fill("{{subject}}", of, reference(), Language::Finnish);
    CHECK(letter.markdown ==
          "\\# Otsikko \\<script\\> \\[linkki\\](https://x) \\{\\{client\\}\\}\n\\- kohta\n\\= viiva");
    // Filled once more, as a letter changed by hand is, it still says the same.
    CHECK(fill(letter.markdown, of, reference(), Language::Finnish).markdown == letter.markdown);
}

TEST_CASE("the letter goes to whoever made the reminder, or else to the client", "[letters]") {
    auto of = reminder();
    CHECK(fill("{{recipient}}", of, reference(), Language::Finnish).markdown == "Aino Esimerkki");
    of.opening.mutable_maker_person()->set_name("Omainen");
    of.opening.mutable_maker_person()->set_address("Katu 1");
    CHECK(fill("{{recipient}}", of, reference(), Language::Finnish).markdown == "Omainen\\\nKatu 1");
}

TEST_CASE("a brace that is never closed is a brace", "[letters]") {
    CHECK(fill("a {{diary_number", reminder(), reference(), Language::Finnish).markdown ==
          "a {{diary_number");
    CHECK(fill("", reminder(), reference(), Language::Finnish).markdown.empty());
}

TEST_CASE("every field has a label in three languages", "[letters]") {
    for (const auto field : letter_fields()) {
        INFO(field);
        for (const auto language : {Language::Finnish, Language::Swedish, Language::English})
            CHECK_FALSE(letter_field_label(field, language).empty());
    }
}

TEST_CASE("the letters that a county begins with name no field that there is not", "[letters]") {
    const auto fields = letter_fields();
    std::size_t letters = 0;
    for (const auto& command : default_reference_commands()) {
        const auto* letter = dynamic_cast<const SetLetterTemplate*>(command.get());
        if (letter == nullptr) continue;
        ++letters;
        for (const auto* body : {&letter->body().fi(), &letter->body().sv(), &letter->body().en()}) {
            CHECK_FALSE(body->empty());
            for (const auto& name : named_in(*body)) {
                INFO(letter->template_id() << ' ' << name);
                CHECK(std::ranges::find(fields, name) != fields.end());
            }
        }
    }
    CHECK(letters > 0);
}

TEST_CASE("a template is looked at with something in the place of every field", "[letters]") {
    std::string all;
    for (const auto name : letter_fields()) all += "{{" + std::string(name) + "}} ";
    for (const auto language : {Language::Finnish, Language::Swedish, Language::English}) {
        const auto letter = fill_with_samples(all, Reference(), language);
        CHECK(letter.missing.empty());
        CHECK(letter.markdown.find("{{") == std::string::npos);
    }
    CHECK(unknown_letter_fields(all + "{{nobody}} {{client}} {{nobody}}") ==
          std::vector<std::string>{"nobody"});
}

}  // namespace
}  // namespace vastine::domain
