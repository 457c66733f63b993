#include "domain/cases/reference_data.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "domain/schema/reorganisation.pb.h"
#include "domain/text/text.hpp"

using namespace vastine;
using namespace vastine::domain;

namespace {

// given(commands already taken).when(command): what one administrator sees after another.
class Organisation {
public:
    template <class Command>
    Organisation& given(const Command& command) {
        const auto decided = when(command);
        INFO((decided ? std::string() : decided.error().text));
        REQUIRE(decided);
        for (const auto& event : decided->list()) reference_data::evolve(state_, *event);
        return *this;
    }
    template <class Command>
    [[nodiscard]] Result<Events> when(const Command& command) const {
        const Context context{actor_,     std::string(reference_data::stream_of(*command.GetDescriptor())),
                              {},         Date(),
                              reference_, ""};
        return reference_data::decide(state_, command, context);
    }
    Organisation& by(const std::string& actor) {
        actor_ = actor;
        return *this;
    }
    Organisation& with(const SetUser& user) {
        UserSet event;
        *event.mutable_given() = user;
        event.set_user_id(user.user_id());
        reference_.apply(event);
        return *this;
    }
    template <class Command>
    void refuses(const Command& command, const std::string& text, const std::string& field,
                 Reason reason = Reason::Invalid) const {
        const auto decided = when(command);
        REQUIRE_FALSE(decided);
        CHECK(decided.error().text == text);
        CHECK(decided.error().field == field);
        CHECK(decided.error().reason == reason);
        for (const Language language : {Language::Finnish, Language::Swedish, Language::English})
            CHECK(explain(decided.error(), language).find('{') == std::string::npos);
    }

private:
    reference_data::State state_;
    std::string actor_ = "u1";
    Reference reference_;
};

template <class Event>
const Event& only(const Result<Events>& decided) {
    REQUIRE(decided);
    REQUIRE(decided->list().size() == 1);
    return dynamic_cast<const Event&>(*decided->list().front());
}

SetUnit unit(const std::string& id, const std::string& parent = "", const std::string& from = "2020-01-01") {
    SetUnit command;
    command.set_unit_id(id);
    command.set_parent(parent);
    command.set_valid_from(from);
    command.mutable_name()->set_fi(id);
    return command;
}
SetRetention kept(const std::string& subject, std::uint32_t years) {
    SetRetention command;
    command.set_subject(subject);
    command.set_valid_from("2020-01-01");
    command.set_years(years);
    command.set_ground("Päätös 12 §");
    return command;
}
PublishCodeSet code_set(const std::vector<std::string>& codes, const std::string& from = "2020-01-01") {
    PublishCodeSet command;
    command.set_code_set("cause");
    command.mutable_name()->set_fi("Syy");
    command.set_valid_from(from);
    for (const auto& code : codes) {
        command.add_codes()->set_code(code);
        command.mutable_codes()->rbegin()->mutable_name()->set_fi(code);
    }
    return command;
}
SetAuthority authority(const std::string& id, const std::string& successor = "") {
    SetAuthority command;
    command.set_authority_id(id);
    command.set_authority_kind("supervisory");
    command.set_successor(successor);
    command.mutable_name()->set_fi(id);
    return command;
}
SetPolicy policy() {
    SetPolicy command;
    command.set_policy("reminder.answer");
    command.set_valid_from("2020-01-01");
    command.set_target_count(28);
    command.set_target_unit("day");
    command.set_warn_days(21);
    command.set_escalate_days(30);
    command.set_critical_days(60);
    return command;
}
SetUser user(const std::string& id, const std::string& login, Role role = OMBUDSMAN) {
    SetUser command;
    command.set_user_id(id);
    command.set_login(login);
    command.set_name("Mia");
    command.add_roles(role);
    command.set_active(true);
    return command;
}

}  // namespace

// ---- units ----

