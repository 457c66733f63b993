#include "domain/publications/publication.hpp"

#include "domain/publications/path.hpp"
#include "tests/domain/cases/given.hpp"

namespace vastine::domain::testing {

namespace {

using publication::Level;
using publication::Stage;

constexpr auto head_ombudsman = "88888888-8888-4888-8888-888888888888";
constexpr auto secretary = "99999999-9999-4999-8999-999999999999";

const Reference& people() {
    static const Reference made = [] {
        Reference reference = made_organisation();
        add_user(reference, head_ombudsman, HEAD_OMBUDSMAN, true);
        add_user(reference, secretary, BOARD_SECRETARY, true);
        return reference;
    }();
    return made;
}

auto by_head() {
    return given<publication::State>().with(people()).by(head_ombudsman);
}

OpenPublication annual(const std::string& more = {}) {
    return make<OpenPublication>(
        R"(publication_kind: "annual" first_month: "2025-01" last_month: "2025-12" )" + more);
}
OpenPublication legal() {
    return make<OpenPublication>(R"(publication_kind: "legal" first_month: "2025-01" last_month: "2025-12")");
}
OpenPublication summary(const std::string& area) {
    return make<OpenPublication>(
        R"(publication_kind: "summary" first_month: "2025-09" last_month: "2025-12" area: ")" + area + "\"");
}

WriteText text_in(const std::string& language, std::uint32_t replaces = 0) {
    WriteText command;
    command.set_section("services");
    command.set_language(language);
    command.set_markdown("Palvelut toimivat.");
    command.set_replaces(replaces);
    return command;
}
const auto finnish = text_in("fi");
const auto swedish = text_in("sv");
const auto compose =
    make<ComposeExample>(R"(section: "services" text { fi: "Asiakas odotti." sv: "En klient väntade." })");
const auto change_example =
    make<ChangeExample>(R"(example_id: "e1" text { fi: "Asiakas odotti pitkään." sv: "Länge." })");
const auto confirm = make<ConfirmExample>(R"(example_id: "e1")");
const auto withdraw_example = make<WithdrawExample>(R"(example_id: "e1")");
const auto to_unit = make<AddProposal>(
    R"(section: "services" text { fi: "Lyhennetään jonoa." sv: "Kön förkortas." }
       addressee_unit: "sairaala")");
const auto to_body = make<AddProposal>(
    R"(text { fi: "Lisätään voimavaroja." sv: "Resurserna ökas." } addressee_body: "Aluehallitus")");
ChangeProposal changed(const AddProposal& proposal) {
    ChangeProposal command;
    command.set_proposal_id("p1");
    *command.mutable_proposal() = proposal;
    return command;
}
const auto withdraw_proposal = make<WithdrawProposal>(R"(proposal_id: "p1")");
const auto answer = make<AnswerProposal>(
    R"(proposal_id: "p1" answer: "partly" measures { fi: "Uusi vuoro." sv: "Ett nytt skift." })");
const auto follow_up =
    make<FollowUpProposal>(R"(proposal_id: "p1" progress: "under-way" what { fi: "Kesken." sv: "Pågår." })");
const SignPublication sign_it;
const auto take_back = make<WithdrawSignature>(R"(reason: "Luku puuttuu")");
const auto statement =
    make<RecordStatement>(R"(body: "Sote-lautakunta" given_on: "2026-03-31" minutes_section: "§ 12")");
const auto noting =
    make<RecordNoting>(R"(body: "Aluehallitus" noted_on: "2026-03-31" minutes_section: "§ 40")");
const auto sending =
    make<RecordSending>(R"(receiver_kind: "municipality" receiver: "Helsinki" sent_on: "2026-03-31")");
const Publish publish_it;
const auto announce = make<Announce>(R"(where: "Verkkosivut" announced_on: "2026-03-31")");
const auto correct = make<CorrectPublication>(R"(what_changed { fi: "Taulukko 3." sv: "Tabell 3." })");
const auto abandon = make<AbandonPublication>(R"(reason: "Tehtiin kahdesti")");

auto opened() {
    return by_head().done(annual());
}
auto with_proposal() {
    return opened().done(to_unit);
}
auto signed_off() {
    return opened().done(sign_it);
}
auto published() {
    return signed_off().done(noting, sending, publish_it);
}

ArtefactsStored stored(const std::string& level, std::uint64_t position, std::uint32_t edition = 1) {
    ArtefactsStored event;
    event.set_edition(edition);
    event.set_level(level);
    event.set_position(position);
    return event;
}

std::vector<std::string> texts(const std::vector<Rejection>& rejections) {
    std::vector<std::string> all;
    for (const auto& rejection : rejections) all.push_back(rejection.text);
    return all;
}

}  // namespace

