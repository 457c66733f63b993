#include "projections/report/content.hpp"

#include <catch2/catch.hpp>

#include "tests/projections/written_log.hpp"

namespace vastine::projections::report::tests {
namespace {

namespace publication = domain::publication;
using namespace projections::tests;
using publication::State;

domain::Reference reference() {
    domain::Reference made;
    UnitSet hospital = unit("sairaala");
    hospital.mutable_given()->mutable_name()->set_fi("Sairaalapalvelut");
    hospital.mutable_given()->mutable_name()->set_sv("Sjukhustjänster");
    made.apply(hospital);
    CodeSetPublished sections;
    sections.mutable_given()->set_code_set("report_section");
    sections.mutable_given()->set_valid_from("1900-01-01");
    for (const auto* code : {"summary", "services", "causes"})
        sections.mutable_given()->add_codes()->set_code(code);
    sections.set_version(1);
    made.apply(sections);
    return made;
}

// Who wrote and where in the log is said once, for the tests that need it.
State folded(const std::vector<const google::protobuf::Message*>& events) {
    State state;
    std::uint64_t position = 0;
    for (const auto* event : events)
        publication::evolve(state, *event, {++position, "writer", noon("2018-02-20")});
    return state;
}

ExampleComposed example(const std::string& id, const std::string& fi, const std::string& sv) {
    ExampleComposed event;
    event.mutable_given()->set_section("services");
    event.mutable_given()->mutable_text()->set_fi(fi);
    event.mutable_given()->mutable_text()->set_sv(sv);
    event.set_example_id(id);
    return event;
}
ExampleConfirmed confirmed(const std::string& id) {
    ExampleConfirmed event;
    event.mutable_given()->set_example_id(id);
    return event;
}
ExampleWithdrawn withdrawn(const std::string& id) {
    ExampleWithdrawn event;
    event.mutable_given()->set_example_id(id);
    return event;
}

const auto opened = publication_opened();
const auto signed_on_a_day = publication_signed("2018-02-20");
const auto published = publication_published("2018-02-25");

TEST_CASE("a text is the newest in the report's language, in the order of the report", "[content]") {
    const auto causes = text_written("causes", "fi", "Syyt");
    const auto first = text_written("services", "fi", "Vanha");
    const auto second = text_written("services", "fi", "Uusi", 2);
    const auto content =
        content_of(folded({&opened, &causes, &first, &second}), nullptr, reference(), Language::Finnish);
    REQUIRE(content.texts.size() == 2);
    CHECK(content.texts[0].section == "services");
    CHECK(content.texts[0].markdown == "Uusi");
    CHECK(content.texts[0].language == Language::Finnish);
    CHECK(content.texts[1].section == "causes");
}

TEST_CASE("where a language has no words another stands in, and says which", "[content]") {
    const auto swedish = text_written("services", "sv", "Tjänsterna");
    const auto finnish = text_written("services", "fi", "Palvelut");
    const auto only_swedish =
        content_of(folded({&opened, &swedish}), nullptr, reference(), Language::English);
    REQUIRE(only_swedish.texts.size() == 1);
    CHECK(only_swedish.texts[0].markdown == "Tjänsterna");
    CHECK(only_swedish.texts[0].language == Language::Swedish);
    const auto both =
        content_of(folded({&opened, &swedish, &finnish}), nullptr, reference(), Language::English);
    CHECK(both.texts.at(0).language == Language::Finnish);
    const auto own =
        content_of(folded({&opened, &swedish, &finnish}), nullptr, reference(), Language::Swedish);
    CHECK(own.texts.at(0).markdown == "Tjänsterna");
}

TEST_CASE("a text that was taken out is not in the report", "[content]") {
    const auto written = text_written("services", "fi", "Palvelut");
    const auto out = text_written("services", "fi", "", 2);
    CHECK(
        content_of(folded({&opened, &written, &out}), nullptr, reference(), Language::Finnish).texts.empty());
}

TEST_CASE("only examples that a second person confirmed are in the report", "[content]") {
    const auto one = example("e1", "Odotti", "Väntade");
    const auto two = example("e2", "Soitti", "Ringde");
    const auto three = example("e3", "Kävi", "Besökte");
    const auto yes = confirmed("e1"), also = confirmed("e3");
    const auto out = withdrawn("e3");
    const auto content = content_of(folded({&opened, &one, &two, &three, &yes, &also, &out}), nullptr,
                                    reference(), Language::Swedish);
    REQUIRE(content.examples.size() == 1);
    CHECK(content.examples[0].markdown == "Väntade");
    CHECK(content.examples[0].section == "services");
}

TEST_CASE("a proposal names its addressee as the reader calls it", "[content]") {
    const auto to_unit = proposal_added("p1", "Lyhennetään jonoa.", "sairaala");
    const auto to_body = proposal_added("p2", "Lisätään voimavaroja.", "");
    const auto content =
        content_of(folded({&opened, &to_unit, &to_body}), nullptr, reference(), Language::Swedish);
    REQUIRE(content.proposals.size() == 2);
    CHECK(content.proposals[0].addressee == "Sjukhustjänster");
    CHECK(content.proposals[0].markdown == "Lyhennetään jonoa.");
    CHECK(content.proposals[0].language == Language::Finnish);
    CHECK(content.proposals[1].addressee == "Aluehallitus");
}

TEST_CASE("last year's proposals come back as they were published, with what was done", "[content]") {
    const auto proposal = proposal_added("p1", "Lyhennetään jonoa.", "sairaala");
    ProposalAnswered answered;
    answered.mutable_given()->set_proposal_id("p1");
    answered.mutable_given()->set_answer("partly");
    answered.mutable_given()->mutable_measures()->set_fi("Uusi vuoro");
    answered.mutable_given()->set_done_by("2018-06-30");
    ProposalFollowedUp followed;
    followed.mutable_given()->set_proposal_id("p1");
    followed.mutable_given()->set_progress("done");
    followed.mutable_given()->mutable_what()->set_sv("Har börjat");
    followed.set_followed_up_on("2018-05-01");
    const auto correction = correction_opened(2);
    ProposalChanged changed;
    changed.mutable_given()->set_proposal_id("p1");
    changed.mutable_given()->mutable_proposal()->mutable_text()->set_fi("Aivan muuta.");
    const auto added = proposal_added("p2", "Korjauksen oma.", "");
    const auto before = folded({&opened, &proposal, &signed_on_a_day, &published, &answered, &followed,
                                &correction, &changed, &added});
    const auto content = content_of(State{}, &before, reference(), Language::Finnish);
    CHECK(content.earlier_period == "2017");
    REQUIRE(content.earlier_proposals.size() == 1);
    const auto& item = content.earlier_proposals[0];
    CHECK(item.markdown == "Lyhennetään jonoa.");
    CHECK(item.answer == "partly");
    CHECK(item.measures == "Uusi vuoro");
    CHECK(item.measures_language == Language::Finnish);
    CHECK(item.done_by == "2018-06-30");
    REQUIRE(item.follow_ups.size() == 1);
    CHECK(item.follow_ups[0].progress == "done");
    CHECK(item.follow_ups[0].what == "Har börjat");
    CHECK(item.follow_ups[0].language == Language::Swedish);
    CHECK(item.follow_ups[0].on == "2018-05-01");
}

TEST_CASE("the period before is named as people write it", "[content]") {
    const auto named = [](const char* first, const char* last) {
        const auto event = publication_opened({.first_month = first, .last_month = last});
        const auto before = folded({&event});
        return content_of(State{}, &before, reference(), Language::Finnish).earlier_period;
    };
    CHECK(named("2017-01", "2017-12") == "2017");
    CHECK(named("2018-01", "2018-08") == "1–8/2018");
    CHECK(named("2018-11", "2018-11") == "11/2018");
    CHECK(named("2017-09", "2018-02") == "9/2017–2/2018");
}

TEST_CASE("a draft has no edition, a signed one its number and day", "[content]") {
    const auto draft = content_of(folded({&opened}), nullptr, reference(), Language::Finnish);
    CHECK(draft.edition == 0);
    CHECK(draft.signed_on.empty());
    const auto is_signed =
        content_of(folded({&opened, &signed_on_a_day}), nullptr, reference(), Language::Finnish);
    CHECK(is_signed.edition == 1);
    CHECK(is_signed.signed_on == "2018-02-20");
    const auto correction = correction_opened(2);
    const auto correcting = content_of(folded({&opened, &signed_on_a_day, &published, &correction}), nullptr,
                                       reference(), Language::Swedish);
    CHECK(correcting.edition == 0);
    CHECK(correcting.what_changed == "Taulukko 3 laskettiin uudelleen.");
    CHECK(correcting.what_changed_language == Language::Finnish);
}

TEST_CASE("the steps of the boards are those of the paper that is signed now", "[content]") {
    NotingRecorded noted;
    noted.mutable_given()->set_body("Aluehallitus");
    noted.mutable_given()->set_noted_on("2018-02-21");
    Announced announced;
    announced.mutable_given()->set_where("Verkkosivut");
    SignatureWithdrawn taken_back;
    taken_back.mutable_given()->set_reason("Luku puuttuu");
    const auto after = [&](const std::vector<const google::protobuf::Message*>& events) {
        return content_of(folded(events), nullptr, reference(), Language::Finnish).steps;
    };
    const auto steps = after({&opened, &signed_on_a_day, &noted, &published, &announced});
    REQUIRE(steps.size() == 1);
    CHECK(steps[0].body == "Aluehallitus");
    CHECK(after({&opened, &signed_on_a_day, &noted, &taken_back, &signed_on_a_day}).empty());
}

}  // namespace
}  // namespace vastine::projections::report::tests