TEST_CASE("a reorganisation is one: each unit may name those before it, and one fault refuses all",
          "[reference]") {
    Organisation organisation;
    organisation.given(unit("old"));
    ReorganiseUnits plan;
    *plan.add_units() = unit("new", "", "2027-01-01");
    *plan.add_units() = unit("below", "new", "2027-01-01");
    auto ended = unit("old");
    ended.set_valid_until("2026-12-31");
    ended.add_successors("new");
    *plan.add_units() = ended;
    const auto decided = organisation.when(plan);
    REQUIRE(decided);
    REQUIRE(decided->list().size() == 3);
    CHECK(dynamic_cast<const UnitSet&>(*decided->list().back()).given().successors(0) == "new");

    auto of_nobody = plan;
    of_nobody.mutable_units(2)->set_successors(0, "nobody");
    organisation.refuses(of_nobody, "reference.unit_unknown", "units[2].successors[0]");
    auto twice = plan;
    *twice.add_units() = unit("new", "", "2027-01-01");
    organisation.refuses(twice, "reference.unit_twice", "units[3].unit_id");
    auto in_a_circle = plan;
    in_a_circle.mutable_units(0)->set_parent("below");
    organisation.refuses(in_a_circle, "reference.unit_unknown", "units[0].parent");
    organisation.refuses(ReorganiseUnits(), "reference.reorganisation_empty", "units");
}

TEST_CASE("a unit is set as it was given", "[reference-data]") {
    const SetUnit command = unit("ward");
    const auto decided = Organisation().when(command);
    CHECK(only<UnitSet>(decided).given().SerializeAsString() == command.SerializeAsString());
}

TEST_CASE("a unit has an id and a name in at least one language", "[reference-data]") {
    Organisation().refuses(unit(""), "reference.id_missing", "unit_id");
    SetUnit nameless = unit("ward");
    nameless.clear_name();
    Organisation().refuses(nameless, "reference.name_missing", "name");
    nameless.mutable_name()->set_sv("Avdelning");
    CHECK(Organisation().when(nameless));
}

TEST_CASE("a unit's parent and successors exist", "[reference-data]") {
    Organisation().refuses(unit("ward", "surgery"), "reference.unit_unknown", "parent");
    SetUnit ended = unit("ward");
    ended.add_successors("surgery");
    Organisation().refuses(ended, "reference.unit_unknown", "successors[0]");
    CHECK(Organisation().given(unit("surgery")).when(ended));
    ended.set_successors(0, "ward");
    Organisation().given(unit("ward")).refuses(ended, "reference.unit_unknown", "successors[0]");
}

TEST_CASE("a unit does not end before it begins", "[reference-data]") {
    SetUnit command = unit("ward");
    command.set_valid_until("2019-12-31");
    Organisation().refuses(command, "reference.ends_before_it_begins", "valid_until");
    command.set_valid_until("2020-01-01");
    CHECK(Organisation().when(command));
}

TEST_CASE("no unit stands above itself, however far", "[reference-data]") {
    Organisation().refuses(unit("a", "a"), "reference.unit_above_itself", "parent");
    Organisation organisation;
    organisation.given(unit("a")).given(unit("b", "a")).given(unit("c", "b"));
    organisation.refuses(unit("a", "c"), "reference.unit_above_itself", "parent");
    organisation.refuses(unit("a", "c", "2030-01-01"), "reference.unit_above_itself", "parent");
    CHECK(organisation.when(unit("c", "a")));
}

TEST_CASE("units may change places when their days do not meet", "[reference-data]") {
    Organisation organisation;
    organisation.given(unit("a")).given(unit("b", "a"));
    organisation.refuses(unit("a", "b", "2030-01-01"), "reference.unit_above_itself", "parent");
    organisation.given(unit("b", "", "2030-01-01"));
    CHECK(organisation.when(unit("a", "b", "2030-01-01")));
    organisation.refuses(unit("a", "b", "2029-12-31"), "reference.unit_above_itself", "parent");
}

// ---- code sets ----