// ---- opening ----

TEST_CASE("an annual report is opened with the area, the languages and the threshold it has by default",
          "[publication]") {
    const auto event = by_head().when(annual()).then_one<PublicationOpened>();
    CHECK(event.given().area() == "ombudsman");
    CHECK(event.given().threshold() == 5);
    REQUIRE(event.given().languages_size() == 2);
    CHECK(event.given().languages(0) == "fi");
    CHECK(event.given().languages(1) == "sv");
    CHECK(opened().state().stage == Stage::Draft);
}

TEST_CASE("a publication is opened once", "[publication]") {
    opened().when(annual()).then_refused(Reason::WrongState, "publication.opened_already");
}

TEST_CASE("nothing is done with a publication before it is opened", "[publication]") {
    by_head().when(finnish).then_refused(Reason::WrongState, "publication.not_opened");
}

TEST_CASE("the area follows from the kind, and a summary says whose it is", "[publication]") {
    by_head().when(annual(R"(area: "ombudsman")")).then_accepted();
    by_head()
        .when(annual(R"(area: "legal")"))
        .then_refused(Reason::Invalid, "publication.area_follows_from_kind", "area");
    auto whose = summary("legal");
    CHECK(given<publication::State>().when(whose).then_one<PublicationOpened>().given().area() == "legal");
    whose.clear_area();
    by_head().when(whose).then_refused(Reason::Invalid, "publication.area_missing", "area");
    by_head().when(summary("ombudsman")).then_accepted();
}

TEST_CASE("a publication is opened by those who work in its area", "[publication]") {
    given<publication::State>().when(annual()).then_refused(Reason::Forbidden, "access.other_area");
    given<publication::State>().when(legal()).then_accepted();
    by_head().when(legal()).then_refused(Reason::Forbidden, "access.other_area");
    by_head().when(summary("legal")).then_refused(Reason::Forbidden, "access.other_area");
    // A head of a unit works in the legal area, and writes no publication of it.
    given<publication::State>().by(unit_head).when(legal()).then_refused(Reason::Forbidden,
                                                                         "access.other_area");
    given<publication::State>().by("os-user").when(annual()).then_accepted();
}

TEST_CASE("the period is whole months in order, at most twelve, and has begun", "[publication]") {
    const auto refused = [](const char* first, const char* last, const char* text, const char* field) {
        INFO(first << " to " << last);
        auto command = summary("ombudsman");
        command.set_first_month(first);
        command.set_last_month(last);
        by_head().when(command).then_refused(Reason::Invalid, text, field);
    };
    refused("2018-1", "2018-08", "publication.not_a_month", "first_month");
    refused("2018-01", "2018-13", "publication.not_a_month", "last_month");
    refused("2018-08", "2018-01", "publication.period_backwards", "last_month");
    refused("2018-01", "2019-01", "publication.period_too_long", "last_month");
    refused("2026-04", "2026-05", "publication.period_not_begun", "first_month");
    auto over_new_year = summary("ombudsman");
    over_new_year.set_first_month("2018-02");
    over_new_year.set_last_month("2019-01");
    by_head().when(over_new_year).then_accepted();
    over_new_year.set_first_month("2026-03");  // begun on the 31st, and not over
    over_new_year.set_last_month("2026-12");
    by_head().when(over_new_year).then_accepted();
}

TEST_CASE("the annual report stays within one calendar year", "[publication]") {
    auto command = annual();
    command.set_first_month("2024-12");
    command.set_last_month("2025-11");
    by_head().when(command).then_refused(Reason::Invalid, "publication.within_a_year", "last_month");
    command.set_first_month("2025-01");
    by_head().when(command).then_accepted();
}

TEST_CASE("languages are distinct, and the threshold hides more than one person", "[publication]") {
    by_head()
        .when(annual(R"(languages: "fi" languages: "fi")"))
        .then_refused(Reason::Invalid, "field.given_twice", "languages[1]");
    for (const auto* threshold : {"1", "1001"})
        by_head()
            .when(annual("threshold: " + std::string(threshold)))
            .then_refused(Reason::Invalid, "publication.threshold_out_of_range", "threshold");
    by_head().when(annual("threshold: 2")).then_accepted();
    by_head().when(annual("threshold: 1000")).then_accepted();
}

TEST_CASE("a kind of publication that has no way cannot be opened", "[publication]") {
    Reference renewed = people();
    CodeSetPublished event;
    event.mutable_given()->CopyFrom(renewed.code_set("publication_kind", *parse_date("2026-01-01"))->given);
    event.mutable_given()->add_codes()->set_code("leaflet");
    event.set_version(2);
    renewed.apply(event);
    auto command = annual();
    command.set_publication_kind("leaflet");
    by_head().with(renewed).when(command).then_refused(Reason::Invalid, "publication.kind_unknown",
                                                       "publication_kind");
}

