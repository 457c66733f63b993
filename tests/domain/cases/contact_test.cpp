#include "domain/cases/contact.hpp"

#include <google/protobuf/util/message_differencer.h>

#include <catch2/catch.hpp>
#include <memory>
#include <string>
#include <vector>

#include "domain/cases/client_record.hpp"
#include "domain/schema/check.hpp"
#include "domain/text/text.hpp"
#include "tests/domain/cases/contact_office.hpp"

using namespace vastine;
using namespace vastine::domain;
using contact::State;
using google::protobuf::Message;
using testing::office;

namespace {

constexpr auto this_contact = "6f1c0a2b-0000-4000-8000-000000000001";
constexpr auto earlier_contact = "6f1c0a2b-0000-4000-8000-000000000002";

Context context(const char* today = "2026-03-10") {
    return {testing::ombudsman,        this_contact, Instant(parse_date(today).value()),
            parse_date(today).value(), office(),     "SOS-2026-17"};
}

// A contact as it stands, and what became of the last command.
class Contact {
public:
    // The command must be taken.
    Contact& after(const Message& command, const char* today = "2026-03-10") {
        when(command, today);
        INFO(explained());
        REQUIRE(refusal_ == nullptr);
        return *this;
    }
    Contact& when(const Message& command, const char* today = "2026-03-10") {
        events_.clear();
        refusal_.reset();
        // What reaches a decider has passed the schema's own rules.
        const auto fields = check_fields(command, office(), parse_date(today).value());
        INFO((fields ? "" : fields.error().field + " " + fields.error().text));
        REQUIRE(fields);
        auto decided = contact::decide(state_, command, context(today));
        if (decided) {
            events_ = decided->release();
            for (const auto& event : events_) contact::evolve(state_, *event);
        } else {
            refusal_ = std::make_unique<Rejection>(decided.error());
        }
        return *this;
    }
    void then_refused(Reason reason, const std::string& id, const std::string& field = "") const {
        REQUIRE(refusal_ != nullptr);
        CHECK(refusal_->reason == reason);
        CHECK(refusal_->text == id);
        CHECK(refusal_->field == field);
        for (const auto language : {Language::Finnish, Language::Swedish, Language::English}) {
            CHECK(explain(*refusal_, language).find('{') == std::string::npos);
        }
    }
    // The events' names, in their order.
    [[nodiscard]] std::vector<std::string> then() const {
        std::vector<std::string> names;
        for (const auto& event : events_) names.push_back(event->GetDescriptor()->name());
        return names;
    }
    template <class Event>
    [[nodiscard]] const Event& told() const {
        for (const auto& event : events_) {
            if (const auto* found = dynamic_cast<const Event*>(event.get())) return *found;
        }
        FAIL("no " << Event::descriptor()->name());
        throw std::logic_error("unreachable");
    }
    [[nodiscard]] const Rejection& refusal() const { return *refusal_; }
    [[nodiscard]] const State& state() const { return state_; }

private:
    [[nodiscard]] std::string explained() const {
        return refusal_ ? refusal_->field + " " + refusal_->text : "";
    }
    State state_;
    std::vector<std::unique_ptr<Message>> events_;
    std::unique_ptr<Rejection> refusal_;
};

LogContact call() {
    LogContact command;
    command.set_contacted_on("2026-03-09");
    command.set_channel("phone");
    command.set_who("client");
    command.set_language("fi");
    auto& matter = *command.add_matters();
    matter.add_sectors("health");
    matter.add_causes("patient-care");
    matter.add_measures("advice");
    matter.set_unit("osasto-3");
    return command;
}

ClientRecord record() {
    ClientRecord made;
    made.mutable_client()->set_name("Maija Meikäläinen");
    made.mutable_client()->set_identity_code("131052-308T");
    made.mutable_client()->set_mother_tongue("suomi");
    made.set_asked("Leikkauksen viivästyminen");
    made.set_advised("Muistutuksen teko");
    made.set_author_position("potilasasiavastaava");
    return made;
}

LogContact client_matter() {
    auto command = call();
    *command.mutable_client_record() = record();
    command.mutable_matters(0)->add_measures("reminder-help");
    return command;
}

RecordClientMatter recording() {
    RecordClientMatter command;
    *command.mutable_client_record() = record();
    return command;
}

AddAdvice advice(const char* on = "2026-03-10") {
    AddAdvice command;
    command.set_advised_on(on);
    command.set_advised("Neuvottu");
    return command;
}

EndHandling ending(const char* on = "2026-03-10") {
    EndHandling command;
    command.set_ended_on(on);
    return command;
}

CorrectContact correction(LogContact corrected) {
    CorrectContact command;
    *command.mutable_contact() = std::move(corrected);
    command.set_reason("kirjattu väärin");
    return command;
}

LinkReminder linking() {
    LinkReminder command;
    command.set_ground("mandate");
    command.set_reminder("MUI-2026-5");
    command.set_document("Valtakirja 1.2.2026");
    command.set_given_on("2026-02-01");
    return command;
}

using Names = std::vector<std::string>;

}  // namespace

// ---- general advice ----

TEST_CASE("general advice is logged anonymously and ends when it is saved", "[contact]") {
    Contact contact;
    contact.after(call());
    CHECK(contact.then() == Names{"ContactLogged", "HandlingEnded"});
    const auto& logged = contact.told<ContactLogged>();
    CHECK_FALSE(logged.recorded());
    CHECK(logged.first());
    CHECK(logged.given().diary_number() == "SOS-2026-17");
    CHECK(contact.told<HandlingEnded>().given().ended_on() == "2026-03-09");
    CHECK(contact.told<HandlingEnded>().month() == "2026-03");
    CHECK(contact::stage(contact.state()) == "stage.general-advice");
    CHECK(contact::next_step(contact.state()) == "next.nothing");
    CHECK(contact::due_dates(contact.state()).empty());
}

