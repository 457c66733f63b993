// Notices over real TLS to a receiver that is not ours: Node's HTTPS server, verifying with Node's crypto.
#include "api/webhooks/webhooks.hpp"

#include <atomic>
#include <catch2/catch.hpp>
#include <filesystem>
#include <thread>

#include "api/tls/local_ca.hpp"
#include "tests/api/node_program.hpp"
#include "tests/api/service.hpp"

using namespace vastine;
namespace json = boost::json;
using test::NodeProgram;

namespace {

// A receiver with a certificate of an authority of its own.
struct Receiver {
    std::filesystem::path directory = std::filesystem::temp_directory_path() / ("vastine-" + api::new_uuid());
    api::LocalCertificate certificate = api::local_certificate(directory);
    std::unique_ptr<NodeProgram> program;
    std::int64_t port = 0;
    json::object settings;

    Receiver() { rise(); }
    ~Receiver() {
        program.reset();
        std::filesystem::remove_all(directory);
    }
    // On the port it had before.
    void rise() {
        program = std::make_unique<NodeProgram>(
            "webhook_receiver.mjs",
            std::vector{certificate.certificate.string(), certificate.key.string(), std::to_string(port)});
        port = program->hear().at("port").as_int64();
        if (!settings.empty()) set(settings);
    }
    void set(const json::object& said) {
        for (const auto& [key, value] : said)
            if (key != "answers") settings[key] = value;
        program->say(said);
        REQUIRE(program->hear().contains("heard"));
    }
    [[nodiscard]] std::string url() const { return "https://localhost:" + std::to_string(port) + "/in"; }
    [[nodiscard]] json::object hear() { return program->hear(); }
};

// A service whose webhooks run; its clock may be moved while they do.
struct Office {
    test::Service service;
    std::atomic<std::int64_t> at{service.at.time_since_epoch().count()};
    std::filesystem::path authority;
    std::unique_ptr<api::Webhooks> webhooks;

    explicit Office(std::filesystem::path ca) : authority(std::move(ca)) { start(); }
    [[nodiscard]] store::Instant now() const { return store::Instant(std::chrono::microseconds(at.load())); }
    [[nodiscard]] std::int64_t seconds() const { return at.load() / 1'000'000; }
    void start() {
        webhooks = std::make_unique<api::Webhooks>(
            *service.store, service.application->services().model, [this] { return now(); }, authority);
        webhooks->start();
    }
    void pass(std::chrono::seconds time) {
        at += std::chrono::microseconds(time).count();
        webhooks->wake();
    }
    void set_webhook(const std::string& url, const std::string& topics = "[]",
                     const std::string& active = "true") {
        const auto body = R"({"webhook_id":"hook","url":")" + url + R"(","topics":)" + topics +
                          R"(,"active":)" + active + "}";
        const auto response = service.post("/api/v1/reference/webhooks/webhooks", body, ADMINISTRATOR,
                                           service.version("reference-webhooks"));
        INFO(response.body);
        REQUIRE(response.status == 200);
        webhooks->wake();
    }
    // Returns the id of the new case.
    std::string register_reminder() {
        const auto response = service.post("/api/v1/reminders", test::reminder_body, REGISTRAR);
        REQUIRE(response.status == 201);
        if (webhooks) webhooks->wake();
        return std::string(test::json_of(response).at("case_id").as_string());
    }
    [[nodiscard]] api::Progress progress() const { return webhooks->states().at(0).progress.value(); }
    // Waits for what the thread does, which nobody tells.
    template <class Condition>
    void until(Condition&& holds) const {
        const auto patience = std::chrono::steady_clock::now() + std::chrono::seconds(20);
        while (!holds()) {
            if (std::chrono::steady_clock::now() > patience) FAIL("waited in vain");
            std::this_thread::yield();
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        }
    }
};

std::string subject(const json::object& heard) {
    return std::string(heard.at("event").at("subject").as_string());
}

}  // namespace