TEST_CASE("a code set counts its versions", "[reference-data]") {
    Organisation organisation;
    CHECK(only<CodeSetPublished>(organisation.when(code_set({"care"}))).version() == 1);
    organisation.given(code_set({"care"}));
    CHECK(only<CodeSetPublished>(organisation.when(code_set({"care", "other"}))).version() == 2);
    PublishCodeSet another = code_set({"phone"});
    another.set_code_set("channel");
    CHECK(only<CodeSetPublished>(organisation.when(another)).version() == 1);
}

TEST_CASE("a later version is not valid before an earlier one", "[reference-data]") {
    Organisation organisation;
    organisation.given(code_set({"care"}, "2020-01-01"));
    organisation.refuses(code_set({"care"}, "2019-12-31"), "reference.version_before_the_last", "valid_from");
    CHECK(organisation.when(code_set({"care"}, "2020-01-01")));  // a correction
}

TEST_CASE("a code set holds codes, each once, each with a name", "[reference-data]") {
    Organisation().refuses(code_set({}), "reference.code_set_empty", "codes");
    Organisation().refuses(code_set({"care", "other", "care"}), "reference.code_twice", "codes[2].code");
    Organisation().refuses(code_set({"care", ""}), "reference.id_missing", "codes[1].code");
    PublishCodeSet command = code_set({"care"});
    command.mutable_codes(0)->clear_name();
    Organisation().refuses(command, "reference.name_missing", "codes[0].name");
    command = code_set({"care"});
    command.clear_name();
    Organisation().refuses(command, "reference.name_missing", "name");
    command = code_set({"care"});
    command.clear_code_set();
    Organisation().refuses(command, "reference.id_missing", "code_set");
}

TEST_CASE("a code does not end before it begins, and its successors stand in the same version",
          "[reference-data]") {
    PublishCodeSet command = code_set({"care", "nursing"});
    command.mutable_codes(0)->set_valid_from("2020-01-01");
    command.mutable_codes(0)->set_valid_until("2019-01-01");
    Organisation().refuses(command, "reference.ends_before_it_begins", "codes[0].valid_until");
    command.mutable_codes(0)->set_valid_until("2021-12-31");
    command.mutable_codes(0)->add_successors("nursing");
    CHECK(Organisation().when(command));
    command.mutable_codes(0)->set_successors(0, "medicine");
    Organisation().refuses(command, "reference.code_successor_unknown", "codes[0].successors");
    command.mutable_codes(0)->set_successors(0, "care");
    Organisation().refuses(command, "reference.code_successor_unknown", "codes[0].successors");
}

// ---- authorities ----

TEST_CASE("an authority has an id, a name and an order of days", "[reference-data]") {
    Organisation().refuses(authority(""), "reference.id_missing", "authority_id");
    SetAuthority command = authority("lvv");
    command.clear_name();
    Organisation().refuses(command, "reference.name_missing", "name");
    command = authority("lvv");
    command.set_valid_from("2026-01-01");
    command.set_valid_until("2025-12-31");
    Organisation().refuses(command, "reference.ends_before_it_begins", "valid_until");
}

TEST_CASE("an authority's successor exists and does not lead back to it", "[reference-data]") {
    Organisation().refuses(authority("valvira", "lvv"), "reference.authority_unknown", "successor");
    Organisation organisation;
    organisation.given(authority("lvv")).given(authority("valvira", "lvv"));
    organisation.refuses(authority("lvv", "lvv"), "reference.authority_after_itself", "successor");
    organisation.refuses(authority("lvv", "valvira"), "reference.authority_after_itself", "successor");
}

// ---- policies ----

TEST_CASE("a policy counts its versions in the order of their days", "[reference-data]") {
    Organisation organisation;
    CHECK(only<PolicySet>(organisation.when(policy())).version() == 1);
    organisation.given(policy());
    CHECK(only<PolicySet>(organisation.when(policy())).version() == 2);
    SetPolicy earlier = policy();
    earlier.set_valid_from("2019-12-31");
    organisation.refuses(earlier, "reference.version_before_the_last", "valid_from");
}

