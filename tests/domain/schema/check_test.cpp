#include "domain/schema/check.hpp"

#include <google/protobuf/descriptor.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <random>
#include <set>
#include <string>

#include "domain/schema/casework.pb.h"
#include "domain/schema/complaint.pb.h"
#include "domain/schema/contact.pb.h"
#include "domain/schema/publication.pb.h"
#include "domain/schema/reference.pb.h"
#include "domain/schema/reminder.pb.h"
#include "domain/schema/reorganisation.pb.h"
#include "domain/schema/request.pb.h"
#include "domain/text/text.hpp"
#include "tests/domain/cases/contact_office.hpp"

using namespace vastine;
using namespace vastine::domain;
using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using vastine::domain::testing::office;

namespace {

const Date today = parse_date("2026-03-02").value();

Result<std::monostate> check(const Message& command) {
    return check_fields(command, office(), today);
}

std::vector<Rejection> errors(const Message& command) {
    const auto result = check(command);
    if (result) return {};
    std::vector<Rejection> all{result.error()};
    all.insert(all.end(), result.error().more.begin(), result.error().more.end());
    return all;
}

void refused(const Message& command, const std::string& field, const std::string& text) {
    const auto all = errors(command);
    REQUIRE(all.size() == 1);
    CHECK(all[0].reason == Reason::Invalid);
    CHECK(all[0].field == field);
    CHECK(all[0].text == text);
    for (const auto language : {Language::Finnish, Language::Swedish, Language::English}) {
        CHECK_FALSE(explain(all[0], language).empty());
    }
}

RegisterReminder reminder() {
    RegisterReminder command;
    auto& opening = *command.mutable_opening();
    opening.set_arrived_on("2026-03-01");
    opening.set_channel("letter");
    opening.set_cause("care");
    opening.set_maker("client");
    return command;
}

LogContact contact() {
    LogContact command;
    command.set_contacted_on("2026-03-01");
    command.set_channel("phone");
    command.set_who("client");
    auto& matter = *command.add_matters();
    matter.add_sectors("health");
    matter.add_causes("patient-care");
    return command;
}

}  // namespace

TEST_CASE("a command with everything it needs passes", "[check]") {
    CHECK(check(reminder()));
    CHECK(check(contact()));
}

TEST_CASE("what is required must be there", "[check]") {
    auto command = reminder();
    command.mutable_opening()->clear_arrived_on();
    refused(command, "opening.arrived_on", "field.required");
}

TEST_CASE("spaces alone are not what is required", "[check]") {
    DraftReply command;
    command.set_text(" \t\n \xC2\xA0");
    refused(command, "text", "field.required");
}

TEST_CASE("an opening command needs its opening", "[check]") {
    refused(RegisterReminder(), "opening", "field.required");
    refused(RecordClientMatter(), "client_record", "field.required");
}

TEST_CASE("a required field inside a message counts only when the message is there", "[check]") {
    auto command = contact();
    CHECK(check(command));
    command.mutable_client_record()->mutable_client();
    const auto all = errors(command);
    std::set<std::string> fields;
    for (const auto& error : all) fields.insert(error.field);
    CHECK(fields == std::set<std::string>{"client_record.asked", "client_record.advised",
                                          "client_record.author_position"});
}

TEST_CASE("a required list is not empty and a required number is not zero", "[check]") {
    auto command = contact();
    command.mutable_matters(0)->clear_causes();
    refused(command, "matters[0].causes", "field.required");
    ReleaseTotals totals;
    totals.set_area("legal");
    refused(totals, "year", "field.required");
}

TEST_CASE("all errors come at once, with their paths", "[check]") {
    RegisterReminder command;
    command.mutable_opening()->set_arrived_on("1.3.2026");
    command.mutable_opening()->add_matters()->set_cause("nonsense");
    std::set<std::pair<std::string, std::string>> found;
    for (const auto& error : errors(command)) found.emplace(error.field, error.text);
    CHECK(found ==
          std::set<std::pair<std::string, std::string>>{{"opening.arrived_on", "field.not_a_date"},
                                                        {"opening.channel", "field.required"},
                                                        {"opening.cause", "field.required"},
                                                        {"opening.maker", "field.required"},
                                                        {"opening.matters[0].cause", "field.unknown_code"}});
}

