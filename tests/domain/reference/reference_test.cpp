#include "domain/reference/reference.hpp"

#include <catch2/catch.hpp>
#include <initializer_list>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>

#include "domain/schema/reminder.pb.h"

using namespace vastine;
using namespace vastine::domain;

namespace {

Date day(const std::string& text) {
    return parse_date(text).value();
}

struct UnitGiven {
    std::string id;
    std::string parent;
    std::string from = "2010-01-01";
    std::string until = "";
    std::vector<std::string> successors = {};
};
UnitSet unit_set(const UnitGiven& given) {
    UnitSet event;
    event.mutable_given()->set_unit_id(given.id);
    event.mutable_given()->set_parent(given.parent);
    event.mutable_given()->set_valid_from(given.from);
    event.mutable_given()->set_valid_until(given.until);
    for (const auto& successor : given.successors) event.mutable_given()->add_successors(successor);
    return event;
}
struct CodeGiven {
    std::string code;
    std::string until = "";
    std::vector<std::string> successors = {};
    std::string name = "";
};
CodeSetPublished published(const std::string& set, unsigned version, const std::string& from,
                           std::initializer_list<CodeGiven> codes) {
    CodeSetPublished event;
    event.set_version(version);
    event.mutable_given()->set_code_set(set);
    event.mutable_given()->set_valid_from(from);
    for (const auto& given : codes) {
        Code& code = *event.mutable_given()->add_codes();
        code.set_code(given.code);
        code.set_valid_until(given.until);
        code.mutable_name()->set_fi(given.name);
        for (const auto& successor : given.successors) code.add_successors(successor);
    }
    return event;
}
AuthoritySet authority_set(const std::string& id, const std::string& from, const std::string& until,
                           const std::string& successor) {
    AuthoritySet event;
    event.mutable_given()->set_authority_id(id);
    event.mutable_given()->set_valid_from(from);
    event.mutable_given()->set_valid_until(until);
    event.mutable_given()->set_successor(successor);
    return event;
}
PolicySet policy_set(const std::string& name, unsigned version, const std::string& from, unsigned days) {
    PolicySet event;
    event.set_version(version);
    event.mutable_given()->set_policy(name);
    event.mutable_given()->set_valid_from(from);
    event.mutable_given()->set_target_count(days);
    return event;
}
UserSet user_set(const std::string& id, const std::string& login) {
    UserSet event;
    event.set_user_id(id);
    event.mutable_given()->set_login(login);
    return event;
}

Reference tree() {
    Reference reference;
    reference.apply(unit_set({"hospital", ""}));
    reference.apply(unit_set({"social", ""}));
    reference.apply(unit_set({"surgery", "hospital"}));
    reference.apply(unit_set({"ward-1", "surgery"}));
    return reference;
}

}  // namespace

TEST_CASE("a unit's department is the top of its tree", "[reference]") {
    const Reference reference = tree();
    CHECK(reference.department_of("ward-1") == "hospital");
    CHECK(reference.department_of("hospital") == "hospital");
    CHECK(reference.department_of("nowhere").empty());
    CHECK(reference.unit("surgery")->department == "hospital");
    CHECK(reference.unit("nowhere") == nullptr);
}

TEST_CASE("a unit lies within itself and everything above it", "[reference]") {
    const Reference reference = tree();
    CHECK(reference.within("ward-1", "ward-1"));
    CHECK(reference.within("ward-1", "surgery"));
    CHECK(reference.within("ward-1", "hospital"));
    CHECK_FALSE(reference.within("hospital", "ward-1"));
    CHECK_FALSE(reference.within("ward-1", "social"));
    CHECK_FALSE(reference.within("nowhere", "hospital"));
    CHECK_FALSE(reference.within("ward-1", ""));
}

TEST_CASE("units are listed in the order they were first set", "[reference]") {
    Reference reference = tree();
    reference.apply(unit_set({"hospital", ""}));
    std::vector<std::string> ids;
    for (const Unit* unit : reference.units()) ids.push_back(unit->given.unit_id());
    CHECK(ids == std::vector<std::string>{"hospital", "social", "surgery", "ward-1"});
}

