#include "domain/access/access.hpp"

#include <catch2/catch.hpp>

#include "domain/schema/casework.pb.h"
#include "domain/schema/complaint.pb.h"
#include "domain/schema/contact.pb.h"
#include "domain/schema/destruction.pb.h"
#include "domain/schema/publication.pb.h"
#include "domain/schema/reference.pb.h"
#include "domain/schema/reminder.pb.h"

using namespace vastine;
using namespace vastine::domain;

namespace {

template <class Command>
CommandRule rule_of() {
    return Command::descriptor()->options().GetExtension(command);
}

Viewer viewer(Role role, std::string id = "u1") {
    Viewer made;
    made.user_id = std::move(id);
    made.roles = {role};
    return made;
}
Viewer head_of(std::string unit) {
    auto made = viewer(UNIT_HEAD);
    made.units = {std::move(unit)};
    return made;
}
CaseScope scope(Kind kind) {
    CaseScope made;
    made.kind = kind;
    return made;
}

Reference units() {
    Reference reference;
    for (const auto& [id, parent] : std::vector<std::pair<std::string, std::string>>{
             {"hospital", ""}, {"ward", "hospital"}, {"school", ""}}) {
        UnitSet event;
        event.mutable_given()->set_unit_id(id);
        event.mutable_given()->set_parent(parent);
        event.mutable_given()->set_valid_from("2000-01-01");
        reference.apply(event);
    }
    return reference;
}
const Reference& reference() {
    static const Reference made = units();
    return made;
}

template <class Command>
Result<std::monostate> try_command(const Viewer& who, const CaseScope& where) {
    return may_command(who, rule_of<Command>(), where.kind, where, reference());
}

void refused(const Result<std::monostate>& result, Reason reason, const std::string& text) {
    REQUIRE_FALSE(result);
    CHECK(result.error().reason == reason);
    CHECK(result.error().text == text);
}

}  // namespace

TEST_CASE("contacts belong to the ombudsmen and the rest to the legal area", "[access]") {
    CHECK(area_of(CONTACT) == Area::Ombudsman);
    CHECK(area_of(REMINDER) == Area::Legal);
    CHECK(area_of(COMPLAINT) == Area::Legal);
    CHECK(area_of(AUTHORITY_REQUEST) == Area::Legal);
    CHECK_FALSE(area_of(REFERENCE));
}

TEST_CASE("a publication is no case, and no area follows from its kind", "[access]") {
    CHECK_FALSE(area_of(PUBLICATION));
    for (const Role role : {HEAD_OMBUDSMAN, LAWYER, BOARD_SECRETARY, ADMINISTRATOR}) {
        CHECK(sight(viewer(role), scope(PUBLICATION), reference()) == Sight::Nothing);
        refused(try_command<Publish>(viewer(role), scope(PUBLICATION)), Reason::NotFound,
                "access.no_such_case");
    }
    auto on_the_folder = viewer(LAWYER);
    on_the_folder.operating_system_user = true;
    CHECK(sight(on_the_folder, PublicationScope{}, reference()) == PublicationSight::Everything);
    CHECK(may_command(on_the_folder, rule_of<Publish>(), PublicationScope{}, reference()));
    CHECK(writes_in(on_the_folder, Area::Ombudsman));
}

TEST_CASE("a publication is opened by those who write in an area", "[access]") {
    for (const Role role : {OMBUDSMAN, HEAD_OMBUDSMAN, REGISTRAR, LAWYER})
        CHECK(may_open(viewer(role), rule_of<OpenPublication>(), PUBLICATION));
    for (const Role role : {UNIT_HEAD, BOARD_SECRETARY, BOARD, AUDITOR, ADMINISTRATOR})
        refused(may_open(viewer(role), rule_of<OpenPublication>(), PUBLICATION), Reason::Forbidden,
                "access.not_your_task");
    CHECK(writes_in(viewer(OMBUDSMAN), Area::Ombudsman));
    CHECK_FALSE(writes_in(viewer(OMBUDSMAN), Area::Legal));
    CHECK_FALSE(writes_in(viewer(UNIT_HEAD), Area::Legal));
}

