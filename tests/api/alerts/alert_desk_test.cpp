// The mails of the morning as a whole service sends them, and as its administrator sees them.

#include "api/alerts/alert_desk.hpp"

#include <catch2/catch.hpp>
#include <future>
#include <thread>

#include "api/tls/local_ca.hpp"
#include "tests/api/alerts/mail_server.hpp"
#include "tests/api/service.hpp"

using namespace vastine;
using test::json_of;
using test::MailServer;
using test::Service;

namespace {

const std::string to_nobody = "0e000000-0000-4000-8000-00000000000e";

void set_email(Service& service, Role role, const std::string& email) {
    const auto& person = service.people.at(role);
    const auto response = service.post("/api/v1/reference/users/users",
                                       R"({"user_id":")" + person.user_id + R"(","login":")" + person.login +
                                           R"(","name":"Riitta Rekkari","email":")" + email +
                                           R"(","language":"en","roles":["REGISTRAR"],"active":true})",
                                       ADMINISTRATOR, service.version("reference-users"));
    REQUIRE(response.status == 200);
}

// Overdue for so long that the registrars and whom the policy names hear of it.
std::string register_late_reminder(Service& service) {
    auto body = test::reminder_body;
    body.replace(body.find("2026-03-01"), 10, "2026-01-20");
    const auto response = service.post("/api/v1/reminders", body, REGISTRAR);
    REQUIRE(response.status == 201);
    return std::string(json_of(response).at("case_id").as_string());
}

api::ServerOptions options_of(const test::Folder& folder, const MailServer& mail) {
    const auto local = api::local_certificate(folder.path() / "tls");
    api::ServerOptions options;
    options.certificate = local.certificate;
    options.key = local.key;
    options.cheap_passwords = true;
    options.public_url = "https://vastine.example.fi";
    options.alerts.emplace();
    options.alerts->smtp = mail.settings();
    options.alerts->from = "vastine@example.fi";
    return options;
}

// One message of one morning, as the desk composes it.
std::string composed(Service& service) {
    const std::string id = "3a6f0f0e-1111-4222-8333-444455556666";
    const bool done = service.application->services().alerts.compose(
        domain::Date(std::chrono::year(2026) / 3 / 2), [&](const domain::Alerts&) {
            AlertsComposed composed;
            composed.set_morning("2026-03-02");
            auto& alert = *composed.add_alerts();
            alert.set_message_id(id);
            alert.set_user_id(service.people.at(LAWYER).user_id);
            auto& occasion = *alert.add_occasions();
            occasion.set_case_id(service.reminder);
            occasion.set_mark("overdue");
            occasion.set_what("answer");
            occasion.set_on("2026-02-27");
            return composed;
        });
    REQUIRE(done);
    return id;
}

}  // namespace

TEST_CASE("a service started after its set time tells at once, and a restart tells nothing again",
          "[alerts][smtp]") {
    Service service;
    set_email(service, REGISTRAR, "riitta@example.fi");
    register_late_reminder(service);
    MailServer mail;
    const test::Folder folder;
    for (const bool first : {true, false}) {
        api::Server server(*service.store, options_of(folder, mail), [&] { return service.at; });
        std::thread thread([&] { server.run(); });
        if (first) {
            const auto arrived = mail.await();
            CHECK(arrived.outcome == "accepted");
            CHECK(arrived.to == std::vector<std::string>{"riitta@example.fi"});
            CHECK(arrived.text.find("- overdue and escalated: 1") != std::string::npos);
            CHECK(arrived.text.find("https://vastine.example.fi/#work-list") != std::string::npos);
            CHECK(arrived.raw.find("Riitta") == std::string::npos);
            CHECK(arrived.raw.find("Aino") == std::string::npos);
            // The server has told the test before it answers the service.
            auto& alerts = service.application->services().alerts;
            const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(20);
            while (alerts.read([](const domain::Alerts& state) { return state.waiting(); }) > 0 &&
                   std::chrono::steady_clock::now() < until) {
                alerts.wait(std::chrono::milliseconds(20));
            }
        }
        server.stop();
        thread.join();
    }
    CHECK(mail.arrived().empty());
    service.application->warm_up();
    const auto log = json_of(service.get("/api/v1/alerts", ADMINISTRATOR));
    REQUIRE_FALSE(log.at("entries").as_array().empty());
    CHECK(log.at("waiting").as_string() == "0");
}