TEST_CASE("a contact's facts are coarse: month, department, language group, code version", "[contact]") {
    auto command = call();
    command.set_language("ru");
    command.set_contacted_on("2026-02-27");
    const auto coarse = Contact().after(command).told<ContactLogged>().coarse();
    CHECK(coarse.month() == "2026-02");
    CHECK(coarse.department() == "sairaala");
    CHECK(coarse.language_group() == "other");
    CHECK_FALSE(coarse.code_version().empty());
}

TEST_CASE("the number that was given is kept", "[contact]") {
    auto command = call();
    command.set_diary_number("OMA-1");
    CHECK(Contact().after(command).told<ContactLogged>().given().diary_number() == "OMA-1");
}

TEST_CASE("a contact of the past is logged, one of the future is not", "[contact]") {
    auto command = call();
    command.set_contacted_on("2018-01-02");
    Contact().after(command);
    command.set_contacted_on("2026-03-11");
    Contact().when(command).then_refused(Reason::Invalid, "days.in_future", "contacted_on");
}

TEST_CASE("a contact has a matter or follows one up", "[contact]") {
    auto command = call();
    command.clear_matters();
    Contact().when(command).then_refused(Reason::Invalid, "contact.no_matter", "matters");
}

TEST_CASE("a contact's sectors are the union of its matters'", "[contact]") {
    auto command = call();
    auto& social = *command.add_matters();
    social.add_sectors("social");
    social.add_causes("social-decision");
    Contact contact;
    const auto& logged = contact.after(command).told<ContactLogged>();
    CHECK(std::vector<std::string>(logged.sectors().begin(), logged.sectors().end()) ==
          Names{"health", "social"});
    CHECK(contact.state().work.sectors == std::set<std::string>{"health", "social"});
    CHECK(casework::scope(contact.state().work).sectors == std::set<std::string>{"health", "social"});
    CHECK(casework::scope(contact.state().work).units == Names{"osasto-3"});
}

TEST_CASE("a contact that follows up an earlier matter is no first contact", "[contact]") {
    auto command = call();
    command.clear_matters();
    auto& earlier = *command.add_follows_up();
    earlier.set_contact_id(earlier_contact);
    earlier.set_matter_id("m2");
    earlier.add_sectors("social");
    Contact contact;
    const auto& logged = contact.after(command).told<ContactLogged>();
    CHECK_FALSE(logged.first());
    CHECK(logged.sectors().size() == 1);
    CHECK(contact.state().work.matters == 0);
}

TEST_CASE("what is followed up is a matter of another contact, named once", "[contact]") {
    auto command = call();
    auto& earlier = *command.add_follows_up();
    earlier.set_contact_id(this_contact);
    earlier.set_matter_id("m1");
    Contact().when(command).then_refused(Reason::Invalid, "contact.follows_itself",
                                         "follows_up[0].contact_id");
    earlier.set_contact_id("m1");
    Contact().when(command).then_refused(Reason::Invalid, "contact.not_a_contact",
                                         "follows_up[0].contact_id");
    earlier.set_contact_id(earlier_contact);
    earlier.set_matter_id("d1");
    Contact().when(command).then_refused(Reason::Invalid, "contact.not_a_matter", "follows_up[0].matter_id");
    earlier.set_matter_id("m1");
    *command.add_follows_up() = command.follows_up(0);
    Contact().when(command).then_refused(Reason::Invalid, "contact.followed_twice", "follows_up[1]");
}

TEST_CASE("a contact is logged once", "[contact]") {
    Contact contact;
    contact.after(call()).when(call()).then_refused(Reason::WrongState, "contact.already_logged");
}

TEST_CASE("nobody spends more minutes on a contact than a day has", "[contact]") {
    auto command = call();
    command.set_minutes(1441);
    Contact().when(command).then_refused(Reason::Invalid, "contact.too_many_minutes", "minutes");
    command.set_minutes(1440);
    Contact().after(command);
}

// ---- beyond general advice ----

TEST_CASE("a measure beyond general advice needs the record that the law asks for", "[contact]") {
    for (const char* measure : {"reminder-help", "unit-inquiry", "mediation", "other"}) {
        auto command = call();
        command.mutable_matters(0)->add_measures(measure);
        INFO(measure);
        Contact contact;
        contact.when(command).then_refused(Reason::Invalid, "contact.record_required", "client_record");
        CHECK(contact.refusal().args.empty());
        CHECK(contact.refusal().labels.contains("measure"));
        *command.mutable_client_record() = record();
        Contact().after(command);
    }
}

TEST_CASE("the measure that goes beyond advice is named in the reader's language", "[contact]") {
    auto command = call();
    command.mutable_matters(0)->add_measures("mediation");
    Contact contact;
    contact.when(command).then_refused(Reason::Invalid, "contact.record_required", "client_record");
    CHECK_THAT(text(contact.refusal(), Language::Finnish), Catch::StartsWith("Toimenpide (Sovittelu)"));
    CHECK_THAT(text(contact.refusal(), Language::Swedish), Catch::StartsWith("Åtgärden (Medling)"));
    CHECK_THAT(text(contact.refusal(), Language::English), Catch::StartsWith("This measure (Mediation)"));
}