TEST_CASE("every kind of publication has a way, and every way is of a kind", "[publication]") {
    const auto* kinds = people().code_set("publication_kind", *parse_date("2026-01-01"));
    REQUIRE(kinds != nullptr);
    CHECK(kinds->given.codes_size() == 3);
    for (const auto& code : kinds->given.codes()) CHECK(publication::path_of(code.code()) != nullptr);
    CHECK(publication::path_of("leaflet") == nullptr);
}

// ---- texts ----

TEST_CASE("every version of a text is kept, with who wrote it", "[publication]") {
    const auto after = opened().done(finnish, text_in("fi", 1)).by(ombudsman).done(text_in("fi", 2));
    const auto& versions = after.state().texts.at({"services", "fi"});
    REQUIRE(versions.size() == 3);
    CHECK(versions[0].written_by == head_ombudsman);
    CHECK(versions[2].written_by == ombudsman);
    CHECK(versions[2].version == 3);
    CHECK(publication::text(after.state(), "services", "fi")->version == 3);
    CHECK(publication::text(after.state(), "services", "sv") == nullptr);
}

TEST_CASE("who writes on an old version is told that somebody wrote in between", "[publication]") {
    const auto written = opened().done(finnish);
    written.when(finnish).then_refused(Reason::Conflict, "publication.written_in_between", "replaces");
    written.when(text_in("fi", 2))
        .then_refused(Reason::Conflict, "publication.written_in_between", "replaces");
    written.when(text_in("fi", 1)).then_accepted();
    written.when(swedish).then_accepted();
}

TEST_CASE("an empty text takes the section's text out", "[publication]") {
    auto out = text_in("fi", 1);
    out.clear_markdown();
    const auto after = opened().done(finnish, out);
    CHECK(publication::text(after.state(), "services", "fi") == nullptr);
    CHECK(publication::missing(after.state()).empty());
}

TEST_CASE("texts are written in the languages of the publication", "[publication]") {
    opened().when(text_in("en")).then_refused(Reason::Invalid, "publication.not_its_language", "language");
    auto english = compose;
    english.mutable_text()->set_en("A client waited.");
    opened().when(english).then_refused(Reason::Invalid, "publication.not_its_language", "text.en");
}

TEST_CASE("nothing that tells who somebody is goes into a text", "[publication]") {
    const auto refused = [](const char* words, const char* text) {
        INFO(words);
        auto written = finnish;
        written.set_markdown(words);
        opened().when(written).then_refused(Reason::Invalid, text, "markdown");
        auto example = compose;
        example.mutable_text()->set_sv(words);
        opened().when(example).then_refused(Reason::Invalid, text, "text.sv");
        auto proposal = to_unit;
        proposal.mutable_text()->set_fi(words);
        opened().when(proposal).then_refused(Reason::Invalid, text, "text.fi");
        with_proposal().when(changed(proposal)).then_refused(Reason::Invalid, text, "proposal.text.fi");
        auto measures = answer;
        measures.mutable_measures()->set_fi(words);
        with_proposal().done(sign_it).when(measures).then_refused(Reason::Invalid, text, "measures.fi");
        auto what = follow_up;
        what.mutable_what()->set_sv(words);
        with_proposal().done(sign_it).when(what).then_refused(Reason::Invalid, text, "what.sv");
        auto said = statement;
        said.set_text(words);
        signed_off().when(said).then_refused(Reason::Invalid, text, "text");
    };
    refused("Asiakas 131052-308T soitti.", "publication.holds_identity_code");
    refused("Soita 040 123 4567.", "publication.holds_phone");
    refused("Kirjoita matti.meikalainen@example.fi.", "publication.holds_email");
    refused("Asuu osoitteessa Mannerheimintie 12 A 3.", "publication.holds_address");
}

TEST_CASE("the figures, acts and years of an ordinary report are no telephone numbers", "[publication]") {
    for (const auto* words :
         {"Yhteydenottoja oli 1 565 ja asiatapahtumia 1 899 (2016: 2 028).",
          "Laki 739/2023 8 §, voimassa 1.1.2024 alkaen; ajalla 1.1.-31.8.2018 muistutuksia 405.",
          "Osuudet olivat 52 %, 32 % ja 15 %; vastausaika 28 päivää, pisin 105.",
          "Ks. {{legal.department/sairaala/2018}} ja <https://www.hel.fi/asiavastaava>.",
          "Terveysasemat antoivat 120 725 ja hammashoito 147 671 pikapalautetta vuonna 2017."}) {
        auto written = finnish;
        written.set_markdown(words);
        INFO(words);
        opened().when(written).then_accepted();
    }
}