TEST_CASE("a notice is signed as the standard says and tells where to look", "[webhooks]") {
    Receiver receiver;
    Office office(receiver.certificate.authority);
    office.set_webhook(receiver.url());
    const auto secret = office.webhooks->make_secret("hook");
    REQUIRE(secret);
    receiver.set({{"secret", *secret}, {"now", office.seconds()}});
    const auto case_id = office.register_reminder();
    const auto heard = receiver.hear();
    CHECK(heard.at("method").as_string() == "POST");
    CHECK(heard.at("path").as_string() == "/in");
    CHECK(heard.at("type").as_string() == "application/cloudevents+json; charset=utf-8");
    CHECK(heard.at("signatures").as_int64() == 1);
    CHECK(heard.at("verified").as_int64() == 1);
    // What happened before the secret was made is not told: this is the first notice.
    CHECK(subject(heard) == "reminder/" + case_id);
    CHECK(heard.at("event").at("id") == heard.at("id"));
    const auto head = office.service.store->events().head().position;
    office.until([&] { return office.progress().position == head; });
    CHECK(office.progress().trouble == api::Progress::Trouble::None);
}

TEST_CASE("a refused notice is tried again with the same id, and those behind it wait", "[webhooks]") {
    Receiver receiver;
    Office office(receiver.certificate.authority);
    office.set_webhook(receiver.url());
    const auto secret = office.webhooks->make_secret("hook");
    REQUIRE(secret);
    receiver.set({{"secret", *secret}, {"now", office.seconds()}, {"answers", {500, 302}}});
    const auto first = office.register_reminder();
    const auto second = office.register_reminder();
    const auto refused = receiver.hear();
    CHECK(refused.at("status").as_int64() == 500);
    office.until([&] { return office.progress().attempts == 1; });
    CHECK(office.progress().status == 500);
    CHECK(office.progress().next_attempt_at == office.now() + std::chrono::seconds(5));

    office.pass(std::chrono::seconds(5));
    const auto redirected = receiver.hear();
    CHECK(redirected.at("status").as_int64() == 302);
    office.until([&] { return office.progress().attempts == 2; });
    CHECK(office.progress().next_attempt_at == office.now() + std::chrono::seconds(10));

    office.pass(std::chrono::seconds(10));
    const auto taken = receiver.hear();
    for (const auto* heard : {&refused, &redirected, &taken}) {
        CHECK(heard->at("path").as_string() == "/in");  // a redirect is not followed
        CHECK(heard->at("id") == refused.at("id"));
        CHECK(heard->at("event") == refused.at("event"));
        CHECK(heard->at("verified").as_int64() == 1);  // with the moment of each attempt
        CHECK(subject(*heard) == "reminder/" + first);
    }
    const auto next = receiver.hear();
    CHECK(subject(next) == "reminder/" + second);
    CHECK(next.at("id") != taken.at("id"));
}

TEST_CASE("a dead receiver gets everything in order when it is back, across a restart of ours",
          "[webhooks]") {
    Receiver receiver;
    Office office(receiver.certificate.authority);
    office.set_webhook(receiver.url());
    const auto secret = office.webhooks->make_secret("hook");
    REQUIRE(secret);
    receiver.set({{"secret", *secret}, {"now", office.seconds()}});
    const auto first = office.register_reminder();
    CHECK(subject(receiver.hear()) == "reminder/" + first);
    const auto head = office.service.store->events().head().position;
    office.until([&] { return office.progress().position == head; });
    receiver.program->kill();

    const auto second = office.register_reminder();
    const auto third = office.register_reminder();
    office.until([&] { return office.progress().attempts == 1; });
    CHECK(office.progress().trouble == api::Progress::Trouble::NoAnswer);
    office.webhooks.reset();
    const auto fourth = office.register_reminder();
    office.start();
    CHECK(office.progress().attempts == 1);
    receiver.rise();
    office.pass(std::chrono::seconds(5));
    for (const auto& expected : {second, third, fourth}) {
        const auto heard = receiver.hear();
        CHECK(subject(heard) == "reminder/" + expected);
        CHECK(heard.at("verified").as_int64() == 1);
    }
}

TEST_CASE("after a new secret both sign, and after a day only the new one", "[webhooks]") {
    Receiver receiver;
    Office office(receiver.certificate.authority);
    office.set_webhook(receiver.url());
    const auto old_secret = office.webhooks->make_secret("hook");
    const auto new_secret = office.webhooks->make_secret("hook");
    REQUIRE((old_secret && new_secret));
    receiver.set({{"secret", *old_secret}, {"now", office.seconds()}});
    static_cast<void>(office.register_reminder());
    const auto with_old = receiver.hear();
    CHECK(with_old.at("signatures").as_int64() == 2);
    CHECK(with_old.at("verified").as_int64() == 1);
    receiver.set({{"secret", *new_secret}});
    static_cast<void>(office.register_reminder());
    CHECK(receiver.hear().at("verified").as_int64() == 1);

    office.pass(std::chrono::hours(24));
    receiver.set({{"now", office.seconds()}});
    static_cast<void>(office.register_reminder());
    const auto alone = receiver.hear();
    CHECK(alone.at("signatures").as_int64() == 1);
    CHECK(alone.at("verified").as_int64() == 1);
}