TEST_CASE("a destruction list is no case, and no area follows from its kind", "[access]") {
    CHECK_FALSE(area_of(DESTRUCTION));
    for (const Role role : {HEAD_OMBUDSMAN, LAWYER, AUDITOR, ADMINISTRATOR}) {
        CHECK(sight(viewer(role), scope(DESTRUCTION), reference()) == Sight::Nothing);
        refused(try_command<ApproveDestruction>(viewer(role), scope(DESTRUCTION)), Reason::NotFound,
                "access.no_such_case");
    }
    auto on_the_folder = viewer(LAWYER);
    on_the_folder.operating_system_user = true;
    CHECK(sight(on_the_folder, DestructionScope{}) == DestructionSight::Everything);
    CHECK(may_command(on_the_folder, rule_of<WithholdItem>(), DestructionScope{}));
    CHECK(prepares_destruction(on_the_folder, Area::Ombudsman));
}

TEST_CASE("a destruction list is opened by those who work on lists, and who does not see one learns of none",
          "[access]") {
    for (const Role role : {OMBUDSMAN, HEAD_OMBUDSMAN, REGISTRAR, LAWYER})
        CHECK(may_open(viewer(role), rule_of<OpenDestructionList>(), DESTRUCTION));
    for (const Role role : {UNIT_HEAD, BOARD_SECRETARY, BOARD, AUDITOR, ADMINISTRATOR})
        refused(may_open(viewer(role), rule_of<OpenDestructionList>(), DESTRUCTION), Reason::Forbidden,
                "access.not_your_task");
    const DestructionScope of_ombudsmen{Area::Ombudsman};
    refused(may_command(viewer(LAWYER), rule_of<WithholdItem>(), of_ombudsmen), Reason::NotFound,
            "access.no_such_destruction_list");
    refused(may_command(viewer(UNIT_HEAD), rule_of<WithholdItem>(), {Area::Legal}), Reason::NotFound,
            "access.no_such_destruction_list");
    auto auditor = viewer(AUDITOR);
    auditor.auditor_of = {Area::Ombudsman};
    refused(may_command(auditor, rule_of<WithholdItem>(), of_ombudsmen), Reason::Forbidden,
            "access.not_your_task");
    refused(may_command(viewer(OMBUDSMAN), rule_of<AbandonDestructionList>(), of_ombudsmen),
            Reason::Forbidden, "access.not_your_task");
    refused(may_command(viewer(HEAD_OMBUDSMAN), rule_of<Publish>(), of_ombudsmen), Reason::NotFound,
            "access.no_such_destruction_list");
}

TEST_CASE("a hold is placed by those who answer for the register of their area", "[access]") {
    CHECK(try_command<PlaceHold>(viewer(HEAD_OMBUDSMAN), scope(CONTACT)));
    CHECK(try_command<PlaceHold>(viewer(REGISTRAR), scope(REMINDER)));
    CHECK(try_command<LiftHold>(viewer(LAWYER), scope(COMPLAINT)));
    refused(try_command<PlaceHold>(viewer(OMBUDSMAN), scope(CONTACT)), Reason::Forbidden,
            "access.not_your_task");
    refused(try_command<PlaceHold>(viewer(LAWYER), scope(CONTACT)), Reason::NotFound, "access.no_such_case");
}