TEST_CASE("advice and guiding elsewhere stay general advice", "[contact]") {
    auto command = call();
    command.mutable_matters(0)->add_measures("guided-elsewhere");
    CHECK(Contact().after(command).then() == Names{"ContactLogged", "HandlingEnded"});
    CHECK_FALSE(contact::needs_record("advice"));
    CHECK_FALSE(contact::needs_record("guided-elsewhere"));
}

TEST_CASE("a client matter stays open until its handling is ended", "[contact]") {
    Contact contact;
    contact.after(client_matter());
    CHECK(contact.then() == Names{"ContactLogged"});
    CHECK(contact.told<ContactLogged>().recorded());
    CHECK(contact::stage(contact.state()) == "stage.client-matter");
    CHECK(contact::next_step(contact.state()) == "next.end-handling");
    contact.after(ending());
    CHECK(contact::stage(contact.state()) == "stage.handling-ended");
}

TEST_CASE("who gives no name and no number gets a temporary id, always the same for a contact", "[contact]") {
    auto command = client_matter();
    command.mutable_client_record()->mutable_client()->clear_name();
    command.mutable_client_record()->mutable_client()->clear_identity_code();
    CHECK(Contact().after(command).told<ContactLogged>().given().client_record().client().temporary_id() ==
          "T-6F1C0A2B");
    CHECK(contact::temporary_id(this_contact) == "T-6F1C0A2B");
    command.mutable_client_record()->mutable_client()->set_birth_on("1952-10-13");
    CHECK(Contact()
              .after(command)
              .told<ContactLogged>()
              .given()
              .client_record()
              .client()
              .temporary_id()
              .empty());
}

TEST_CASE("an identity code of the record must be right", "[contact]") {
    auto command = client_matter();
    command.mutable_client_record()->mutable_client()->set_identity_code("131052-308U");
    Contact().when(command).then_refused(Reason::Invalid, "contact.identity_code_wrong",
                                         "client_record.client.identity_code");
}

TEST_CASE("nobody is born in the future", "[contact]") {
    auto command = client_matter();
    command.mutable_client_record()->mutable_client()->set_birth_on("2026-03-11");
    Contact().when(command).then_refused(Reason::Invalid, "contact.born_in_future",
                                         "client_record.client.birth_on");
}

TEST_CASE("the record has the mother tongue and the language of the contact", "[contact]") {
    auto command = client_matter();
    command.mutable_client_record()->mutable_client()->clear_mother_tongue();
    Contact().when(command).then_refused(Reason::Invalid, "contact.mother_tongue_missing",
                                         "client_record.client.mother_tongue");
    command = client_matter();
    command.clear_language();
    Contact().when(command).then_refused(Reason::Invalid, "contact.language_missing",
                                         "client_record.language");
    command.mutable_client_record()->set_language("sv");
    Contact().after(command);
    CHECK(Contact().after(command).told<ContactLogged>().coarse().language_group() == "sv");
    CHECK(Contact().after(client_matter()).told<ContactLogged>().given().client_record().language() == "fi");
}

TEST_CASE("what was asked, what was advised and who wrote it are the schema's to require", "[contact]") {
    LogContact command = call();
    command.mutable_client_record()->mutable_client()->set_mother_tongue("suomi");
    const auto fields = check_fields(command, office(), context().today);
    REQUIRE_FALSE(fields);
    CHECK(fields.error().field == "client_record.asked");
    CHECK(fields.error().more.size() == 2);
}

TEST_CASE("a representative has a name and a ground", "[contact]") {
    auto command = client_matter();
    auto& made = *command.mutable_client_record();
    made.mutable_representative()->set_name("Matti");
    Contact().when(command).then_refused(Reason::Invalid, "contact.representative_needs_standing",
                                         "client_record.standing.ground");
    made.mutable_standing()->set_ground("none");
    Contact().when(command).then_refused(Reason::Invalid, "contact.representative_needs_standing",
                                         "client_record.standing.ground");
    made.mutable_standing()->set_ground("legal-representative");
    Contact().after(command);
    made.mutable_representative()->clear_name();
    Contact().when(command).then_refused(Reason::Invalid, "contact.representative_unnamed",
                                         "client_record.representative.name");
    made.clear_representative();
    Contact().when(command).then_refused(Reason::Invalid, "contact.standing_needs_representative",
                                         "client_record.representative");
}

TEST_CASE("a mandate names its document and still held when the contact came", "[contact]") {
    auto command = client_matter();
    auto& made = *command.mutable_client_record();
    made.mutable_representative()->set_name("Matti");
    made.mutable_standing()->set_ground("mandate");
    Contact().when(command).then_refused(Reason::Invalid, "contact.mandate_unnamed",
                                         "client_record.standing.mandate");
    made.mutable_standing()->set_mandate("Valtakirja");
    made.mutable_standing()->set_ends_on("2026-03-08");
    Contact().when(command).then_refused(Reason::Invalid, "contact.mandate_ended",
                                         "client_record.standing.ends_on");
    made.mutable_standing()->set_ends_on("2026-03-09");
    Contact().after(command);
}

TEST_CASE("the scope of a minor's ban needs the ban", "[contact]") {
    auto command = client_matter();
    auto& client = *command.mutable_client_record()->mutable_client();
    client.set_ban_scope("kaikki");
    Contact().when(command).then_refused(Reason::Invalid, "contact.ban_scope_without_ban",
                                         "client_record.client.disclosure_banned");
    client.set_disclosure_banned(true);
    Contact().after(command);
}