TEST_CASE("what was typed is never repeated in an error", "[check]") {
    auto command = contact();
    const std::string secret = "131052-308T";
    command.set_channel(secret);
    command.set_contacted_on(secret);
    command.set_diary_number(secret + std::string(100, 'x'));
    command.mutable_matters(0)->set_unit(secret);
    command.mutable_matters(0)->add_sectors(secret);
    command.add_follows_up()->set_contact_id(secret);
    const auto all = errors(command);
    CHECK(all.size() == 7);
    for (const auto& error : all) {
        CHECK(error.field.find(secret) == std::string::npos);
        for (const auto& [name, value] : error.args) CHECK(value.find(secret) == std::string::npos);
        CHECK(explain(error, Language::Finnish).find(secret) == std::string::npos);
    }
}

TEST_CASE("length is counted in characters, not bytes", "[check]") {
    auto command = contact();
    std::string eighty;
    for (int i = 0; i < 80; ++i) eighty += "ä";
    command.set_municipality(eighty);
    CHECK(check(command));
    command.set_municipality(eighty + "ä");
    refused(command, "municipality", "field.too_long");
    CHECK(errors(command)[0].args.at("max") == "80");
}

TEST_CASE("a text without a length of its own holds a thousand characters", "[check]") {
    PublishCodeSet command;
    command.set_code_set("cause");
    command.set_valid_from("2026-01-01");
    auto& code = *command.add_codes();
    code.set_code("care");
    code.mutable_name()->set_fi(std::string(1000, 'a'));
    CHECK(check(command));
    code.mutable_name()->set_fi(std::string(1001, 'a'));
    refused(command, "codes[0].name.fi", "field.too_long");
}

TEST_CASE("lists have their length too", "[check]") {
    auto command = contact();
    for (int i = 0; i < 10; ++i) *command.add_matters() = command.matters(0);
    refused(command, "matters", "field.too_many");
}

TEST_CASE("a date is written year-month-day and exists", "[check]") {
    auto command = contact();
    for (const char* day :
         {"1.3.2026", "2026-3-1", "2026-02-29", "2026-13-01", "2026-03-01T00:00:00Z", "20260301", "x"}) {
        command.set_contacted_on(day);
        INFO(day);
        refused(command, "contacted_on", "field.not_a_date");
    }
    command.set_contacted_on("2024-02-29");
    CHECK(check(command));
    command.set_contacted_on("0206-03-01");
    refused(command, "contacted_on", "field.date_too_early");
}

TEST_CASE("an id is a UUID in lower case or an id inside a case", "[check]") {
    AnswerInquiry command;
    command.set_answered_on("2026-03-01");
    for (const char* id : {"i1", "s12", "d3", "a4", "m5", "11111111-1111-4111-8111-11111111111a"}) {
        command.set_inquiry_id(id);
        INFO(id);
        CHECK(check(command));
    }
    for (const char* id :
         {"i0", "i01", "x1", "i", "1", "i1 ", "i12345678", "11111111-1111-4111-8111-11111111111A",
          "11111111111141118111111111111111", "../../etc", "i1;"}) {
        command.set_inquiry_id(id);
        INFO(id);
        refused(command, "inquiry_id", "field.not_an_id");
    }
}

TEST_CASE("a unit must be known and have begun; one that has ended is still written about", "[check]") {
    auto command = contact();
    command.mutable_matters(0)->set_unit("osasto-3");
    CHECK(check(command));
    command.mutable_matters(0)->set_unit("osasto-4");
    refused(command, "matters[0].unit", "field.unknown_unit");
    command.mutable_matters(0)->set_unit("tuleva");
    refused(command, "matters[0].unit", "field.unit_not_yet");

    Reference ended = testing::made_office();
    UnitSet event;
    event.mutable_given()->set_unit_id("vanha");
    event.mutable_given()->set_valid_from("2010-01-01");
    event.mutable_given()->set_valid_until("2025-12-31");
    ended.apply(event);
    command.mutable_matters(0)->set_unit("vanha");
    CHECK(check_fields(command, ended, today));
}

TEST_CASE("a case is assigned to a user who is still active", "[check]") {
    Assign command;
    command.set_handler(testing::ombudsman);
    CHECK(check(command));
    command.set_handler(testing::retired);
    refused(command, "handler", "field.user_not_active");
    command.set_handler("55555555-5555-4555-8555-555555555555");
    refused(command, "handler", "field.unknown_user");
}