TEST_CASE("a proposal is answered by the one it is addressed to", "[access]") {
    PublicationScope to_ward;
    to_ward.is_signed = true;
    to_ward.is_published = true;
    to_ward.addressed_units = {"ward"};
    auto to_body = to_ward;
    to_body.addressed_units.clear();
    to_body.addressed_to_body = true;
    const auto answer = rule_of<AnswerProposal>();
    CHECK(may_command(head_of("hospital"), answer, to_ward, reference()));
    CHECK(may_command(viewer(BOARD_SECRETARY), answer, to_body, reference()));
    refused(may_command(head_of("school"), answer, to_ward, reference()), Reason::Forbidden,
            "access.not_the_addressee");
    refused(may_command(head_of("hospital"), answer, to_body, reference()), Reason::Forbidden,
            "access.not_the_addressee");
    refused(may_command(viewer(BOARD_SECRETARY), answer, to_ward, reference()), Reason::Forbidden,
            "access.not_the_addressee");
    refused(may_command(viewer(HEAD_OMBUDSMAN), answer, to_ward, reference()), Reason::Forbidden,
            "access.not_your_task");
    CHECK(may_command(viewer(OMBUDSMAN), rule_of<FollowUpProposal>(), to_ward, reference()));
    to_ward.is_published = false;
    refused(may_command(head_of("school"), answer, to_ward, reference()), Reason::NotFound,
            "access.no_such_publication");
}

TEST_CASE("the wall stands on both sides", "[access]") {
    for (const Role role : {REGISTRAR, LAWYER, UNIT_HEAD}) {
        CHECK(sight(viewer(role), scope(CONTACT), reference()) == Sight::Nothing);
        CHECK_FALSE(works_in(viewer(role), Area::Ombudsman));
        CHECK(works_in(viewer(role), Area::Legal));
    }
    for (const Role role : {OMBUDSMAN, HEAD_OMBUDSMAN}) {
        for (const Kind kind : {REMINDER, COMPLAINT, AUTHORITY_REQUEST}) {
            CHECK(sight(viewer(role), scope(kind), reference()) == Sight::Nothing);
        }
        CHECK_FALSE(works_in(viewer(role), Area::Legal));
    }
}

TEST_CASE("being named handler is no door through the wall", "[access]") {
    auto contact = scope(CONTACT);
    contact.handler = "u1";
    CHECK(sight(viewer(LAWYER), contact, reference()) == Sight::Nothing);
    CHECK(sight(viewer(ADMINISTRATOR), contact, reference()) == Sight::Nothing);
    CHECK(sight(viewer(OMBUDSMAN), contact, reference()) == Sight::Content);
}

TEST_CASE("a contact of health and social is seen by the ombudsman of either", "[access]") {
    auto both = scope(CONTACT);
    both.sectors = {"health", "social"};
    for (const std::string sector : {"health", "social"}) {
        auto limited = viewer(OMBUDSMAN);
        limited.sectors = {sector};
        CHECK(sight(limited, both, reference()) == Sight::Content);
    }
    auto early = viewer(OMBUDSMAN);
    early.sectors = {"early-education"};
    CHECK(sight(early, both, reference()) == Sight::Counts);
    refused(try_command<AddAdvice>(early, both), Reason::NotFound, "access.no_such_case");
}

TEST_CASE("the head of a unit sees the cases of that unit and of what is below it", "[access]") {
    auto ward = scope(REMINDER);
    ward.units = {"ward"};
    CHECK(sight(head_of("hospital"), ward, reference()) == Sight::Content);
    CHECK(sight(head_of("ward"), ward, reference()) == Sight::Content);
    CHECK(sight(head_of("school"), ward, reference()) == Sight::Nothing);
    auto hospital = scope(REMINDER);
    hospital.units = {"hospital"};
    CHECK(sight(head_of("ward"), hospital, reference()) == Sight::Nothing);
    CHECK(sight(viewer(UNIT_HEAD), hospital, reference()) == Sight::Nothing);  // head of nothing yet
}

TEST_CASE("a unit asked for a statement gives it and does no more", "[access]") {
    auto reminder = scope(REMINDER);
    reminder.units = {"ward"};
    reminder.involved_units = {"school"};
    CHECK(sight(head_of("school"), reminder, reference()) == Sight::Content);
    CHECK(try_command<ReceiveStatement>(head_of("school"), reminder));
    CHECK(try_command<EnterDocument>(head_of("school"), reminder));
    refused(try_command<SignReply>(head_of("school"), reminder), Reason::Forbidden,
            "access.only_asked_for_statement");
    refused(try_command<Close>(head_of("school"), reminder), Reason::Forbidden,
            "access.only_asked_for_statement");
    CHECK(try_command<SignReply>(head_of("ward"), reminder));
}

