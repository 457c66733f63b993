// The page of a case, part by part: every role at every state of a case, against the table that a lawyer
// reads, domain/access/fields.md.

#include <algorithm>
#include <boost/json.hpp>
#include <catch2/catch.hpp>
#include <fstream>
#include <functional>
#include <map>
#include <set>
#include <sstream>

#include "api/execution.hpp"
#include "domain/cases/kinds.hpp"
#include "domain/schema/reference.pb.h"
#include "tests/api/signing_in.hpp"

using namespace vastine;
using test::json_of;
using test::Service;

namespace {

struct Part {
    std::set<std::string> fields;
    std::map<std::string, std::string> seen;  // by column: same, own tasks, nothing, those in own sight
};

std::string trimmed(const std::string& text) {
    const auto first = text.find_first_not_of(' ');
    return first == std::string::npos ? "" : text.substr(first, text.find_last_not_of(' ') - first + 1);
}

std::vector<Part> parts() {
    std::ifstream page(VASTINE_SOURCE_DIR "/domain/access/fields.md");
    REQUIRE(page);
    std::vector<Part> all;
    std::vector<std::string> head;
    for (std::string line; std::getline(page, line);) {
        if (line.empty() || line[0] != '|') {
            head.clear();
            continue;
        }
        std::vector<std::string> cells;
        std::istringstream rest(line.substr(1));
        for (std::string cell; std::getline(rest, cell, '|');) cells.push_back(trimmed(cell));
        if (head.empty()) {
            head = cells;
            continue;
        }
        if (head.at(0) != "Part" || cells.at(0).starts_with("---")) continue;
        Part part;
        std::istringstream fields(cells.at(1));
        for (std::string field; std::getline(fields, field, ',');) part.fields.insert(trimmed(field));
        for (std::size_t i = 2; i < cells.size(); ++i) part.seen[head.at(i)] = cells.at(i);
        all.push_back(std::move(part));
    }
    REQUIRE(all.size() > 5);
    return all;
}

void set_user(Service& service, Role role, const std::function<void(SetUser&)>& change) {
    auto user = std::make_unique<SetUser>();
    const auto& person = service.people.at(role);
    user->set_user_id(person.user_id);
    user->set_login(person.login);
    user->set_name("Person");
    user->set_language("en");
    user->add_roles(role);
    user->set_active(true);
    change(*user);
    api::CommandRequest request;
    request.viewer.user_id = "c0000000-0000-4000-8000-000000000000";
    request.viewer.operating_system_user = true;
    request.kind = REFERENCE;
    request.path = "users";
    request.command = std::move(user);
    request.command_id = api::new_uuid();
    REQUIRE(service.application->services().execution.execute(std::move(request)));
}

// An answer's texts are in one's own language; the moment it was computed is the same for all.
boost::json::object page(Service& service, const test::Sent& sent) {
    const auto response = service.send(sent);
    INFO(response.body.substr(0, 300));
    REQUIRE(response.status == 200);
    return json_of(response);
}

bool is_task(std::string_view path, Role role) {
    const auto* command = domain::command(REMINDER, path);
    return command != nullptr && std::ranges::find(command->rule.by(), role) != command->rule.by().end();
}

bool nothing(const boost::json::value& value) {
    return (value.is_array() && value.as_array().empty()) || (value.is_string() && value.as_string().empty());
}

}  // namespace

TEST_CASE("the table names every field of a case's page, once", "[looked][fields]") {
    std::multiset<std::string> named;
    for (const auto& part : parts()) named.insert(part.fields.begin(), part.fields.end());
    std::multiset<std::string> there;
    for (int i = 0; i < CasePage::descriptor()->field_count(); ++i)
        there.insert(CasePage::descriptor()->field(i)->name());
    CHECK(named == there);
}