TEST_CASE("everything wrong with a contact is told at once", "[contact]") {
    auto command = client_matter();
    command.set_contacted_on("2026-03-11");
    command.clear_matters();
    command.mutable_client_record()->mutable_client()->clear_mother_tongue();
    Contact contact;
    contact.when(command).then_refused(Reason::Invalid, "days.in_future", "contacted_on");
    CHECK(contact.refusal().more.size() == 2);
}

// ---- identifiers in an anonymous contact ----

TEST_CASE("identifiers typed into an anonymous contact are asked about and never repeated", "[contact]") {
    auto command = call();
    command.set_note("131052-308T, 040 123 4567");
    command.mutable_matters(0)->set_note("asuu Mannerheimintie 5, a.b@example.fi");
    Contact contact;
    contact.when(command).then_refused(Reason::NeedsConfirmation, "contact.looks_like_identity_code", "note");
    const auto& more = contact.refusal().more;
    REQUIRE(more.size() == 3);
    CHECK(more[0].text == "contact.looks_like_phone");
    CHECK(more[1].field == "matters[0].note");
    for (const auto& rejection : more) {
        CHECK(rejection.reason == Reason::NeedsConfirmation);
        CHECK(rejection.args.empty());
        CHECK(explain(rejection, Language::Finnish).find("040") == std::string::npos);
    }
    command.set_identifiers_intended(true);
    Contact().after(command);
}

TEST_CASE("whoever types an identifier learns which kind it looks like", "[contact]") {
    const std::vector<std::pair<std::string, std::string>> typed{
        {"131052-308T", "contact.looks_like_identity_code"},
        {"040 123 4567", "contact.looks_like_phone"},
        {"a.b@example.fi", "contact.looks_like_email"},
        {"asuu Mannerheimintie 5", "contact.looks_like_address"}};
    for (const auto& [note, refusal] : typed) {
        auto command = call();
        command.set_note(note);
        Contact().when(command).then_refused(Reason::NeedsConfirmation, refusal, "note");
    }
}

TEST_CASE("a client matter may hold identifiers", "[contact]") {
    auto command = client_matter();
    command.set_note("131052-308T");
    Contact().after(command);
}

TEST_CASE("identifiers are asked about in whatever is added to an anonymous contact", "[contact]") {
    auto waiting = call();
    waiting.set_call_back_on("2026-03-12");
    Contact contact;
    contact.after(waiting);

    auto more = advice();
    more.set_asked("soittaa 0401234567");
    contact.when(more).then_refused(Reason::NeedsConfirmation, "contact.looks_like_phone", "asked");
    AddMatter matter;
    *matter.mutable_matter() = call().matters(0);
    matter.mutable_matter()->set_note("0401234567");
    contact.when(matter).then_refused(Reason::NeedsConfirmation, "contact.looks_like_phone", "matter.note");
    auto end = ending();
    end.set_note("0401234567");
    contact.when(end).then_refused(Reason::NeedsConfirmation, "contact.looks_like_phone", "note");
    auto corrected = correction(waiting);
    corrected.set_reason("0401234567");
    contact.when(corrected).then_refused(Reason::NeedsConfirmation, "contact.looks_like_phone", "reason");
    Assign assign;
    assign.set_handler(testing::other_ombudsman);
    assign.set_note("0401234567");
    contact.when(assign).then_refused(Reason::NeedsConfirmation, "contact.looks_like_phone", "note");
    assign.set_identifiers_intended(true);
    contact.after(assign);
    more.set_identifiers_intended(true);
    contact.after(more);

    ResumeHandling resume;
    resume.set_resumed_on("2026-03-10");
    resume.set_reason("0401234567");
    contact.when(resume).then_refused(Reason::NeedsConfirmation, "contact.looks_like_phone", "reason");
}

// ---- calling back ----

TEST_CASE("a promised call back keeps general advice open until it is made", "[contact]") {
    auto command = call();
    command.set_call_back_on("2026-03-12");
    Contact contact;
    contact.after(command);
    CHECK(contact.then() == Names{"ContactLogged"});
    CHECK(contact::stage(contact.state()) == "stage.call-back");
    CHECK(contact::next_step(contact.state()) == "next.call-back");
    auto due = contact::due_dates(contact.state());
    REQUIRE(due.size() == 1);
    CHECK(due[0].what == "call-back");
    CHECK(due[0].due.due_by() == "2026-03-12");
    CHECK_FALSE(due[0].met);

    contact.after(advice());
    CHECK(contact.then() == Names{"AdviceAdded", "HandlingEnded"});
    due = contact::due_dates(contact.state());
    REQUIRE(due.size() == 1);
    CHECK(due[0].met);
    CHECK(due[0].met_on == "2026-03-10");
    CHECK(contact::stage(contact.state()) == "stage.general-advice");
}

TEST_CASE("a call back is not promised for before the contact or the advice", "[contact]") {
    auto command = call();
    command.set_call_back_on("2026-03-08");
    Contact().when(command).then_refused(Reason::Invalid, "contact.call_back_before_contact", "call_back_on");
    auto more = advice();
    more.set_call_back_on("2026-03-09");
    Contact().after(call()).when(more).then_refused(Reason::Invalid, "contact.call_back_before_contact",
                                                    "call_back_on");
}

TEST_CASE("ending the handling drops a call back that waits", "[contact]") {
    auto command = call();
    command.set_call_back_on("2026-03-12");
    Contact contact;
    contact.after(command).after(ending());
    CHECK(contact::due_dates(contact.state()).empty());
    CHECK(contact::next_step(contact.state()) == "next.nothing");
}