TEST_CASE("an authority must be known, and one that has ended still is", "[check]") {
    CopyToAuthority command;
    command.set_sent_on("2026-03-01");
    command.set_authority("valvira");
    CHECK(check(command));
    command.set_authority("nobody");
    refused(command, "authority", "field.unknown_authority");
}

TEST_CASE("a code must be in its set on the day", "[check]") {
    auto command = reminder();
    command.mutable_opening()->set_channel("pigeon");
    refused(command, "opening.channel", "field.unknown_code");

    Reference later = testing::made_office();
    CodeSetPublished version;
    version.set_version(2);
    version.mutable_given()->set_code_set("channel");
    version.mutable_given()->set_valid_from("2027-01-01");
    version.mutable_given()->add_codes()->set_code("phone");
    later.apply(version);
    CHECK(check_fields(reminder(), later, today));  // letters are in use until then
    const auto result = check_fields(reminder(), later, parse_date("2027-01-01").value());
    REQUIRE_FALSE(result);
    CHECK(result.error().text == "field.code_not_in_use");
}

TEST_CASE("the causes of contacts do for what contacts take too, and for nothing else", "[check]") {
    ImportCase import;
    *import.mutable_opening() = reminder().opening();
    import.mutable_opening()->set_cause("patient-care");
    CHECK(check(import));
    auto command = reminder();
    command.mutable_opening()->set_cause("patient-care");
    refused(command, "opening.cause", "field.unknown_code");
}

TEST_CASE("a choice in a list is made once", "[check]") {
    auto command = contact();
    command.mutable_matters(0)->add_sectors("health");
    refused(command, "matters[0].sectors[1]", "field.given_twice");
}

TEST_CASE("an empty item of a list is missing", "[check]") {
    auto command = contact();
    command.mutable_matters(0)->add_causes("");
    refused(command, "matters[0].causes[1]", "field.required");
}

TEST_CASE("control characters are refused, line breaks and tabs in long texts are not", "[check]") {
    auto command = contact();
    command.set_note("first\r\nsecond\tthird");
    CHECK(check(command));
    for (const std::string& bad : {std::string("a\0b", 3), std::string("a\x07"), std::string("a\x1B[31m"),
                                   std::string("a\x7F"), std::string("a\xC2\x85")}) {
        command.set_note(bad);
        refused(command, "note", "field.control_character");
    }
}

TEST_CASE("a line break has no place in a one-line field", "[check]") {
    auto command = contact();
    command.set_municipality("Espoo\nVantaa");
    refused(command, "municipality", "field.line_break");
}

TEST_CASE("bytes that are not UTF-8 are refused", "[check]") {
    auto command = contact();
    for (const char* bad :
         {"\xE4", "\xC0\x80", "\xED\xA0\x80", "\xF5\x80\x80\x80", "\xC3", "\xE2\x82", "\x80"}) {
        command.set_note(bad);
        refused(command, "note", "field.not_text");
    }
    command.set_note("\xF0\x9F\x99\x82 \xE2\x82\xAC");
    CHECK(check(command));
}

TEST_CASE("a role that does not exist is refused", "[check]") {
    SetUser command;
    command.set_login("matti");
    command.set_name("Matti");
    command.add_roles(OMBUDSMAN);
    CHECK(check(command));
    command.add_roles(NO_ROLE);
    refused(command, "roles[1]", "field.unknown_choice");
    command.set_roles(1, static_cast<Role>(99));
    refused(command, "roles[1]", "field.unknown_choice");
}