TEST_CASE("an example or a proposal has words", "[publication]") {
    auto example = compose;
    example.mutable_text()->Clear();
    opened().when(example).then_refused(Reason::Invalid, "publication.words_missing", "text");
    auto proposal = to_body;
    proposal.mutable_text()->Clear();
    opened().when(proposal).then_refused(Reason::Invalid, "publication.words_missing", "text");
}

// ---- examples ----

TEST_CASE("an example is confirmed by somebody who did not write on it", "[publication]") {
    const auto composed = opened().done(compose);
    composed.when(confirm).then_refused(Reason::Forbidden, "publication.own_example", "example_id");
    const auto by_two = opened().done(compose).by(ombudsman).done(change_example);
    by_two.when(confirm).then_refused(Reason::Forbidden, "publication.own_example", "example_id");
    opened()
        .done(compose)
        .by(ombudsman)
        .done(change_example)
        .by(head_ombudsman)
        .when(confirm)
        .then_refused(Reason::Forbidden, "publication.own_example", "example_id");
    opened().done(compose).by(ombudsman).when(confirm).then_accepted();
    opened()
        .done(compose)
        .by(ombudsman)
        .done(change_example)
        .by(other_ombudsman)
        .when(confirm)
        .then_accepted();
}

TEST_CASE("an example that changes has to be confirmed anew", "[publication]") {
    const auto confirmed = opened().done(compose).by(ombudsman).done(confirm);
    CHECK(confirmed.state().examples.front().confirmed_by == ombudsman);
    confirmed.when(confirm).then_refused(Reason::WrongState, "publication.example_confirmed_already",
                                         "example_id");
    const auto after = opened().done(compose).by(ombudsman).done(confirm, change_example);
    CHECK(after.state().examples.front().confirmed_by.empty());
}

TEST_CASE("only an example that is there is changed, confirmed or taken out", "[publication]") {
    const auto none = opened();
    const auto out = opened().done(compose, compose, withdraw_example);
    auto other = withdraw_example;
    other.set_example_id("e7");
    opened().done(compose).when(other).then_refused(Reason::Invalid, "publication.example_unknown",
                                                    "example_id");
    for (const google::protobuf::Message* command :
         {static_cast<const google::protobuf::Message*>(&change_example),
          static_cast<const google::protobuf::Message*>(&confirm),
          static_cast<const google::protobuf::Message*>(&withdraw_example)}) {
        none.when(*command).then_refused(Reason::WrongState, "publication.no_example");
        out.when(*command).then_refused(Reason::WrongState, "publication.example_withdrawn", "example_id");
    }
}

// ---- proposals ----

TEST_CASE("a proposal has one addressee, a unit or a body", "[publication]") {
    auto proposal = to_unit;
    proposal.set_addressee_body("Aluehallitus");
    opened().when(proposal).then_refused(Reason::Invalid, "publication.one_addressee", "addressee_body");
    proposal.clear_addressee_body();
    proposal.clear_addressee_unit();
    opened().when(proposal).then_refused(Reason::Invalid, "publication.addressee_missing", "addressee_unit");
    opened()
        .done(to_unit)
        .when(changed(proposal))
        .then_refused(Reason::Invalid, "publication.addressee_missing", "proposal.addressee_unit");
    CHECK(opened().done(to_unit).when(to_body).then_one<ProposalAdded>().proposal_id() == "p2");
}

TEST_CASE("only a proposal that is there is changed or taken out", "[publication]") {
    opened().when(withdraw_proposal).then_refused(Reason::WrongState, "publication.no_proposal");
    const auto out = opened().done(to_unit, to_body, withdraw_proposal);
    out.when(withdraw_proposal)
        .then_refused(Reason::WrongState, "publication.proposal_withdrawn", "proposal_id");
    auto other = withdraw_proposal;
    other.set_proposal_id("p7");
    out.when(other).then_refused(Reason::Invalid, "publication.proposal_unknown", "proposal_id");
    CHECK(opened().done(to_unit, changed(to_body)).state().proposals.front().given.addressee_body() ==
          "Aluehallitus");
}