TEST_CASE("the disqualified see nothing of the case, whatever else they are", "[access]") {
    auto reminder = scope(REMINDER);
    reminder.units = {"ward"};
    reminder.handler = "u1";
    reminder.disqualified = {"u1"};
    auto everything = head_of("ward");
    everything.roles = {UNIT_HEAD, LAWYER, REGISTRAR};
    CHECK(sight(everything, reminder, reference()) == Sight::Nothing);
    refused(try_command<Close>(everything, reminder), Reason::NotFound, "access.no_such_case");
    everything.user_id = "u2";
    CHECK(sight(everything, reminder, reference()) == Sight::Content);
}

TEST_CASE("whoever stands in for the handler has the case as the handler has it", "[access]") {
    auto reminder = scope(REMINDER);
    reminder.units = {"ward"};
    reminder.handler = "u9";
    auto substitute = head_of("school");
    CHECK(sight(substitute, reminder, reference()) == Sight::Nothing);
    substitute.stands_in_for = {"u9"};
    CHECK(sight(substitute, reminder, reference()) == Sight::Content);
    CHECK(try_command<SignReply>(substitute, reminder));
    // Over the wall, for the disqualified, and for a handler who is disqualified, it opens nothing.
    auto contact = scope(CONTACT);
    contact.handler = "u9";
    CHECK(sight(substitute, contact, reference()) == Sight::Nothing);
    reminder.disqualified = {"u1"};
    CHECK(sight(substitute, reminder, reference()) == Sight::Nothing);
    reminder.disqualified = {"u9"};
    CHECK(sight(substitute, reminder, reference()) == Sight::Nothing);
    // Without a handler nobody is stood in for.
    substitute.stands_in_for = {""};
    reminder.handler.clear();
    reminder.disqualified.clear();
    CHECK(sight(substitute, reminder, reference()) == Sight::Nothing);
}

TEST_CASE("whoever a case is offered to sees it, so as to say yes or no", "[access]") {
    auto reminder = scope(REMINDER);
    reminder.units = {"ward"};
    reminder.offered_to = "u1";
    CHECK(sight(head_of("school"), reminder, reference()) == Sight::Content);
    CHECK(try_command<AcceptHandOver>(head_of("school"), reminder));
    auto contact = scope(CONTACT);
    contact.offered_to = "u1";
    CHECK(sight(head_of("school"), contact, reference()) == Sight::Nothing);
}

TEST_CASE("a viewer on a day stands in for those who are away then", "[access]") {
    Reference people = reference();
    for (const std::string id : {"u1", "u9"}) {
        UserSet set;
        set.mutable_given()->set_login(id);
        set.mutable_given()->add_roles(LAWYER);
        set.mutable_given()->set_active(true);
        set.set_user_id(id);
        people.apply(set);
    }
    AbsenceSet away;
    away.mutable_given()->set_user_id("u9");
    away.mutable_given()->set_first_day("2026-07-01");
    away.mutable_given()->set_last_day("2026-07-31");
    away.mutable_given()->set_substitute("u1");
    people.apply(away);
    const auto on = [&](const char* day) {
        return viewer_of(*people.user("u1"), people, *parse_date(day)).stands_in_for;
    };
    CHECK(on("2026-07-31") == std::set<std::string>{"u9"});
    CHECK(on("2026-08-01").empty());
}

TEST_CASE("the superior who got the case by disqualification acts in it from another unit", "[access]") {
    auto reminder = scope(REMINDER);
    reminder.units = {"ward"};
    reminder.handler = "u1";
    CHECK(sight(head_of("school"), reminder, reference()) == Sight::Content);
    CHECK(try_command<SignReply>(head_of("school"), reminder));
}

