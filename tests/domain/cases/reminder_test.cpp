#include "domain/cases/reminder.hpp"

#include "tests/domain/cases/given.hpp"

namespace vastine::domain::testing {

namespace {

using reminder::State;

RegisterReminder registration(const std::string& more = "", const std::string& opening = "") {
    return make<RegisterReminder>(R"(
        opening { arrived_on: "2026-03-02" channel: "letter" language: "fi" units: "osasto-3"
                  sectors: "health" cause: "care" maker: "client" )" +
                                  opening + "}" + more);
}
const auto acknowledge = make<AcknowledgeReminder>(R"(acknowledged_on: "2026-03-03" channel: "letter")");
CheckReminder check(const std::string& more = "") {
    return make<CheckReminder>(
        R"(checked_on: "2026-03-04" nature: "reminder" right_addressee: true complete: true )" + more);
}
const auto draft = make<DraftReply>(R"(text: "Hoito oli asianmukaista, koska ...")");
const auto approve = make<ReviewReply>("approved: true");
const auto sign = make<SignReply>(R"(signed_on: "2026-03-20"
        outcomes { matter_id: "m1" outcome: "not-founded" reasons: "Koska ..." })");
SendReply send(const std::string& role = "client", const std::string& more = "") {
    return make<SendReply>(R"(sent_on: "2026-03-23" channel: "letter" recipient: "Aino" recipient_role: ")" +
                           role + "\"" + more);
}
const auto close = make<Close>(R"(closed_on: "2026-03-25")");

auto registered() {
    return given<State>().done(registration());
}
auto drafted() {
    return registered().done(draft);
}
auto is_signed() {
    return drafted().done(sign);
}
auto answered() {
    return is_signed().done(send());
}
auto closed() {
    return answered().done(close);
}

// The county's defaults, but a lawyer's approval is wanted.
const Reference& with_legal_review() {
    static const Reference reference = [] {
        Reference reviewed = made_organisation();
        PolicySet event;
        event.mutable_given()->CopyFrom(
            organisation().policy("reminder.answer", *parse_date("2026-03-02"))->given);
        event.mutable_given()->set_legal_review(true);
        event.set_version(2);
        reviewed.apply(event);
        return reviewed;
    }();
    return reference;
}

}  // namespace

// ---- registering ----

TEST_CASE("a registered reminder gets its due date from the policy of its day of arrival", "[reminder]") {
    const auto event = given<State>().when(registration()).then_one<ReminderRegistered>();
    CHECK(event.due().due_by() == "2026-03-30");
    CHECK(event.due().policy() == "reminder.answer");
    CHECK(event.due().policy_version() == 1);
}

TEST_CASE("a complaint is not given on by an authority that has not begun", "[reminder]") {
    auto early = registration(R"(transferred_from: "lvv" authority_diary_number: "LVV/1")");
    early.mutable_opening()->set_arrived_on("2025-12-31");
    given<State>().when(early).then_refused(Reason::Invalid, "casework.authority_not_yet",
                                            "transferred_from");
}

TEST_CASE("a registered reminder keeps coarse facts for the time when its key is gone", "[reminder]") {
    const auto coarse = given<State>().when(registration()).then_one<ReminderRegistered>().coarse();
    CHECK(coarse.month() == "2026-03");
    CHECK(coarse.department() == "sairaala");
    CHECK(coarse.language_group() == "fi");
    CHECK(coarse.code_version() == organisation().code_version(*parse_date("2026-03-02")));
}

TEST_CASE("a language beyond Finnish and Swedish is coarsely other, and one not said is none", "[reminder]") {
    auto command = registration();
    command.mutable_opening()->set_language("ar");
    CHECK(given<State>().when(command).then_one<ReminderRegistered>().coarse().language_group() == "other");
    command.mutable_opening()->clear_language();
    CHECK(given<State>().when(command).then_one<ReminderRegistered>().coarse().language_group().empty());
}

TEST_CASE("a reminder without a diary number gets the next one, and keeps one that is said", "[reminder]") {
    CHECK(
        given<State>().when(registration()).then_one<ReminderRegistered>().given().opening().diary_number() ==
        "HEL 2026-000123");
    CHECK(given<State>()
              .when(registration("", R"(diary_number: "HEL 2026-7")"))
              .then_one<ReminderRegistered>()
              .given()
              .opening()
              .diary_number() == "HEL 2026-7");
}

TEST_CASE("a reminder cannot arrive in the future", "[reminder]") {
    given<State>()
        .on("2026-03-01")
        .when(registration())
        .then_refused(Reason::Invalid, "days.in_future", "opening.arrived_on");
}