TEST_CASE("a proposal is answered and followed up from the signature on", "[publication]") {
    with_proposal().when(answer).then_refused(Reason::WrongState, "publication.not_signed");
    with_proposal().when(follow_up).then_refused(Reason::WrongState, "publication.not_signed");
    const auto sent = with_proposal().done(sign_it);
    CHECK(sent.when(answer).then_one<ProposalAnswered>().answered_on() == "2026-03-31");
    CHECK(sent.when(follow_up).then_one<ProposalFollowedUp>().followed_up_on() == "2026-03-31");
    const auto after = with_proposal().done(sign_it, answer, follow_up, noting, sending, publish_it, answer);
    const auto& proposal = after.state().proposals.front();
    CHECK(proposal.answer == "partly");
    REQUIRE(proposal.follow_ups.size() == 1);
    CHECK(proposal.follow_ups.front().progress == "under-way");
}

TEST_CASE("only a proposal of the signed report is answered", "[publication]") {
    signed_off().when(answer).then_refused(Reason::WrongState, "publication.no_proposal");
    auto other = answer;
    other.set_proposal_id("p7");
    with_proposal().done(sign_it).when(other).then_refused(Reason::Invalid, "publication.proposal_unknown",
                                                           "proposal_id");
    opened()
        .done(to_unit, to_body, withdraw_proposal, sign_it)
        .when(answer)
        .then_refused(Reason::WrongState, "publication.proposal_not_sent", "proposal_id");
}

TEST_CASE("a proposal that was answered does not change under the answer", "[publication]") {
    with_proposal()
        .done(sign_it, answer, take_back)
        .when(changed(to_body))
        .then_refused(Reason::WrongState, "publication.proposal_answered", "proposal_id");
    with_proposal().done(sign_it, answer, take_back).when(withdraw_proposal).then_accepted();
}

TEST_CASE("while a correction is written the addressee has the proposal as it was signed", "[publication]") {
    const auto correcting =
        with_proposal().done(sign_it, noting, sending, publish_it, correct, changed(to_body), to_unit);
    const auto& state = correcting.state();
    REQUIRE(publication::addressed(state, state.proposals[0]) != nullptr);
    CHECK(publication::addressed(state, state.proposals[0])->addressee_unit() == "sairaala");
    CHECK(publication::addressed(state, state.proposals[1]) == nullptr);
    correcting.when(answer).then_accepted();
    const publication::State again =
        with_proposal()
            .done(sign_it, noting, sending, publish_it, correct, changed(to_body), to_unit, sign_it)
            .state();
    CHECK(publication::addressed(again, again.proposals[0])->addressee_body() == "Aluehallitus");
    CHECK(publication::addressed(again, again.proposals[1]) != nullptr);
    const publication::State back = with_proposal()
                                        .done(sign_it, noting, sending, publish_it, correct, changed(to_body),
                                              to_unit, sign_it, take_back)
                                        .state();
    CHECK(publication::addressed(back, back.proposals[0])->addressee_unit() == "sairaala");
    CHECK(publication::addressed(back, back.proposals[1]) == nullptr);
}

// ---- signing ----

TEST_CASE("a signature fixes the position and the day of the edition", "[publication]") {
    const auto event = opened().when(sign_it).then_one<PublicationSigned>();
    CHECK(event.edition() == 1);
    CHECK(event.signed_on() == "2026-03-31");
    const auto signed_now = signed_off();
    const auto& edition = signed_now.state().editions.front();
    CHECK(edition.signed_position == 2);
    CHECK(edition.signed_by == head_ombudsman);
    CHECK(publication::signed_edition(signed_now.state()) == &edition);
    CHECK(publication::published(signed_now.state()) == nullptr);
}

TEST_CASE("the head of the ombudsmen signs in their area, a lawyer in the legal one", "[publication]") {
    opened().by(ombudsman).when(sign_it).then_refused(Reason::Forbidden,
                                                      "publication.the_head_ombudsman_signs");
    given<publication::State>().done(legal()).when(sign_it).then_accepted();
    given<publication::State>().by(registrar).done(legal()).when(sign_it).then_refused(
        Reason::Forbidden, "publication.a_lawyer_signs");
    signed_off().by(ombudsman).when(take_back).then_refused(Reason::Forbidden,
                                                            "publication.the_head_ombudsman_signs");
    opened().by("os-user").when(sign_it).then_accepted();
}