TEST_CASE("a unit is valid on its first and its last day, and between", "[reference]") {
    Reference reference;
    reference.apply(unit_set({"ward", "", "2016-01-01", "2018-12-31"}));
    CHECK_FALSE(reference.unit_valid("ward", day("2015-12-31")));
    CHECK(reference.unit_valid("ward", day("2016-01-01")));
    CHECK(reference.unit_valid("ward", day("2018-12-31")));
    CHECK_FALSE(reference.unit_valid("ward", day("2019-01-01")));
    CHECK_FALSE(reference.unit_valid("nowhere", day("2016-01-01")));
}

TEST_CASE("a unit that moves keeps its earlier place for earlier days", "[reference]") {
    Reference reference = tree();
    reference.apply(unit_set({"surgery", "social", "2020-01-01"}));
    CHECK(reference.department_of("ward-1") == "social");
    CHECK(reference.unit("surgery")->given.parent() == "social");
    CHECK(reference.unit("surgery", day("2019-12-31"))->department == "hospital");
    CHECK(reference.unit("surgery", day("2020-01-01"))->department == "social");
    CHECK(reference.unit("surgery", day("1999-01-01"))->department == "hospital");
    CHECK(reference.unit_valid("surgery", day("2019-12-31")));
    CHECK_FALSE(reference.unit_valid("surgery", day("2009-12-31")));
}

TEST_CASE("a unit set again from the same day is corrected", "[reference]") {
    Reference reference = tree();
    reference.apply(unit_set({"surgery", "social"}));
    CHECK(reference.unit("surgery", day("2015-01-01"))->department == "social");
    CHECK(reference.department_of("ward-1") == "social");
}

TEST_CASE("an ended unit keeps the department of its last day", "[reference]") {
    Reference reference = tree();
    reference.apply(unit_set({"ward-1", "surgery", "2010-01-01", "2015-12-31"}));
    reference.apply(unit_set({"surgery", "social", "2020-01-01"}));
    CHECK(reference.department_of("ward-1") == "hospital");
}

TEST_CASE("the crosswalk leads from an ended unit to those that follow it", "[reference]") {
    Reference reference;
    reference.apply(unit_set({"north", "", "2019-01-01", "2022-12-31", {"county"}}));
    reference.apply(unit_set({"south", "", "2019-01-01"}));
    reference.apply(unit_set({"old", "", "2010-01-01", "2018-12-31", {"north", "south"}}));
    reference.apply(unit_set({"county", "", "2023-01-01"}));
    using Ids = std::vector<std::string>;
    CHECK(reference.units_succeeding("old", day("2018-01-01")) == Ids{"old"});
    CHECK(reference.units_succeeding("old", day("2020-01-01")) == Ids{"north", "south"});
    CHECK(reference.units_succeeding("old", day("2024-01-01")) == Ids{"south", "county"});
    CHECK(reference.units_succeeding("nowhere", day("2024-01-01")).empty());
}

TEST_CASE("a circle of successors ends the search, not the program", "[reference]") {
    Reference reference;
    reference.apply(unit_set({"a", "", "2010-01-01", "2012-12-31", {"b"}}));
    reference.apply(unit_set({"b", "", "2010-01-01", "2012-12-31", {"a"}}));
    CHECK(reference.units_succeeding("a", day("2020-01-01")).empty());
}

TEST_CASE("a code set has the version that is valid on the day", "[reference]") {
    Reference reference;
    reference.apply(published("cause", 1, "2016-01-01", {{"care"}, {"other"}}));
    reference.apply(published("cause", 2, "2020-01-01", {{"care"}, {"access"}}));
    CHECK(reference.code_set("cause", day("2019-12-31"))->version == 1);
    CHECK(reference.code_set("cause", day("2020-01-01"))->version == 2);
    CHECK(reference.code_set("cause", day("1990-01-01"))->version == 1);  // old data must be classifiable
    CHECK(reference.code_set("nothing", day("2020-01-01")) == nullptr);
    CHECK(reference.code_valid("cause", "other", day("2019-12-31")));
    CHECK_FALSE(reference.code_valid("cause", "other", day("2020-01-01")));
    CHECK_FALSE(reference.code_valid("cause", "access", day("2019-12-31")));
    CHECK_FALSE(reference.code_valid("nothing", "care", day("2019-12-31")));
    CHECK(reference.code_set_versions("cause").size() == 2);
    CHECK(reference.code_sets() == std::vector<std::string>{"cause"});
}