TEST_CASE("another promise moves the call back", "[contact]") {
    auto command = call();
    command.set_call_back_on("2026-03-10");
    Contact contact;
    contact.after(command);
    auto more = advice();
    more.set_call_back_on("2026-03-20");
    contact.after(more);
    CHECK(contact.then() == Names{"AdviceAdded"});
    const auto due = contact::due_dates(contact.state());
    REQUIRE(due.size() == 2);
    CHECK(due[0].met);
    CHECK_FALSE(due[1].met);
}

// ---- growing ----

TEST_CASE("general advice grows into a client matter and stays one contact", "[contact]") {
    Contact contact;
    contact.after(call()).after(recording());
    CHECK(contact.then() == Names{"HandlingResumed", "ClientMatterRecorded"});
    CHECK(contact.told<ClientMatterRecorded>().given().client_record().language() == "fi");
    CHECK(contact.state().recorded);
    CHECK(contact::stage(contact.state()) == "stage.client-matter");
    contact.when(recording()).then_refused(Reason::WrongState, "contact.already_recorded");
}

TEST_CASE("a record that grows later is as complete as one logged at once", "[contact]") {
    auto command = recording();
    command.mutable_client_record()->mutable_client()->clear_mother_tongue();
    Contact().after(call()).when(command).then_refused(Reason::Invalid, "contact.mother_tongue_missing",
                                                       "client_record.client.mother_tongue");
}

TEST_CASE("a matter is added to a contact under the next id", "[contact]") {
    AddMatter command;
    auto& matter = *command.mutable_matter();
    matter.add_sectors("social");
    matter.add_causes("social-service");
    Contact contact;
    contact.after(client_matter()).after(command);
    CHECK(contact.then() == Names{"MatterAdded"});
    CHECK(contact.told<MatterAdded>().matter_id() == "m2");
    CHECK(contact.told<MatterAdded>().sectors().size() == 2);
    CHECK(contact.state().work.sectors == std::set<std::string>{"health", "social"});
}

TEST_CASE("a matter added to general advice ends with it", "[contact]") {
    AddMatter command;
    *command.mutable_matter() = call().matters(0);
    Contact contact;
    contact.after(call()).after(command);
    CHECK(contact.then() == Names{"HandlingResumed", "MatterAdded", "HandlingEnded"});
    CHECK(contact.told<HandlingEnded>().given().ended_on() == "2026-03-10");
}

TEST_CASE("a matter whose measure needs a record brings it along or is refused", "[contact]") {
    AddMatter command;
    *command.mutable_matter() = call().matters(0);
    command.mutable_matter()->add_measures("mediation");
    Contact contact;
    contact.after(call()).when(command).then_refused(Reason::Invalid, "contact.record_required",
                                                     "client_record");
    *command.mutable_client_record() = record();
    contact.after(command);
    CHECK(contact.then() == Names{"HandlingResumed", "ClientMatterRecorded", "MatterAdded"});
    CHECK_FALSE(contact.told<MatterAdded>().given().has_client_record());  // told once
    contact.when(command).then_refused(Reason::WrongState, "contact.already_recorded");
}

TEST_CASE("advice is given within the time of the contact", "[contact]") {
    Contact contact;
    contact.after(client_matter());
    contact.when(advice("2026-03-08")).then_refused(Reason::Invalid, "days.before_arrival", "advised_on");
    contact.when(advice("2026-03-11")).then_refused(Reason::Invalid, "days.in_future", "advised_on");
    contact.after(advice("2026-03-09"));
}

TEST_CASE("advice names a matter that the contact has", "[contact]") {
    auto command = advice();
    command.set_matter_id("m2");
    Contact contact;
    contact.after(client_matter())
        .when(command)
        .then_refused(Reason::Invalid, "contact.unknown_matter", "matter_id");
    command.set_matter_id("m1");
    contact.after(command);
}

TEST_CASE("advice with a measure that needs a record is refused to an anonymous contact", "[contact]") {
    auto command = advice();
    command.add_measures("unit-inquiry");
    Contact contact;
    contact.after(call()).when(command).then_refused(Reason::Invalid, "contact.record_required", "measures");
    contact.after(recording()).after(command);
}

TEST_CASE("advice, too, takes no longer than a day", "[contact]") {
    auto command = advice();
    command.set_minutes(1441);
    Contact().after(call()).when(command).then_refused(Reason::Invalid, "contact.too_many_minutes",
                                                       "minutes");
}

TEST_CASE("an ended client matter takes no more matters or advice until it is resumed", "[contact]") {
    AddMatter matter;
    *matter.mutable_matter() = call().matters(0);
    Contact contact;
    contact.after(client_matter()).after(ending());
    contact.when(advice()).then_refused(Reason::WrongState, "contact.handling_has_ended");
    contact.when(matter).then_refused(Reason::WrongState, "contact.handling_has_ended");
    contact.when(linking()).then_refused(Reason::WrongState, "contact.handling_has_ended");
    ResumeHandling resume;
    resume.set_resumed_on("2026-03-10");
    resume.set_reason("uusi yhteydenotto");
    contact.after(resume).after(advice());
    CHECK(contact::stage(contact.state()) == "stage.client-matter");
}

// ---- ending and resuming ----