TEST_CASE("what is missing is told all at once, in the order of the report, and stops the signature",
          "[publication]") {
    auto causes = text_in("sv");
    causes.set_section("causes");
    auto half = compose;
    half.mutable_text()->clear_sv();
    auto untranslated = to_body;
    untranslated.mutable_text()->clear_fi();
    const auto lacking = opened().done(finnish, causes, half, untranslated);
    const std::vector<std::string> expected{
        "publication.text_missing", "publication.text_missing", "publication.example_untranslated",
        "publication.example_unconfirmed", "publication.proposal_untranslated"};
    const auto said = publication::missing(lacking.state(), people());
    CHECK(texts(said) == expected);
    CHECK(said.front().labels.at("section").en == "Causes");
    CHECK(said.front().labels.at("language").fi == "Suomi");
    CHECK(publication::missing(lacking.state()).front().args.at("section") == "causes");
    lacking.when(sign_it).then_refused(Reason::Invalid, "publication.text_missing", "texts");
    CHECK(lacking.when(sign_it).rejection().more.size() == 4);
    opened()
        .done(half, half, withdraw_example)
        .when(sign_it)
        .then_refused(Reason::Invalid, "publication.example_untranslated", "examples");
    opened().done(compose).when(sign_it).then_refused(Reason::Invalid, "publication.example_unconfirmed",
                                                      "examples");
    opened()
        .done(untranslated)
        .when(sign_it)
        .then_refused(Reason::Invalid, "publication.proposal_untranslated", "proposals");
}

TEST_CASE("what is whole, or taken out, does not stop the signature", "[publication]") {
    opened().done(finnish, swedish, compose, withdraw_example, to_unit).when(sign_it).then_accepted();
    opened().done(compose).by(ombudsman).done(confirm).by(head_ombudsman).when(sign_it).then_accepted();
}

TEST_CASE("a signed publication does not change until the signature is withdrawn", "[publication]") {
    for (const google::protobuf::Message* command : {static_cast<const google::protobuf::Message*>(&finnish),
                                                     static_cast<const google::protobuf::Message*>(&compose),
                                                     static_cast<const google::protobuf::Message*>(&to_unit),
                                                     static_cast<const google::protobuf::Message*>(&sign_it),
                                                     static_cast<const google::protobuf::Message*>(&abandon)})
        signed_off().when(*command).then_refused(Reason::WrongState, "publication.is_signed");
    const auto back = signed_off().done(take_back);
    back.when(finnish).then_accepted();
    CHECK(back.state().stage == Stage::Draft);
    CHECK(publication::signed_edition(back.state()) == nullptr);
    opened().when(take_back).then_refused(Reason::WrongState, "publication.not_signed");
}

// ---- the boards ----

TEST_CASE("the annual report is noted and sent for information before it is published", "[publication]") {
    signed_off().when(publish_it).then_refused(Reason::WrongState, "publication.noting_required");
    signed_off()
        .done(noting)
        .when(publish_it)
        .then_refused(Reason::WrongState, "publication.sending_required");
    const auto event =
        signed_off().done(statement, noting, sending, sending).when(publish_it).then_one<Published>();
    CHECK(event.edition() == 1);
    CHECK(event.published_on() == "2026-03-31");
}

TEST_CASE("what the boards did with a paper whose signature was withdrawn does not count for the next",
          "[publication]") {
    signed_off()
        .done(noting, sending, take_back, sign_it)
        .when(publish_it)
        .then_refused(Reason::WrongState, "publication.noting_required");
    CHECK(signed_off().done(noting, sending, take_back).state().steps.size() == 3);
}

TEST_CASE("the legal account is noted, and sent where that is wanted; a summary is published at once",
          "[publication]") {
    const auto account = given<publication::State>().done(legal(), sign_it);
    account.when(statement).then_refused(Reason::WrongState, "publication.no_such_step");
    account.when(publish_it).then_refused(Reason::WrongState, "publication.noting_required");
    account.when(sending).then_accepted();
    given<publication::State>().done(legal(), sign_it, noting).when(publish_it).then_accepted();
    const auto short_one = given<publication::State>().done(summary("legal"), sign_it);
    short_one.when(noting).then_refused(Reason::WrongState, "publication.no_such_step");
    short_one.when(sending).then_refused(Reason::WrongState, "publication.no_such_step");
    short_one.when(publish_it).then_accepted();
}

TEST_CASE("steps have days from the signature to today", "[publication]") {
    auto early = noting;
    early.set_noted_on("2026-03-30");
    signed_off().when(early).then_refused(Reason::Invalid, "publication.before_signature", "noted_on");
    auto late = sending;
    late.set_sent_on("2026-04-01");
    signed_off().when(late).then_refused(Reason::Invalid, "days.in_future", "sent_on");
    auto said = statement;
    said.set_given_on("2026-03-30");
    signed_off().when(said).then_refused(Reason::Invalid, "publication.before_signature", "given_on");
    opened().when(noting).then_refused(Reason::WrongState, "publication.not_signed");
    published().when(sending).then_accepted();  // another receiver, later
}