TEST_CASE("a reminder that arrives today can be registered today", "[reminder]") {
    given<State>().on("2026-03-02").when(registration()).then_accepted();
}

TEST_CASE("a reminder taken orally tells the special reason", "[reminder]") {
    given<State>()
        .when(registration("oral: true"))
        .then_refused(Reason::Invalid, "reminder.oral_reason_missing", "oral_reason");
    given<State>().when(registration(R"(oral: true oral_reason: "Ei osaa kirjoittaa")")).then_accepted();
}

TEST_CASE("a mandate names the document that proves it", "[reminder]") {
    given<State>()
        .when(registration("", R"(standing { ground: "mandate" })"))
        .then_refused(Reason::Invalid, "reminder.mandate_missing", "opening.standing.mandate");
    registered()
        .when(check(R"(standing { ground: "mandate" })"))
        .then_refused(Reason::Invalid, "reminder.mandate_missing", "standing.mandate");
}

TEST_CASE("a reminder that no policy gives a date is refused, for nothing would remind of it", "[reminder]") {
    given<State>()
        .with([]() -> const Reference& {
            static const Reference bare = [] {
                Reference reference;
                for (const auto& command : default_reference_commands())
                    if (const auto* codes = dynamic_cast<const PublishCodeSet*>(command.get())) {
                        CodeSetPublished event;
                        *event.mutable_given() = *codes;
                        event.set_version(1);
                        reference.apply(event);
                    }
                add_unit(reference, "osasto-3", "", "2000-01-01");
                return reference;
            }();
            return bare;
        }())
        .when(registration())
        .then_refused(Reason::Invalid, "casework.no_policy");
}

TEST_CASE("a reminder is registered once", "[reminder]") {
    registered().when(registration()).then_refused(Reason::WrongState, "casework.opened_already");
}

TEST_CASE("nothing is done on a reminder that was never registered", "[reminder]") {
    given<State>().when(acknowledge).then_refused(Reason::NotFound, "casework.not_opened");
}

TEST_CASE("a reminder takes no command of another kind", "[reminder]") {
    registered()
        .when(make<ConfirmReceipt>(R"(confirmed_on: "2026-03-03" channel: "letter")"))
        .then_refused(Reason::Invalid, "casework.of_another_kind");
}

// ---- acknowledging, checking, completing ----

TEST_CASE("a reminder is acknowledged once", "[reminder]") {
    ReminderAcknowledged event;
    *event.mutable_given() = acknowledge;
    registered().when(acknowledge).then(event);
    registered()
        .done(acknowledge)
        .when(acknowledge)
        .then_refused(Reason::WrongState, "reminder.acknowledged_already");
}

TEST_CASE("nothing is done before a reminder has arrived, nor in the future", "[reminder]") {
    registered()
        .when(make<AcknowledgeReminder>(R"(acknowledged_on: "2026-03-01" channel: "letter")"))
        .then_refused(Reason::Invalid, "days.before_arrival", "acknowledged_on");
    registered()
        .when(make<AcknowledgeReminder>(R"(acknowledged_on: "2026-04-01" channel: "letter")"))
        .then_refused(Reason::Invalid, "days.in_future", "acknowledged_on");
    registered()
        .when(make<CheckReminder>(R"(checked_on: "2026-03-01" nature: "reminder")"))
        .then_refused(Reason::Invalid, "days.before_arrival", "checked_on");
}

TEST_CASE("a check may be made again while the reply has not gone out", "[reminder]") {
    const auto state = registered()
                           .done(check(R"(standing { ground: "none" })"),
                                 check(R"(standing { ground: "mandate" mandate: "Valtakirja 3.3." })"))
                           .state();
    CHECK(state.standing.code == "mandate");
    answered().when(check()).then_refused(Reason::WrongState, "reminder.answered_already");
}

TEST_CASE("completion is asked for one thing at a time and received when it was asked", "[reminder]") {
    const auto ask = make<AskCompletion>(R"(asked_on: "2026-03-05" due_by: "2026-03-12" what: "Valtakirja")");
    const auto receive = make<ReceiveCompletion>(R"(received_on: "2026-03-10")");
    registered().when(receive).then_refused(Reason::WrongState, "reminder.no_completion_asked");
    registered().done(ask).when(ask).then_refused(Reason::WrongState, "reminder.completion_asked_already");
    registered()
        .when(make<AskCompletion>(R"(asked_on: "2026-03-05" due_by: "2026-03-04" what: "Valtakirja")"))
        .then_refused(Reason::Invalid, "casework.due_before_asking", "due_by");
    registered()
        .done(ask)
        .when(make<ReceiveCompletion>(R"(received_on: "2026-03-04")"))
        .then_refused(Reason::Invalid, "casework.before_asking", "received_on");
    registered()
        .done(ask, receive)
        .when(receive)
        .then_refused(Reason::WrongState, "reminder.no_completion_asked");
    registered().done(ask, receive).when(ask).then_accepted();
}