TEST_CASE("a service stops soon although its mail server says nothing", "[alerts][smtp]") {
    Service service;
    set_email(service, REGISTRAR, "riitta@example.fi");
    register_late_reminder(service);
    MailServer mail;
    mail.next({"say-nothing"});
    const test::Folder folder;
    api::Server server(*service.store, options_of(folder, mail), [&] { return service.at; });
    std::thread thread([&] { server.run(); });
    CHECK(mail.await().outcome == "unanswered");
    const auto before = std::chrono::steady_clock::now();
    server.stop();
    thread.join();
    CHECK(std::chrono::steady_clock::now() - before < std::chrono::seconds(8));
}

TEST_CASE("a service does not start with settings that cannot be right", "[alerts]") {
    Service service;
    const MailServer mail;
    const test::Folder folder;
    const auto refuses = [&](const std::function<void(api::ServerOptions&)>& change) {
        auto options = options_of(folder, mail);
        change(options);
        CHECK_THROWS_AS(api::Server(*service.store, options, [&] { return service.at; }), api::CannotServe);
    };
    refuses([](auto& options) { options.public_url.clear(); });
    refuses([](auto& options) { options.alerts->from = "Vastine <vastine@example.fi>"; });
    refuses([](auto& options) { options.alerts->smtp.url = "localhost"; });
}

TEST_CASE("the administrator sees what became of each message, and of no case", "[alerts]") {
    Service service;
    const auto id = composed(service);
    const auto response = service.get("/api/v1/alerts", ADMINISTRATOR);
    REQUIRE(response.status == 200);
    const auto log = json_of(response);
    CHECK(log.at("waiting").as_string() == "1");
    const auto& entry = log.at("entries").as_array().at(0).as_object();
    CHECK(entry.at("message_id").as_string() == id);
    CHECK(entry.at("state").as_string() == "waiting");
    CHECK(entry.at("morning").as_string() == "2026-03-02");
    CHECK(entry.at("occasions").as_int64() == 1);
    CHECK(response.body.find(service.reminder) == std::string::npos);
    CHECK(service.get("/metrics", ADMINISTRATOR).body.find("vastine_alerts_waiting 1\n") !=
          std::string::npos);
}

TEST_CASE("the administrator has a message tried again, and a wish about none is refused", "[alerts]") {
    Service service;
    const auto id = composed(service);
    auto& alerts = service.application->services().alerts;
    AlertAttempted refused;
    refused.set_message_id(id);
    refused.set_outcome("refused");
    refused.set_smtp_code(550);
    refused.set_reason("message");
    alerts.attempted(refused);
    const auto retry = "/api/v1/alerts/" + id + "/retry";
    CHECK(service.post(retry, "", LAWYER).status == 403);
    const auto answer = service.post(retry, "", ADMINISTRATOR);
    REQUIRE(answer.status == 200);
    CHECK(json_of(answer).at("state").as_string() == "waiting");
    CHECK(alerts.read([&](const domain::Alerts& state) { return state.due(service.at) != nullptr; }));
    refused.set_outcome("sent");
    alerts.attempted(refused);
    CHECK(service.post(retry, "", ADMINISTRATOR).status == 409);
    CHECK(service.post("/api/v1/alerts/" + to_nobody + "/retry", "", ADMINISTRATOR).status == 404);
}

TEST_CASE("the stream of alerts is part of no case and no list", "[alerts]") {
    Service service;
    const auto before = json_of(service.get("/api/v1/work-list", LAWYER)).at("rows").as_array().size();
    composed(service);
    const auto& model = service.application->services().model;
    CHECK(model.read([](const projections::Views& views) { return views.position; }) ==
          service.store->events().head().position);
    CHECK(json_of(service.get("/api/v1/work-list", LAWYER)).at("rows").as_array().size() == before);
    CHECK(service.application->services().model.rebuild());
}