TEST_CASE("handling ends once, not in the future and not before its last step", "[contact]") {
    Contact contact;
    contact.after(client_matter()).after(advice("2026-03-10"));
    contact.when(ending("2026-03-11")).then_refused(Reason::Invalid, "days.in_future", "ended_on");
    contact.when(ending("2026-03-08")).then_refused(Reason::Invalid, "days.before_arrival", "ended_on");
    contact.when(ending("2026-03-09")).then_refused(Reason::Invalid, "contact.ends_before_step", "ended_on");
    contact.after(ending("2026-03-10"));
    CHECK(contact.told<HandlingEnded>().month() == "2026-03");
    contact.when(ending()).then_refused(Reason::WrongState, "contact.handling_has_ended");
}

TEST_CASE("handling does not end over an open inquiry", "[contact]") {
    ReceiveInquiry inquiry;
    inquiry.set_inquiry_kind("own-data");
    inquiry.set_received_on("2026-03-10");
    inquiry.set_sender("Maija");
    Contact contact;
    contact.after(client_matter()).after(inquiry);
    CHECK(contact::next_step(contact.state()) == "next.answer-inquiry");
    CHECK(contact::due_dates(contact.state()).size() == 1);
    contact.when(ending()).then_refused(Reason::WrongState, "contact.inquiry_open");
    AnswerInquiry answer;
    answer.set_inquiry_id("i1");
    answer.set_answered_on("2026-03-10");
    contact.after(answer).after(ending());
}

TEST_CASE("only what has ended is resumed, and not before it ended", "[contact]") {
    ResumeHandling resume;
    resume.set_resumed_on("2026-03-09");
    resume.set_reason("uusi yhteydenotto");
    Contact contact;
    contact.after(client_matter()).when(resume).then_refused(Reason::WrongState, "contact.handling_goes_on");
    contact.after(ending()).when(resume).then_refused(Reason::Invalid, "contact.resumed_before_end",
                                                      "resumed_on");
}

// ---- correcting ----

TEST_CASE("a correction replaces what was logged and keeps one contact", "[contact]") {
    auto corrected = call();
    corrected.mutable_matters(0)->set_sectors(0, "social");
    corrected.mutable_matters(0)->set_causes(0, "social-advice");
    corrected.set_language("sv");
    Contact contact;
    contact.after(call()).after(correction(corrected));
    CHECK(contact.then() == Names{"ContactCorrected"});
    const auto& told = contact.told<ContactCorrected>();
    CHECK(told.coarse().language_group() == "sv");
    CHECK(told.first());
    CHECK_FALSE(told.recorded());
    CHECK(told.given().contact().diary_number() == "SOS-2026-17");  // its number stays
    CHECK(contact.state().work.sectors == std::set<std::string>{"social"});
    CHECK(contact.state().work.matters == 1);
    CHECK(contact::stage(contact.state()) == "stage.general-advice");
}

TEST_CASE("a correction keeps the same rules as logging", "[contact]") {
    auto corrected = call();
    corrected.mutable_matters(0)->add_measures("mediation");
    Contact()
        .after(call())
        .when(correction(corrected))
        .then_refused(Reason::Invalid, "contact.record_required", "contact.client_record");
}

TEST_CASE("a correction never drops the record", "[contact]") {
    Contact contact;
    contact.after(client_matter()).when(correction(call()));
    contact.then_refused(Reason::Invalid, "contact.correction_drops_record", "contact.client_record");
}

TEST_CASE("a contact is not moved past a step that followed it", "[contact]") {
    auto corrected = client_matter();
    corrected.set_contacted_on("2026-03-10");
    Contact contact;
    contact.after(client_matter()).after(advice("2026-03-09"));
    contact.when(correction(corrected))
        .then_refused(Reason::Invalid, "contact.after_a_step", "contact.contacted_on");
}

TEST_CASE("a correction that adds the record opens the client matter", "[contact]") {
    Contact contact;
    contact.after(call()).after(correction(client_matter()));
    CHECK(contact.then() == Names{"HandlingResumed", "ContactCorrected"});
    CHECK(contact::stage(contact.state()) == "stage.client-matter");
}

TEST_CASE("a correction that promises a call back opens general advice, taking it away ends it",
          "[contact]") {
    auto promised = call();
    promised.set_call_back_on("2026-03-12");
    Contact contact;
    contact.after(call()).after(correction(promised));
    CHECK(contact.then() == Names{"HandlingResumed", "ContactCorrected"});
    CHECK(contact::stage(contact.state()) == "stage.call-back");
    contact.after(correction(call()));
    CHECK(contact.then() == Names{"ContactCorrected", "HandlingEnded"});
    CHECK(contact::due_dates(contact.state()).empty());
}

TEST_CASE("a correction leaves a call back that was made alone", "[contact]") {
    auto promised = call();
    promised.set_call_back_on("2026-03-10");
    Contact contact;
    contact.after(promised).after(advice()).after(correction(promised));
    CHECK(contact.then() == Names{"ContactCorrected"});
    CHECK(contact::stage(contact.state()) == "stage.general-advice");
    CHECK(contact::due_dates(contact.state()).size() == 1);
}

TEST_CASE("general advice never ends before it was given", "[contact]") {
    auto later = call();
    later.set_contacted_on("2026-03-10");
    Contact contact;
    contact.after(call()).after(correction(later));
    CHECK(contact.told<HandlingEnded>().given().ended_on() == "2026-03-10");
}

// ---- what contacts share with cases ----

