#include <catch2/catch.hpp>
#include <map>
#include <regex>
#include <set>
#include <string>

#include "domain/calendar/due.hpp"
#include "domain/cases/reference_data.hpp"
#include "domain/deadlines/due_date.hpp"
#include "domain/reference/reference.hpp"
#include "domain/schema/casework.pb.h"
#include "domain/schema/complaint.pb.h"
#include "domain/schema/contact.pb.h"
#include "domain/schema/destruction.pb.h"
#include "domain/schema/reminder.pb.h"
#include "domain/schema/request.pb.h"

using namespace vastine;
using namespace vastine::domain;

namespace {

Date day(const std::string& text) {
    return parse_date(text).value();
}

// An empty organisation given every default, through the decider that all reference data goes through.
Reference filled() {
    Reference reference;
    std::map<std::string, reference_data::State> states;
    for (const auto& command : default_reference_commands()) {
        const std::string stream(reference_data::stream_of(*command->GetDescriptor()));
        const Context context{"", stream, {}, day("2026-03-01"), reference, ""};
        const auto decided = reference_data::decide(states[stream], *command, context);
        INFO(command->ShortDebugString());
        INFO((decided ? std::string() : decided.error().text));
        REQUIRE(decided);
        for (const auto& event : decided->list()) {
            reference_data::evolve(states[stream], *event);
            reference.apply(*event);
        }
    }
    return reference;
}

std::set<std::string> codes(const Reference& reference, const std::string& set) {
    std::set<std::string> all;
    for (const Code& code : reference.code_set(set, day("2026-03-01"))->given.codes())
        all.insert(code.code());
    return all;
}

bool complete(const Text& text) {
    return !text.fi().empty() && !text.sv().empty() && !text.en().empty();
}

// Every `codes` option in the schema.
void collect(const google::protobuf::Descriptor& type, std::set<std::string>& sets) {
    for (int i = 0; i < type.field_count(); ++i)
        if (const std::string& set = type.field(i)->options().GetExtension(v).codes(); !set.empty())
            sets.insert(set);
}

}  // namespace

TEST_CASE("every default is taken, and each code, set and authority has three names", "[defaults]") {
    const Reference reference = filled();
    for (const std::string& set : reference.code_sets()) {
        const auto& given = reference.code_set(set, day("2026-03-01"))->given;
        CAPTURE(set);
        CHECK(complete(given.name()));
        for (const Code& code : given.codes()) {
            CAPTURE(code.code());
            CHECK(complete(code.name()));
            CHECK(std::regex_match(code.code(), std::regex("[a-z]+(-[a-z]+)*")));
        }
    }
    for (const SetAuthority* authority : reference.authorities()) {
        CAPTURE(authority->authority_id());
        CHECK(complete(authority->name()));
    }
}

TEST_CASE("every code set that the schema names is there", "[defaults]") {
    std::set<std::string> named;
    for (const auto* const type :
         {Opening::descriptor(), Assign::descriptor(), RegisterReminder::descriptor(),
          RegisterComplaint::descriptor(), ReceiveRequest::descriptor(), LogContact::descriptor(),
          SetUnit::descriptor(), OpenDestructionList::descriptor()})
        for (int i = 0; i < type->file()->message_type_count(); ++i)
            collect(*type->file()->message_type(i), named);
    const Reference reference = filled();
    CHECK(named.size() > 20);
    for (const std::string& set : named) {
        CAPTURE(set);
        CHECK(reference.code_set(set, day("2026-03-01")));
    }
}

TEST_CASE("a contact is classified by the lists of its own sector", "[defaults]") {
    const Reference reference = filled();
    const auto& given = reference.code_set("cause_contact", day("2026-03-01"))->given;
    for (const Code& code : given.codes()) {
        const std::string sector = code.code().starts_with("patient-")  ? "health"
                                   : code.code().starts_with("social-") ? "social"
                                                                        : "early-education";
        REQUIRE(code.applies_to_size() == 1);
        CHECK(code.applies_to(0) == sector);
    }
}

TEST_CASE("what a code applies to is a sector or a kind of authority", "[defaults]") {
    const Reference reference = filled();
    const auto sectors = codes(reference, "sector");
    const auto kinds = codes(reference, "authority_kind");
    for (const std::string& set : reference.code_sets())
        for (const Code& code : reference.code_set(set, day("2026-03-01"))->given.codes())
            for (const std::string& to : code.applies_to()) {
                CAPTURE(set, code.code(), to);
                CHECK((set == "complaint_outcome" ? kinds : sectors).contains(to));
            }
}