TEST_CASE("a version corrected from its own first day takes its place", "[reference]") {
    Reference reference;
    reference.apply(published("cause", 1, "2016-01-01", {{"care"}}));
    reference.apply(published("cause", 2, "2016-01-01", {{"care"}, {"access"}}));
    CHECK(reference.code_valid("cause", "access", day("2016-01-01")));
}

TEST_CASE("a code's own validity holds within its version", "[reference]") {
    Reference reference;
    reference.apply(published("cause", 1, "2016-01-01", {{"care", "2018-06-30"}}));
    CHECK(reference.code_valid("cause", "care", day("2018-06-30")));
    CHECK_FALSE(reference.code_valid("cause", "care", day("2018-07-01")));
}

TEST_CASE("a code keeps its name after it left the code set", "[reference]") {
    Reference reference;
    reference.apply(
        published("cause", 1, "2016-01-01", {{"care", "", {}, "Hoito"}, {"fees", "", {}, "Maksut"}}));
    reference.apply(published("cause", 2, "2020-01-01", {{"care", "", {}, "Hoito tai sen tulos"}}));
    CHECK(reference.code("cause", "care")->name().fi() == "Hoito tai sen tulos");
    CHECK(reference.code("cause", "fees")->name().fi() == "Maksut");
    CHECK(reference.code("cause", "nothing") == nullptr);
}

TEST_CASE("the crosswalk leads from an ended code to those that follow it", "[reference]") {
    Reference reference;
    reference.apply(published("cause", 1, "2016-01-01", {{"care"}}));
    reference.apply(published("cause", 2, "2020-01-01",
                              {{"care", "2019-12-31", {"nursing", "medicine"}}, {"nursing"}, {"medicine"}}));
    using Ids = std::vector<std::string>;
    CHECK(reference.codes_succeeding("cause", "care", day("2019-12-31")) == Ids{"care"});
    CHECK(reference.codes_succeeding("cause", "care", day("2020-01-01")) == Ids{"nursing", "medicine"});
}

TEST_CASE("the code version names the sets that are past their first version, and stays short",
          "[reference]") {
    Reference reference;
    reference.apply(published("cause", 1, "2016-01-01", {{"care"}}));
    reference.apply(published("channel", 1, "2016-01-01", {{"phone"}}));
    CHECK(reference.code_version(day("2020-01-01")) == "1");
    reference.apply(published("cause", 2, "2020-01-01", {{"care"}}));
    CHECK(reference.code_version(day("2019-12-31")) == "1");
    CHECK(reference.code_version(day("2020-01-01")) == "1, cause 2");
}

TEST_CASE("an authority's tasks pass to its successor on the day after its last", "[reference]") {
    Reference reference;
    reference.apply(authority_set("lvv", "2026-01-01", "", ""));
    reference.apply(authority_set("valvira", "", "2025-12-31", "lvv"));
    CHECK(reference.authority_succeeding("valvira", day("2025-12-31"))->authority_id() == "valvira");
    CHECK(reference.authority_succeeding("valvira", day("2026-01-01"))->authority_id() == "lvv");
    CHECK(reference.authority_succeeding("lvv", day("2025-12-31")) == nullptr);
    CHECK(reference.authority_valid("valvira", day("1999-01-01")));
    CHECK_FALSE(reference.authority_valid("nobody", day("1999-01-01")));
    CHECK(reference.authority("valvira")->successor() == "lvv");
    CHECK(reference.authority("nobody") == nullptr);
    CHECK(reference.authorities().size() == 2);
}

TEST_CASE("a policy has the version that is valid on the day", "[reference]") {
    Reference reference;
    reference.apply(policy_set("reminder.answer", 1, "2016-01-01", 28));
    reference.apply(policy_set("reminder.answer", 2, "2027-01-01", 21));
    CHECK(reference.policy("reminder.answer", day("2026-12-31"))->version == 1);
    CHECK(reference.policy("reminder.answer", day("2027-01-01"))->given.target_count() == 21);
    CHECK(reference.policy("reminder.answer", day("2000-01-01"))->version == 1);
    CHECK(reference.policy("nothing", day("2026-01-01")) == nullptr);
    CHECK(reference.policies(day("2027-01-01")).size() == 1);
}

