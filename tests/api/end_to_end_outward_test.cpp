// What leaves a served service by itself: a webhook over TLS through a restart, and a calendar as a program
// on the other end of the wire asks for it.

#include <catch2/catch.hpp>
#include <filesystem>
#include <future>
#include <thread>

#include "api/tls/local_ca.hpp"
#include "tests/api/node_program.hpp"
#include "tests/api/wire.hpp"

using namespace vastine;
namespace json = boost::json;

namespace {

// Serves the store of a service, and may be ended and begun again.
class Server {
public:
    Server(test::Service& service, const api::LocalCertificate& certificate) {
        api::ServerOptions options;
        options.certificate = certificate.certificate;
        options.key = certificate.key;
        options.limits = test::Service::generous();
        options.workers = 2;
        options.cheap_passwords = true;
        options.webhook_ca = certificate.authority;
        server_ = std::make_unique<api::Server>(*service.store, options, [&service] { return service.at; });
        std::promise<void> ready;
        thread_ = std::thread([&, this] { server_->run([&] { ready.set_value(); }); });
        REQUIRE(ready.get_future().wait_for(std::chrono::seconds(20)) == std::future_status::ready);
    }
    ~Server() {
        server_->stop();
        thread_.join();
    }
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

private:
    std::unique_ptr<api::Server> server_;
    std::thread thread_;
};

}  // namespace

TEST_CASE("a served service tells its webhooks what happened, also what happened while it was down",
          "[end to end]") {
    test::Service service;
    const auto directory = std::filesystem::temp_directory_path() / ("vastine-" + api::new_uuid());
    const auto certificate = api::local_certificate(directory);
    test::NodeProgram receiver("webhook_receiver.mjs",
                               {certificate.certificate.string(), certificate.key.string(), "0"});
    const auto port = receiver.hear().at("port").as_int64();
    const auto set = service.post(
        "/api/v1/reference/webhooks/webhooks",
        R"({"webhook_id":"hook","url":"https://localhost:)" + std::to_string(port) + R"(/in","active":true})",
        ADMINISTRATOR, 0);
    REQUIRE(set.status == 200);
    const auto made = service.send({.method = "POST",
                                    .target = "/api/v1/webhooks/hook/secret",
                                    .token = service.people.at(ADMINISTRATOR).token});
    REQUIRE(made.status == 201);
    receiver.say({{"secret", test::json_of(made).at("secret")},
                  {"now", std::chrono::floor<std::chrono::seconds>(service.at).time_since_epoch().count()}});
    static_cast<void>(receiver.hear());

    const auto registered = [&] {
        const auto response = service.post("/api/v1/reminders", test::reminder_body, REGISTRAR);
        REQUIRE(response.status == 201);
        return "reminder/" + std::string(test::json_of(response).at("case_id").as_string());
    };
    const auto heard = [&] {
        const auto notice = receiver.hear();
        CHECK(notice.at("verified").as_int64() == 1);
        return std::string(notice.at("event").at("subject").as_string());
    };
    const auto first = registered();
    {
        const Server server(service, certificate);
        CHECK(heard() == first);
    }
    const auto second = registered();
    const auto third = registered();
    {
        const Server server(service, certificate);
        auto next = heard();
        // The process may have ended before it noted that the first was taken: then it comes twice.
        if (next == first) next = heard();
        CHECK(next == second);
        CHECK(heard() == third);
    }
    std::filesystem::remove_all(directory);
}

TEST_CASE("a calendar is read over the wire, and answered with nothing when it has not changed",
          "[end to end]") {
    test::Served served;
    test::Wire wire(served);
    const auto signed_in = wire.ask({.method = "POST",
                                     .target = "/api/v1/session",
                                     .body = R"({"login":"user3","password":"correct horse battery"})"});
    REQUIRE(signed_in.status == 201);
    const auto cookie = signed_in.header("set-cookie");
    const auto made =
        wire.ask({.method = "POST",
                  .target = "/api/v1/calendar-feeds",
                  .body = R"({"label":"Outlook"})",
                  .headers = {{"Cookie", cookie.substr(0, cookie.find(';'))},
                              {"X-CSRF-Token",
                               std::string(json::parse(signed_in.body).at("csrf_token").as_string())}}});
    REQUIRE(made.status == 201);
    const std::string url(json::parse(made.body).at("url").as_string());
    const std::string base = "https://localhost";
    REQUIRE(url.starts_with(base + "/calendar/"));
    const auto target = url.substr(base.size());

    const auto read = wire.ask({.target = target});
    CHECK(read.status == 200);
    CHECK(read.header("content-type") == "text/calendar; charset=utf-8");
    CHECK(read.body.starts_with("BEGIN:VCALENDAR\r\n"));
    CHECK(read.body.ends_with("END:VCALENDAR\r\n"));
    const auto head = wire.ask({.method = "HEAD", .target = target});
    CHECK(head.status == 200);
    CHECK(head.header("etag") == read.header("etag"));
    const auto same = wire.ask({.target = target, .headers = {{"If-None-Match", read.header("etag")}}});
    CHECK(same.status == 304);
    CHECK(same.body.empty());
    // The connection goes on: nothing was left of the last answer.
    CHECK(wire.ask({.target = target}).status == 200);
}