TEST_CASE("it is announced once it is published", "[publication]") {
    signed_off().when(announce).then_refused(Reason::WrongState, "publication.not_published");
    published().when(announce).then_accepted();
    auto early = announce;
    early.set_announced_on("2026-03-30");
    published().when(early).then_refused(Reason::Invalid, "publication.before_publishing", "announced_on");
    const publication::Step step = published().done(announce).state().steps.back();
    CHECK(step.what == "Announced");
    CHECK(step.body == "Verkkosivut");
    CHECK(step.edition == 1);
}

// ---- published, corrected, given up ----

TEST_CASE("what is published does not change", "[publication]") {
    for (const google::protobuf::Message* command :
         {static_cast<const google::protobuf::Message*>(&finnish),
          static_cast<const google::protobuf::Message*>(&take_back),
          static_cast<const google::protobuf::Message*>(&publish_it),
          static_cast<const google::protobuf::Message*>(&abandon)})
        published().when(*command).then_refused(Reason::WrongState, "publication.is_published");
}

TEST_CASE("a correction goes on from the words that were, and is only signed and published",
          "[publication]") {
    const auto whole = [] { return opened().done(finnish, swedish, sign_it, noting, sending, publish_it); };
    CHECK(whole().when(correct).then_one<CorrectionOpened>().edition() == 2);
    const auto correcting = whole().done(correct);
    CHECK(publication::text(correcting.state(), "services", "fi")->version == 1);
    CHECK(correcting.state().editions.back().what_changed.sv() == "Tabell 3.");
    CHECK(publication::published(correcting.state())->number == 1);
    correcting.when(text_in("fi", 1)).then_accepted();
    const auto again = whole().done(correct, sign_it, publish_it);
    CHECK(again.state().stage == Stage::Published);
    CHECK(publication::published(again.state())->number == 2);
    CHECK(again.state().editions.front().published_on == "2026-03-31");
}

TEST_CASE("only what is published is corrected, and the correction says in every language what changed",
          "[publication]") {
    opened().when(correct).then_refused(Reason::WrongState, "publication.not_signed");
    signed_off().when(correct).then_refused(Reason::WrongState, "publication.not_published");
    auto half = correct;
    half.mutable_what_changed()->clear_sv();
    published().when(half).then_refused(Reason::Invalid, "publication.words_in_every_language",
                                        "what_changed.sv");
    half.mutable_what_changed()->clear_fi();
    published().when(half).then_refused(Reason::Invalid, "publication.words_missing", "what_changed");
}

TEST_CASE("a draft is given up, of a correction only the correction", "[publication]") {
    const auto over = opened().done(abandon);
    CHECK(over.state().stage == Stage::Abandoned);
    over.when(finnish).then_refused(Reason::WrongState, "publication.is_abandoned");
    const auto still_there = published().done(correct, abandon);
    CHECK(still_there.state().stage == Stage::Published);
    CHECK(still_there.state().editions.size() == 1);
    CHECK(still_there.when(correct).then_one<CorrectionOpened>().edition() == 2);
}

// ---- files ----

TEST_CASE("files are taken once, of the signature that stands", "[publication]") {
    auto event = stored("internal", 2);
    event.set_code_version("first");
    auto second = event;
    second.set_code_version("second");
    const auto kept = signed_off().happened(event).happened(second);
    const auto& edition = kept.state().editions.front();
    REQUIRE(publication::files(edition, Level::Internal) != nullptr);
    CHECK(publication::files(edition, Level::Internal)->code_version() == "first");
    CHECK(publication::files(edition, Level::Public) == nullptr);
}

TEST_CASE("files of a signature that was withdrawn meanwhile are nobody's", "[publication]") {
    const auto late = signed_off().done(take_back).happened(stored("internal", 2));
    CHECK(late.state().editions.front().files.empty());
    const auto again = signed_off().done(take_back, sign_it).happened(stored("internal", 2));
    CHECK(again.state().editions.front().files.empty());
    const auto own = signed_off().done(take_back, sign_it).happened(stored("internal", 4));
    CHECK(own.state().editions.front().files.size() == 1);
    CHECK(
        signed_off().happened(stored("internal", 2)).done(take_back).state().editions.front().files.empty());
}

// ---- through the one door ----

TEST_CASE("a publication is no case: it has no work, no dates, and no scope of a case", "[publication]") {
    const auto state = initial(PUBLICATION);
    CHECK(work(state) == nullptr);
    CHECK(due_dates(state).empty());
    CHECK(scope(state).kind == PUBLICATION);
    CHECK(has_text(stage(state)));
    CHECK(has_text(next_step(state)));
    CHECK(possible_paths(state) == std::vector<std::string>{""});
}