TEST_CASE("a user is found by login, letter case aside, and only by the present one", "[reference]") {
    Reference reference;
    reference.apply(user_set("u1", "Mia.Virtanen"));
    reference.apply(user_set("u2", "otto"));
    CHECK(reference.user_with_login("mia.virtanen")->user_id() == "u1");
    reference.apply(user_set("u1", "mia.korhonen"));
    CHECK(reference.user_with_login("mia.virtanen") == nullptr);
    CHECK(reference.user_with_login("mia.korhonen")->user_id() == "u1");
    CHECK(reference.user("u2")->login() == "otto");
    CHECK(reference.user("u3") == nullptr);
    CHECK(reference.users().size() == 2);
}

TEST_CASE("users whose sealed parts are gone share no empty login", "[reference]") {
    Reference reference;
    reference.apply(user_set("u1", ""));
    CHECK(reference.user_with_login("") == nullptr);
    CHECK(reference.user("u1") != nullptr);
}

TEST_CASE("a copy stands still while the original goes on", "[reference]") {
    Reference reference = tree();
    const Reference copy = reference;
    const Unit* const before = copy.unit("surgery");
    reference.apply(unit_set({"surgery", "social", "2020-01-01"}));
    reference.apply(unit_set({"ward-2", "surgery"}));
    CHECK(copy.unit("surgery") == before);
    CHECK(copy.department_of("ward-1") == "hospital");
    CHECK(copy.unit("ward-2") == nullptr);
    CHECK(reference.department_of("ward-2") == "social");
}

// The thread sanitizer reads this one: the copy's last reader may go while the original is written.
TEST_CASE("copies are read in other threads while the original changes", "[reference]") {
    Reference reference = tree();
    std::vector<std::thread> readers;
    for (int i = 0; i < 50; ++i) {
        readers.emplace_back([copy = reference, expected = i] {
            const std::string name = expected == 0 ? "ward-1" : "extra-" + std::to_string(expected - 1);
            if (copy.department_of(name) != "hospital" || copy.unit("extra-" + std::to_string(expected)))
                throw std::logic_error("a copy changed");
        });
        reference.apply(unit_set({"extra-" + std::to_string(i), "surgery"}));
    }
    for (std::thread& reader : readers) reader.join();
    CHECK(reference.units().size() == 54);
}

TEST_CASE("a value that was moved from is empty and usable", "[reference]") {
    Reference reference = tree();
    const Reference taken = std::move(reference);
    CHECK(taken.unit("ward-1"));
    reference = Reference();
    reference.apply(unit_set({"new", ""}));
    CHECK(reference.units().size() == 1);
}

TEST_CASE("events of cases are passed over", "[reference]") {
    Reference reference = tree();
    reference.apply(ReminderRegistered());
    CHECK(reference.units().size() == 4);
}

// ---- who is away ----

namespace {

AbsenceSet away(const std::string& user, const std::string& first, const std::string& last,
                const std::string& substitute) {
    AbsenceSet event;
    event.mutable_given()->set_user_id(user);
    event.mutable_given()->set_first_day(first);
    event.mutable_given()->set_last_day(last);
    event.mutable_given()->set_substitute(substitute);
    return event;
}

// a, b and c are at work, d has left.
Reference people(std::initializer_list<AbsenceSet> absences) {
    Reference reference;
    for (const std::string id : {"a", "b", "c", "d"}) {
        UserSet event;
        event.mutable_given()->set_login(id);
        event.mutable_given()->set_active(id != "d");
        event.set_user_id(id);
        reference.apply(event);
    }
    for (const auto& absence : absences) reference.apply(absence);
    return reference;
}

const Date july = day("2026-07-10");

}  // namespace