TEST_CASE("an instant lies in the years 1 to 9999", "[check]") {
    ImportCase import;
    *import.mutable_opening() = reminder().opening();
    import.mutable_arrived_at()->set_seconds(1'500'000'000);
    CHECK(check(import));
    import.mutable_arrived_at()->set_seconds(1'000'000'000'000'000);
    refused(import, "arrived_at", "field.not_an_instant");
    import.mutable_arrived_at()->set_seconds(0);
    import.mutable_arrived_at()->set_nanos(-1);
    refused(import, "arrived_at", "field.not_an_instant");
}

TEST_CASE("a hostile message gets no more than a hundred errors", "[check]") {
    PublishCodeSet command;
    for (int i = 0; i < 2000; ++i) command.add_codes();
    CHECK(errors(command).size() == 100);
}

// ---- anything at all ----

namespace {

class Nonsense {
public:
    explicit Nonsense(std::uint64_t seed) : random_(seed) {}

    void fill(Message& message, int depth) {
        const auto& reflection = *message.GetReflection();
        for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
            const auto* field = message.GetDescriptor()->field(i);
            if (below(3) == 0) continue;
            const int times = field->is_repeated() ? below(4) : 1;
            for (int n = 0; n < times; ++n) set(message, reflection, field, depth);
        }
    }

private:
    int below(int end) { return static_cast<int>(random_() % static_cast<std::uint64_t>(end)); }

    std::string text() {
        static const std::vector<std::string> some{
            "",         "care",    "phone", "health", "2026-03-01", "2026-02-30",  "m1",
            "osasto-3", "valvira", "\xFF",  "\n",     "ä€🙂",       "131052-308T", testing::ombudsman};
        if (below(3) != 0) return some[static_cast<std::size_t>(below(static_cast<int>(some.size())))];
        std::string made(static_cast<std::size_t>(below(below(20) == 0 ? 3000 : 30)), ' ');
        for (auto& c : made) c = static_cast<char>(below(256));
        return made;
    }

    void set(Message& message, const google::protobuf::Reflection& reflection, const FieldDescriptor* field,
             int depth) {
        const bool many = field->is_repeated();
        switch (field->cpp_type()) {
            case FieldDescriptor::CPPTYPE_MESSAGE:
                if (depth == 0) return;
                fill(many ? *reflection.AddMessage(&message, field)
                          : *reflection.MutableMessage(&message, field),
                     depth - 1);
                break;
            case FieldDescriptor::CPPTYPE_STRING:
                many ? reflection.AddString(&message, field, text())
                     : reflection.SetString(&message, field, text());
                break;
            case FieldDescriptor::CPPTYPE_ENUM:
                many ? reflection.AddEnumValue(&message, field, below(12))
                     : reflection.SetEnumValue(&message, field, below(12));
                break;
            case FieldDescriptor::CPPTYPE_BOOL:
                reflection.SetBool(&message, field, below(2) == 0);
                break;
            case FieldDescriptor::CPPTYPE_UINT32:
                reflection.SetUInt32(&message, field, static_cast<std::uint32_t>(random_()));
                break;
            case FieldDescriptor::CPPTYPE_INT32:
                reflection.SetInt32(&message, field, static_cast<std::int32_t>(random_()));
                break;
            case FieldDescriptor::CPPTYPE_INT64:
                reflection.SetInt64(&message, field, static_cast<std::int64_t>(random_()));
                break;
            case FieldDescriptor::CPPTYPE_UINT64:
                reflection.SetUInt64(&message, field, random_());
                break;
            default:
                break;
        }
    }

    std::mt19937_64 random_;
};

std::vector<const Descriptor*> all_commands() {
    std::vector<const Descriptor*> found;
    for (const auto* file : {LogContact::descriptor()->file(), RegisterReminder::descriptor()->file(),
                             ReceiveRequest::descriptor()->file(), RegisterComplaint::descriptor()->file(),
                             Assign::descriptor()->file(), SetUnit::descriptor()->file(),
                             ReorganiseUnits::descriptor()->file(), OpenPublication::descriptor()->file()}) {
        for (int i = 0; i < file->message_type_count(); ++i) {
            if (file->message_type(i)->options().HasExtension(command))
                found.push_back(file->message_type(i));
        }
    }
    return found;
}

}  // namespace

TEST_CASE("no message whatever makes the check fail otherwise than by a refusal in words", "[check]") {
    const auto seed = static_cast<std::uint64_t>(std::chrono::steady_clock::now().time_since_epoch().count());
    INFO("seed " << seed);
    Nonsense nonsense(seed);
    const auto commands = all_commands();
    REQUIRE(commands.size() > 50);
    std::set<std::string> texts;
    for (int round = 0; round < 40; ++round) {
        for (const auto* descriptor : commands) {
            const std::unique_ptr<Message> message(
                google::protobuf::MessageFactory::generated_factory()->GetPrototype(descriptor)->New());
            nonsense.fill(*message, 4);
            for (const auto& error : errors(*message)) {
                CHECK(error.reason == Reason::Invalid);
                CHECK_FALSE(error.field.empty());
                texts.insert(error.text);
            }
        }
    }
    CHECK(texts.size() > 10);  // it got somewhere
    for (const auto& id : texts)
        CHECK_FALSE(text(id, Language::Swedish, {{"max", "1"}, {"codes", "cause"}}).empty());
}