TEST_CASE("a policy has a target in a unit that the calendar can count", "[reference-data]") {
    SetPolicy command = policy();
    command.clear_policy();
    Organisation().refuses(command, "reference.id_missing", "policy");
    command = policy();
    command.set_target_unit("fortnight");
    Organisation().refuses(command, "reference.period_unit_unknown", "target_unit");
    command = policy();
    command.set_target_count(0);
    Organisation().refuses(command, "reference.target_missing", "target_count");
    for (const std::uint32_t count : {3661u, 4294967295u}) {
        command = policy();
        command.set_target_count(count);
        Organisation().refuses(command, "reference.period_too_long", "target_count");
    }
}

TEST_CASE("a policy warns by its target, then escalates, then is critical", "[reference-data]") {
    SetPolicy command = policy();
    command.set_warn_days(28);
    CHECK(Organisation().when(command));
    command.set_warn_days(29);
    Organisation().refuses(command, "reference.warns_after_target", "warn_days");
    command = policy();
    command.set_escalate_days(27);
    Organisation().refuses(command, "reference.escalates_before_target", "escalate_days");
    command = policy();
    command.set_critical_days(29);
    Organisation().refuses(command, "reference.critical_before_escalation", "critical_days");
    command.clear_escalate_days();
    CHECK(Organisation().when(command));
    command.set_critical_days(27);
    Organisation().refuses(command, "reference.critical_before_escalation", "critical_days");
    command = policy();
    command.set_target_count(1);
    command.set_target_unit("month");
    command.set_warn_days(28);
    CHECK(Organisation().when(command));
}

TEST_CASE("a policy's calendar, hour, roles and limits are such as can be kept", "[reference-data]") {
    SetPolicy command = policy();
    for (const auto* calendar : {"", "fi", "sv", "ax"}) {
        command.set_calendar(calendar);
        CHECK(Organisation().when(command));
    }
    command.set_calendar("no");
    Organisation().refuses(command, "reference.calendar_unknown", "calendar");
    command = policy();
    for (const auto* hour : {"", "00:00", "16:15", "24:00"}) {
        command.set_closes_at(hour);
        CHECK(Organisation().when(command));
    }
    for (const auto* hour : {"16.15", "24:01", "16:60", "4:15", "16:15:00", "aa:bb"}) {
        command.set_closes_at(hour);
        Organisation().refuses(command, "reference.no_time_of_day", "closes_at");
    }
    command = policy();
    command.set_extension_days_max(3661);
    Organisation().refuses(command, "reference.period_too_long", "extension_days_max");
    command = policy();
    command.set_pause_credited(true);
    Organisation().refuses(command, "reference.credits_without_pause", "pause_credited");
    command.set_pause_allowed(true);
    CHECK(Organisation().when(command));
    for (const Role role : {OMBUDSMAN, HEAD_OMBUDSMAN, REGISTRAR, LAWYER, UNIT_HEAD}) {
        command = policy();
        command.add_extended_by(role);
        command.add_escalated_to(role);
        CHECK(Organisation().when(command));
    }
    for (const Role role : {NO_ROLE, BOARD, AUDITOR, ADMINISTRATOR}) {
        command = policy();
        command.add_extended_by(role);
        Organisation().refuses(command, "reference.role_sees_no_case", "extended_by");
        command = policy();
        command.add_escalated_to(role);
        Organisation().refuses(command, "reference.role_sees_no_case", "escalated_to");
    }
}

// ---- closing days ----

namespace {

SetClosingDay closing_day(const std::string& on) {
    SetClosingDay command;
    command.set_closing_day_id("between");
    command.mutable_name()->set_fi("Välipäivä");
    command.set_on(on);
    command.set_reason("Hallituksen päätös");
    return command;
}

}  // namespace