TEST_CASE("an absence holds its first and its last day, and no other", "[reference]") {
    const auto reference = people({away("a", "2026-07-01", "2026-07-31", "b")});
    CHECK(reference.absence("a", day("2026-06-30")) == nullptr);
    CHECK(reference.absence("a", day("2026-07-01")) != nullptr);
    CHECK(reference.absence("a", day("2026-07-31")) != nullptr);
    CHECK(reference.absence("a", day("2026-08-01")) == nullptr);
    CHECK(reference.absence("b", july) == nullptr);
}

TEST_CASE("a substitute has the work of the one who is away, while it lasts", "[reference]") {
    const auto reference = people({away("a", "2026-07-01", "2026-07-31", "b")});
    CHECK(reference.acting_for("a", july) == "b");
    CHECK(reference.acting_for("a", day("2026-08-01")) == "a");
    CHECK(reference.acting_for("b", july) == "b");
    CHECK(reference.stands_in_for("b", july) == std::vector<std::string>{"a"});
    CHECK(reference.stands_in_for("b", day("2026-08-01")).empty());
    CHECK(reference.stands_in_for("a", july).empty());
}

TEST_CASE("where the substitute is away too, theirs has the work of both", "[reference]") {
    const auto reference =
        people({away("a", "2026-07-01", "2026-07-31", "b"), away("b", "2026-07-06", "2026-07-12", "c")});
    CHECK(reference.acting_for("a", july) == "c");
    CHECK(reference.stands_in_for("c", july) == std::vector<std::string>{"a", "b"});
    CHECK(reference.stands_in_for("b", july).empty());
    CHECK(reference.acting_for("a", day("2026-07-20")) == "b");
}

TEST_CASE("substitutes in a ring, or one who has left, give the work to nobody else", "[reference]") {
    const auto ring =
        people({away("a", "2026-07-01", "2026-07-31", "b"), away("b", "2026-07-01", "2026-07-31", "c"),
                away("c", "2026-07-01", "2026-07-31", "a")});
    CHECK(ring.acting_for("a", july) == "a");
    CHECK(ring.acting_for("b", july) == "b");
    CHECK(ring.stands_in_for("c", july).empty());
    const auto left = people({away("a", "2026-07-01", "2026-07-31", "d")});
    CHECK(left.acting_for("a", july) == "a");
}

TEST_CASE("an absence set again from its first day replaces what was said, or withdraws it", "[reference]") {
    auto reference =
        people({away("a", "2026-07-01", "2026-07-31", "b"), away("a", "2026-07-01", "2026-07-05", "c")});
    CHECK(reference.acting_for("a", july) == "a");
    CHECK(reference.acting_for("a", day("2026-07-03")) == "c");
    auto withdrawn = away("a", "2026-07-01", "2026-07-05", "c");
    withdrawn.mutable_given()->set_withdrawn(true);
    reference.apply(withdrawn);
    CHECK(reference.acting_for("a", day("2026-07-03")) == "a");
    CHECK(reference.absences_from(day("2026-01-01")).empty());
}

TEST_CASE("of two absences the one begun later counts, and those not over are listed by first day",
          "[reference]") {
    const auto reference =
        people({away("a", "2026-07-01", "2026-07-31", "b"), away("a", "2026-07-08", "2026-07-12", "c"),
                away("b", "2026-06-01", "2026-06-30", "c")});
    CHECK(reference.acting_for("a", july) == "c");
    CHECK(reference.acting_for("a", day("2026-07-13")) == "b");
    std::vector<std::string> first_days;
    for (const auto* one : reference.absences_from(day("2026-06-30"))) first_days.push_back(one->first_day());
    CHECK(first_days == std::vector<std::string>{"2026-06-01", "2026-07-01", "2026-07-08"});
    CHECK(reference.absences_from(day("2026-07-13")).size() == 1);
}

// ---- closing days, webhooks, versions ----