TEST_CASE("who may not see a case is told there is none, who sees it is told the task is another's",
          "[access]") {
    refused(try_command<Close>(viewer(OMBUDSMAN), scope(REMINDER)), Reason::NotFound, "access.no_such_case");
    refused(try_command<EndHandling>(viewer(REGISTRAR), scope(CONTACT)), Reason::NotFound,
            "access.no_such_case");
    refused(try_command<SignReply>(viewer(LAWYER), scope(REMINDER)), Reason::Forbidden,
            "access.not_your_task");
    CHECK(try_command<Close>(viewer(LAWYER), scope(REMINDER)));
}

TEST_CASE("a command that both areas know is given in the own area only", "[access]") {
    CHECK(try_command<EnterDocument>(viewer(OMBUDSMAN), scope(CONTACT)));
    refused(try_command<EnterDocument>(viewer(OMBUDSMAN), scope(REMINDER)), Reason::NotFound,
            "access.no_such_case");
    // Named in the command's rule, but for the other area.
    CHECK(may_open(viewer(OMBUDSMAN), rule_of<ImportCase>(), CONTACT));
    refused(may_open(viewer(OMBUDSMAN), rule_of<ImportCase>(), REMINDER), Reason::Forbidden,
            "access.other_area");
    refused(may_open(viewer(REGISTRAR), rule_of<ImportCase>(), CONTACT), Reason::Forbidden,
            "access.other_area");
}

TEST_CASE("opening a case belongs to the roles that the command names", "[access]") {
    CHECK(may_open(viewer(UNIT_HEAD), rule_of<RegisterReminder>(), REMINDER));
    refused(may_open(viewer(UNIT_HEAD), rule_of<RegisterComplaint>(), COMPLAINT), Reason::Forbidden,
            "access.not_your_task");
    refused(may_open(viewer(BOARD), rule_of<RegisterReminder>(), REMINDER), Reason::Forbidden,
            "access.other_area");
    refused(may_open(viewer(LAWYER), rule_of<RegisterReminder>(), COMPLAINT), Reason::NotFound,
            "access.no_such_case");  // no such command there
}

TEST_CASE("the administrator manages reference data and sees no case", "[access]") {
    const auto administrator = viewer(ADMINISTRATOR);
    CHECK(may_open(administrator, rule_of<SetUnit>(), REFERENCE));
    CHECK(try_command<SetUnit>(administrator, scope(REFERENCE)));
    refused(try_command<SetUnit>(viewer(LAWYER), scope(REFERENCE)), Reason::Forbidden,
            "access.not_your_task");
    CHECK(try_command<ReleaseTotals>(viewer(LAWYER), scope(REFERENCE)));
    for (const Kind kind : {REMINDER, COMPLAINT, AUTHORITY_REQUEST, CONTACT}) {
        CHECK(sight(administrator, scope(kind), reference()) == Sight::Nothing);
    }
}

TEST_CASE("an auditor reads the access log of the own area and no case", "[access]") {
    auto auditor = viewer(AUDITOR);
    auditor.auditor_of = {Area::Ombudsman};
    CHECK(may_read_access_log(auditor, Area::Ombudsman));
    CHECK_FALSE(may_read_access_log(auditor, Area::Legal));
    CHECK(sight(auditor, scope(CONTACT), reference()) == Sight::Nothing);
    CHECK_FALSE(may_read_access_log(viewer(HEAD_OMBUDSMAN), Area::Ombudsman));
}

TEST_CASE("the operating system's user has every right, as whoever holds the folder", "[access]") {
    Viewer user;
    user.user_id = "os";
    user.operating_system_user = true;
    for (const Kind kind : {REMINDER, COMPLAINT, AUTHORITY_REQUEST, CONTACT, REFERENCE}) {
        CHECK(sight(user, scope(kind), reference()) == Sight::Content);
    }
    CHECK(try_command<Close>(user, scope(REMINDER)));
    CHECK(may_open(user, rule_of<LogContact>(), CONTACT));
    CHECK(may(user, Right::Export));
    CHECK(works_in(user, Area::Legal));
    CHECK(works_in(user, Area::Ombudsman));
}