TEST_CASE("a closing day is a day, or a day of every year, and says why", "[reference-data]") {
    for (const auto* on : {"2026-12-28", "12-28", "02-29"}) CHECK(Organisation().when(closing_day(on)));
    for (const auto* on : {"", "28.12.", "13-01", "02-30", "2026-02-29", "1-2"})
        Organisation().refuses(closing_day(on), "reference.no_closing_day", "on");
    auto command = closing_day("12-28");
    command.clear_reason();
    Organisation().refuses(command, "reference.closing_reason_missing", "reason");
    command = closing_day("12-28");
    command.clear_name();
    Organisation().refuses(command, "reference.name_missing", "name");
    command = closing_day("12-28");
    command.clear_closing_day_id();
    Organisation().refuses(command, "reference.id_missing", "closing_day_id");
    command = closing_day("12-28");
    command.set_valid_from("2026-01-01");
    command.set_valid_until("2025-12-31");
    Organisation().refuses(command, "reference.ends_before_it_begins", "valid_until");
}

TEST_CASE("only a closing day that was set is withdrawn", "[reference-data]") {
    auto withdrawn = closing_day("12-28");
    withdrawn.set_withdrawn(true);
    Organisation().refuses(withdrawn, "reference.closing_day_unknown", "closing_day_id");
    CHECK(Organisation().given(closing_day("12-28")).when(withdrawn));
}

// ---- absences ----

namespace {

SetAbsence absence(const std::string& user = "mia", const std::string& substitute = "esa") {
    SetAbsence command;
    command.set_user_id(user);
    command.set_first_day("2026-07-01");
    command.set_last_day("2026-07-31");
    command.set_substitute(substitute);
    return command;
}
// Mia and Esa are lawyers, Oili an ombudsman, Pia the administrator.
Organisation staff() {
    Organisation organisation;
    organisation.with(user("mia", "mia", LAWYER)).with(user("esa", "esa", LAWYER));
    organisation.with(user("oili", "oili", OMBUDSMAN)).with(user("pia", "pia", ADMINISTRATOR));
    return organisation.by("mia");
}

}  // namespace

TEST_CASE("an absence is set by oneself, an administrator or at the data folder, and by nobody else",
          "[reference-data]") {
    for (const auto* actor : {"mia", "pia", "the operating system's"})
        CHECK(staff().by(actor).when(absence()));
    for (const auto* actor : {"esa", "oili"})
        staff().by(actor).refuses(absence(), "reference.absence_of_another", "user_id", Reason::Forbidden);
    staff().refuses(absence("nobody"), "reference.user_unknown", "user_id");
}

TEST_CASE("an absence has its days in order", "[reference-data]") {
    auto command = absence();
    command.set_last_day("2026-07-01");
    CHECK(staff().when(command));
    command.set_last_day("2026-06-30");
    staff().refuses(command, "reference.absence_ends_before_it_begins", "last_day");
    command.set_last_day("heinäkuu");
    staff().refuses(command, "days.not_a_date", "last_day");
    command = absence();
    command.set_first_day("");
    staff().refuses(command, "days.not_a_date", "first_day");
}

TEST_CASE("a substitute is somebody else of the same side of the wall", "[reference-data]") {
    staff().refuses(absence("mia", ""), "reference.substitute_missing", "substitute");
    staff().refuses(absence("mia", "mia"), "reference.substitute_is_oneself", "substitute");
    staff().refuses(absence("mia", "nobody"), "reference.user_unknown", "substitute");
    staff().refuses(absence("mia", "oili"), "reference.substitute_of_another_area", "substitute");
    staff().refuses(absence("mia", "pia"), "reference.substitute_of_another_area", "substitute");
}

TEST_CASE("an absence is withdrawn by its first day, once", "[reference-data]") {
    auto withdrawn = absence("mia", "");
    withdrawn.set_withdrawn(true);
    staff().refuses(withdrawn, "reference.absence_unknown", "first_day");
    auto organisation = staff();
    CHECK(organisation.given(absence()).when(withdrawn));
    organisation.given(withdrawn).refuses(withdrawn, "reference.absence_unknown", "first_day");
}

// ---- the organisation, and its letters ----

TEST_CASE("an organisation has a name, and takes files up to a size that people can wait for",
          "[reference-data]") {
    SetOrganisation command;
    Organisation().refuses(command, "reference.name_missing", "name");
    command.mutable_name()->set_fi("Esimerkin hyvinvointialue");
    CHECK(Organisation().when(command));
    command.set_attachment_bytes_max((std::uint64_t{512} << 20U) + 1);
    Organisation().refuses(command, "reference.attachments_too_large", "attachment_bytes_max");
}