TEST_CASE("the page of a publication offers what its stage takes", "[publication]") {
    const auto paths = [](const auto& now) {
        auto all = possible_paths(now.any());
        std::ranges::sort(all);
        return all;
    };
    CHECK(paths(opened()) == std::vector<std::string>{"abandon", "examples", "proposals", "sign", "texts"});
    CHECK(paths(opened().done(compose, to_unit)) ==
          std::vector<std::string>{"abandon", "change-example", "change-proposal", "confirm-example",
                                   "examples", "proposals", "sign", "texts", "withdraw-example",
                                   "withdraw-proposal"});
    CHECK(paths(with_proposal().done(sign_it)) ==
          std::vector<std::string>{"answer-proposal", "follow-up-proposal", "noting", "sendings",
                                   "statements", "withdraw-signature"});
    CHECK(paths(signed_off().done(noting, sending)) ==
          std::vector<std::string>{"noting", "publish", "sendings", "statements", "withdraw-signature"});
    CHECK(paths(published()) ==
          std::vector<std::string>{"announcements", "correct", "noting", "sendings", "statements"});
    CHECK(paths(opened().done(abandon)).empty());
}

TEST_CASE("the way of a publication tells what was done with the paper that is signed now", "[publication]") {
    const auto told = [](const auto& now, std::size_t edition = 0) {
        std::string line;
        const auto state = now.state();
        const auto& of = edition == 0 ? state.editions.back() : state.editions.at(edition - 1);
        for (const auto& step : publication::way(state, of)) {
            line += (line.empty() ? "" : " ") + std::string(step.taken ? "+" : "") + std::string(step.path) +
                    (step.need == publication::Need::Required ? "" : "?");
        }
        return line;
    };
    CHECK(told(opened()) == "sign statements? noting sendings publish announcements");
    CHECK(told(signed_off().done(noting, statement)) ==
          "+sign +statements? +noting sendings publish announcements");
    CHECK(told(signed_off().done(noting, take_back)) ==
          "sign statements? noting sendings publish announcements");
    CHECK(told(given<publication::State>().done(legal())) == "sign noting sendings? publish announcements");
    CHECK(told(given<publication::State>().done(summary("legal"))) == "sign publish announcements");
    // The boards have had the report that is corrected.
    CHECK(told(published().done(correct)) == "sign publish announcements");
    CHECK(told(published().done(correct, sign_it, take_back), 1) ==
          "+sign statements? +noting +sendings +publish announcements");
}

TEST_CASE("the stages of a publication have names", "[publication]") {
    CHECK(stage(opened().any()) == "publication.stage.draft");
    CHECK(stage(signed_off().any()) == "publication.stage.signed");
    CHECK(stage(published().any()) == "publication.stage.published");
    CHECK(stage(published().done(correct).any()) == "publication.stage.correcting");
    CHECK(stage(opened().done(abandon).any()) == "publication.stage.abandoned");
}

TEST_CASE("a command of another kind is none of a publication's", "[publication]") {
    const auto decided =
        publication::decide(opened().state(), Close(), {head_ombudsman, this_case, {}, {}, people(), ""});
    REQUIRE_FALSE(decided);
    CHECK(decided.error().text == "casework.of_another_kind");
}

TEST_CASE("the facts alone tell how far a publication came and who has to answer", "[publication]") {
    const auto whole = [] {
        return opened().done(finnish, swedish, compose, withdraw_example, to_unit, to_body, sign_it, noting,
                             sending, publish_it);
    };
    CHECK(publication::scope(whole().state()).addressed_units == std::vector<std::string>{"sairaala"});
    CHECK(publication::scope(whole().state()).addressed_to_body);
    CHECK(publication::scope(whole().state(), "p2").addressed_units.empty());
    CHECK_FALSE(publication::scope(whole().state(), "p1").addressed_to_body);
    CHECK(publication::scope(whole().state()).is_published);
    CHECK_FALSE(publication::scope(with_proposal().state()).is_signed);
    CHECK(publication::scope(with_proposal().state()).addressed_units.empty());
    CHECK(publication::scope(given<publication::State>().done(legal()).state()).area == Area::Legal);
}

TEST_CASE("any event, even an empty one, leaves the state of a publication whole", "[publication]") {
    auto* factory = google::protobuf::MessageFactory::generated_factory();
    for (auto state : {initial(PUBLICATION), opened().any(), published().any()}) {
        const auto* file = OpenPublication::descriptor()->file();
        for (int i = 0; i < file->message_type_count(); ++i)
            CHECK_NOTHROW(evolve(state, *factory->GetPrototype(file->message_type(i))));
        CHECK_NOTHROW(publication::scope(std::get<publication::State>(state)));
        CHECK(has_text(stage(state)));
    }
}

}  // namespace vastine::domain::testing