TEST_CASE("a user as set becomes the viewer, and one no longer active sees nothing", "[access]") {
    SetUser user;
    user.set_user_id("u1");
    user.add_roles(UNIT_HEAD);
    user.add_roles(AUDITOR);
    user.add_units("ward");
    user.add_sectors("health");
    user.add_auditor_of("legal");
    user.set_active(true);
    const auto active = viewer_of(user);
    CHECK(active.user_id == "u1");
    CHECK(active.roles == std::set<Role>{UNIT_HEAD, AUDITOR});
    CHECK(active.units == std::vector<std::string>{"ward"});
    CHECK(active.sectors == std::set<std::string>{"health"});
    CHECK(active.auditor_of == std::set<Area>{Area::Legal});
    CHECK_FALSE(active.operating_system_user);

    user.set_active(false);
    CHECK(viewer_of(user).roles.empty());
    CHECK_FALSE(may(viewer_of(user), Right::SeeReference));
    CHECK_FALSE(may_read_access_log(viewer_of(user), Area::Legal));
}

TEST_CASE("an area without the auditor's role makes no auditor", "[access]") {
    SetUser user;
    user.set_user_id("u1");
    user.add_roles(LAWYER);
    user.add_auditor_of("legal");
    user.set_active(true);
    CHECK_FALSE(may_read_access_log(viewer_of(user), Area::Legal));
}

// ---- in an emergency ----

TEST_CASE("a case of another sector is opened for reading, and nothing but reading", "[access][emergency]") {
    auto lawyer = viewer(LAWYER);
    lawyer.sectors = {"social"};
    auto of_health = scope(REMINDER);
    of_health.sectors = {"health"};
    REQUIRE(sight(lawyer, of_health, reference()) == Sight::Counts);
    CHECK(may_break_glass(lawyer, of_health, reference()));
    CHECK(sight_of_one(lawyer, "c1", of_health, reference()) == Sight::Counts);
    lawyer.broke_glass = {{"c1", "Lapsi vaarassa"}};
    CHECK(sight_of_one(lawyer, "c1", of_health, reference()) == Sight::Content);
    CHECK(sight_of_one(lawyer, "c2", of_health, reference()) == Sight::Counts);
    // Lists, searches, exports and counts ask sight(), commands may_command().
    CHECK(sight(lawyer, of_health, reference()) == Sight::Counts);
    refused(try_command<EnterDocument>(lawyer, of_health), Reason::NotFound, "access.no_such_case");
    refused(try_command<Notify>(lawyer, of_health), Reason::NotFound, "access.no_such_case");
}

TEST_CASE("no emergency opens the wall, the disqualified's case or another unit's", "[access][emergency]") {
    for (const auto role : {OMBUDSMAN, HEAD_OMBUDSMAN, REGISTRAR, LAWYER, UNIT_HEAD, BOARD, BOARD_SECRETARY,
                            AUDITOR, ADMINISTRATOR}) {
        for (const auto kind : {REMINDER, COMPLAINT, AUTHORITY_REQUEST, CONTACT}) {
            INFO(Role_Name(role) << " " << Kind_Name(kind));
            auto who = viewer(role);
            who.sectors = {"social"};
            who.units = {"school"};
            who.auditor_of = {Area::Ombudsman, Area::Legal};
            who.broke_glass = {{"c1", "Kiire"}};
            auto where = scope(kind);
            where.sectors = {"health"};
            where.units = {"ward"};
            const bool own = works_in(who, *area_of(kind)) && role != UNIT_HEAD;
            CHECK(opens_in_emergency(who, kind) == own);
            CHECK((sight_of_one(who, "c1", where, reference()) == Sight::Content) == own);
            where.disqualified = {"u1"};
            CHECK(sight_of_one(who, "c1", where, reference()) == Sight::Nothing);
            refused(may_break_glass(who, where, reference()), Reason::NotFound, "access.no_such_case");
        }
    }
}

TEST_CASE("who sees a case needs no emergency", "[access][emergency]") {
    refused(may_break_glass(viewer(LAWYER), scope(REMINDER), reference()), Reason::WrongState,
            "access.open_to_you_anyway");
}