TEST_CASE("backups of the keys live for a quarter of a year at most", "[reference-data]") {
    SetOrganisation command;
    command.mutable_name()->set_fi("Esimerkin hyvinvointialue");
    command.set_key_backup_days(92);
    CHECK(Organisation().when(command));
    command.set_key_backup_days(93);
    Organisation().refuses(command, "reference.key_backups_too_old", "key_backup_days");
}

// ---- how long what is kept ----

TEST_CASE("a time of keeping has a subject, a ground and a number of years", "[reference-data]") {
    CHECK(Organisation().when(kept("reminder", 10)));
    Organisation().refuses(kept("", 10), "reference.id_missing", "subject");
    Organisation().refuses(kept("reminder", 0), "reference.years_missing", "years");
    Organisation().refuses(kept("reminder", 121), "reference.kept_too_long", "years");
    auto command = kept("reminder", 10);
    command.clear_ground();
    Organisation().refuses(command, "reference.ground_missing", "ground");
}

TEST_CASE("what the law sets, the organisation does not", "[reference-data]") {
    for (const char* subject : {"contact", "access-log-ombudsman", "access-log-legal"}) {
        CHECK(Organisation().when(kept(subject, 12)));
        Organisation().refuses(kept(subject, 10), "reference.years_are_the_laws", "years");
        Organisation().refuses(kept(subject, 15), "reference.years_are_the_laws", "years");
    }
}

TEST_CASE("permanent keeping is ordered by the National Archives and nobody else", "[reference-data]") {
    auto command = kept("contact", 0);
    command.set_permanent(true);
    Organisation().refuses(command, "reference.archive_order_missing", "archive_order");
    command.set_archive_order("KA/1234/2020");
    CHECK(Organisation().when(command));
    command.set_years(20);  // and is transferred after so many
    CHECK(Organisation().when(command));
    command = kept("reminder", 10);
    command.set_archive_order("KA/1234/2020");
    Organisation().refuses(command, "reference.archive_order_of_what", "archive_order");
}

TEST_CASE("times of keeping count their versions in the order of their days", "[reference-data]") {
    Organisation organisation;
    organisation.given(kept("reminder", 10)).given(kept("complaint", 10));
    CHECK(only<RetentionSet>(organisation.when(kept("reminder", 15))).version() == 2);
    auto earlier = kept("reminder", 15);
    earlier.set_valid_from("2019-12-31");
    organisation.refuses(earlier, "reference.version_before_the_last", "valid_from");
}

TEST_CASE("a letter's versions follow each other in time", "[reference-data]") {
    SetLetterTemplate command;
    command.set_template_id("ack");
    command.set_valid_from("2026-01-01");
    Organisation().refuses(command, "reference.name_missing", "name");
    command.mutable_name()->set_sv("Mottagningsbevis");
    Organisation().refuses(command, "reference.letter_empty", "body");
    command.mutable_body()->set_sv("Vi har tagit emot {{mailbox}}.");
    Organisation().refuses(command, "reference.letter_field_unknown", "body.sv");
    command.mutable_body()->set_sv("Vi har tagit emot {{diary_number}}.");
    Organisation organisation;
    organisation.given(command);
    const auto second = organisation.when(command);
    REQUIRE(second);
    CHECK(only<LetterTemplateSet>(second).version() == 2);
    command.set_valid_from("2025-12-31");
    organisation.refuses(command, "reference.version_before_the_last", "valid_from");
}

// ---- webhooks ----