TEST_CASE("every role gets of a case's page, at every state, what the table says", "[looked][fields]") {
    Service service;
    set_user(service, LAWYER, [](SetUser& user) { user.add_sectors("social"); });
    set_user(service, UNIT_HEAD, [](SetUser& user) { user.add_units("henkilosto"); });
    const auto target = "/api/v1/reminders/" + service.reminder;
    const auto step = [&](const std::string& path, const std::string& body) {
        const auto response = service.post(target + "/" + path, body, REGISTRAR,
                                           service.version("reminder-" + service.reminder));
        INFO(path << " " << response.body);
        REQUIRE(response.status == 200);
    };
    const auto session = test::sign_in(service, LAWYER);
    REQUIRE(service
                .send(with(
                    session,
                    {.method = "POST", .target = target + "/break-glass", .body = R"({"reason":"Kiire"})"}))
                .status == 201);
    bool asked = false;
    const std::vector<std::function<void()>> states{
        [] {},
        [&] {
            step("statements", R"({"unit":"henkilosto","asked_on":"2026-03-02","question":"Miksi?"})");
            asked = true;
        },
        [&] {
            step("documents", R"({"direction":"incoming","dated_on":"2026-03-02","channel":"letter",)"
                              R"("title":"Lausunto","party":"Osasto 1"})");
        },
        [&] {
            step("receive-statement",
                 R"({"statement_id":"s1","received_on":"2026-03-02","content":"Kiire"})");
        },
        [&] { step("withdraw", R"({"withdrawn_on":"2026-03-02"})"); },
        [&] { step("reopen", R"({"reopened_on":"2026-03-02","new_facts":"Uutta"})"); },
    };
    std::size_t compared = 0;
    for (const auto& next : states) {
        next();
        const auto full = page(service, {.target = target, .token = service.people.at(REGISTRAR).token});
        std::map<std::string, boost::json::object> seen;
        seen["opened in an emergency"] = page(service, with(session, {.target = target}));
        if (asked)
            seen["asked for a statement"] =
                page(service, {.target = target, .token = service.people.at(UNIT_HEAD).token});
        for (const auto& [column, shown] : seen) {
            for (const auto& part : parts()) {
                for (const auto& field : part.fields) {
                    INFO(column << " " << field);
                    const auto& rule = part.seen.at(column);
                    if (field == "basis") continue;  // its words are the reader's
                    if (rule == "same") CHECK(shown.at(field) == full.at(field));
                    if (rule == "nothing") CHECK(nothing(shown.at(field)));
                    if (rule == "own tasks")
                        for (const auto& path : shown.at(field).as_array())
                            CHECK(is_task(path.is_string() ? path.as_string() : path.at("path").as_string(),
                                          UNIT_HEAD));
                    ++compared;
                }
            }
        }
        // Of the unit that was asked, the tasks are the two that belong to a statement.
        if (asked)
            for (const auto& path : seen.at("asked for a statement").at("possible").as_array())
                CHECK((path.as_string() == "receive-statement" || path.as_string() == "documents"));
        for (const auto role : {OMBUDSMAN, HEAD_OMBUDSMAN, BOARD, BOARD_SECRETARY, AUDITOR, ADMINISTRATOR,
                                LAWYER /* by a token: the emergency is the session's */}) {
            INFO(Role_Name(role));
            CHECK(service.get(target, role).status == 404);
        }
        if (!asked) CHECK(service.get(target, UNIT_HEAD).status == 404);
    }
    CHECK(compared > 100);
}

// ---- a contact and a reminder ----

TEST_CASE("a link over the wall is entered by mandate or consent, and opens nothing on either side",
          "[looked][fields][wall]") {
    Service service;
    const auto contact = "/api/v1/contacts/" + service.contact;
    const auto step = [&](const std::string& path, const std::string& body) {
        return service.post(contact + "/" + path, body, OMBUDSMAN,
                            service.version("contact-" + service.contact));
    };
    const std::string by_consent =
        R"({"ground":"consent","reminder":"2026-000001","document":"Suostumus","given_on":"2026-03-02"})";
    CHECK(step("link-reminder", by_consent).status == 409);  // general advice has no client to consent
    const auto recorded = step(
        "record", R"({"client_record":{"client":{"name":"Aino Esimerkki","birth_on":"1980-01-01",)"
                  R"("mother_tongue":"fi"},"standing":{"ground":"client"},"language":"fi","asked":"Apua",)"
                  R"("advised":"Neuvottu","author_position":"sosiaaliasiavastaava"}})");
    INFO(recorded.body);
    REQUIRE(recorded.status == 200);
    CHECK(step("link-reminder", R"({"reminder":"2026-000001","document":"x","given_on":"2026-03-02"})")
              .status == 422);
    CHECK(step("link-reminder", R"({"ground":"consent","reminder":"2026-000001","given_on":"2026-03-02"})")
              .status == 422);
    const auto reminder_before = service.get("/api/v1/reminders/" + service.reminder, REGISTRAR).body;
    REQUIRE(step("link-reminder", by_consent).status == 200);

    const auto of_contact = service.get(contact, OMBUDSMAN);
    REQUIRE(of_contact.status == 200);
    CHECK(of_contact.body.find(service.reminder) == std::string::npos);
    CHECK(of_contact.body.find("Liian pitk") == std::string::npos);
    CHECK(json_of(of_contact).at("related").as_array().empty());
    const auto of_reminder = service.get("/api/v1/reminders/" + service.reminder, REGISTRAR).body;
    CHECK(of_reminder.find(service.contact) == std::string::npos);
    CHECK(of_reminder.find("Suostumus") == std::string::npos);
    CHECK(boost::json::parse(of_reminder).at("timeline") ==
          boost::json::parse(reminder_before).at("timeline"));
    CHECK(service.get("/api/v1/reminders/" + service.reminder, OMBUDSMAN).status == 404);
    CHECK(service.get(contact, REGISTRAR).status == 404);
}