TEST_CASE("a receiver that is gone is left alone until it is set up again", "[webhooks]") {
    Receiver receiver;
    Office office(receiver.certificate.authority);
    office.set_webhook(receiver.url());
    const auto secret = office.webhooks->make_secret("hook");
    REQUIRE(secret);
    receiver.set({{"secret", *secret}, {"now", office.seconds()}, {"answers", {410}}});
    const auto first = office.register_reminder();
    CHECK(receiver.hear().at("status").as_int64() == 410);
    office.until([&] { return office.progress().trouble == api::Progress::Trouble::Gone; });
    CHECK_FALSE(office.progress().next_attempt_at);
    const auto listed = office.service.get("/api/v1/webhooks", ADMINISTRATOR);
    CHECK(listed.status == 200);
    office.pass(std::chrono::hours(48));
    // The next it hears is after a new address, and it is what it refused.
    office.set_webhook(receiver.url() + "/new");
    const auto again = receiver.hear();
    CHECK(again.at("path").as_string() == "/in/new");
    CHECK(subject(again) == "reminder/" + first);
}

TEST_CASE("what happens while a webhook is switched off is not told, nor another topic's", "[webhooks]") {
    Receiver receiver;
    Office office(receiver.certificate.authority);
    office.set_webhook(receiver.url());
    const auto secret = office.webhooks->make_secret("hook");
    REQUIRE(secret);
    receiver.set({{"secret", *secret}, {"now", office.seconds()}});
    office.set_webhook(receiver.url(), "[]", "false");
    static_cast<void>(office.register_reminder());
    const auto off = office.service.store->events().head().position;
    office.until([&] { return office.progress().position == off; });
    office.set_webhook(receiver.url(), R"(["due-dates"])", "true");
    static_cast<void>(office.register_reminder());
    const auto unwanted = office.service.store->events().head().position;
    office.until([&] { return office.progress().position == unwanted; });
    office.set_webhook(receiver.url(), R"(["events"])", "true");
    const auto wanted = office.register_reminder();
    CHECK(subject(receiver.hear()) == "reminder/" + wanted);
}

TEST_CASE("nothing is sent to a receiver whose certificate nobody vouches for", "[webhooks]") {
    Receiver receiver;
    Office office({});
    office.set_webhook(receiver.url());
    const auto secret = office.webhooks->make_secret("hook");
    REQUIRE(secret);
    receiver.set({{"secret", *secret}, {"now", office.seconds()}});
    static_cast<void>(office.register_reminder());
    office.until([&] { return office.progress().attempts == 1; });
    CHECK(office.progress().trouble == api::Progress::Trouble::NotTrusted);
}

TEST_CASE("the administrator makes a secret that is shown once, and sees how a webhook fares", "[webhooks]") {
    test::Service service;
    const auto ask = [&](const std::string& method, const std::string& target, Role role) {
        return service.send({.method = method, .target = target, .token = service.people.at(role).token});
    };
    CHECK(ask("POST", "/api/v1/webhooks/hook/secret", ADMINISTRATOR).status == 404);
    REQUIRE(service
                .post("/api/v1/reference/webhooks/webhooks",
                      R"({"webhook_id":"hook","url":"https://example.org/in","active":true})", ADMINISTRATOR,
                      0)
                .status == 200);
    const auto before = test::json_of(ask("GET", "/api/v1/webhooks", ADMINISTRATOR)).at("webhooks").at(0);
    CHECK(before.at("has_secret").as_bool() == false);
    CHECK(ask("POST", "/api/v1/webhooks/hook/secret", LAWYER).status == 403);
    const auto made = ask("POST", "/api/v1/webhooks/hook/secret", ADMINISTRATOR);
    REQUIRE(made.status == 201);
    const std::string secret(test::json_of(made).at("secret").as_string());
    CHECK(secret.starts_with("whsec_"));
    const auto listed = ask("GET", "/api/v1/webhooks", ADMINISTRATOR);
    CHECK(listed.body.find(secret) == std::string::npos);
    const auto after = test::json_of(listed).at("webhooks").at(0);
    CHECK(after.at("has_secret").as_bool());
    CHECK(after.at("url").as_string() == "https://example.org/in");
    CHECK(after.at("last_error").as_string().empty());
}