TEST_CASE("a webhook's address is encrypted, or on this machine", "[reference-data]") {
    SetWebhook command;
    command.set_webhook_id("diary");
    for (const auto* url : {"https://diary.example/vastine", "https://[2001:db8::1]:8443/in?x=1",
                            "http://localhost:8080/in", "http://127.0.0.1/in", "http://[::1]:9/in"}) {
        INFO(url);
        command.set_url(url);
        CHECK(Organisation().when(command));
    }
    for (const auto* url :
         {"http://diary.example/in", "http://127.0.0.1.evil.example/in", "ftp://diary.example",
          "http://localhost.evil.example/", "HTTPS://diary.example/"}) {
        INFO(url);
        command.set_url(url);
        Organisation().refuses(command, "reference.address_not_encrypted", "url");
    }
    for (const auto* url : {"", "diary.example/in", "https://", "https:///in", "https://a:b@diary.example/",
                            "https://diary.example/#part", "https://diary.example/a b"}) {
        INFO(url);
        command.set_url(url);
        Organisation().refuses(command, "reference.no_address", "url");
    }
    command.set_url("https://diary.example/");
    command.clear_webhook_id();
    Organisation().refuses(command, "reference.id_missing", "webhook_id");
}

// ---- users ----

TEST_CASE("a user is set under the id that came in with the command", "[reference-data]") {
    const auto decided = Organisation().when(user("u7", "mia"));
    CHECK(only<UserSet>(decided).user_id() == "u7");
    Organisation().refuses(user("", "mia"), "reference.id_missing", "user_id");
}

TEST_CASE("a user needs a login and a role", "[reference-data]") {
    Organisation().refuses(user("u7", ""), "reference.login_missing", "login");
    SetUser command = user("u7", "mia");
    command.clear_roles();
    Organisation().refuses(command, "reference.role_missing", "roles");
    command.add_roles(NO_ROLE);
    Organisation().refuses(command, "reference.role_missing", "roles");
}

TEST_CASE("a unit head has units and an auditor an area, or they would see nothing", "[reference-data]") {
    SetUser head = user("u7", "mia", UNIT_HEAD);
    Organisation().refuses(head, "reference.unit_head_needs_units", "units");
    head.add_units("ward");
    CHECK(Organisation().when(head));
    SetUser auditor = user("u7", "mia", AUDITOR);
    Organisation().refuses(auditor, "reference.auditor_needs_area", "auditor_of");
    auditor.add_auditor_of("legal");
    CHECK(Organisation().when(auditor));
}

TEST_CASE("nobody has roles on both sides of the wall", "[reference-data]") {
    for (const Role ombudsman : {OMBUDSMAN, HEAD_OMBUDSMAN}) {
        for (const Role legal : {REGISTRAR, LAWYER, UNIT_HEAD}) {
            SetUser both = user("u7", "mia", ombudsman);
            both.add_roles(legal);
            both.add_units("ward");
            Organisation().refuses(both, "reference.roles_on_both_sides", "roles");
        }
    }
    SetUser ombudsmen = user("u7", "mia", OMBUDSMAN);
    ombudsmen.add_roles(HEAD_OMBUDSMAN);
    CHECK(Organisation().when(ombudsmen));
    SetUser legal = user("u7", "mia", LAWYER);
    legal.add_roles(REGISTRAR);
    CHECK(Organisation().when(legal));
}

TEST_CASE("the secretary of the boards works in neither area, so that nobody notes a report of their own",
          "[reference-data]") {
    for (const Role seat : {OMBUDSMAN, HEAD_OMBUDSMAN, REGISTRAR, LAWYER, UNIT_HEAD}) {
        SetUser both = user("u7", "mia", BOARD_SECRETARY);
        both.add_roles(seat);
        both.add_units("ward");
        Organisation().refuses(both, "reference.secretary_works_in_no_area", "roles");
    }
    SetUser secretary = user("u7", "mia", BOARD_SECRETARY);
    secretary.add_roles(BOARD);
    CHECK(Organisation().when(secretary));
}