TEST_CASE("a reprimand is never a bare anmärkning, which is the reminder", "[defaults]") {
    const Reference reference = filled();
    CHECK(reference.code("complaint_outcome", "reprimand")->name().sv() == "Anmärkning för framtiden");
    CHECK(reference.code("complaint_outcome", "exhortation")->name().sv() == "Uppmaning");
    CHECK(reference.code("complaint_outcome", "order")->name().sv() == "Föreläggande");
    CHECK(reference.code("complaint_outcome", "conditional-fine")->name().sv() == "Vite");
}

TEST_CASE("old cases can be classified as well as today's", "[defaults]") {
    const Reference reference = filled();
    for (const char* date : {"1900-01-01", "1995-06-01", "2016-01-01", "2026-11-22"}) {
        CHECK(reference.code_valid("cause", "care", day(date)));
        CHECK(reference.policy("reminder.answer", day(date)));
    }
}

TEST_CASE("the agencies that ended in 2025 are succeeded by one", "[defaults]") {
    const Reference reference = filled();
    for (const char* id :
         {"valvira", "avi-esavi", "avi-lsavi", "avi-isavi", "avi-lssavi", "avi-psavi", "avi-lavi"}) {
        CAPTURE(id);
        CHECK(reference.authority_succeeding(id, day("2025-12-31"))->authority_id() == id);
        CHECK(reference.authority_succeeding(id, day("2026-01-01"))->authority_id() == "lvv");
    }
    for (const char* id : {"eoa", "okv", "tsv", "pvk", "police"})
        CHECK(reference.authority_valid(id, day("2026-01-01")));
    const auto kinds = codes(reference, "authority_kind");
    for (const SetAuthority* authority : reference.authorities())
        CHECK(kinds.contains(authority->authority_kind()));
}

TEST_CASE("every time limit says its ground, and is one the calendar can count", "[defaults]") {
    const Reference reference = filled();
    const auto units = codes(reference, "period_unit");
    for (const std::string& unit : units) CHECK(known_period_unit(unit));
    std::set<std::string> names;
    for (const Policy* policy : reference.policies(day("2026-03-01"))) {
        CAPTURE(policy->given.policy());
        names.insert(policy->given.policy());
        CHECK(units.contains(policy->given.target_unit()));
        CHECK_FALSE(policy->given.ground().empty());
    }
    std::set<std::string> expected{"reminder.answer",
                                   "reminder.statement",
                                   "complaint.statement",
                                   "authority-request.idle",
                                   "authority-request.statement",
                                   "complaint.idle",
                                   "reminder.idle",
                                   "contact.idle"};
    for (const std::string& inquiry : codes(reference, "inquiry")) expected.insert("inquiry." + inquiry);
    CHECK(names == expected);
}

TEST_CASE("a reminder is answered in four weeks, warned of in three", "[defaults]") {
    const Reference reference = filled();
    const Due due = due_by(*reference.policy("reminder.answer", day("2026-03-02")),
                           {"arrival", day("2026-03-02")}, reference);
    CHECK(due.due_by() == "2026-03-30");
    CHECK(due.warn_on() == "2026-03-23");
    CHECK(due.escalate_on() == "2026-04-01");
    CHECK(due.critical_on() == "2026-05-01");
}

TEST_CASE("an answer may wait for a completion, and is extended by whoever answers for it", "[defaults]") {
    const Reference reference = filled();
    const auto& answer = reference.policy("reminder.answer", day("2026-03-02"))->given;
    CHECK(answer.pause_allowed());
    CHECK(answer.pause_credited());
    CHECK(answer.extensions_max() == 2);
    CHECK(answer.extension_days_max() == 28);
    CHECK(std::vector<int>(answer.extended_by().begin(), answer.extended_by().end()) ==
          std::vector<int>{LAWYER, UNIT_HEAD});
    CHECK(std::vector<int>(answer.escalated_to().begin(), answer.escalated_to().end()) ==
          std::vector<int>{LAWYER});
    CHECK_FALSE(answer.minds_closing_days());
    CHECK(reference.policy("reminder.statement", day("2026-03-02"))->given.minds_closing_days());
}

TEST_CASE("everything that is kept has a time of keeping, and the law's is twelve years", "[defaults]") {
    const Reference reference = filled();
    for (const std::string& subject : codes(reference, "retention_subject")) {
        CAPTURE(subject);
        const auto* schedule = reference.retention(subject, day("1995-06-01"), day("2026-03-01"));
        REQUIRE(schedule);
        CHECK(schedule->given.years() == 12);
        CHECK_FALSE(schedule->given.permanent());
        CHECK_FALSE(schedule->given.ground().empty());
        const bool by_law = subject == "contact" || subject.starts_with("access-log-");
        CHECK((schedule->given.ground().find("Oletus") == std::string::npos) == by_law);
    }
}