TEST_CASE("closing days and webhooks are listed as last set, those withdrawn left out", "[reference]") {
    Reference reference;
    const auto closing = [&](const std::string& id, const std::string& on, bool withdrawn) {
        ClosingDaySet event;
        event.mutable_given()->set_closing_day_id(id);
        event.mutable_given()->set_on(on);
        event.mutable_given()->set_withdrawn(withdrawn);
        reference.apply(event);
    };
    closing("christmas-week", "2026-12-28", false);
    closing("county-day", "06-05", false);
    closing("christmas-week", "2026-12-29", false);
    closing("county-day", "06-05", true);
    REQUIRE(reference.closing_days().size() == 1);
    CHECK(reference.closing_days().front()->on() == "2026-12-29");
    WebhookSet hook;
    hook.mutable_given()->set_webhook_id("diary");
    for (const auto* url : {"https://old.example", "https://new.example"}) {
        hook.mutable_given()->set_url(url);
        reference.apply(hook);
    }
    REQUIRE(reference.webhooks().size() == 1);
    CHECK(reference.webhooks().front()->url() == "https://new.example");
}

TEST_CASE("a letter is offered in the version of its day, until it is withdrawn", "[reference]") {
    Reference reference;
    const auto letter = [&](const char* from, bool withdrawn, std::uint32_t version) {
        LetterTemplateSet event;
        event.mutable_given()->set_template_id("ack");
        event.mutable_given()->set_valid_from(from);
        event.mutable_given()->set_withdrawn(withdrawn);
        event.set_version(version);
        reference.apply(event);
    };
    letter("2025-01-01", false, 1);
    letter("2026-01-01", false, 2);
    letter("2026-06-01", true, 3);
    const auto on = [&](const char* day) { return reference.letter_templates(parse_date(day).value()); };
    CHECK(on("2024-12-31").empty());
    REQUIRE(on("2025-12-31").size() == 1);
    CHECK(on("2025-12-31").front()->version == 1);
    CHECK(on("2026-05-31").front()->version == 2);
    CHECK(on("2026-06-01").empty());
}

TEST_CASE("what the organisation says of itself replaces what it said before", "[reference]") {
    Reference reference;
    CHECK_FALSE(reference.organisation().offline_queue_off());
    OrganisationSet event;
    event.mutable_given()->set_offline_queue_off(true);
    reference.apply(event);
    CHECK(reference.organisation().offline_queue_off());
    event.mutable_given()->set_offline_queue_off(false);
    reference.apply(event);
    CHECK_FALSE(reference.organisation().offline_queue_off());
}

TEST_CASE("the very version that an event names is found, whatever is in force", "[reference]") {
    Reference reference;
    for (const unsigned version : {1U, 2U}) {
        PolicySet event;
        event.mutable_given()->set_policy("reminder.answer");
        event.mutable_given()->set_target_count(version * 7);
        event.set_version(version);
        reference.apply(event);
    }
    REQUIRE(reference.policy_version("reminder.answer", 1) != nullptr);
    CHECK(reference.policy_version("reminder.answer", 1)->given.target_count() == 7);
    CHECK(reference.policy_version("reminder.answer", 3) == nullptr);
    CHECK(reference.policy_version("other", 1) == nullptr);
}

TEST_CASE("a time of keeping is the newest that is in force and holds for the end", "[reference]") {
    Reference reference;
    const auto set = [&](const char* from, const char* ended_from, std::uint32_t years,
                         std::uint32_t version) {
        RetentionSet event;
        event.mutable_given()->set_subject("reminder");
        event.mutable_given()->set_valid_from(from);
        event.mutable_given()->set_ended_from(ended_from);
        event.mutable_given()->set_years(years);
        event.set_version(version);
        reference.apply(event);
    };
    set("2020-01-01", "", 10, 1);
    set("2026-01-01", "2024-01-01", 15, 2);
    const auto years = [&](const char* ended_on, const char* on) {
        const auto* found =
            reference.retention("reminder", parse_date(ended_on).value(), parse_date(on).value());
        return found == nullptr ? 0 : found->given.years();
    };
    CHECK(years("2024-05-05", "2025-12-31") == 10);
    CHECK(years("2024-05-05", "2026-01-01") == 15);
    CHECK(years("2023-12-31", "2026-01-01") == 10);
    CHECK(years("2018-05-05", "2019-12-31") == 0);  // nothing is destroyed by a rule that is not in force
    CHECK(reference.retention("contact", Date(), Date()) == nullptr);
    const Reference copy = reference;
    CHECK(copy.retention_versions("reminder").size() == 2);
}