TEST_CASE("advice on the right route is given before and after the reply", "[reminder]") {
    const auto advise = make<GiveReferralAdvice>(R"(route: "patient-injury" given_on: "2026-03-25")");
    registered().when(advise).then_accepted();
    answered().when(advise).then_accepted();
    registered()
        .when(make<GiveReferralAdvice>(R"(route: "tort" given_on: "2026-03-01")"))
        .then_refused(Reason::Invalid, "days.before_arrival", "given_on");
}

// ---- extending ----

TEST_CASE("an extension gives a later date, tells the client, and counts its days", "[reminder]") {
    const auto extend = make<ExtendReminder>(
        R"(due_by: "2026-04-13" reason: "Lausunto viipyy" client_told_on: "2026-03-27")");
    CHECK(registered().when(extend).then_one<ReminderExtended>().days() == 14);
    const auto due = *registered().done(extend).state().work.due;
    CHECK(due.due_by() == "2026-04-13");
    CHECK(due.warn_on() == "2026-04-06");
    CHECK(due.policy() == "reminder.answer");
}

TEST_CASE("an extension does not move the mark that says how long the client has waited", "[reminder]") {
    const auto extend = make<ExtendReminder>(
        R"(due_by: "2026-04-13" reason: "Lausunto viipyy" client_told_on: "2026-03-27")");
    CHECK(registered().done(extend).state().work.due->critical_on() ==
          registered().state().work.due->critical_on());
}

TEST_CASE("an extension is later than the present due date and than the day the client was told",
          "[reminder]") {
    registered()
        .when(make<ExtendReminder>(R"(due_by: "2026-03-30" reason: "Syy" client_told_on: "2026-03-27")"))
        .then_refused(Reason::Invalid, "reminder.extension_not_later", "due_by");
    registered()
        .on("2026-04-20")
        .when(make<ExtendReminder>(R"(due_by: "2026-04-10" reason: "Syy" client_told_on: "2026-04-10")"))
        .then_refused(Reason::Invalid, "reminder.extension_over_when_told", "due_by");
}

TEST_CASE("an extension whose client has not been told is refused", "[reminder]") {
    registered()
        .when(make<ExtendReminder>(R"(due_by: "2026-04-13" reason: "Syy")"))
        .then_refused(Reason::Invalid, "field.required", "client_told_on");
    registered()
        .when(make<ExtendReminder>(R"(due_by: "2026-04-13" reason: "Syy" client_told_on: "2026-04-02")"))
        .then_refused(Reason::Invalid, "days.in_future", "client_told_on");
}

// ---- draft, review, signature ----

TEST_CASE("a reply is signed when it is drafted, and where the policy wants it, approved", "[reminder]") {
    registered().when(sign).then_refused(Reason::WrongState, "reminder.no_draft_yet");
    drafted().when(sign).then_accepted();
    CHECK_FALSE(registered().when(draft).then_one<ReplyDrafted>().review_needed());

    const auto reviewed = [] { return given<State>().with(with_legal_review()).done(registration(), draft); };
    CHECK(given<State>()
              .with(with_legal_review())
              .done(registration())
              .when(draft)
              .then_one<ReplyDrafted>()
              .review_needed());
    reviewed().when(sign).then_refused(Reason::WrongState, "reminder.review_missing");
    reviewed().done(approve).when(sign).then_accepted();
}

TEST_CASE("a changed draft needs its review anew", "[reminder]") {
    given<State>()
        .with(with_legal_review())
        .done(registration(), draft, approve, draft)
        .when(sign)
        .then_refused(Reason::WrongState, "reminder.review_missing");
}

TEST_CASE("a new draft takes the signature away from the old one", "[reminder]") {
    is_signed().done(draft).when(send()).then_refused(Reason::WrongState, "reminder.not_signed_yet");
}

TEST_CASE("a returned draft says why and is drafted again before it is signed", "[reminder]") {
    drafted()
        .when(make<ReviewReply>("approved: false"))
        .then_refused(Reason::Invalid, "reminder.comments_missing", "comments");
    const auto give_back = make<ReviewReply>(R"(approved: false comments: "Perustelut puuttuvat")");
    drafted().done(give_back).when(sign).then_refused(Reason::WrongState, "reminder.draft_was_returned");
    drafted().done(give_back, draft).when(sign).then_accepted();
}

