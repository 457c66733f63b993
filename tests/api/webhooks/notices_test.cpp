#include "api/webhooks/notices.hpp"

#include <boost/json.hpp>
#include <catch2/catch.hpp>

#include "api/execution.hpp"
#include "domain/schema/alerts.pb.h"
#include "tests/api/publications/publishing.hpp"
#include "tests/api/service.hpp"

using namespace vastine;
namespace json = boost::json;

namespace {

std::vector<api::Notice> of_last_record(store::Store& store) {
    const auto head = store.events().head().position;
    std::vector<api::Notice> all;
    store.events().read_log({head.value - 1}, head, [&](const store::Record& record) {
        all = api::notices(record, store.events(), [](const std::string& case_id) -> std::optional<Kind> {
            if (case_id.starts_with('f')) return std::nullopt;
            return case_id.starts_with('c') ? CONTACT : REMINDER;
        });
        return false;
    });
    return all;
}

void append_alerts(store::Store& store, AlertsComposed composed) {
    store::StreamAppend stream{
        {"reference-alerts"}, store.events().version({"reference-alerts"}), store::KeyArea::Reference, {}};
    stream.events.push_back(std::make_unique<AlertsComposed>(std::move(composed)));
    store::Append append;
    append.actor = "system";
    append.command_id = api::new_uuid();
    append.streams.push_back(std::move(stream));
    REQUIRE(store.events().append(std::move(append)));
}

void add(Alert& alert, const std::string& case_id, const std::string& mark, const std::string& what,
         const std::string& id = "") {
    auto& occasion = *alert.add_occasions();
    occasion.set_case_id(case_id);
    occasion.set_mark(mark);
    occasion.set_what(what);
    occasion.set_id(id);
    occasion.set_on("2026-03-31");
}

}  // namespace

TEST_CASE("a notice of an event tells its type, its case and its place, and nothing of its content",
          "[webhooks]") {
    test::Service service;
    REQUIRE(service.post("/api/v1/reminders", test::reminder_body, REGISTRAR).status == 201);
    const auto told = of_last_record(*service.store);
    REQUIRE(told.size() == 1);
    CHECK(told[0].topic == "events");
    CHECK(told[0].id.starts_with("msg_"));
    const auto event = json::parse(told[0].body).as_object();
    CHECK(event.at("specversion").as_string() == "1.0");
    CHECK(event.at("type").as_string() == "vastine.ReminderRegistered");
    CHECK(event.at("source").as_string() == "urn:vastine:log");
    CHECK(event.at("id").as_string() == told[0].id);
    CHECK(event.at("time").as_string() == "2026-03-02T10:00:00.000000Z");
    CHECK(std::string(event.at("subject").as_string()).starts_with("reminder/"));
    CHECK(event.at("data").as_object() ==
          json::object{{"version", "1"},
                       {"position", std::to_string(service.store->events().head().position.value)}});
    CHECK(event.size() == 8);
    CHECK(of_last_record(*service.store)[0].id == told[0].id);
}

TEST_CASE("reference data is not told", "[webhooks]") {
    test::Service service;
    const auto user = R"({"login":"uusi","name":"Uusi","language":"fi","roles":["BOARD"],"active":true})";
    const auto version = service.version("reference-users");
    REQUIRE(service.post("/api/v1/reference/users/users", user, ADMINISTRATOR, version).status == 200);
    CHECK(of_last_record(*service.store).empty());
}

TEST_CASE("alerts of a morning are told as marks of dates, each once, and nobody's name with them",
          "[webhooks]") {
    const auto store = store::Store::in_memory();
    AlertsComposed composed;
    composed.set_morning("2026-03-31");
    for (const auto* user : {"u1", "u2"}) {
        auto& alert = *composed.add_alerts();
        alert.set_message_id(api::new_uuid());
        alert.set_user_id(user);
        add(alert, "a1", "due-today", "answer");
        add(alert, "a1", "idle", "");           // no date
        add(alert, "f1", "overdue", "answer");  // no such case any more
        add(alert, "c1", "overdue", "statement", "s1");
    }
    append_alerts(*store, composed);
    const auto told = of_last_record(*store);
    REQUIRE(told.size() == 2);
    CHECK(told[0].topic == "due-dates");
    CHECK(told[0].id != told[1].id);
    const auto first = json::parse(told[0].body).as_object();
    CHECK(first.at("type").as_string() == "vastine.DueDateReached");
    CHECK(first.at("subject").as_string() == "reminder/a1");
    CHECK(first.at("data").as_object() ==
          json::object{{"mark", "due-today"}, {"what", "answer"}, {"position", "1"}});
    const auto second = json::parse(told[1].body).as_object();
    CHECK(second.at("subject").as_string() == "contact/c1");
    CHECK(told[0].body.find("u1") == std::string::npos);
}

TEST_CASE("a notice of a publication is sent when its files stand on the public page, and not before",
          "[webhooks]") {
    test::Publishing house;
    const auto id = house.signed_report();
    house.store(id, 1, "internal", {{"html", "fi", "internal.html", "x"}});
    CHECK(of_last_record(*house.service.store).empty());
    house.publish(id);
    CHECK(of_last_record(*house.service.store).empty());
    house.store(id, 1, "public", {{"html", "fi", "public.html", "x"}});
    const auto told = of_last_record(*house.service.store);
    REQUIRE(told.size() == 1);
    CHECK(told[0].topic == "publications");
    const auto event = json::parse(told[0].body).as_object();
    CHECK(event.at("type").as_string() == "vastine.EditionPublished");
    CHECK(event.at("subject").as_string() == "publication/" + id);
    CHECK(event.at("data").at("edition").to_number<int>() == 1);
    CHECK(event.at("data").at("page").as_string() == "/published#p-" + id + "-1");
    CHECK(event.at("data").as_object().size() == 3);
}