TEST_CASE("who works on one side of the wall does not audit the other", "[reference-data]") {
    const auto worker = [](Role role, const std::string& area) {
        SetUser command = user("u7", "mia", role);
        command.add_roles(AUDITOR);
        command.add_auditor_of(area);
        command.add_units("ward");
        return command;
    };
    for (const Role role : {REGISTRAR, LAWYER, UNIT_HEAD})
        Organisation().refuses(worker(role, "ombudsman"), "reference.audits_the_other_side", "auditor_of");
    for (const Role role : {OMBUDSMAN, HEAD_OMBUDSMAN})
        Organisation().refuses(worker(role, "legal"), "reference.audits_the_other_side", "auditor_of");
    SetUser of_both = user("u7", "mia", AUDITOR);
    of_both.add_auditor_of("ombudsman");
    of_both.add_auditor_of("legal");
    CHECK(Organisation().when(of_both));
}

TEST_CASE("two users never have the same login, letter case aside", "[reference-data]") {
    Organisation organisation;
    organisation.given(user("u7", "mia"));
    organisation.refuses(user("u8", "Mia"), "reference.login_taken", "login", Reason::Conflict);
    CHECK(organisation.when(user("u7", "MIA")));
    organisation.given(user("u7", "mia.korhonen"));
    CHECK(organisation.when(user("u8", "mia")));
}

TEST_CASE("the last active administrator cannot be taken away", "[reference-data]") {
    Organisation organisation;
    organisation.given(user("u7", "mia", ADMINISTRATOR));
    SetUser inactive = user("u7", "mia", ADMINISTRATOR);
    inactive.set_active(false);
    organisation.refuses(inactive, "reference.last_administrator", "roles");
    organisation.refuses(user("u7", "mia", OMBUDSMAN), "reference.last_administrator", "roles");
    organisation.given(user("u8", "otto", ADMINISTRATOR));
    CHECK(organisation.when(inactive));
}

// ---- totals and streams ----

TEST_CASE("totals are released through the report, not typed", "[reference-data]") {
    ReleaseTotals command;
    command.set_area("legal");
    command.set_year(2026);
    Organisation().refuses(command, "reference.totals_through_the_report", "", Reason::WrongState);
    Total total;
    total.set_measure("registered");
    total.set_count(576);
    const auto decided =
        reference_data::totals_released(command, {total}, {42, parse_date("2026-12-31").value(), "1"});
    const auto& released = only<TotalsReleased>(decided);
    CHECK(released.given().year() == 2026);
    CHECK(released.totals(0).count() == 576);
    CHECK(released.position() == 42);
    CHECK(released.as_of_on() == "2026-12-31");
    CHECK(released.code_version() == "1");
}

TEST_CASE("no totals are released for a year that has not begun", "[reference-data]") {
    ReleaseTotals command;
    command.set_year(2027);
    const auto decided =
        reference_data::totals_released(command, {}, {42, parse_date("2026-12-31").value(), "1"});
    REQUIRE_FALSE(decided);
    CHECK(decided.error().text == "reference.year_not_begun");
}

TEST_CASE("a command goes to its own stream and no other", "[reference-data]") {
    const auto stream_of = [](const google::protobuf::Message& command) {
        return reference_data::stream_of(*command.GetDescriptor());
    };
    CHECK(stream_of(unit("ward")) == "units");
    CHECK(stream_of(code_set({})) == "codes");
    CHECK(stream_of(authority("lvv")) == "authorities");
    CHECK(stream_of(policy()) == "policies");
    CHECK(stream_of(user("", "")) == "users");
    CHECK(stream_of(closing_day("12-28")) == "closing-days");
    CHECK(stream_of(absence()) == "absences");
    CHECK(stream_of(SetWebhook()) == "webhooks");
    CHECK(stream_of(SetRetention()) == "retention");
    CHECK(stream_of(SetOrganisation()) == "organisation");
    CHECK(stream_of(SetLetterTemplate()) == "letters");
    CHECK(stream_of(ReleaseTotals()) == "totals");
    CHECK(stream_of(UnitSet()).empty());
    const Reference reference;
    const Context context{"u1", "users", {}, Date(), reference, ""};
    const auto decided = reference_data::decide({}, unit("ward"), context);
    REQUIRE_FALSE(decided);
    CHECK(decided.error().text == "reference.other_stream");
    CHECK(decided.error().reason == Reason::WrongState);
}