TEST_CASE("papers, notices and inquiries make an anonymous contact a client matter first", "[contact]") {
    EnterDocument document;
    document.set_direction("incoming");
    document.set_dated_on("2026-03-10");
    document.set_title("Kirje");
    document.set_party("Maija");
    Notify notice;
    notice.set_recipient("Maija");
    notice.set_recipient_role("client");
    notice.set_channel("letter");
    notice.set_notified_on("2026-03-10");
    ReceiveInquiry inquiry;
    inquiry.set_inquiry_kind("progress");
    inquiry.set_received_on("2026-03-10");
    inquiry.set_sender("Maija");
    Contact contact;
    contact.after(call());
    for (const Message* command : std::vector<const Message*>{&document, &notice, &inquiry}) {
        contact.when(*command).then_refused(Reason::WrongState, "contact.record_first");
    }
    contact.after(recording()).after(document).after(notice).after(inquiry);
    CHECK(contact.then() == Names{"InquiryReceived"});
}

TEST_CASE("a guardian is told about a minor who banned it only with the banned parts left out", "[contact]") {
    Notify notice;
    notice.set_recipient("Huoltaja");
    notice.set_recipient_role("guardian");
    notice.set_channel("letter");
    notice.set_notified_on("2026-03-10");
    auto banned = client_matter();
    banned.mutable_client_record()->mutable_client()->set_disclosure_banned(true);
    Contact contact;
    contact.after(banned).when(notice);
    contact.then_refused(Reason::NeedsConfirmation, "contact.minor_has_banned_disclosure",
                         "banned_parts_left_out");
    notice.set_banned_parts_left_out(true);
    contact.after(notice);
    notice.set_banned_parts_left_out(false);
    Contact().after(client_matter()).after(notice);
}

TEST_CASE("a contact is handed to another ombudsman and to nobody over the wall", "[contact]") {
    Assign command;
    command.set_handler(testing::lawyer);
    Contact contact;
    contact.after(client_matter())
        .when(command)
        .then_refused(Reason::Invalid, "casework.handler_of_another_area", "handler");
    command.set_handler(testing::other_ombudsman);
    contact.after(command);
    CHECK(casework::scope(contact.state().work).handler == testing::other_ombudsman);
}

TEST_CASE("nothing is done to a contact that was never logged", "[contact]") {
    for (const Message* command : std::vector<const Message*>{
             new AddAdvice(advice()), new EndHandling(ending()), new LinkReminder(linking())}) {
        Contact().when(*command).then_refused(Reason::NotFound, "casework.not_opened");
        delete command;
    }
}

TEST_CASE("what is done with cases of the other area is not done with contacts", "[contact]") {
    Close command;
    command.set_closed_on("2026-03-10");
    Contact()
        .after(client_matter())
        .when(command)
        .then_refused(Reason::WrongState, "contact.not_for_contacts");
}

// ---- the link over the wall ----

TEST_CASE("a contact is linked to a reminder by mandate or consent, and that is recorded", "[contact]") {
    Contact contact;
    contact.after(client_matter()).after(linking());
    CHECK(contact.told<ReminderLinked>().link_id() == "l1");
    CHECK(contact.told<ReminderLinked>().given().ground() == "mandate");

    auto without = linking();
    without.set_ground("curiosity");
    const auto fields = check_fields(without, office(), context().today);
    REQUIRE_FALSE(fields);
    CHECK(fields.error().field == "ground");
}

TEST_CASE("a link needs a client matter, and a mandate given already", "[contact]") {
    Contact contact;
    contact.after(call()).when(linking()).then_refused(Reason::WrongState, "contact.record_first");
    auto later = linking();
    later.set_given_on("2026-03-11");
    contact.after(recording()).when(later).then_refused(Reason::Invalid, "days.in_future", "given_on");
}

TEST_CASE("a reminder is drafted with a recorded client, and changed under its own id", "[contact]") {
    DraftReminder draft;
    draft.set_language("fi");
    draft.set_happened("Lääke annettiin kahdesti.");
    Contact anonymous;
    anonymous.after(call());
    draft.set_addressee("HUS, Jorvin sairaala");
    anonymous.when(draft).then_refused(Reason::WrongState, "contact.record_first");
    Contact contact;
    contact.after(client_matter());
    draft.clear_addressee();
    contact.when(draft).then_refused(Reason::Invalid, "contact.draft_needs_addressee", "addressee");
    draft.set_addressee("HUS, Jorvin sairaala");
    contact.after(draft);
    CHECK(contact.told<ReminderDrafted>().draft_id() == "r1");
    contact.after(draft);
    CHECK(contact.told<ReminderDrafted>().draft_id() == "r2");
    draft.set_draft_id("r1");
    contact.after(draft);
    CHECK(contact.told<ReminderDrafted>().draft_id() == "r1");
    draft.set_draft_id("r3");
    contact.when(draft).then_refused(Reason::Invalid, "contact.unknown_draft", "draft_id");
}

TEST_CASE("a link ends once, when the mandate or consent does", "[contact]") {
    UnlinkReminder command;
    command.set_link_id("l1");
    command.set_ended_on("2026-01-31");
    Contact contact;
    contact.after(client_matter())
        .when(command)
        .then_refused(Reason::Invalid, "contact.unknown_link", "link_id");
    contact.after(linking());
    contact.when(command).then_refused(Reason::Invalid, "contact.link_ends_before_given", "ended_on");
    command.set_ended_on("2026-03-10");
    contact.after(command).when(command).then_refused(Reason::WrongState, "contact.link_has_ended",
                                                      "link_id");
}

// ---- history ----