TEST_CASE("a draft is reviewed once", "[reminder]") {
    registered().when(approve).then_refused(Reason::WrongState, "reminder.no_draft_yet");
    drafted().done(approve).when(approve).then_refused(Reason::WrongState, "reminder.reviewed_already");
    is_signed().when(approve).then_refused(Reason::WrongState, "reminder.signed_already");
}

TEST_CASE("a reply is not signed before the reminder arrived", "[reminder]") {
    drafted()
        .when(make<SignReply>(R"(signed_on: "2026-03-01"
                outcomes { matter_id: "m1" outcome: "partly" reasons: "Koska" })"))
        .then_refused(Reason::Invalid, "days.before_arrival", "signed_on");
}

TEST_CASE("a reminder without matters has one, implied by its opening", "[reminder]") {
    CHECK(registered().state().work.matters == 1);
    drafted().when(sign).then_accepted();
}

TEST_CASE("every matter gets its outcome exactly once", "[reminder]") {
    const auto two_matters =
        registration("", R"(matters { unit: "osasto-3" cause: "care" description: "Hoito" }
                                                 matters { unit: "terveysasema" cause: "access" })");
    const auto signing = [](const std::string& first, const std::string& second) {
        return make<SignReply>(R"(signed_on: "2026-03-20"
            outcomes { matter_id: ")" +
                               first + R"(" outcome: "partly" reasons: "Koska" }
            outcomes { matter_id: ")" +
                               second + R"(" outcome: "well-founded" reasons: "Koska" })");
    };
    const auto ready = [&] { return given<State>().done(two_matters, draft); };
    ready().when(sign).then_refused(Reason::Invalid, "reminder.outcome_missing", "outcomes");
    ready()
        .when(signing("m1", "m1"))
        .then_refused(Reason::Invalid, "reminder.outcome_twice", "outcomes[1].matter_id");
    ready()
        .when(signing("m1", "m3"))
        .then_refused(Reason::NotFound, "casework.no_such_matter", "outcomes[1].matter_id");
    ready().when(signing("m2", "m1")).then_accepted();
    drafted()
        .when(make<SignReply>(R"(signed_on: "2026-03-20")"))
        .then_refused(Reason::Invalid, "reminder.outcome_missing", "outcomes");
}

TEST_CASE("an outcome without its reasons is refused", "[reminder]") {
    drafted()
        .when(make<SignReply>(R"(signed_on: "2026-03-20" outcomes { matter_id: "m1" outcome: "partly" })"))
        .then_refused(Reason::Invalid, "field.required", "outcomes[0].reasons");
}

TEST_CASE("a reminder of several units has one answer, and all its units in its scope", "[reminder]") {
    const auto state = given<State>()
                           .done(registration("", R"(units: "terveysasema" matters { unit: "sairaala" })"))
                           .state();
    CHECK(casework::scope(state.work).units ==
          std::vector<std::string>{"osasto-3", "terveysasema", "sairaala"});
}

// ---- sending ----

TEST_CASE("a reply is sent when it is signed", "[reminder]") {
    registered().when(send()).then_refused(Reason::WrongState, "reminder.no_draft_yet");
    drafted().when(send()).then_refused(Reason::WrongState, "reminder.not_signed_yet");
    is_signed()
        .when(make<SendReply>(
            R"(sent_on: "2026-03-19" channel: "letter" recipient: "A" recipient_role: "client")"))
        .then_refused(Reason::Invalid, "reminder.sent_before_signed", "sent_on");
}

TEST_CASE("sending tells the days waited from arrival and whether the due date was kept", "[reminder]") {
    const auto event = is_signed().when(send()).then_one<ReplySent>();
    CHECK(event.facts().days() == 21);
    CHECK(event.facts().kept());
    CHECK(event.facts().month() == "2026-03");
    REQUIRE(event.outcomes_size() == 1);
    CHECK(event.outcomes(0).outcome() == "not-founded");
    CHECK(event.outcomes(0).reasons().empty());
}

TEST_CASE("a reply on the due date is in time and one the day after is late", "[reminder]") {
    const auto sent_on = [](const std::string& day) {
        return is_signed()
            .on("2026-04-30")
            .when(make<SendReply>("sent_on: \"" + day +
                                  R"(" channel: "letter" recipient: "A" recipient_role: "client")"))
            .then_one<ReplySent>()
            .facts()
            .kept();
    };
    CHECK(sent_on("2026-03-30"));
    CHECK_FALSE(sent_on("2026-03-31"));
}

TEST_CASE("a reminder is answered once", "[reminder]") {
    answered().when(send()).then_refused(Reason::WrongState, "reminder.answered_already");
    answered().when(draft).then_refused(Reason::WrongState, "reminder.answered_already");
    answered().when(sign).then_refused(Reason::WrongState, "reminder.answered_already");
}

TEST_CASE("the document that is sent is one of the case's", "[reminder]") {
    is_signed()
        .when(send("client", R"( document_id: "d1")"))
        .then_refused(Reason::NotFound, "casework.no_such_document", "document_id");
    is_signed()
        .done(make<EnterDocument>(
            R"(direction: "outgoing" dated_on: "2026-03-20" title: "Vastaus" party: "Osasto 3")"))
        .when(send("client", R"( document_id: "d1")"))
        .then_accepted();
}

// ---- who may be told what ----

namespace {

auto signed_with(const std::string& maker, const std::string& standing, const std::string& client = "") {
    auto command = registration("", "standing { " + standing + " } client { " + client + " }");
    command.mutable_opening()->set_maker(maker);
    return given<State>().done(command, draft, sign);
}

}  // namespace

TEST_CASE("a reply to the client never depends on who else may act", "[reminder]") {
    signed_with("other", "").when(send("client")).then_accepted();
    signed_with("other", R"(ground: "none")").when(send("client")).then_accepted();
}

TEST_CASE("without standing not even being a client is revealed to the maker", "[reminder]") {
    signed_with("relative", R"(ground: "none")")
        .when(send("maker"))
        .then_refused(Reason::Invalid, "reminder.standing_none", "recipient_role");
}

TEST_CASE("a maker whose standing was never checked gets no reply", "[reminder]") {
    signed_with("relative", "")
        .when(send("maker"))
        .then_refused(Reason::Invalid, "reminder.standing_unknown", "recipient_role");
}

TEST_CASE("a client who makes the reminder acts alone", "[reminder]") {
    signed_with("client", "").when(send("maker")).then_accepted();
    signed_with("client", "")
        .when(send("guardian"))
        .then_refused(Reason::Invalid, "reminder.client_acts_alone", "recipient_role");
}

TEST_CASE("a legal representative, and a close person where the client cannot, get the reply", "[reminder]") {
    signed_with("guardian", R"(ground: "legal-representative")").when(send("representative")).then_accepted();
    signed_with("relative", R"(ground: "close-person")").when(send("maker")).then_accepted();
}

TEST_CASE("a mandate reveals while it is in force, its last day included", "[reminder]") {
    const auto until = [](const std::string& day) {
        return signed_with("relative", R"(ground: "mandate" mandate: "Valtakirja" ends_on: ")" + day + "\"")
            .when(send("maker"));
    };
    until("2026-03-23").then_accepted();
    until("2026-03-22").then_refused(Reason::Invalid, "reminder.mandate_has_ended", "recipient_role");
}

TEST_CASE("a check that finds a mandate opens the reply to the maker", "[reminder]") {
    signed_with("relative", R"(ground: "none")")
        .done(check(R"(standing { ground: "mandate" mandate: "Valtakirja" })"))
        .when(send("maker"))
        .then_accepted();
}

TEST_CASE("what a minor has banned is left out of the reply to the guardian", "[reminder]") {
    const auto minor = [] {
        return signed_with("guardian", R"(ground: "legal-representative")", "disclosure_banned: true");
    };
    minor()
        .when(send("guardian"))
        .then_refused(Reason::NeedsConfirmation, "casework.minor_has_banned_disclosure",
                      "banned_parts_left_out");
    minor().when(send("guardian", " banned_parts_left_out: true")).then_accepted();
    minor()
        .when(send("maker"))
        .then_refused(Reason::NeedsConfirmation, "casework.minor_has_banned_disclosure",
                      "banned_parts_left_out");
    minor().when(send("client")).then_accepted();
}

TEST_CASE("a reply goes to nobody else: an authority gets a copy, a unit a notice", "[reminder]") {
    for (const auto* role : {"authority", "unit", "other"})
        is_signed()
            .when(send(role))
            .then_refused(Reason::Invalid, "reminder.reply_goes_to_the_maker", "recipient_role");
}

// ---- the transferring authority ----

namespace {

const auto from_agency = [] {
    return registration(R"(transferred_from: "avi-esavi" authority_diary_number: "1")");
};
const auto copy_to = [](const std::string& authority) {
    return make<CopyToAuthority>("sent_on: \"2026-03-24\" authority: \"" + authority + "\"");
};
auto answered_for_agency() {
    return given<State>().done(from_agency(), draft, sign, send());
}

}  // namespace

TEST_CASE("a reminder that an authority transferred is closed when the authority has its copy",
          "[reminder]") {
    answered_for_agency().when(close).then_refused(Reason::WrongState, "reminder.close_waits_for_copy");
    answered_for_agency().done(copy_to("lvv")).when(close).then_accepted();
}

TEST_CASE("the copy goes to the transferring authority or to its successor in office", "[reminder]") {
    answered_for_agency()
        .when(copy_to("eoa"))
        .then_refused(Reason::Invalid, "reminder.copied_to_another_authority", "authority");
    answered_for_agency()
        .when(copy_to("avi-esavi"))
        .then_refused(Reason::Invalid, "casework.authority_has_a_successor", "authority");
}

TEST_CASE("the copy is sent once, after the reply", "[reminder]") {
    given<State>()
        .done(from_agency())
        .when(copy_to("lvv"))
        .then_refused(Reason::WrongState, "reminder.no_draft_yet");
    answered_for_agency()
        .done(copy_to("lvv"))
        .when(copy_to("lvv"))
        .then_refused(Reason::WrongState, "reminder.copied_already");
    answered_for_agency()
        .when(make<CopyToAuthority>(R"(sent_on: "2026-03-22" authority: "lvv")"))
        .then_refused(Reason::Invalid, "reminder.copied_before_sent", "sent_on");
}

TEST_CASE("a reminder of its own has no authority to copy to", "[reminder]") {
    answered().when(copy_to("lvv")).then_refused(Reason::WrongState, "reminder.no_authority_to_copy_to");
}

// ---- how it came, corrected ----

namespace {

CorrectReminder particulars(const std::string& more = "") {
    return make<CorrectReminder>(R"(reason: "Kirjausvirhe" )" + more);
}
const std::string from_regional_agency = R"(transferred_from: "avi-lsavi" authority_diary_number: "2")";

}  // namespace

TEST_CASE("a reminder found to be transferred by an authority owes it a copy", "[reminder]") {
    const auto corrected = [] { return answered().done(particulars(from_regional_agency)); };
    CHECK(corrected().state().transferred_from == "avi-lsavi");
    CHECK(domain::next_step(corrected().any()) == "next.copy-to-authority");
    corrected().when(close).then_refused(Reason::WrongState, "reminder.close_waits_for_copy");
    corrected().done(copy_to("lvv")).when(close).then_accepted();
}

TEST_CASE("a reminder that no authority transferred after all owes no copy", "[reminder]") {
    answered_for_agency().done(particulars()).when(close).then_accepted();
}

TEST_CASE("a copy already sent counts when the corrected authority or its successor got it", "[reminder]") {
    const auto copied = [] { return answered_for_agency().done(copy_to("lvv")); };
    CHECK(copied().when(particulars(from_regional_agency)).then_one<ReminderCorrected>().copied());
    copied().done(particulars(from_regional_agency)).when(close).then_accepted();
    const auto to_the_ombudsman = particulars(R"(transferred_from: "eoa")");
    CHECK_FALSE(copied().when(to_the_ombudsman).then_one<ReminderCorrected>().copied());
    copied()
        .done(to_the_ombudsman)
        .when(close)
        .then_refused(Reason::WrongState, "reminder.close_waits_for_copy");
}

TEST_CASE("a copy that a correction finds owed is sent from a closed reminder too", "[reminder]") {
    const auto corrected = [] { return closed().done(particulars(from_regional_agency)); };
    CHECK(domain::next_step(closed().any()) == "next.nothing");
    CHECK(domain::next_step(corrected().any()) == "next.copy-to-authority");
    corrected().when(copy_to("lvv")).then_accepted();
    CHECK(domain::next_step(corrected().done(copy_to("lvv")).any()) == "next.nothing");
}

TEST_CASE("corrected or registered, what was oral has its reason and a number has its authority",
          "[reminder]") {
    registered()
        .when(particulars("oral: true"))
        .then_refused(Reason::Invalid, "reminder.oral_reason_missing", "oral_reason");
    registered().when(particulars(R"(oral: true oral_reason: "Ei osaa kirjoittaa")")).then_accepted();
    registered()
        .when(particulars(R"(authority_diary_number: "2")"))
        .then_refused(Reason::Invalid, "reminder.number_without_authority", "transferred_from");
    given<State>()
        .when(registration(R"(authority_diary_number: "2")"))
        .then_refused(Reason::Invalid, "reminder.number_without_authority", "transferred_from");
}

TEST_CASE("a reminder is corrected to an authority that had begun when it came", "[reminder]") {
    auto old = registration();
    old.mutable_opening()->set_arrived_on("2025-12-30");
    given<State>()
        .done(old)
        .when(particulars(R"(transferred_from: "lvv")"))
        .then_refused(Reason::Invalid, "casework.authority_not_yet", "transferred_from");
}

// ---- ends ----

TEST_CASE("a reminder is closed when it is answered", "[reminder]") {
    registered().when(close).then_refused(Reason::WrongState, "reminder.close_before_answer");
    is_signed().when(close).then_refused(Reason::WrongState, "reminder.close_before_answer");
    CHECK(answered().when(close).then_one<Closed>().month() == "2026-03");
}

TEST_CASE("an answered reminder is not withdrawn, transferred or merged, but closed", "[reminder]") {
    answered()
        .when(make<Withdraw>(R"(withdrawn_on: "2026-03-25")"))
        .then_refused(Reason::WrongState, "reminder.answered_so_close");
    answered()
        .when(make<Transfer>(R"(to: "HUS" transferred_on: "2026-03-25" sender_told_on: "2026-03-25")"))
        .then_refused(Reason::WrongState, "reminder.answered_so_close");
    answered()
        .when(make<Merge>(std::string("into: \"") + other_case + "\""))
        .then_refused(Reason::WrongState, "reminder.answered_so_close");
}

TEST_CASE("no statement is asked for a reply that has gone out", "[reminder]") {
    answered()
        .when(make<RequestStatement>(R"(unit: "osasto-3" asked_on: "2026-03-25")"))
        .then_refused(Reason::WrongState, "reminder.answered_already");
}

TEST_CASE("a reminder reopened on new facts gets a new due date and one more answer", "[reminder]") {
    const auto again = make<Reopen>(R"(reopened_on: "2026-04-01" new_facts: "Uusi lausunto")");
    const auto event = closed().on("2026-04-30").when(again).then_one<Reopened>();
    CHECK(event.due().due_by() == "2026-04-29");
    CHECK(event.due().policy() == "reminder.answer");
    CHECK(event.month() == "2026-04");

    const auto sent = closed()
                          .on("2026-04-30")
                          .done(again, draft, make<SignReply>(R"(signed_on: "2026-04-08"
                              outcomes { matter_id: "m1" outcome: "partly" reasons: "Koska" })"))
                          .when(make<SendReply>(R"(sent_on: "2026-04-08" channel: "letter" recipient: "A"
                              recipient_role: "client")"))
                          .then_one<ReplySent>();
    CHECK(sent.facts().days() == 7);
    CHECK(sent.facts().kept());
}

TEST_CASE("a reopened reminder keeps its first answer among its dates", "[reminder]") {
    const auto items =
        domain::due_dates(closed()
                              .on("2026-04-30")
                              .done(make<Reopen>(R"(reopened_on: "2026-04-01" new_facts: "Uutta")"))
                              .any());
    REQUIRE(items.size() == 2);
    CHECK(items[0].met);
    CHECK(items[0].met_on == "2026-03-23");
    CHECK_FALSE(items[1].met);
    CHECK(items[1].due.due_by() == "2026-04-29");
}

TEST_CASE("a reminder's due date is the policy's, not a clerk's", "[reminder]") {
    closed()
        .when(make<Reopen>(R"(reopened_on: "2026-03-30" new_facts: "Uutta" due_by: "2026-05-01")"))
        .then_refused(Reason::Invalid, "reminder.due_is_by_policy", "due_by");
    CorrectOpening correction;
    *correction.mutable_opening() = registration().opening();
    correction.set_reason("Kirjausvirhe");
    correction.set_due_by("2026-05-01");
    registered().when(correction).then_refused(Reason::Invalid, "reminder.due_is_by_policy", "due_by");
}

// ---- correcting ----

namespace {

CorrectOpening corrected_to(const std::string& arrived_on) {
    CorrectOpening correction;
    *correction.mutable_opening() = registration().opening();
    correction.mutable_opening()->set_arrived_on(arrived_on);
    correction.set_reason("Saapumisleima oli toinen");
    return correction;
}

}  // namespace

TEST_CASE("a corrected day of arrival moves the due date and the coarse facts with it", "[reminder]") {
    const auto event = registered().when(corrected_to("2026-02-25")).then_one<OpeningCorrected>();
    CHECK(event.due().due_by() == "2026-03-25");
    CHECK(event.coarse().month() == "2026-02");
    CHECK(event.given().opening().diary_number() == "HEL 2026-000123");
}

TEST_CASE("a correction leaves an extension that the client was told of", "[reminder]") {
    const auto extend =
        make<ExtendReminder>(R"(due_by: "2026-04-13" reason: "Syy" client_told_on: "2026-03-27")");
    CHECK(registered()
              .done(extend)
              .when(corrected_to("2026-02-25"))
              .then_one<OpeningCorrected>()
              .due()
              .due_by() == "2026-04-13");
}

TEST_CASE("a corrected arrival is not after something already done", "[reminder]") {
    registered()
        .done(acknowledge)
        .when(corrected_to("2026-03-05"))
        .then_refused(Reason::Invalid, "casework.arrival_after_a_step", "opening.arrived_on");
}

TEST_CASE("the opening of a closed reminder can be corrected, for the right to it does not end",
          "[reminder]") {
    closed().when(corrected_to("2026-02-27")).then_accepted();
}

TEST_CASE("a correction keeps the standing that a check found", "[reminder]") {
    CHECK(registered()
              .done(check(R"(standing { ground: "none" })"), corrected_to("2026-03-01"))
              .state()
              .standing.code == "none");
}

// ---- what is shown ----

TEST_CASE("a reminder says where it is and what comes next", "[reminder]") {
    const auto ask_completion =
        make<AskCompletion>(R"(asked_on: "2026-03-05" due_by: "2026-03-12" what: "Valtakirja")");
    const auto ask = make<RequestStatement>(R"(unit: "osasto-3" asked_on: "2026-03-05")");
    const auto came = make<ReceiveStatement>(R"(statement_id: "s1" received_on: "2026-03-12")");
    const auto assign = make<Assign>(std::string("handler: \"") + lawyer + "\"");
    const auto shows = [](const auto& so_far, std::string_view where, std::string_view next) {
        CHECK(domain::stage(so_far.any()) == where);
        CHECK(domain::next_step(so_far.any()) == next);
        CHECK(has_text(domain::stage(so_far.any())));
        CHECK(has_text(domain::next_step(so_far.any())));
    };
    shows(registered(), "stage.registered", "next.acknowledge");
    shows(registered().done(acknowledge), "stage.acknowledged", "next.check");
    shows(registered().done(acknowledge, check()), "stage.checked", "next.assign");
    shows(registered().done(acknowledge, check(), ask_completion), "stage.completion-asked",
          "next.await-completion");
    shows(registered().done(acknowledge, check(), assign), "stage.assigned", "next.ask-statement");
    shows(registered().done(acknowledge, check(), assign, ask), "stage.statement-asked",
          "next.await-statement");
    shows(registered().done(acknowledge, check(), assign, ask, came), "stage.statements-received",
          "next.draft");
    shows(drafted(), "stage.drafted", "next.sign");
    shows(given<State>().with(with_legal_review()).done(registration(), draft), "stage.drafted",
          "next.review");
    shows(drafted().done(approve), "stage.reviewed", "next.sign");
    shows(drafted().done(make<ReviewReply>(R"(comments: "Lisää perusteet")")), "stage.returned",
          "next.redraft");
    shows(is_signed(), "stage.signed", "next.send");
    shows(answered(), "stage.answered", "next.close");
    shows(answered_for_agency(), "stage.answered", "next.copy-to-authority");
    shows(closed(), "stage.closed", "next.nothing");
    shows(closed().done(make<Reopen>(R"(reopened_on: "2026-03-30" new_facts: "Uutta")")), "stage.reopened",
          "next.acknowledge");
}

TEST_CASE("a check that finds the reminder to be something else says what to do", "[reminder]") {
    const auto after_check = [](const std::string& found) {
        const auto so_far =
            registered().done(acknowledge, make<CheckReminder>(R"(checked_on: "2026-03-04" )" + found));
        return std::string(domain::next_step(so_far.any()));
    };
    CHECK(after_check(R"(nature: "reminder" complete: true)") == "next.transfer");
    CHECK(after_check(R"(nature: "injury-claim" right_addressee: true complete: true)") ==
          "next.referral-advice");
    CHECK(after_check(R"(nature: "reminder" right_addressee: true)") == "next.ask-completion");
}

TEST_CASE("the due dates of a reminder are its answer, its completion and whatever else waits",
          "[reminder]") {
    const auto items = domain::due_dates(
        registered()
            .done(make<AskCompletion>(R"(asked_on: "2026-03-05" due_by: "2026-03-12" what: "Valtakirja")"),
                  make<RequestStatement>(R"(unit: "osasto-3" asked_on: "2026-03-05")"))
            .any());
    REQUIRE(items.size() == 3);
    CHECK(items[0].what == "answer");
    CHECK(items[0].due.due_by() == "2026-03-30");
    CHECK(items[1].what == "statement");
    CHECK(items[1].id == "s1");
    CHECK(items[1].due.due_by() == "2026-03-16");  // ten days end on a Sunday
    CHECK(items[2].what == "completion");
}

TEST_CASE("a withdrawn reminder awaits no answer any more", "[reminder]") {
    CHECK(
        domain::due_dates(registered().done(make<Withdraw>(R"(withdrawn_on: "2026-03-05")")).any()).empty());
}

}  // namespace vastine::domain::testing