namespace {

ImportCase row() {
    ImportCase made;
    auto& opening = *made.mutable_opening();
    opening.set_arrived_on("2018-05-04");
    opening.set_channel("phone");
    opening.set_cause("patient-care");
    opening.set_maker("client");
    opening.add_sectors("health");
    opening.add_units("osasto-3");
    made.set_source("vanha");
    made.set_closed_on("2018-05-04");
    return made;
}

}  // namespace

TEST_CASE("a contact of another system is taken in, and a changed row corrects it", "[contact]") {
    Contact contact;
    contact.after(row());
    CHECK(contact.then() == Names{"CaseImported"});
    CHECK_FALSE(contact.state().recorded);
    CHECK(contact::stage(contact.state()) == "stage.general-advice");
    CHECK(contact.state().work.sectors == std::set<std::string>{"health"});
    auto changed = row();
    changed.mutable_opening()->mutable_client()->set_name("Maija");
    contact.after(changed);
    CHECK(contact.then() == Names{"ImportCorrected"});
    CHECK(contact.state().recorded);
}

TEST_CASE("the causes of contacts are their own, in history too", "[contact]") {
    auto command = row();
    command.mutable_opening()->set_cause("care");
    Contact().when(command).then_refused(Reason::Invalid, "contact.cause_of_another_kind", "opening.cause");
    command = row();
    command.mutable_opening()->add_other_causes("service");
    Contact().when(command).then_refused(Reason::Invalid, "contact.cause_of_another_kind",
                                         "opening.other_causes");
}

TEST_CASE("an imported contact that was worked on here is not overwritten by a row", "[contact]") {
    Contact contact;
    contact.after(row()).after(advice()).when(row()).then_refused(Reason::WrongState,
                                                                  "casework.import_after_work");
}

// ---- folding what is left when the key is gone ----

namespace {

// Only the facts, as the store leaves them.
void strip(Message& message) {
    const auto& reflection = *message.GetReflection();
    for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
        const auto* field = message.GetDescriptor()->field(i);
        if (field->message_type() != nullptr && field->is_repeated()) {
            for (int n = 0; n < reflection.FieldSize(message, field); ++n) {
                strip(*reflection.MutableRepeatedMessage(&message, field, n));
            }
        } else if (field->message_type() != nullptr) {
            if (reflection.HasField(message, field)) strip(*reflection.MutableMessage(&message, field));
        } else if (field->options().GetExtension(v).class_() != FACT) {
            reflection.ClearField(&message, field);
        }
    }
}

}  // namespace

TEST_CASE("a contact whose key is gone folds to its facts", "[contact]") {
    State state;
    State stripped;
    auto promised = client_matter();
    promised.set_call_back_on("2026-03-10");
    EndHandling end = ending();
    UnlinkReminder unlink;
    unlink.set_link_id("l1");
    unlink.set_ended_on("2026-03-10");
    ResumeHandling resume;
    resume.set_resumed_on("2026-03-10");
    resume.set_reason("uusi");
    AddMatter matter;
    *matter.mutable_matter() = call().matters(0);
    const auto corrected = correction(promised);
    const auto more = advice();
    const auto link = linking();
    for (const Message* command :
         std::vector<const Message*>{&promised, &more, &matter, &link, &unlink, &end, &resume, &corrected}) {
        auto decided = contact::decide(state, *command, context());
        REQUIRE(decided);
        for (const auto& event : decided->list()) {
            contact::evolve(state, *event);
            strip(*event);
            contact::evolve(stripped, *event);
        }
    }
    CHECK(stripped.recorded == state.recorded);
    CHECK(stripped.first == state.first);
    CHECK(stripped.work.sectors == state.work.sectors);
    CHECK(stripped.work.matters == state.work.matters);
    CHECK(contact::stage(stripped) == contact::stage(state));
    for (const auto& item : contact::due_dates(stripped)) CHECK(item.what.empty());  // no day is left to meet
}

TEST_CASE("events in an order that never was harm nothing", "[contact]") {
    State state;
    for (const Message* event : std::vector<const Message*>{
             &AdviceAdded::default_instance(), &HandlingEnded::default_instance(),
             &ContactCorrected::default_instance(), &ReminderUnlinked::default_instance(),
             &MatterAdded::default_instance(), &HandlingResumed::default_instance(),
             &UserSet::default_instance(), &CaseImported::default_instance(),
             &ContactLogged::default_instance(), &ReminderLinked::default_instance()}) {
        contact::evolve(state, *event);
        CHECK_FALSE(contact::stage(state).empty());
        CHECK_FALSE(contact::next_step(state).empty());
        (void)contact::due_dates(state);
    }
}

// ---- legal hold ----

TEST_CASE("a contact whose handling has ended is put under a hold, and the reason names nobody",
          "[contact]") {
    PlaceHold hold;
    hold.set_reason("Vireillä oikeudenkäynti");
    Contact anonymous;
    anonymous.after(call()).when(hold);
    CHECK(anonymous.then() == std::vector<std::string>{"HoldPlaced"});
    hold.set_reason("Soitti 040 123 4567");
    Contact naming;
    naming.after(call()).when(hold).then_refused(Reason::Invalid, "contact.looks_like_phone", "reason");
    LiftHold lift;
    lift.set_hold_id("h1");
    lift.set_reason("Soitti 040 123 4567");
    anonymous.when(lift).then_refused(Reason::Invalid, "contact.looks_like_phone", "reason");
    lift.set_reason("Ratkaistu");
    anonymous.when(lift);
    CHECK(anonymous.then() == std::vector<std::string>{"HoldLifted"});
}
